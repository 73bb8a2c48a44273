// SPDX-License-Identifier: GPL-3.0-or-later
// The fault matrix, row “LLM”: what a provider can do to a run of the real AgentSociety, from its first call or in the
// middle; and, with a runner that does not wait, to the bitter end of its retries.
#include "tests/faults/outside/outsidelab.h"
#include "tests/support/scriptedllm.h"

#include "services/core/files.h"

#include <QFile>
#include <QTcpServer>
#include <QTest>

using namespace society;
using namespace society::experiment;
using namespace society::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Middle = 13; // of the about thirty calls of the short sample; the first of the fault

} // namespace

class TestFaultLlm : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_folder.isValid() && m_mute.listen(QHostAddress::LocalHost)); }

    /// What can be known before the start is said then: nothing is begun.
    void refusedAtTheStart_data();
    void refusedAtTheStart();

    /// Sixteen runs, four at a time. A refused key, an address where nobody answers and one that lets every call run
    /// out of time end the run by themselves; of the others the user is told at the third retry, and stops it.
    void realRuns();

    /// Those others again, and nobody stops them: ten tries of a call, each three of the client's own, and the run's
    /// own end. Of AgentSociety's waits in between, minutes, a hundredth is waited.
    void realRunsToTheBitterEnd();

    void toTheBitterEnd_data();
    void toTheBitterEnd();

private:
    [[nodiscard]] std::unique_ptr<ScriptedLlm> provider(const QString &name, const QByteArray &fault, int from) const
    {
        const QString script = m_folder.filePath(name + u".script"_s);
        QByteArray entry = fault;
        entry.replace("FROM", QByteArray::number(from));
        if (!writeFileAtomically(script, "[" + entry + "]"))
            return {};
        auto made = std::make_unique<ScriptedLlm>(QStringList{u"--script"_s, script, u"--log"_s, logOf(name)});
        return made->isReady() ? std::move(made) : nullptr;
    }
    [[nodiscard]] QString logOf(const QString &name) const { return m_folder.filePath(name + u".log"_s); }

    QTemporaryDir m_folder;
    QTcpServer m_mute; // takes connections, and says nothing
};

void TestFaultLlm::refusedAtTheStart_data()
{
    QTest::addColumn<QString>("baseUrl");
    QTest::addColumn<QString>("code");
    QTest::newRow("dead") << u"http://127.0.0.1:1/v1"_s << u"llm_unreachable"_s;
    QTest::newRow("401") << QString() << u"llm_key_refused"_s;
    QTest::newRow("hanging") << u"http://127.0.0.1:%1/v1"_s.arg(m_mute.serverPort()) << u"llm_unreachable"_s;
}

void TestFaultLlm::refusedAtTheStart()
{
    QFETCH(QString, baseUrl);
    QFETCH(QString, code);
    OutsideLab lab(OutsideLab::Runner::Faulty);
    QVERIFY2(lab.isReady(), qPrintable(lab.error()));
    const ScriptedLlm wanting({u"--api-key"_s, u"sk-another"_s});
    QVERIFY(wanting.isReady());
    const auto started = lab.experiments().start(lab.request(u"x"_s, baseUrl.isEmpty() ? wanting.baseUrl() : baseUrl));
    QVERIFY(!started);
    QCOMPARE(started.error().code, code);
    QVERIFY(!started.error().message.isEmpty() && !started.error().remedy.isEmpty());
    Query all;
    all.tenant = TestWorkspace::Tenant;
    QVERIFY(lab.experiments().list(all)->isEmpty());
    QVERIFY(lab.space().ledger().holds(TestWorkspace::Tenant)->isEmpty());
    QCOMPARE(wanting.totals().value(u"requests").toInt(-1), 0); // never a paid call
}

