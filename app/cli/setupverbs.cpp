// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/doctor.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/agentsociety/runnerkit.h"
#include "services/experiment/practice.h"
#include "services/ledger/ledger.h"

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>

namespace society::cli {

namespace {

std::atomic_bool interrupted = false;

/// Ctrl-C ends an installation in good order instead of leaving its child behind.
class InterruptGuard {
public:
    InterruptGuard()
        : m_before(std::signal(SIGINT, [](int) { interrupted = true; }))
    {
    }
    ~InterruptGuard() { std::signal(SIGINT, m_before); }
    InterruptGuard(const InterruptGuard &) = delete;
    InterruptGuard &operator=(const InterruptGuard &) = delete;

private:
    void (*m_before)(int);
};

/// The database, the tenant and the practice part: all that needs no runner.
Result<QStringList> makeWorkspace(Session &session, bool withPractice)
{
    QStringList made;
    SOCIETY_TRY(session.openDatabase(true));
    if (!session.ledger().requireTenant(session.tenant())) {
        SOCIETY_TRY(session.ledger().addTenant(session.tenant()));
        made.append(QStringLiteral("tenant:") + session.tenant());
    }
    if (!withPractice) {
        SOCIETY_TRY(session.runner().prepareShared());
        return made;
    }
    SOCIETY_ASSIGN(const auto practice, experiment::installPractice(session.workspace, session.configs()));
    for (const config::Imported &imported : practice)
        if (imported.created)
            made.append(config::kindName(imported.kind) + u':' + imported.name);
    return made;
}

Result<agentsociety::InstalledRunner> makeRunner(Session &session, const QString &given, bool &installed)
{
    installed = true;
    if (!given.isEmpty())
        return session.runner().adopt(given);
    if (auto there = session.runner().installed()) {
        installed = false;
        return there;
    }
    const InterruptGuard guard;
    return session.runner().install(
        [&session](
            int percent, const QString &step) { session.out.progress(Cli::tr("%1 %  %2").arg(percent, 3).arg(step)); },
        interrupted);
}

Result<int> setup(Session &session, const QString &runner, bool withPractice)
{
    SOCIETY_ASSIGN(QStringList made, makeWorkspace(session, withPractice));
    bool isNew = false;
    SOCIETY_ASSIGN(const agentsociety::InstalledRunner found, makeRunner(session, runner, isNew));
    if (isNew)
        made.append(QStringLiteral("runner:") + found.version);
    session.out.document(QJsonObject{{QStringLiteral("workspace"), session.workspace.root()},
        {QStringLiteral("runner"),
            QJsonObject{{QStringLiteral("path"), found.path}, {QStringLiteral("version"), found.version},
                {QStringLiteral("python"), found.pythonVersion},
                {QStringLiteral("community"), found.communityVersion}}},
        {QStringLiteral("installed"), QJsonArray::fromStringList(made)}});
    session.out.fields({{Cli::tr("Workspace"), session.workspace.root()},
        {Cli::tr("Runner"), Cli::tr("AgentSociety %1 (%2)").arg(found.version, found.path)},
        {Cli::tr("New"), made.isEmpty() ? Cli::tr("nothing: all of it was there") : made.join(QStringLiteral(", "))}});
    return 0;
}

} // namespace

void addSetupVerbs(CLI::App &app, Action &chosen)
{
    auto *verb = app.add_subcommand(
        "setup", help(Cli::tr("Makes the workspace, the runner and the practice experiments; safe to repeat")));
    struct Arguments {
        std::string runner;
        bool withoutPractice = false;
    };
    const auto arguments = std::make_shared<Arguments>();
    verb->add_option("--runner", arguments->runner,
            help(Cli::tr("Use this AgentSociety instead of installing one: its “agentsociety” script")))
        ->type_name("EXE");
    verb->add_flag("--no-practice", arguments->withoutPractice, help(Cli::tr("Without the practice configurations")));
    verb->callback([&chosen, arguments] {
        chosen = [arguments](
                     Session &session) { return setup(session, text(arguments->runner), !arguments->withoutPractice); };
    });
    app.add_subcommand("doctor", help(Cli::tr("Checks everything that a run needs")))->callback([&chosen] {
        chosen = doctor;
    });
}

} // namespace society::cli
