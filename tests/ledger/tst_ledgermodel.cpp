// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/ledgerfixture.h"

#include "services/store/transaction.h"

#include <QMap>
#include <QRandomGenerator>

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

/// Many random operations on the ledger and on a simple model of it: they must agree after each.
class TestLedgerModel : public QObject {
    Q_OBJECT
private slots:
    void randomOperations_data();
    void randomOperations();

private:
    void step();
    void recharge();
    void placeHold();
    void releaseHold();
    void settle();
    void correct();
    void changePrice();
    void rollBack();
    void compare(const QString &tenant);

    QString anyTenant() { return QStringList{u"a"_s, u"b"_s, u"c"_s}.at(m_random.bounded(3)); }
    ExperimentId anyRun();
    qint64 anyAmount() { return m_random.bounded(5) == 0 ? m_random.bounded(20'000) : m_random.bounded(5'000'000); }

    QRandomGenerator m_random;
    std::unique_ptr<Book> m_book;
    QList<ExperimentId> m_ids;
    Model m_model;
};

void TestLedgerModel::randomOperations_data()
{
    QTest::addColumn<uint>("seed");
    QTest::addColumn<int>("operations");
    for (uint seed = 1; seed <= 4; ++seed)
        QTest::addRow("seed %u", seed) << seed << 7'500;
}

void TestLedgerModel::randomOperations()
{
    QFETCH(uint, seed);
    QFETCH(int, operations);
    m_random.seed(seed);
    m_model = {};
    m_ids.clear();
    m_book = std::make_unique<Book>();
    must(store::Query::run(*m_book->database, u"PRAGMA synchronous = OFF"_s)); // power cuts are not what this is about
    for (const QString &tenant : {u"a"_s, u"b"_s, u"c"_s}) {
        must(m_book->ledger.addTenant(tenant));
        m_model.balances[tenant] = 0;
    }
    for (int i = 0; i < operations && !QTest::currentTestFailed(); ++i) {
        m_book->clock.advance(m_random.bounded(100'000) - 20'000); // clocks are set back, too
        step();
        if (i % 2'500 == 2'499)
            for (const QString &tenant : m_model.balances.keys())
                compare(tenant);
    }
    AuditReport report = must(m_book->ledger.audit());
    QCOMPARE(report.bills, m_model.bills.size());
    // The only thing wrong: there are no rows of experiments for the holds that are open.
    for (const Difference &difference : std::as_const(report.differences))
        QCOMPARE(difference.code, u"hold_orphan"_s);
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
    const auto bill = m_book->ledger.recharge(tenant, Money::fromMicro(amount));
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
    const auto hold = m_book->ledger.placeHold(tenant, id, Money::fromMicro(amount), {});
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
    const auto released = m_book->ledger.releaseHold(tenant, id, u"no more"_s);
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
    const auto settled = m_book->ledger.settle(settlement);
    if (!run.tenant.isEmpty() && run.tenant != tenant) {
        QCOMPARE(codeOf(settled), u"experiment_foreign"_s);
        return;
    }
    QVERIFY2(settled.has_value(), qPrintable(codeOf(settled)));
    QCOMPARE(settled->already, run.settled);
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
    const auto bill = m_book->ledger.correct(tenant, id, Money::fromMicro(amount), u"why"_s);
    QCOMPARE(codeOf(bill), amount == 0 ? u"amount_zero"_s : owner != tenant ? u"bill_foreign"_s : QString());
    if (!bill)
        return;
    m_model.balances[tenant] += amount;
    m_model.bills.append({bill->id, tenant});
}

void TestLedgerModel::changePrice()
{
    must(m_book->ledger.setPrice(Item::InputTokens, {}, Money::fromMicro(anyAmount())));
}

void TestLedgerModel::rollBack()
{
    // Several operations in one transaction that comes to nothing: as if they had not been.
    const auto transaction = must(store::Transaction::begin(*m_book->database));
    for (int i = m_random.bounded(1, 4); i > 0; --i) {
        const QString tenant = anyTenant();
        const auto run = ExperimentId::random();
        must(m_book->ledger.recharge(tenant, Money::fromMicro(1'000'000)));
        must(m_book->ledger.placeHold(tenant, run, {}, {}));
        must(m_book->ledger.settle({tenant, run, {usage(Item::RunTime, 12'345)}}));
    }
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
