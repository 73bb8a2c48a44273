// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trial/carrier.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QThread>

#include <csignal>

namespace society::trial {

namespace {

double now()
{
    return static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
}

bool isTerminal(const QString &state)
{
    static const QStringList terminal{
        QStringLiteral("finished"), QStringLiteral("failed"), QStringLiteral("stopped"), QStringLiteral("lost")};
    return terminal.contains(state);
}

} // namespace

Carrier::Carrier(Plan plan, const Folder &folder, const Place &place)
    : m_plan(std::move(plan))
    , m_folder(folder)
    , m_place(place)
    , m_watcher(m_plan, folder, place)
    , m_deadline(m_plan.real ? 1'200'000 : 600'000)
    , m_freeAfterMs(m_plan.moment.ms * 8)
{
}

Carrier::~Carrier() = default;

bool Carrier::carryOut()
{
    m_record.insert(QStringLiteral("token"), m_plan.token);
    m_record.insert(QStringLiteral("workspace"), m_place.workspace());
    m_parts = {{QStringLiteral("llm"), QStringLiteral("Practice model")}, {QStringLiteral("agents"), m_plan.agents},
        {QStringLiteral("map"), QStringLiteral("Practice town")}, {QStringLiteral("workflow"), m_plan.workflow}};
    const QString problem = prepare();
    if (problem.isEmpty()) {
        start();
        follow();
    } else {
        m_record.insert(QStringLiteral("problem"), problem);
    }
    collectStarter();
    if (!m_place.disk().isEmpty())
        emptyDisk(m_place.disk());
    writeRecord();
    return problem.isEmpty() && !m_deadline.hasExpired();
}

const test::CliProgram &Carrier::cli() const
{
    return m_plan.llm == QLatin1String("once") ? m_place.cliWithoutKeys() : m_place.cli();
}

QString Carrier::prepare()
{
    const QByteArray plan = QJsonDocument(m_plan.toJson()).toJson();
    if (!Folder::write(m_folder.file("plan", m_plan.token + QStringLiteral(".json")), plan))
        return QStringLiteral("the plan could not be written");
    QString problem;
    if (m_plan.hasProvider())
        problem = prepareLlm();
    if (problem.isEmpty() && !m_plan.agentsText.isEmpty())
        problem = import("agents", m_plan.agents, m_plan.agentsText, false);
    if (problem.isEmpty() && !m_plan.workflowText.isEmpty())
        problem = import("workflow", m_plan.workflow, m_plan.workflowText, false);
    return problem;
}

/// A provider of the run's own, so that its log tells what it counted for this run.
QString Carrier::prepareLlm()
{
    QStringList options{QStringLiteral("--log"), m_folder.file("provider", m_plan.token + QStringLiteral(".jsonl")),
        QStringLiteral("--latency-ms"), QString::number(m_plan.latencyMs), QStringLiteral("--seed"),
        QString::number(m_plan.seed)};
    if (!m_plan.key.isEmpty()) {
        const QString keyFile = m_folder.file("keys", m_plan.token);
        Folder::write(keyFile, m_plan.key.toLatin1() + '\n');
        options += {QStringLiteral("--api-key-file"), keyFile};
    }
    if (!m_plan.misbehaves.isEmpty()) {
        const QString script = m_folder.file("input", m_plan.token + QStringLiteral("-script.json"));
        Folder::write(script, QJsonDocument(m_plan.misbehaves).toJson());
        options += {QStringLiteral("--script"), script};
    }
    m_provider = std::make_unique<test::ScriptedLlm>(options);
    if (!m_provider->isReady())
        return QStringLiteral("the scripted provider did not come up");
    QJsonArray entries;
    for (int i = 0; i < m_plan.entries; ++i) {
        QJsonObject entry{{QStringLiteral("provider"), QStringLiteral("custom")},
            {QStringLiteral("base_url"), m_provider->baseUrl()},
            {QStringLiteral("model"), QStringLiteral("model-%1-%2").arg(i).arg(m_plan.token)}};
        if (!m_plan.key.isEmpty())
            entry.insert(QStringLiteral("api_key"), m_plan.key);
        entries.append(entry);
    }
    return import("llm", QStringLiteral("llm ") + m_plan.token, QJsonDocument(entries).toJson(),
        m_plan.llm == QLatin1String("public"));
}

QString Carrier::import(const char *kind, const QString &name, const QByteArray &text, bool isPublic)
{
    const QString file = m_folder.file("input", m_plan.token + u'-' + QLatin1String(kind) + QStringLiteral(".json"));
    Folder::write(file, text);
    QStringList arguments{QStringLiteral("config"), QStringLiteral("import"), file, QStringLiteral("--kind"),
        QString::fromLatin1(kind), QStringLiteral("--name"), name};
    if (isPublic)
        arguments.append(QStringLiteral("--public"));
    test::CliOutcome outcome = cli().json(arguments);
    // Four at once on a busy machine: who opens the file of keys may have to be asked again.
    for (int tries = 0; tries < 10 && outcome.error() == QLatin1String("secrets_busy"); ++tries)
        outcome = cli().json(arguments);
    if (outcome.code != 0)
        return QString::fromUtf8(outcome.words());
    // Not by its name: an identical document that is there already keeps its own.
    m_parts.insert(QLatin1String(kind), outcome.array().first().toObject().value(QLatin1String("id")).toString());
    return {};
}

void Carrier::start()
{
    m_record.insert(QStringLiteral("asked_at"), now());
    m_sinceAsked.start();
    if (m_plan.way == QLatin1String("window"))
        startWindow(true);
    else
        startCommand();
}

void Carrier::startCommand()
{
    QStringList arguments{QStringLiteral("--json"), QStringLiteral("run"), QStringLiteral("--name=") + m_plan.name,
        QStringLiteral("--seed"), QString::number(m_plan.seed)};
    for (auto part = m_parts.begin(); part != m_parts.end(); ++part)
        arguments += {QStringLiteral("--") + part.key(), part.value().toString()};
    if (!m_plan.cap.isEmpty())
        arguments += {QStringLiteral("--cap"), m_plan.cap};
    if (m_plan.way == QLatin1String("wait"))
        arguments.append(QStringLiteral("--wait"));
    m_starter = cli().start(arguments);
    if (m_plan.llm == QLatin1String("once"))
        for (int i = 0; i < m_plan.entries; ++i)
            m_starter->write(m_plan.key.toLatin1() + '\n');
    m_starter->closeWriteChannel();
    m_starter->waitForBytesWritten(5000);
}

/// This program as a process that holds the services, as the window does.
void Carrier::startWindow(bool withRun)
{
    m_starter = std::make_unique<QProcess>();
    m_starter->setProcessEnvironment(m_place.cli().environment());
    m_starter->start(QCoreApplication::applicationFilePath(), {QStringLiteral("--window"), m_place.workspace()});
    if (!withRun)
        return;
    QJsonObject request = m_parts;
    request.insert(QStringLiteral("name"), m_plan.name);
    request.insert(QStringLiteral("cap"), m_plan.cap);
    request.insert(QStringLiteral("seed"), static_cast<qint64>(m_plan.seed));
    m_starter->write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    m_starter->waitForBytesWritten(5000);
}

void Carrier::pauseShortly()
{
    constexpr int pauseMs = 25;
    // Without an event loop a QProcess notices what happens only in here.
    if (m_stopper && m_stopper->state() != QProcess::NotRunning)
        m_stopper->waitForFinished(1);
    if (m_starter && m_starter->state() != QProcess::NotRunning && !m_starter->waitForFinished(pauseMs))
        return;
    QThread::msleep(pauseMs);
}

/// The window goes on for ever; a command is done when it has ended.
bool Carrier::isStarterDone() const
{
    return m_plan.way == QLatin1String("window") || m_starter->state() == QProcess::NotRunning;
}

void Carrier::follow()
{
    while (!m_deadline.hasExpired()) {
        pauseShortly();
        m_watcher.look();
        if (m_watcher.runnerEnded() && !m_sinceExit.isValid())
            m_sinceExit.start();
        if (!m_acted && isDue())
            act();
        if (m_filled)
            freeDisk();
        if (m_watcher.isOver() && isStarterDone())
            askState();
        if (isTerminal(m_state))
            return;
        // Refused, or killed before it had made anything: what there may be of it is found at the end of the trial.
        const bool ended =
            m_starter->state() == QProcess::NotRunning ||
            (m_plan.way == QLatin1String("window") && (m_acted || m_starter->peek(4096).contains("\"error\"")));
        if (ended && m_watcher.directory().isEmpty() && m_sinceAsked.elapsed() > 3000)
            return;
        if (!m_watcher.directory().isEmpty() && !m_watcher.hasKeeper() && m_acted && m_sinceAsked.elapsed() > 8000)
            return; // cut short between its directory and its keeper: nobody can say so before a minute has passed
    }
}

bool Carrier::isDue()
{
    const Moment &moment = m_plan.moment;
    if (!m_sinceMoment.isValid()) {
        const bool reached = moment.when == QLatin1String("asked") ||
                             (moment.when == QLatin1String("keeper") && m_watcher.hasKeeper()) ||
                             (moment.when == QLatin1String("calls") && m_watcher.calls() >= moment.calls) ||
                             (moment.when == QLatin1String("exit") && m_watcher.runnerEnded());
        if (!reached)
            return false;
        m_sinceMoment.start();
    }
    // A kill waits for the one who is to die, unless the run has no more of it to come.
    const QString first = m_plan.end.section(u'_', 1, 1);
    const bool early = m_plan.end.startsWith(QLatin1String("kill_")) && moment.when == QLatin1String("keeper") &&
                       first != QLatin1String("window") && first != QLatin1String("cli") && !m_watcher.runnerEnded();
    return m_sinceMoment.elapsed() >= moment.ms && (!early || !m_watcher.process(first).isNull());
}

void Carrier::act()
{
    m_acted = true;
    if (m_plan.end.startsWith(QLatin1String("kill_"))) {
        for (const QString &what : m_plan.end.mid(5).split(u'_'))
            kill(what);
        if (m_plan.end.startsWith(QLatin1String("kill_window")))
            startWindow(false);
    } else if (m_plan.end.startsWith(QLatin1String("stop"))) {
        stop();
    } else if (m_plan.end == QLatin1String("disk_full")) {
        fillDisk(m_place.disk());
        m_filled = true;
        note(QStringLiteral("fill"), {}, true);
    } else if (m_plan.end == QLatin1String("llm_vanishes")) {
        const bool sent = m_provider && ::kill(static_cast<pid_t>(m_provider->pid()), SIGKILL) == 0;
        note(QStringLiteral("provider"), {m_provider ? m_provider->pid() : 0, 0}, sent);
    }
}

void Carrier::kill(const QString &what)
{
    if (what == QLatin1String("window") || what == QLatin1String("cli")) {
        collectStarter();
        const bool lives = m_starter->state() == QProcess::Running;
        const qint64 pid = m_starter->processId();
        m_starter->kill();
        m_starter->waitForFinished(5000);
        note(what, {pid, 0}, lives);
        return;
    }
    const executor::ProcessId process = m_watcher.process(what);
    note(what, process, !process.isNull() && executor::sendSignal(process, SIGKILL));
}

void Carrier::stop()
{
    if (m_watcher.directory().isEmpty())
        return;
    QStringList arguments{QStringLiteral("--json"), QStringLiteral("stop"), m_watcher.id()};
    if (m_plan.graceSeconds >= 0)
        arguments += {QStringLiteral("--grace"), QString::number(m_plan.graceSeconds)};
    m_stopper = m_place.cli().start(arguments);
    m_stopper->closeWriteChannel();
    note(QStringLiteral("stop"), {}, true);
}

/// Somebody makes room again some time after the runner has ended, or when nothing moves any more.
void Carrier::freeDisk()
{
    const bool due = (m_sinceExit.isValid() && m_sinceExit.elapsed() > m_freeAfterMs) ||
                     m_sinceMoment.elapsed() > (m_plan.real ? 40'000 : 20'000);
    if (!due)
        return;
    emptyDisk(m_place.disk());
    m_filled = false;
    note(QStringLiteral("free"), {}, true);
}

void Carrier::askState()
{
    const test::CliOutcome outcome = m_place.cli().json({QStringLiteral("status"), m_watcher.id()});
    const QString state = outcome.object().value(QLatin1String("state")).toString();
    if (outcome.code != 0 && !m_filled)
        m_record.insert(QStringLiteral("status_refused"), QString::fromUtf8(outcome.words()));
    if (isTerminal(state))
        m_state = state;
}

/// What the starter has said so far, for the checker, which looks for keys in it.
void Carrier::collectStarter()
{
    for (auto *process : {m_starter.get(), m_stopper.get()}) {
        if (process == nullptr)
            continue;
        const bool isStopper = process == m_stopper.get();
        if (isStopper && process->state() != QProcess::NotRunning)
            process->waitForFinished(60'000);
        const QString name = isStopper ? QStringLiteral("stop") : QStringLiteral("start");
        QFile said(m_folder.file("said", m_plan.token + u'-' + name));
        if (said.open(QIODevice::Append))
            said.write(process->readAllStandardOutput() + process->readAllStandardError());
        if (process->state() == QProcess::NotRunning && process->exitStatus() == QProcess::NormalExit)
            m_record.insert(name + QStringLiteral("_code"), process->exitCode());
    }
}

void Carrier::note(const QString &deed, const executor::ProcessId &process, bool done)
{
    m_deeds.append(
        QJsonObject{{QStringLiteral("deed"), deed}, {QStringLiteral("pid"), static_cast<qint64>(process.pid)},
            {QStringLiteral("done"), done}, {QStringLiteral("at"), now()}, {QStringLiteral("calls"), m_watcher.calls()},
            {QStringLiteral("runner_ended"), m_watcher.runnerEnded()}});
}

void Carrier::writeRecord()
{
    m_record.insert(QStringLiteral("id"), m_watcher.id());
    m_record.insert(QStringLiteral("state"), m_state);
    m_record.insert(QStringLiteral("deeds"), m_deeds);
    m_record.insert(QStringLiteral("done_at"), now());
    m_record.insert(QStringLiteral("overdue"), m_deadline.hasExpired());
    Folder::write(m_folder.file("done", m_plan.token + QStringLiteral(".json")), QJsonDocument(m_record).toJson());
    if (m_starter && m_starter->state() != QProcess::NotRunning) {
        m_starter->closeWriteChannel(); // the window closes when nobody talks to it any more
        if (!m_starter->waitForFinished(15'000))
            m_starter->kill();
        m_starter->waitForFinished(5000);
    }
}

} // namespace society::trial
