// SPDX-License-Identifier: GPL-3.0-or-later
// What cannot be billed, because its record, its folder or the disk that it is on is away: it waits, and is not given
// away; a person may give it up.
#include "services/core/files.h"
#include "services/experiment/record.h"
#include "services/store/query.h"
#include "tests/experiment/paidworkspace.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <vector>

using namespace society;
using namespace society::experiment;
using namespace society::test;
using namespace Qt::StringLiterals;

/// Runs of a runner that plays AgentSociety, with the real keeper and gateway and an LLM that costs money.
class TestUnbilled : public QObject {
    Q_OBJECT

private slots:
    void init() { m_space = std::make_unique<PaidWorkspace>(); }
    void withoutItsRecord_data();
    void withoutItsRecord();
    void givenUpOnce();
    void outOfReach_data();
    void outOfReach();
    void aDiskThatIsGone();
    void whatCannotBeReadNow_data();
    void whatCannotBeReadNow();
    void callsThatAreGone();
    void givenUpAfterItsHold();
    void aDamagedStatus_data();
    void aDamagedStatus();
    void anEndIsNoLoss();

private:
    /// One that has ended, was seen to, and whose record is gone (to record.json.away).
    [[nodiscard]] Experiment endedWithoutRecord();
    /// As a program has seen it that did not live to see its end.
    void lastSeenRunning(const Experiment &run)
    {
        must(store::execute(m_space->database(),
            u"UPDATE experiments SET phase = 'workflow', state = 'running', started_at = created_at WHERE id = ?"_s,
            {run.id.text()}));
    }
    /// The reasons for which, says the audit, the run has no bill; it finds no difference with it.
    [[nodiscard]] QStringList statedOf(const Experiment &run);

    std::unique_ptr<PaidWorkspace> m_space;
};

void TestUnbilled::withoutItsRecord_data()
{
    QTest::addColumn<QByteArray>("text"); // what stands there instead
    QTest::newRow("gone") << QByteArray();
    QTest::newRow("damaged") << R"({"schema": 1, "pri)"_ba;
    QTest::newRow("of no run") << R"({"schema": 1, "practice": true})"_ba;
    QTest::newRow("of another run") << "another"_ba;
    QTest::newRow("said to be of a practice run") << "practice"_ba;
    QTest::newRow("without its prices") << "no prices"_ba;
    QTest::newRow("with prices of no unit") << "no unit"_ba;
}

