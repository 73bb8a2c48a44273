// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/profiles_p.h"
#include "services/config/schema.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <algorithm>

namespace society::config {

namespace {

bool isWhole(const QString &text)
{
    bool fits = false;
    const qint64 number = text.toLongLong(&fits);
    return fits && QString::number(number) == text;
}

bool isDecimal(const QString &text)
{
    bool fits = false;
    const double number = QLocale::c().toDouble(text, &fits);
    return fits && qIsFinite(number) && !text.startsWith(u'+') &&
           !(text.size() > 1 && text.startsWith(u'0') && text[1].isDigit());
}

} // namespace

ColumnType cellType(const QList<QStringList> &rows, qsizetype column)
{
    bool whole = true;
    bool decimal = true;
    bool boolean = true;
    bool any = false;
    for (qsizetype i = 1; i < rows.size(); ++i) {
        const QString value = rows[i].value(column).trimmed();
        if (value.isEmpty())
            continue;
        any = true;
        whole = whole && isWhole(value);
        decimal = decimal && isDecimal(value);
        const QString lower = value.toLower();
        boolean = boolean && (lower == QLatin1String("true") || lower == QLatin1String("false"));
    }
    if (!any)
        return ColumnType::Text;
    return whole     ? ColumnType::Integer
           : decimal ? ColumnType::Number
           : boolean ? ColumnType::Boolean
                     : ColumnType::Text;
}

QJsonValue cellValue(const QString &value, ColumnType type)
{
    if (type == ColumnType::Integer)
        return value.trimmed().toLongLong();
    if (type == ColumnType::Number)
        return QLocale::c().toDouble(value.trimmed());
    if (type == ColumnType::Boolean)
        return value.trimmed().toLower() == QLatin1String("true");
    // A cell may hold a structure, such as a social network, as JSON.
    if (value.startsWith(u'[') || value.startsWith(u'{')) {
        const QJsonDocument json = QJsonDocument::fromJson(value.toUtf8());
        if (json.isArray())
            return json.array();
        if (json.isObject())
            return json.object();
    }
    return value;
}

ColumnType valueType(const QJsonValue &value)
{
    if (value.isBool())
        return ColumnType::Boolean;
    if (value.isDouble())
        return value.toInteger(-1) == value.toInteger(-2) ? ColumnType::Integer : ColumnType::Number;
    return value.isObject() || value.isArray() ? ColumnType::Structure : ColumnType::Text;
}

QList<ProfileColumn> columnsOf(const QJsonArray &rows)
{
    QList<ProfileColumn> columns;
    QHash<QString, qsizetype> places;
    const QStringList kept = namesOf("attributes.base") + namesOf("attributes.citizen");
    for (const QJsonValue &row : rows) {
        const QJsonObject entry = row.toObject();
        for (auto value = entry.begin(); value != entry.end(); ++value) {
            if (value->isNull())
                continue;
            const ColumnType type = valueType(*value);
            auto place = places.find(value.key());
            if (place == places.end()) {
                place = places.insert(value.key(), columns.size());
                columns.append({value.key(), type, 0, kept.contains(value.key())});
            }
            ProfileColumn &column = columns[*place];
            ++column.filled;
            if (column.type != type) {
                const bool isNumeric = (column.type == ColumnType::Integer || column.type == ColumnType::Number) &&
                                       (type == ColumnType::Integer || type == ColumnType::Number);
                column.type = isNumeric ? ColumnType::Number : ColumnType::Text;
            }
        }
    }
    // QJsonObject sorts its keys; the id is what people look for first.
    std::stable_sort(columns.begin(), columns.end(), [](const ProfileColumn &a, const ProfileColumn &b) {
        return a.name == QLatin1String("id") && b.name != QLatin1String("id");
    });
    return columns;
}

} // namespace society::config
