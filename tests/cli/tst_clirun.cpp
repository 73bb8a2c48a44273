// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cliprogram.h"
#include "tests/support/scriptedllm.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace society::test;

namespace {

const QString Wait = QStringLiteral("--wait");
const QString StatusKeys =
    QStringLiteral("id tenant name state practice reason reason_code exit_code signal created_at started_at ended_at "
                   "seed day second_of_day step "
                   "steps_total phase tokens_in tokens_out calls cost_micro cost settled run_directory error");

QString textOf(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

} // namespace

/// run, rerun, experiments, status, stop, delete, reconcile, log, results: with real keeper and gateway and a runner
/// that plays AgentSociety.
class TestCliRun : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProgram> m_program;

    QJsonObject status(const QString &id) const { return m_program->json({QStringLiteral("status"), id}).object(); }
    /// A paid LLM of the tenant's own.
    bool importPaid(const QString &baseUrl, bool isPublic = false) const
    {
        const QString file = m_program->write(QStringLiteral("llm.json"),
            "[{\"provider\": \"custom\", \"base_url\": \"" + baseUrl.toUtf8() + "\", \"model\": \"practice\"}]");
        QStringList arguments{QStringLiteral("config"), QStringLiteral("import"), file, QStringLiteral("--kind"),
            QStringLiteral("llm"), QStringLiteral("--name"), QStringLiteral("own")};
        if (isPublic)
            arguments.append(QStringLiteral("--public"));
        return m_program->run(arguments).code == 0;
    }
    QStringList paidRun() const
    {
        return {QStringLiteral("run"), QStringLiteral("--llm"), QStringLiteral("own"), QStringLiteral("--agents"),
            QStringLiteral("Four people"), QStringLiteral("--map"), QStringLiteral("Practice town"),
            QStringLiteral("--workflow"), QStringLiteral("A short morning")};
    }

private slots:
    void init()
    {
        m_program = std::make_unique<CliProgram>();
        const CliOutcome made = m_program->setUp();
        QVERIFY2(made.code == 0, made.words().constData());
    }

    void runsToTheEnd()
    {
        const CliOutcome outcome =
            m_program->practice(QStringLiteral("well"), {Wait, QStringLiteral("--seed"), QStringLiteral("7")});
        QVERIFY2(outcome.code == 0, outcome.words().constData());
        const QJsonObject run = outcome.object();
        QCOMPARE(missingKeys(run, QStringLiteral("id state seed hold_micro hold")), QString());
        QCOMPARE(textOf(run, "state"), QStringLiteral("finished"));
        QCOMPARE(run.value(QStringLiteral("seed")).toInteger(), 7);
        QCOMPARE(run.value(QStringLiteral("hold_micro")).toInteger(), 0);
        QVERIFY(!run.contains(QStringLiteral("error")));
        const QString id = textOf(run, "id");
        QVERIFY(QRegularExpression(QStringLiteral("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$")).match(id).hasMatch());

        const QJsonObject shown = status(id.left(8));
        QCOMPARE(missingKeys(shown, StatusKeys), QString());
        QCOMPARE(textOf(shown, "state"), QStringLiteral("finished"));
        QCOMPARE(shown.value(QStringLiteral("calls")).toInt(), 3);
        QVERIFY(shown.value(QStringLiteral("tokens_in")).toInt() > 0);
        QCOMPARE(shown.value(QStringLiteral("exit_code")).toInt(-1), 0);
        QVERIFY(shown.value(QStringLiteral("signal")).isNull());
        QCOMPARE(shown.value(QStringLiteral("settled")).toBool(), true);
        QCOMPARE(shown.value(QStringLiteral("practice")).toBool(), true);
        QVERIFY(textOf(shown, "started_at").endsWith(u'Z'));
        QVERIFY(QFile::exists(textOf(shown, "run_directory") + QStringLiteral("/log.txt")));
        QVERIFY(QFile::exists(textOf(shown, "run_directory") + QStringLiteral("/home/sqlite.db")));
        // By name too, and for people.
        const CliOutcome plain = m_program->run({QStringLiteral("status"), QStringLiteral("well")});
        QVERIFY2(plain.code == 0 && plain.out.contains(id.toUtf8()), plain.words().constData());

        // Billed once, for nothing, and the books agree.
        const QJsonObject bills =
            m_program->json({QStringLiteral("bills"), QStringLiteral("--experiment"), id}).object();
        QCOMPARE(bills.value(QStringLiteral("total")).toInt(), 3);
        QCOMPARE(bills.value(QStringLiteral("sum_micro")).toInteger(-1), 0);
        const CliOutcome audit = m_program->json({QStringLiteral("audit")});
        QVERIFY2(audit.code == 0, audit.words().constData());
        QVERIFY(audit.object().value(QStringLiteral("unread")).toArray().isEmpty());

        // What it says of itself is gone: then nothing differs, but which run was not compared is told.
        QVERIFY(QFile::remove(textOf(shown, "run_directory") + QStringLiteral("/status.json")));
        const CliOutcome less = m_program->json({QStringLiteral("audit")});
        QVERIFY2(less.code == 0, less.words().constData());
        const QJsonArray unread = less.object().value(QStringLiteral("unread")).toArray();
        QCOMPARE(unread.size(), 1);
        QCOMPARE(textOf(unread.first().toObject(), "experiment"), id);
        QVERIFY(textOf(unread.first().toObject(), "message").contains(QStringLiteral("“well”")));
    }

