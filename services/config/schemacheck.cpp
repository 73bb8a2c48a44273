// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/check.h"
#include "services/config/schema.h"
#include "services/config/schemacheck_p.h"

#include <QCoreApplication>
#include <algorithm>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigCheck", text);
}

bool isType(const Json &value, const std::string &type)
{
    if (type == "integer")
        return integer(value).has_value() || value.is_number_integer();
    if (type == "number")
        return value.is_number();
    if (type == "string")
        return value.is_string();
    if (type == "boolean")
        return value.is_boolean();
    if (type == "array")
        return value.is_array();
    if (type == "object")
        return value.is_object();
    return type == "null" && value.is_null();
}

bool hasType(const Json &type, const Json &value)
{
    if (type.is_string())
        return isType(value, type.get_ref<const std::string &>());
    return std::any_of(
        type.begin(), type.end(), [&](const Json &one) { return isType(value, one.get_ref<const std::string &>()); });
}

// Silent twin of the walk below, for `if`.
bool holds(const Json &root, const Json &schema, const Json &value)
{
    Findings findings;
    checkSchema(root, schema, value, {}, findings);
    return findings.problems().isEmpty();
}

class Walk {
public:
    Walk(const Json &root, Findings &findings)
        : m_root(root)
        , m_findings(findings)
    {
    }

    void check(const Json &unresolved, const Json &value, const QString &path)
    {
        const Json &schema = resolved(m_root, unresolved);
        if (const Json *choices = member(schema, "anyOf")) { // null, or the other
            if (!value.is_null())
                check(choices->back(), value, path);
            return;
        }
        if (!checkType(schema, value, path))
            return;
        checkValue(schema, value, path);
        if (value.is_object())
            checkObject(schema, value, path);
        if (value.is_array())
            checkArray(schema, value, path);
        if (const Json *all = member(schema, "allOf")) {
            for (const Json &one : *all) {
                if (holds(m_root, one.at("if"), value))
                    check(one.at("then"), value, path);
            }
        }
    }

private:
    bool checkType(const Json &schema, const Json &value, const QString &path)
    {
        if (const Json *excluded = member(schema, "not"); excluded && hasType(excluded->at("type"), value)) {
            m_findings.error(path, "missing_key", tr("%1 is missing").arg(placeName(path)), tr("Fill it in."));
            return false;
        }
        const Json *type = member(schema, "type");
        if (!type || hasType(*type, value))
            return true;
        QString remedy = tr("Write %1.").arg(wantedWords(*type));
        if (path.endsWith(QLatin1String("target_agent")))
            remedy = *type == "null" ? tr("Take it away: the next round is for all agents.")
                                     : tr("Give a list of ids such as [5, 6], or {\"agent_class\": [\"citizen\"]}.");
        m_findings.error(path, "wrong_type",
            tr("%1 must be %2, but is %3").arg(placeName(path), wantedWords(*type), valueWords(value)), remedy);
        return false;
    }

    void checkValue(const Json &schema, const Json &value, const QString &path)
    {
        if (const Json *only = member(schema, "const"); only && value != *only)
            m_findings.error(path, "wrong_value", tr("%1 has another value").arg(placeName(path)));
        if (const Json *choices = member(schema, "enum");
            choices && std::find(choices->begin(), choices->end(), value) == choices->end())
            wrongChoice(schema, *choices, value, path);
        if (const Json *length = member(schema, "minLength");
            length && value.is_string() && value.get_ref<const std::string &>().empty())
            m_findings.error(path, "wrong_value", tr("%1 is empty").arg(placeName(path)), tr("Fill it in."));
        if (value.is_number())
            checkRange(schema, value, path);
    }

    void wrongChoice(const Json &schema, const Json &choices, const Json &value, const QString &path)
    {
        const QStringList known = strings(choices);
        const QString near = nearest(text(value), known);
        const Json *code = member(schema, "x-code");
        m_findings.error(path, code ? code->get_ref<const std::string &>().c_str() : "wrong_value",
            tr("%1 cannot be %2").arg(placeName(path), valueWords(value)),
            near.isEmpty() ? tr("Choose one of: %1.").arg(known.join(QStringLiteral(", ")))
                           : tr("Did you mean “%1”?").arg(near));
    }

