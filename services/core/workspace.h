// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/ids.h"

#include <QString>

namespace society {

/// The folder that holds everything of one person or lab: database, runs, runner, maps, profiles. A value; any thread.
class Workspace {
public:
    Workspace() = default;
    explicit Workspace(const QString &root);

    /// `SOCIETY_WORKSPACE`, else `$XDG_DATA_HOME/society-workbench`.
    [[nodiscard]] static QString defaultRoot();

    /// Absolute paths, whether there is anything or not. Files: database, secrets; the others are folders.
    [[nodiscard]] const QString &root() const { return m_root; }
    [[nodiscard]] QString database() const { return path("society.db"); }
    [[nodiscard]] QString runner() const { return path("runner"); }
    [[nodiscard]] QString maps() const { return path("maps"); }
    [[nodiscard]] QString profiles() const { return path("profiles"); }
    [[nodiscard]] QString backups() const { return path("backups"); }
    [[nodiscard]] QString secrets() const { return path("secrets.enc"); }
    [[nodiscard]] QString runs() const { return path("runs"); }
    /// `runs/TENANT`, where the public tenant's folder is `_`.
    [[nodiscard]] QString runs(const TenantId &tenant) const;
    [[nodiscard]] QString runDirectory(const TenantId &tenant, const ExperimentId &id) const;

    /// Makes the folders (0700) that are missing. Errors: `write_failed`, `disk_full`.
    [[nodiscard]] Result<> create() const;
    /// Refuses a workspace that has runs, but whose database is gone or empty: a new one would hide them, and what they
    /// cost. Error: `database_gone`.
    [[nodiscard]] Result<> requireDatabase() const;

private:
    [[nodiscard]] QString path(const char *name) const;
    QString m_root;
};

/// Full path of one of our own programs ("society-keeper"): `SOCIETY_BIN`, else beside this program, else in
/// ../libexec/society-workbench. Error: `program_missing`.
[[nodiscard]] Result<QString> findProgram(const QString &name);

} // namespace society
