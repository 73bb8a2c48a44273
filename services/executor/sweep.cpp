// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/sweep.h"

#include "services/core/clock.h"
#include "services/core/files.h"
#include "services/executor/launchspec.h"
#include "services/executor/removable.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace society::executor {

namespace {

using procfs::ProcessFacts;

constexpr int companionGraceMs = 3000;
constexpr int heartbeatMs = 5000;
constexpr int apartMs = 500; ///< between the two looks that must find nothing
constexpr int limitMs = 15000;
constexpr int pauseMs = 20;
constexpr qint64 longestLaunch = 16 << 20;

/// Finds the processes of one run among all of the machine.
class Remains {
public:
    Remains(const QString &runDirectory, const RunStatus &status)
        : m_status(status)
        , m_folder(QFile::encodeName(QFileInfo(runDirectory).canonicalFilePath()).toStdString())
    {
    }

    /// Those that live now.
    [[nodiscard]] std::vector<ProcessFacts> look()
    {
        const std::vector<ProcessFacts> all = procfs::allProcesses();
        std::vector<ProcessFacts> found;
        const auto leader = procfs::processFacts(m_status.runnerSession);
        // While the runner's number is its own, so is the session's. Later it may be another's: then only those count
        // that we knew, or that work in the run's folder.
        const bool sessionIsOurs = leader && leader->id == m_status.runner;
        for (const ProcessFacts &facts : all) {
            if (!facts.isZombie() && (isNamed(facts) || isMember(facts, sessionIsOurs)))
                found.push_back(facts);
        }
        for (const ProcessFacts &facts : all) {
            // The dead keeper's guard has inherited even what left the runner's session, and would give it the grace.
            if (facts.id != m_status.guard || facts.session != facts.id.pid ||
                !procfs::runsProgram(facts.id.pid, "society-keeper"))
                continue;
            for (const ProcessFacts &below : procfs::familyOf(all, facts.id.pid, 0))
                addOnce(found, below);
        }
        addBelow(all, found);
        for (const ProcessFacts &facts : found)
            remember(facts.id);
        return found;
    }

private:
    [[nodiscard]] bool isNamed(const ProcessFacts &facts) const
    {
        const auto &companions = m_status.companions;
        return facts.id == m_status.runner || std::find(m_known.begin(), m_known.end(), facts.id) != m_known.end() ||
               std::any_of(
                   companions.begin(), companions.end(), [&](const auto &other) { return other.process == facts.id; });
    }

    [[nodiscard]] bool isMember(const ProcessFacts &facts, bool sessionIsOurs) const
    {
        if (m_status.runner.isNull() || facts.session != m_status.runnerSession ||
            facts.id.startTicks < m_status.runner.startTicks)
            return false;
        return sessionIsOurs || procfs::worksIn(facts.id.pid, m_folder);
    }

    static void addBelow(const std::vector<ProcessFacts> &all, std::vector<ProcessFacts> &found)
    {
        for (std::size_t i = 0; i < found.size(); ++i) { // grows meanwhile
            for (const ProcessFacts &below : procfs::familyOf(all, found[i].id.pid, 0))
                addOnce(found, below);
        }
    }

    static void addOnce(std::vector<ProcessFacts> &found, const ProcessFacts &facts)
    {
        const auto same = [&](const ProcessFacts &other) { return other.id == facts.id; };
        if (std::none_of(found.begin(), found.end(), same))
            found.push_back(facts);
    }

    void remember(const ProcessId &id)
    {
        if (std::find(m_known.begin(), m_known.end(), id) == m_known.end())
            m_known.push_back(id);
    }

    const RunStatus &m_status;
    std::string m_folder; ///< as processes that work in it see it
    std::vector<ProcessId> m_known;
};

bool isCompanion(const RunStatus &status, const ProcessId &id)
{
    return std::any_of(
        status.companions.begin(), status.companions.end(), [&](const auto &other) { return other.process == id; });
}

QString describe(const std::vector<ProcessFacts> &found)
{
    QStringList texts;
    for (const ProcessFacts &facts : found)
        texts.append(QStringLiteral("%1 (%2)").arg(facts.id.pid).arg(QLatin1Char(facts.state)));
    return texts.join(QStringLiteral(", "));
}

Result<LaunchSpec> readLaunch(const QString &runDirectory)
{
    SOCIETY_ASSIGN(
        const QJsonObject json, readJsonObject(runDirectory + QStringLiteral("/launch.json"), longestLaunch));
    return LaunchSpec::fromJson(json);
}

/// How long the runner may still clean up. It is not signalled here: as its keeper died the kernel sent it the polite
/// signal, and a second one would break its cleaning off. The keeper died some time after its last heartbeat.
qint64 runnerGraceMs(const QString &runDirectory, const RunStatus &status)
{
    const auto launch = readLaunch(runDirectory);
    if (!launch || !status.heartbeatAt.isValid())
        return 0;
    const qint64 since = status.heartbeatAt.msecsTo(SystemClock().now());
    return std::clamp<qint64>(heartbeatMs + launch->graceMs - since, 0, launch->graceMs);
}

} // namespace

Result<> sweepProcesses(const QString &runDirectory, const RunStatus &status)
{
    if (status.bootId != currentBootId())
        return {};
    for (const RunStatus::Companion &companion : status.companions)
        sendSignal(companion.process, SIGTERM);
    Remains remains(runDirectory, status);
    const QDeadlineTimer companionsMayStay(companionGraceMs);
    const qint64 grace = runnerGraceMs(runDirectory, status);
    const QDeadlineTimer runnerMayStay(grace);
    const QDeadlineTimer limit(grace + limitMs);
    bool clean = false;
    for (;;) {
        const std::vector<ProcessFacts> found = remains.look();
        if (found.empty() && clean)
            return {};
        clean = found.empty();
        // What the runner has started it brings down itself, while it may.
        const bool runnerCleans = !runnerMayStay.hasExpired() && isAlive(status.runner);
        for (const ProcessFacts &facts : found) {
            if (isCompanion(status, facts.id) ? companionsMayStay.hasExpired() : !runnerCleans)
                sendSignal(facts.id, SIGKILL);
        }
        if (limit.hasExpired())
            return fail(ErrorKind::Refused, "sweep_failed",
                QCoreApplication::translate("Executor", "Processes of a run whose keeper is gone could not be ended."),
                QCoreApplication::translate("Executor", "End them by hand, or restart the machine."), describe(found));
        QThread::msleep(static_cast<unsigned long>(clean ? apartMs : pauseMs));
    }
}

void removeFolders(const QString &runDirectory)
{
    const auto launch = readLaunch(runDirectory);
    if (!launch)
        return;
    const std::string run = QFile::encodeName(runDirectory).toStdString();
    for (const QString &name : launch->removeAfter) {
        const std::string path = QFile::encodeName(name).toStdString();
        std::error_code error; // links are removed, not followed
        if (procfs::isRemovablePath(path) && !procfs::holdsRun(path, run))
            std::filesystem::remove_all(path, error);
    }
}

} // namespace society::executor
