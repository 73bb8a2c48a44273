// SPDX-License-Identifier: GPL-3.0-or-later
// The fault matrix, row “Input”: what a person may give to society-cli. It is refused in words, or kept as it is.
#include "services/agentsociety/resultdatabase.h"
#include "tests/cli/cliprogram.h"
#include "tests/support/testworkspace.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

constexpr QChar Quote(0x22);

QString textOf(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The records of a CSV file (RFC 4180), quotes resolved: a reader that is not ours.
QList<QStringList> recordsOf(const QByteArray &csv)
{
    QList<QStringList> records;
    QStringList record;
    QString field;
    bool isQuoted = false;
    const QString text = QString::fromUtf8(csv);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (isQuoted && c == Quote && i + 1 < text.size() && text.at(i + 1) == Quote) {
            field += c;
            ++i;
        } else if (c == Quote) {
            isQuoted = !isQuoted;
        } else if (!isQuoted && c == u',') {
            record.append(std::exchange(field, {}));
        } else if (!isQuoted && c == u'\n') {
            record.append(std::exchange(field, {}));
            records.append(std::exchange(record, {}));
        } else if (isQuoted || c != u'\r') {
            field += c;
        }
    }
    return records;
}

/// Whether a terminal would show each line of it as one, in its order: no control character, nothing that turns the
/// direction of what follows.
bool isTame(const QByteArray &out)
{
    const QString text = QString::fromUtf8(out);
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        return (c.category() == QChar::Other_Control && c != u'\n') || (c >= QChar(0x202a) && c <= QChar(0x202e)) ||
               (c >= QChar(0x2066) && c <= QChar(0x2069)) || c == QChar(0x2028) || c == QChar(0x2029);
    });
}

} // namespace

