// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/logphases.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace society::agentsociety;
using namespace Qt::StringLiterals;

namespace {

QByteArray info(const QByteArray &message)
{
    return "2026-11-24 05:45:29,367 - agentsociety - INFO - " + message;
}

void append(const QString &path, const QByteArray &data)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    file.write(data);
}

} // namespace

class TestLogPhases : public QObject {
    Q_OBJECT

private slots:
    void phasesBeginInOrder();
    void clock();
    void promptsAreNotPhases();
    void readsWhatWasAppended();
    void longLinesCostNothing();
    void shrunkLogIsReadAgain();
    void steps_data();
    void steps();
};

void TestLogPhases::phasesBeginInOrder()
{
    LogProgress progress;
    QCOMPARE(progress.phase, u"runner"_s);
    QStringList seen;
    for (const char *message :
        {"Initializing database writer...", "Database writer initialized", "Initializing LLM...", "LLM initialized",
            "Initializing environment...", "MapData init", "Environment initialized", "Initializing embedding...",
            "agents: len(citizens)=4, len(firms)=1, len(banks)=1, len(nbs)=1, len(governments)=1", "Agents initialized",
            "Running workflow: type: step - description: None", "Closing agent groups...", "Environment closed"}) {
        takeLine(progress, info(message));
        if (seen.isEmpty() || seen.last() != progress.phase)
            seen << progress.phase;
    }
    QCOMPARE(seen, (QStringList{u"database"_s, u"llm"_s, u"environment"_s, u"agents"_s, u"workflow"_s, u"closing"_s}));
    QCOMPARE(seen, QStringList(phaseNames()));
    for (const QString &name : phaseNames())
        QVERIFY2(!phaseLine(name).isEmpty(), qPrintable(name));
    QVERIFY(phaseLine(u"nothing"_s).isEmpty());
    // A phase never goes back.
    takeLine(progress, info("Initializing LLM..."));
    QCOMPARE(progress.phase, u"closing"_s);
}

void TestLogPhases::clock()
{
    LogProgress progress;
    takeLine(progress, info("Running workflow: type: step - description: Half an hour"));
    takeLine(progress, info("Start simulation day 1 at 28801, step 12"));
    QCOMPARE(progress.day, 1);
    QCOMPARE(progress.secondOfDay, 28801);
    QCOMPARE(progress.step, 12);
    // Half a line, or words that are none of these, change nothing.
    const LogProgress before = progress;
    for (const char *message : {"Start simulation day x at 1, step 2", "Start simulation day 1 at 2",
             "Start simulation day 1 at 86400, step 13", "Start simulation day 1 at -1, step 13",
             "Start simulation day 1 at 28802, step 9223372036854775807", "Start simulation day 1 at 28802, step -1",
             "Received 3 messages"})
        takeLine(progress, info(message));
    QCOMPARE(progress, before);
    takeLine(progress, "2026-11-24 05:45:29,367 - agentsociety - ERROR - Simulation error: 99");
    QCOMPARE(progress.error, u"99"_s);
    // Cleaning up after it is another phase.
    takeLine(progress, info("Closing agent groups..."));
    QCOMPARE(progress.phase, u"closing"_s);
    QCOMPARE(progress.errorPhase, u"workflow"_s);
}

void TestLogPhases::promptsAreNotPhases()
{
    LogProgress progress;
    takeLine(progress, "Running workflow: type: step - description: a traceback's text");
    takeLine(progress, "  File \"x.py\", line 1 - Closing agent groups");
    QCOMPARE(progress, LogProgress());
}

void TestLogPhases::readsWhatWasAppended()
{
    const QTemporaryDir folder;
    const QString log = folder.filePath(u"log.txt"_s);
    auto progress = readProgress(log);
    QVERIFY(progress);
    QCOMPARE(*progress, LogProgress()); // no log yet is no error

    append(log, info("Initializing LLM...") + '\n' + info("Start simulation da"));
    progress = readProgress(log, *progress);
    QCOMPARE(progress->phase, u"llm"_s);
    QCOMPARE(progress->step, -1);
    QCOMPARE(progress->offset, info("Initializing LLM...").size() + 1);

    append(log, "y 0 at 28801, step 3\n");
    progress = readProgress(log, *progress);
    QCOMPARE(progress->step, 3);
    QCOMPARE(progress->offset, QFileInfo(log).size());
    QCOMPARE(*readProgress(log, *progress), *progress);
    QCOMPARE(*readProgress(log), *progress); // reading all of it at once gives the same
}

