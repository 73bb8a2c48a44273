// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/resulttable.h"

#include "app/cli/words.h"
#include "models/resulttablemodel.h"
#include "models/rowsource.h"
#include "services/core/clock.h"

#include <QJsonDocument>
#include <QJsonValue>
#include <QLocale>

namespace society::cli {

namespace {

using agentsociety::ResultColumn;
using agentsociety::ResultPage;
using models::RowSource;

QJsonValue jsonOf(const QVariant &value)
{
    if (value.typeId() == QMetaType::QDateTime)
        return toIso(value.toDateTime());
    return value.isValid() ? QJsonValue::fromVariant(value) : QJsonValue();
}

} // namespace

Result<int> showTables(Output &out, const QList<agentsociety::TableSummary> &tables)
{
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

Result<int> showRows(Output &out, const RowSource &source)
{
    if (!out.isJson()) {
        QList<TextTable::Column> columns;
        for (const ResultColumn &column : source.columns)
            columns.append({column.name});
        TextTable text(columns);
        bool isEmpty = true;
        SOCIETY_TRY(models::readPages(source, [&](const ResultPage &page) -> Result<> {
            for (const QVariantList &row : page.rows) {
                QStringList cells;
                for (qsizetype i = 0; i < source.columns.size(); ++i)
                    cells.append(models::resultCsvText(row.value(i), source.columns[i].kind));
                text.add(cells);
            }
            for (const QString &line : text.takeLines())
                out.line(line);
            isEmpty = isEmpty && page.rows.isEmpty();
            return {};
        }));
        if (isEmpty)
            out.line(Cli::tr("The table has no rows."));
        return 0;
    }
    // A list may be too long to be kept whole; an error before its first row is still one document.
    bool isFirst = true;
    SOCIETY_TRY(models::readPages(source, [&](const ResultPage &page) -> Result<> {
        for (const QVariantList &row : page.rows) {
            QJsonObject object;
            for (qsizetype i = 0; i < source.columns.size() && i < row.size(); ++i)
                object.insert(source.columns[i].name, jsonOf(row.at(i)));
            out.listed((isFirst ? "[\n" : ",\n") + QJsonDocument(object).toJson(QJsonDocument::Compact));
            isFirst = false;
        }
        return {};
    }));
    out.listed(isFirst ? "[]\n" : "\n]\n");
    return 0;
}

Result<int> writeRows(Output &out, const RowSource &source, const QString &path)
{
    if (path == u"-") {
        SOCIETY_TRY(models::writeCsv(source, [&out](const QByteArray &bytes) { return out.bytes(bytes); }));
        return 0;
    }
    SOCIETY_ASSIGN(const qint64 count, models::saveCsv(source, path));
    out.document(QJsonObject{{QStringLiteral("file"), path}, {QStringLiteral("rows"), count}});
    out.line(Cli::tr("%n row(s) were written to “%1”.", nullptr, static_cast<int>(count)).arg(path));
    return 0;
}

} // namespace society::cli
