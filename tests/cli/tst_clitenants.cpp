// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cliprogram.h"
#include "tests/support/postgresserver.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

const QString Stranger = u"stranger"_s;
const QString Mine = u"mine"_s;
const QByteArray Mark = "zebrafish"; // in every text of the stranger's

/// The ids of a list's entries.
QStringList idsOf(const QJsonArray &entries)
{
    QStringList ids;
    for (const QJsonValue &each : entries)
        ids.append(each[u"id"_s].toString());
    return ids;
}

} // namespace

/// Two tenants in one ledger: whatever one asks for, with every verb and the other's own ids, it sees nothing of the
/// other's and changes nothing there. On a server asks who may do everything, in his own tenant, and a login that is a
/// member of that one alone, from a workspace of its own.
class TestCliTenants : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyVerb_data();
    void everyVerb();
    void anyWords();
    void whatIsOfAllTenants();
    void notEvenWithItsName_data();
    void notEvenWithItsName();
    void cleanupTestCase();

private:
    [[nodiscard]] CliOutcome as(const QString &tenant, const QStringList &arguments, const QByteArray &input = {}) const
    {
        return m_program->json(QStringList{u"--tenant"_s, tenant} + arguments, input);
    }
    struct Asker {
        const CliProgram *program;
        bool isJson;
    };
    /// Who asks a question as the one tenant, and how; by its number, since calls on a server take longer.
    [[nodiscard]] QList<Asker> askers(qsizetype question) const
    {
        if (!m_member)
            return {{m_program.get(), true}, {m_program.get(), false}};
        if (question % 3 == 0)
            return {{m_member.get(), true}, {m_program.get(), true}};
        return {{question % 3 == 1 ? m_member.get() : m_program.get(), false}};
    }
    [[nodiscard]] std::unique_ptr<CliProgram> newProgram(const QString &database, const QString &login) const;
    void fill(const QString &tenant, const QString &mark);
    /// Everything that one tenant's verbs tell of it.
    [[nodiscard]] QByteArray all(const QString &tenant) const;
    /// What of the stranger's stands in a text, other than what was asked with.
    [[nodiscard]] QByteArray leak(const QByteArray &text, const QStringList &asked) const;
    /// The exit code of a call of the one tenant, in which nothing of the other may be seen.
    int ask(const Asker &asker, const QStringList &arguments);

    std::unique_ptr<CliProgram> m_program;
    std::unique_ptr<CliProgram> m_member; ///< on a server: whose login is of the one tenant
    QStringList m_ids;                    ///< the stranger's: experiments, bills, configurations
    QStringList m_mine;                   ///< the asker's own
    QString m_run, m_bill, m_llm, m_workflow;
    QByteArray m_before;
};

/// A program whose ledger is a file, or (with a database) on the server.
std::unique_ptr<CliProgram> TestCliTenants::newProgram(const QString &database, const QString &login) const
{
    auto program = std::make_unique<CliProgram>();
    program->setEnvironment(u"SOCIETY_PASSPHRASE_FILE"_s, program->write(u"passphrase"_s, "a long passphrase\n"));
    if (database.isEmpty())
        return program;
    PostgresServer &server = PostgresServer::shared();
    // Not kept with the secrets: to unlock their file takes longer than the call that is to be tried.
    const QString passwords = program->write(u"pgpass"_s, "127.0.0.1:*:*:*:" + server.password().toUtf8() + '\n');
    QFile::setPermissions(passwords, QFile::ReadOwner | QFile::WriteOwner);
    program->setEnvironment(u"PGPASSFILE"_s, passwords);
    const CliOutcome used = program->json({u"database"_s, u"use"_s, u"--host"_s, u"127.0.0.1"_s, u"--port"_s,
        QString::number(server.port()), u"--database"_s, database, u"--user"_s, login});
    if (used.code != 0)
        qFatal("%s", used.words().constData());
    return program;
}

