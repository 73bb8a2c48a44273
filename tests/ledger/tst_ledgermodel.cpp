// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/faultvfs.h"
#include "tests/ledger/ledgerfixture.h"
#include "tests/support/terminator.h"

#include "services/store/transaction.h"

#include <QMap>
#include <QRandomGenerator>
#include <QScopeGuard>

namespace {

__extension__ typedef __int128 Wide;

/// What the ledger should say, kept in the simplest way there is.
struct Model {
    struct Run {
        QString tenant;
        qint64 held = -1; ///< −1: no open hold
        bool hadHold = false;
        bool settled = false;
        qint64 total = 0;
        qsizetype bills = 0;
    };
    QMap<QString, qint64> balances;
    QList<std::pair<BillId, QString>> bills; ///< and whose
    QHash<ExperimentId, Run> runs;

    QMap<QString, qint64> held;

    /// The run with this id is so from now on.
    void put(const ExperimentId &id, const Run &run)
    {
        const Run before = runs.value(id);
        held[run.tenant] += qMax<qint64>(0, run.held) - qMax<qint64>(0, before.held);
        runs.insert(id, run);
    }
};

qint64 charge(const Usage &usage)
{
    if (usage.free)
        return 0;
    return -static_cast<qint64>(static_cast<Wide>(usage.quantity) * usage.unitPrice.micro() / usage.unitSize);
}

} // namespace

/// Many random operations on the ledger and on a simple model of it: they must agree after each. Some meet a disk that
/// fails, fills up, or stops with the program or with the whole machine: then each is done wholly or not at all, and
/// what was answered before stays. On a server it is the connection that is ended at any moment.
class TestLedgerModel : public QObject {
    Q_OBJECT
private slots:
    void randomOperations_data();
    void randomOperations();
    void powerLosses();
    void cleanup();

private:
    void begin(uint seed);
    void auditAgrees();
    void step();
    void recharge();
    void placeHold();
    void releaseHold();
    void settle();
    void correct();
    void changePrice();
    void rollBack();
    void compare(const QString &tenant);

    enum class Strike { None, IoError, Full, Kill, PowerCut };
    /// Calls an operation, one in twenty with something that befalls it: m_struck says whether it failed by that.
    template <class Call>
    auto struck(Call call);
    void recover(Strike strike);
    template <class Call>
    auto struckOnServer(Call call);
    /// The bill that an operation wrote though it failed, if it did.
    std::optional<Bill> writtenAfterAll();