    void returnsWhileItRuns()
    {
        const CliOutcome outcome = m_program->practice(QStringLiteral("sleep"));
        QVERIFY2(outcome.code == 0, outcome.words().constData());
        const QString id = textOf(outcome.object(), "id");
        QTRY_COMPARE_WITH_TIMEOUT(textOf(status(id), "state"), QStringLiteral("running"), 20000);
        const CliOutcome refused = m_program->json({QStringLiteral("delete"), id});
        QVERIFY2(refused.code == 1, refused.words().constData());
        QCOMPARE(refused.error(), QStringLiteral("experiment_unfinished"));

        const CliOutcome stopped = m_program->json({QStringLiteral("stop"), id});
        QVERIFY2(stopped.code == 0, stopped.words().constData());
        QCOMPARE(missingKeys(stopped.object(), StatusKeys), QString());
        QCOMPARE(textOf(stopped.object(), "state"), QStringLiteral("stopped"));
        QCOMPARE(textOf(stopped.object(), "reason_code"), QStringLiteral("stopped_user"));
        QVERIFY(!textOf(stopped.object(), "reason").isEmpty());
        const CliOutcome again = m_program->run({QStringLiteral("stop"), id});
        QVERIFY2(again.code == 0 && again.out.contains("already ended"), again.words().constData());

        const CliOutcome deleted = m_program->json({QStringLiteral("delete"), id});
        QVERIFY2(deleted.code == 0, deleted.words().constData());
        QCOMPARE(keysOf(deleted.object()), QStringLiteral("deleted id"));
        QCOMPARE(m_program->json({QStringLiteral("status"), id}).code, 3);
        QVERIFY(!QFile::exists(textOf(stopped.object(), "run_directory")));
        QVERIFY(m_program->json({QStringLiteral("bills"), QStringLiteral("--experiment"), id})
                    .object()
                    .value(QStringLiteral("total"))
                    .toInt() > 0);
    }

    void killsAtOnce()
    {
        const QString id = textOf(m_program->practice(QStringLiteral("deaf")).object(), "id");
        QTRY_VERIFY_WITH_TIMEOUT(m_program->run({QStringLiteral("log"), id}).out.contains("step 2"), 20000);
        const CliOutcome stopped =
            m_program->json({QStringLiteral("stop"), id, QStringLiteral("--grace"), QStringLiteral("0")});
        QVERIFY2(stopped.code == 0, stopped.words().constData());
        QCOMPARE(textOf(stopped.object(), "state"), QStringLiteral("stopped"));
    }

