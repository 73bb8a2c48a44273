// SPDX-License-Identifier: GPL-3.0-or-later
// How the keeper judges an end, and what it writes down of it.
#include "app/keeper/clocks.h"
#include "app/keeper/json.h"
#include "app/keeper/status.h"
#include "app/keeper/verdict.h"
#include "services/executor/runstatus.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <unistd.h>

using namespace society;
using namespace society::keeper;
using namespace Qt::StringLiterals;

namespace {

/// Clocks that a test sets.
class FakeClocks final : public Clocks {
public:
    [[nodiscard]] Millis wall() const override { return wallNow; }
    [[nodiscard]] Millis monotonic() const override { return monotonicNow; }
    [[nodiscard]] Millis boot() const override { return bootNow; }
    [[nodiscard]] std::string bootId() const override { return "boot"; }

    Millis wallNow = 0;
    Millis monotonicNow = 0;
    Millis bootNow = 0;
};

std::string_view view(const QByteArray &text)
{
    return {text.constData(), static_cast<std::size_t>(text.size())};
}

} // namespace

class KeeperStatus : public QObject {
    Q_OBJECT
private slots:
    void judges_data();
    void judges();
    void writesStatusThatOthersRead();
    void quotes_data();
    void quotes();
    void measuresWithoutSleep();
    void writesTimes_data();
    void writesTimes();
};

void KeeperStatus::judges_data()
{
    QTest::addColumn<int>("exit"); // -1: none
    QTest::addColumn<int>("signal");
    QTest::addColumn<QString>("stop");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<bool>("full");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("well") << 0 << 0 << u""_s << u""_s << false << u"finished finished"_s;
    QTest::newRow("well on a full disk") << 0 << 0 << u""_s << u""_s << true << u"finished finished"_s;
    QTest::newRow("well, stopped late") << 0 << 0 << u"user"_s << u""_s << false << u"finished finished"_s;
    QTest::newRow("stopped") << 1 << 0 << u"user"_s << u""_s << false << u"stopped stopped_user"_s;
    QTest::newRow("stopped by abort") << -1 << 6 << u"budget"_s << u""_s << false << u"stopped stopped_budget"_s;
    QTest::newRow("stopped on a full disk") << 1 << 0 << u"user"_s << u""_s << true << u"stopped stopped_user"_s;
    QTest::newRow("stopped before it began") << -1 << 0 << u"user"_s << u""_s << false << u"stopped stopped_user"_s;
    QTest::newRow("cause") << 1 << 0 << u""_s << u"stalled"_s << false << u"failed stalled"_s;
    QTest::newRow("cause, and well") << 0 << 0 << u""_s << u"companion_died"_s << false << u"failed companion_died"_s;
    QTest::newRow("cause, then a stop") << 1 << 0 << u"user"_s << u"simulator_gone"_s << false
                                        << u"failed simulator_gone"_s;
    QTest::newRow("exit") << 1 << 0 << u""_s << u""_s << false << u"failed exit"_s;
    QTest::newRow("signal") << -1 << 9 << u""_s << u""_s << false << u"failed signal"_s;
    QTest::newRow("full") << 1 << 0 << u""_s << u""_s << true << u"failed disk_full"_s;
}

void KeeperStatus::judges()
{
    QFETCH(int, exit);
    QFETCH(int, signal);
    QFETCH(QString, stop);
    QFETCH(QString, cause);
    QFETCH(bool, full);
    Ending ending;
    if (exit >= 0)
        ending.exitCode = exit;
    if (signal > 0)
        ending.signal = signal;
    ending.stopReason = stop.toStdString();
    if (!cause.isEmpty())
        ending.cause = Trouble{cause.toStdString(), "words"};
    ending.diskFull = full;
    const Verdict verdict = judge(ending);
    QTEST(QString::fromStdString(verdict.outcome + " " + verdict.reasonCode), "verdict");
    QVERIFY(cause.isEmpty() || verdict.reason == "words");
}