    QString anyTenant() { return QStringList{u"a"_s, u"b"_s, u"c"_s}.at(m_random.bounded(3)); }
    ExperimentId anyRun();
    qint64 anyAmount() { return m_random.bounded(5) == 0 ? m_random.bounded(20'000) : m_random.bounded(5'000'000); }

    QRandomGenerator m_random;
    std::unique_ptr<FaultVfs> m_disk;               // under a file
    std::unique_ptr<test::Terminator> m_terminator; // of a server's connections
    std::unique_ptr<Book> m_book;
    bool m_struck = false;
    bool m_powerOnly = false; ///< nothing else befalls an operation, and only the one that is told so
    bool m_cutsNow = false;
    int m_failed = 0;
    int m_doneAfterAll = 0;
    QList<ExperimentId> m_ids;
    Model m_model;
};

void TestLedgerModel::randomOperations_data()
{
    QTest::addColumn<uint>("seed");
    QTest::addColumn<int>("operations");
    // The long form: SOCIETY_LEDGER_OPERATIONS=1000000 SOCIETY_LEDGER_SEED=5 tests/tst_ledgermodel
    const int operations = qMax(1, qEnvironmentVariableIntValue("SOCIETY_LEDGER_OPERATIONS"));
    if (const uint seed = qEnvironmentVariable("SOCIETY_LEDGER_SEED").toUInt(); seed != 0) {
        QTest::addRow("seed %u", seed) << seed << operations;
        return;
    }
    for (uint seed = 1; seed <= 4; ++seed)
        QTest::addRow("seed %u", seed) << seed << qMax(test::isOnServer() ? 1'000 : 5'000, operations);
}

void TestLedgerModel::randomOperations()
{
    QFETCH(uint, seed);
    QFETCH(int, operations);
    begin(seed);
    for (int i = 0; i < operations && !QTest::currentTestFailed(); ++i) {
        m_book->clock.advance(m_random.bounded(100'000) - 20'000); // clocks are set back, too
        step();
        if (i % 2'500 == 2'499)
            for (const QString &tenant : m_model.balances.keys())
                compare(tenant);
    }
    auditAgrees();
    qInfo("%d operations failed by the disk or the server, %d of these were done after all", m_failed, m_doneAfterAll);
    QVERIFY(m_failed >= operations / 250);
}

void TestLedgerModel::powerLosses()
{
    if (test::isOnServer())
        return;                 // whose disk is its own
    constexpr int losses = 100; // in the middle; others come where nothing was to be written, or right behind it
    constexpr int most = 1'000;
    begin(1);
    m_powerOnly = true;
    const auto back = qScopeGuard([this] { m_powerOnly = false; });
    int all = 0;
    for (; m_failed < losses && all < most && !QTest::currentTestFailed(); ++all) {
        for (int before = m_random.bounded(1, 30); before > 0; --before)
            step();
        m_cutsNow = true;
        while (m_cutsNow && !QTest::currentTestFailed())
            step(); // in it the power goes; then the file is opened again
        for (const QString &tenant : m_model.balances.keys()) {
            QCOMPARE(m_book->account(tenant).balance.micro(), m_model.balances.value(tenant));
            QCOMPARE(m_book->account(tenant).held.micro(), m_model.held.value(tenant));
            compare(tenant);
        }
        auditAgrees();
    }
    qInfo("%d of %d losses cut an operation short, %d of these were done after all", m_failed, all, m_doneAfterAll);
    QCOMPARE(m_failed, losses);
}

void TestLedgerModel::begin(uint seed)
{
    m_random.seed(seed);
    m_terminator.reset();
    m_model = {};
    m_ids.clear();
    m_book.reset();
    if (!test::isOnServer())
        m_disk = std::make_unique<FaultVfs>();
    m_book = std::make_unique<Book>();
    if (m_book->isOnServer())
        m_terminator = std::make_unique<test::Terminator>(
            test::PostgresServer::shared().place(u"postgres"_s), m_book->place.server->database);
    m_failed = 0;
    m_doneAfterAll = 0;
    for (const QString &tenant : {u"a"_s, u"b"_s, u"c"_s}) {
        must(m_book->ledger.addTenant(tenant));
        m_model.balances[tenant] = 0;
    }
}

void TestLedgerModel::auditAgrees()
{
    const AuditReport report = must(m_book->ledger.audit());
    QCOMPARE(report.bills, m_model.bills.size());
    // The only thing wrong: there are no rows of experiments for the holds that are open.
    for (const Difference &difference : std::as_const(report.differences))
        QCOMPARE(difference.code, u"hold_orphan"_s);
}

void TestLedgerModel::cleanup()
{
    m_book.reset();
    m_disk.reset();
    m_terminator.reset();
}

template <class Call>
auto TestLedgerModel::struck(Call call)
{
    m_struck = false;
    const bool strikes = m_powerOnly ? std::exchange(m_cutsNow, false) : m_random.bounded(20) == 0;
    if (!strikes)
        return call();
    if (m_terminator)
        return struckOnServer(call);
    const auto strike = m_powerOnly ? Strike::PowerCut : static_cast<Strike>(m_random.bounded(1, 5));
    // A transaction of these makes up to some thirty writes: most of the moments in it, and some after it.
    const int soonest = m_powerOnly ? 4 : 6;
    const int latest = m_powerOnly ? 12 : 40;
    m_disk->arm(m_random.bounded(1, m_random.bounded(2) == 0 ? soonest : latest),
        strike == Strike::IoError ? FaultVfs::Fault::IoError
        : strike == Strike::Full  ? FaultVfs::Fault::Full
                                  : FaultVfs::Fault::Crash);
    auto result = call();
    const QString code = codeOf(result);
    m_struck = code.startsWith(u"database_") || code == u"disk_full" || code == u"transaction_doomed";
    if (m_struck && !m_disk->hasFired())
        qFatal("failed without a cause: %s", qPrintable(code));
    m_failed += m_struck ? 1 : 0;
    recover(strike);
    return result;
}

template <class Call>
auto TestLedgerModel::struckOnServer(Call call)
{
    m_terminator->strikeAfter(m_random.bounded(m_random.bounded(2) == 0 ? 1'000 : 10'000));
    auto result = call();
    const QString code = codeOf(result);
    m_struck = code.startsWith(u"database_") || code == u"transaction_doomed" || code == u"commit_unknown";
    m_terminator->wait();
    m_failed += m_struck ? 1 : 0;
    return result;
}

void TestLedgerModel::recover(Strike strike)
{
    if (strike == Strike::Kill || strike == Strike::PowerCut)
        m_book->reopen([&] {
            if (strike == Strike::PowerCut)
                m_disk->losePower(m_random);
            m_disk->heal();
        });
    m_disk->heal();
}

std::optional<Bill> TestLedgerModel::writtenAfterAll()
{
    // A power cut may come between the disk's having it and the program's knowing of it.
    const qint64 last = m_book->number(u"SELECT coalesce(max(seq), 0) FROM bills"_s);
    if (last == m_model.bills.size())
        return {};
    [&] { QCOMPARE(last, m_model.bills.size() + 1); }();
    ++m_doneAfterAll;
    BillFilter filter;
    filter.tenant = must(
        store::first(
            *m_book->database, u"SELECT tenant FROM bills WHERE seq = ?"_s, {last}, [](const store::Query &row) {
                return row.text(0);
            })).value_or(QString());
    filter.limit = 1;
    return must(m_book->ledger.bills(filter)).bills.value(0);
}

void TestLedgerModel::step()
{
    const int what = m_random.bounded(100);
    if (what < 15)
        recharge();
    else if (what < 45)
        placeHold();
    else if (what < 52)
        releaseHold();
    else if (what < 82)
        settle();
    else if (what < 92)
        correct();
    else if (what < 95)
        changePrice();
    else
        rollBack();
    const QString tenant = anyTenant();
    const Account account = m_book->account(tenant);
    QCOMPARE(account.balance.micro(), m_model.balances.value(tenant));
    QCOMPARE(account.held.micro(), m_model.held.value(tenant));
    QCOMPARE(account.available.micro(), account.balance.micro() - account.held.micro());
}

ExperimentId TestLedgerModel::anyRun()
{
    // Mostly recent ones, so that most are met several times and in every order.
    if (m_ids.isEmpty() || m_random.bounded(4) == 0) {
        m_ids.append(ExperimentId::random());
        return m_ids.constLast();
    }
    const qsizetype back = m_random.bounded(m_random.bounded(10) == 0 ? 1'000 : 8);
    return m_ids.at(qMax<qsizetype>(0, m_ids.size() - 1 - back));
}

void TestLedgerModel::recharge()
{
    const QString tenant = anyTenant();
    const qint64 amount = anyAmount() - 5'000;
    auto bill = struck([&] { return m_book->ledger.recharge(tenant, Money::fromMicro(amount)); });
    if (m_struck) {
        const auto written = writtenAfterAll();
        if (!written)
            return;
        QCOMPARE(written->amount.micro(), amount);
        bill = *written;
    }
    QCOMPARE(codeOf(bill), amount < 10'000 ? u"amount_too_small"_s : QString());
    if (!bill)
        return;
    m_model.balances[tenant] += amount;
    m_model.bills.append({bill->id, tenant});
    QCOMPARE(bill->balanceAfter.micro(), m_model.balances.value(tenant));
}

void TestLedgerModel::placeHold()
{
    const QString tenant = anyTenant();
    const ExperimentId id = anyRun();
    const qint64 amount = m_random.bounded(4) == 0 ? 0 : anyAmount();
    const Model::Run run = m_model.runs.value(id);
    const auto hold = struck([&] { return m_book->ledger.placeHold(tenant, id, Money::fromMicro(amount), {}); });
    if (m_struck) {
        if (m_book->number(u"SELECT count(*) FROM holds WHERE experiment = ?"_s, {id.text()}) == (run.hadHold ? 1 : 0))
            return;
        ++m_doneAfterAll;
        m_model.put(id, {tenant, amount, true, false, 0, 0});
        return;
    }
    QString expected;
    if (run.settled)
        expected = u"experiment_settled"_s;
    else if (run.hadHold)
        expected = u"hold_exists"_s;
    else if (amount > 0 && amount > m_model.balances.value(tenant) - m_model.held.value(tenant))
        expected = u"funds"_s;
    QCOMPARE(codeOf(hold), expected);
    if (hold)
        m_model.put(id, {tenant, amount, true, false, 0, 0});
}

void TestLedgerModel::releaseHold()
{
    const QString tenant = anyTenant();
    const ExperimentId id = anyRun();
    const Model::Run run = m_model.runs.value(id);
    const auto released = struck([&] { return m_book->ledger.releaseHold(tenant, id, u"no more"_s); });
    if (m_struck) {
        const bool isOpen = m_book->number(u"SELECT count(*) FROM holds WHERE experiment = ? AND released_at IS NULL"_s,
                                {id.text()}) == 1;
        if (run.hadHold && run.held >= 0 && !isOpen) {
            ++m_doneAfterAll;
            m_model.put(id, {run.tenant, -1, true, run.settled, run.total, run.bills});
        }
        return;
    }
    QCOMPARE(codeOf(released), !run.hadHold ? u"hold_unknown"_s : run.tenant != tenant ? u"hold_foreign"_s : QString());
    if (released)
        m_model.put(id, {run.tenant, -1, true, run.settled, run.total, run.bills});
}

void TestLedgerModel::settle()
{
    const ExperimentId id = anyRun();
    const Model::Run run = m_model.runs.value(id);
    const QString tenant = run.tenant.isEmpty() || m_random.bounded(10) == 0 ? anyTenant() : run.tenant;
    Settlement settlement{tenant, id, {}};
    qint64 total = 0;
    for (const Item item : {Item::InputTokens, Item::OutputTokens, Item::RunTime}) {
        if (m_random.bounded(5) == 0)
            continue;
        settlement.items.append(usage(item, m_random.bounded(1'000'000), u"m"_s, m_random.bounded(4) == 0));
        total += charge(settlement.items.constLast());
    }
    auto settled = struck([&] { return m_book->ledger.settle(settlement); });
    const bool doneAfterAll =
        m_struck && !run.settled &&
        m_book->number(u"SELECT count(*) FROM settlements WHERE experiment = ?"_s, {id.text()}) == 1;
    m_doneAfterAll += doneAfterAll ? 1 : 0;
    if (m_struck) // asked again, as the program does: it changes nothing or does what was not done
        settled = m_book->ledger.settle(settlement);
    if (!run.tenant.isEmpty() && run.tenant != tenant) {
        QCOMPARE(codeOf(settled), u"experiment_foreign"_s);
        return;
    }
    QVERIFY2(settled.has_value(), qPrintable(codeOf(settled)));
    QCOMPARE(settled->already, run.settled || doneAfterAll);
    QCOMPARE(settled->total.micro(), run.settled ? run.total : total);
    QCOMPARE(settled->bills.size(), run.settled ? run.bills : settlement.items.size());
    if (run.settled)
        return;
    m_model.put(id, {tenant, -1, run.hadHold, true, total, settlement.items.size()});
    m_model.balances[tenant] += total;
    for (const Bill &bill : settled->bills)
        m_model.bills.append({bill.id, tenant});
}

void TestLedgerModel::correct()
{
    if (m_model.bills.isEmpty())
        return;
    const auto [id, owner] = m_model.bills.at(m_random.bounded(m_model.bills.size()));
    const QString tenant = anyTenant();
    const qint64 amount = anyAmount() - 2'500'000;
    auto bill = struck([&, id = id] { return m_book->ledger.correct(tenant, id, Money::fromMicro(amount), u"why"_s); });
    if (m_struck) {
        const auto written = writtenAfterAll();
        if (!written)
            return;
        QCOMPARE(written->corrects, id);
        bill = *written;
    }
    QCOMPARE(codeOf(bill), amount == 0 ? u"amount_zero"_s : owner != tenant ? u"bill_foreign"_s : QString());
    if (!bill)
        return;
    m_model.balances[tenant] += amount;
    m_model.bills.append({bill->id, tenant});
}

void TestLedgerModel::changePrice()
{
    const auto set =
        struck([&] { return m_book->ledger.setPrice(Item::InputTokens, {}, Money::fromMicro(anyAmount())); });
    QVERIFY(set || m_struck);
}

void TestLedgerModel::rollBack()
{
    // Several operations in one transaction that comes to nothing: as if they had not been.
    const auto done = struck([&]() -> Result<> {
        SOCIETY_ASSIGN(const auto transaction, store::Transaction::begin(*m_book->database));
        for (int i = m_random.bounded(1, 4); i > 0; --i) {
            const QString tenant = anyTenant();
            const auto run = ExperimentId::random();
            SOCIETY_TRY(m_book->ledger.recharge(tenant, Money::fromMicro(1'000'000)));
            SOCIETY_TRY(m_book->ledger.placeHold(tenant, run, {}, {}));
            SOCIETY_TRY(m_book->ledger.settle({tenant, run, {usage(Item::RunTime, 12'345)}}));
        }
        return {};
    });
    QVERIFY(done || m_struck);
}

void TestLedgerModel::compare(const QString &tenant)
{
    // Every page of the list, one after the other: the whole account, and its sum is the balance.
    qint64 sum = 0;
    qint64 count = 0;
    qint64 last = INT64_MAX;
    BillFilter filter;
    filter.tenant = tenant;
    filter.limit = 97;
    do {
        const BillPage page = must(m_book->ledger.bills(filter));
        QCOMPARE(page.sum.micro(), m_model.balances.value(tenant));
        for (const Bill &bill : page.bills) {
            QVERIFY(bill.sequence < last);
            last = bill.sequence;
            sum += bill.amount.micro();
            ++count;
        }
        filter.after = page.next;
    } while (!filter.after.isEmpty());
    QCOMPARE(sum, m_model.balances.value(tenant));
    const qint64 expected = std::count_if(
        m_model.bills.cbegin(), m_model.bills.cend(), [&](const auto &bill) { return bill.second == tenant; });
    QCOMPARE(count, expected);
    QCOMPARE(m_book->number(u"SELECT sum(amount_micro) FROM bills WHERE tenant = ?"_s, {tenant}), sum);
}

QTEST_GUILESS_MAIN(TestLedgerModel)
#include "tst_ledgermodel.moc"