    void waitRunsOutOfTime()
    {
        const CliOutcome outcome = m_program->practice(QStringLiteral("sleep"), {QStringLiteral("--wait=2")});
        QVERIFY2(outcome.code == 8, outcome.words().constData());
        QCOMPARE(missingKeys(outcome.object(), QStringLiteral("id state seed hold_micro hold")), QString());
        QVERIFY(!outcome.object().contains(QStringLiteral("error")));
        QVERIFY2(
            outcome.err.startsWith("society-cli: The run has not ended within 2 seconds"), outcome.words().constData());
        QVERIFY(textOf(status(textOf(outcome.object(), "id")), "ended_at").isEmpty()); // it goes on
    }

    void failedRunsSayWhy()
    {
        const CliOutcome outcome = m_program->practice(QStringLiteral("fail"), {Wait});
        QVERIFY2(outcome.code == 1, outcome.words().constData());
        QCOMPARE(textOf(outcome.object(), "state"), QStringLiteral("failed"));
        const QJsonObject shown = status(textOf(outcome.object(), "id"));
        QVERIFY(!textOf(shown, "reason").isEmpty());
        QVERIFY2(textOf(shown, "error").contains(QStringLiteral("something of the stub's own")),
            outcome.words().constData());
        QCOMPARE(shown.value(QStringLiteral("exit_code")).toInt(), 1);
    }

    void needsMoney()
    {
        const ScriptedLlm provider;
        QVERIFY(provider.isReady() && importPaid(provider.baseUrl()));
        const CliOutcome poor = m_program->json(paidRun() + QStringList{QStringLiteral("--cap"), QStringLiteral("5")});
        QVERIFY2(poor.code == 5, poor.words().constData());
        QCOMPARE(poor.error(), QStringLiteral("funds"));
        QCOMPARE(m_program->json({QStringLiteral("experiments")}).array(), QJsonArray());
        // With another fault it is that fault's code.
        const QString bad = m_program->write(
            QStringLiteral("bad.json"), "{\"workflow\": [{\"type\": \"step\", \"steps\": 1, \"ticks_per_step\": 0}]}");
        QCOMPARE(m_program
                     ->run({QStringLiteral("config"), QStringLiteral("import"), bad, QStringLiteral("--kind"),
                         QStringLiteral("workflow"), QStringLiteral("--name"), QStringLiteral("bad")})
                     .code,
            0);
        QStringList both = paidRun();
        both.last() = QStringLiteral("bad");
        QCOMPARE(m_program->json(both).code, 1);
    }

    void billsWhatWasUsed()
    {
        const ScriptedLlm provider;
        QVERIFY(provider.isReady() && importPaid(provider.baseUrl(), true)); // a public LLM is billed at the price book
        QCOMPARE(m_program->run(words("recharge 10")).code, 0);
        const CliOutcome outcome =
            m_program->json(paidRun() + QStringList{QStringLiteral("--cap"), QStringLiteral("2.5"),
                                            QStringLiteral("--name"), QStringLiteral("sleep")});
        QVERIFY2(outcome.code == 0, outcome.words().constData());
        QCOMPARE(outcome.object().value(QStringLiteral("hold_micro")).toInteger(), 2'500'000);
        const QJsonObject held = m_program->json({QStringLiteral("account")}).object();
        QCOMPARE(held.value(QStringLiteral("held_micro")).toInteger(), 2'500'000);
        QCOMPARE(held.value(QStringLiteral("available_micro")).toInteger(), 7'500'000);
        const QString id = textOf(outcome.object(), "id");
        QTRY_COMPARE_WITH_TIMEOUT(status(id).value(QStringLiteral("calls")).toInt(), 3, 20000);
        QCOMPARE(m_program->run({QStringLiteral("stop"), id}).code, 0);

        const QJsonObject totals = provider.totals();
        const QJsonObject ended = status(id);
        QCOMPARE(ended.value(QStringLiteral("tokens_in")), totals.value(QStringLiteral("prompt_tokens")));
        QCOMPARE(ended.value(QStringLiteral("tokens_out")), totals.value(QStringLiteral("completion_tokens")));
        const QJsonObject bills =
            m_program->json({QStringLiteral("bills"), QStringLiteral("--experiment"), id}).object();
        QCOMPARE(bills.value(QStringLiteral("total")).toInt(), 3);
        const qint64 sum = bills.value(QStringLiteral("sum_micro")).toInteger();
        QVERIFY(sum < 0);
        QCOMPARE(ended.value(QStringLiteral("cost_micro")).toInteger(), -sum);
        const QJsonObject account = m_program->json({QStringLiteral("account")}).object();
        QCOMPARE(account.value(QStringLiteral("held_micro")).toInteger(), 0);
        QCOMPARE(account.value(QStringLiteral("balance_micro")).toInteger(), 10'000'000 + sum);
        const CliOutcome audit = m_program->json({QStringLiteral("audit")});
        QVERIFY2(audit.code == 0, audit.words().constData());
    }

