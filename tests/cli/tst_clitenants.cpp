// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cliprogram.h"

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

/// Two tenants in one workspace: whatever one asks for, with every verb and the other's own ids, it sees nothing of the
/// other's and changes nothing there.
class TestCliTenants : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyVerb_data();
    void everyVerb();
    void anyWords();
    void cleanupTestCase();

private:
    [[nodiscard]] CliOutcome as(const QString &tenant, const QStringList &arguments, const QByteArray &input = {}) const
    {
        return m_program->json(QStringList{u"--tenant"_s, tenant} + arguments, input);
    }
    void fill(const QString &tenant, const QString &mark);
    /// Everything that one tenant's verbs tell of it.
    [[nodiscard]] QByteArray all(const QString &tenant) const;
    /// What of the stranger's stands in a text, other than what was asked with.
    [[nodiscard]] QByteArray leak(const QByteArray &text, const QStringList &asked) const;
    void ask(const QStringList &arguments);

    std::unique_ptr<CliProgram> m_program;
    QStringList m_ids;  ///< the stranger's: experiments, bills, configurations
    QStringList m_mine; ///< the asker's own
    QString m_run, m_bill, m_llm, m_workflow;
    QByteArray m_before;
};

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
    m_program = std::make_unique<CliProgram>();
    m_program->setEnvironment(u"SOCIETY_PASSPHRASE_FILE"_s, m_program->write(u"passphrase"_s, "a long passphrase\n"));
    const CliOutcome made = m_program->setUp();
    QVERIFY2(made.code == 0, made.words().constData());
    fill(Stranger, QString::fromLatin1(Mark));
    fill(Mine, u"goldfish"_s);
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

void TestCliTenants::ask(const QStringList &arguments)
{
    const CliOutcome json = as(Mine, arguments);
    const CliOutcome plain = m_program->run(QStringList{u"--tenant"_s, Mine} + arguments);
    for (const CliOutcome &outcome : {json, plain}) {
        QVERIFY2(outcome.code >= 0, outcome.words().constData());
        const QByteArray found = leak(outcome.out + outcome.err, arguments);
        QVERIFY2(
            found.isEmpty(), (found + " in " + arguments.join(u' ').toUtf8() + ": " + outcome.words()).constData());
    }
    const QDir folder(m_program->path(u"out"_s));
    const QStringList written = folder.entryList(QDir::Files);
    for (const QString &name : written) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(leak(file.readAll(), {}), QByteArray());
        QVERIFY(file.remove());
    }
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
             "bills --experiment REF", "bills --experiment REF --csv OUT", "bills --experiment REF --by item"})
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
    for (const QString &reference : {id, id.left(8), name}) {
        QStringList asked = arguments;
        for (QString &each : asked)
            each = each == u"REF"    ? reference
                   : each == u"OUT"  ? m_program->path(u"out/file"_s)
                   : each == u"FILE" ? m_program->path(u"workflow.json"_s)
                                     : each.replace(u'_', u' ');
        ask(asked);
        if (!arguments.contains(u"--experiment"_s)) {
            const CliOutcome refused = as(Mine, asked, "sk-mine\n");
            QVERIFY2(refused.code == 3 || refused.code == 4, refused.words().constData());
        }
    }
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
        u"config list"_s, u"secret list"_s, u"bills --by"_s, u"account"_s};
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
        } else if (verb != u"account" && verb != u"secret list" && verb != u"config list") {
            asked.append(any(references));
        }
        ask(asked);
        if (QTest::currentTestFailed())
            return;
    }
    QCOMPARE(all(Stranger), m_before);
}

void TestCliTenants::cleanupTestCase()
{
    m_program.reset();
}

QTEST_GUILESS_MAIN(TestCliTenants)
#include "tst_clitenants.moc"
