// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/experimenttext.h"

#include "app/cli/jsonvalues.h"
#include "app/cli/times.h"
#include "app/cli/words.h"
#include "models/experimentlistmodel.h"
#include "services/agentsociety/failure.h"
#include "services/experiment/crosscheck.h"

#include <QJsonArray>
#include <QLocale>

namespace society::cli {

using experiment::Experiment;

QString stateWithPractice(const Experiment &experiment)
{
    const QString state = experiment::stateText(experiment.state);
    return experiment.practice ? Cli::tr("%1 (practice)").arg(state) : state;
}

QJsonObject statusObject(const experiment::Details &details)
{
    QJsonObject object = experimentObject(details.experiment);
    object.insert(QStringLiteral("error"), details.status.lastError);
    QJsonArray phases;
    for (const executor::RunStatus::Phase &phase : details.status.phases)
        phases.append(QJsonObject{{QStringLiteral("name"), phase.name}, {QStringLiteral("at"), timeValue(phase.at)}});
    object.insert(QStringLiteral("phases"), phases);
    object.insert(QStringLiteral("unsettled"), details.unsettled ? details.unsettled->message : QString());
    QJsonArray warnings;
    for (const executor::RunStatus::Warning &warning : details.status.warnings)
        warnings.append(
            QJsonObject{{QStringLiteral("code"), warning.code}, {QStringLiteral("at"), timeValue(warning.at)},
                {QStringLiteral("until"), timeValue(warning.until)}, {QStringLiteral("detail"), warning.detail}});
    object.insert(QStringLiteral("warnings"), warnings);
    QJsonArray usage;
    for (const experiment::UsageTotal &total : details.usage)
        usage.append(QJsonObject{{QStringLiteral("entry"), total.entry}, {QStringLiteral("model"), total.model},
            {QStringLiteral("calls"), total.calls}, {QStringLiteral("failed"), total.failed},
            {QStringLiteral("tokens_in"), total.tokensIn}, {QStringLiteral("tokens_out"), total.tokensOut},
            {QStringLiteral("estimated"), total.estimated}});
    object.insert(QStringLiteral("usage"), usage);
    // A cross-check, null where the run left no database of its own.
    const auto check = experiment::crossCheckOf(details.experiment);
    object.insert(QStringLiteral("runner_tokens_in"), check ? QJsonValue(check->runnerIn) : QJsonValue());
    object.insert(QStringLiteral("runner_tokens_out"), check ? QJsonValue(check->runnerOut) : QJsonValue());
    return object;
}

QList<std::pair<QString, QString>> statusFields(const experiment::Details &details)
{
    const Experiment &experiment = details.experiment;
    const QLocale locale;
    constexpr qint64 MillisecondsPerSecond = 1000;
    QList<std::pair<QString, QString>> fields{
        {Cli::tr("Experiment"), experiment.name},
        {Cli::tr("Id"), experiment.id.text()},
        {Cli::tr("State"), stateWithPractice(experiment)},
    };
    const auto add = [&fields](const QString &name, const QString &value) {
        if (!value.isEmpty())
            fields.append({name, value});
    };
    add(Cli::tr("Why"), experiment::reasonText(experiment));
    add(Cli::tr("What to do"), experiment::remedyText(experiment));
    add(Cli::tr("Last error"), details.status.lastError);
    if (details.unsettled)
        add(Cli::tr("Not billed"), details.unsettled->message + u' ' + details.unsettled->remedy);
    for (const executor::RunStatus::Warning &warning : details.status.warnings) {
        const bool ended = experiment::isEnded(experiment.state);
        if ((ended && !agentsociety::outlastsRun(warning.code)) || warning.until.isValid())
            continue; // then the end says it, or it is over
        const agentsociety::Failure failure = agentsociety::warningOf(warning.code, warning.detail);
        add(Cli::tr("Since %1").arg(localTime(warning.at)),
            agentsociety::reasonText(failure) + u' ' + agentsociety::remedyText(failure));
    }
    add(Cli::tr("Progress"), models::progressText(experiment));
    add(Cli::tr("Created"), localTime(experiment.createdAt));
    add(Cli::tr("Started"), localTime(experiment.startedAt));
    add(Cli::tr("Ended"), localTime(experiment.endedAt));
    if (experiment.startedAt.isValid())
        add(Cli::tr("Run time"), Cli::tr("%1 s").arg(locale.toString(experiment.runMs / MillisecondsPerSecond)));
    add(Cli::tr("Seed"), QString::number(experiment.seed));
    add(Cli::tr("LLM calls"), locale.toString(experiment.calls));
    add(Cli::tr("Tokens"),
        Cli::tr("%1 in, %2 out").arg(locale.toString(experiment.tokensIn), locale.toString(experiment.tokensOut)));
    if (const auto check = experiment::crossCheckOf(experiment); check && experiment.settled)
        add(Cli::tr("Cross-check"), experiment::crossCheckText(*check));
    add(experiment.settled ? Cli::tr("Cost") : Cli::tr("Cost so far"), experiment.cost.toDisplay(locale));
    add(Cli::tr("Folder"), experiment.runDirectory);
    return fields;
}

} // namespace society::cli
