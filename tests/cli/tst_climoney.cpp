// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cliprogram.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace society::test;

namespace {

const QString BillKeys =
    QStringLiteral("amount amount_micro balance_after balance_after_micro corrects created_at description experiment "
                   "experiment_name free id item model quantity unit unit_price unit_price_micro unit_size");

} // namespace

/// account, recharge, correct, bills, price, audit.
class TestCliMoney : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProgram> m_program;

private slots:
    void init()
    {
        m_program = std::make_unique<CliProgram>();
        const CliOutcome made = m_program->setUp();
        QVERIFY2(made.code == 0, made.words().constData());
    }

    void accountStartsEmpty()
    {
        const QJsonObject account = m_program->json({QStringLiteral("account")}).object();
        QCOMPARE(
            keysOf(account), QStringLiteral("available available_micro balance balance_micro held held_micro tenant"));
        QCOMPARE(account.value(QStringLiteral("tenant")).toString(), QStringLiteral("default"));
        QCOMPARE(micro(account, "balance_micro"), 0);
        QCOMPARE(account.value(QStringLiteral("balance")).toString(), QStringLiteral("0.00"));
        const CliOutcome plain = m_program->run({QStringLiteral("account")});
        QCOMPARE(plain.code, 0);
        QVERIFY2(plain.out.contains("default") && plain.out.contains("0.00"), plain.words().constData());
    }

    void recharges()
    {
        const CliOutcome outcome = m_program->json(words("recharge 12.345678 --note first"));
        QVERIFY2(outcome.code == 0, outcome.words().constData());
        QCOMPARE(keysOf(outcome.object()), BillKeys);
        QCOMPARE(micro(outcome.object(), "amount_micro"), 12'345'678);
        QCOMPARE(outcome.object().value(QStringLiteral("amount")).toString(), QStringLiteral("12.345678"));
        QCOMPARE(outcome.object().value(QStringLiteral("item")).toString(), QStringLiteral("recharge"));
        QVERIFY(outcome.object().value(QStringLiteral("experiment")).isNull());
        QVERIFY(outcome.object().value(QStringLiteral("created_at")).toString().endsWith(u'Z'));
        QCOMPARE(micro(m_program->json({QStringLiteral("account")}).object(), "available_micro"), 12'345'678);
    }

    void addsUpInGroups()
    {
        for (const char *note : {"first-x", "second-y"})
            QCOMPARE(m_program
                         ->json({QStringLiteral("recharge"), QStringLiteral("2.5"), QStringLiteral("--note"),
                             QLatin1String(note)})
                         .code,
                0);
        QCOMPARE(m_program->json(words("recharge 1")).code, 0);
        const QJsonArray items = m_program->json(words("bills --by item")).array();
        QCOMPARE(items.size(), 1);
        QCOMPARE(keysOf(items.at(0).toObject()), QStringLiteral("bills item sum sum_micro"));
        QCOMPARE(micro(items.at(0).toObject(), "sum_micro"), 6'000'000);
        const QJsonArray large = m_program->json(words("bills --by month --least 2 --most 2.5")).array();
        QCOMPARE(large.size(), 1);
        QCOMPARE(micro(large.at(0).toObject(), "bills"), 2);
        QCOMPARE(large.at(0).toObject().value(QStringLiteral("month")).toString(),
            QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM")));
        QCOMPARE(m_program->json(words("bills --text second-y")).object().value(QStringLiteral("total")).toInt(), 1);
        QCOMPARE(m_program->json(words("bills --by moon")).code, 2);
    }

    void copiesAndRestores()
    {
        QCOMPARE(m_program->json(words("recharge 10")).code, 0);
        const QString copy = m_program->workspace() + QStringLiteral("/mine.db");
        const CliOutcome made = m_program->json({QStringLiteral("backup"), copy});
        QVERIFY2(made.code == 0, made.words().constData());
        QCOMPARE(made.object().value(QStringLiteral("file")).toString(), copy);
        QCOMPARE(micro(made.object(), "bytes"), QFileInfo(copy).size());
        QCOMPARE(m_program->json(words("recharge 5")).code, 0);
        const CliOutcome restored = m_program->json({QStringLiteral("restore"), copy});
        QVERIFY2(restored.code == 0, restored.words().constData());
        QVERIFY(QFile::exists(restored.object().value(QStringLiteral("kept")).toString()));
        QCOMPARE(micro(m_program->json({QStringLiteral("account")}).object(), "balance_micro"), 10'000'000);
        QCOMPARE(m_program->json({QStringLiteral("audit")}).code, 0);
        // A run that the copy does not know is named, and is no difference: there is nothing to compare it with.
        const QString stray =
            m_program->workspace() + QStringLiteral("/runs/default/11111111-2222-4333-8444-555555555555");
        QVERIFY(QDir().mkpath(stray));
        const CliOutcome audited = m_program->json({QStringLiteral("audit")});
        QCOMPARE(audited.code, 0);
        const QJsonArray unread = audited.object().value(QStringLiteral("unread")).toArray();
        QCOMPARE(unread.size(), 1);
        QVERIFY(unread.at(0).toObject().value(QStringLiteral("message")).toString().contains(stray));
        // Without a name it goes into the workspace's own folder.
        const QString own =
            m_program->json({QStringLiteral("backup")}).object().value(QStringLiteral("file")).toString();
        QVERIFY2(own.startsWith(m_program->workspace() + QStringLiteral("/backups/")), qPrintable(own));
        const CliOutcome refused = m_program->json({QStringLiteral("restore"), m_program->workspace()});
        QVERIFY(refused.code != 0);
    }

    void refusesBadAmounts_data()
    {
        QTest::addColumn<QString>("amount");
        QTest::addColumn<QString>("code");
        QTest::newRow("negative") << QStringLiteral("-5") << QStringLiteral("amount_too_small");
        QTest::newRow("zero") << QStringLiteral("0") << QStringLiteral("amount_too_small");
        QTest::newRow("least") << QStringLiteral("0.009999") << QStringLiteral("amount_too_small");
        QTest::newRow("comma") << QStringLiteral("1,5") << QStringLiteral("amount_invalid");
        QTest::newRow("words") << QStringLiteral("much") << QStringLiteral("amount_invalid");
        QTest::newRow("exponent") << QStringLiteral("1e3") << QStringLiteral("amount_invalid");
        QTest::newRow("precise") << QStringLiteral("0.0000001") << QStringLiteral("amount_too_precise");
        QTest::newRow("large") << QStringLiteral("99999999999999") << QStringLiteral("amount_too_large");
    }
    void refusesBadAmounts()
    {
        QFETCH(QString, amount);
        const CliOutcome outcome = m_program->json({QStringLiteral("recharge"), amount});
        QVERIFY2(outcome.code == 1, outcome.words().constData());
        QTEST(outcome.error(), "code");
        QCOMPARE(m_program->json({QStringLiteral("bills")}).object().value(QStringLiteral("total")).toInt(), 0);
    }

    void corrects()
    {
        const QString bill = m_program->json(words("recharge 10")).object().value(QStringLiteral("id")).toString();
        const CliOutcome outcome = m_program->json({QStringLiteral("correct"), bill.left(8), QStringLiteral("-2.5"),
            QStringLiteral("--note"), QStringLiteral("typed twice")});
        QVERIFY2(outcome.code == 0, outcome.words().constData());
        QCOMPARE(outcome.object().value(QStringLiteral("corrects")).toString(), bill);
        QCOMPARE(micro(outcome.object(), "amount_micro"), -2'500'000);
        QCOMPARE(micro(m_program->json({QStringLiteral("account")}).object(), "balance_micro"), 7'500'000);
        QCOMPARE(m_program
                     ->json({QStringLiteral("correct"), QStringLiteral("ffffffff-0000-4000-8000-000000000000"),
                         QStringLiteral("1"), QStringLiteral("--note"), QStringLiteral("x")})
                     .code,
            3);
        QCOMPARE(m_program->json(words("correct ffff 1 --note x")).code, 3);
        // Another tenant's bill is not this one's to correct.
        QCOMPARE(m_program->run(words("tenant add other")).code, 0);
        const CliOutcome foreign = m_program->json({QStringLiteral("--tenant"), QStringLiteral("other"),
            QStringLiteral("correct"), bill, QStringLiteral("1"), QStringLiteral("--note"), QStringLiteral("x")});
        QVERIFY2(foreign.code == 4, foreign.words().constData());
        QCOMPARE(foreign.error(), QStringLiteral("bill_foreign"));
    }

    void pagesOfBills()
    {
        for (int i = 1; i <= 5; ++i)
            QCOMPARE(m_program->run({QStringLiteral("recharge"), QString::number(i)}).code, 0);
        const QJsonObject first = m_program->json(words("bills --limit 2")).object();
        QCOMPARE(keysOf(first), QStringLiteral("bills next sum sum_micro total"));
        QCOMPARE(first.value(QStringLiteral("total")).toInt(), 5);
        QCOMPARE(micro(first, "sum_micro"), 15'000'000);
        QCOMPARE(first.value(QStringLiteral("bills")).toArray().size(), 2);
        QCOMPARE(keysOf(first.value(QStringLiteral("bills")).toArray().first().toObject()), BillKeys);
        QCOMPARE(micro(first.value(QStringLiteral("bills")).toArray().first().toObject(), "amount_micro"),
            5'000'000); // newest first
        QList<qint64> amounts;
        QString after;
        do {
            QStringList arguments = words("bills --limit 2");
            if (!after.isEmpty())
                arguments += {QStringLiteral("--after"), after};
            const QJsonObject page = m_program->json(arguments).object();
            for (const QJsonValue &bill : page.value(QStringLiteral("bills")).toArray())
                amounts.append(micro(bill.toObject(), "amount_micro"));
            after = page.value(QStringLiteral("next")).toString();
        } while (!after.isEmpty());
        QCOMPARE(amounts, QList<qint64>({5'000'000, 4'000'000, 3'000'000, 2'000'000, 1'000'000}));
    }

    void narrowsBills_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("total");
        QTest::addColumn<int>("code");
        QTest::newRow("all") << QStringList() << 1 << 0;
        QTest::newRow("item") << words("--item recharge") << 1 << 0;
        QTest::newRow("other item") << words("--item run_time") << 0 << 0;
        QTest::newRow("unknown item") << words("--item gold") << -1 << 1;
        QTest::newRow("past") << words("--to 2020-01-01") << 0 << 0;
        QTest::newRow("since") << words("--from 2020-01-01T00:00:00+08:00") << 1 << 0;
        QTest::newRow("future") << words("--from 2999-01-01") << 0 << 0;
        QTest::newRow("no time") << words("--from yesterday") << -1 << 2;
        QTest::newRow("unknown experiment") << words("--experiment nothing") << -1 << 3;
        QTest::newRow("experiment that was deleted")
            << words("--experiment ffffffff-0000-4000-8000-000000000000") << 0 << 0;
    }
    void narrowsBills()
    {
        QFETCH(QStringList, options);
        QCOMPARE(m_program->run(words("recharge 1")).code, 0);
        const CliOutcome outcome = m_program->json(words("bills") + options);
        QTEST(outcome.code, "code");
        if (outcome.code == 0)
            QTEST(outcome.object().value(QStringLiteral("total")).toInt(), "total");
    }

    void writesCsv()
    {
        QCOMPARE(m_program
                     ->run({QStringLiteral("recharge"), QStringLiteral("3"), QStringLiteral("--note"),
                         QStringLiteral("a, \"b\" 中文")})
                     .code,
            0);
        const QString path = m_program->path(QStringLiteral("bills.csv"));
        const CliOutcome outcome = m_program->json({QStringLiteral("bills"), QStringLiteral("--csv"), path});
        QVERIFY2(outcome.code == 0, outcome.words().constData());
        QCOMPARE(outcome.object().value(QStringLiteral("bills")).toInt(), 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY2(text.contains("\"a, \"\"b\"\" 中文\""), text.constData());
        QCOMPARE(m_program->run(words("bills --csv -")).out, text);
        const CliOutcome nowhere = m_program->json(words("bills --csv /nonexistent/x.csv"));
        QCOMPARE(nowhere.code, 1);
        QCOMPARE(nowhere.error(), QStringLiteral("write_failed"));
    }

    void prices()
    {
        const CliOutcome list = m_program->json(words("price list"));
        QVERIFY2(list.code == 0 && !list.array().isEmpty(), list.words().constData());
        const QString keys = QStringLiteral("amount amount_micro created_at item model unit unit_size valid_from");
        QCOMPARE(keysOf(list.array().first().toObject()), keys);
        const CliOutcome set =
            m_program->json(words("price set llm_input_token 2.4 --model qwen-plus --from 2026-01-01"));
        QVERIFY2(set.code == 0, set.words().constData());
        QCOMPARE(keysOf(set.object()), keys);
        QCOMPARE(micro(set.object(), "amount_micro"), 2'400'000);
        QCOMPARE(set.object().value(QStringLiteral("unit_size")).toInt(), 1'000'000);
        QCOMPARE(
            set.object().value(QStringLiteral("valid_from")).toString(), QStringLiteral("2026-01-01T00:00:00.000Z"));
        QCOMPARE(m_program->json(words("price list")).array().size(), list.array().size() + 1);
        QCOMPARE(m_program->json(words("price set recharge 1")).error(), QStringLiteral("item_not_priced"));
        QCOMPARE(m_program->json(words("price set run_time -1")).error(), QStringLiteral("amount_negative"));
        QCOMPARE(m_program->json(words("price set air 1")).error(), QStringLiteral("item_unknown"));
    }

    void auditFindsATamperedBalance()
    {
        QCOMPARE(m_program->run(words("recharge 8")).code, 0);
        const CliOutcome good = m_program->json({QStringLiteral("audit")});
        QVERIFY2(good.code == 0, good.words().constData());
        QCOMPARE(keysOf(good.object()), QStringLiteral("accounts bills differences ok unread"));
        QCOMPARE(good.object().value(QStringLiteral("ok")).toBool(), true);
        QCOMPARE(good.object().value(QStringLiteral("bills")).toInt(), 1);
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("tamper"));
            database.setDatabaseName(m_program->workspace() + QStringLiteral("/society.db"));
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY2(query.exec(QStringLiteral("UPDATE accounts SET balance_micro = 9000000")),
                qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("tamper"));
        const CliOutcome bad = m_program->json({QStringLiteral("audit")});
        QVERIFY2(bad.code == 1, bad.words().constData());
        QCOMPARE(bad.object().value(QStringLiteral("ok")).toBool(), false);
        const QJsonObject difference = bad.object().value(QStringLiteral("differences")).toArray().first().toObject();
        QCOMPARE(keysOf(difference),
            QStringLiteral("code expected expected_micro experiment found found_micro message proposal tenant"));
        QCOMPARE(micro(difference, "expected_micro"), 8'000'000);
        QCOMPARE(micro(difference, "found_micro"), 9'000'000);
        QCOMPARE(difference[QStringLiteral("proposal")][QStringLiteral("kind")].toString(), QStringLiteral("recount"));
        // Only on command.
        QCOMPARE(micro(m_program->json({QStringLiteral("account")}).object(), "balance_micro"), 9'000'000);
        const CliOutcome righted = m_program->json(words("audit --put-right"));
        QVERIFY2(righted.code == 0, righted.words().constData());
        QCOMPARE(righted.object().value(QStringLiteral("ok")).toBool(), true);
        QCOMPARE(micro(m_program->json({QStringLiteral("account")}).object(), "balance_micro"), 8'000'000);
    }

    void saysThatTheDatabaseIsLocked()
    {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("lock"));
            database.setDatabaseName(m_program->workspace() + QStringLiteral("/society.db"));
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY2(query.exec(QStringLiteral("BEGIN IMMEDIATE")), qPrintable(query.lastError().text()));
            const CliOutcome locked = m_program->json(words("recharge 1"));
            QVERIFY2(locked.code == 7, locked.words().constData());
            QCOMPARE(locked.error(), QStringLiteral("database_locked"));
            QCOMPARE(m_program->run({QStringLiteral("account")}).code, 0); // reading goes on
        }
        QSqlDatabase::removeDatabase(QStringLiteral("lock"));
        QCOMPARE(m_program->run(words("recharge 1")).code, 0);
    }

    void showsHostileTextsHarmless()
    {
        QCOMPARE(m_program
                     ->run({QStringLiteral("recharge"), QStringLiteral("1"), QStringLiteral("--note"),
                         QStringLiteral("\x1b[2Jgone\u202e!")})
                     .code,
            0);
        const CliOutcome plain = m_program->run({QStringLiteral("bills")});
        QVERIFY2(!plain.out.contains('\x1b') && plain.out.contains("gone"), plain.words().constData());
        QVERIFY(!QString::fromUtf8(plain.out).contains(QChar(0x202e)));
    }
};

QTEST_GUILESS_MAIN(TestCliMoney)
#include "tst_climoney.moc"
