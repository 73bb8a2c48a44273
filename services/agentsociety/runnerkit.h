// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/core/workspace.h"

#include <QString>
#include <atomic>
#include <functional>

namespace society::agentsociety {

/// A runner that was found to work: AgentSociety in a Python environment. A value; any thread.
struct InstalledRunner {
    QString path;             ///< what was adopted or installed: the `agentsociety` script, absolute
    QString interpreter;      ///< the Python that runs it, absolute
    QString version;          ///< of AgentSociety, such as "1.5.7"
    QString communityVersion; ///< of agentsociety-community
    QString pythonVersion;    ///< such as "3.11.2"
    bool inWorkspace = false; ///< installed by us; false: adopted

    bool operator==(const InstalledRunner &) const = default;
};

/// Where a run's people live.
enum class City {
    Practice, ///< our stand-in: straight lines, no roads, no download
    Own,      ///< AgentSociety's own simulator, downloaded by it at the first such run
};

/// "practice" or "own", as records and settings store it.
[[nodiscard]] QString cityName(City city);
/// The reverse. Error: `city_invalid`.
[[nodiscard]] Result<City> cityFromName(const QString &name);

/// The runner of a workspace and what its runs share: `runner/venv`, `runner/installed.json`, `runner/shared/`.
/// Everything here may block (files, child processes): call it in a worker thread or in society-cli, never while
/// painting. It keeps nothing in memory, so any thread may use one object, and several programs one workspace.
class RunnerKit {
public:
    /// Percent 0…100 that never falls, and what is being done, in the user's language.
    using Progress = std::function<void(int percent, const QString &step)>;

    /// The AgentSociety that the workbench was tried with and installs.
    static constexpr auto TestedVersion = "1.5.7";

    explicit RunnerKit(const Workspace &workspace);

    /// The runner in use. A probe costs 3 s of imports, so its outcome is kept in installed.json and asked for again
    /// only when the interpreter or AgentSociety's metadata changed (path, time, size). Errors, in this order:
    /// `runner_missing` (none was installed or adopted), `runner_gone` (it was removed), and those of adopt(). All of
    /// kind Runner.
    [[nodiscard]] Result<InstalledRunner> installed() const;

    /// Takes an existing runner into use: the `agentsociety` script, an interpreter, or the folder of a virtual
    /// environment. Errors: `runner_not_found`, `runner_interpreter` (its first line names none, or one that is not
    /// there), `runner_broken` (it does not answer, or the import fails), `runner_python` (not 3.11 or 3.12),
    /// `runner_community_missing`, `runner_version` (older than 1.5.6 or not 1.5), write errors.
    [[nodiscard]] Result<InstalledRunner> adopt(const QString &path) const;

    /// Installs the pinned runner into `runner/venv` and takes it into use; does nothing but say so where it is whole.
    /// An interrupted installation is completed by the next call and is never taken for a whole one. `cancelled` is
    /// looked at ten times a second and ends the child. Errors: `python_missing`, `python_venv_missing`,
    /// `network_unreachable`, `disk_full`, `cancelled`, `install_busy` (another program is at it), `install_failed`,
    /// those of adopt().
    [[nodiscard]] Result<InstalledRunner> install(const Progress &progress, const std::atomic_bool &cancelled) const;

    /// Writes what runs share, where it is missing or differs: light start, the practice city, the word lists' layout;
    /// and the practice town and people into the workspace's maps and profiles. Needs no runner. Safe to repeat and to
    /// call while runs are in progress. Errors: `write_failed`, `disk_full`.
    [[nodiscard]] Result<> prepareShared() const;

    /// Whether a run in this city needs a download first.
    [[nodiscard]] bool mustDownload(City city) const;

    /// Makes a run's home (0700) with what AgentSociety looks for in it: word lists, simulator (unless it must be
    /// downloaded), and `map.pb`, a link to the map, so that AgentSociety's cache file stays in this home. Call
    /// prepareShared() before. Errors: `runner_missing` (the practice city needs its interpreter), `map_missing`,
    /// `write_failed`, `disk_full`.
    [[nodiscard]] Result<> linkHome(const QString &home, City city, const QString &mapFile) const;

    /// After a run: keeps the simulator that AgentSociety downloaded into this home for later runs. Does nothing where
    /// there is none, a torn one, or one is kept already. Errors: `write_failed`, `disk_full`.
    [[nodiscard]] Result<> keepDownloads(const QString &home) const;

    /// Folder that is first on PYTHONPATH in every run: seeds, and keeps Ray's dashboard away.
    [[nodiscard]] QString startFolder() const;
    /// Folder that holds our stand-in for Ray.
    [[nodiscard]] QString lightFolder() const;
    /// `maps/practice-town.pb` and `profiles/practice-people.json` of the workspace.
    [[nodiscard]] QString practiceTown() const;
    [[nodiscard]] QString practicePeople() const;

private:
    [[nodiscard]] QString shared(const QString &name) const;
    [[nodiscard]] QString recordFile() const;

    Workspace m_workspace;
};

} // namespace society::agentsociety