/// Nothing is known of prices, nor of what is free: it is not billed for nothing, it waits and is said.
void TestUnbilled::withoutItsRecord()
{
    QFETCH(QByteArray, text);
    const auto changed = [](const QByteArray &record, const QString &key, const QJsonValue &value) {
        QJsonObject object = QJsonDocument::fromJson(record).object();
        object[key] = value;
        return QJsonDocument(object).toJson();
    };
    ledger::Ledger &book = m_space->ledger();
    const Request request = m_space->paidRequest(u"well"_s);
    QVERIFY(book.recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
    const Experiment run = m_space->runToItsEnd(request);
    // As a window has last seen it.
    const Money seen = Money::fromMicro(12'345);
    QVERIFY(store::execute(
        m_space->database(), u"UPDATE experiments SET cost_micro = 12345 WHERE id = ?"_s, {run.id.text()}));
    const QString path = run.runDirectory + u"/record.json"_s;
    const QByteArray record = must(readFile(path, 1 << 24));
    QVERIFY(QFile::remove(path));
    const QByteArray another = changed(record, u"id"_s, ExperimentId::random().text());
    if (text == "another")
        text = another;
    else if (text == "practice")
        text = changed(record, u"practice"_s, true);
    else if (text == "no prices")
        text = changed(record, u"prices"_s, QJsonArray());
    else if (text == "no unit")
        text = QByteArray(record).replace("\"unit_size\"", "\"unit\"");
    if (!text.isEmpty())
        QVERIFY(writeFileAtomically(path, text));

    // Another program, which has not read it before.
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const Experiment ended = must(service.refresh(run.id));
    QCOMPARE(ended.state, State::Finished);
    QVERIFY(!ended.settled);
    QCOMPARE(ended.cost, seen); // not 0
    QVERIFY(must(book.billsOf(TestWorkspace::Tenant, run.id)).isEmpty());
    QCOMPARE(m_space->account().held, Money::fromMicro(1'000'000));
    QCOMPARE(m_space->account().balance, Money::fromMicro(5'000'000));
    const auto details = must(service.details(run.id));
    QVERIFY(details.unsettled);
    QCOMPARE(details.unsettled->code, u"unsettled"_s);
    QVERIFY2(details.unsettled->message.contains(u"“well”"_s), qPrintable(details.unsettled->message));
    QVERIFY(!details.unsettled->message.contains(u'%') && details.unsettled->remedy.contains(u"1.00"_s));
    if (Record::fromJson(text))
        QVERIFY2(details.unsettled->remedy.contains(u"record.json"_s), qPrintable(details.unsettled->remedy));
    QStringList codes;
    for (const auto &difference : must(book.audit({}, must(service.runFacts({})))).differences)
        codes.append(difference.code);
    QCOMPARE(codes, (QStringList{u"not_settled"_s, u"hold_of_ended"_s}));

    // Put back, it is billed in full by the next start of a program.
    QVERIFY(writeFileAtomically(path, record));
    ExperimentService later(m_space->servicesWith(m_space->executor()));
    QVERIFY(later.reconcile());
    const Experiment settled = must(later.refresh(run.id));
    QVERIFY(settled.settled && settled.cost > Money());
    QCOMPARE(m_space->account().held, Money());
    QCOMPARE(m_space->account().balance, must(Money::fromMicro(5'000'000).plus(settled.cost.negated())));

    // By another run's record the audit finds no fault with the bills, but that it could not read this one's.
    QVERIFY(writeFileAtomically(path, another));
    const auto report = must(book.audit({}, must(later.runFacts({}))));
    QVERIFY(report.differences.isEmpty());
    QCOMPARE(report.unread.size(), 1);
}

Experiment TestUnbilled::endedWithoutRecord()
{
    const Request request = m_space->paidRequest(u"well"_s);
    must(m_space->ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
    const Experiment run = m_space->runToItsEnd(request);
    const QString record = run.runDirectory + u"/record.json"_s;
    if (!QFile::rename(record, record + u".away"_s))
        qFatal("There was no record.");
    ExperimentService service(m_space->servicesWith(m_space->executor())); // which has not read it before
    return must(service.refresh(run.id));
}

QStringList TestUnbilled::statedOf(const Experiment &run)
{
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const ledger::AuditReport report = must(m_space->ledger().audit({}, must(service.runFacts({}))));
    for (const ledger::Difference &difference : report.differences)
        if (difference.experiment == run.id)
            qFatal("%s", qPrintable(difference.words));
    QStringList reasons;
    for (const ledger::RunFact &fact : report.unread)
        if (fact.experiment == run.id)
            reasons.append(fact.unread.section(u"without a bill: "_s, 1));
    return reasons;
}

/// Where its record is gone for good a person settles it, with a reason: without a bill, once, and the audit says so.
void TestUnbilled::givenUpOnce()
{
    ledger::Ledger &book = m_space->ledger();
    const Experiment ended = endedWithoutRecord();
    Request request = m_space->practiceRequest();
    request.name = u"sleep"_s;
    request.llm = u"Paid"_s;
    QVERIFY(ended.state == State::Finished && !ended.settled);
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const Experiment living = must(service.start(request));
    QVERIFY(must(service.details(ended.id)).unsettled->remedy.contains(u"abandon"_s));
    QCOMPARE(codeOf(service.abandon(ended.id, u"  "_s)), u"reason_missing"_s);
    QCOMPARE(codeOf(service.abandon(ended.id, QString(20'000, u'x'))), u"note_too_long"_s);
    QCOMPARE(codeOf(service.abandon(living.id, u"gone"_s)), u"experiment_unfinished"_s);
    QVERIFY(QFile::remove(living.runDirectory + u"/record.json"_s)); // it lives all the same
    QCOMPARE(codeOf(service.abandon(living.id, u"gone"_s)), u"experiment_unfinished"_s);
    QCOMPARE(m_space->account().held, Money::fromMicro(2'000'000));

    // By several at once.
    constexpr int Many = 6;
    std::vector<Result<Experiment>> answers(Many, Result<Experiment>(Experiment()));
    std::vector<std::unique_ptr<QThread>> threads;
    for (size_t i = 0; i < Many; ++i)
        threads
            .emplace_back(QThread::create([&, i] { answers.at(i) = service.abandon(ended.id, u"the disk broke"_s); }))
            ->start();
    for (const auto &thread : threads)
        QVERIFY(thread->wait(60'000));
    QMap<QString, int> said;
    for (const Result<Experiment> &answer : answers)
        ++said[codeOf(answer)];
    QCOMPARE(said, (QMap<QString, int>{{QString(), 1}, {u"experiment_settled"_s, Many - 1}}));
    const experiment::Details given = must(service.details(ended.id));
    QCOMPARE(given.experiment.state, State::Finished); // what is known of it stays
    QVERIFY(given.experiment.settled && !given.unsettled);
    QVERIFY2(reasonText(given.experiment).contains(u"the disk broke"_s), qPrintable(reasonText(given.experiment)));
    QVERIFY(must(book.billsOf(TestWorkspace::Tenant, ended.id)).isEmpty());
    QCOMPARE(m_space->account().held, Money::fromMicro(1'000'000));
    QCOMPARE(m_space->account().balance, Money::fromMicro(5'000'000));

    QCOMPARE(statedOf(ended), (QStringList{u"the disk broke"_s}));
    must(service.remove(ended.id));
    QCOMPARE(statedOf(ended), (QStringList{u"the disk broke"_s}));

    // What can be billed after all is billed, and not given up.
    QVERIFY(must(service.stop(living.id, 0)).settled); // its record was read while it was there
}

void TestUnbilled::outOfReach_data()
{
    QTest::addColumn<QString>("disk");    // which folder is on it
    QTest::addColumn<bool>("mountPoint"); // what is left is an empty folder
    QTest::addColumn<QString>("seen");
    for (const QString &disk : {u"all runs"_s, u"the tenant's"_s})
        for (const bool mountPoint : {false, true})
            for (const QString &seen : {u"queued"_s, u"running"_s, u"finished"_s})
                QTest::addRow("%s, %s, seen %s", qPrintable(disk), mountPoint ? "an empty mount point" : "nothing left",
                    qPrintable(seen))
                    << disk << mountPoint << seen;
}

/// The runs' folder is on a disk that is not mounted for a while: nothing is lost by that, and nothing given away.
void TestUnbilled::outOfReach()
{
    QFETCH(QString, disk);
    QFETCH(bool, mountPoint);
    QFETCH(QString, seen);
    const Request request = m_space->paidRequest(u"well"_s);
    must(m_space->ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
    const Experiment run = m_space->runToItsEnd(request);
    const QString record = run.runDirectory + u"/record.json"_s;
    if (seen == u"finished") {
        QVERIFY(QFile::rename(record, record + u".away"_s));
        ExperimentService service(m_space->servicesWith(m_space->executor()));
        QCOMPARE(must(service.refresh(run.id)).state, State::Finished);
        QVERIFY(QFile::rename(record + u".away"_s, record));
    } else if (seen == u"running") {
        lastSeenRunning(run);
    } else { // by nobody, and long ago
        QVERIFY(store::execute(m_space->database(), u"UPDATE experiments SET created_at = ? WHERE id = ?"_s,
            {u"2020-01-01T00:00:00.000Z"_s, run.id.text()}));
    }
    const Workspace &workspace = m_space->workspace();
    const QString folder = disk == u"all runs" ? workspace.runs() : workspace.runs(TestWorkspace::Tenant);
    QVERIFY(QDir().rename(folder, folder + u".unmounted"_s));
    if (mountPoint)
        QVERIFY(QDir().mkdir(folder));
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const State before = must(service.find(TestWorkspace::Tenant, run.id.text())).state;
    // A start makes no folder that would hide what the disk has; it says what to do, and nothing is held for it.
    const auto other = service.start(request);
    QCOMPARE(codeOf(other), u"run_unreachable"_s);
    QVERIFY2(other.error().remedy.contains(u"“well”"_s), qPrintable(other.error().remedy));
    const auto away = service.refresh(run.id);
    QCOMPARE(codeOf(away), u"run_unreachable"_s);
    QVERIFY(away.error().message.contains(run.runDirectory) && away.error().message.contains(u"well"_s));
    QCOMPARE(codeOf(service.reconcile()), u"run_unreachable"_s);
    const experiment::Refreshed refreshed = must(service.refreshUnfinished(TestWorkspace::Tenant));
    QCOMPARE(refreshed.experiments.size(), 1);
    QVERIFY(refreshed.experiments.first().outOfReach);
    const Experiment same = must(service.find(TestWorkspace::Tenant, run.id.text()));
    QVERIFY(same.state == before && !same.settled);
    QCOMPARE(m_space->account().held, Money::fromMicro(1'000'000));
    QCOMPARE(QDir(folder).exists(), mountPoint);
    QVERIFY(!mountPoint || QDir(folder).isEmpty());

    if (mountPoint)
        QVERIFY(QDir().rmdir(folder));
    QVERIFY(QDir().rename(folder + u".unmounted"_s, folder));
    const Experiment ended = must(service.refresh(run.id));
    QVERIFY(ended.state == State::Finished && ended.settled && ended.cost > Money());
    QCOMPARE(m_space->account().balance, must(Money::fromMicro(5'000'000).plus(ended.cost.negated())));
    must(service.start(request));
}

/// Where that disk is gone for good, a person gives up what waited for it; then there are starts again.
void TestUnbilled::aDiskThatIsGone()
{
    const Request request = m_space->paidRequest(u"well"_s);
    must(m_space->ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
    const Experiment run = m_space->runToItsEnd(request);
    lastSeenRunning(run);
    QVERIFY(QDir(m_space->workspace().runs()).removeRecursively());
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    QCOMPARE(codeOf(service.start(request)), u"run_unreachable"_s);
    const Experiment given = must(service.abandon(run.id, u"the disk\nfell"_s));
    QVERIFY(given.state == State::Lost && given.settled && given.cost == Money());
    QVERIFY2(reasonText(given).contains(u"the disk fell"_s), qPrintable(reasonText(given)));
    QCOMPARE(m_space->account().held, Money());
    QCOMPARE(statedOf(run), (QStringList{u"the disk fell"_s}));
    // Only a person knows that the disk will not come back: then the folder is begun anew, as the words say.
    const auto refused = service.start(request);
    QCOMPARE(codeOf(refused), u"run_unreachable"_s);
    QVERIFY2(refused.error().remedy.contains(u"“.runs”"_s), qPrintable(refused.error().remedy));
    const QString folder = m_space->workspace().runs(TestWorkspace::Tenant);
    QVERIFY(QDir().mkpath(folder));
    QCOMPARE(codeOf(service.start(request)), u"run_unreachable"_s); // as an empty mount point
    QVERIFY(writeFileAtomically(folder + u"/.runs"_s, {}));
    const Experiment next = m_space->runToItsEnd(request);
    QVERIFY(must(service.refresh(next.id)).settled);
    // Now that the folder is there, one that is missing in it was removed.
    const Experiment removed = m_space->runToItsEnd(request);
    lastSeenRunning(removed);
    QVERIFY(QDir(next.runDirectory).removeRecursively() && QDir(removed.runDirectory).removeRecursively());
    const Experiment lost = must(service.refresh(removed.id));
    QCOMPARE(lost.reasonCode, u"run_directory_missing"_s);
    QVERIFY(lost.state == State::Lost && lost.settled);
}

void TestUnbilled::whatCannotBeReadNow_data()
{
    QTest::addColumn<QString>("file");  // in the run's folder; "" is the folder, "/.." that of all the tenant's runs
    QTest::addColumn<QByteArray>("as"); // what stands there instead; a folder where empty
    QTest::addColumn<QString>("code");
    QTest::newRow("its record") << u"/record.json"_s << QByteArray() << u"unsettled_unread"_s;
    QTest::newRow("its record, of a newer version")
        << u"/record.json"_s << R"({"schema": 99})"_ba << u"unsettled_unread"_s;
    QTest::newRow("its calls") << u"/usage.jsonl"_s << QByteArray() << u"unsettled_unread"_s;
    QTest::newRow("its calls, of a newer version")
        << u"/usage.jsonl"_s << "{\"schema\": 99}\n"_ba << u"unsettled_unread"_s;
    QTest::newRow("its folder") << QString() << "x"_ba << u"run_unreadable"_s;
    QTest::newRow("the folder above it") << u"/.."_s << "x"_ba << u"run_unreadable"_s;
}

/// What is there, but cannot be read now, is no reason to give anything up.
void TestUnbilled::whatCannotBeReadNow()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, as);
    QFETCH(QString, code);
    const Request request = m_space->paidRequest(u"well"_s);
    must(m_space->ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(5'000'000)));
    const Experiment run = m_space->runToItsEnd(request);
    lastSeenRunning(run);
    const QString path = QDir::cleanPath(run.runDirectory + file);
    QVERIFY(QDir().rename(path, path + u".away"_s));
    QVERIFY(as.isEmpty() ? QDir().mkdir(path) : writeFileAtomically(path, as).has_value());
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const bool isFolder = code == u"run_unreadable";
    if (isFolder) { // nothing tells that it has ended
        QCOMPARE(codeOf(service.refresh(run.id)), code);
        QVERIFY(!must(service.refreshUnfinished(TestWorkspace::Tenant)).experiments.first().outOfReach);
    } else {
        const Details details = must(service.details(run.id));
        QVERIFY(details.unsettled && !details.unsettled->remedy.contains(u"abandon"_s));
        QCOMPARE(details.unsettled->code, code);
        QCOMPARE(details.experiment.state, State::Finished); // its end is known all the same
        QVERIFY(service.refresh(run.id));                    // again and again
    }
    QCOMPARE(codeOf(service.abandon(run.id, u"gone"_s)), isFolder ? u"experiment_unfinished"_s : code);
    QVERIFY(!must(service.find(TestWorkspace::Tenant, run.id.text())).settled);
    QCOMPARE(m_space->account().held, Money::fromMicro(1'000'000));
    // Read again, it is billed.
    QVERIFY(as.isEmpty() ? QDir().rmdir(path) : QFile::remove(path));
    QVERIFY(QDir().rename(path + u".away"_s, path));
    ExperimentService later(m_space->servicesWith(m_space->executor()));
    const Experiment settled = must(later.refresh(run.id));
    QVERIFY(settled.settled && settled.cost > Money());
    QCOMPARE(settled.calls, 3);
    QCOMPARE(m_space->account().held, Money());
}

/// A run that was seen to make calls has made them, whatever becomes of their list: its tokens are not given away.
void TestUnbilled::callsThatAreGone()
{
    const Experiment ended = endedWithoutRecord();
    QCOMPARE(ended.calls, 3);
    const QString record = ended.runDirectory + u"/record.json"_s;
    QVERIFY(QFile::rename(record + u".away"_s, record));
    QVERIFY(QFile::remove(ended.runDirectory + u"/usage.jsonl"_s));
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const Details details = must(service.details(ended.id));
    QVERIFY(details.unsettled && !details.experiment.settled);
    QVERIFY2(details.unsettled->message.contains(u"list of calls"_s), qPrintable(details.unsettled->message));
    QCOMPARE(details.experiment.calls, 3);
    QVERIFY(must(service.abandon(ended.id, u"the disk broke"_s)).settled);
    QCOMPARE(statedOf(ended).size(), 1);
}

/// Its hold may have been given back before: then the reason stands in its row, and the audit names it, too.
void TestUnbilled::givenUpAfterItsHold()
{
    const Experiment ended = endedWithoutRecord();
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    must(service.setNote(ended.id, u"[given_up] by hand?\nof interest"_s));
    must(m_space->ledger().releaseHold(TestWorkspace::Tenant, ended.id, u"it was old"_s));
    QCOMPARE(codeOf(service.abandon(ended.id, QString(3'995, u'x'))), u"note_too_long"_s);
    const Experiment given = must(service.abandon(ended.id, u"the disk broke"_s));
    QCOMPARE(given.note, u"[given_up] the disk broke\n[given_up] by hand?\nof interest"_s);
    QCOMPARE(statedOf(ended), (QStringList{u"the disk broke"_s}));
    must(service.setNote(ended.id, u"another note"_s));
    QCOMPARE(statedOf(ended), (QStringList{u"the disk broke"_s}));
}

void TestUnbilled::aDamagedStatus_data()
{
    QTest::addColumn<QStringList>("without");
    QTest::newRow("no start") << QStringList{u"started_at"_s};
    QTest::newRow("no time") << QStringList{u"run_ms"_s};
    QTest::newRow("neither") << QStringList{u"started_at"_s, u"run_ms"_s};
}

/// What a damaged status no longer tells of the time that a run took is billed as it was last seen.
void TestUnbilled::aDamagedStatus()
{
    QFETCH(QStringList, without);
    const Experiment ended = endedWithoutRecord();
    QVERIFY(ended.runMs > 0 && ended.startedAt.isValid());
    QJsonObject status = must(readJsonObject(ended.runDirectory + u"/status.json"_s, 1 << 20));
    for (const QString &field : without)
        status.remove(field);
    QVERIFY(writeFileAtomically(ended.runDirectory + u"/status.json"_s, QJsonDocument(status).toJson()));
    QVERIFY(QFile::rename(ended.runDirectory + u"/record.json.away"_s, ended.runDirectory + u"/record.json"_s));
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const Experiment settled = must(service.refresh(ended.id));
    QVERIFY(settled.settled);
    QCOMPARE(settled.startedAt, ended.startedAt);
    QCOMPARE(settled.runMs, ended.runMs);
    const QList<ledger::Bill> bills = must(m_space->ledger().billsOf(TestWorkspace::Tenant, ended.id));
    const auto time = std::find_if(
        bills.cbegin(), bills.cend(), [](const ledger::Bill &bill) { return bill.item == ledger::Item::RunTime; });
    QVERIFY(time != bills.cend());
    QCOMPARE(time->quantity, ended.runMs);
    QCOMPARE(statedOf(ended), QStringList()); // the audit sees it in the same way
}

/// One that was seen to finish has finished, whatever becomes of its folder before it is settled.
void TestUnbilled::anEndIsNoLoss()
{
    const Experiment ended = endedWithoutRecord();
    QVERIFY(ended.state == State::Finished && !ended.settled);
    QVERIFY(QFile::remove(ended.runDirectory + u"/status.json"_s));
    QVERIFY(store::execute(m_space->database(), u"UPDATE experiments SET created_at = ? WHERE id = ?"_s,
        {u"2020-01-01T00:00:00.000Z"_s, ended.id.text()})); // not a start that goes on just now
    for (int again = 0; again < 2; ++again) {
        ExperimentService service(m_space->servicesWith(m_space->executor()));
        const Experiment now = must(service.refresh(ended.id));
        QVERIFY(now.state == State::Finished && !now.settled); // it has used something, whatever is left of it
    }
    QVERIFY(QDir(ended.runDirectory).removeRecursively());
    ExperimentService service(m_space->servicesWith(m_space->executor()));
    const Experiment now = must(service.refresh(ended.id));
    QVERIFY(now.settled);
    QCOMPARE(now.state, State::Finished);
    QCOMPARE(now.endedAt, ended.endedAt);
    QCOMPARE(must(service.find(TestWorkspace::Tenant, ended.id.text())).state, State::Finished);
    const QList<ledger::RunFact> unread = must(m_space->ledger().audit({}, must(service.runFacts({})))).unread;
    QCOMPARE(unread.size(), 1);
    QVERIFY2(unread.first().unread.contains(u"was settled without a bill"_s), qPrintable(unread.first().unread));
}

QTEST_GUILESS_MAIN(TestUnbilled)
#include "tst_unbilled.moc"
