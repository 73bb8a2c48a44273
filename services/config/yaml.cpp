// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/document_p.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigDocument", text);
}

constexpr int MaxNodes = 200'000; // aliases can multiply a small text without end

// Thrown inside this file only: yaml-cpp reports by exceptions too, and one place catches both.
struct YamlFault {
    YAML::Mark mark;
    const char *code;
    QString message;
};

Position positionOfMark(const YAML::Mark &mark)
{
    return mark.is_null() ? Position{1, 1} : Position{mark.line + 1, mark.column + 1};
}

Json number(QString digits, int base, const YAML::Node &node)
{
    digits.remove(u'_');
    const bool negative = digits.startsWith(u'-');
    if (negative || digits.startsWith(u'+'))
        digits.remove(0, 1);
    if (base != 10)
        digits.remove(0, base == 8 ? 1 : 2);
    bool fits = false;
    const qulonglong value = digits.toULongLong(&fits, base);
    if (!fits && base == 10)
        return Json((negative ? -1 : 1) * digits.toDouble());
    if (!fits)
        throw YamlFault{node.Mark(), "yaml_invalid", tr("The number is too large")};
    if (!negative)
        return Json(static_cast<std::uint64_t>(value));
    if (value > static_cast<qulonglong>(std::numeric_limits<qint64>::max()))
        return Json(-static_cast<double>(value));
    return Json(-static_cast<std::int64_t>(value));
}

bool matches(const QString &text, const char *pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern))).match(text).hasMatch();
}

// A plain scalar means what PyYAML 1.1 rules make of it, since that is how AgentSociety reads it.
Json plainScalar(const YAML::Node &node)
{
    const QString text = QString::fromStdString(node.Scalar());
    static const QStringList nulls{
        {}, QStringLiteral("~"), QStringLiteral("null"), QStringLiteral("Null"), QStringLiteral("NULL")};
    if (nulls.contains(text))
        return nullptr;
    const QString lower = text.toLower();
    const bool isOneCase = text == lower || text == text.toUpper() || text == lower.left(1).toUpper() + lower.mid(1);
    if (isOneCase && (lower == QLatin1String("yes") || lower == QLatin1String("true") || lower == QLatin1String("on")))
        return true;
    if (isOneCase && (lower == QLatin1String("no") || lower == QLatin1String("false") || lower == QLatin1String("off")))
        return false;
    const QChar first = text.front();
    if (!first.isDigit() && first != u'-' && first != u'+' && first != u'.')
        return node.Scalar();
    if (matches(text, "[-+]?0b[0-1_]+"))
        return number(text, 2, node);
    if (matches(text, "[-+]?0x[0-9a-fA-F_]+"))
        return number(text, 16, node);
    if (matches(text, "[-+]?0[0-7_]+"))
        return number(text, 8, node);
    if (matches(text, "[-+]?(0|[1-9][0-9_]*)"))
        return number(text, 10, node);
    if (matches(text, "[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+")) { // 1:30 is ninety
        qint64 value = 0;
        for (const QString &part : QString(text).remove(u'_').remove(u'+').remove(u'-').split(u':'))
            value = value * 60 + part.toLongLong();
        return Json(first == u'-' ? -value : value);
    }
    if (matches(text, "[-+]?([0-9][0-9_]*\\.[0-9_]*([eE][-+][0-9]+)?|\\.[0-9][0-9_]*([eE][-+][0-9]+)?)"))
        return Json(QString(text).remove(u'_').toDouble());
    if (matches(text, "[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"))
        throw YamlFault{node.Mark(), "yaml_invalid", tr("A number must be finite")};
    return node.Scalar();
}

Json scalar(const YAML::Node &node)
{
    const std::string &tag = node.Tag();
    if (tag.empty() || tag == "?")
        return plainScalar(node);
    const QString name = QString::fromStdString(tag);
    if (tag == "!" || name == QLatin1String("tag:yaml.org,2002:str"))
        return node.Scalar();
    if (name.startsWith(QLatin1String("tag:yaml.org,2002:")) && !name.contains(QLatin1String("python")))
        return plainScalar(node);
    throw YamlFault{node.Mark(), "yaml_invalid", tr("The tag %1 is not supported").arg(name)};
}