    /// With no place to keep a key, it is asked for and kept for the one run.
    void takesAKeyForOneRun()
    {
        const QByteArray key = "sk-canary-1d2c3b4a";
        const ScriptedLlm provider({QStringLiteral("--api-key"), QString::fromLatin1(key)});
        QVERIFY(provider.isReady());
        const QString file = m_program->write(
            QStringLiteral("llm.json"), "[{\"provider\": \"custom\", \"base_url\": \"" + provider.baseUrl().toUtf8() +
                                            "\", \"model\": \"practice\", \"api_key\": \"sk-another\"}]");
        QCOMPARE(m_program
                     ->run({QStringLiteral("config"), QStringLiteral("import"), file, QStringLiteral("--kind"),
                         QStringLiteral("llm"), QStringLiteral("--name"), QStringLiteral("own")})
                     .code,
            0);
        QCOMPARE(m_program->run(words("recharge 10")).code, 0);
        const CliOutcome without = m_program->json(paidRun());
        QVERIFY2(without.code == 1, without.words().constData());
        QCOMPARE(without.error(), QStringLiteral("secret_missing"));
        const CliOutcome with = m_program->json(paidRun() + QStringList{Wait}, key + '\n');
        QVERIFY2(with.code == 0, with.words().constData());
        QCOMPARE(with.object().value(QStringLiteral("calls")).toInt(), 3);
        QVERIFY(!with.err.contains(key) && !with.out.contains(key));
    }

    void needsARunner()
    {
        QVERIFY(QFile::remove(m_program->workspace() + QStringLiteral("/runner/installed.json")));
        const CliOutcome outcome = m_program->practice(QStringLiteral("x"));
        QVERIFY2(outcome.code == 6, outcome.words().constData());
        QCOMPARE(outcome.error(), QStringLiteral("runner_missing"));
        QVERIFY(outcome.err.contains("society-cli setup"));
    }

    void saysWhatIsNotThere()
    {
        for (const QStringList &verb :
            {QStringList{QStringLiteral("status")}, {QStringLiteral("stop")}, {QStringLiteral("log")},
                {QStringLiteral("results")}, {QStringLiteral("delete")}, {QStringLiteral("rerun")}}) {
            const CliOutcome outcome = m_program->json(verb + QStringList{QStringLiteral("nothing")});
            QVERIFY2(outcome.code == 3, outcome.words().constData());
            QCOMPARE(outcome.error(), QStringLiteral("experiment_unknown"));
        }
        const CliOutcome outcome = m_program->json(words("run --llm nothing --agents x --map y --workflow z"));
        QVERIFY2(outcome.code == 3, outcome.words().constData());
        QCOMPARE(outcome.error(), QStringLiteral("config_not_found"));
    }

