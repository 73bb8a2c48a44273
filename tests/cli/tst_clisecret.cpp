// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cliprogram.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace society::test;

namespace {

constexpr char Canary[] = "sk-canary-90ab12cd34ef";

// No raw strings: moc takes a // in one for a comment.
const QByteArray OneEntry = "[{\"provider\": \"qwen\", \"model\": \"qwen-plus\"}]";
const QByteArray TwoEntries = "[{\"provider\": \"qwen\", \"model\": \"qwen-plus\"}, {\"provider\": \"custom\", "
                              "\"base_url\": \"https://x.example/v1\", \"model\": \"m\"}]";
const QByteArray DeadEntry = "[{\"provider\": \"custom\", \"base_url\": \"http://127.0.0.1:9/v1\", \"model\": \"m\"}]";

} // namespace

/// secret: set, list, test, delete; keys in imported files.
class TestCliSecret : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProgram> m_program;

    void usePassphrase()
    {
        m_program->setEnvironment(QStringLiteral("SOCIETY_PASSPHRASE_FILE"),
            m_program->write(QStringLiteral("passphrase"), "a passphrase\n"));
    }
    CliOutcome importLlm(const QByteArray &text)
    {
        const QString file = m_program->write(QStringLiteral("llm.json"), text);
        return m_program->json({QStringLiteral("config"), QStringLiteral("import"), file, QStringLiteral("--kind"),
            QStringLiteral("llm"), QStringLiteral("--name"), QStringLiteral("paid")});
    }
    bool isInWorkspace(const QByteArray &needle) const
    {
        QDirIterator files(m_program->workspace(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(needle))
                return true;
        }
        return false;
    }