class TestFaultInput : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_program = std::make_unique<CliProgram>();
        setUp();
    }
    void cleanup()
    {
        const QString root = m_program->workspace();
        m_program.reset();
        QTRY_COMPARE_WITH_TIMEOUT(processesOf(root), QStringList(), 20000);
    }

    /// Whatever is wrong with a run file is named, with its place and what to do, and nothing is begun.
    void namesWhatIsWrong_data()
    {
        QTest::addColumn<QString>("part"); // of a run file, replaced by
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QString &part, const QByteArray &text, const char *code,
                             const char *path, const QString &says = {}) {
            QTest::newRow(name) << part << text << QString::fromLatin1(code) << QString::fromLatin1(path) << says;
        };
        row("wrong type", u"workflow"_s, R"([{"type": "step", "steps": "two"}])", "wrong_type", "exp.workflow.0.steps");
        row("missing map", u"map"_s, R"({"file_path": "nowhere.pb"})", "map_missing", "map.file_path", u"nowhere.pb"_s);
        row("map without areas", u"map"_s, R"({"file_path": "EMPTY"})", "map_no_areas", "map.file_path");
        row("map cut off", u"map"_s, R"({"file_path": "HALF"})", "map_unreadable", "map.file_path");
        row("map cut off between its parts", u"map"_s, R"({"file_path": "AREAS"})", "map_point_missing",
            "map.file_path");
        row("target is an institution", u"workflow"_s,
            R"([{"type": "step"}, {"type": "interview", "target_agent": [1], "interview_message": "x"}])",
            "target_institution", "exp.workflow.1.target_agent");
        row("message first", u"workflow"_s,
            R"([{"type": "message", "target_agent": [5], "intervene_message": "x"}, {"type": "step"}])",
            "message_before_step", "exp.workflow.0");
    }
    void namesWhatIsWrong()
    {
        QFETCH(QString, part);
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        QFETCH(QString, path);
        QFETCH(QString, says);
        const CliOutcome outcome = m_program->json({u"run"_s, runFile(part, text), u"--llm"_s, u"Practice model"_s});
        QVERIFY2(outcome.code == 1, outcome.words().constData());
        QCOMPARE(outcome.error(), code);
        const QJsonObject error = outcome.object().value(u"error").toObject();
        QCOMPARE(textOf(error, "path"), path);
        QVERIFY2(
            !textOf(error, "remedy").isEmpty() && textOf(error, "message").contains(says), outcome.words().constData());
        QVERIFY(m_program->json({u"experiments"_s}).array().isEmpty());
        QVERIFY(!QDir(m_program->workspace() + u"/runs/default"_s).exists());
    }

    void notJson()
    {
        for (const QByteArray &text : {QByteArray("{\"llm\": [}"), QByteArray(), QByteArray("\xff\xfe\x00", 3),
                 QByteArray("{\"llm\": [], \"llm"), QByteArray(1 << 20, '[')}) {
            const CliOutcome outcome = m_program->json({u"run"_s, m_program->write(u"bad.json"_s, text)});
            QVERIFY2(outcome.code == 1, outcome.words().constData());
            const QJsonObject error = outcome.object().value(u"error").toObject();
            QVERIFY2(
                !textOf(error, "message").isEmpty() && !textOf(error, "remedy").isEmpty(), outcome.words().constData());
        }
        QVERIFY(m_program->json({u"experiments"_s}).array().isEmpty());
    }

    /// AgentSociety would pass over it without a word: the nearest known key is named, and the run may begin.
    void namesTheNearestKey()
    {
        const QString file = runFile(u"workflow"_s, R"([{"type": "step", "steps": 1, "tick_per_step": 300}])");
        const CliOutcome checked = m_program->json({u"config"_s, u"check"_s, file});
        bool isNamed = false;
        for (const QJsonValue &problem : checked.object().value(u"problems").toArray())
            if (textOf(problem.toObject(), "code") == u"unknown_key")
                isNamed = textOf(problem.toObject(), "severity") == u"warning" &&
                          (textOf(problem.toObject(), "message") + textOf(problem.toObject(), "remedy"))
                              .contains(u"ticks_per_step");
        QVERIFY2(isNamed, checked.words().constData());
        const CliOutcome run = m_program->json({u"run"_s, file, u"--llm"_s, u"Practice model"_s, u"--wait"_s});
        QVERIFY2(run.code == 0, run.words().constData());
    }

    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isOne");
        QTest::newRow("quotes") << u"O\"Brien's \\\"day\\\" `x` $(y) %1 {z} 100%; DROP TABLE"_s << true;
        QTest::newRow("right to left") << u"مدينة التدريب \u202edlrow\u202c יום 1"_s << true;
        QTest::newRow("200 characters") << QString(200, u'长') << true;
        QTest::newRow("newline") << u"two\nlines"_s << false;
        QTest::newRow("line separator") << u"two\u2028lines"_s << false;
        QTest::newRow("escape") << u"red\u001b[31m"_s << false;
        QTest::newRow("10,000 characters") << QString(10000, u'x') << false;
    }
    /// As a configuration's and as an experiment's name: kept exactly wherever it comes up, or refused at once.
    void names()
    {
        QFETCH(QString, name);
        QFETCH(bool, isOne);
        const QString file = m_program->write(u"w.json"_s, R"({"workflow": [{"type": "step", "steps": 1}]})");
        const QStringList import{u"config"_s, u"import"_s, file, u"--kind"_s, u"workflow"_s, u"--name"_s, name};
        const CliOutcome imported = m_program->json(import);
        QVERIFY2(imported.code == (isOne ? 0 : 1), imported.words().constData());
        const CliOutcome run = m_program->practice(name, {u"--wait"_s});
        if (!isOne) {
            for (const CliOutcome &outcome : {imported, run}) {
                QVERIFY2(outcome.code == 1, outcome.words().constData());
                QCOMPARE(outcome.error(), u"name_invalid"_s);
                QVERIFY(!textOf(outcome.object().value(u"error").toObject(), "remedy").isEmpty());
            }
            QVERIFY(m_program->json({u"experiments"_s}).array().isEmpty());
            return;
        }
        QCOMPARE(textOf(m_program->json({u"config"_s, u"show"_s, name}).object(), "name"), name);
        QVERIFY2(run.code == 0, run.words().constData());
        QCOMPARE(textOf(run.object(), "name"), name);
        const QJsonObject shown = m_program->json({u"status"_s, name}).object(); // found by it, too
        QCOMPARE(textOf(shown, "name"), name);
        QCOMPARE(textOf(m_program->json({u"experiments"_s}).array().first().toObject(), "name"), name);
        const QString id = textOf(shown, "id");
        const society::agentsociety::ResultDatabase results(textOf(shown, "run_directory") + u"/home"_s,
            society::ExperimentId::parse(id).value_or(society::ExperimentId()), u"default"_s);
        QCOMPARE(results.experiment()->name, name); // AgentSociety has had it
        // For people: one line each, in order.
        for (const QStringList &verb : {QStringList{u"experiments"_s}, {u"status"_s, id}, {u"config"_s, u"list"_s},
                 {u"bills"_s, u"--experiment"_s, id}, {u"config"_s, u"show"_s, name}}) {
            const CliOutcome plain = m_program->run(verb);
            QVERIFY2(plain.code == 0 && isTame(plain.out), plain.words().constData());
        }
        const CliOutcome audit = m_program->json({u"audit"_s});
        QVERIFY2(audit.code == 0, audit.words().constData());
    }

    void texts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("quotes") << u"O\"Brien's \\\"day\\\", `x` %1 {z}"_s;
        QTest::newRow("newline") << u"two\nlines\r\nand\ta tab"_s;
        QTest::newRow("right to left") << u"مدينة \u202edlrow\u202c יום"_s;
        QTest::newRow("10,000 characters") << QString(10000, u'长');
        QTest::newRow("a formula") << u"=1+1"_s;
    }
    /// What documents say, names of people among it, may be anything: it reaches the runner, the results and the CSV as
    /// it was written (but for the apostrophe that keeps a spreadsheet from running it).
    void texts()
    {
        QFETCH(QString, text);
        const QByteArray workflow =
            QJsonDocument(QJsonArray{QJsonObject{{u"type"_s, u"step"_s}, {u"steps"_s, 1}, {u"description"_s, text}}})
                .toJson();
        const CliOutcome run =
            m_program->json({u"run"_s, runFile(u"workflow"_s, workflow), u"--llm"_s, u"Practice model"_s, u"--wait"_s});
        QVERIFY2(run.code == 0, run.words().constData());
        const QString id = textOf(run.object(), "id");
        const QJsonObject given = QJsonDocument::fromJson(
            bytesOf(textOf(m_program->json({u"status"_s, id}).object(), "run_directory") + u"/runner.json"_s))
                                      .object();
        QCOMPARE(textOf(given.value(u"exp").toObject().value(u"workflow").toArray().first().toObject(), "description"),
            text);
        QCOMPARE(textOf(m_program->json({u"results"_s, id, u"profile"_s}).array().first().toObject(), "name"), text);
        const QString csv = m_program->path(u"profile.csv"_s);
        QCOMPARE(m_program->json({u"results"_s, id, u"profile"_s, u"--csv"_s, csv}).code, 0);
        QCOMPARE(recordsOf(bytesOf(csv)).at(1).at(1), (text.startsWith(u'=') ? u"'"_s : QString()) + text);
        const CliOutcome plain = m_program->run({u"results"_s, id, u"profile"_s});
        QVERIFY2(plain.code == 0 && isTame(plain.out), plain.words().constData());
    }

    /// A workspace, a file and a CSV in folders with blanks and Chinese signs, quotes among them.
    void paths()
    {
        const QString folder = m_program->path(u"我的 工作区 “a b” 'c' #1"_s);
        QVERIFY(QDir().mkpath(folder));
        CliProgram there(folder + u"/小 城"_s);
        const CliOutcome made = there.json({u"setup"_s, u"--runner"_s, runner()});
        QVERIFY2(made.code == 0, made.words().constData());
        QVERIFY(QFile::copy(there.workspace() + u"/maps/practice-town.pb"_s, folder + u"/地图 1.pb"_s));
        const QString file = folder + u"/运行 文件.json"_s;
        QVERIFY(QFile::rename(runFile(u"map"_s, R"({"file_path": "地图 1.pb"})"), file));
        const CliOutcome run = there.json({u"run"_s, file, u"--llm"_s, u"Practice model"_s, u"--wait"_s});
        QVERIFY2(run.code == 0, run.words().constData());
        const QString id = textOf(run.object(), "id");
        QVERIFY(textOf(there.json({u"status"_s, id}).object(), "run_directory").startsWith(folder));
        const QString csv = folder + u"/结果 1.csv"_s;
        QCOMPARE(there.json({u"results"_s, id, u"profile"_s, u"--csv"_s, csv}).code, 0);
        QCOMPARE(recordsOf(bytesOf(csv)).size(), 2);
        QVERIFY(there.run({u"log"_s, id}).out.contains("Closing agent groups"));
        const CliOutcome audit = there.json({u"audit"_s});
        QVERIFY2(audit.code == 0, audit.words().constData());
        QTRY_COMPARE_WITH_TIMEOUT(processesOf(there.workspace()), QStringList(), 20000);
    }

