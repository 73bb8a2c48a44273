// SPDX-License-Identifier: GPL-3.0-or-later
// The ledger beside SQLite without it.
//
//   bench-ledger generate PATH --bills N          a ledger of N bills
//   bench-ledger pages PATH [--rounds N]          the explorer's first page, any page, totals of filters and kept ones
//   bench-ledger audit PATH                       the audit, beside one scan of every column of every bill
//   bench-ledger settle PATH [--rounds N]         settlements, beside the same rows written by plain SQLite
//   bench-ledger month PATH                       the months' report, as a program of its own
//   bench-ledger model PATH [--rounds N]          a plain QSqlTableModel over the bills until its first rows are there
#include "services/core/clock.h"
#include "services/ledger/ledger.h"
#include "services/store/database.h"
#include "tests/benchmarks/bookmaker.h"
#include "tests/benchmarks/figures.h"

#include <QCoreApplication>
#include <QFile>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlTableModel>

#include <cstdio>
#include <cstdlib>
#include <sqlite3.h>

using namespace society;
using namespace society::bench;

namespace {

double privateMiB()
{
    QFile file(QStringLiteral("/proc/self/smaps_rollup"));
    double kilobytes = 0;
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray &line : file.readAll().split('\n'))
            if (line.startsWith("Private_"))
                kilobytes += line.simplified().split(' ').value(1).toDouble();
    return kilobytes / 1024;
}

template <class Work>
double timed(Work work)
{
    const double begun = nowMs();
    work();
    return nowMs() - begun;
}

class Bench {
public:
    Bench(const QString &path, const Report &report, int rounds)
        : m_path(path)
        , m_report(report)
        , m_rounds(rounds)
    {
    }

