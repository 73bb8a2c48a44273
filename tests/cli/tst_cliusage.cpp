// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cliprogram.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace society::test;

/// What holds for every verb: usage, workspace, tenant, database, exit codes, form of errors.
class TestCliUsage : public QObject {
    Q_OBJECT

private slots:
    void helpNamesEveryVerb()
    {
        const CliProgram program;
        const CliOutcome help = program.run({QStringLiteral("--help")});
        QCOMPARE(help.code, 0);
        for (const QString &verb :
            words("setup doctor config secret run rerun experiments status stop delete reconcile log "
                  "results export account recharge correct bills price audit tenant"))
            QVERIFY2(help.out.contains("\n  " + verb.toUtf8() + ' '), qPrintable(verb));
        QCOMPARE(program.run({QStringLiteral("--version")}).code, 0);
        QVERIFY(program.run({QStringLiteral("--version")}).out.startsWith("society-cli "));
        QVERIFY(program.run(words("bills --help")).out.contains("--csv"));
    }

    void refusesWrongUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no verb") << QStringList();
        QTest::newRow("unknown verb") << words("fly");
        QTest::newRow("unknown option") << words("account --fast");
        QTest::newRow("group without verb") << words("config");
        QTest::newRow("missing argument") << words("status");
        QTest::newRow("too many") << words("status a b");
        QTest::newRow("not a number") << words("bills --limit many");
        QTest::newRow("out of range") << words("bills --limit 0");
        QTest::newRow("negative lines") << words("log x --lines -1");
        QTest::newRow("seed too large") << words("run --seed 4294967296");
        QTest::newRow("missing part") << words("run --llm a --agents b --map c");
        QTest::newRow("negative cap") << words("run --llm a --agents b --map c --workflow d --cap -1");
        QTest::newRow("check without anything") << words("config check");
        QTest::newRow("check of both") << words("config check file --llm x");
        QTest::newRow("check of half") << words("config check --llm x --map y");
        QTest::newRow("kind") << words("config list --kind house");
        QTest::newRow("export without file") << words("config export x");
        QTest::newRow("correct without note") << words("correct 1234 -1");
        QTest::newRow("wait for words") << words("run --llm a --agents b --map c --workflow d --wait=soon");
        QTest::newRow("wait back in time") << words("run --llm a --agents b --map c --workflow d --wait=-5");
        QTest::newRow("set without equals") << words("rerun x --set path");
        QTest::newRow("tenant's form") << words("account --tenant No");
    }
    void refusesWrongUsage()
    {
        QFETCH(QStringList, arguments);
        const CliProgram program;
        const CliOutcome plain = program.run(arguments);
        QVERIFY2(plain.code == 2, plain.words().constData());
        QVERIFY2(plain.err.startsWith("society-cli: ") && plain.err.endsWith(".\n"), plain.words().constData());
        QVERIFY2(plain.err.count('\n') == 1, plain.words().constData());
        QVERIFY2(plain.out.isEmpty(), plain.words().constData());
        const CliOutcome json = program.json(arguments);
        QCOMPARE(json.code, 2);
        QVERIFY2(!json.error().isEmpty(), json.words().constData());
        QVERIFY2(!QFile::exists(program.workspace()), "nothing is made by a wrong call");
    }

    void namesWhatIsWrong()
    {
        const CliProgram program;
        QVERIFY(program.run(words("fly away")).err.contains("“fly” is no verb"));
        QVERIFY(program.run({}).err.contains("A verb is missing"));
        QVERIFY(program.run(words("account --fast")).err.contains("“--fast” is not understood"));
    }

    void saysThatThereIsNoWorkspace_data()
    {
        QTest::addColumn<QStringList>("arguments");
        for (const char *verb : {"account", "bills", "recharge 1", "price list", "audit", "tenant list",
                 "tenant add lab", "config list", "config show x", "experiments", "status x123", "stop x123",
                 "log x123", "results x123", "delete x123", "reconcile", "rerun x123", "secret list"})
            QTest::newRow(verb) << words(verb);
    }
    void saysThatThereIsNoWorkspace()
    {
        QFETCH(QStringList, arguments);
        const CliProgram program;
        const CliOutcome outcome = program.json(arguments);
        QVERIFY2(outcome.code == 3, outcome.words().constData());
        QCOMPARE(outcome.error(), QStringLiteral("workspace_missing"));
        QVERIFY(outcome.err.contains("society-cli setup"));
        QVERIFY(!QFile::exists(program.workspace()));
    }

    void refusesAnUnknownTenant()
    {
        const CliProgram program;
        QCOMPARE(program.setUp().code, 0);
        for (const char *verb : {"account", "experiments", "config list", "bills", "recharge 5"}) {
            const CliOutcome outcome =
                program.json(QStringList{QStringLiteral("--tenant"), QStringLiteral("nobody")} + words(verb));
            QVERIFY2(outcome.code == 3, outcome.words().constData());
            QCOMPARE(outcome.error(), QStringLiteral("tenant_unknown"));
        }
        QCOMPARE(
            program.json(words("tenant add nobody --name Somebody")).object().value(QStringLiteral("name")).toString(),
            QStringLiteral("Somebody"));
        QCOMPARE(program.json(words("account --tenant nobody")).code, 0);
        QCOMPARE(program.json(words("tenant add nobody")).error(), QStringLiteral("tenant_exists"));
        QStringList ids;
        for (const QJsonValue &tenant : program.json(words("tenant list")).array())
            ids.append(tenant.toObject().value(QStringLiteral("id")).toString());
        QCOMPARE(ids, QStringList({QStringLiteral("default"), QStringLiteral("nobody")}));
    }

    void refusesANewerDatabase()
    {
        const CliProgram program;
        QCOMPARE(program.setUp().code, 0);
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("newer"));
            database.setDatabaseName(program.workspace() + QStringLiteral("/society.db"));
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY2(query.exec(QStringLiteral(
                         "INSERT INTO schema_versions (version, name, applied_at) VALUES (9999, 'future', '')")),
                qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("newer"));
        const CliOutcome outcome = program.json({QStringLiteral("account")});
        QVERIFY2(outcome.code == 7, outcome.words().constData());
        QCOMPARE(outcome.error(), QStringLiteral("database_newer"));
        const CliOutcome doctor = program.json({QStringLiteral("doctor")});
        QCOMPARE(doctor.code, 1);
        QVERIFY(!doctor.object().value(QStringLiteral("ok")).toBool());
    }

    void saysThatTheDatabaseIsDamaged()
    {
        const CliProgram program;
        QVERIFY(QDir().mkpath(program.workspace()));
        program.write(QStringLiteral("workspace/society.db"), QByteArray(8192, 'x'));
        const CliOutcome outcome = program.json({QStringLiteral("account")});
        QVERIFY2(outcome.code == 7, outcome.words().constData());
        QCOMPARE(outcome.error(), QStringLiteral("database_damaged"));
    }

    void setsUpTwice()
    {
        const CliProgram program;
        const CliOutcome first = program.setUp();
        QVERIFY2(first.code == 0, first.words().constData());
        QCOMPARE(missingKeys(first.object(), QStringLiteral("workspace runner installed")), QString());
        QCOMPARE(first.object().value(QStringLiteral("workspace")).toString(), program.workspace());
        QCOMPARE(first.object().value(QStringLiteral("runner")).toObject().value(QStringLiteral("version")).toString(),
            QStringLiteral("1.5.7"));
        QVERIFY(first.object().value(QStringLiteral("installed")).toArray().contains(QStringLiteral("tenant:default")));
        QVERIFY(first.object()
                    .value(QStringLiteral("installed"))
                    .toArray()
                    .contains(QStringLiteral("workflow:A short morning")));
        QVERIFY(QFile::exists(program.workspace() + QStringLiteral("/maps/practice-town.pb")));
        QVERIFY(QFile::exists(program.workspace() + QStringLiteral("/profiles/practice-people.json")));
        const CliOutcome second = program.json({QStringLiteral("setup")});
        QVERIFY2(second.code == 0, second.words().constData());
        QCOMPARE(second.object().value(QStringLiteral("installed")).toArray(), QJsonArray());
        const CliOutcome doctor = program.json({QStringLiteral("doctor")});
        QStringList names;
        for (const QJsonValue &check : doctor.object().value(QStringLiteral("checks")).toArray()) {
            QCOMPARE(keysOf(check.toObject()), QStringLiteral("detail name ok remedy"));
            names.append(check.toObject().value(QStringLiteral("name")).toString());
        }
        QCOMPARE(
            names.join(u' '), QStringLiteral("workspace disk database tenant runner keeper gateway practice keys"));
    }

    void setsUpWithoutPractice()
    {
        const CliProgram program;
        const CliOutcome outcome =
            program.json({QStringLiteral("setup"), QStringLiteral("--no-practice"), QStringLiteral("--runner"),
                qEnvironmentVariable("SOCIETY_SOURCE") + QStringLiteral("/tests/helpers/stub-runner/bin/python3")});
        QVERIFY2(outcome.code == 0, outcome.words().constData());
        QCOMPARE(program.json(words("config list")).array(), QJsonArray());
    }

    void saysWhatIsWrongWithARunner()
    {
        const CliProgram program;
        const CliOutcome outcome = program.json(
            {QStringLiteral("setup"), QStringLiteral("--runner"), program.path(QStringLiteral("nothing"))});
        QVERIFY2(outcome.code == 6, outcome.words().constData());
        QCOMPARE(outcome.error(), QStringLiteral("runner_not_found"));
        // All that needs no runner was made: the next try goes on from there.
        QCOMPARE(program.json({QStringLiteral("account")}).code, 0);
        const CliOutcome doctor = program.json({QStringLiteral("doctor")});
        QCOMPARE(doctor.code, 1);
        bool isMissing = false;
        for (const QJsonValue &check : doctor.object().value(QStringLiteral("checks")).toArray())
            if (check.toObject().value(QStringLiteral("name")).toString() == u"runner")
                isMissing = !check.toObject().value(QStringLiteral("ok")).toBool() &&
                            !check.toObject().value(QStringLiteral("remedy")).toString().isEmpty();
        QVERIFY2(isMissing, doctor.words().constData());
    }

    void needsNoDisplay()
    {
        CliProgram program;
        program.setEnvironment(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("none-such"));
        QCOMPARE(program.run({QStringLiteral("--version")}).code, 0);
        QFile binary(qEnvironmentVariable("SOCIETY_BIN") + QStringLiteral("/society-cli"));
        QVERIFY(binary.open(QIODevice::ReadOnly));
        QVERIFY2(!binary.readAll().contains("libQt6Gui"), "linked with Qt Gui");
    }

    void speaksChinese()
    {
        CliProgram program;
        program.setEnvironment(QStringLiteral("LC_ALL"), QStringLiteral("zh_CN.UTF-8"));
        const CliOutcome plain = program.run({QStringLiteral("account")});
        QCOMPARE(plain.code, 3);
        QVERIFY2(plain.err.startsWith("society-cli: ") && plain.err.contains("工作区"), plain.words().constData());
        // Words for programs stay what they are.
        QCOMPARE(program.json({QStringLiteral("account")}).error(), QStringLiteral("workspace_missing"));
        QCOMPARE(program.setUp().code, 0);
        const CliOutcome table = program.run(words("config list"));
        QVERIFY2(table.out.contains("workflow") && table.out.contains("A short morning"), table.words().constData());
        program.setEnvironment(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        QVERIFY(program.run({QStringLiteral("bills")}).out.contains("0 bills"));
    }

    void workspaceFromTheEnvironment()
    {
        CliProgram program;
        QCOMPARE(program.setUp().code, 0);
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SOCIETY_WORKSPACE"), program.workspace());
        process.setProcessEnvironment(environment);
        process.start(qEnvironmentVariable("SOCIETY_BIN") + QStringLiteral("/society-cli"), words("account --json"));
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestCliUsage)
#include "tst_cliusage.moc"