private:
    void setUp()
    {
        const CliOutcome made = m_program->json({u"setup"_s, u"--runner"_s, runner()});
        QVERIFY2(made.code == 0, made.words().constData());
    }
    [[nodiscard]] static QString runner()
    {
        return qEnvironmentVariable("SOCIETY_SOURCE") + u"/tests/faults/outside/runner/bin/python3"_s;
    }
    /// A run file with one part as it is given; maps that are named in capitals are made beside it.
    [[nodiscard]] QString runFile(const QString &part, QByteArray text) const
    {
        const QByteArray town = bytesOf(m_program->workspace() + u"/maps/practice-town.pb"_s);
        // The header alone; half of the bytes; header and areas, without the places that the areas list.
        (void)m_program->write(u"empty.pb"_s, town.left(2 + static_cast<unsigned char>(town.at(1))));
        (void)m_program->write(u"half.pb"_s, town.left(town.size() / 2));
        (void)m_program->write(u"areas.pb"_s, town.left(placesOf(town)));
        text.replace("EMPTY", "empty.pb").replace("HALF", "half.pb").replace("AREAS", "areas.pb");
        QJsonObject run = QJsonDocument::fromJson(R"({
            "llm": [{"provider": "openai", "api_key": "none", "model": "m"}],
            "agents": {"citizens": [{"agent_class": "citizen", "number": 4}], "firms": [{"agent_class": "firm"}]},
            "map": {}, "exp": {"name": "input", "workflow": [{"type": "step", "steps": 1}]}})")
                              .object();
        run.insert(u"map"_s, QJsonObject{{u"file_path"_s, m_program->workspace() + u"/maps/practice-town.pb"_s}});
        if (part == u"map")
            run.insert(part, QJsonDocument::fromJson(text).object());
        QJsonObject exp = run.value(u"exp").toObject();
        if (part == u"workflow")
            exp.insert(part, QJsonDocument::fromJson(text).array());
        run.insert(u"exp"_s, exp);
        return m_program->write(u"run.json"_s, QJsonDocument(run).toJson());
    }
    /// Where the first place of a map begins (field 6 of the outermost message).
    [[nodiscard]] static qsizetype placesOf(const QByteArray &map)
    {
        qsizetype at = 0;
        while (at < map.size() && map.at(at) != '\x32') {
            qsizetype length = 0;
            int shift = 0;
            do {
                ++at;
                length |= static_cast<qsizetype>(map.at(at) & 0x7f) << shift;
                shift += 7;
            } while ((map.at(at) & 0x80) != 0);
            at += 1 + length;
        }
        return at;
    }

    std::unique_ptr<CliProgram> m_program;
};

QTEST_GUILESS_MAIN(TestFaultInput)
#include "tst_faultinput.moc"
