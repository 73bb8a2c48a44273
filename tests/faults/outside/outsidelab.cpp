// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/outside/outsidelab.h"

#include "services/core/files.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace society::test {

namespace {

using experiment::Experiment;

QJsonObject objectIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QByteArray bytesIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void failTest(const QString &words)
{
    QTest::qFail(qPrintable(words), __FILE__, __LINE__);
}

} // namespace

Result<> HastyExecutor::start(const QString &runDirectory, const QByteArray &secretsJson)
{
    QJsonObject launch = objectIn(runDirectory + QStringLiteral("/launch.json"));
    QJsonArray phases = launch.value(QLatin1String("phases")).toArray();
    for (QJsonValueRef phase : phases) {
        QJsonObject object = phase.toObject();
        if (silentMs >= 0 && object.value(QLatin1String("name")).toString() == u"workflow")
            object.insert(QStringLiteral("silent_ms"), silentMs);
        phase = object;
    }
    launch.insert(QStringLiteral("phases"), phases);
    QJsonObject policy = launch.value(QLatin1String("policy")).toObject();
    if (endStalled)
        policy.insert(QStringLiteral("stalled"), QStringLiteral("end"));
    launch.insert(QStringLiteral("policy"), policy);
    QJsonObject runner = launch.value(QLatin1String("runner")).toObject();
    QJsonObject variables = runner.value(QLatin1String("env")).toObject();
    for (auto it = environment.begin(); it != environment.end(); ++it)
        variables.insert(it.key(), it.value());
    runner.insert(QStringLiteral("env"), variables);
    launch.insert(QStringLiteral("runner"), runner);
    QJsonObject settings = objectIn(runDirectory + QStringLiteral("/gateway.json"));
    for (auto it = gateway.begin(); it != gateway.end(); ++it)
        settings.insert(it.key(), it.value());
    SOCIETY_TRY(writeFileAtomically(runDirectory + QStringLiteral("/launch.json"), QJsonDocument(launch).toJson()));
    SOCIETY_TRY(writeFileAtomically(runDirectory + QStringLiteral("/gateway.json"), QJsonDocument(settings).toJson()));
    if (before)
        before();
    return m_local.start(runDirectory, secretsJson);
}

Result<> HastyExecutor::requestStop(const QString &runDirectory, const executor::StopRequest &request)
{
    return m_local.requestStop(runDirectory, request);
}

executor::Liveness HastyExecutor::liveness(const QString &runDirectory) const
{
    return m_local.liveness(runDirectory);
}

Result<> HastyExecutor::sweep(const QString &runDirectory, const executor::RunStatus &status)
{
    return m_local.sweep(runDirectory, status);
}

Result<executor::RunStatus> HastyExecutor::markLost(const QString &runDirectory, const QDateTime &now)
{
    return m_local.markLost(runDirectory, now);
}

Result<executor::RunStatus> HastyExecutor::markNeverStarted(
    const QString &runDirectory, const QString &id, const QDateTime &now)
{
    return m_local.markNeverStarted(runDirectory, id, now);
}

Counted countedIn(const QString &logFile)
{
    Counted counted;
    for (const QByteArray &line : bytesIn(logFile).split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (object.isEmpty())
            continue;
        ++counted.requests;
        counted.tokensIn += object.value(QLatin1String("prompt_tokens")).toInteger();
        counted.tokensOut += object.value(QLatin1String("completion_tokens")).toInteger();
    }
    return counted;
}

OutsideLab::OutsideLab(Runner runner)
{
    const QString faulty =
        qEnvironmentVariable("SOCIETY_SOURCE") + QStringLiteral("/tests/faults/outside/runner/bin/python3");
    const bool ready =
        m_space.isReady() && (runner == Runner::Real ? m_space.useRealRunner() : m_space.useRunner(faulty));
    if (!ready) {
        m_error = m_space.error();
        return;
    }
    if (const auto paid = m_space.ledger().recharge(TestWorkspace::Tenant, Money::fromMicro(100'000'000)); !paid)
        m_error = paid.error().message;
    m_experiments = std::make_unique<experiment::ExperimentService>(m_space.servicesWith(m_executor));
}

experiment::Request OutsideLab::request(const QString &name, const QString &baseUrl)
{
    experiment::Request request = m_space.practiceRequest();
    request.name = name;
    if (!baseUrl.isEmpty())
        request.llm = m_space.import(config::Kind::Llm, QStringLiteral("LLM of ") + name.left(100),
            "[{\"provider\": \"custom\", \"base_url\": \"" + baseUrl.toLatin1() + "\", \"model\": \"scripted\"}]",
            true);
    return request;
}

Experiment OutsideLab::start(const experiment::Request &request)
{
    const auto started = m_experiments->start(request);
    if (started)
        return *started;
    failTest(request.name + u' ' + started.error().code + QStringLiteral(": ") + started.error().message + u' ' +
             started.error().detail + m_space.error());
    return {};
}

