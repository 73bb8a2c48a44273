// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/csv.h"

namespace society {

namespace {

bool isNumber(const QString &text)
{
    bool ok = false;
    (void)text.toDouble(&ok);
    // toDouble() takes "inf" and "nan", too; behind a sign these are formulas to some spreadsheets.
    return ok && text.back().isDigit();
}

} // namespace

QByteArray csvField(const QString &text)
{
    static const QString dangerous = QStringLiteral("=+-@\t\r");
    QString field = text;
    if (!field.isEmpty() && dangerous.contains(field.front()) && !isNumber(field))
        field.prepend(u'\'');
    const bool quoted = field.contains(u',') || field.contains(u'"') || field.contains(u'\n') || field.contains(u'\r');
    if (!quoted)
        return field.toUtf8();
    return '"' + field.replace(u'"', QLatin1String("\"\"")).toUtf8() + '"';
}

QByteArray csvLine(const QStringList &fields)
{
    QByteArray line;
    for (const QString &field : fields) {
        if (&field != &fields.front())
            line += ',';
        line += csvField(field);
    }
    return line + "\r\n";
}

} // namespace society
