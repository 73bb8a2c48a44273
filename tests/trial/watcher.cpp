// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trial/watcher.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

namespace society::trial {

using executor::ProcessId;

Watcher::Watcher(const Plan &plan, const Folder &folder, const Place &place)
    : m_plan(plan)
    , m_place(place)
    , m_accountFile(folder.file("written", plan.token + QStringLiteral(".jsonl")))
{
    for (const QString &name : directories())
        m_foreign.insert(name);
}

QStringList Watcher::directories() const
{
    return QDir(m_place.runs()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Unsorted);
}

void Watcher::look()
{
    if (m_directory.isEmpty())
        findDirectory();
    if (m_directory.isEmpty())
        return;
    if (auto status = executor::readStatus(m_directory))
        m_status = *status;
    if (!m_plan.real)
        readAccount();
    if (m_status && m_status->endedAt.isValid())
        m_ended = true;
    if (m_plan.real) {
        QFile usage(m_directory + QStringLiteral("/usage.jsonl"));
        if (usage.open(QIODevice::ReadOnly))
            m_calls = static_cast<int>(usage.readAll().count('\n')) - 1;
    }
}

/// The one whose record has our name; others are remembered, so that each is opened once.
void Watcher::findDirectory()
{
    for (const QString &name : directories()) {
        if (m_foreign.contains(name))
            continue;
        const QString directory = m_place.runs() + u'/' + name;
        QFile record(directory + QStringLiteral("/record.json"));
        if (!record.open(QIODevice::ReadOnly))
            continue; // not written yet
        const QJsonObject json = QJsonDocument::fromJson(record.readAll()).object();
        if (json.value(QLatin1String("name")).toString().endsWith(u' ' + m_plan.token))
            m_directory = directory;
        else
            m_foreign.insert(name);
    }
}

void Watcher::readAccount()
{
    QFile account(m_accountFile);
    if (!account.open(QIODevice::ReadOnly) || !account.seek(m_read))
        return;
    while (true) {
        const QByteArray line = account.readLine();
        if (!line.endsWith('\n'))
            break;
        m_read += line.size();
        m_calls += line.startsWith("{\"call\"") && line.contains("\"status\": 200") ? 1 : 0;
        m_ended = m_ended || line.startsWith("{\"end\"");
    }
}

bool Watcher::isOver() const
{
    return m_status && (m_status->hasEnded() || (hasKeeper() && !executor::isAlive(m_status->keeper)));
}

ProcessId Watcher::process(const QString &what) const
{
    if (!m_status)
        return {};
    ProcessId found;
    if (what == QLatin1String("keeper"))
        found = m_status->keeper;
    else if (what == QLatin1String("runner"))
        found = m_status->runner;
    else if (what == QLatin1String("gateway"))
        found = m_status->companions.isEmpty() ? ProcessId() : m_status->companions.constFirst().process;
    else if (what == QLatin1String("simulator"))
        found = simulator();
    else if (const auto keeper = procfs::processFacts(m_status->keeper.pid);
             what == QLatin1String("guard") && keeper && keeper->id == m_status->keeper)
        if (const auto guard = procfs::processFacts(keeper->parent); guard && keeper->parent > 1)
            found = guard->id;
    return executor::isAlive(found) ? found : ProcessId();
}

ProcessId Watcher::simulator() const
{
    for (const procfs::ProcessFacts &facts : procfs::familyOf(procfs::allProcesses(), m_status->runner.pid, 0))
        if (procfs::runsProgram(facts.id.pid, "practice_city.py"))
            return facts.id;
    return {};
}

} // namespace society::trial
