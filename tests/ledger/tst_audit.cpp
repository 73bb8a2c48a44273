// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/ledgerfixture.h"

#include <QSet>

/// The audit agrees with what the ledger wrote, and finds every way to change a database by hand.
class TestAudit : public QObject {
    Q_OBJECT
private slots:
    void init();
    void agrees();
    void findsTampering_data();
    void findsTampering();
    void oneTenantOnly();
    void comparesWithRunDirectories_data();
    void comparesWithRunDirectories();
    void pricesAndFreeAreTheRecords_data();
    void pricesAndFreeAreTheRecords();
    void aNoteAloneHidesNothing();
    void whatTheFolderSaysOutweighsTheBill();
    void emptyDatabase();
    void proposals_data();
    void proposals();
    void proposalOfChangedLedger();

private:
    /// Runs SQL as someone would who means harm: no triggers, no checks, no keys meanwhile.
    void byHand(const QString &sql);
    /// SQL that makes the charge for run time another one and whatever is added up from it, as who covers his tracks.
    [[nodiscard]] static QString chargeMade(const char *change, qint64 amount);
    [[nodiscard]] BillId billOfRunTime() const;
    [[nodiscard]] QStringList codes(const std::optional<TenantId> &tenant = {}, const QList<RunFact> &facts = {}) const;

    bool m_isTampered = false;
    std::unique_ptr<Book> m_book;
    ExperimentId m_finished;
    ExperimentId m_running;
    ExperimentId m_practice;
};