    void tenantsAndNames()
    {
        const QString first = textOf(m_program->practice(QStringLiteral("twin"), {Wait}).object(), "id");
        const QString second = textOf(m_program->practice(QStringLiteral("twin"), {Wait}).object(), "id");
        const CliOutcome ambiguous = m_program->json({QStringLiteral("status"), QStringLiteral("twin")});
        QVERIFY2(ambiguous.code == 1, ambiguous.words().constData());
        QCOMPARE(ambiguous.error(), QStringLiteral("experiment_ambiguous"));
        QVERIFY2(ambiguous.err.contains(first.left(8).toUtf8()) && ambiguous.err.contains(second.left(8).toUtf8()),
            ambiguous.words().constData());

        QCOMPARE(m_program->run(words("tenant add other")).code, 0);
        for (const char *verb : {"status", "stop", "log", "results", "delete", "rerun"}) {
            const CliOutcome foreign =
                m_program->json({QStringLiteral("--tenant"), QStringLiteral("other"), QLatin1String(verb), first});
            QVERIFY2(foreign.code == 4, foreign.words().constData());
            QCOMPARE(foreign.error(), QStringLiteral("experiment_forbidden"));
        }
        QCOMPARE(m_program->json(words("experiments --tenant other")).array(), QJsonArray());

        const QJsonArray all = m_program->json({QStringLiteral("experiments")}).array();
        QCOMPARE(all.size(), 2);
        QCOMPARE(textOf(all.first().toObject(), "id"), second); // newest first
        QCOMPARE(missingKeys(all.first().toObject(), QStringLiteral("id name state created_at")), QString());
        QCOMPARE(m_program->json(words("experiments --limit 1")).array().size(), 1);
        QCOMPARE(m_program->json(words("experiments --state failed")).array().size(), 0);
        QCOMPARE(m_program->json(words("experiments --state finished --name WIN")).array().size(), 2);
        QCOMPARE(textOf(m_program->json({QStringLiteral("experiments"), QStringLiteral("--before"), second})
                            .array()
                            .first()
                            .toObject(),
                     "id"),
            first);
        QCOMPARE(m_program->json(words("experiments --state flying")).code, 2);
    }

    void configurationsInUseStay()
    {
        const QString file =
            m_program->write(QStringLiteral("w.json"), "{\"workflow\": [{\"type\": \"step\", \"steps\": 1}]}");
        QCOMPARE(m_program
                     ->run({QStringLiteral("config"), QStringLiteral("import"), file, QStringLiteral("--kind"),
                         QStringLiteral("workflow"), QStringLiteral("--name"), QStringLiteral("used")})
                     .code,
            0);
        QCOMPARE(m_program
                     ->run({QStringLiteral("run"), QStringLiteral("--llm"), QStringLiteral("Practice model"),
                         QStringLiteral("--agents"), QStringLiteral("Four people"), QStringLiteral("--map"),
                         QStringLiteral("Practice town"), QStringLiteral("--workflow"), QStringLiteral("used"), Wait})
                     .code,
            0);
        const CliOutcome outcome =
            m_program->json({QStringLiteral("config"), QStringLiteral("delete"), QStringLiteral("used")});
        QVERIFY2(outcome.code == 1, outcome.words().constData());
        QCOMPARE(outcome.error(), QStringLiteral("config_used"));
        QCOMPARE(m_program->json({QStringLiteral("config"), QStringLiteral("show"), QStringLiteral("used")})
                     .object()
                     .value(QStringLiteral("used_by"))
                     .toInt(),
            1);
    }

