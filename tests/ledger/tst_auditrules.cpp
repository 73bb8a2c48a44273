// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/ledgerfixture.h"

/// An audit names every rule of the database that was dropped, put out of force or changed: each one in turn.
class TestAuditRules : public QObject {
    Q_OBJECT
private slots:
    void init() { m_book = std::make_unique<Book>(); }
    void everyDroppedRuleIsNamed();
    void everyKeyAndCheckIsNamed();
    void changedRulesAreNamed_data();
    void changedRulesAreNamed();
    void whatIsOutOfForceIsNamed();
    void unknownRulesAreNamed();
    void aTenantsAuditLooksToo();

private:
    /// A rule, how it is dropped and how it is made again.
    struct Rule {
        QString name;
        QString drop;
        QString make;
    };
    [[nodiscard]] QList<Rule> rulesOfFile() const;
    [[nodiscard]] QList<Rule> rulesOfServer() const;
    [[nodiscard]] QList<QStringList> ask(const QString &sql) const
    {
        return test::PostgresServer::shared().rows(m_book->place.server->database, sql);
    }
    /// What an audit says, one line each: code and words.
    [[nodiscard]] QStringList said() const
    {
        const AuditReport report = must(m_book->ledger.audit());
        QStringList lines;
        for (const Difference &difference : report.differences) {
            if (difference.code.startsWith(u"rules_"_s) && (difference.proposal || difference.words.contains(u'%')))
                qFatal("%s", qPrintable(difference.words));
            lines.append(difference.code + u": "_s + difference.words);
        }
        return lines;
    }
    std::unique_ptr<Book> m_book;
};

QList<TestAuditRules::Rule> TestAuditRules::rulesOfFile() const
{
    return must(store::rows(*m_book->database,
        u"SELECT name, 'DROP ' || type || ' ' || name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND "
        u"sql "
        "IS NOT NULL"_s,
        {}, [](const store::Query &row) {
            return Rule{row.text(0), row.text(1), row.text(2)};
        }));
}

QList<TestAuditRules::Rule> TestAuditRules::rulesOfServer() const
{
    QList<Rule> rules;
    const QString sources =
        u"SELECT g.tgname, 'DROP TRIGGER ' || g.tgname || ' ON ' || t.relname, pg_get_triggerdef(g.oid) FROM "
        u"pg_trigger g "
        "JOIN pg_class t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal AND t.relnamespace = 'society'::regnamespace "
        "UNION "
        "ALL SELECT indexname, 'DROP INDEX ' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'society' AND "
        "indexname NOT IN (SELECT conname FROM pg_constraint) UNION ALL "
        "SELECT policyname, 'DROP POLICY ' || policyname || ' ON ' || tablename, 'CREATE POLICY ' || policyname || ' "
        "ON ' "
        "|| tablename || ' FOR ' || cmd || coalesce(' USING (' || qual || ')', '') || coalesce(' WITH CHECK (' || "
        "with_check || ')', '') FROM pg_policies WHERE schemaname = 'society' UNION ALL "
        "SELECT relname, 'ALTER TABLE ' || relname || ' DISABLE ROW LEVEL SECURITY', 'ALTER TABLE ' || relname || "
        "' ENABLE ROW LEVEL SECURITY' FROM pg_class WHERE relnamespace = 'society'::regnamespace AND relrowsecurity"_s;
    for (const QStringList &row : ask(sources))
        rules.append({row.at(0), row.at(1), row.at(2)});
    return rules;
}

void TestAuditRules::everyDroppedRuleIsNamed()
{
    QCOMPARE(said(), QStringList());
    const QList<Rule> rules = m_book->isOnServer() ? rulesOfServer() : rulesOfFile();
    QVERIFY(rules.size() > 30);
    for (const Rule &rule : rules) {
        m_book->ownerSql({rule.drop});
        const QStringList lines = said();
        QVERIFY2(lines.at(0).startsWith(u"rules_missing: A rule of the database is missing"_s) &&
                     lines.at(0).contains(u'“' + rule.name + u'”') && lines.filter(u"rules_"_s).size() == 1,
            qPrintable(rule.drop + u'\n' + lines.join(u'\n')));
        // Without a policy one sees nothing any more, and the audit misses that, too.
        QVERIFY2(lines.size() == 1 || rule.drop.startsWith(u"DROP POLICY"_s), qPrintable(lines.join(u'\n')));
        m_book->ownerSql({rule.make});
        QVERIFY2(said().isEmpty(), qPrintable(rule.make + u'\n' + said().join(u'\n')));
    }
}

// In a file they are part of the table, which nobody changes without making it anew.
void TestAuditRules::everyKeyAndCheckIsNamed()
{
    if (!m_book->isOnServer()) {
        QString made = must(
            store::first(*m_book->database, u"SELECT sql FROM sqlite_master WHERE name = 'settlements'"_s, {},
                [](const store::Query &row) {
                    return row.text(0);
                })).value_or(QString());
        QVERIFY(made.contains(u" PRIMARY KEY"_s));
        made.remove(u" PRIMARY KEY"_s);
        m_book->ownerSql({u"PRAGMA writable_schema = ON"_s});
        m_book->sql(u"UPDATE sqlite_master SET sql = ? WHERE name = 'settlements'"_s, {made});
        const QStringList lines = said();
        QVERIFY2(lines.size() == 1 && lines.at(0).contains(u"was changed: the table “settlements”"_s),
            qPrintable(lines.join(u'\n')));
        return;
    }
    const QString constraints =
        u"SELECT t.relname, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN "
        "pg_class t ON t.oid = c.conrelid WHERE c.connamespace = 'society'::regnamespace ORDER BY "
        "position(c.contype::text IN 'pucf'), 2"_s;
    const QList<QStringList> all = ask(constraints);
    QVERIFY(all.size() > 40);
    for (const QStringList &each : all) {
        m_book->ownerSql({u"ALTER TABLE %1 DROP CONSTRAINT %2 CASCADE"_s.arg(each.at(0), each.at(1))});
        const QStringList lines = said();
        QVERIFY2(!lines.isEmpty() && lines.join(u'\n').contains(each.at(0)), qPrintable(each.join(u' ')));
        const QList<QStringList> left = ask(constraints);
        for (const QStringList &gone : all)
            if (!left.contains(gone))
                m_book->ownerSql({u"ALTER TABLE %1 ADD CONSTRAINT %2 %3"_s.arg(gone.at(0), gone.at(1), gone.at(2))});
        QVERIFY2(said().isEmpty(), qPrintable(each.join(u' ') + u'\n' + said().join(u'\n')));
    }
}

