// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/resultdatabase.h"

#include "services/agentsociety/resultdecoding.h"
#include "services/core/files.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <atomic>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kDatabase = "/sqlite.db"_L1;
constexpr auto kJournal = "-journal"_L1;
constexpr qint64 kArtifactsLimit = 64 * 1024 * 1024;
constexpr int kMostRows = 10'000;

// SQLite's result codes that mean something to a reader.
constexpr int kBusy = 5;
constexpr int kLocked = 6;
constexpr int kReadOnlyRollback = 776;

QString tr(const char *text)
{
    return QCoreApplication::translate("ResultDatabase", text);
}

tl::unexpected<Error> noResults(const QString &path)
{
    return fail(ErrorKind::NotFound, "results_none", tr("The run has not written any results yet."),
        tr("Look again later."), {}, path);
}

tl::unexpected<Error> damaged(const QString &path, const QString &detail)
{
    return fail(ErrorKind::Database, "results_damaged", tr("The results in “%1” cannot be read.").arg(path),
        tr("Copy the file away and look at it with sqlite3; the log and the calls are not affected."), detail, path);
}

tl::unexpected<Error> busy(const QString &path, const QString &detail)
{
    return fail(ErrorKind::Database, "results_busy", tr("The run is writing its results just now."),
        tr("Try again in a moment."), detail, path);
}

Error errorOf(const QSqlError &error, const QString &file)
{
    bool ok = false;
    const int code = error.nativeErrorCode().toInt(&ok);
    const QString detail = error.nativeErrorCode() + u' ' + error.databaseText();
    if (ok && ((code & 0xff) == kBusy || (code & 0xff) == kLocked))
        return busy(file, detail).value();
    if (ok && code == kReadOnlyRollback)
        return {ErrorKind::Database, u"rollback_needed"_s, {}, {}, detail, file};
    if (error.databaseText().contains("no such table"_L1))
        return noResults(file).value();
    return damaged(file, detail).value();
}

/// Prepares, binds and executes. After a false the query's last error is that of the step that failed: to execute what
/// could not be prepared would hide it.
bool run(QSqlQuery &query, const QString &sql, const QVariantList &values = {})
{
    if (!query.prepare(sql))
        return false;
    for (const QVariant &value : values)
        query.addBindValue(value);
    return query.exec();
}

/// A connection that exists for one read only.
class Connection {
public:
    Connection(const QString &file, const QString &options)
    {
        static std::atomic<quint64> number{0};
        m_name = u"agentsociety-results-%1"_s.arg(++number);
        m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
        m_database.setDatabaseName(file);
        m_database.setConnectOptions(options);
    }
    ~Connection()
    {
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(m_name);
    }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    QSqlDatabase &operator*() { return m_database; }

private:
    QString m_name;
    QSqlDatabase m_database;
};

/// Rolls a copy back to its last whole transaction.
Result<> rollBack(const QString &file)
{
    Connection connection(file, {});
    if (!(*connection).open())
        return fail(errorOf((*connection).lastError(), file));
    QSqlQuery query(*connection);
    if (!run(query, u"select count(*) from sqlite_master"_s) || !query.next())
        return fail(errorOf(query.lastError(), file));
    return {};
}

} // namespace

ResultDatabase::ResultDatabase(const QString &home, const ExperimentId &id, const TenantId &tenant)
    : m_home(home)
    , m_id(id)
    , m_tenant(tenant)
{
}

