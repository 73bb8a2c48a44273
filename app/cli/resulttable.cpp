// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/resulttable.h"

#include "app/cli/words.h"
#include "services/core/clock.h"

#include <QJsonDocument>
#include <QJsonValue>
#include <QLocale>
#include <QSaveFile>
#include <QThread>
#include <functional>

namespace society::cli {

namespace {

using agentsociety::PageRequest;
using agentsociety::ResultColumn;
using agentsociety::ResultDatabase;
using agentsociety::ResultPage;
using agentsociety::ResultTable;

/// The run writes with priority; a reader asks again a few times.
template <class Ask>
auto patiently(Ask ask) -> decltype(ask())
{
    constexpr int Tries = 20;
    constexpr unsigned long PauseMs = 100;
    for (int i = 1;; ++i) {
        auto answer = ask();
        if (answer || answer.error().code != u"results_busy" || i == Tries)
            return answer;
        QThread::msleep(PauseMs);
    }
}

using EachPage = std::function<Result<>(const ResultPage &)>;

Result<> readAll(const ResultDatabase &database, ResultTable table, const EachPage &each)
{
    PageRequest request;
    do {
        SOCIETY_ASSIGN(const ResultPage page, patiently([&] { return database.rows(table, request); }));
        SOCIETY_TRY(each(page));
        request.after = page.next;
    } while (request.after != 0);
    return {};
}

QJsonValue jsonOf(const QVariant &value)
{
    if (value.typeId() == QMetaType::QDateTime)
        return toIso(value.toDateTime());
    return value.isValid() ? QJsonValue::fromVariant(value) : QJsonValue();
}

QString textOf(const QVariant &value)
{
    if (value.typeId() == QMetaType::QDateTime)
        return toIso(value.toDateTime());
    if (value.typeId() == QMetaType::QJsonValue) {
        const QJsonValue json = value.toJsonValue();
        if (json.isString())
            return json.toString();
        if (json.isObject())
            return QString::fromUtf8(QJsonDocument(json.toObject()).toJson(QJsonDocument::Compact));
        if (json.isArray())
            return QString::fromUtf8(QJsonDocument(json.toArray()).toJson(QJsonDocument::Compact));
        return json.toVariant().toString();
    }
    if (value.typeId() == QMetaType::Double)
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    return value.toString();
}

QByteArray csvField(const QString &text)
{
    const bool needsQuotes = text.contains(u',') || text.contains(u'"') || text.contains(u'\n') || text.contains(u'\r');
    return needsQuotes ? '"' + QString(text).replace(u'"', QStringLiteral("\"\"")).toUtf8() + '"' : text.toUtf8();
}

QByteArray csvLine(const QStringList &fields)
{
    QByteArrayList parts;
    for (const QString &field : fields)
        parts.append(csvField(field));
    return parts.join(',') + "\r\n";
}

QStringList columnNames(ResultTable table)
{
    QStringList names;
    for (const ResultColumn &column : agentsociety::resultColumns(table))
        names.append(column.name);
    return names;
}

/// Every row as CSV, header first.
Result<qint64> csvRows(
    const ResultDatabase &database, ResultTable table, const std::function<bool(const QByteArray &)> &write)
{
    const auto put = [&write](const QByteArray &bytes) -> Result<> {
        if (write(bytes))
            return {};
        return fail(ErrorKind::Refused, "write_failed", Cli::tr("The table could not be written."),
            Cli::tr("Check the disk's space and the folder's rights."));
    };
    qint64 count = 0;
    SOCIETY_TRY(put(csvLine(columnNames(table))));
    SOCIETY_TRY(readAll(database, table, [&](const ResultPage &page) -> Result<> {
        QByteArray lines;
        for (const QVariantList &row : page.rows) {
            QStringList fields;
            for (const QVariant &value : row)
                fields.append(textOf(value));
            lines += csvLine(fields);
        }
        count += page.rows.size();
        return put(lines);
    }));
    return count;
}

} // namespace

Result<int> showTables(Output &out, const ResultDatabase &database)
{
    SOCIETY_ASSIGN(const auto tables, patiently([&] { return database.tables(); }));
    QJsonArray array;
    TextTable table({{Cli::tr("Table")}, {Cli::tr("Rows"), TextTable::Align::Right}});
    for (const agentsociety::TableSummary &summary : tables) {
        const QString name = agentsociety::resultTableName(summary.table);
        array.append(QJsonObject{{QStringLiteral("table"), name}, {QStringLiteral("rows"), summary.rows}});
        table.add({name, QLocale().toString(summary.rows)});
    }
    out.document(array);
    out.table(table, {});
    return 0;
}

Result<int> showRows(Output &out, const ResultDatabase &database, ResultTable table)
{
    const QStringList names = columnNames(table);
    if (!out.isJson()) {
        QList<TextTable::Column> columns;
        for (const QString &name : names)
            columns.append({name});
        TextTable text(columns);
        SOCIETY_TRY(readAll(database, table, [&](const ResultPage &page) -> Result<> {
            for (const QVariantList &row : page.rows) {
                QStringList cells;
                for (const QVariant &value : row)
                    cells.append(textOf(value));
                text.add(cells);
            }
            return {};
        }));
        out.table(text, Cli::tr("The table has no rows."));
        return 0;
    }
    // A list may be too long to be kept whole; an error before its first row is still one document.
    bool isFirst = true;
    SOCIETY_TRY(readAll(database, table, [&](const ResultPage &page) -> Result<> {
        for (const QVariantList &row : page.rows) {
            QJsonObject object;
            for (qsizetype i = 0; i < names.size() && i < row.size(); ++i)
                object.insert(names.at(i), jsonOf(row.at(i)));
            out.listed((isFirst ? "[\n" : ",\n") + QJsonDocument(object).toJson(QJsonDocument::Compact));
            isFirst = false;
        }
        return {};
    }));
    out.listed(isFirst ? "[]\n" : "\n]\n");
    return 0;
}

Result<int> writeRows(Output &out, const ResultDatabase &database, ResultTable table, const QString &path)
{
    if (path == u"-") {
        SOCIETY_TRY(csvRows(database, table, [&out](const QByteArray &bytes) { return out.bytes(bytes); }));
        return 0;
    }
    QSaveFile file(path);
    const auto failed = [&] {
        return fail(ErrorKind::Refused, "write_failed", Cli::tr("“%1” could not be written.").arg(path),
            Cli::tr("Check that the folder exists and may be written to."), file.errorString(), path);
    };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    SOCIETY_ASSIGN(const qint64 count,
        csvRows(database, table, [&file](const QByteArray &bytes) { return file.write(bytes) == bytes.size(); }));
    if (!file.commit())
        return failed();
    out.document(QJsonObject{{QStringLiteral("file"), path}, {QStringLiteral("rows"), count}});
    out.line(Cli::tr("%n row(s) were written to “%1”.", nullptr, static_cast<int>(count)).arg(path));
    return 0;
}

} // namespace society::cli
