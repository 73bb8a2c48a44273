// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/experiment.h"

#include "services/agentsociety/failure.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace society::experiment {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Experiment", text);
}

struct Word {
    State state;
    const char *word;
    const char *text;
};

constexpr std::array Words{
    Word{State::Queued, "queued", QT_TRANSLATE_NOOP("Experiment", "queued")},
    Word{State::Starting, "starting", QT_TRANSLATE_NOOP("Experiment", "starting")},
    Word{State::Running, "running", QT_TRANSLATE_NOOP("Experiment", "running")},
    Word{State::Stopping, "stopping", QT_TRANSLATE_NOOP("Experiment", "stopping")},
    Word{State::Finished, "finished", QT_TRANSLATE_NOOP("Experiment", "finished")},
    Word{State::Failed, "failed", QT_TRANSLATE_NOOP("Experiment", "failed")},
    Word{State::Stopped, "stopped", QT_TRANSLATE_NOOP("Experiment", "stopped")},
    Word{State::Lost, "lost", QT_TRANSLATE_NOOP("Experiment", "lost")},
};

const Word &wordOf(State state)
{
    return Words.at(static_cast<std::size_t>(state));
}

/// Reasons of this library; every other code is the keeper's or AgentSociety's.
struct OwnReason {
    const char *code;
    const char *reason;
    const char *remedy;
};

constexpr std::array OwnReasons{
    OwnReason{"start_failed", QT_TRANSLATE_NOOP("Experiment", "It could not be started: %1"),
        QT_TRANSLATE_NOOP("Experiment", "Mend what is named, then start it again.")},
    OwnReason{"never_started",
        QT_TRANSLATE_NOOP("Experiment", "It was never started: the program ended before it came to that."),
        QT_TRANSLATE_NOOP("Experiment", "Start it again.")},
    OwnReason{"status_unreadable", QT_TRANSLATE_NOOP("Experiment", "Its status file cannot be read."),
        QT_TRANSLATE_NOOP("Experiment", "Look into its folder; start it again.")},
    OwnReason{"run_directory_missing", QT_TRANSLATE_NOOP("Experiment", "Its folder was removed while it ran."),
        QT_TRANSLATE_NOOP("Experiment", "Start it again, and leave its folder alone while it runs.")},
    OwnReason{"workspace_gone", QT_TRANSLATE_NOOP("Experiment", "Its workspace is gone: %1"),
        QT_TRANSLATE_NOOP("Experiment", "What it used was not billed. Start it again.")},
    OwnReason{"disk_gone", QT_TRANSLATE_NOOP("Experiment", "The disk that it was on is gone: %1"),
        QT_TRANSLATE_NOOP("Experiment", "What it used was not billed. Start it again.")},
    OwnReason{"given_up", QT_TRANSLATE_NOOP("Experiment", "Its bill was given up: %1"),
        QT_TRANSLATE_NOOP("Experiment", "What it used was not billed; nothing need be done.")},
};

const OwnReason *ownReason(const QString &code)
{
    for (const OwnReason &reason : OwnReasons)
        if (code == QLatin1String(reason.code))
            return &reason;
    return nullptr;
}

/// The reason column holds {"name": "value"} where AgentSociety's failure has parameters, else plain words.
agentsociety::Failure failureOf(const Experiment &experiment)
{
    agentsociety::Failure failure{experiment.reasonCode, {}};
    const QJsonObject parameters = QJsonDocument::fromJson(experiment.reason.toUtf8()).object();
    for (auto it = parameters.begin(); it != parameters.end(); ++it)
        failure.parameters.insert(it.key(), it.value().toString());
    if (parameters.isEmpty() && !experiment.reason.isEmpty())
        failure.parameters.insert(QStringLiteral("detail"), experiment.reason);
    return failure;
}

} // namespace

QString stateWord(State state)
{
    return QLatin1String(wordOf(state).word);
}

Result<State> parseState(QStringView word)
{
    for (const Word &known : Words)
        if (word == QLatin1String(known.word))
            return known.state;
    return fail(ErrorKind::Usage, "state_unknown", tr("“%1” is not a state.").arg(word),
        tr("States are queued, starting, running, stopping, finished, failed, stopped and lost."));
}

QString stateText(State state)
{
    return tr(wordOf(state).text);
}

QString reasonText(const Experiment &experiment)
{
    if (experiment.reasonCode.isEmpty() || experiment.reasonCode == QLatin1String("finished"))
        return {};
    if (const OwnReason *own = ownReason(experiment.reasonCode)) {
        const QString text = tr(own->reason);
        return text.contains(QLatin1String("%1")) ? text.arg(experiment.reason) : text;
    }
    return agentsociety::reasonText(failureOf(experiment));
}

QString remedyText(const Experiment &experiment)
{
    if (experiment.reasonCode.isEmpty() || experiment.reasonCode == QLatin1String("finished"))
        return {};
    if (const OwnReason *own = ownReason(experiment.reasonCode))
        return tr(own->remedy);
    return agentsociety::remedyText(failureOf(experiment));
}

} // namespace society::experiment