Result<> ResultDatabase::withQueryOn(const QString &file, const Read &read) const
{
    Connection connection(file, u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=500"_s);
    if (!(*connection).open())
        return fail(errorOf((*connection).lastError(), file));
    QSqlQuery query(*connection);
    query.setForwardOnly(true);
    auto result = read(query);
    if (result && query.lastError().isValid())
        result = fail(errorOf(query.lastError(), file));
    query.finish();
    return result;
}

Result<> ResultDatabase::recover() const
{
    if (m_recovered)
        return {};
    auto folder = std::make_shared<QTemporaryDir>();
    const QString copy = folder->path() + kDatabase;
    if (!folder->isValid() || !QFile::copy(m_home + kDatabase, copy) ||
        !QFile::copy(m_home + kDatabase + kJournal, copy + kJournal))
        return damaged(m_home + kDatabase, folder->errorString());
    QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
    QFile::setPermissions(copy + kJournal, QFile::ReadOwner | QFile::WriteOwner);
    SOCIETY_TRY(rollBack(copy));
    m_recovered = std::move(folder);
    return {};
}

Result<> ResultDatabase::withQuery(const Read &read) const
{
    const QString file = m_home + kDatabase;
    if (!QFileInfo::exists(file))
        return noResults(file);
    auto result = withQueryOn(file, read);
    if (result || result.error().code != "rollback_needed"_L1)
        return result;
    // A run that was killed while it wrote. Nobody may write here, so the last whole state is made in a copy.
    SOCIETY_TRY(recover());
    return withQueryOn(m_recovered->path() + kDatabase, read);
}

Result<ExperimentRow> ResultDatabase::experiment() const
{
    QVariantList values;
    SOCIETY_TRY(withQuery([&](QSqlQuery &query) -> Result<> {
        const QString sql =
            u"select status, name, cur_day, cur_t, error, input_tokens, output_tokens, created_at, updated_at "
            "from as_experiment where tenant_id = ? and id = ?"_s;
        if (run(query, sql, {m_tenant, m_id.digits()}) && query.next()) {
            for (int i = 0; i < 9; ++i)
                values << query.value(i);
        }
        return {};
    }));
    if (values.isEmpty())
        return noResults(m_home + kDatabase);
    ExperimentRow row;
    row.status = values[0].toInt();
    row.name = values[1].toString();
    row.day = values[2].toInt();
    row.secondOfDay = values[3].toDouble();
    row.error = values[4].toString();
    row.tokensIn = values[5].toLongLong();
    row.tokensOut = values[6].toLongLong();
    row.createdAt = timeFromUtcText(values[7].toString());
    row.updatedAt = timeFromUtcText(values[8].toString());
    return row;
}

QString ResultDatabase::tableOf(ResultTable table) const
{
    return u"as_"_s + QString(m_id.text()).replace(u'-', u'_') + u'_' + databaseTable(table);
}

QString ResultDatabase::artifactsFile() const
{
    return m_home + "/exps/"_L1 + m_tenant + u'/' + m_id.text() + "/artifacts.json"_L1;
}

Result<QList<TableSummary>> ResultDatabase::tables() const
{
    QList<TableSummary> summaries;
    for (const ResultTable table : resultTables()) {
        if (table != ResultTable::Artifacts)
            summaries.append({table, 0});
    }
    SOCIETY_TRY(withQuery([&](QSqlQuery &query) -> Result<> {
        for (TableSummary &summary : summaries) {
            if (!run(query, u"select count(*) from sqlite_master where type = 'table' and name = ?"_s,
                    {tableOf(summary.table)}) ||
                !query.next())
                return {};
            if (query.value(0).toInt() == 0)
                continue;
            // The run only ever appends to these, so the last row's number is their count, without reading them.
            if (!run(query, u"select coalesce(max(rowid), 0) from \"%1\""_s.arg(tableOf(summary.table))) ||
                !query.next())
                return {};
            summary.rows = query.value(0).toLongLong();
        }
        return {};
    }));
    const auto kept = artifacts({0, kMostRows, {}});
    summaries.append({ResultTable::Artifacts, kept ? kept->rows.size() : 0});
    return summaries;
}

Result<ResultPage> ResultDatabase::rows(ResultTable table, const PageRequest &page) const
{
    if (table == ResultTable::Artifacts)
        return artifacts(page);
    const QList<ResultColumn> columns = resultColumns(table);
    const int limit = qBound(1, page.limit, kMostRows);
    const bool ofOneAgent = page.agent.has_value() && columns.first().name == "id"_L1;
    QList<QVariantList> raw;
    SOCIETY_TRY(withQuery([&](QSqlQuery &query) -> Result<> {
        const QString sql = u"select rowid, %1 from \"%2\" where rowid > ? %3 order by rowid limit ?"_s.arg(
            databaseColumns(table), tableOf(table), ofOneAgent ? u"and id = ?"_s : QString());
        QVariantList bound{page.after};
        if (ofOneAgent)
            bound << *page.agent;
        bound << limit + 1;
        if (!run(query, sql, bound))
            return {};
        while (query.next()) {
            QVariantList values;
            for (int i = 0; i <= columns.size(); ++i)
                values << query.value(i);
            raw << values;
        }
        return {};
    }));
    ResultPage result;
    if (raw.size() > limit) {
        raw.removeLast();
        result.next = raw.last().first().toLongLong();
    }
    for (const QVariantList &values : std::as_const(raw))
        result.rows << decodeRow(table, values.mid(1));
    return result;
}

Result<ResultPage> ResultDatabase::artifacts(const PageRequest &page) const
{
    const QString file = artifactsFile();
    if (!QFileInfo::exists(file))
        return noResults(file);
    const auto data = readFile(file, kArtifactsLimit);
    if (!data)
        return damaged(file, data.error().code);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(*data, &error);
    if (!document.isObject()) // rewritten in place after every step: this look fell between
        return busy(file, error.errorString());
    const QJsonObject object = document.object();
    const QStringList keys = object.keys();
    ResultPage result;
    const qsizetype end = qMin(keys.size(), static_cast<qsizetype>(page.after) + qBound(1, page.limit, kMostRows));
    for (qsizetype i = page.after; i < end; ++i)
        result.rows << QVariantList{keys[i], QVariant::fromValue(object[keys[i]])};
    result.next = end < keys.size() ? end : 0;
    return result;
}

} // namespace society::agentsociety
