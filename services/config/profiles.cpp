// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/profiles.h"

#include "services/config/csv.h"
#include "services/config/document_p.h"
#include "services/config/findings.h"
#include "services/config/schema.h"
#include "services/core/files.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QSet>
#include <algorithm>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigProfiles", text);
}

constexpr int MostRowProblems = 100; // a broken file of a million rows says enough with these

tl::unexpected<Error> unreadable(const QString &message, const QString &detail = {})
{
    return fail(ErrorKind::Refused, "profile_unreadable", message, tr("Correct the file at this place."), detail);
}

Result<QJsonArray> readList(const QByteArray &bytes)
{
    const auto root = parseJson(bytes, tr("The profile file"));
    if (!root)
        return unreadable(root.error().message, root.error().detail);
    if (!root->is_array())
        return unreadable(tr("The profile file is no list"), QString::fromLatin1(root->type_name()));
    return toQt(*root).toArray();
}

Result<QJsonArray> readLines(const QByteArray &bytes)
{
    QJsonArray rows;
    int line = 0;
    for (const QByteArray &text : bytes.split('\n')) {
        ++line;
        if (text.trimmed().isEmpty())
            continue;
        const auto entry = parseJson(text, tr("The line"));
        if (!entry)
            return unreadable(tr("Line %1 of the profile file is not valid JSON").arg(line), entry.error().detail);
        rows.append(toQt(*entry));
    }
    return rows;
}

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

ColumnType typeOf(const QList<QStringList> &rows, qsizetype column)
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

QJsonValue typed(const QString &value, ColumnType type)
{
    switch (type) {
    case ColumnType::Integer:
        return value.trimmed().toLongLong();
    case ColumnType::Number:
        return QLocale::c().toDouble(value.trimmed());
    case ColumnType::Boolean:
        return value.trimmed().toLower() == QLatin1String("true");
    case ColumnType::Text:
    case ColumnType::Structure:
        break;
    }
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

Result<QJsonArray> readTable(const QByteArray &bytes, QList<Problem> &problems)
{
    auto rows = readCsv(bytes);
    if (!rows)
        return unreadable(rows.error().message);
    if (rows->isEmpty())
        return unreadable(tr("The profile file is empty"));
    QStringList names;
    for (const QString &name : rows->first())
        names.append(name.trimmed());
    if (names.removeDuplicates() > 0 || names.contains(QString()))
        return unreadable(tr("The first line of the profile file must name every column, each differently"));
    QList<ColumnType> types;
    for (qsizetype i = 0; i < names.size(); ++i)
        types.append(typeOf(*rows, i));
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
                entry.insert(names[column], typed(row[column], types[column]));
        }
        entries.append(entry);
    }
    fillIds(entries);
    return entries;
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

void checkNetwork(const QJsonValue &network, qsizetype row, Findings &findings)
{
    const QString path = QString::number(row) + QStringLiteral(".social_network");
    static const QStringList kinds = namesOf("relations");
    if (!network.isArray()) {
        findings.error(path, "profile_value_type", tr("Row %1: “social_network” must be a list").arg(row + 1),
            tr("Give a list of {\"target_id\", \"kind\", \"strength\"}."));
        return;
    }
    const QJsonArray ties = network.toArray();
    for (const QJsonValue &tie : ties) {
        const QJsonValue strength = tie[QLatin1String("strength")];
        const bool good = tie.isObject() && tie[QLatin1String("target_id")].isDouble() &&
                          kinds.contains(tie[QLatin1String("kind")].toString()) &&
                          (strength.isUndefined() || strength.isNull() ||
                              (strength.isDouble() && strength.toDouble() >= 0 && strength.toDouble() <= 1));
        if (!good) {
            findings.error(path, "profile_value_type",
                tr("Row %1: a tie of “social_network” is not complete").arg(row + 1),
                tr("Give target_id (an id), kind (one of %1) and strength (0 to 1).")
                    .arg(kinds.join(QStringLiteral(", "))));
            return;
        }
    }
}