void TestCliTenants::fill(const QString &tenant, const QString &mark)
{
    const auto must = [](const CliOutcome &outcome) {
        if (outcome.code != 0)
            qFatal("%s", outcome.words().constData());
        return outcome;
    };
    must(m_program->json({u"tenant"_s, u"add"_s, tenant}));
    must(as(tenant, {u"recharge"_s, u"7.654321"_s, u"--note"_s, mark + u" paid"_s}));
    const QString llm = m_program->write(mark + u".json"_s,
        QJsonDocument(QJsonObject{{u"llm"_s, QJsonArray{QJsonObject{{u"provider"_s, u"vllm"_s},
                                                 {u"base_url"_s, u"http://127.0.0.1:9/"_s + mark},
                                                 {u"api_key"_s, u""_s}, {u"model"_s, mark + u"-model"_s}}}}})
            .toJson());
    must(as(tenant, {u"config"_s, u"import"_s, llm, u"--kind"_s, u"llm"_s, u"--name"_s, mark + u" llm"_s}));
    must(as(tenant, {u"secret"_s, u"set"_s, mark + u" llm"_s}, "sk-" + mark.toUtf8() + "-key\n"));
    const QString workflow = m_program->write(u"workflow.json"_s,
        "{\"workflow\": [{\"type\": \"step\", \"steps\": 1, \"ticks_per_step\": 300, \"description\": \"" +
            mark.toUtf8() + "\"}]}");
    must(as(tenant, {u"config"_s, u"import"_s, workflow, u"--kind"_s, u"workflow"_s, u"--name"_s, mark + u" flow"_s}));
    must(as(tenant,
        {u"run"_s, u"--llm"_s, u"Practice model"_s, u"--agents"_s, u"Four people"_s, u"--map"_s, u"Practice town"_s,
            u"--workflow"_s, mark + u" flow"_s, u"--name"_s, mark + u" run"_s, u"--wait=60"_s}));
    const CliOutcome bills = must(as(tenant, {u"bills"_s}));
    const QString bill = bills.object().value(u"bills"_s).toArray().last().toObject().value(u"id"_s).toString();
    must(as(tenant, {u"correct"_s, bill, u"-0.5"_s, u"--note"_s, mark + u" mistake"_s}));
}

QByteArray TestCliTenants::all(const QString &tenant) const
{
    QByteArray text;
    for (const QStringList &verb : {QStringList{u"account"_s}, {u"bills"_s}, {u"experiments"_s},
             {u"config"_s, u"list"_s}, {u"secret"_s, u"list"_s}})
        text += as(tenant, verb).out;
    return text;
}

void TestCliTenants::initTestCase()
{
    const QString database = isOnServer() ? PostgresServer::shared().newDatabase() : QString();
    m_program = newProgram(database, u"admin"_s);
    const CliOutcome made = m_program->setUp();
    QVERIFY2(made.code == 0, made.words().constData());
    fill(Stranger, QString::fromLatin1(Mark));
    fill(Mine, u"goldfish"_s);
    if (isOnServer()) {
        PostgresServer::shared().addLogin(u"ann"_s);
        const CliOutcome added = as(Mine, {u"member"_s, u"add"_s, u"ann"_s, u"owner"_s});
        QVERIFY2(added.code == 0, added.words().constData());
        m_member = newProgram(database, u"ann"_s);
    }
    for (auto &[tenant, ids] : {std::pair<QString, QStringList *>(Stranger, &m_ids), {Mine, &m_mine}}) {
        *ids += idsOf(as(tenant, {u"bills"_s}).object().value(u"bills"_s).toArray());
        *ids += idsOf(as(tenant, {u"experiments"_s}).array());
        for (const QJsonValue &each : as(tenant, {u"config"_s, u"list"_s}).array())
            if (each[u"tenant"_s].toString() == tenant)
                ids->append(each[u"id"_s].toString());
    }
    QVERIFY2(m_ids.size() >= 6, qPrintable(m_ids.join(u' ')));
    m_run = as(Stranger, {u"experiments"_s}).array().first()[u"id"_s].toString();
    m_bill = as(Stranger, {u"bills"_s}).object().value(u"bills"_s).toArray().first()[u"id"_s].toString();
    for (const QJsonValue &each : as(Stranger, {u"config"_s, u"list"_s}).array())
        if (each[u"tenant"_s].toString() == Stranger)
            (each[u"kind"_s].toString() == u"llm" ? m_llm : m_workflow) = each[u"id"_s].toString();
    m_before = all(Stranger);
    QVERIFY(m_before.count(Mark) > 5); // there is something to see
    QCOMPARE(leak(m_before, {}).isEmpty(), false);
    QCOMPARE(leak(all(Mine), {}), QByteArray());
}

QByteArray TestCliTenants::leak(const QByteArray &text, const QStringList &asked) const
{
    const QByteArray words = asked.join(u' ').toUtf8();
    if (text.contains(Mark) && !words.contains(Mark))
        return Mark;
    // What was asked with the mark may be said again, and no more than that.
    for (const char *more : {" paid", " mistake", "-model", "-key"})
        if (text.contains(Mark + more) && !words.contains(Mark + more))
            return Mark + more;
    for (const QString &id : m_ids)
        if (text.contains(id.toUtf8()) && !asked.contains(id))
            return id.toUtf8();
    return {};
}