    void checkRange(const Json &schema, const Json &value, const QString &path)
    {
        const double number = value.get<double>();
        const Json *unit = member(schema, "x-unit");
        const QString suffix = unit ? u' ' + text(*unit) : QString();
        const Json *low = member(schema, "minimum");
        const Json *high = member(schema, "maximum");
        const Json *above = member(schema, "exclusiveMinimum");
        const QString written = QString::fromUtf8(dump(value, -1));
        const auto outOfRange = [&](const QString &message) {
            m_findings.error(path, "out_of_range", message, tr("Change %1.").arg(written));
        };
        if (above && number <= above->get<double>())
            outOfRange(
                tr("%1 must be greater than %2%3").arg(placeName(path), QString::fromUtf8(dump(*above, -1)), suffix));
        else if (low && high && (number < low->get<double>() || number > high->get<double>()))
            outOfRange(tr("%1 must be between %2 and %3%4")
                           .arg(placeName(path), QString::fromUtf8(dump(*low, -1)), QString::fromUtf8(dump(*high, -1)),
                               suffix));
        else if (low && number < low->get<double>())
            outOfRange(tr("%1 must be at least %2%3").arg(placeName(path), QString::fromUtf8(dump(*low, -1)), suffix));
    }

    void checkObject(const Json &schema, const Json &value, const QString &path)
    {
        if (const Json *required = member(schema, "required")) {
            for (const Json &key : *required) {
                if (!value.contains(key.get_ref<const std::string &>())) {
                    m_findings.error(
                        below(path, text(key)), "missing_key", tr("“%1” is missing").arg(text(key)), tr("Add it."));
                }
            }
        }
        const Json *properties = member(schema, "properties");
        const Json *others = member(schema, "additionalProperties");
        for (const auto &[key, inner] : value.items()) {
            const QString at = below(path, keyText(key));
            const Json *known = properties ? member(*properties, key.c_str()) : nullptr;
            if (known)
                check(*known, inner, at);
            else if (others && others->is_object())
                check(*others, inner, at);
            else if (others && properties)
                unknownKey(schema, *properties, keyText(key), at);
        }
    }

    void unknownKey(const Json &schema, const Json &properties, const QString &key, const QString &path)
    {
        QStringList known;
        for (const auto &[name, property] : properties.items())
            known.append(keyText(name));
        const QString near = nearest(key, known);
        if (const Json *code = member(schema, "x-code")) {
            m_findings.error(path, code->get_ref<const std::string &>().c_str(),
                tr("AgentSociety has no “%1”").arg(key),
                near.isEmpty() ? tr("Choose one of: %1.").arg(known.join(QStringLiteral(", ")))
                               : tr("Did you mean “%1”?").arg(near));
            return;
        }
        if (const Json *obsolete = member(schema, "x-obsolete"); obsolete && obsolete->contains(key.toStdString())) {
            const QString instead = text(obsolete->at(key.toStdString()));
            m_findings.warning(path, "obsolete_key",
                tr("“%1” is from another version and is ignored by AgentSociety").arg(key),
                instead.isEmpty() ? tr("Take it away.") : tr("Use “%1” instead.").arg(instead));
            return;
        }
        m_findings.warning(path, "unknown_key", tr("“%1” is not known to AgentSociety, which ignores it").arg(key),
            near.isEmpty() ? tr("Take it away, or correct its name.") : tr("Did you mean “%1”?").arg(near));
    }

    void checkArray(const Json &schema, const Json &value, const QString &path)
    {
        if (const Json *least = member(schema, "minItems"); least && value.size() < least->get<size_t>())
            m_findings.error(path, "too_few", tr("%1 is empty").arg(placeName(path)), tr("Add at least one entry."));
        if (const Json *most = member(schema, "maxItems"); most && value.size() > most->get<size_t>()) {
            m_findings.error(path, "wrong_value", tr("%1 can only be given from Python").arg(placeName(path)),
                tr("Leave the list empty."));
        }
        if (const Json *items = member(schema, "items")) {
            for (size_t i = 0; i < value.size(); ++i)
                check(*items, value[i], below(path, static_cast<qsizetype>(i)));
        }
    }

    const Json &m_root;
    Findings &m_findings;
};

} // namespace

void checkSchema(const Json &root, const Json &schema, const Json &value, const QString &path, Findings &findings)
{
    Walk(root, findings).check(schema, value, path);
}

} // namespace society::config
