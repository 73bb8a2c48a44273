// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/transfer.h"

#include "services/store/query.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <array>

namespace society::store {

namespace {

/// In an order in which each names only rows of those before it (a correction names an earlier bill).
constexpr std::array tables{"tenants", "settings", "prices", "configurations", "configuration_versions", "experiments",
    "accounts", "bills", "settlements", "holds"};

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

struct Column {
    QString name;
    bool isNumber = false;
    bool isKey = false;
};

struct Table {
    QString name;
    QList<Column> columns;

    [[nodiscard]] QString list() const
    {
        QStringList names;
        for (const Column &column : columns)
            names.append(column.name);
        return names.join(QStringLiteral(", "));
    }
    [[nodiscard]] QString order() const
    {
        QStringList names;
        for (const Column &column : columns)
            if (column.isKey)
                names.append(column.name);
        return names.join(QStringLiteral(", "));
    }
};

Database &fileOf(Database &a, Database &b)
{
    return a.dialect() == Dialect::Sqlite ? a : b;
}

/// A table as the file has it: both have the same columns, which are what a migration made of them, not a list here.
Result<Table> tableOf(Database &file, const QString &name)
{
    Table table{name, {}};
    SOCIETY_ASSIGN(table.columns,
        rows(file, QStringLiteral("SELECT name, type, pk FROM pragma_table_info(?)"), {name}, [](const Query &row) {
            return Column{row.text(0), row.text(1) == u"INTEGER", row.integer(2) > 0};
        }));
    return table;
}

/// A migration may have brought a table that nobody thought of here: better no move than one without it.
Result<> requireKnownTables(Database &file)
{
    SOCIETY_ASSIGN(const QStringList found,
        rows(file,
            QStringLiteral("SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' "
                           "AND name NOT IN ('schema_versions', 'bill_totals', 'amount_totals')"),
            {}, [](const Query &row) { return row.text(0); }));
    for (const QString &name : found)
        if (std::none_of(tables.begin(), tables.end(), [&](const char *each) { return name == QLatin1String(each); }))
            return fail(ErrorKind::Database, "transfer_differs",
                tr("This version cannot move the table “%1”.").arg(name), tr("Report it."));
    return {};
}

Result<> requireEmpty(Database &to)
{
    SOCIETY_ASSIGN(const auto rows,
        first(to,
            QStringLiteral("SELECT (SELECT count(*) FROM tenants) + (SELECT count(*) FROM configurations) + (SELECT "
                           "count(*) FROM settings) + (SELECT count(*) FROM prices WHERE seq > 3)"),
            {}, [](const Query &row) { return row.integer(0); }));
    if (rows.value_or(0) == 1) // the public tenant
        return {};
    return fail(ErrorKind::Refused, "database_not_empty", tr("The database “%1” is not empty.").arg(to.path()),
        tr("Only an empty one can take another's rows: make one, or remove what an earlier try has left."));
}

/// What a new database has of its own is not copied; the balance of an account is made by its bills.
bool isThere(const Table &table, const QVariantList &row)
{
    if (table.name == u"tenants")
        return row.constFirst().toString().isEmpty();
    return table.name == u"prices" && row.constFirst().toLongLong() <= 3;
}

Result<> insert(Database &to, const Table &table, const QList<QVariantList> &batch)
{
    if (batch.isEmpty())
        return {};
    const QString row = u'(' + placesFor(table.columns.size()) + u')';
    QVariantList values;
    for (const QVariantList &each : batch)
        values += each;
    SOCIETY_TRY(execute(to,
        QStringLiteral("INSERT INTO %1 (%2) VALUES ").arg(table.name, table.list()) +
            QStringList(batch.size(), row).join(QStringLiteral(", ")),
        values));
    return {};
}

QVariantList valuesOf(const Table &table, const Query &row)
{
    QVariantList values;
    for (int column = 0; column < table.columns.size(); ++column) {
        if (row.isNull(column))
            values.append(QVariant());
        else if (table.name == u"accounts" && table.columns.at(column).name == u"balance_micro")
            values.append(0);
        else if (table.columns.at(column).isNumber)
            values.append(QVariant::fromValue<qlonglong>(row.integer(column)));
        else
            values.append(row.text(column));
    }
    return values;
}

Result<qint64> copyTable(
    Database &from, Database &to, const Table &table, const std::function<bool(const QString &, qint64)> &progress)
{
    constexpr qsizetype atOnce = 250; // SQLite takes no more than 32,766 values in a statement
    SOCIETY_ASSIGN(Query query,
        Query::run(from, QStringLiteral("SELECT %1 FROM %2 ORDER BY %3").arg(table.list(), table.name, table.order())));
    QList<QVariantList> batch;
    qint64 count = 0;
    for (;;) {
        SOCIETY_ASSIGN(const bool more, query.next());
        if (more) {
            const QVariantList row = valuesOf(table, query);
            if (!isThere(table, row))
                batch.append(row);
            ++count;
        }
        if (batch.size() == atOnce || (!more && !batch.isEmpty())) {
            SOCIETY_TRY(insert(to, table, batch));
            batch.clear();
            if (progress && !progress(table.name, count))
                return fail(ErrorKind::Refused, "cancelled", tr("The move was cancelled."),
                    tr("Nothing was moved; begin again when it suits."));
        }
        if (!more)
            return count;
    }
}

/// A file's accounts are kept by the program; a server's by a trigger.
Result<> setBalances(Database &to)
{
    if (to.dialect() == Dialect::PostgreSql)
        return {};
    SOCIETY_TRY(
        execute(to, QStringLiteral("UPDATE accounts SET balance_micro = (SELECT coalesce(sum(amount_micro), 0) FROM "
                                   "bills WHERE bills.tenant = accounts.tenant)")));
    return {};
}

/// Rows, the sum of each number and the length of each text. A number is added up in two parts of 32 bits: balances of
/// many bills come to more than 64 bits hold.
Result<QStringList> measure(Database &database, const Table &table)
{
    QString sql = QStringLiteral("SELECT count(*)");
    for (const Column &column : table.columns)
        sql +=
            (column.isNumber ? QStringLiteral(", coalesce(sum(%1 / 4294967296), 0), coalesce(sum(%1 % 4294967296), 0)")
                             : QStringLiteral(", coalesce(sum(length(%1)), 0), 0"))
                .arg(column.name);
    SOCIETY_ASSIGN(
        const auto found, first(database, sql + QStringLiteral(" FROM ") + table.name, {}, [&](const Query &row) {
            QStringList numbers;
            for (int column = 0; column <= 2 * table.columns.size(); ++column)
                numbers.append(QString::number(row.integer(column)));
            return numbers;
        }));
    return found.value_or(QStringList());
}

Result<> compare(Database &from, Database &to, const Table &table)
{
    SOCIETY_ASSIGN(const QStringList before, measure(from, table));
    SOCIETY_ASSIGN(const QStringList after, measure(to, table));
    for (qsizetype i = 0; i < before.size(); ++i)
        if (before.at(i) != after.value(i))
            return fail(ErrorKind::Database, "transfer_differs",
                tr("The table “%1” would not be the same in the other database.").arg(table.name),
                tr("Nothing was moved. See what “society-cli audit” says of this one."),
                QStringLiteral("%1: %2 and %3")
                    .arg(i == 0 ? QStringLiteral("rows") : table.columns.at((i - 1) / 2).name, before.at(i),
                        after.value(i)));
    return {};
}

} // namespace

Result<Transferred> transfer(Database &from, Database &to, const std::function<bool(const QString &, qint64)> &progress)
{
    Database &file = fileOf(from, to);
    SOCIETY_TRY(requireKnownTables(file));
    SOCIETY_TRY(requireEmpty(to));
    Transferred done;
    for (const char *name : tables) {
        SOCIETY_ASSIGN(const Table table, tableOf(file, QString::fromLatin1(name)));
        SOCIETY_ASSIGN(const qint64 count, copyTable(from, to, table, progress));
        done.rows += count;
        if (table.name == u"bills")
            done.bills = count;
    }
    SOCIETY_TRY(setBalances(to));
    for (const char *name : tables) {
        SOCIETY_ASSIGN(const Table table, tableOf(file, QString::fromLatin1(name)));
        SOCIETY_TRY(compare(from, to, table));
    }
    for (const char *name : {"bill_totals", "amount_totals"}) { // a trigger has made them
        SOCIETY_ASSIGN(const Table totals, tableOf(file, QString::fromLatin1(name)));
        SOCIETY_TRY(compare(from, to, totals));
    }
    return done;
}

Result<> closeLedger(Database &database)
{
    SOCIETY_TRY(execute(database, QStringLiteral("SELECT close_ledger()")));
    return {};
}

Result<ServerFacts> serverFacts(Database &database)
{
    if (database.dialect() == Dialect::Sqlite)
        return fail(ErrorKind::Refused, "not_shared", tr("This workspace's database is a file, and has no members."),
            tr("Move it to a server first, by “society-cli database move”."));
    SOCIETY_ASSIGN(const auto facts,
        first(database,
            QStringLiteral("SELECT current_setting('server_version'), CASE WHEN ssl THEN 1 ELSE 0 END, "
                           "coalesce(version, '') FROM pg_stat_ssl WHERE pid = pg_backend_pid()"),
            {}, [](const Query &row) {
                return ServerFacts{row.text(0), row.boolean(1), row.text(2), 0};
            }));
    ServerFacts found = facts.value_or(ServerFacts());
    std::array<qint64, 5> times{};
    for (qint64 &time : times) {
        QElapsedTimer timer;
        timer.start();
        SOCIETY_TRY(execute(database, QStringLiteral("SELECT 1")));
        time = timer.nsecsElapsed();
    }
    std::sort(times.begin(), times.end());
    found.roundTripMs = static_cast<double>(times.at(times.size() / 2)) / 1e6;
    return found;
}

} // namespace society::store
