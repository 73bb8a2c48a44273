// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/document_p.h"
#include "services/config/profiles_p.h"
#include "services/core/csvreader.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QSet>
#include <algorithm>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigProfiles", text);
}

void fillIds(QJsonArray &rows)
{
    QSet<qint64> taken;
    for (const QJsonValue &row : std::as_const(rows))
        taken.insert(row[QLatin1String("id")].toInteger());
    qint64 next = 1;
    for (QJsonValueRef row : rows) { // clazy:exclude=range-loop-detach since it writes
        QJsonObject entry = row.toObject();
        if (entry.contains(QLatin1String("id")))
            continue;
        while (taken.contains(next))
            ++next;
        entry.insert(QLatin1String("id"), next++);
        row = entry;
    }
}

} // namespace

Result<QJsonArray> profileList(const QByteArray &bytes)
{
    const auto root = parseJson(bytes, tr("The profile file"));
    if (!root)
        return unreadableProfiles(root.error().message, root.error().detail);
    if (!root->is_array())
        return unreadableProfiles(tr("The profile file is no list"), QString::fromLatin1(root->type_name()));
    return toQt(*root).toArray();
}

Result<QJsonArray> profileLines(const QByteArray &bytes)
{
    QJsonArray rows;
    int line = 0;
    for (const QByteArray &text : bytes.split('\n')) {
        ++line;
        if (text.trimmed().isEmpty())
            continue;
        const auto entry = parseJson(text, tr("The line"));
        if (!entry)
            return unreadableProfiles(
                tr("Line %1 of the profile file is not valid JSON").arg(line), entry.error().detail);
        rows.append(toQt(*entry));
    }
    return rows;
}

Result<QJsonArray> profileTable(const QByteArray &bytes, QList<Problem> &problems)
{
    auto rows = readCsv(bytes);
    if (!rows)
        return unreadableProfiles(rows.error().message);
    if (rows->isEmpty())
        return unreadableProfiles(tr("The profile file is empty"));
    QStringList names;
    for (const QString &name : rows->first())
        names.append(name.trimmed());
    if (names.removeDuplicates() > 0 || names.contains(QString()))
        return unreadableProfiles(tr("The first line of the profile file must name every column, each differently"));
    QList<ColumnType> types;
    for (qsizetype i = 0; i < names.size(); ++i)
        types.append(cellType(*rows, i));
    QJsonArray entries;
    for (qsizetype i = 1; i < rows->size(); ++i) {
        const QStringList &row = rows->at(i);
        if (row.size() != names.size()) {
            problems.append({Severity::Error, QString::number(i - 1), QStringLiteral("profile_row_length"),
                tr("Row %1 has %2 values instead of %3").arg(i).arg(row.size()).arg(names.size()),
                tr("Give every row a value for each column; put values with commas in quotation marks.")});
        }
        QJsonObject entry;
        for (qsizetype column = 0; column < std::min(row.size(), names.size()); ++column) {
            if (!row[column].trimmed().isEmpty())
                entry.insert(names[column], cellValue(row[column], types[column]));
        }
        entries.append(entry);
    }
    fillIds(entries);
    return entries;
}

} // namespace society::config