void checkRow(const QJsonValue &row, qsizetype index, QHash<qint64, qsizetype> &ids, Findings &findings)
{
    const QString path = QString::number(index) + QStringLiteral(".id");
    if (!row.isObject()) {
        findings.error(QString::number(index), "profile_value_type", tr("Row %1 is no object").arg(index + 1),
            tr("Give each person as {\"id\": …}."));
        return;
    }
    const QJsonValue id = row[QLatin1String("id")];
    if (id.isUndefined() || id.isNull()) {
        findings.error(path, "profile_id_missing", tr("Row %1 has no id").arg(index + 1),
            tr("Give every person an id, a whole number."));
    } else if (!id.isDouble() || valueType(id) != ColumnType::Integer) {
        findings.error(path, "profile_id_type", tr("Row %1: the id must be a whole number").arg(index + 1),
            tr("Write it without quotation marks."));
    } else if (id.toInteger() < 1 || id.toInteger() > MaxAgentId) {
        findings.error(path, "profile_id_range",
            tr("Row %1: the id %2 is not between 1 and %3").arg(index + 1).arg(id.toInteger()).arg(MaxAgentId),
            tr("Choose an id in this range."));
    } else if (ids.contains(id.toInteger())) {
        findings.error(path, "profile_id_duplicate",
            tr("Rows %1 and %2 have the same id %3")
                .arg(ids.value(id.toInteger()) + 1)
                .arg(index + 1)
                .arg(id.toInteger()),
            tr("Give every person an id of their own."));
    } else {
        ids.insert(id.toInteger(), index);
    }
    if (const QJsonValue network = row[QLatin1String("social_network")]; !network.isUndefined())
        checkNetwork(network, index, findings);
}

} // namespace

QByteArray ProfileTable::toJson() const
{
    return QJsonDocument(rows).toJson(QJsonDocument::Indented);
}

Result<ProfileTable> parseProfiles(const QByteArray &bytes, const QString &suffix)
{
    if (bytes.size() > MaxProfileBytes) {
        return fail(ErrorKind::Refused, "profile_too_large",
            tr("The profile file is larger than %1").arg(QLocale().formattedDataSize(MaxProfileBytes)),
            tr("Split it."));
    }
    ProfileTable table;
    if (suffix == QLatin1String("csv")) {
        SOCIETY_ASSIGN(table.rows, readTable(bytes, table.problems));
    } else if (suffix == QLatin1String("jsonl")) {
        SOCIETY_ASSIGN(table.rows, readLines(bytes));
    } else if (suffix == QLatin1String("json")) {
        SOCIETY_ASSIGN(table.rows, readList(bytes));
    } else {
        return fail(ErrorKind::Refused, "profile_file_type",
            tr("AgentSociety reads no profile files of type “%1”").arg(suffix),
            tr("Use a .json list, .jsonl or, for import, .csv."));
    }
    table.columns = columnsOf(table.rows);
    Findings findings;
    QHash<qint64, qsizetype> ids;
    for (qsizetype i = 0; i < table.rows.size() && findings.problems().size() < MostRowProblems; ++i)
        checkRow(table.rows.at(i), i, ids, findings);
    table.problems.append(findings.problems());
    for (const ProfileColumn &column : std::as_const(table.columns)) {
        if (!column.kept) {
            table.problems.append({Severity::Warning, QStringLiteral("0.") + joinPath({column.name}),
                QStringLiteral("profile_column_dropped"), tr("AgentSociety drops the column “%1”").arg(column.name),
                tr("Put it into background_story, or into a column that AgentSociety knows.")});
        }
    }
    return table;
}

Result<ProfileTable> readProfiles(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return fail(ErrorKind::NotFound, "profile_missing", tr("The profile file %1 is missing").arg(path),
            tr("Put the file there, or choose another."), {}, path);
    }
    if (info.size() > MaxProfileBytes) {
        return fail(ErrorKind::Refused, "profile_too_large",
            tr("The profile file %1 is larger than %2").arg(path, QLocale().formattedDataSize(MaxProfileBytes)),
            tr("Split it."), {}, path);
    }
    auto bytes = readFile(path, MaxProfileBytes);
    if (!bytes)
        return fail(ErrorKind::Refused, "profile_unreadable", bytes.error().message, bytes.error().remedy,
            bytes.error().detail, path);
    auto table = parseProfiles(*bytes, info.suffix().toLower());
    if (!table)
        table.error().path = path;
    return table;
}

} // namespace society::config