    void runsARunFile()
    {
        const QString file = m_program->path(QStringLiteral("run.json"));
        QCOMPARE(m_program
                     ->run({QStringLiteral("config"), QStringLiteral("export"), QStringLiteral("Practice model"),
                         QStringLiteral("Four people"), QStringLiteral("Practice town"),
                         QStringLiteral("A short morning"), file})
                     .code,
            0);
        // A practice model is ours alone: a run file for AgentSociety names some provider.
        const CliOutcome outcome = m_program->json({QStringLiteral("run"), file, QStringLiteral("--llm"),
            QStringLiteral("Practice model"), QStringLiteral("--name"), QStringLiteral("from file"), Wait});
        QVERIFY2(outcome.code == 0, outcome.words().constData());
        QCOMPARE(textOf(outcome.object(), "name"), QStringLiteral("from file"));
        const qsizetype before = m_program->json(words("config list")).array().size();
        QCOMPARE(
            m_program
                ->json({QStringLiteral("run"), file, QStringLiteral("--llm"), QStringLiteral("Practice model"), Wait})
                .code,
            0);
        QCOMPARE(m_program->json(words("config list")).array().size(), before);
        // `--wait FILE` has a file, and waits.
        QCOMPARE(
            m_program
                ->json({QStringLiteral("run"), Wait, file, QStringLiteral("--llm"), QStringLiteral("Practice model")})
                .code,
            0);
    }

    void runsARunFileWithItsKey()
    {
        const QByteArray key = "sk-canary-77aa88bb";
        const ScriptedLlm provider({QStringLiteral("--api-key"), QString::fromLatin1(key)});
        QVERIFY(provider.isReady());
        const QString exported = m_program->path(QStringLiteral("exported.json"));
        QCOMPARE(m_program
                     ->run({QStringLiteral("config"), QStringLiteral("export"), QStringLiteral("Practice model"),
                         QStringLiteral("Four people"), QStringLiteral("Practice town"),
                         QStringLiteral("A short morning"), exported})
                     .code,
            0);
        QFile file(exported);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QJsonObject run = QJsonDocument::fromJson(file.readAll()).object();
        run.insert(QStringLiteral("llm"),
            QJsonArray{QJsonObject{{QStringLiteral("provider"), QStringLiteral("custom")},
                {QStringLiteral("base_url"), provider.baseUrl()}, {QStringLiteral("model"), QStringLiteral("practice")},
                {QStringLiteral("api_key"), QString::fromLatin1(key)}}});
        const QString path = m_program->write(QStringLiteral("keyed.json"), QJsonDocument(run).toJson());
        QCOMPARE(m_program->run(words("recharge 10")).code, 0);
        // Where no key can be kept, the file's is good for the run; and again at the next one, which imports nothing
        // new.
        for (int i = 0; i < 2; ++i) {
            const CliOutcome outcome = m_program->json({QStringLiteral("run"), path, Wait});
            QVERIFY2(outcome.code == 0, outcome.words().constData());
            QVERIFY(!outcome.out.contains(key) && !outcome.err.contains(key));
        }
        QCOMPARE(m_program->json(words("config list --kind llm")).array().size(), 2);
    }

    void reruns()
    {
        const QJsonObject first =
            m_program->practice(QStringLiteral("original"), {Wait, QStringLiteral("--seed"), QStringLiteral("42")})
                .object();
        const CliOutcome same = m_program->json({QStringLiteral("rerun"), QStringLiteral("original"),
            QStringLiteral("--name"), QStringLiteral("again"), Wait});
        QVERIFY2(same.code == 0, same.words().constData());
        QCOMPARE(same.object().value(QStringLiteral("seed")).toInteger(), 42);
        QVERIFY(textOf(same.object(), "id") != textOf(first, "id"));
        QCOMPARE(same.object().value(QStringLiteral("tokens_in")), first.value(QStringLiteral("tokens_in")));
        const CliOutcome changed = m_program->json({QStringLiteral("rerun"), QStringLiteral("again"),
            QStringLiteral("--name"), QStringLiteral("changed"), QStringLiteral("--seed"), QStringLiteral("43"),
            QStringLiteral("--set"), QStringLiteral("exp.workflow.0.steps=3"), Wait});
        QVERIFY2(changed.code == 0, changed.words().constData());
        QCOMPARE(changed.object().value(QStringLiteral("seed")).toInteger(), 43);
        QCOMPARE(changed.object().value(QStringLiteral("steps_total")).toInt(),
            first.value(QStringLiteral("steps_total")).toInt() + 1);
        const CliOutcome unknown = m_program->json({QStringLiteral("rerun"), QStringLiteral("again"),
            QStringLiteral("--set"), QStringLiteral("exp.nothing.here=1")});
        QVERIFY2(unknown.code == 1, unknown.words().constData());
        QCOMPARE(unknown.error(), QStringLiteral("path_unknown"));
    }

