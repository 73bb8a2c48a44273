// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/serversql_p.h"

#include <QCoreApplication>

namespace society::store {

namespace {

bool isNumber(const QVariant &value)
{
    const int type = value.typeId();
    return type == QMetaType::Int || type == QMetaType::UInt || type == QMetaType::LongLong ||
           type == QMetaType::ULongLong || type == QMetaType::Long || type == QMetaType::ULong;
}

QString literal(const QVariant &value)
{
    if (!value.isValid())
        return QStringLiteral("NULL");
    if (value.typeId() == QMetaType::Bool)
        return value.toBool() ? QStringLiteral("1") : QStringLiteral("0"); // flags are numbers in our tables
    if (isNumber(value)) {
        const QString number = value.toString();
        return number.startsWith(u'-') ? u'(' + number + u')' : number; // two dashes would begin a comment
    }
    return u'\'' + value.toString().replace(u'\'', QLatin1String("''")) + u'\'';
}

} // namespace

Result<QString> serverSql(const QString &sql, const QVariantList &values)
{
    for (const QVariant &value : values)
        if (!isNumber(value) && value.toString().contains(QChar(0)))
            return fail(ErrorKind::Refused, "text_invalid",
                QCoreApplication::translate("Database", "A text with the character 0 cannot be kept on the server."),
                QCoreApplication::translate("Database", "Take that character out of it."));
    QString filled;
    qsizetype next = 0;
    QChar quote;
    for (const QChar c : sql) {
        if (!quote.isNull())
            quote = c == quote ? QChar() : quote;
        else if (c == u'\'' || c == u'"')
            quote = c;
        else if (c == u'?') {
            filled += literal(values.value(next++));
            continue;
        }
        filled += c;
    }
    return filled;
}

} // namespace society::store
