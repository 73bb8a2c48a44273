// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cliprogram.h"

#include <QDateTime>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace society::test;

/// statement, holds, hold release, and what a price book needs: files, slips, the sign before amounts.
class TestCliBook : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProgram> m_program;

private slots:
    void init()
    {
        m_program = std::make_unique<CliProgram>();
        const CliOutcome made = m_program->setUp();
        QVERIFY2(made.code == 0, made.words().constData());
    }

    void writesAStatement()
    {
        QCOMPARE(m_program
                     ->run({QStringLiteral("recharge"), QStringLiteral("3"), QStringLiteral("--note"),
                         QStringLiteral("=cmd|'x'")})
                     .code,
            0);
        const QString path = m_program->path(QStringLiteral("statement.csv"));
        const CliOutcome outcome = m_program->json({QStringLiteral("statement"), QStringLiteral("--from"),
            QStringLiteral("2020-01-01"), QStringLiteral("--csv"), path});
        QVERIFY2(outcome.code == 0, outcome.words().constData());
        QCOMPARE(keysOf(outcome.object()),
            QStringLiteral("bills closing closing_micro file from opening opening_micro sum sum_micro to"));
        QCOMPARE(micro(outcome.object(), "opening_micro"), 0);
        QCOMPARE(micro(outcome.object(), "closing_micro"), 3'000'000);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("\r\nopening,") && text.contains("\r\nclosing,"));
        QVERIFY(text.contains("'=cmd"));
        QVERIFY(m_program->run(words("statement --csv -")).out.startsWith("line,time,item"));
        const CliOutcome reversed = m_program->json(words("statement --from 2026-02-01 --to 2026-01-01 --csv -"));
        QCOMPARE(reversed.code, 1);
        QCOMPARE(reversed.error(), QStringLiteral("period_invalid"));
        QCOMPARE(m_program->json(words("statement")).code, 2);
        const CliOutcome nowhere = m_program->json(words("statement --csv /nonexistent/x.csv"));
        QCOMPARE(nowhere.error(), QStringLiteral("write_failed"));
    }

    void writesGroupsOfBills()
    {
        QCOMPARE(m_program->run(words("recharge 3")).code, 0);
        QCOMPARE(m_program->run(words("recharge 4.5")).code, 0);
        const QByteArray today = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-dd")).toUtf8();
        const QList<std::pair<QByteArray, QByteArray>> expected{{"item", "item,bills,sum\r\nrecharge,2,7.50\r\n"},
            {"model", "model,bills,sum\r\n,2,7.50\r\n"},
            {"experiment", "experiment,experiment_name,bills,sum\r\n,,2,7.50\r\n"},
            {"day", "day,bills,sum\r\n" + today + ",2,7.50\r\n"},
            {"month", "month,bills,sum\r\n" + today.left(7) + ",2,7.50\r\n"}};
        const QString path = m_program->path(QStringLiteral("groups.csv"));
        for (const auto &[by, csv] : expected) {
            const QStringList bills{QStringLiteral("bills"), QStringLiteral("--by"), QString::fromLatin1(by)};
            QCOMPARE(m_program->run(bills + words("--csv -")).out, csv);
            const CliOutcome outcome = m_program->json(bills + QStringList{QStringLiteral("--csv"), path});
            QVERIFY2(outcome.code == 0, outcome.words().constData());
            QCOMPARE(keysOf(outcome.object()), QStringLiteral("file groups"));
            QCOMPARE(outcome.object().value(QStringLiteral("groups")).toInt(), 1);
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll(), csv);
        }
        // Only what is filtered; and nothing half written where it cannot be.
        QCOMPARE(
            m_program->run(words("bills --by item --least 4 --csv -")).out, "item,bills,sum\r\nrecharge,1,4.50\r\n");
        QCOMPARE(m_program->run(words("bills --by item --least 9 --csv -")).out, "item,bills,sum\r\n");
        QCOMPARE(
            m_program->json(words("bills --by item --csv /nonexistent/x.csv")).error(), QStringLiteral("write_failed"));
    }

    void questionsSlips()
    {
        const CliOutcome slip = m_program->json(words("price set llm_input_token 3000"));
        QCOMPARE(slip.code, 1);
        QCOMPARE(slip.error(), QStringLiteral("price_unlikely"));
        QVERIFY(slip.words().contains("--yes"));
        QCOMPARE(m_program->json(words("price list")).array().size(), 3);
        QCOMPARE(m_program->json(words("price set llm_input_token 3000 --yes")).code, 0);
        QCOMPARE(m_program->json(words("price set llm_output_token 0 --model mine")).code, 0); // free
    }

    void importsAndExportsPrices()
    {
        const QString path = m_program->path(QStringLiteral("prices.csv"));
        const CliOutcome saved = m_program->json({QStringLiteral("price"), QStringLiteral("export"), path});
        QVERIFY2(saved.code == 0, saved.words().constData());
        QCOMPARE(saved.object().value(QStringLiteral("prices")).toInt(), 3);
        // The same file again changes nothing.
        const CliOutcome same = m_program->json({QStringLiteral("price"), QStringLiteral("import"), path});
        QVERIFY2(same.code == 0, same.words().constData());
        QCOMPARE(same.object().value(QStringLiteral("written")).toInt(), 0);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("item,model,price\nllm_input_token,qwen-plus,2.4\nrun_time,,1\n");
        file.close();
        const QStringList import{QStringLiteral("price"), QStringLiteral("import"), path};
        const CliOutcome dry = m_program->json(import + words("--dry-run"));
        QCOMPARE(dry.code, 1); // it would be refused
        const QJsonArray changes = dry.object().value(QStringLiteral("changes")).toArray();
        QCOMPARE(keysOf(changes.at(0).toObject()),
            QStringLiteral("before before_micro item known line model price price_micro unlikely valid_from"));
        QCOMPARE(changes.at(1).toObject().value(QStringLiteral("unlikely")).toBool(), true);
        const CliOutcome slip = m_program->json(import);
        QCOMPARE(slip.error(), QStringLiteral("price_unlikely"));
        QVERIFY(slip.words().contains("Line 3"));
        QCOMPARE(m_program->json(words("price list")).array().size(), 3); // nothing of it
        const CliOutcome done = m_program->json(import + words("--yes"));
        QVERIFY2(done.code == 0, done.words().constData());
        QCOMPARE(done.object().value(QStringLiteral("written")).toInt(), 2);
        QVERIFY(m_program->run(words("price export -")).out.contains("llm_input_token,qwen-plus,2.40,1000000,"));
        QCOMPARE(m_program->json(words("price import /nonexistent.csv")).code, 3);
    }

    void anotherSignStandsBeforeAmounts()
    {
        QCOMPARE(m_program->json(words("price sign")).object().value(QStringLiteral("sign")).toString(),
            QStringLiteral("¥"));
        QCOMPARE(m_program->run(words("price sign credits")).code, 0);
        QCOMPARE(m_program->run(words("recharge 5")).code, 0);
        QVERIFY(m_program->run(words("account")).out.contains("credits 5.00"));
        QCOMPARE(m_program->json(words("account")).object().value(QStringLiteral("balance")).toString(),
            QStringLiteral("5.00")); // programs see the number alone
        QCOMPARE(m_program->json(words("price sign 12")).error(), QStringLiteral("currency_invalid"));
        QCOMPARE(m_program->run({QStringLiteral("price"), QStringLiteral("sign"), QString()}).code, 0);
        QVERIFY(m_program->run(words("account")).out.contains("¥ 5.00"));
    }

    void badAmountsWriteNothing_data()
    {
        QTest::addColumn<QString>("amount");
        QTest::addColumn<QStringList>("codes"); // of recharge, correct, price set, bills --least; empty: it is 0
        const auto all = [](const char *code) {
            const QString word = QString::fromLatin1(code);
            return QStringList{word, word, word, word};
        };
        QTest::newRow("exponent") << QStringLiteral("1e9") << all("amount_invalid");
        QTest::newRow("seven decimals") << QStringLiteral("0.0000001") << all("amount_too_precise");
        QTest::newRow("wide digits") << QStringLiteral("１２") << all("amount_invalid");
        QTest::newRow("grouped") << QStringLiteral("1,234.56") << all("amount_invalid");
        QTest::newRow("minus nothing") << QStringLiteral("-0")
                                       << QStringList{QStringLiteral("amount_too_small"), QStringLiteral("amount_zero"),
                                              QStringLiteral("amount_negative"), QString()};
        QTest::newRow("10^19") << QStringLiteral("10000000000000000000") << all("amount_too_large");
    }
    void badAmountsWriteNothing()
    {
        QFETCH(QString, amount);
        QFETCH(QStringList, codes);
        const QString bill = m_program->json(words("recharge 10")).object().value(QStringLiteral("id")).toString();
        const auto state = [&] {
            QByteArray all;
            for (const char *verb : {"account", "bills", "price list", "holds --all"})
                all += m_program->json(words(verb)).out;
            return all;
        };
        const QByteArray before = state();
        const QString note = QStringLiteral("--note");
        const QList<QStringList> calls{{QStringLiteral("recharge"), amount},
            {QStringLiteral("correct"), bill, amount, note, QStringLiteral("x")},
            {QStringLiteral("price"), QStringLiteral("set"), QStringLiteral("llm_input_token"), amount,
                QStringLiteral("--yes")},
            {QStringLiteral("bills"), QStringLiteral("--least"), amount}};
        for (qsizetype i = 0; i < calls.size(); ++i) {
            const CliOutcome outcome = m_program->json(calls.at(i));
            const QByteArray what = calls.at(i).join(u' ').toUtf8() + ": " + outcome.words();
            QVERIFY2(outcome.error() == codes.at(i), what.constData());
            QVERIFY2(outcome.code == (codes.at(i).isEmpty() ? 0 : 1), what.constData());
            // For people: what is wrong, and what would be right.
            const CliOutcome plain = m_program->run(calls.at(i));
            QVERIFY2(
                codes.at(i).isEmpty() || (plain.out.isEmpty() && plain.err.contains(". ")), plain.words().constData());
        }
        QCOMPARE(state(), before);
    }

    void givesOrphansBack()
    {
        QCOMPARE(m_program->run(words("recharge 5")).code, 0);
        QCOMPARE(m_program->json(words("holds")).array().size(), 0);
        const QString id = QStringLiteral("11111111-2222-4333-8444-555555555555");
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("hold"));
            database.setDatabaseName(m_program->workspace() + QStringLiteral("/society.db"));
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY2(
                query.exec(QStringLiteral("INSERT INTO holds (experiment, tenant, amount_micro, reason, created_at) "
                                          "VALUES ('%1', 'default', 2000000, 'start', '2026-01-01T00:00:00.000Z')")
                               .arg(id)),
                qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("hold"));
        const QJsonObject hold = m_program->json(words("holds")).array().at(0).toObject();
        QCOMPARE(keysOf(hold), QStringLiteral("amount amount_micro created_at experiment experiment_name orphan reason "
                                              "release_reason released_at run"));
        QCOMPARE(hold.value(QStringLiteral("run")).toString(), QStringLiteral("unknown"));
        QCOMPARE(hold.value(QStringLiteral("orphan")).toBool(), true);
        QCOMPARE(m_program->json(words("hold release 1111")).code, 2); // not without a reason
        const CliOutcome empty = m_program->json({QStringLiteral("hold"), QStringLiteral("release"),
            QStringLiteral("1111"), QStringLiteral("--reason"), QStringLiteral(" ")});
        QCOMPARE(empty.error(), QStringLiteral("note_missing"));
        QCOMPARE(m_program->json(words("hold release 9999 --reason x")).code, 3);
        const CliOutcome released = m_program->json(words("hold release 1111 --reason gone"));
        QVERIFY2(released.code == 0, released.words().constData());
        QCOMPARE(released.object().value(QStringLiteral("release_reason")).toString(), QStringLiteral("gone"));
        QCOMPARE(micro(m_program->json(words("account")).object(), "available_micro"), 5'000'000);
        QCOMPARE(m_program->json(words("holds")).array().size(), 0);
        QCOMPARE(m_program->json(words("holds --all")).array().size(), 1);
        const CliOutcome again = m_program->json({QStringLiteral("hold"), QStringLiteral("release"), id,
            QStringLiteral("--reason"), QStringLiteral("again")});
        QCOMPARE(again.error(), QStringLiteral("hold_released"));
    }
};

QTEST_GUILESS_MAIN(TestCliBook)
#include "tst_clibook.moc"