void TestAudit::init()
{
    m_isTampered = false;
    m_book = std::make_unique<Book>();
    Book &book = *m_book;
    book.doNotSync();
    must(book.ledger.addTenant(u"other"_s));
    const Bill first = must(book.ledger.recharge(u"lab"_s, yuan("10"), u"first"_s));
    must(book.ledger.recharge(u"other"_s, yuan("20"), u"second"_s));
    must(book.ledger.correct(u"lab"_s, first.id, yuan("-1"), u"typo"_s));
    m_finished = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, m_finished, yuan("1"), {}));
    must(book.ledger.settle({u"lab"_s, m_finished,
        {usage(Item::InputTokens, 500'000, u"m"_s), usage(Item::OutputTokens, 9, u"m"_s, true),
            usage(Item::RunTime, 60'000)}}));
    book.sql(u"UPDATE experiments SET state = 'finished', settled = 1, cost_micro = 1560000 WHERE id = ?"_s,
        {m_finished.text()});
    m_running = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, m_running, yuan("1"), {}));
    m_practice = book.experiment();
    must(book.ledger.placeHold(u"lab"_s, m_practice, {}, u"practice"_s));
    must(book.ledger.settle({u"lab"_s, m_practice, {}}));
    book.sql(u"UPDATE experiments SET state = 'lost', settled = 1 WHERE id = ?"_s, {m_practice.text()});
    must(book.ledger.recharge(u"lab"_s, yuan("5"), u"last"_s));
}

void TestAudit::byHand(const QString &sql)
{
    Book &book = *m_book;
    m_isTampered = true;
    QString text = sql;
    text.replace(u"FINISHED"_s, u'\'' + m_finished.text() + u'\'')
        .replace(u"RUNNING"_s, u'\'' + m_running.text() + u'\'');
    if (book.isOnServer()) {
        // The owner of the server, who can do as he likes.
        auto &server = test::PostgresServer::shared();
        const QString name = book.place.server->database;
        QStringList statements{u"SET session_replication_role = replica"_s, u"DROP INDEX bills_once"_s};
        for (const QStringList &row : server.rows(name,
                 u"SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"
                 " AND connamespace = 'society'::regnamespace"_s))
            statements.append(u"ALTER TABLE %1 DROP CONSTRAINT %2"_s.arg(row.at(0), row.at(1)));
        for (const QString &statement : text.split(u';'))
            statements.append(
                u"DO $$ BEGIN %1; IF NOT FOUND THEN RAISE EXCEPTION 'nothing changed'; END IF; END $$"_s.arg(
                    statement));
        // As a file does by itself where a bill is inserted.
        statements.append(u"UPDATE last_numbers SET seq = greatest(seq, (SELECT max(seq) FROM bills)) "
                          "WHERE name = 'bills'"_s);
        return server.sql(name, statements);
    }
    const auto triggers =
        must(store::rows(*book.database, u"SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"_s, {},
            [](const store::Query &row) { return std::pair(row.text(0), row.text(1)); }));
    for (const auto &[name, made] : triggers)
        book.sql(u"DROP TRIGGER "_s + name);
    book.sql(u"DROP INDEX bills_once"_s);
    for (const char *pragma : {"foreign_keys = OFF", "ignore_check_constraints = ON"})
        must(store::Query::run(*book.database, u"PRAGMA "_s + QLatin1String(pragma)));
    for (const QString &statement : text.split(u';'))
        QVERIFY2(must(store::execute(*book.database, statement)) > 0, qPrintable(statement));
    for (const auto &[name, made] : triggers) // as who covers his tracks
        book.sql(made);
}

QStringList TestAudit::codes(const std::optional<TenantId> &tenant, const QList<RunFact> &facts) const
{
    const AuditReport report = must(m_book->ledger.audit(tenant, facts));
    QSet<QString> codes;
    for (const Difference &difference : report.differences) {
        codes.insert(difference.code);
        if (difference.words.isEmpty() || difference.words.contains(u'%'))
            qFatal("words missing: %s", qPrintable(difference.words));
    }
    // Whoever drops a key to write what it forbids cannot put it back, and is seen.
    if (codes.remove(u"rules_missing"_s) != m_isTampered)
        qFatal("dropped rules: %s", m_isTampered ? "not noticed" : "where none was");
    QStringList sorted = codes.values();
    sorted.sort();
    return sorted;
}

void TestAudit::agrees()
{
    const AuditReport report = must(m_book->ledger.audit());
    for (const Difference &difference : report.differences)
        qWarning("%s: %s", qPrintable(difference.code), qPrintable(difference.words));
    QVERIFY(report.isOk());
    QCOMPARE(report.accounts, 2);
    QCOMPARE(report.bills, 7);
}

void TestAudit::findsTampering_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *sql, const QStringList &expected) {
        QTest::newRow(name) << QString::fromLatin1(sql) << expected;
    };
    row("balance raised", "UPDATE accounts SET balance_micro = balance_micro + 1 WHERE tenant = 'lab'",
        {u"balance_wrong"_s});
    row("account removed", "DELETE FROM accounts WHERE tenant = 'other'", {u"account_missing"_s});
    row("recharge raised", "UPDATE bills SET amount_micro = amount_micro + 1 WHERE description = 'first'",
        {u"balance_after_wrong"_s, u"balance_wrong"_s, u"totals_wrong"_s});
    row("recharge raised, balances too",
        "UPDATE bills SET amount_micro = amount_micro + 1 WHERE description = 'last'; "
        "UPDATE accounts SET balance_micro = balance_micro + 1 WHERE tenant = 'lab'",
        {u"balance_after_wrong"_s, u"totals_wrong"_s});
    row("charge lowered, all balances too",
        "UPDATE bills SET amount_micro = amount_micro + 1 WHERE item = 'run_time'; "
        "UPDATE bills SET balance_after_micro = balance_after_micro + 1 WHERE tenant = 'lab' "
        "AND seq >= (SELECT seq FROM bills WHERE item = 'run_time'); "
        "UPDATE accounts SET balance_micro = balance_micro + 1 WHERE tenant = 'lab'; "
        "UPDATE settlements SET total_micro = total_micro + 1 WHERE bills > 0; "
        "UPDATE experiments SET cost_micro = cost_micro - 1 WHERE id = FINISHED",
        {u"amount_wrong"_s, u"totals_wrong"_s});
    row("quantity changed", "UPDATE bills SET quantity = quantity + 1 WHERE item = 'run_time'", {u"amount_wrong"_s});
    row("price changed", "UPDATE bills SET unit_price_micro = 2000000 WHERE item = 'llm_input_token'",
        {u"amount_wrong"_s, u"price_unknown"_s});
    row("unit size zero", "UPDATE bills SET unit_size = 0 WHERE item = 'run_time'",
        {u"amount_wrong"_s, u"price_unknown"_s});
    row("made free", "UPDATE bills SET free = 1 WHERE item = 'run_time'", {u"amount_wrong"_s});
    row("made to cost", "UPDATE bills SET free = 0 WHERE item = 'llm_output_token'", {u"amount_wrong"_s});
    row("first bill deleted", "DELETE FROM bills WHERE description = 'first'",
        {u"balance_after_wrong"_s, u"balance_wrong"_s, u"bills_missing"_s, u"correction_wrong"_s, u"totals_wrong"_s});
    row("last bill deleted, balance too",
        "DELETE FROM bills WHERE description = 'last'; UPDATE accounts SET balance_micro = balance_micro - 5000000 "
        "WHERE tenant = 'lab'",
        {u"bills_missing"_s, u"totals_wrong"_s});
    row("charge deleted", "DELETE FROM bills WHERE item = 'run_time'",
        {u"balance_after_wrong"_s, u"balance_wrong"_s, u"bills_missing"_s, u"cost_wrong"_s, u"settlement_wrong"_s,
            u"totals_wrong"_s});
    row("billed twice",
        "INSERT INTO bills (seq, id, tenant, experiment, item, model, amount_micro, unit_price_micro, quantity, unit, "
        "unit_size, created_at, "
        "balance_after_micro) SELECT (SELECT max(seq) + 1 FROM bills), 'ffffffff-ffff-ffff-ffff-ffffffffffff', tenant, "
        "experiment, item, model, "
        "amount_micro, "
        "unit_price_micro, quantity, unit, unit_size, created_at, 12380000 FROM bills WHERE item = 'run_time'; "
        "UPDATE accounts SET balance_micro = 12380000 WHERE tenant = 'lab'",
        {u"billed_twice"_s, u"cost_wrong"_s, u"settlement_wrong"_s, u"totals_wrong"_s});
    row("bill moved to another tenant", "UPDATE bills SET tenant = 'other' WHERE item = 'run_time'",
        {u"balance_after_wrong"_s, u"balance_wrong"_s, u"settlement_wrong"_s, u"tenant_wrong"_s, u"totals_wrong"_s});
    row("correction of another's bill",
        "UPDATE bills SET corrects = (SELECT id FROM bills WHERE tenant = 'other') WHERE item = 'correction'",
        {u"correction_wrong"_s});
    row("settlement removed", "DELETE FROM settlements WHERE experiment = FINISHED",
        {u"not_settled"_s, u"settlement_missing"_s});
    row("settlement's total", "UPDATE settlements SET total_micro = 0 WHERE experiment = FINISHED",
        {u"settlement_wrong"_s});
    row("marked as settled", "UPDATE experiments SET settled = 1 WHERE id = RUNNING", {u"settled_mark_wrong"_s});
    row("mark of settlement removed", "UPDATE experiments SET settled = 0 WHERE id = FINISHED",
        {u"settled_mark_wrong"_s});
    row("cost shown", "UPDATE experiments SET cost_micro = 0 WHERE id = FINISHED", {u"cost_wrong"_s});
    row("ended unnoticed", "UPDATE experiments SET state = 'failed' WHERE id = RUNNING",
        {u"hold_of_ended"_s, u"not_settled"_s});
    row("experiment removed", "DELETE FROM experiments WHERE id = RUNNING", {u"hold_orphan"_s});
    row("experiment of another tenant", "UPDATE experiments SET tenant = 'other' WHERE id = FINISHED",
        {u"tenant_wrong"_s});
    row("total of a month",
        "UPDATE bill_totals SET amount_micro = amount_micro + 1 WHERE grain = 'month' AND item = 'run_time'",
        {u"totals_wrong"_s});
    row("total of a day",
        "UPDATE bill_totals SET amount_micro = amount_micro + 1 WHERE grain = 'day' AND item = 'run_time'",
        {u"totals_wrong"_s});
    row("total of a quarter of an hour removed",
        "DELETE FROM bill_totals WHERE grain = 'quarter' AND item = 'run_time'", {u"totals_wrong"_s});
    row("total of what is not",
        "INSERT INTO bill_totals VALUES ('lab', 'day', '2020-01-01', 'recharge', '', 0, 1, 5, 1, 1)",
        {u"totals_wrong"_s});
    row("bounds of a month's total",
        "UPDATE bill_totals SET first_seq = first_seq + 1, last_seq = last_seq + 1 WHERE grain = 'month' AND item = "
        "'recharge'",
        {u"totals_wrong"_s});
    row("total of a day's amounts",
        "UPDATE amount_totals SET amount_micro = amount_micro + 1 WHERE grain = 'day' AND item = 'run_time'",
        {u"totals_wrong"_s});
    row("number of a month's amounts",
        "UPDATE amount_totals SET bills = bills + 1 WHERE grain = 'month' AND item = 'run_time'", {u"totals_wrong"_s});
    row("total of amounts at another step",
        "UPDATE amount_totals SET step_micro = step_micro - 1000 WHERE grain = 'day' AND item = 'run_time'",
        {u"totals_wrong"_s});
    row("total of amounts removed", "DELETE FROM amount_totals WHERE grain = 'month' AND item = 'correction'",
        {u"totals_wrong"_s});
    row("total of amounts that are not",
        "INSERT INTO amount_totals VALUES ('lab', 'day', '2020-01-01', 'recharge', '', 0, 5, 1, 5)",
        {u"totals_wrong"_s});
    row("total of the amounts of nothing",
        "INSERT INTO amount_totals VALUES ('lab', 'day', '2026-03-01', 'recharge', '', 0, 5, 0, 0)",
        {u"totals_wrong"_s});
    row("amounts of more than 64 bits together",
        "INSERT INTO amount_totals VALUES ('lab', 'day', '2020-01-01', 'recharge', '', 0, 5, 1, 9223372036854775807); "
        "INSERT INTO amount_totals VALUES ('lab', 'day', '2020-01-01', 'recharge', '', 0, 6, 1, 9223372036854775807)",
        {u"totals_wrong"_s});
    row("hold removed", "DELETE FROM holds WHERE experiment = RUNNING", {u"hold_missing"_s});
    row("hold reopened", "UPDATE holds SET released_at = NULL WHERE experiment = FINISHED", {u"hold_open"_s});
}

void TestAudit::findsTampering()
{
    QFETCH(QString, sql);
    QFETCH(QStringList, expected);
    byHand(sql);
    QCOMPARE(codes(), expected);
}

void TestAudit::oneTenantOnly()
{
    byHand(u"UPDATE accounts SET balance_micro = 1 WHERE tenant = 'other'"_s);
    QCOMPARE(codes(u"lab"_s), QStringList());
    QCOMPARE(must(m_book->ledger.audit(u"lab"_s)).bills, 6);
    QCOMPARE(codes(u"other"_s), QStringList{u"balance_wrong"_s});
    const Difference difference = must(m_book->ledger.audit(u"other"_s)).differences.constLast();
    QCOMPARE(difference.tenant, u"other"_s);
    QCOMPARE(difference.expected, yuan("20"));
    QCOMPARE(difference.found.micro(), 1);
}

void TestAudit::comparesWithRunDirectories_data()
{
    QTest::addColumn<QList<Usage>>("used");
    QTest::addColumn<bool>("ended");
    QTest::addColumn<bool>("ofRunning");
    QTest::addColumn<QStringList>("expected");
    const Usage in = usage(Item::InputTokens, 500'000, u"m"_s);
    const Usage out = usage(Item::OutputTokens, 9, u"m"_s, true);
    const Usage time = usage(Item::RunTime, 60'000);
    const QStringList differs{u"usage_differs"_s};
    QTest::newRow("the same") << QList<Usage>{time, out, in} << true << false << QStringList();
    QTest::newRow("more tokens") << QList<Usage>{time, out, usage(Item::InputTokens, 500'001, u"m"_s)} << true << false
                                 << differs;
    QTest::newRow("another model") << QList<Usage>{time, out, usage(Item::InputTokens, 500'000, u"n"_s)} << true
                                   << false << differs;
    QTest::newRow("one that was not billed")
        << QList<Usage>{time, out, in, usage(Item::InputTokens, 1, u"n"_s)} << true << false << differs;
    QTest::newRow("one that was not used") << QList<Usage>{time, in} << true << false << differs;
    QTest::newRow("still running") << QList<Usage>{in} << false << true << QStringList();
    QTest::newRow("ended, says its directory") << QList<Usage>{} << true << true << QStringList{u"not_settled"_s};
}

void TestAudit::comparesWithRunDirectories()
{
    QFETCH(QList<Usage>, used);
    QFETCH(bool, ended);
    QFETCH(bool, ofRunning);
    QFETCH(QStringList, expected);
    const RunFact fact{u"lab"_s, ofRunning ? m_running : m_finished, ended, used, {}};
    QCOMPARE(codes({}, {fact}), expected);
    QCOMPARE(codes(u"other"_s, {fact}), QStringList());
}

QString TestAudit::chargeMade(const char *change, qint64 amount)
{
    const qint64 more = amount + 60'000; // what it was: a minute at 0.001 a second
    return u"UPDATE bills SET %1amount_micro = %2 WHERE item = 'run_time'; "
           "UPDATE bills SET balance_after_micro = balance_after_micro + %3 WHERE tenant = 'lab' "
           "AND seq >= (SELECT seq FROM bills WHERE item = 'run_time'); "
           "UPDATE accounts SET balance_micro = balance_micro + %3 WHERE tenant = 'lab'; "
           "UPDATE settlements SET total_micro = total_micro + %3 WHERE bills > 0; "
           "UPDATE experiments SET cost_micro = cost_micro - %3 WHERE id = FINISHED; "
           "UPDATE bill_totals SET amount_micro = %2 WHERE item = 'run_time'; "
           "UPDATE amount_totals SET amount_micro = %2, step_micro = %4 WHERE item = 'run_time'"_s
               .arg(QLatin1String(change))
               .arg(amount)
               .arg(more)
               .arg(amount < -99 ? amount - amount % 1'000 : amount);
}

BillId TestAudit::billOfRunTime() const
{
    for (const Bill &bill : must(m_book->ledger.billsOf(u"lab"_s, m_finished)))
        if (bill.item == Item::RunTime && bill.corrects.isNull())
            return bill.id;
    return {};
}

void TestAudit::pricesAndFreeAreTheRecords_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<Usage>("time"); // as the run's record has it
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<qint64>("change"); // that putting it right makes
    const Usage time = usage(Item::RunTime, 60'000);
    Usage free = time;
    free.free = true;
    Usage dear = time;
    dear.unitPrice = yuan("0.002");
    Usage large = time;
    large.unitSize = 60'000;
    Usage other = dear;
    other.quantity = 30'000;
    const QStringList differs{u"price_differs"_s};
    QTest::newRow("as it was") << QString() << time << QStringList() << qint64(0);
    QTest::newRow("made free, and all sums") << chargeMade("free = 1, ", 0) << time << differs << qint64(-60'000);
    QTest::newRow("made cheap by another price of the book, and all sums")
        << chargeMade("unit_price_micro = 500, ", -30'000) << time << differs << qint64(-30'000);
    QTest::newRow("made free, the amount left") << u"UPDATE bills SET free = 1 WHERE item = 'run_time'"_s << time
                                                << QStringList{u"amount_wrong"_s, u"price_differs"_s} << qint64(0);
    QTest::newRow("free, says the record") << QString() << free << differs << qint64(60'000);
    QTest::newRow("dearer, says the record") << QString() << dear << differs << qint64(-60'000);
    QTest::newRow("for more of them, says the record") << QString() << large << differs << qint64(59'000);
    QTest::newRow("half of it at twice the price")
        << QString() << other << QStringList{u"usage_differs"_s} << qint64(0);
}

void TestAudit::pricesAndFreeAreTheRecords()
{
    QFETCH(QString, sql);
    QFETCH(Usage, time);
    QFETCH(QStringList, expected);
    QFETCH(qint64, change);
    must(m_book->ledger.setPrice(Item::RunTime, {}, yuan("0.0005"), m_book->clock.now().addDays(1)));
    if (!sql.isEmpty())
        byHand(sql);
    const QList<RunFact> facts{{u"lab"_s, m_finished, true,
        {time, usage(Item::OutputTokens, 9, u"m"_s, true), usage(Item::InputTokens, 500'000, u"m"_s)}, {}}};
    QCOMPARE(codes({}, facts), expected);
    const auto sum = [this] { return m_book->number(u"SELECT sum(amount_micro) FROM bills"_s); };
    const qint64 before = sum();
    const QList<Difference> differences = must(m_book->ledger.audit({}, facts)).differences;
    for (const Difference &difference : differences)
        if (difference.code == u"price_differs"_s)
            QVERIFY2(difference.words.contains(u"0.001"_s), qPrintable(difference.words)); // one of the two prices
    QCOMPARE(must(m_book->ledger.putRight(differences, {}, facts)), change == 0 ? 0 : 1);
    QCOMPARE(sum() - before, change);
    if (change == 0)
        return;
    QCOMPARE(codes({}, facts), QStringList());
    QCOMPARE(codes(), QStringList());
}

/// A correction says by its note what it is for; only its amount makes that true.
void TestAudit::aNoteAloneHidesNothing()
{
    byHand(chargeMade("", -1));
    const QList<RunFact> facts{{u"lab"_s, m_finished, true,
        {usage(Item::RunTime, 60'000), usage(Item::OutputTokens, 9, u"m"_s, true),
            usage(Item::InputTokens, 500'000, u"m"_s)},
        {}}};
    const QStringList wrong{u"amount_wrong"_s};
    QCOMPARE(codes({}, facts), wrong);
    const BillId bill = billOfRunTime();
    must(m_book->ledger.correct(u"lab"_s, bill, Money::fromMicro(5), u"[usage_differs run_time] looks right"_s));
    QCOMPARE(codes({}, facts), wrong);
    QCOMPARE(codes(), wrong);
    // What is left to be put right is counted from what was corrected before.
    QCOMPARE(must(m_book->ledger.putRight(must(m_book->ledger.audit({}, facts)).differences, {}, facts)), 1);
    QCOMPARE(m_book->number(u"SELECT sum(amount_micro) FROM bills WHERE corrects = ?"_s, {bill.text()}), -59'999);
    QCOMPARE(codes({}, facts), QStringList());
    QCOMPARE(codes(), QStringList());
}

void TestAudit::whatTheFolderSaysOutweighsTheBill()
{
    byHand(u"UPDATE bills SET quantity = 70000 WHERE item = 'run_time'"_s);
    const QList<RunFact> facts{{u"lab"_s, m_finished, true,
        {usage(Item::RunTime, 61'000), usage(Item::OutputTokens, 9, u"m"_s, true),
            usage(Item::InputTokens, 500'000, u"m"_s)},
        {}}};
    QCOMPARE(must(m_book->ledger.putRight(must(m_book->ledger.audit({}, facts)).differences, {}, facts)), 1);
    QCOMPARE(codes({}, facts), QStringList());
    // Without the folder there is nothing to believe the correction by; and nothing may be made of the bill's quantity.
    QCOMPARE(codes(), QStringList{u"amount_wrong"_s});
    QCOMPARE(must(m_book->ledger.putRight(must(m_book->ledger.audit()).differences)), 0);
}

void TestAudit::emptyDatabase()
{
    QTemporaryDir dir;
    auto database = must(store::Database::open(dir.filePath(u"society.db"_s)));
    const AuditReport report = must(Ledger(*database, m_book->clock).audit());
    QVERIFY(report.isOk());
    QCOMPARE(report.accounts, 0);
    QCOMPARE(report.bills, 0);
}

void TestAudit::proposals_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QList<Usage>>("used");
    QTest::addColumn<QStringList>("left"); // what remains to people
    QTest::addColumn<int>("followed");
    QTest::addColumn<qint64>("change"); // of the sum of the bills
    const Usage in = usage(Item::InputTokens, 500'000, u"m"_s);
    const Usage out = usage(Item::OutputTokens, 9, u"m"_s, true);
    const Usage time = usage(Item::RunTime, 60'000);
    const QList<Usage> same{time, out, in};
    const auto row = [](const char *name, const char *sql, const QList<Usage> &used, const QStringList &left,
                         int followed, qint64 change) {
        QTest::newRow(name) << QString::fromLatin1(sql) << used << left << followed << change;
    };
    row("balance", "UPDATE accounts SET balance_micro = balance_micro + 1 WHERE tenant = 'lab'", same, {}, 1, 0);
    row("totals", "DELETE FROM bill_totals WHERE item = 'run_time'", same, {}, 3, 0); // a quarter's, a day's, a month's
    row("amounts", "DELETE FROM amount_totals WHERE item = 'run_time'", same, {}, 2, 0); // a day's, a month's
    row("amounts of nothing, and a day's totals",
        "UPDATE amount_totals SET step_micro = 7 WHERE item = 'recharge' AND step_micro = 5000000; "
        "DELETE FROM bill_totals WHERE grain = 'day' AND item = 'run_time'",
        same, {}, 3, 0);
    row("bill deleted: nobody can say", "DELETE FROM bills WHERE description = 'first'", same,
        {u"balance_after_wrong"_s, u"balance_wrong"_s, u"bills_missing"_s, u"correction_wrong"_s, u"totals_wrong"_s}, 0,
        0);
    row("charged too little",
        "UPDATE bills SET amount_micro = amount_micro + 7 WHERE item = 'run_time'; "
        "UPDATE bills SET balance_after_micro = balance_after_micro + 7 WHERE tenant = 'lab' "
        "AND seq >= (SELECT seq FROM bills WHERE item = 'run_time'); "
        "UPDATE settlements SET total_micro = total_micro + 7 WHERE bills > 0; "
        "UPDATE experiments SET cost_micro = cost_micro - 7 WHERE id = FINISHED",
        same, {}, 7, -7);
    row("quantity changed, the folder knows", "UPDATE bills SET quantity = 70000 WHERE item = 'run_time'", same,
        {u"amount_wrong"_s, u"usage_differs"_s}, 0, 0);
    row("billed twice, the folder knows", // corrected once; the totals' five are made anew
        "INSERT INTO bills (seq, id, tenant, experiment, item, model, amount_micro, unit_price_micro, quantity, unit, "
        "unit_size, created_at, balance_after_micro) SELECT (SELECT max(seq) + 1 FROM bills), "
        "'ffffffff-ffff-4fff-8fff-ffffffffffff', tenant, experiment, item, model, amount_micro, unit_price_micro, "
        "quantity, unit, unit_size, created_at, 12380000 FROM bills WHERE item = 'run_time'; "
        "UPDATE accounts SET balance_micro = 12380000 WHERE tenant = 'lab'",
        same, {u"cost_wrong"_s, u"settlement_wrong"_s}, 6, 60'000);
    row("more was used", "", {usage(Item::RunTime, 61'000), out, usage(Item::InputTokens, 600'000, u"m"_s)}, {}, 2,
        -301'000);
    row("less was used", "", {usage(Item::RunTime, 59'000), out, in}, {}, 1, 1'000);
    row("used and not billed", "", {time, out, in, usage(Item::InputTokens, 1'000, u"n"_s)}, {}, 1, -3'000);
    row("billed and not used", "", {time, out}, {}, 1, 1'500'000);
    row("free all the same", "", {time, in, usage(Item::OutputTokens, 10, u"m"_s, true)}, {u"usage_differs"_s}, 0, 0);
    row("hold of a settled run", "UPDATE holds SET released_at = NULL WHERE experiment = FINISHED", same, {}, 1, 0);
    row("hold of no experiment", "DELETE FROM experiments WHERE id = RUNNING", same, {}, 1, 0);
    row("hold missing", "DELETE FROM holds WHERE experiment = RUNNING", same, {u"hold_missing"_s}, 0, 0);
}

void TestAudit::proposals()
{
    QFETCH(QString, sql);
    QFETCH(QList<Usage>, used);
    QFETCH(QStringList, left);
    QFETCH(int, followed);
    QFETCH(qint64, change);
    if (!sql.isEmpty())
        byHand(sql);
    const QList<RunFact> facts{{u"lab"_s, m_finished, true, used, {}}};
    const auto sum = [this] { return m_book->number(u"SELECT sum(amount_micro) FROM bills"_s); };
    const qint64 before = sum();
    const QList<Difference> differences = must(m_book->ledger.audit({}, facts)).differences;
    QVERIFY(!differences.isEmpty());
    QCOMPARE(sum(), before); // only proposed
    QCOMPARE(must(m_book->ledger.putRight(differences, {}, facts)), followed);
    QCOMPARE(sum() - before, change);
    QCOMPARE(codes({}, facts).join(u' '), left.join(u' '));
    // Once: what was put right is proposed no more, so nothing can be written twice.
    QCOMPARE(must(m_book->ledger.putRight(must(m_book->ledger.audit({}, facts)).differences, {}, facts)), 0);
    QCOMPARE(sum() - before, change);
}

void TestAudit::proposalOfChangedLedger()
{
    const QList<RunFact> facts{{u"lab"_s, m_finished, true, {usage(Item::RunTime, 61'000)}, {}}};
    const QList<Difference> differences = must(m_book->ledger.audit({}, facts)).differences;
    QVERIFY(must(m_book->ledger.putRight(differences, {}, facts)) > 0);
    const qint64 bills = m_book->number(u"SELECT count(*) FROM bills"_s);
    QCOMPARE(codeOf(m_book->ledger.putRight(differences, {}, facts)), u"audit_changed"_s);
    QCOMPARE(m_book->number(u"SELECT count(*) FROM bills"_s), bills);
}

QTEST_GUILESS_MAIN(TestAudit)
#include "tst_audit.moc"