void TestFaultLlm::realRuns()
{
    OutsideLab lab(OutsideLab::Runner::Real);
    QVERIFY2(lab.isReady(), qPrintable(lab.error()));
    lab.executor().gateway = {{u"deadline_ms"_s, 2000}, {u"dead_ms"_s, 1000}};
    const QByteArray words = R"("body": {"error": {"message": "scripted"}})";
    const std::vector<std::pair<const char *, std::pair<QByteArray, const char *>>> faults{
        {"dead", {R"({"from": FROM, "die": true})", "llm_unreachable"}},
        {"401", {R"({"from": FROM, "status": 401, )" + words + "}", "llm_key_refused"}},
        {"hanging", {R"({"from": FROM, "hang": true})", "llm_unreachable"}},
        {"dripping", {R"({"from": FROM, "drip": true})", "llm_unreachable"}},
        {"429", {R"({"from": FROM, "status": 429, )" + words + "}", "llm_retries"}},
        {"500", {R"({"from": FROM, "status": 500, )" + words + "}", "llm_retries"}},
        {"malformed", {R"({"from": FROM, "raw": "<html>busy</html>"})", "llm_retries"}},
        {"half", {R"({"from": FROM, "half": true})", "llm_retries"}},
    };
    struct Case {
        QString name;
        QString code;
        std::unique_ptr<ScriptedLlm> provider;
        ExperimentId id;
        bool isDone = false;
    };
    std::vector<Case> waiting;
    for (const auto &[name, fault] : faults)
        for (const int from : {1, Middle}) {
            Case one;
            one.name = QLatin1String(name) + (from == 1 ? u" from the start"_s : u" in the middle"_s);
            one.code = QLatin1String(fault.second);
            one.provider = provider(one.name, fault.first, from);
            QVERIFY(one.provider);
            waiting.push_back(std::move(one));
        }
    QStringList wrongs;
    const auto look = [&](Case &one) {
        const auto details = lab.experiments().details(one.id);
        if (!details || one.isDone)
            return;
        const Experiment &run = details->experiment;
        if (isEnded(run.state)) {
            one.isDone = true;
            const QString code = one.code == u"llm_retries" ? u"stopped_user"_s : one.code;
            if (run.reasonCode != code)
                wrongs.append(one.name + u": "_s + run.reasonCode + u", "_s + reasonText(run));
            if (const QString wrong = lab.wrongs(run.id, countedIn(logOf(one.name))); !wrong.isEmpty())
                wrongs.append(one.name + u": "_s + wrong);
            const bool anyGood = one.name.endsWith(u"middle");
            if (anyGood != (run.tokensIn > 0))
                wrongs.append(u"%1: %2 tokens"_s.arg(one.name).arg(run.tokensIn));
            return;
        }
        const auto &warnings = details->status.warnings;
        const bool isTold =
            std::any_of(warnings.begin(), warnings.end(), [&](const auto &w) { return w.code == one.code; });
        if (one.code == u"llm_retries" && isTold)
            (void)lab.experiments().requestStop(run.id, 3000);
    };
    constexpr std::size_t atOnce = 4;
    std::size_t started = 0;
    const auto turn = [&] {
        std::size_t running = 0;
        for (std::size_t i = 0; i < started; ++i) {
            look(waiting[i]);
            running += waiting[i].isDone ? 0U : 1U;
        }
        while (running < atOnce && started < waiting.size()) {
            Case &next = waiting[started++];
            next.id = lab.start(lab.request(next.name, next.provider->baseUrl())).id;
            ++running;
        }
        return running == 0;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(turn(), qPrintable(wrongs.join(u'\n')), 400000);
    QCOMPARE(wrongs.join(u'\n'), QString());
}

void TestFaultLlm::realRunsToTheBitterEnd()
{
    OutsideLab lab(OutsideLab::Runner::Real);
    QVERIFY2(lab.isReady(), qPrintable(lab.error()));
    lab.executor().environment = {{u"LD_PRELOAD"_s, QCoreApplication::applicationDirPath() + u"/shortsleeps.so"_s}};
    const QByteArray words = R"("body": {"error": {"message": "scripted"}})";
    struct Case {
        QString name;
        QByteArray fault;
        QString code;
        int from = 1;
        std::unique_ptr<ScriptedLlm> provider = {};
        ExperimentId id = {};
    };
    std::vector<Case> cases;
    for (const int from : {1, Middle}) {
        const QString when = from == 1 ? u" from the start"_s : u" in the middle"_s;
        cases.push_back({u"429 to the end"_s + when, R"({"from": FROM, "status": 429, )" + words + "}",
            u"llm_rate_limited"_s, from});
        cases.push_back(
            {u"500 to the end"_s + when, R"({"from": FROM, "status": 500, )" + words + "}", u"llm_failed"_s, from});
    }
    for (Case &one : cases) {
        one.provider = provider(one.name, one.fault, one.from);
        QVERIFY(one.provider);
        one.id = lab.start(lab.request(one.name, one.provider->baseUrl())).id;
    }
    for (const Case &one : cases) {
        const Experiment run = lab.ended(one.id, 180);
        QVERIFY2(stateWord(run.state) == u"failed" && run.reasonCode == one.code,
            qPrintable(one.name + u": "_s + run.reasonCode + u", "_s + reasonText(run)));
        QCOMPARE(run.tokensIn > 0, one.from > 1);
        QCOMPARE(lab.wrongs(run.id, countedIn(logOf(one.name))), QString());
        QFile log(run.runDirectory + u"/log.txt"_s);
        QVERIFY(log.open(QIODevice::ReadOnly) && log.readAll().contains("Retry 10 of 10"));
        const auto details = lab.experiments().details(run.id);
        QCOMPARE(details->status.warnings.value(0).code, u"llm_retries"_s);
        qInfo("%s: %lld calls, %lld s", qPrintable(one.name), static_cast<long long>(run.calls),
            static_cast<long long>(run.runMs / 1000));
    }
}

void TestFaultLlm::toTheBitterEnd_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QString>("code");
    QTest::newRow("429") << QByteArray(R"({"from": FROM, "status": 429})") << u"llm_rate_limited"_s;
    QTest::newRow("500") << QByteArray(R"({"from": FROM, "status": 500})") << u"llm_failed"_s;
    QTest::newRow("malformed") << QByteArray(R"({"from": FROM, "raw": "<html>busy</html>"})") << u"llm_failed"_s;
    QTest::newRow("half") << QByteArray(R"({"from": FROM, "half": true})") << u"llm_failed"_s;
    QTest::newRow("dropped") << QByteArray(R"({"from": FROM, "drop": true})") << u"llm_failed"_s;
}

void TestFaultLlm::toTheBitterEnd()
{
    QFETCH(QByteArray, fault);
    QFETCH(QString, code);
    OutsideLab lab(OutsideLab::Runner::Faulty);
    QVERIFY2(lab.isReady(), qPrintable(lab.error()));
    for (const int from : {1, 4}) {
        const QString name = u"retries %1 %2"_s.arg(QLatin1String(QTest::currentDataTag())).arg(from);
        const auto llm = provider(name, fault, from);
        QVERIFY(llm);
        const Experiment run = lab.ended(lab.start(lab.request(name, llm->baseUrl())).id);
        QCOMPARE(stateWord(run.state), u"failed"_s);
        QCOMPARE(run.reasonCode, code);
        QCOMPARE(run.calls, from - 1 + 10);
        QCOMPARE(lab.wrongs(run.id, countedIn(logOf(name))), QString());
        const auto details = lab.experiments().details(run.id);
        QVERIFY(!details->status.warnings.isEmpty());
        QCOMPARE(details->status.warnings.first().code, u"llm_retries"_s);
    }
}

QTEST_GUILESS_MAIN(TestFaultLlm)
#include "tst_faultllm.moc"