    void logs()
    {
        const QString id = textOf(m_program->practice(QStringLiteral("calls=5"), {Wait}).object(), "id");
        QFile file(textOf(status(id), "run_directory") + QStringLiteral("/log.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        QVERIFY(all.count('\n') > 5);
        QCOMPARE(m_program->run({QStringLiteral("log"), id}).out, all);
        QCOMPARE(m_program->json({QStringLiteral("log"), id}).out, all);
        QCOMPARE(m_program->run({QStringLiteral("log"), id, QStringLiteral("--follow")}).out, all); // it has ended
        const QByteArray last =
            m_program->run({QStringLiteral("log"), id, QStringLiteral("--lines"), QStringLiteral("2")}).out;
        QCOMPARE(last.count('\n'), 2);
        QVERIFY(all.endsWith(last));
        QCOMPARE(m_program->run({QStringLiteral("log"), id, QStringLiteral("--lines"), QStringLiteral("0")}).out,
            QByteArray());
        QCOMPARE(m_program->run({QStringLiteral("log"), id, QStringLiteral("--grep"), QStringLiteral("step [13]$")})
                     .out.count('\n'),
            2);
        const CliOutcome none =
            m_program->run({QStringLiteral("log"), id, QStringLiteral("--grep"), QStringLiteral("no such thing")});
        QCOMPARE(none.code, 0);
        QCOMPARE(none.out, QByteArray());
        QCOMPARE(m_program->json({QStringLiteral("log"), id, QStringLiteral("--grep"), QStringLiteral("(")}).error(),
            QStringLiteral("pattern_invalid"));
    }

    void followsALogToItsEnd()
    {
        const QString id = textOf(m_program->practice(QStringLiteral("sleep")).object(), "id");
        const auto follower = m_program->start({QStringLiteral("log"), id, QStringLiteral("--follow")});
        QByteArray seen;
        QTRY_VERIFY_WITH_TIMEOUT(
            (follower->waitForReadyRead(100), seen += follower->readAllStandardOutput(), seen.contains("step 2")),
            20000);
        QCOMPARE(follower->state(), QProcess::Running);
        QCOMPARE(m_program->run({QStringLiteral("stop"), id}).code, 0);
        QVERIFY(follower->waitForFinished(20000));
        QCOMPARE(follower->exitCode(), 0);
        seen += follower->readAllStandardOutput();
        QCOMPARE(seen, m_program->run({QStringLiteral("log"), id}).out);
    }

    void results()
    {
        const QString id = textOf(m_program->practice(QStringLiteral("calls=2"), {Wait}).object(), "id");
        const CliOutcome tables = m_program->json({QStringLiteral("results"), id});
        QVERIFY2(tables.code == 0, tables.words().constData());
        QHash<QString, int> counts;
        for (const QJsonValue &table : tables.array()) {
            QCOMPARE(keysOf(table.toObject()), QStringLiteral("rows table"));
            counts.insert(textOf(table.toObject(), "table"), table.toObject().value(QStringLiteral("rows")).toInt());
        }
        for (const QString &name : words("profile status dialog survey metric prompt"))
            QVERIFY2(counts.contains(name), qPrintable(name));
        QCOMPARE(counts.value(QStringLiteral("dialog")), 2);
        const QJsonArray dialog = m_program->json({QStringLiteral("results"), id, QStringLiteral("dialog")}).array();
        QCOMPARE(dialog.size(), 2);
        QCOMPARE(textOf(dialog.first().toObject(), "content"), QStringLiteral("thought 0"));
        QVERIFY(textOf(dialog.first().toObject(), "created_at").endsWith(u'Z'));
        const QJsonArray profile = m_program->json({QStringLiteral("results"), id, QStringLiteral("profile")}).array();
        QCOMPARE(
            profile.first().toObject().value(QStringLiteral("profile")).toObject().value(QStringLiteral("age")).toInt(),
            30);
        QCOMPARE(m_program->json({QStringLiteral("results"), id, QStringLiteral("survey")}).array(), QJsonArray());
        QVERIFY(m_program->run({QStringLiteral("results"), id, QStringLiteral("dialog")}).out.contains("thought 1"));
        QCOMPARE(m_program->run({QStringLiteral("results"), id, QStringLiteral("survey")}).out,
            QByteArray("The table has no rows.\n"));

        const QString csv = m_program->path(QStringLiteral("profile.csv"));
        const CliOutcome written =
            m_program->json({QStringLiteral("results"), id, QStringLiteral("profile"), QStringLiteral("--csv"), csv});
        QVERIFY2(written.code == 0, written.words().constData());
        QCOMPARE(keysOf(written.object()), QStringLiteral("file rows"));
        QFile file(csv);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(
            file.readAll(), QByteArray("id,name,profile\r\n1,\"阿明, the \"\"first\"\"\",\"{\"\"age\"\":30}\"\r\n"));
        QCOMPARE(m_program->json({QStringLiteral("results"), id, QStringLiteral("nothing")}).code, 3);
        QCOMPARE(m_program->json({QStringLiteral("results"), id, QStringLiteral("--csv"), csv}).code, 2);

        const QString zip = m_program->path(QStringLiteral("run.zip"));
        const CliOutcome bundled = m_program->json({QStringLiteral("export"), id, zip});
        QVERIFY2(bundled.code == 0, bundled.words().constData());
        QCOMPARE(keysOf(bundled.object()), QStringLiteral("bytes file"));
        QProcess unzip;
        unzip.start(
            QStringLiteral("python3"), {QStringLiteral("-m"), QStringLiteral("zipfile"), QStringLiteral("-l"), zip});
        QVERIFY(unzip.waitForFinished());
        const QByteArray listing = unzip.readAllStandardOutput();
        for (const char *name : {"/record.json", "/log.txt", "/status.json", "/usage.jsonl", "/sqlite.db",
                 "/tables/dialog.csv", "/tables/calls.csv", "/files/practice-town.pb"})
            QVERIFY2(listing.contains(name), (listing + name).constData());
        QVERIFY(!listing.contains("runner.json"));
        QCOMPARE(m_program->json({QStringLiteral("export"), QStringLiteral("nobody"), zip}).code, 3);
    }

    void reconcilesWhatEndedUnseen()
    {
        const QString id = textOf(m_program->practice(QStringLiteral("unseen")).object(), "id");
        const QString directory = m_program->workspace() + QStringLiteral("/runs/default/") + id;
        const auto hasEnded = [&] {
            QFile file(directory + QStringLiteral("/status.json"));
            return file.open(QIODevice::ReadOnly) &&
                   QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("outcome")).toString() ==
                       u"finished";
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), 20000);
        const CliOutcome outcome = m_program->json({QStringLiteral("reconcile")});
        QVERIFY2(outcome.code == 0, outcome.words().constData());
        QCOMPARE(keysOf(outcome.object()), QStringLiteral("lost settled"));
        QCOMPARE(outcome.object().value(QStringLiteral("settled")).toArray(), QJsonArray({id}));
        QCOMPARE(m_program->json({QStringLiteral("reconcile")}).object().value(QStringLiteral("settled")).toArray(),
            QJsonArray());
    }
};

QTEST_GUILESS_MAIN(TestCliRun)
#include "tst_clirun.moc"
