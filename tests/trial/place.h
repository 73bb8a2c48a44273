// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/cli/cliprogram.h"

#include <QString>
#include <memory>

namespace society::trial {

/// Takes this process, still of one thread, into a mount namespace of its own, so that it may mount small disks: as
/// root, or in a user namespace. Returns what went wrong; empty where it worked.
[[nodiscard]] QString enterMountNamespace();

/// A disk of some megabytes, mounted on `folder` (which is made). Returns what went wrong.
[[nodiscard]] QString mountSmallDisk(const QString &folder);
void unmountSmallDisk(const QString &folder);
/// Leaves not a byte free on the disk that holds `folder`, until emptyDisk().
void fillDisk(const QString &folder);
void emptyDisk(const QString &folder);

/// The folder of a whole trial. Run directories and databases aside, only the trial itself and its checker look at it.
class Folder {
public:
    explicit Folder(QString root);

    [[nodiscard]] const QString &root() const { return m_root; }
    /// ROOT/part/name; parts: plan written done said keys provider input.
    [[nodiscard]] QString file(const char *part, const QString &name) const;
    static bool write(const QString &path, const QByteArray &text);

private:
    QString m_root;
};

/// A workspace with a runner and money, and the command line program on it. One thread.
class Place {
public:
    /// `name` is the workspace's folder; `disk` as in Plan::disk, empty: an ordinary one. The runner is the trial's
    /// own, or the real one.
    Place(const Folder &folder, const QString &name, const QString &disk, bool real);

    /// What went wrong when it was made; empty: nothing.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] QString workspace() const { return m_cli->workspace(); }
    [[nodiscard]] QString runs() const { return workspace() + QStringLiteral("/runs/default"); }
    [[nodiscard]] const test::CliProgram &cli() const { return *m_cli; }
    /// The same program without the passphrase: it cannot keep keys.
    [[nodiscard]] const test::CliProgram &cliWithoutKeys() const { return *m_bare; }
    [[nodiscard]] const QString &disk() const { return m_disk; }

private:
    [[nodiscard]] QString setUp(bool real) const;

    std::unique_ptr<test::CliProgram> m_cli, m_bare;
    QString m_disk; ///< what to fill
    QString m_problem;
};

} // namespace society::trial