int TestCliTenants::ask(const Asker &asker, const QStringList &arguments)
{
    const QStringList asked = QStringList{u"--tenant"_s, Mine} + arguments;
    const CliOutcome outcome =
        asker.isJson ? asker.program->json(asked, "sk-mine\n") : asker.program->run(asked, "sk-mine\n");
    const QByteArray found = outcome.code < 0 ? "no answer"_ba : leak(outcome.out + outcome.err, arguments);
    if (!found.isEmpty())
        QTest::qFail(
            (found + " in " + arguments.join(u' ').toUtf8() + ": " + outcome.words()).constData(), __FILE__, __LINE__);
    const QDir folder(m_program->path(u"out"_s));
    const QStringList written = folder.entryList(QDir::Files);
    for (const QString &name : written) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly) || !leak(file.readAll(), {}).isEmpty() || !file.remove())
            QTest::qFail(qPrintable(u"a file of "_s + arguments.join(u' ')), __FILE__, __LINE__);
    }
    return outcome.code;
}

void TestCliTenants::everyVerb_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("of"); // what of the stranger's it is asked with: run, bill, llm, workflow
    const auto row = [](const char *words, const char *of) {
        QTest::newRow(words) << QString::fromLatin1(words).split(u' ') << QString::fromLatin1(of);
    };
    for (const char *words : {"status REF", "log REF", "log REF --grep .", "stop REF", "delete REF", "results REF",
             "results REF survey", "results REF profile --csv OUT", "export REF OUT", "rerun REF",
             "bills --experiment REF", "bills --experiment REF --csv OUT", "bills --experiment REF --by item",
             "bills --experiment REF --by day --csv OUT", "abandon REF --reason why", "hold release REF --reason why",
             "log REF --lines 2", "stop REF --grace 0", "rerun REF --seed 1 --name other"})
        row(words, "run");
    row("correct REF 1 --note why", "bill");
    for (const char *words :
        {"config show REF", "config show REF --version 1", "config export REF OUT", "config rename REF other",
            "config duplicate REF other", "config delete REF", "secret set REF", "secret test REF", "secret delete REF",
            "run --llm REF --agents Four_people --map Practice_town --workflow A_short_morning",
            "config check --llm REF --agents Four_people --map Practice_town --workflow A_short_morning"})
        row(words, "llm");
    for (const char *words : {"config show REF", "config save REF FILE",
             "run --llm Practice_model --agents Four_people --map Practice_town --workflow REF"})
        QTest::addRow("%s, a workflow", words) << QString::fromLatin1(words).split(u' ') << u"workflow"_s;
}

void TestCliTenants::everyVerb()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, of);
    QVERIFY(QDir().mkpath(m_program->path(u"out"_s)));
    const QString id = of == u"run" ? m_run : of == u"bill" ? m_bill : of == u"llm" ? m_llm : m_workflow;
    const QString name = QString::fromLatin1(Mark) + (of == u"run" ? u" run"_s : of == u"llm" ? u" llm"_s : u" flow"_s);
    const QStringList references{id, id.left(8), name};
    for (const QString &reference : references) {
        QStringList asked = arguments;
        for (QString &each : asked)
            each = each == u"REF"    ? reference
                   : each == u"OUT"  ? m_program->path(u"out/file"_s)
                   : each == u"FILE" ? m_program->path(u"workflow.json"_s)
                                     : each.replace(u'_', u' ');
        for (const Asker &asker : askers(references.indexOf(reference))) {
            const int code = ask(asker, asked);
            if (!arguments.contains(u"--experiment"_s))
                QVERIFY2(code == 3 || code == 4, qPrintable(asked.join(u' ') + u": "_s + QString::number(code)));
        }
    }
    if (!m_member) // else at the end
        QCOMPARE(all(Stranger), m_before);
}

