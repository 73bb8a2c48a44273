// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/bookmaker.h"

#include "services/core/clock.h"
#include "services/ledger/ledger.h"
#include "services/ledger/totals_p.h"
#include "services/store/database.h"
#include "services/store/transaction.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <sqlite3.h>
#include <vector>

namespace society::bench {

namespace {

void require(bool ok, sqlite3 *database, const QByteArray &what)
{
    if (ok)
        return;
    std::fprintf(stderr, "%s: %s\n", what.constData(), sqlite3_errmsg(database));
    std::exit(1);
}

void bind(sqlite3_stmt *statement, int at, const QByteArray &text)
{
    sqlite3_bind_text(statement, at, text.constData(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

/// An id that says its number, in the form of a random one.
QByteArray idOf(quint64 number, char kind)
{
    // Spread like random ones, so that an index over them is as large and as scattered.
    const quint64 high = (number * 0x9E3779B97F4A7C15ULL) ^ static_cast<quint64>(kind);
    char text[40];
    std::snprintf(text, sizeof text, "%08x-%04x-4%03x-8%03x-%012llx", static_cast<unsigned>(high >> 32),
        static_cast<unsigned>(high >> 16) & 0xffffU, static_cast<unsigned>(high) & 0xfffU,
        static_cast<unsigned>(kind) & 0xfffU, static_cast<unsigned long long>(number) & 0xffffffffffffULL);
    return text;
}

} // namespace

Raw::Raw(const QString &path)
{
    require(sqlite3_open(path.toUtf8().constData(), &m_database) == SQLITE_OK, m_database, "open");
    run("PRAGMA foreign_keys = ON");
    run("PRAGMA recursive_triggers = ON");
}

Raw::~Raw()
{
    sqlite3_close_v2(m_database);
}

void Raw::run(const QByteArray &sql)
{
    require(sqlite3_exec(m_database, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK, m_database, sql);
}

qint64 Raw::number(const QByteArray &sql)
{
    sqlite3_stmt *statement = prepare(sql);
    require(sqlite3_step(statement) == SQLITE_ROW, m_database, sql);
    const qint64 found = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return found;
}

sqlite3_stmt *Raw::prepare(const QByteArray &sql)
{
    sqlite3_stmt *statement = nullptr;
    require(sqlite3_prepare_v2(m_database, sql.constData(), -1, &statement, nullptr) == SQLITE_OK, m_database, sql);
    return statement;
}

void Raw::step(sqlite3_stmt *statement)
{
    require(sqlite3_step(statement) == SQLITE_DONE, m_database, sqlite3_sql(statement));
    sqlite3_reset(statement);
}

void makeBook(const QString &path, qint64 bills)
{
    {
        const auto database = must(store::Database::open(path));
        const SystemClock clock;
        must(ledger::Ledger(*database, clock).addTenant(QStringLiteral("lab")));
    }
    Raw raw(path);
    raw.run("PRAGMA synchronous = OFF");
    raw.run("PRAGMA cache_size = -400000");
    // Rules and indexes come back when the rows are there: for ten million that is minutes instead of an hour.
    std::vector<QByteArray> later;
    sqlite3_stmt *objects =
        raw.prepare("SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ('bills', "
                    "'experiments', 'settlements') AND type IN ('index', 'trigger') AND sql IS NOT NULL");
    std::vector<QByteArray> drops;
    while (sqlite3_step(objects) == SQLITE_ROW) {
        const auto text = [objects](int at) {
            return QByteArray(reinterpret_cast<const char *>(sqlite3_column_text(objects, at)));
        };
        drops.push_back("DROP " + text(0) + ' ' + text(1));
        later.push_back(text(2));
    }
    sqlite3_finalize(objects);
    for (const QByteArray &drop : drops)
        raw.run(drop);
    raw.run("BEGIN");
    sqlite3_stmt *bill = raw.prepare(
        "INSERT INTO bills (id, tenant, experiment, item, model, amount_micro, unit_price_micro, quantity, unit, "
        "unit_size, free, description, created_at, balance_after_micro) VALUES (?, 'lab', ?, ?, ?, ?, ?, ?, ?, ?, 0, "
        "?, ?, ?)");
    sqlite3_stmt *run =
        raw.prepare("INSERT INTO experiments (id, tenant, name, state, created_at, settled, cost_micro) "
                    "VALUES (?, 'lab', ?, 'finished', ?, 1, ?)");
    sqlite3_stmt *settlement = raw.prepare(
        "INSERT INTO settlements (experiment, tenant, bills, total_micro, settled_at) VALUES (?, 'lab', ?, ?, ?)");
    QRandomGenerator random(20'261'128);
    const QDateTime first = fromIso(QStringLiteral("2024-11-01T00:00:00.000Z"));
    const double step = 730.0 * 24 * 3600 * 1000 / static_cast<double>(bills);
    qint64 balance = 0;
    QByteArray time;
    const auto write = [&](qint64 number, const QByteArray &experiment, const char *item, const QByteArray &model,
                           qint64 amount, qint64 price, qint64 quantity, const char *unit, qint64 size,
                           const QByteArray &note) {
        balance += amount;
        bind(bill, 1, idOf(static_cast<quint64>(number), 'b'));
        if (experiment.isEmpty())
            sqlite3_bind_null(bill, 2);
        else
            bind(bill, 2, experiment);
        bind(bill, 3, item);
        bind(bill, 4, model);
        sqlite3_bind_int64(bill, 5, amount);
        sqlite3_bind_int64(bill, 6, price);
        sqlite3_bind_int64(bill, 7, quantity);
        bind(bill, 8, unit);
        sqlite3_bind_int64(bill, 9, size);
        bind(bill, 10, note);
        bind(bill, 11, time);
        sqlite3_bind_int64(bill, 12, balance);
        raw.step(bill);
    };
    qint64 number = 0;
    quint64 experiments = 0;
    while (number < bills) {
        time = toIso(first.addMSecs(static_cast<qint64>(step * static_cast<double>(number)))).toLatin1();
        if (number % 1'000 == 0) {
            write(++number, {}, "recharge", {}, 2'000'000'000, 0, 0, "", 1, "monthly allowance");
            continue;
        }
        const QByteArray id = idOf(++experiments, 'e');
        qint64 total = 0;
        qint64 count = 0;
        for (int at = 0; at < 9 && number < bills; ++at) {
            const bool isTime = at == 8;
            const qint64 quantity = random.bounded(1'000'000);
            const qint64 price = isTime ? 1'000 : 3'000'000;
            const qint64 size = isTime ? 1'000 : 1'000'000;
            const qint64 amount = -(quantity * price / size);
            static const QByteArray models[] = {"qwen-plus", "gpt-4o-mini", "deepseek-chat", "glm-4-air"};
            write(++number, id,
                isTime        ? "run_time"
                : at % 2 == 0 ? "llm_input_token"
                              : "llm_output_token",
                isTime ? QByteArray() : models[at / 2], amount, price, quantity, isTime ? "ms" : "token", size, {});
            total += amount;
            ++count;
        }
        bind(run, 1, id);
        bind(run, 2, "Rumour in a small town, variant " + QByteArray::number(experiments % 40));
        bind(run, 3, time);
        sqlite3_bind_int64(run, 4, -total);
        raw.step(run);
        bind(settlement, 1, id);
        sqlite3_bind_int64(settlement, 2, count);
        sqlite3_bind_int64(settlement, 3, total);
        bind(settlement, 4, time);
        raw.step(settlement);
    }
    for (sqlite3_stmt *each : {bill, run, settlement})
        sqlite3_finalize(each);
    for (const QByteArray &sql : later)
        raw.run(sql);
    raw.run("COMMIT");
    const auto database = must(store::Database::open(path));
    auto counting = must(store::Transaction::begin(*database));
    must(ledger::recount(*database, SystemClock(), QStringLiteral("lab")));
    must(counting.commit());
    raw.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

} // namespace society::bench
