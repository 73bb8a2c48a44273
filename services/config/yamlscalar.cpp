// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/yaml_p.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigDocument", text);
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

} // namespace

Json yamlScalar(const YAML::Node &node)
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

} // namespace society::config