void TestCliTenants::anyWords()
{
    QRandomGenerator random(20'261'128);
    const auto any = [&random](
                         const QStringList &list) { return list.at(random.bounded(static_cast<int>(list.size()))); };
    const QStringList references = m_ids + m_mine +
                                   QStringList{u"%"_s, u"_"_s, u"goldfish run"_s, QString::fromLatin1(Mark),
                                       u"' OR tenant = 'stranger"_s, u"stranger"_s, u"*"_s, u"0"_s};
    const QStringList verbs{u"status"_s, u"log"_s, u"results"_s, u"bills"_s, u"experiments"_s, u"config show"_s,
        u"config list"_s, u"secret list"_s, u"bills --by"_s, u"account"_s, u"holds"_s, u"holds --all"_s, u"statement"_s,
        u"export"_s, u"config list --kind llm"_s, u"price list"_s, u"price export"_s};
    const QStringList alone{u"account"_s, u"secret list"_s, u"config list"_s, u"holds"_s, u"holds --all"_s,
        u"config list --kind llm"_s, u"price list"_s};
    QVERIFY(QDir().mkpath(m_program->path(u"out"_s)));
    for (int i = 0; i < 120; ++i) {
        const QString verb = any(verbs);
        QStringList asked = verb.split(u' ');
        if (verb == u"bills --by")
            asked.append(any({u"item"_s, u"model"_s, u"experiment"_s, u"day"_s, u"month"_s}));
        if (verb.startsWith(u"bills")) {
            asked += {any({u"--text"_s, u"--model"_s, u"--experiment"_s}), any(references)};
            if (random.bounded(2) == 0)
                asked += {any({u"--least=-100"_s, u"--most=100"_s, u"--from=2000-01-01"_s, u"--limit=1"_s})};
        } else if (verb == u"experiments") {
            asked += {any({u"--name"_s, u"--before"_s}), any(references)};
        } else if (verb == u"statement") {
            asked += {u"--csv"_s, any({u"-"_s, m_program->path(u"out/statement"_s)})};
        } else if (verb == u"price export") {
            asked.append(m_program->path(u"out/prices"_s));
        } else if (!alone.contains(verb)) {
            asked.append(any(references));
            if (verb == u"export")
                asked.append(m_program->path(u"out/bundle"_s));
        }
        for (const Asker &asker : askers(i)) {
            (void)ask(asker, asked);
            if (QTest::currentTestFailed())
                return;
        }
    }
    QCOMPARE(all(Stranger), m_before);
}

/// What is of all tenants is, for a member on a server, of those that it sees; and of others it changes nothing.
void TestCliTenants::whatIsOfAllTenants()
{
    if (!m_member)
        return; // who may open a file may read it all
    for (const char *verb : {"audit", "audit --put-right", "reconcile", "tenant list", "member list", "doctor",
             "database show", "tenant add other", "member add bob owner", "member remove admin --admin",
             "price set run_time 0", "price sign X", "config list", "experiments", "holds --all"}) {
        (void)ask({m_member.get(), false}, words(verb));
        const CliOutcome told = m_member->json(QStringList{u"--tenant"_s, Mine} + words(verb));
        QCOMPARE(leak(told.out + told.err, {}), QByteArray());
        QVERIFY2(
            !told.out.contains(Stranger.toUtf8()) && !told.err.contains(Stranger.toUtf8()), told.words().constData());
    }
    QCOMPARE(all(Stranger), m_before);
}

void TestCliTenants::notEvenWithItsName_data()
{
    QTest::addColumn<QString>("verb");
    for (const char *verb : {"account", "bills", "bills --by model", "experiments", "config list", "holds --all",
             "statement --csv -", "status RUN", "log RUN", "results RUN", "correct BILL 1 --note why", "recharge 1",
             "config show LLM", "config delete LLM", "delete RUN", "stop RUN", "abandon RUN --reason why",
             "hold release RUN --reason why", "member add ann owner"})
        QTest::newRow(verb) << QString::fromLatin1(verb);
}

/// A member of the one asks as if it were the other.
void TestCliTenants::notEvenWithItsName()
{
    QFETCH(QString, verb);
    if (!m_member)
        return; // a file knows no logins
    QStringList asked{u"--tenant"_s, Stranger};
    for (const QString &word : verb.split(u' '))
        asked.append(word == u"RUN" ? m_run : word == u"BILL" ? m_bill : word == u"LLM" ? m_llm : word);
    const CliOutcome told = m_member->json(asked);
    const QByteArray found = leak(told.out + told.err, asked);
    QVERIFY2(found.isEmpty(), (found + ": " + told.words()).constData());
    QVERIFY2(told.code != 0, told.words().constData());
}

void TestCliTenants::cleanupTestCase()
{
    QCOMPARE(all(Stranger), m_before);
    m_member.reset();
    m_program.reset();
}

QTEST_GUILESS_MAIN(TestCliTenants)
#include "tst_clitenants.moc"