void KeeperStatus::writesStatusThatOthersRead()
{
    Status status;
    status.id = "x";
    status.outcome = "failed";
    status.reasonCode = "exit";
    status.reason = "a \"b\"";
    status.keeper = {10, 9'007'199'254'740'993}; // more than a double holds
    status.runner = {11, 12};
    status.companions = {{"gateway", {13, 14}, 15}};
    status.bootId = "boot";
    status.createdAt = status.heartbeatAt = 1'000;
    status.startedAt = 2'000;
    status.exitCode = 3;
    status.stop = Status::Stop{3'000, "user", 10, 3'010};
    status.phases = {{"companions", 1'000}, {"runner", 2'000}};
    status.warnings = {{"stalled", 2'500, 2'600, "d"}, {"odd", 2'700, std::nullopt, "\xFF"}};
    const QByteArray json = QByteArray::fromStdString(status.toJson());
    const auto read = executor::RunStatus::fromJson(QJsonDocument::fromJson(json).object());
    QVERIFY(read.has_value());
    QCOMPARE(read->id, u"x"_s);
    QCOMPARE(read->outcome, executor::Outcome::Failed);
    QCOMPARE(read->phase, u"runner"_s);
    QCOMPARE(read->reason, u"a \"b\""_s);
    QCOMPARE(read->keeper.startTicks, 9'007'199'254'740'993);
    QCOMPARE(read->runnerSession, 11);
    QCOMPARE(read->companions.value(0).port, 15);
    QCOMPARE(read->startedAt.toMSecsSinceEpoch(), 2'000);
    QVERIFY(!read->endedAt.isValid());
    QCOMPARE(read->exitCode, std::optional(3));
    QVERIFY(!read->signal);
    QCOMPARE(read->stop->killAt.toMSecsSinceEpoch(), 3'010);
    QCOMPARE(read->warnings.value(0).until.toMSecsSinceEpoch(), 2'600);
    QCOMPARE(read->warnings.value(1).detail, QString(QChar::ReplacementCharacter));
}

void KeeperStatus::quotes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("read");
    QTest::newRow("plain") << QByteArray("abc") << u"abc"_s;
    QTest::newRow("escapes") << QByteArray("a\"b\\c\n\t\x01\x7f") << u"a\"b\\c\n\t\u0001\u007f"_s;
    QTest::newRow("Chinese") << QByteArray("\xE4\xB8\xAD") << u"中"_s;
    QTest::newRow("beyond 16 bits") << QByteArray("\xF0\x9F\x98\x80") << u"😀"_s;
    QTest::newRow("cut") << QByteArray("a\xE4\xB8") << u"a\uFFFD\uFFFD"_s;
    QTest::newRow("overlong") << QByteArray("\xC0\xAF") << u"\uFFFD\uFFFD"_s;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << u"\uFFFD\uFFFD\uFFFD"_s;
    QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80") << u"\uFFFD\uFFFD\uFFFD\uFFFD"_s;
}

void KeeperStatus::quotes()
{
    QFETCH(QByteArray, text);
    const QByteArray json = "[" + QByteArray::fromStdString(quoted(view(text))) + "]";
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    QTEST(document[0].toString(), "read");
}

void KeeperStatus::measuresWithoutSleep()
{
    FakeClocks clocks;
    clocks.monotonicNow = 1'000;
    clocks.bootNow = 50'000; // the machine slept before
    RunClock run(clocks);
    QCOMPARE(run.ran(), 0);
    run.start();
    clocks.monotonicNow += 5'000;
    clocks.bootNow += 5'000;
    clocks.wallNow -= 3'600'000; // someone sets the clock back
    QCOMPARE(run.ran(), 5'000);
    QCOMPARE(run.suspended(), 0);
    clocks.bootNow += 7'200'000; // two hours of sleep
    clocks.monotonicNow += 100;
    clocks.bootNow += 100;
    QCOMPARE(run.ran(), 5'100);
    QCOMPARE(run.suspended(), 7'200'000);
    run.stop();
    clocks.monotonicNow += 9'000;
    clocks.bootNow += 9'999;
    QCOMPARE(run.ran(), 5'100);
    QCOMPARE(run.suspended(), 7'200'000);
}

void KeeperStatus::writesTimes_data()
{
    QTest::addColumn<Millis>("wall");
    QTest::addColumn<QString>("text");
    QTest::newRow("epoch") << Millis(0) << u"1970-01-01T00:00:00.000Z"_s;
    QTest::newRow("now") << Millis(1'795'500'000'007) << u"2026-11-24T06:00:00.007Z"_s;
    QTest::newRow("leap day") << Millis(1'709'164'800'999) << u"2024-02-29T00:00:00.999Z"_s;
}

void KeeperStatus::writesTimes()
{
    QFETCH(Millis, wall);
    QTEST(QString::fromStdString(toIso(wall)), "text");
}

QTEST_GUILESS_MAIN(KeeperStatus)
#include "tst_keeperstatus.moc"