private slots:
    void init()
    {
        m_program = std::make_unique<CliProgram>();
        const CliOutcome made = m_program->setUp();
        QVERIFY2(made.code == 0, made.words().constData());
    }

    void keepsAKeyForAnEntryThatHasNone()
    {
        usePassphrase();
        QCOMPARE(importLlm("[{\"provider\": \"qwen\", \"model\": \"qwen-plus\"}, {\"provider\": \"custom\", "
                           "\"base_url\": \"https://x.example/v1\", \"model\": \"m\"}]")
                     .code,
            0);
        const CliOutcome set = m_program->json(words("secret set paid --index 1"), QByteArray(Canary) + "\n");
        QVERIFY2(set.code == 0, set.words().constData());
        QCOMPARE(missingKeys(set.object(), QStringLiteral("id name index kept_in")), QString());
        QCOMPARE(set.object().value(QStringLiteral("kept_in")).toString(), QStringLiteral("file"));
        QVERIFY2(!set.out.contains(Canary) && !set.err.contains(Canary), "the key is shown");
        QVERIFY(!isInWorkspace(Canary));
        const QJsonObject shown = m_program->json(words("config show paid")).object();
        QCOMPARE(shown.value(QStringLiteral("version")).toInt(), 2);
        QVERIFY(shown.value(QStringLiteral("document"))
                    .toArray()
                    .at(1)
                    .toObject()
                    .value(QStringLiteral("api_key"))
                    .toString()
                    .startsWith(u'@'));
        const QJsonArray list = m_program->json(words("secret list")).array();
        QCOMPARE(list.size(), 2); // the other entry's provider asks for a key, and none is stored
        QCOMPARE(keysOf(list.at(1).toObject()), QStringLiteral("id index model name provider stored tenant"));
        QCOMPARE(list.at(0).toObject().value(QStringLiteral("stored")).toBool(), false);
        QCOMPARE(list.at(1).toObject().value(QStringLiteral("index")).toInt(), 1);
        QCOMPARE(list.at(1).toObject().value(QStringLiteral("stored")).toBool(), true);
        // Another key for the same entry makes no new version.
        QCOMPARE(m_program->run(words("secret set paid --index 1"), "sk-another-key").code, 0);
        QCOMPARE(m_program->json(words("config show paid")).object().value(QStringLiteral("version")).toInt(), 2);
        const CliOutcome deleted = m_program->json(words("secret delete paid --index 1"));
        QVERIFY2(deleted.code == 0, deleted.words().constData());
        QCOMPARE(
            m_program->json(words("secret list")).array().first().toObject().value(QStringLiteral("stored")).toBool(),
            false);
        QCOMPARE(m_program->json(words("secret delete paid --index 1")).code, 3);
    }

    void takesKeysOutOfImportedFiles()
    {
        usePassphrase();
        const CliOutcome made = importLlm(
            "[{\"provider\": \"qwen\", \"model\": \"qwen-plus\", \"api_key\": \"" + QByteArray(Canary) + "\"}]");
        QVERIFY2(made.code == 0, made.words().constData());
        QVERIFY(!isInWorkspace(Canary));
        QVERIFY(!m_program->json(words("config show paid")).out.contains(Canary));
        QCOMPARE(
            m_program->json(words("secret list")).array().first().toObject().value(QStringLiteral("stored")).toBool(),
            true);
        const QString file = m_program->path(QStringLiteral("exported.json"));
        QCOMPARE(
            m_program->run({QStringLiteral("config"), QStringLiteral("export"), QStringLiteral("paid"), file}).code, 0);
        QFile exported(file);
        QVERIFY(exported.open(QIODevice::ReadOnly));
        QVERIFY(!exported.readAll().contains(Canary));
    }

    void saysWhereThereIsNoPlace()
    {
        const CliOutcome made = importLlm(
            "[{\"provider\": \"qwen\", \"model\": \"qwen-plus\", \"api_key\": \"" + QByteArray(Canary) + "\"}]");
        QVERIFY2(made.code == 0, made.words().constData());
        QVERIFY2(made.err.contains("SOCIETY_PASSPHRASE_FILE"), made.words().constData());
        QVERIFY(!isInWorkspace(Canary));
        const CliOutcome set = m_program->json(words("secret set paid"), Canary);
        QVERIFY2(set.code == 1, set.words().constData());
        QCOMPARE(set.error(), QStringLiteral("secret_nowhere"));
        QVERIFY(!isInWorkspace(Canary));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<int>("exit");
        QTest::addColumn<QString>("code");
        QTest::newRow("no key") << QStringLiteral("secret set paid") << QByteArray() << 1
                                << QStringLiteral("secret_empty");
        QTest::newRow("blank") << QStringLiteral("secret set paid") << QByteArray(" \n\n") << 1
                               << QStringLiteral("secret_empty");
        QTest::newRow("two lines") << QStringLiteral("secret set paid") << QByteArray("a\nb") << 1
                                   << QStringLiteral("secret_invalid");
        QTest::newRow("no such entry") << QStringLiteral("secret set paid --index 1") << QByteArray("k") << 3
                                       << QStringLiteral("llm_entry_unknown");
        QTest::newRow("no such configuration")
            << QStringLiteral("secret set nothing") << QByteArray("k") << 3 << QStringLiteral("config_not_found");
        QTest::newRow("no LLM") << QStringLiteral("secret set Fourpeople") << QByteArray("k") << 3
                                << QStringLiteral("config_not_found");
    }
    void refuses()
    {
        QFETCH(QString, arguments);
        QFETCH(QByteArray, key);
        usePassphrase();
        QCOMPARE(importLlm(OneEntry).code, 0);
        const CliOutcome outcome = m_program->json(arguments.split(u' '), key);
        QTEST(outcome.code, "exit");
        QTEST(outcome.error(), "code");
    }

    void saysThatThePassphraseIsWrong()
    {
        usePassphrase();
        QCOMPARE(importLlm(OneEntry).code, 0);
        QCOMPARE(m_program->run(words("secret set paid"), Canary).code, 0);
        m_program->write(QStringLiteral("passphrase"), "another");
        const CliOutcome set = m_program->json(words("secret set paid"), "other");
        QVERIFY2(set.code == 1, set.words().constData());
        QVERIFY2(set.err.contains("passphrase"), set.words().constData());
        const CliOutcome doctor = m_program->json({QStringLiteral("doctor")});
        QVERIFY2(doctor.out.contains("passphrase"), doctor.words().constData());
    }

    void testsAnEndpointThatIsDead()
    {
        usePassphrase();
        QCOMPARE(importLlm(DeadEntry).code, 0);
        const CliOutcome outcome = m_program->json(words("secret test paid"));
        QVERIFY2(outcome.code == 1, outcome.words().constData());
        QCOMPARE(keysOf(outcome.object()), QStringLiteral("ok problems"));
        QVERIFY2(outcome.out.contains("llm_unreachable"), outcome.words().constData());
        QCOMPARE(
            m_program->json({QStringLiteral("secret"), QStringLiteral("test"), QStringLiteral("Practice model")}).code,
            0);
    }
};

QTEST_GUILESS_MAIN(TestCliSecret)
#include "tst_clisecret.moc"