class Converter {
public:
    explicit Converter(Document::Tree &tree)
        : m_tree(tree)
    {
    }

    Json convert(const YAML::Node &node)
    {
        if (m_path.size() > MaxDocumentDepth)
            throw YamlFault{node.Mark(), "document_too_deep", tr("The document is nested too deeply")};
        if (++m_nodes > MaxNodes)
            throw YamlFault{node.Mark(), "document_too_large", tr("The document has too many values")};
        const QString path = joinPath(m_path);
        if (!m_tree.positions.contains(path))
            m_tree.positions.insert(path, positionOfMark(node.Mark()));
        if (node.IsSequence())
            return sequence(node);
        if (node.IsMap())
            return mapping(node);
        return node.IsScalar() ? scalar(node) : Json(nullptr);
    }

private:
    Json sequence(const YAML::Node &node)
    {
        Json list = Json::array();
        for (const YAML::Node &element : node) {
            m_path.append(QString::number(list.size()));
            list.push_back(convert(element));
            m_path.removeLast();
        }
        return list;
    }

    Json mapping(const YAML::Node &node)
    {
        Json object = Json::object();
        std::vector<YAML::Node> merged;
        for (const auto &pair : node) {
            if (!pair.first.IsScalar())
                throw YamlFault{pair.first.Mark(), "yaml_invalid", tr("A key must be text")};
            const std::string &key = pair.first.Scalar();
            if (key == "<<") {
                merged.push_back(pair.second);
                continue;
            }
            m_path.append(keyText(key));
            if (object.contains(key))
                m_tree.duplicates.append(joinPath(m_path));
            m_tree.positions.insert(joinPath(m_path), positionOfMark(pair.first.Mark()));
            object[key] = convert(pair.second);
            m_path.removeLast();
        }
        for (const YAML::Node &source : merged)
            merge(source, object);
        return object;
    }

    void merge(const YAML::Node &source, Json &object)
    {
        m_path.append(QStringLiteral("<<"));
        const Json value = convert(source);
        m_path.removeLast();
        for (const Json &one : value.is_array() ? value : Json::array({value})) {
            if (!one.is_object())
                throw YamlFault{source.Mark(), "yaml_invalid", tr("Only a mapping can be merged with <<")};
            for (const auto &[key, inner] : one.items()) {
                if (!object.contains(key))
                    object[key] = inner;
            }
        }
    }

    Document::Tree &m_tree;
    QStringList m_path;
    int m_nodes = 0;
};

// Counts documents. yaml-cpp's own LoadAll can go on for ever where something stands behind the first one.
class DocumentCounter : public YAML::EventHandler {
public:
    int count = 0;
    YAML::Mark last;

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        ++count;
        last = mark;
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark &, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark &, const std::string &, YAML::anchor_t, const std::string &) override {}
    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

void requireOneDocument(const std::string &text)
{
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    DocumentCounter counter;
    if (parser.HandleNextDocument(counter) && parser.HandleNextDocument(counter))
        throw YamlFault{counter.last, "yaml_invalid", tr("Something stands behind the end of the document")};
}

} // namespace

Result<> parseYaml(const QByteArray &text, const QString &name, Document::Tree &tree)
{
    const auto refuse = [&](const char *code, const YAML::Mark &mark, const QString &what) {
        return fail(ErrorKind::Refused, code, tr("%1: not readable as YAML").arg(placeText(name, positionOfMark(mark))),
            tr("Correct the text at this place."), what);
    };
    try {
        const std::string bytes = text.toStdString();
        requireOneDocument(bytes);
        tree.root = Converter(tree).convert(YAML::Load(bytes));
        return {};
    } catch (const YamlFault &fault) {
        auto error = refuse(fault.code, fault.mark, fault.message).value();
        error.message = placeText(name, positionOfMark(fault.mark)) + QStringLiteral(": ") + fault.message;
        return fail(std::move(error));
    } catch (const YAML::Exception &error) {
        return refuse("yaml_invalid", error.mark, QString::fromStdString(error.msg));
    }
}

} // namespace society::config
