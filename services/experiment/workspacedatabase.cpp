// SPDX-License-Identifier: GPL-3.0-or-later
// Where the database is, whether a server can be used, and who else is there. The moves are in databasemove.cpp.
#include "services/experiment/workspacedatabase.h"

#include "services/experiment/databasemove_p.h"
#include "services/experiment/databaseplace.h"
#include "services/store/query.h"
#include "services/store/transaction.h"

#include <QCoreApplication>
#include <QFile>

namespace society::experiment {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("WorkspaceDatabase", text);
}

bool isGiven(const WorkspaceDatabase::Password &password)
{
    return password && !password->isEmpty();
}

Result<DatabaseTest> ask(store::Database &database)
{
    if (!database.server())
        return fail(ErrorKind::Refused, "not_shared", tr("The database of this workspace is a file."),
            tr("Move it to a server first."));
    DatabaseTest found;
    found.server = *database.server();
    SOCIETY_ASSIGN(found.facts, store::serverFacts(database));
    SOCIETY_ASSIGN(found.roles, store::ownRoles(database));
    found.version = database.version();
    return found;
}

} // namespace

WorkspaceDatabase::WorkspaceDatabase(
    const Workspace &workspace, store::Database &own, secrets::SecretStore &secrets, const Clock &clock)
    : m_workspace(workspace)
    , m_own(own)
    , m_secrets(secrets)
    , m_clock(clock)
{
}

Result<DatabaseWhere> WorkspaceDatabase::where() const
{
    DatabaseWhere found;
    found.file = m_workspace.database();
    SOCIETY_ASSIGN(found.server, store::loadServer(serverFile(m_workspace)));
    if (found.server) {
        SOCIETY_ASSIGN(found.hasPassword, m_secrets.contains(passwordName(*found.server)));
    }
    return found;
}

Result<DatabaseTest> WorkspaceDatabase::present() const
{
    return ask(m_own);
}

Result<DatabaseTest> WorkspaceDatabase::test(const store::Server &server, const Password &password) const
{
    SOCIETY_ASSIGN(const Reached reached, reach(server, password));
    return reached.test;
}

// A password is kept once the server has taken it: a wrong one would be in the way of the next start.
Result<WorkspaceDatabase::Reached> WorkspaceDatabase::reach(const store::Server &server, const Password &password) const
{
    SOCIETY_ASSIGN(store::Server checked, store::checkedServer(server));
    SOCIETY_ASSIGN(const auto known, store::loadServer(serverFile(m_workspace)));
    checked.home = known ? known->home : store::newHome();
    Reached reached;
    if (isGiven(password)) {
        reached.place = {{}, checked, QString::fromUtf8(password->view())}; // as Qt's driver takes it
    } else {
        SOCIETY_ASSIGN(reached.place, placeOf(checked, m_secrets));
    }
    SOCIETY_ASSIGN(reached.database, store::Database::open(reached.place));
    SOCIETY_ASSIGN(reached.test, ask(*reached.database));
    if (isGiven(password)) {
        SOCIETY_TRY(m_workspace.create()); // where it may have to be kept
        SOCIETY_ASSIGN(const secrets::Place kept, m_secrets.write(passwordName(checked), *password));
        if (kept == secrets::Place::SessionOnly)
            reached.test.notKept = m_secrets.where();
    }
    return reached;
}

QString WorkspaceDatabase::stamp() const
{
    return m_clock.now().toUTC().toString(QStringLiteral("yyyyMMdd-HHmmss"));
}

Result<Moved> WorkspaceDatabase::use(const store::Server &server, const Password &password) const
{
    SOCIETY_ASSIGN(const Reached reached, reach(server, password));
    SOCIETY_TRY(m_workspace.create());
    SOCIETY_ASSIGN(const DatabaseWhere here, where());
    Moved moved;
    moved.database = reached.place.server->text();
    const auto changeOver = [&] { return store::saveServer(serverFile(m_workspace), *reached.place.server); };
    if (here.server || !QFile::exists(here.file)) {
        SOCIETY_TRY(changeOver());
        return moved;
    }
    moved.kept = here.file + QStringLiteral(".replaced-") + stamp();
    SOCIETY_TRY(setFileAside(moved.kept, changeOver));
    return moved;
}

/// Under its write lock, so that nothing is written to it that would then be missing.
Result<> WorkspaceDatabase::setFileAside(const QString &aside, const std::function<Result<>()> &changeOver) const
{
    std::unique_ptr<store::Database> opened;
    if (m_own.version() == 0) {
        SOCIETY_ASSIGN(opened, store::Database::open(m_workspace.database()));
    }
    store::Database &file = opened ? *opened : m_own;
    SOCIETY_ASSIGN(store::Transaction transaction, store::Transaction::begin(file));
    SOCIETY_ASSIGN(const auto rows,
        store::first(file, QStringLiteral("SELECT (SELECT count(*) FROM experiments), (SELECT count(*) FROM bills)"),
            {}, [](const store::Query &row) { return std::pair(row.integer(0), row.integer(1)); }));
    if (rows && (rows->first > 0 || rows->second > 0))
        return fail(ErrorKind::Refused, "database_in_workspace",
            tr("This workspace has a database of its own with %L1 experiments and %L2 bills, “%3”.")
                .arg(rows->first)
                .arg(rows->second)
                .arg(m_workspace.database()),
            tr("Move it to an empty ledger on the server, or use the server's from a new workspace."));
    SOCIETY_TRY(changeOver());
    if (auto renamed = renameFile(m_workspace.database(), aside); !renamed) {
        QFile::remove(serverFile(m_workspace));
        return renamed;
    }
    return transaction.commit();
}

Result<QList<store::Member>> WorkspaceDatabase::members() const
{
    return store::members(m_own);
}

Result<> WorkspaceDatabase::setMember(const QString &login, const TenantId &tenant, const QString &role) const
{
    return store::setMember(m_own, login, tenant, role);
}

Result<> WorkspaceDatabase::removeMember(const QString &login, const TenantId &tenant) const
{
    return store::removeMember(m_own, login, tenant);
}

} // namespace society::experiment