Experiment OutsideLab::ended(const ExperimentId &id, int seconds)
{
    const auto run = m_experiments->waitForEnd(id, seconds);
    if (run)
        return *run;
    failTest(run.error().code + QStringLiteral(": ") + run.error().message);
    return {};
}

QString OutsideLab::judgeWords(const Experiment &run) const
{
    if (!experiment::isEnded(run.state) || !run.settled)
        return QStringLiteral("it is %1, settled: %2").arg(experiment::stateWord(run.state)).arg(run.settled);
    if (run.state == experiment::State::Finished)
        return {};
    const QString reason = experiment::reasonText(run);
    const bool needsRemedy = run.state != experiment::State::Stopped;
    if (reason.isEmpty() || (needsRemedy && experiment::remedyText(run).isEmpty()) || reason.contains(u'{'))
        return QStringLiteral("it says “%1”, remedy “%2” (%3)")
            .arg(reason, experiment::remedyText(run), run.reasonCode);
    return {};
}

QString OutsideLab::judgeBills(const Experiment &run, const Counted &counted)
{
    // Whoever looks again, and whoever reconciles, must find everything done.
    (void)m_experiments->refresh(run.id);
    (void)m_experiments->reconcile();
    const auto bills = m_space.ledger().billsOf(run.tenant, run.id);
    if (!bills)
        return bills.error().message;
    QHash<ledger::Item, qint64> quantities;
    QHash<ledger::Item, int> times;
    Money sum;
    for (const ledger::Bill &bill : *bills) {
        quantities[bill.item] += bill.quantity;
        ++times[bill.item];
        sum = *sum.plus(bill.amount);
    }
    QStringList wrongs;
    for (auto it = times.cbegin(); it != times.cend(); ++it)
        if (it.value() != 1)
            wrongs.append(QStringLiteral("%1 was billed %2 times").arg(ledger::itemWord(it.key())).arg(it.value()));
    const auto compare = [&wrongs](const char *what, qint64 billed, qint64 expected) {
        if (billed != expected)
            wrongs.append(QStringLiteral("%1: %2 instead of %3").arg(QLatin1String(what)).arg(billed).arg(expected));
    };
    compare("tokens in, billed", quantities.value(ledger::Item::InputTokens), counted.tokensIn);
    compare("tokens out, billed", quantities.value(ledger::Item::OutputTokens), counted.tokensOut);
    compare("tokens in, shown", run.tokensIn, counted.tokensIn);
    compare("run time in ms", quantities.value(ledger::Item::RunTime), run.runMs);
    compare("cost", run.cost.micro(), -sum.micro());
    const auto holds = m_space.ledger().holds(run.tenant);
    for (const ledger::Hold &hold : holds.value_or(QList<ledger::Hold>()))
        if (hold.experiment == run.id)
            wrongs.append(QStringLiteral("money is still held"));
    const auto facts = m_experiments->runFacts({});
    const auto audit = facts ? m_space.ledger().audit({}, *facts) : fail(facts.error());
    if (!audit)
        wrongs.append(audit.error().message);
    else
        for (const ledger::Difference &difference : audit->differences)
            // Another run may have ended just now, and nobody has looked at it yet.
            if (difference.experiment.isNull() || difference.experiment == run.id)
                wrongs.append(difference.words);
    return wrongs.join(QStringLiteral("; "));
}

QString OutsideLab::judgeLog(const Experiment &run) const
{
    const QString copy = m_space.workspace().root() + QStringLiteral("/written-") + run.id.text();
    QFile log(run.runDirectory + QStringLiteral("/log.txt"));
    if (!log.open(QIODevice::ReadOnly))
        return QStringLiteral("there is no log");
    if (log.size() > 1 << 30)
        return {}; // a flood: its test looks at it
    const QByteArray bytes = log.readAll();
    if (QFile::exists(copy) && bytesIn(copy) != bytes)
        return QStringLiteral("the log is not what the runner wrote");
    if (!bytes.isEmpty() && (bytes.contains('\0') || !bytes.endsWith('\n')))
        return QStringLiteral("the log is torn: …") + QString::fromUtf8(bytes.right(200));
    return {};
}

QString OutsideLab::wrongs(const ExperimentId &id, const Counted &counted)
{
    const auto run = m_experiments->refresh(id);
    if (!run)
        return run.error().message;
    QStringList all{judgeWords(*run), judgeBills(*run, counted), judgeLog(*run)};
    all.append(processesLeftOf(run->runDirectory));
    all.removeAll(QString());
    if (!all.isEmpty())
        all.append(QStringLiteral("[%1 %2: %3 %4]")
                       .arg(experiment::stateWord(run->state), run->reasonCode, experiment::reasonText(*run),
                           experiment::remedyText(*run)));
    return all.join(QStringLiteral(" | "));
}

} // namespace society::test