void TestLogPhases::longLinesCostNothing()
{
    const QTemporaryDir folder;
    const QString log = folder.filePath(u"log.txt"_s);
    append(log, QByteArray(3 * 1024 * 1024, 'x') + '\n' + info("Start simulation day 0 at 28801, step 7") + '\n');
    const auto progress = readProgress(log);
    QCOMPARE(progress->step, 7);
    QCOMPARE(progress->offset, QFileInfo(log).size());
}

void TestLogPhases::shrunkLogIsReadAgain()
{
    const QTemporaryDir folder;
    const QString log = folder.filePath(u"log.txt"_s);
    append(log, info("Start simulation day 0 at 28801, step 7") + '\n');
    LogProgress progress;
    progress.offset = 1'000'000;
    progress.step = 99;
    QCOMPARE(readProgress(log, progress)->step, 7);
}

void TestLogPhases::steps_data()
{
    QTest::addColumn<QByteArray>("workflow");
    QTest::addColumn<int>("start");
    QTest::addColumn<qint64>("expected"); // -1: cannot be said
    // As the real engine ran them.
    QTest::newRow("one day from eight") << QByteArray(R"([{"type":"run","days":1}])") << 28800 << qint64(192);
    QTest::newRow("two days") << QByteArray(R"([{"type":"run","days":2,"ticks_per_step":300}])") << 28800
                              << qint64(480);
    QTest::newRow("half a day") << QByteArray(R"([{"type":"run","days":0.5}])") << 28800 << qint64(144);
    QTest::newRow("a day from 23:40") << QByteArray(R"([{"type":"run","days":1}])") << 85200 << qint64(4);
    QTest::newRow("steps") << QByteArray(R"([{"type":"step","steps":3,"ticks_per_step":1},{"type":"step"}])") << 28800
                           << qint64(4);
    QTest::newRow("a part too small to count")
        << QByteArray(R"([{"type":"run","days":1.0005}])") << 28800 << qint64(192);
    QTest::newRow("steps before a day shorten it")
        << QByteArray(R"([{"type":"step","steps":191},{"type":"run","days":1}])") << 28800 << qint64(192);
    QTest::newRow("others count nothing")
        << QByteArray(R"([{"type":"survey"},{"type":"interview"},{"type":"next_round"}])") << 28800 << qint64(0);
    QTest::newRow("null is the default") << QByteArray(R"([{"type":"step","steps":null,"ticks_per_step":null}])")
                                         << 28800 << qint64(1);
    QTest::newRow("empty") << QByteArray("[]") << 28800 << qint64(0);
    QTest::newRow("no ticks") << QByteArray(R"([{"type":"step","ticks_per_step":0}])") << 28800 << qint64(-1);
    QTest::newRow("text") << QByteArray(R"([{"type":"step","steps":"three"}])") << 28800 << qint64(-1);
    QTest::newRow("negative") << QByteArray(R"([{"type":"run","days":-1}])") << 28800 << qint64(-1);
    QTest::newRow("beyond all measure") << QByteArray(R"([{"type":"run","days":1e9,"ticks_per_step":1}])") << 28800
                                        << qint64(-1);
    QTest::newRow("steps longer than a day")
        << QByteArray(R"([{"type":"run","days":2,"ticks_per_step":100000}])") << 28800 << qint64(2);
    QTest::newRow("starts before midnight of day 0") << QByteArray(R"([{"type":"run","days":1}])") << -600 << qint64(2);
}

void TestLogPhases::steps()
{
    QFETCH(QByteArray, workflow);
    QFETCH(int, start);
    QFETCH(qint64, expected);
    QCOMPARE(expectedSteps(QJsonDocument::fromJson(workflow).array(), start).value_or(-1), expected);
}

QTEST_GUILESS_MAIN(TestLogPhases)
#include "tst_logphases.moc"
