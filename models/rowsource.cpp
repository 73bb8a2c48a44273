// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rowsource.h"

#include "models/resulttablemodel.h"
#include "services/core/clock.h"
#include "services/core/csv.h"
#include "services/core/files.h"
#include "services/experiment/usage.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <utility>

namespace society::models {

namespace {

using Column = agentsociety::ResultColumn;
using Kind = Column::Kind;
using agentsociety::ResultPage;
using namespace Qt::StringLiterals;

constexpr int callsPerPage = 500;

QString tr(const char *text)
{
    return QCoreApplication::translate("RowSource", text);
}

QVariantList callRow(const QJsonObject &call)
{
    const auto number = [&](QLatin1String key) { return call.value(key).toInteger(); };
    return {number("seq"_L1), fromIso(call.value("t"_L1).toString()), number("entry"_L1),
        call.value("model"_L1).toString(), call.value("kind"_L1).toString(), number("tokens_in"_L1),
        number("tokens_out"_L1), call.value("estimated"_L1).toBool() ? tr("yes") : QString(), number("latency_ms"_L1),
        number("status"_L1), call.value("error"_L1).toString()};
}

QByteArray headerLine(const QList<Column> &columns)
{
    QStringList names;
    for (const Column &column : columns)
        names.append(column.name);
    return csvLine(names);
}

QByteArray rowLine(const QList<Column> &columns, const QVariantList &row)
{
    QStringList fields;
    for (qsizetype i = 0; i < columns.size(); ++i)
        fields.append(resultCsvText(row.value(i), columns[i].kind));
    return csvLine(fields);
}

} // namespace

RowSource resultRows(
    const QString &home, const ExperimentId &id, const TenantId &tenant, agentsociety::ResultTable table)
{
    return {agentsociety::resultColumns(table), [=](qint64 cursor) {
                agentsociety::PageRequest request;
                request.after = cursor;
                return agentsociety::ResultDatabase(home, id, tenant).rows(table, request);
            }};
}

RowSource callRows(const QString &usageFile)
{
    const QList<Column> columns{{u"seq"_s, Kind::Integer}, {u"t"_s, Kind::Time}, {u"entry"_s, Kind::Integer},
        {u"model"_s, Kind::Text}, {u"kind"_s, Kind::Text}, {u"tokens_in"_s, Kind::Integer},
        {u"tokens_out"_s, Kind::Integer}, {u"estimated"_s, Kind::Text}, {u"latency_ms"_s, Kind::Integer},
        {u"http"_s, Kind::Integer}, {u"error"_s, Kind::Text}};
    return {columns, [usageFile](qint64 cursor) -> Result<ResultPage> {
                SOCIETY_ASSIGN(
                    const experiment::CallPage calls, experiment::readCalls(usageFile, cursor, callsPerPage));
                ResultPage page;
                page.next = calls.next;
                for (const QJsonObject &call : calls.calls)
                    page.rows.append(callRow(call));
                return page;
            }};
}

Result<> readPages(
    const RowSource &source, const std::function<Result<>(const ResultPage &)> &each, const std::atomic_bool *cancelled)
{
    for (qint64 cursor = 0;;) {
        SOCIETY_ASSIGN(const ResultPage page, patiently([&] { return source.page(cursor); }, cancelled));
        if (cancelled && *cancelled)
            return fail(ErrorKind::Refused, "cancelled", tr("The export was cancelled."));
        SOCIETY_TRY(each(page));
        if (page.next == 0 || page.next == cursor)
            return {};
        cursor = page.next;
    }
}

Result<qint64> writeCsv(const RowSource &source, const ByteSink &write, const std::atomic_bool *cancelled)
{
    qint64 count = 0;
    QByteArray lines = headerLine(source.columns);
    SOCIETY_TRY(readPages(
        source,
        [&](const ResultPage &page) -> Result<> {
            for (const QVariantList &row : page.rows)
                lines += rowLine(source.columns, row);
            if (!write(std::exchange(lines, {})))
                return fail(ErrorKind::Refused, "write_failed", tr("The table could not be written."),
                    tr("Check the disk's space and the folder's rights."));
            count += page.rows.size();
            return {};
        },
        cancelled));
    return count;
}

Result<qint64> saveCsv(const RowSource &source, const QString &target, const std::atomic_bool *cancelled)
{
    QSaveFile file(target);
    if (!file.open(QIODevice::WriteOnly))
        return writeFailed(target, file.errorString());
    Result<qint64> written = writeCsv(
        source, [&file](const QByteArray &bytes) { return file.write(bytes) == bytes.size(); }, cancelled);
    const bool failed = file.error() != QFileDevice::NoError;
    if (failed || (written && !file.commit()))
        return writeFailed(target, file.errorString());
    return written;
}

} // namespace society::models
