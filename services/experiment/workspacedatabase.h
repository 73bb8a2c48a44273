// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/clock.h"
#include "services/core/workspace.h"
#include "services/secrets/secretstore.h"
#include "services/store/members.h"
#include "services/store/transfer.h"

#include <functional>
#include <memory>
#include <optional>

namespace society::experiment {

/// Where the workspace's database is, as its files say: no server is asked.
struct DatabaseWhere {
    QString file;                        ///< where it is, or would be without a server
    std::optional<store::Server> server; ///< nothing: it is the file
    bool hasPassword = false;            ///< one is stored for that login
};

/// What a server answered.
struct DatabaseTest {
    store::Server server;
    store::ServerFacts facts;
    int version = 0;                             ///< of the ledger's tables
    QList<store::Member> roles;                  ///< one's own; empty: none
    std::optional<secrets::Whereabouts> notKept; ///< why the password that was given lives in memory alone
};

/// What has changed places.
struct Moved {
    qint64 rows = 0; ///< of all tables
    qint64 bills = 0;
    qsizetype differences = 0; ///< that the audits of both places have found, the same in each
    QString database;          ///< where everything is now, for people
    QString kept;              ///< what was before: nobody writes to it any more; empty where nothing was
};

/// So far: of this table these rows; an empty name: the audits. False ends it (`cancelled`). In the caller's thread,
/// every few hundred rows.
using MoveProgress = std::function<bool(const QString &table, qint64 rows)>;

/// The workspace's database as its users see it: where it is, whether a server can be used, the way to a server and
/// back, and who else is there. Every method blocks (a server has some seconds to answer; a move takes minutes for
/// millions of rows): in a worker or from the command line. After use() and the moves `own` is to be opened anew
/// (Database::reopen), and whoever else uses it finds it closed.
class WorkspaceDatabase {
public:
    /// `own` need be open for what asks it only: the moves, present(), members and roles.
    WorkspaceDatabase(
        const Workspace &workspace, store::Database &own, secrets::SecretStore &secrets, const Clock &clock);

    using Password = std::shared_ptr<const secrets::SecretBytes>; ///< as it was typed; null or empty: what is stored

    /// Errors: store::loadServer's, SecretStore::contains'.
    [[nodiscard]] Result<DatabaseWhere> where() const;
    /// What the database in use answers where it is on a server; else `not_shared`.
    [[nodiscard]] Result<DatabaseTest> present() const;
    /// Connects, and changes nothing but that a password which was given and works is kept. Errors: as Database::open,
    /// `server_invalid`, SecretStore::write's.
    [[nodiscard]] Result<DatabaseTest> test(const store::Server &server, const Password &password) const;
    /// The workspace uses that ledger from now on. A file that it has is set aside, where it has no experiments and no
    /// bills; else `database_in_workspace`. A workspace keeps its name among the others. Errors: as test(),
    /// `write_failed`.
    [[nodiscard]] Result<Moved> use(const store::Server &server, const Password &password) const;
    /// Everything goes to an empty ledger on a server, whose admin one is; both are audited and compared. Errors: as
    /// test(), store::transfer's, `database_shared`, `write_failed`; after any error nothing was moved.
    [[nodiscard]] Result<Moved> moveToServer(
        const store::Server &server, const Password &password, const MoveProgress &progress) const;
    /// Back into a file of the workspace; the ledger on the server is closed for writing to all. Errors: `not_shared`,
    /// `database_in_workspace` (there is a file), store::transfer's, `role_forbids`, `write_failed`.
    [[nodiscard]] Result<Moved> moveToFile(const MoveProgress &progress) const;

    // As store::members and its neighbours.
    [[nodiscard]] Result<QList<store::Member>> members() const;
    [[nodiscard]] Result<> setMember(const QString &login, const TenantId &tenant, const QString &role) const;
    [[nodiscard]] Result<> removeMember(const QString &login, const TenantId &tenant) const;

private:
    /// A server that was connected to, and what it said.
    struct Reached {
        store::Place place;
        std::unique_ptr<store::Database> database;
        DatabaseTest test;
    };
    [[nodiscard]] Result<Reached> reach(const store::Server &server, const Password &password) const;
    [[nodiscard]] Result<> setFileAside(const QString &aside, const std::function<Result<>()> &changeOver) const;
    [[nodiscard]] Result<> moveLogsAside(const QString &aside) const;
    [[nodiscard]] QString stamp() const;

    const Workspace m_workspace;
    store::Database &m_own;
    secrets::SecretStore &m_secrets;
    const Clock &m_clock;
};

} // namespace society::experiment
