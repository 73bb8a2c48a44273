// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonvalues.h"
#include "app/cli/times.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/ledger/ledger.h"

#include <CLI/CLI.hpp>
#include <QLocale>
#include <array>

namespace society::cli {

namespace {

constexpr int IdDigits = 8;

QString runWord(ledger::HoldRun run)
{
    static const std::array words{QStringLiteral("living"), QStringLiteral("ended"), QStringLiteral("unknown")};
    return words.at(static_cast<size_t>(run));
}

QString runText(const ledger::Hold &hold)
{
    switch (hold.run) {
    case ledger::HoldRun::Living:
        return Cli::tr("has not ended");
    case ledger::HoldRun::Ended:
        return Cli::tr("has ended without a bill");
    case ledger::HoldRun::Unknown:
        return Cli::tr("was deleted or is unknown");
    }
    return {};
}

QJsonObject holdObject(const ledger::Hold &hold)
{
    QJsonObject object{{QStringLiteral("experiment"), hold.experiment.text()},
        {QStringLiteral("experiment_name"), hold.experimentName}, {QStringLiteral("reason"), hold.reason},
        {QStringLiteral("created_at"), timeValue(hold.createdAt)},
        {QStringLiteral("released_at"), timeValue(hold.releasedAt)},
        {QStringLiteral("release_reason"), hold.releaseReason}, {QStringLiteral("run"), runWord(hold.run)},
        {QStringLiteral("orphan"), hold.isOrphan()}};
    addMoney(object, QStringLiteral("amount"), hold.amount);
    return object;
}

Result<int> listHolds(Session &session, bool all)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const QList<ledger::Hold> holds, session.ledger().holds(session.tenant(), !all));
    QJsonArray array;
    TextTable table({{Cli::tr("Since")}, {Cli::tr("Held"), TextTable::Align::Right}, {Cli::tr("Id")},
        {Cli::tr("Experiment")}, {Cli::tr("Reason")}, {Cli::tr("Run")}});
    const QLocale locale;
    for (const ledger::Hold &hold : holds) {
        array.append(holdObject(hold));
        table.add({localTime(hold.createdAt), hold.amount.toDisplay(locale), hold.experiment.text().left(IdDigits),
            hold.experimentName, hold.reason,
            hold.isOpen() ? runText(hold) : Cli::tr("given back: %1").arg(hold.releaseReason)});
    }
    session.out.document(array);
    session.out.table(table, Cli::tr("No money is held."));
    return 0;
}

/// A hold by the id of its experiment, or by the beginning of one, or by the experiment's name: the experiment itself
/// may be gone.
Result<ExperimentId> findHold(Session &session, const QString &reference)
{
    if (auto id = ExperimentId::parse(reference))
        return *id;
    constexpr int LeastPrefix = 4;
    SOCIETY_ASSIGN(const QList<ledger::Hold> holds, session.ledger().holds(session.tenant()));
    QStringList found;
    for (const ledger::Hold &hold : holds)
        if (hold.experimentName == reference ||
            (reference.size() >= LeastPrefix && hold.experiment.text().startsWith(reference.toLower())))
            found.append(hold.experiment.text());
    if (found.size() == 1)
        return ExperimentId::parse(found.first());
    if (found.isEmpty())
        return fail(ErrorKind::NotFound, "hold_unknown", Cli::tr("No money is held for “%1”.").arg(reference),
            Cli::tr("“society-cli holds” lists what is held."));
    return fail(ErrorKind::Refused, "hold_ambiguous",
        Cli::tr("“%1” may mean several holds: %2.").arg(reference, found.join(QStringLiteral(", "))),
        Cli::tr("Write more of the id."));
}

Result<int> release(Session &session, const QString &reference, const QString &reason)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const ExperimentId id, findHold(session, reference));
    SOCIETY_ASSIGN(const ledger::Hold hold, session.ledger().releaseOrphan(session.tenant(), id, reason));
    session.out.document(holdObject(hold));
    session.out.line(Cli::tr("%1 are available again.").arg(hold.amount.toDisplay(QLocale())));
    return 0;
}

} // namespace

void addHoldVerbs(CLI::App &app, Action &chosen)
{
    auto *list = app.add_subcommand("holds", help(Cli::tr("Money set aside for runs, newest first")));
    const auto all = std::make_shared<bool>(false);
    list->add_flag("--all", *all, help(Cli::tr("Also what was given back")));
    list->callback([&chosen, all] { chosen = [all](Session &session) { return listHolds(session, *all); }; });

    auto *group = app.add_subcommand("hold", help(Cli::tr("One hold")));
    group->require_subcommand(1);
    struct Arguments {
        std::string id, reason;
    };
    const auto arguments = std::make_shared<Arguments>();
    auto *give = group->add_subcommand("release", help(Cli::tr("Gives back what no run can use any more")));
    give->add_option("ID", arguments->id, help(Cli::tr("The experiment's id, the beginning of it, or its name")))
        ->required();
    give->add_option("--reason", arguments->reason, help(Cli::tr("Why")))->required();
    give->callback([&chosen, arguments] {
        chosen = [arguments](
                     Session &session) { return release(session, text(arguments->id), text(arguments->reason)); };
    });
}

} // namespace society::cli
