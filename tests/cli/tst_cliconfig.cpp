// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cliprogram.h"

#include <QFile>
#include <QTest>

using namespace society::test;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QByteArray Workflow = "{\"workflow\": [{\"type\": \"step\", \"steps\": 1, \"ticks_per_step\": 300}]}";
const QString ShowKeys = QStringLiteral("kind tenant id name version description updated_at used_by document");

} // namespace

/// config: list, show, import, export, check, save, rename, duplicate, delete.
class TestCliConfig : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProgram> m_program;

    /// Imports a workflow of this name; its id.
    QString workflow(const QString &name, const QByteArray &text = Workflow)
    {
        const QString file = m_program->write(QStringLiteral("workflow.json"), text);
        const CliOutcome made = m_program->json({QStringLiteral("config"), QStringLiteral("import"), file,
            QStringLiteral("--kind"), QStringLiteral("workflow"), QStringLiteral("--name"), name});
        return made.array().first().toObject().value(QStringLiteral("id")).toString();
    }

private slots:
    void init()
    {
        m_program = std::make_unique<CliProgram>();
        const CliOutcome made = m_program->setUp();
        QVERIFY2(made.code == 0, made.words().constData());
    }

    void listsByKind()
    {
        const CliOutcome all = m_program->json(words("config list"));
        QVERIFY2(all.code == 0, all.words().constData());
        QCOMPARE(missingKeys(all.array().first().toObject(),
                     QStringLiteral("kind tenant id name version description updated_at used_by")),
            QString());
        const QJsonArray llms = m_program->json(words("config list --kind llm")).array();
        QCOMPARE(llms.size(), 1);
        QCOMPARE(llms.first().toObject().value(QStringLiteral("name")).toString(), QStringLiteral("Practice model"));
        QCOMPARE(llms.first().toObject().value(QStringLiteral("tenant")).toString(), QString());
        QVERIFY(m_program->run(words("config list")).out.contains("A short morning"));
    }

    void importsOnce()
    {
        const QString file = m_program->write(QStringLiteral("week.json"), Workflow);
        const QStringList import{QStringLiteral("config"), QStringLiteral("import"), file, QStringLiteral("--name"),
            QStringLiteral("一周 week")};
        const CliOutcome first = m_program->json(import);
        QVERIFY2(first.code == 0, first.words().constData());
        const QJsonObject made = first.array().first().toObject();
        QCOMPARE(keysOf(made), QStringLiteral("created id kind name version"));
        QCOMPARE(made.value(QStringLiteral("kind")).toString(), QStringLiteral("workflow"));
        QCOMPARE(made.value(QStringLiteral("created")).toBool(), true);
        const QJsonObject again = m_program->json(import).array().first().toObject();
        QCOMPARE(again.value(QStringLiteral("created")).toBool(), false);
        QCOMPARE(again.value(QStringLiteral("id")), made.value(QStringLiteral("id")));
        // Found by beginning, by name, and by the whole id.
        const QString id = made.value(QStringLiteral("id")).toString();
        for (const QString &reference : {id, id.left(6), QStringLiteral("一周 week")}) {
            const CliOutcome shown = m_program->json({QStringLiteral("config"), QStringLiteral("show"), reference});
            QVERIFY2(shown.code == 0, shown.words().constData());
            QCOMPARE(missingKeys(shown.object(), ShowKeys), QString());
            QCOMPARE(shown.object()
                         .value(QStringLiteral("document"))
                         .toObject()
                         .value(QStringLiteral("workflow"))
                         .toArray()
                         .size(),
                1);
        }
    }

    void refusesBadFiles_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("not JSON") << QByteArray("{\"workflow\": [");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("not UTF-8") << QByteArray("\xff\xfe{}");
        QTest::newRow("a number") << QByteArray("7");
    }
    void refusesBadFiles()
    {
        QFETCH(QByteArray, text);
        const QString file = m_program->write(QStringLiteral("bad.json"), text);
        const CliOutcome outcome = m_program->json({QStringLiteral("config"), QStringLiteral("import"), file});
        QVERIFY2(outcome.code == 1, outcome.words().constData());
        QVERIFY2(!outcome.error().isEmpty(), outcome.words().constData());
        QVERIFY2(outcome.err.contains("bad"), outcome.words().constData());
    }

    void saysThatAFileIsMissing()
    {
        const CliOutcome outcome = m_program->json(words("config import /nonexistent/x.json"));
        QVERIFY2(outcome.code == 3, outcome.words().constData());
        QCOMPARE(outcome.error(), QStringLiteral("file_missing"));
    }

    void savesVersions()
    {
        const QString id = workflow(QStringLiteral("changing"));
        const QString file =
            m_program->write(QStringLiteral("second.json"), "{\"workflow\": [{\"type\": \"step\", \"steps\": 2}]}");
        const CliOutcome saved = m_program->json({QStringLiteral("config"), QStringLiteral("save"), id, file});
        QVERIFY2(saved.code == 0, saved.words().constData());
        QCOMPARE(missingKeys(saved.object(), ShowKeys), QString());
        QCOMPARE(saved.object().value(QStringLiteral("version")).toInt(), 2);
        const QJsonObject first = m_program
                                      ->json({QStringLiteral("config"), QStringLiteral("show"), id,
                                          QStringLiteral("--version"), QStringLiteral("1")})
                                      .object();
        QCOMPARE(first.value(QStringLiteral("version")).toInt(), 1);
        QCOMPARE(first.value(QStringLiteral("document"))
                     .toObject()
                     .value(QStringLiteral("workflow"))
                     .toArray()
                     .first()
                     .toObject()
                     .value(QStringLiteral("steps"))
                     .toInt(),
            1);
        QCOMPARE(m_program
                     ->json({QStringLiteral("config"), QStringLiteral("show"), id, QStringLiteral("--version"),
                         QStringLiteral("9")})
                     .code,
            3);
        const QJsonObject renamed =
            m_program->json({QStringLiteral("config"), QStringLiteral("rename"), id, QStringLiteral("changed")})
                .object();
        QCOMPARE(renamed.value(QStringLiteral("name")).toString(), QStringLiteral("changed"));
        const QJsonObject copy =
            m_program->json({QStringLiteral("config"), QStringLiteral("duplicate"), id, QStringLiteral("copy")})
                .object();
        QVERIFY(copy.value(QStringLiteral("id")).toString() != id);
        QCOMPARE(m_program->json({QStringLiteral("config"), QStringLiteral("duplicate"), id, QStringLiteral("copy")})
                     .error(),
            QStringLiteral("name_taken"));
        const CliOutcome deleted = m_program->json({QStringLiteral("config"), QStringLiteral("delete"), id});
        QCOMPARE(keysOf(deleted.object()), QStringLiteral("deleted id"));
        QCOMPARE(
            m_program->json({QStringLiteral("config"), QStringLiteral("show"), QStringLiteral("changed")}).code, 3);
    }

    void ambiguousReferencesListTheCandidates()
    {
        // Sixteen first digits: among seventeen ids two begin alike, but a reference needs four digits. Names do it.
        const QString own = workflow(QStringLiteral("twice"));
        const QString file = m_program->write(
            QStringLiteral("agents.json"), "{\"citizens\": [{\"agent_class\": \"citizen\", \"number\": 1}]}");
        const QString other =
            m_program
                ->json({QStringLiteral("config"), QStringLiteral("import"), file, QStringLiteral("--kind"),
                    QStringLiteral("agents"), QStringLiteral("--name"), QStringLiteral("twice")})
                .array()
                .first()
                .toObject()
                .value(QStringLiteral("id"))
                .toString();
        const CliOutcome outcome =
            m_program->json({QStringLiteral("config"), QStringLiteral("show"), QStringLiteral("twice")});
        QVERIFY2(outcome.code == 1, outcome.words().constData());
        QCOMPARE(outcome.error(), QStringLiteral("config_ambiguous"));
        QVERIFY2(outcome.err.contains(own.left(8).toUtf8()) && outcome.err.contains(other.left(8).toUtf8()),
            outcome.words().constData());
        QCOMPARE(m_program->json({QStringLiteral("config"), QStringLiteral("show"), own.left(3)}).code, 3);
    }

    void anothersIsForbidden()
    {
        const QString id = workflow(QStringLiteral("mine"));
        QCOMPARE(m_program->run(words("tenant add other")).code, 0);
        const QStringList asOther{QStringLiteral("--tenant"), QStringLiteral("other"), QStringLiteral("config")};
        for (const QStringList &verb : {QStringList{QStringLiteral("show"), id},
                 {QStringLiteral("rename"), id, QStringLiteral("x")}, {QStringLiteral("delete"), id}}) {
            const CliOutcome outcome = m_program->json(asOther + verb);
            QVERIFY2(outcome.code == 4, outcome.words().constData());
            QCOMPARE(outcome.error(), QStringLiteral("config_foreign"));
        }
        QVERIFY(!m_program->run(asOther + QStringList{QStringLiteral("list")}).out.contains("mine"));
    }

    void publicOnesAreChangedOnlyWhenSaid()
    {
        const CliOutcome refused = m_program->json(
            {QStringLiteral("config"), QStringLiteral("rename"), QStringLiteral("A day in town"), QStringLiteral("x")});
        QVERIFY2(refused.code == 4, refused.words().constData());
        QCOMPARE(refused.error(), QStringLiteral("public_read_only"));
        const QString file = m_program->write(QStringLiteral("shared.json"), Workflow);
        QCOMPARE(m_program
                     ->run({QStringLiteral("config"), QStringLiteral("import"), file, QStringLiteral("--name"),
                         QStringLiteral("for all"), QStringLiteral("--public")})
                     .code,
            0);
        QCOMPARE(m_program->json({QStringLiteral("config"), QStringLiteral("show"), QStringLiteral("for all")})
                     .object()
                     .value(QStringLiteral("tenant"))
                     .toString(),
            QString());
        QCOMPARE(m_program
                     ->run({QStringLiteral("config"), QStringLiteral("rename"), QStringLiteral("for all"),
                         QStringLiteral("for everybody"), QStringLiteral("--public")})
                     .code,
            0);
    }

    void exportsPartsAndRunFiles()
    {
        const QString part = m_program->path(QStringLiteral("part.json"));
        QVERIFY(!workflow(QStringLiteral("out")).isEmpty());
        const CliOutcome one =
            m_program->json({QStringLiteral("config"), QStringLiteral("export"), QStringLiteral("out"), part});
        QVERIFY2(one.code == 0, one.words().constData());
        QCOMPARE(keysOf(one.object()), QStringLiteral("file"));
        QCOMPARE(contents(part), Workflow);
        const QString whole = m_program->path(QStringLiteral("run.json"));
        const CliOutcome four =
            m_program->json({QStringLiteral("config"), QStringLiteral("export"), QStringLiteral("Practice model"),
                QStringLiteral("Four people"), QStringLiteral("Practice town"), QStringLiteral("out"), whole});
        QVERIFY2(four.code == 0, four.words().constData());
        const QJsonObject run = QJsonDocument::fromJson(contents(whole)).object();
        QCOMPARE(missingKeys(run, QStringLiteral("llm env map agents exp")), QString());
        QCOMPARE(m_program
                     ->json({QStringLiteral("config"), QStringLiteral("export"), QStringLiteral("Practice model"),
                         QStringLiteral("Four people"), whole})
                     .error(),
            QStringLiteral("export_parts"));
        // What was written is what can be read again.
        const CliOutcome checked = m_program->json({QStringLiteral("config"), QStringLiteral("check"), whole});
        QVERIFY2(checked.code == 0, checked.words().constData());
    }

    void checks_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("exit");
        QTest::newRow("well") << Workflow << QString() << QString() << 0;
        QTest::newRow("unknown key") << QByteArray("{\"workflow\": [{\"type\": \"step\", \"step\": 1}]}")
                                     << QStringLiteral("workflow.0.step") << QStringLiteral("unknown_key") << 0;
        QTest::newRow("wrong type") << QByteArray("{\"workflow\": [{\"type\": \"step\", \"steps\": \"many\"}]}")
                                    << QStringLiteral("workflow.0.steps") << QStringLiteral("wrong_type") << 1;
    }
    void checks()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, path);
        QFETCH(QString, code);
        const QString file = m_program->write(QStringLiteral("checked.json"), text);
        const CliOutcome outcome = m_program->json({QStringLiteral("config"), QStringLiteral("check"), file,
            QStringLiteral("--kind"), QStringLiteral("workflow")});
        QVERIFY2(!outcome.document().isNull(), outcome.words().constData());
        QTEST(outcome.code, "exit");
        QCOMPARE(keysOf(outcome.object()), QStringLiteral("ok problems"));
        QCOMPARE(outcome.object().value(QStringLiteral("ok")).toBool(), outcome.code == 0);
        bool isFound = code.isEmpty();
        for (const QJsonValue &problem : outcome.object().value(QStringLiteral("problems")).toArray()) {
            QCOMPARE(keysOf(problem.toObject()), QStringLiteral("code message path remedy severity"));
            isFound = isFound || (problem.toObject().value(QStringLiteral("code")).toString() == code &&
                                     problem.toObject().value(QStringLiteral("path")).toString() == path);
        }
        QVERIFY2(isFound, outcome.words().constData());
    }

    void findsOutWhatAFileIs()
    {
        const CliOutcome known = m_program->json({QStringLiteral("config"), QStringLiteral("check"),
            m_program->write(QStringLiteral("some.json"), Workflow)});
        QVERIFY2(known.code == 0, known.words().constData());
        const CliOutcome unknown = m_program->json({QStringLiteral("config"), QStringLiteral("check"),
            m_program->write(QStringLiteral("other.json"), "{\"color\": \"blue\"}")});
        QVERIFY2(unknown.code == 1, unknown.words().constData());
        QCOMPARE(unknown.error(), QStringLiteral("kind_unknown"));
    }

    void checksStoredOnesWithoutMoney()
    {
        const QString file = m_program->write(QStringLiteral("llm.json"),
            "[{\"provider\": \"custom\", \"base_url\": \"http://127.0.0.1:9/v1\", \"model\": \"m\"}]");
        QCOMPARE(m_program
                     ->run({QStringLiteral("config"), QStringLiteral("import"), file, QStringLiteral("--kind"),
                         QStringLiteral("llm"), QStringLiteral("--name"), QStringLiteral("own")})
                     .code,
            0);
        const CliOutcome outcome = m_program->json(
            {QStringLiteral("config"), QStringLiteral("check"), QStringLiteral("--llm"), QStringLiteral("own"),
                QStringLiteral("--agents"), QStringLiteral("Four people"), QStringLiteral("--map"),
                QStringLiteral("Practice town"), QStringLiteral("--workflow"), QStringLiteral("A short morning")});
        QVERIFY2(outcome.code == 1, outcome.words().constData()); // nobody answers at that address
        QHash<QString, QString> severities;
        for (const QJsonValue &problem : outcome.object().value(QStringLiteral("problems")).toArray())
            severities.insert(problem.toObject().value(QStringLiteral("code")).toString(),
                problem.toObject().value(QStringLiteral("severity")).toString());
        QCOMPARE(severities.value(QStringLiteral("llm_unreachable")), QStringLiteral("error"));
        QCOMPARE(severities.value(QStringLiteral("funds")), QStringLiteral("warning"));
        QCOMPARE(m_program
                     ->json({QStringLiteral("config"), QStringLiteral("check"), QStringLiteral("--llm"),
                         QStringLiteral("none"), QStringLiteral("--agents"), QStringLiteral("Four people"),
                         QStringLiteral("--map"), QStringLiteral("Practice town"), QStringLiteral("--workflow"),
                         QStringLiteral("A short morning")})
                     .code,
            3);
    }

    void checksMapsAndProfiles()
    {
        const CliOutcome town = m_program->json({QStringLiteral("config"), QStringLiteral("check"),
            m_program->workspace() + QStringLiteral("/maps/practice-town.pb")});
        QVERIFY2(town.code == 0, town.words().constData());
        const CliOutcome torn = m_program->json({QStringLiteral("config"), QStringLiteral("check"),
            m_program->write(QStringLiteral("torn.pb"), "\x0a\xff\xff\xff\xff\x0f")});
        QVERIFY2(torn.code == 1, torn.words().constData());
        const CliOutcome people = m_program->json({QStringLiteral("config"), QStringLiteral("check"),
            m_program->write(QStringLiteral("people.csv"), "id,name\n1,Ann\n1,Bob\n")});
        QVERIFY2(people.code == 1, people.words().constData());
    }

    void showsAHostileDocumentHarmless()
    {
        QVERIFY(!workflow(QStringLiteral("hostile"),
            "{\"workflow\": [{\"type\": \"step\", \"steps\": 1, \"description\": \"\u202e\u009b2J\"}]}")
                     .isEmpty());
        const CliOutcome plain =
            m_program->run({QStringLiteral("config"), QStringLiteral("show"), QStringLiteral("hostile")});
        QCOMPARE(plain.code, 0);
        QVERIFY2(!QString::fromUtf8(plain.out).contains(QChar(0x9b)), plain.words().constData());
    }
};

QTEST_GUILESS_MAIN(TestCliConfig)
#include "tst_cliconfig.moc"
