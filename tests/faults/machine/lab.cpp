// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/machine/lab.h"

#include "services/executor/procfs.h"
#include "tests/support/testworkspace.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/resource.h>

namespace society::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // ms, for what takes a second on an idle machine

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

Lab::Lab(const QString &workspace)
    : m_cli(workspace)
{
}

bool Lab::isReady()
{
    const QString source = qEnvironmentVariable("SOCIETY_SOURCE");
    const QString file = m_cli.write(u"llm.json"_s,
        "[{\"provider\": \"custom\", \"base_url\": \"" + m_llm.baseUrl().toUtf8() + "\", \"model\": \"practice\"}]");
    for (const QStringList &arguments :
        {QStringList{u"setup"_s, u"--runner"_s, source + u"/tests/faults/machine/runner/bin/python3"_s},
            {u"config"_s, u"import"_s, file, u"--kind"_s, u"llm"_s, u"--name"_s, u"own"_s, u"--public"_s},
            {u"recharge"_s, u"100"_s}}) {
        const CliOutcome outcome = m_cli.run(arguments);
        if (outcome.code != 0 || !m_llm.isReady()) {
            qWarning("%s", outcome.words().constData());
            return false;
        }
    }
    return true;
}

QStringList Lab::runArguments(const QString &name)
{
    return {u"run"_s, u"--llm"_s, u"own"_s, u"--agents"_s, u"Four people"_s, u"--map"_s, u"Practice town"_s,
        u"--workflow"_s, u"A short morning"_s, u"--cap"_s, u"0.1"_s, u"--name"_s, name};
}

QString Lab::start(const QString &name)
{
    const CliOutcome outcome = m_cli.json(runArguments(name));
    if (outcome.code != 0)
        qWarning("%s", outcome.words().constData());
    return outcome.object()[u"id"].toString();
}

QStringList Lab::experiments() const
{
    QStringList ids;
    for (const QJsonValue &experiment : m_cli.json({u"experiments"_s}).array())
        ids.append(experiment.toObject()[u"id"].toString());
    return ids;
}