void TestAuditRules::changedRulesAreNamed_data()
{
    QTest::addColumn<QStringList>("statements");
    if (!test::isOnServer()) {
        QTest::newRow("trigger that does nothing") << QStringList{u"DROP TRIGGER bills_no_update"_s,
            u"CREATE TRIGGER bills_no_update BEFORE UPDATE ON bills BEGIN SELECT 1; END"_s};
        QTest::newRow("trigger that is rarely asked") << QStringList{u"DROP TRIGGER bills_no_delete"_s,
            u"CREATE TRIGGER bills_no_delete BEFORE DELETE ON bills WHEN OLD.seq > 5 BEGIN SELECT "
            "RAISE(ABORT, 'a bill is never deleted'); END"_s};
        QTest::newRow("index that is not unique") << QStringList{u"DROP INDEX bills_once"_s,
            u"CREATE INDEX bills_once ON bills (tenant, experiment, item, model) WHERE experiment IS NOT NULL AND "
            "corrects IS NULL"_s};
        return;
    }
    QTest::newRow("function that does nothing")
        << QStringList{u"CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; "
                       "END $$"_s};
    QTest::newRow("policy for everybody") << QStringList{u"ALTER POLICY bills_see ON bills USING (true)"_s};
    QTest::newRow("policy of a lower role") << QStringList{
        u"ALTER POLICY bills_top_up ON bills WITH CHECK (item IN ('recharge', 'correction') AND tenant = ANY "
        "((SELECT tenants_of('member'))::TEXT[]))"_s};
    QTest::newRow("trigger that is rarely asked") << QStringList{u"DROP TRIGGER bills_no_delete ON bills"_s,
        u"CREATE TRIGGER bills_no_delete BEFORE DELETE ON bills FOR EACH ROW WHEN (OLD.seq > 5) EXECUTE FUNCTION "
        "refuse('a bill is never deleted')"_s};
    QTest::newRow("index that is not unique") << QStringList{u"DROP INDEX bills_once"_s,
        u"CREATE INDEX bills_once ON bills (tenant, experiment, item, model) WHERE experiment IS NOT NULL AND corrects "
        "IS NULL"_s};
}

void TestAuditRules::changedRulesAreNamed()
{
    QFETCH(QStringList, statements);
    m_book->ownerSql(statements);
    const QStringList lines = said();
    QVERIFY2(lines.size() == 1 && lines.at(0).startsWith(u"rules_missing: A rule of the database was changed"_s),
        qPrintable(lines.join(u'\n')));
}

void TestAuditRules::whatIsOutOfForceIsNamed()
{
    if (!m_book->isOnServer())
        return; // SQLite knows nothing between there and gone
    m_book->ownerSql({u"ALTER TABLE bills DISABLE TRIGGER bills_no_update"_s});
    QCOMPARE(said().size(), 1);
    QVERIFY(said().at(0).contains(u"“bills_no_update”"_s));
    m_book->ownerSql({u"ALTER TABLE bills ENABLE ALWAYS TRIGGER bills_no_update"_s});
    QCOMPARE(said(), QStringList());
    m_book->ownerSql({u"ALTER TABLE bills DISABLE TRIGGER ALL"_s});
    QVERIFY(said().size() >= 4);
}

void TestAuditRules::unknownRulesAreNamed()
{
    if (m_book->isOnServer())
        m_book->ownerSql({u"CREATE POLICY all_see ON bills FOR SELECT USING (true)"_s});
    else
        m_book->ownerSql({u"CREATE TRIGGER quietly BEFORE INSERT ON settlements BEGIN SELECT RAISE(IGNORE); END"_s});
    const QStringList lines = said();
    QVERIFY2(lines.size() == 1 && lines.at(0).startsWith(u"rules_unknown: "_s) &&
                 lines.at(0).contains(m_book->isOnServer() ? u"“all_see” of “bills”"_s : u"“quietly”"_s),
        qPrintable(lines.join(u'\n')));
    m_book->ownerSql({u"CREATE INDEX somebodys ON bills (description)"_s}); // does no harm
    QCOMPARE(said().size(), 1);
}

void TestAuditRules::aTenantsAuditLooksToo()
{
    m_book->ownerSql(
        {m_book->isOnServer() ? u"DROP TRIGGER bills_no_update ON bills"_s : u"DROP TRIGGER bills_no_update"_s});
    const AuditReport report = must(m_book->ledger.audit(u"lab"_s));
    QCOMPARE(report.differences.size(), 1);
    QCOMPARE(report.differences.at(0).code, u"rules_missing"_s);
    // Nothing can be put right by a bill; what else was asked for is done.
    QCOMPARE(must(m_book->ledger.putRight(report.differences, u"lab"_s, {})), 0);
}

QTEST_GUILESS_MAIN(TestAuditRules)
#include "tst_auditrules.moc"