    void pages()
    {
        const double before = privateMiB();
        ledger::BillFilter all;
        all.tenant = QStringLiteral("lab");
        const ledger::BillPage first = must(m_ledger.bills(all));
        QRandomGenerator random(1);
        const auto anywhere = [&](ledger::BillFilter filter) {
            filter.after =
                QString::number(1 + static_cast<qint64>(random.generateDouble() * static_cast<double>(first.total)));
            return filter;
        };
        measure("first page", [&] { return all; });
        measure("any page", [&] { return anywhere(all); });
        // Whole months of one item: what the kept totals alone can say.
        measure("kept totals", [&] {
            ledger::BillFilter filter = all;
            filter.limit = 0;
            const QDate month = QDate(2024, 11, 1).addMonths(static_cast<int>(random.bounded(20U)));
            filter.from = month.startOfDay(Qt::UTC);
            filter.to = month.addMonths(1).startOfDay(Qt::UTC);
            filter.item = ledger::Item::InputTokens;
            return filter;
        });
        measure("filter by time, item and model", [&] {
            ledger::BillFilter filter = anywhere(all);
            filter.from = QDateTime(QDate(2024, 11, 1), QTime(7, 3), Qt::UTC).addSecs(random.bounded(300U * 86'400U));
            filter.to = filter.from.addSecs(3'600 + random.bounded(400U * 86'400U));
            filter.item = ledger::Item::OutputTokens;
            filter.model = QStringLiteral("glm-4-air");
            filter.after.clear();
            return filter;
        });
        measure("filter by experiment", [&] {
            ledger::BillFilter filter = all;
            filter.experiment = must(m_ledger.bills(anywhere(all))).bills.value(0).experiment;
            return filter;
        });
        measure("filter by amount", [&] {
            ledger::BillFilter filter = all;
            filter.most = Money::fromMicro(-2'990'000);
            return filter;
        });
        ledger::BillFilter charged = all;
        charged.most = Money::fromMicro(-1);
        measure("filter by amount, nearly all", [&] { return charged; });
        ledger::BillFilter half = all;
        half.least = Money::fromMicro(-1'310'964); // the median of what is generated
        measure(
            "filter by amount, half of all", [&] { return half; }, Slow);
        half.item = ledger::Item::InputTokens;
        measure(
            "filter by amount and item", [&] { return half; }, Slow);
        // Ends within a day and as far within a step as makes most work of it.
        measure("filter by amount, time and model", [&] {
            ledger::BillFilter filter = all;
            filter.least = Money::fromMicro(-1'399'998);
            filter.most = Money::fromMicro(-1'200'001);
            filter.from = QDateTime(QDate(2024, 11, 1), QTime(7, 3), Qt::UTC).addSecs(random.bounded(100U * 86'400U));
            filter.to = filter.from.addSecs(500LL * 86'400 + random.bounded(86'400U));
            filter.model = QStringLiteral("glm-4-air");
            return filter;
        });
        ledger::BillFilter named = all;
        named.text = QStringLiteral("variant 17");
        measure("filter by text", [&] { return named; });
        named.limit = 0;
        measure("totals by text", [&] { return named; });
        m_report.value("memory of all that", privateMiB() - before, "MiB");
        m_report.value("bills", static_cast<double>(first.total), "");
    }

    void audit()
    {
        Raw raw(m_path);
        qint64 sum = 0;
        const auto scan = [&] {
            sqlite3_stmt *all = raw.prepare("SELECT * FROM bills");
            const int columns = sqlite3_column_count(all);
            while (sqlite3_step(all) == SQLITE_ROW)
                for (int at = 0; at < columns; ++at)
                    sum += sqlite3_column_type(all, at) == SQLITE_INTEGER ? sqlite3_column_int64(all, at)
                                                                          : sqlite3_column_bytes(all, at);
            sqlite3_finalize(all);
        };
        Samples scans;
        Samples audits;
        for (int round = 0; round < m_rounds; ++round) {
            scans.add(timed(scan));
            audits.add(timed([&] {
                if (const auto report = must(m_ledger.audit()); !report.isOk()) {
                    std::fprintf(stderr, "%s\n", qPrintable(report.differences.constFirst().words));
                    std::exit(1);
                }
            }));
        }
        m_report.samples("audit", audits);
        m_report.samples("one full scan", scans);
        m_report.value("memory", privateMiB(), "MiB");
        m_report.value("check", static_cast<double>(sum & 0xff), "");
    }

    void settle()
    {
        Raw raw(m_path);
        raw.run("PRAGMA synchronous = FULL");
        Samples ours;
        Samples peer;
        for (int round = 0; round < m_rounds; ++round) {
            const auto id = ExperimentId::random();
            must(m_ledger.placeHold(QStringLiteral("lab"), id, {}, {}));
            ours.add(timed([&] { must(m_ledger.settle(settlementOf(id))); }));
            const auto other = ExperimentId::random();
            must(m_ledger.placeHold(QStringLiteral("lab"), other, {}, {}));
            peer.add(timed([&] { settleRaw(raw, other.text().toLatin1()); }));
        }
        m_report.samples("settlement", ours);
        m_report.samples("the same rows by plain SQLite", peer);
    }

    void month()
    {
        const auto months = must(m_ledger.monthTotals(QStringLiteral("lab"), QTimeZone::utc(), 36));
        for (const ledger::MonthTotal &month : months)
            std::printf("%s %s\n", qPrintable(month.month.toString(Qt::ISODate)), qPrintable(month.spent.toDecimal()));
    }

    void model()
    {
        const double before = privateMiB();
        Samples samples;
        for (int round = 0; round < m_rounds; ++round)
            samples.add(timed([&] {
                QSqlTableModel model(nullptr, QSqlDatabase::database(QStringLiteral("plain")));
                model.setTable(QStringLiteral("bills"));
                model.setSort(0, Qt::DescendingOrder);
                if (!model.select() || model.rowCount() == 0)
                    std::exit(1);
                // Sum and count, as the explorer shows them, are the model's user's own business: one more query.
                QSqlQuery sums(QStringLiteral("SELECT count(*), sum(amount_micro) FROM bills WHERE tenant = 'lab'"),
                    QSqlDatabase::database(QStringLiteral("plain")));
                sums.next();
            }));
        m_report.samples("QSqlTableModel with count and sum", samples);
        m_report.value("memory", privateMiB() - before, "MiB");
    }

private:
    static constexpr int Slow = 8; ///< so many times fewer rounds

    template <class Make>
    void measure(std::string_view name, Make make, int fewer = 1)
    {
        Samples samples;
        for (int round = 0; round < m_rounds; round += fewer) {
            const ledger::BillFilter filter = make();
            samples.add(timed([&] { (void)must(m_ledger.bills(filter)); }));
        }
        m_report.samples(name, samples);
    }

    static ledger::Settlement settlementOf(const ExperimentId &id)
    {
        ledger::Settlement settlement{QStringLiteral("lab"), id, {}};
        for (const ledger::Item item : {ledger::Item::InputTokens, ledger::Item::OutputTokens, ledger::Item::RunTime})
            settlement.items.append({item, item == ledger::Item::RunTime ? QString() : QStringLiteral("qwen-plus"),
                12'345, Money::fromMicro(item == ledger::Item::RunTime ? 1'000 : 3'000'000), ledger::unitSizeOf(item),
                {}, false});
        return settlement;
    }

    /// What a settlement writes, and nothing that it looks up but the balance.
    static void settleRaw(Raw &raw, const QByteArray &experiment)
    {
        raw.run("BEGIN IMMEDIATE");
        qint64 balance = raw.number("SELECT balance_micro FROM accounts WHERE tenant = 'lab'");
        for (const char *item : {"'llm_input_token', 'qwen-plus', -37035, 3000000, 12345, 'token', 1000000",
                 "'llm_output_token', 'qwen-plus', -37035, 3000000, 12345, 'token', 1000000",
                 "'run_time', '', -12345, 1000, 12345, 'ms', 1000"}) {
            balance -= QByteArray(item).contains("run_time") ? 12'345 : 37'035;
            raw.run("INSERT INTO bills (id, tenant, experiment, item, model, amount_micro, unit_price_micro, quantity, "
                    "unit, "
                    "unit_size, created_at, balance_after_micro) VALUES ('" +
                    BillId::random().text().toLatin1() + "', 'lab', '" + experiment + "', " + item +
                    ", '2026-11-01T00:00:00.000Z', " + QByteArray::number(balance) + ")");
        }
        raw.run("UPDATE accounts SET balance_micro = " + QByteArray::number(balance) + " WHERE tenant = 'lab'");
        raw.run("INSERT INTO settlements (experiment, tenant, bills, total_micro, settled_at) VALUES ('" + experiment +
                "', 'lab', 3, -86415, '2026-11-01T00:00:00.000Z')");
        raw.run("UPDATE holds SET released_at = '2026-11-01T00:00:00.000Z', release_reason = 'settled' WHERE "
                "experiment = '" +
                experiment + "' AND released_at IS NULL");
        raw.run("COMMIT");
    }

    QString m_path;
    const Report &m_report;
    int m_rounds;
    SystemClock m_clock;
    std::unique_ptr<store::Database> m_database = must(store::Database::open(m_path));
    ledger::Ledger m_ledger{*m_database, m_clock};
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QStringList arguments = QCoreApplication::arguments();
    arguments.removeAll(QStringLiteral("--json")); // it may stand before the verb
    const QString verb = arguments.value(1);
    const QString path = arguments.value(2);
    if (verb == QLatin1String("generate")) {
        makeBook(path, std::atoll(option(argc, argv, "bills", "1000").c_str()));
        return 0;
    }
    const Report report(hasFlag(argc, argv, "json"));
    if (verb == QLatin1String("model")) {
        QSqlDatabase plain = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("plain"));
        plain.setDatabaseName(path);
        if (!plain.open())
            return 1;
    }
    Bench bench(path, report, option(argc, argv, "rounds", 20));
    if (verb == QLatin1String("pages"))
        bench.pages();
    else if (verb == QLatin1String("audit"))
        bench.audit();
    else if (verb == QLatin1String("settle"))
        bench.settle();
    else if (verb == QLatin1String("month"))
        bench.month();
    else if (verb == QLatin1String("model"))
        bench.model();
    else
        return 2;
    return 0;
}