QStringList Lab::runs() const
{
    return QDir(m_cli.workspace() + u"/runs/default"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
}

QString Lab::directory(const QString &id) const
{
    return m_cli.workspace() + u"/runs/default/"_s + id;
}

QJsonObject Lab::shown(const QString &id) const
{
    return m_cli.json({u"status"_s, id}).object();
}

executor::RunStatus Lab::status(const QString &id) const
{
    return executor::readStatus(directory(id)).value_or(executor::RunStatus());
}

QByteArray Lab::log(const QString &id) const
{
    return contentOf(directory(id) + u"/log.txt"_s);
}

bool Lab::says(const QString &id, const QByteArray &text) const
{
    return QTest::qWaitFor([&] { return log(id).contains(text); }, patience);
}

void Lab::go(const QString &id) const
{
    QFile file(directory(id) + u"/go"_s);
    if (!file.open(QIODevice::WriteOnly))
        qWarning("the run's folder cannot be written to");
}

qint64 Lab::process(const QString &id, const QString &name) const
{
    const executor::RunStatus now = status(id);
    if (name == u"keeper")
        return now.keeper.pid;
    if (name == u"gateway")
        return now.companions.value(0).process.pid;
    if (name == u"runner")
        return now.runner.pid;
    if (name == u"guard") {
        const auto keeper = procfs::processFacts(now.keeper.pid);
        return keeper ? keeper->parent : 0;
    }
    for (const procfs::ProcessFacts &facts : procfs::familyOf(procfs::allProcesses(), now.runner.pid, 0))
        if (procfs::runsProgram(facts.id.pid, "practice_city.py"))
            return facts.id.pid;
    return 0;
}

bool Lab::settles() const
{
    const auto over = [this] {
        (void)m_cli.run({u"reconcile"_s});
        const QStringList all = experiments();
        return !all.isEmpty() && std::all_of(all.begin(), all.end(),
                                     [this](const QString &id) { return shown(id)[u"settled"].toBool(); });
    };
    return QTest::qWaitFor(over, patience);
}

bool limitFiles(qint64 pid, int most)
{
    const rlimit limit{static_cast<rlim_t>(most), 4096};
    return ::prlimit(static_cast<pid_t>(pid), RLIMIT_NOFILE, &limit, nullptr) == 0;
}

QList<QJsonObject> callsIn(const QString &usageFile)
{
    QList<QJsonObject> calls;
    const QByteArray text = contentOf(usageFile);
    const QList<QByteArray> lines = text.left(text.lastIndexOf('\n') + 1).split('\n');
    for (const QByteArray &line : lines)
        if (const QJsonObject call = QJsonDocument::fromJson(line).object(); call.contains(u"seq"))
            calls.append(call);
    return calls;
}

void Lab::judgeLog(const QString &id, QStringList &wrongs) const
{
    const QByteArray written = contentOf(QFileInfo(m_cli.workspace()).path() + u"/written-"_s + id);
    QByteArray here = log(id);
    // Python's own words at its end, also where a signal comes before the runner's first line.
    for (QByteArrayView strange : {"Traceback (", "Exception ignored", "object address", "Fatal Python error"})
        if (const qsizetype at = here.indexOf(strange); at >= 0)
            here.truncate(at);
    // The copy is written first, so at a kill it may be a line ahead.
    const qsizetype lastLine = written.lastIndexOf('\n', -2) + 1;
    if (!written.startsWith(here) || here.size() < lastLine)
        wrongs.append(u"the log has %1 bytes of %2: "_s.arg(here.size()).arg(written.size()) + QString::fromUtf8(here));
}

void Lab::judgeBills(const QString &id, QStringList &wrongs) const
{
    qint64 in = 0;
    qint64 out = 0;
    for (const QJsonObject &call : callsIn(directory(id) + u"/usage.jsonl"_s)) {
        in += call[u"tokens_in"].toInteger();
        out += call[u"tokens_out"].toInteger();
    }
    const QJsonArray bills = m_cli.json({u"bills"_s, u"--experiment"_s, id}).object()[u"bills"].toArray();
    QStringList seen;
    for (const QJsonValue &value : bills) {
        const QJsonObject bill = value.toObject();
        const QString item = bill[u"item"].toString();
        if (seen.contains(item))
            wrongs.append(u"billed twice: "_s + item);
        seen.append(item);
        const qint64 quantity = bill[u"quantity"].toInteger();
        if ((item == u"llm_input_token" && quantity != in) || (item == u"llm_output_token" && quantity != out))
            wrongs.append(u"billed %1 %2, used %3 and %4"_s.arg(quantity).arg(item).arg(in).arg(out));
    }
    if (in + out > 0 && !seen.contains(u"llm_input_token"_s))
        wrongs.append(u"tokens were used and not billed"_s);
    if (status(id).hasStarted() && !seen.contains(u"run_time"_s))
        wrongs.append(u"no run time was billed"_s);
}

QString Lab::wrongs(const QString &id) const
{
    QStringList wrongs;
    const QJsonObject state = shown(id);
    const QString word = state[u"state"].toString();
    if (!state[u"settled"].toBool() || state[u"ended_at"].isNull())
        wrongs.append(u"it is not settled, but "_s + word);
    if (word != u"finished" && state[u"reason"].toString().isEmpty())
        wrongs.append(u"no reason is given"_s);
    if (word != u"finished" && word != u"stopped" && state[u"remedy"].toString().isEmpty())
        wrongs.append(u"no remedy is given"_s);
    if (state[u"reason"].toString().contains(u"does not know"_s))
        wrongs.append(state[u"reason"].toString());
    judgeLog(id, wrongs);
    judgeBills(id, wrongs);
    if (const QJsonObject account = m_cli.json({u"account"_s}).object(); account[u"held_micro"].toInteger(-1) != 0)
        wrongs.append(u"a hold is left: "_s + account[u"held"].toString());
    if (const CliOutcome audit = m_cli.run({u"audit"_s}); audit.code != 0)
        wrongs.append(u"audit: "_s + QString::fromUtf8(audit.words()));
    const QStringList left = processesLeftOf(m_cli.workspace());
    if (!left.isEmpty())
        wrongs.append(u"left running: "_s + left.join(u"; "_s));
    return wrongs.join(u'\n');
}

} // namespace society::test
