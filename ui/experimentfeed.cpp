// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experimentfeed.h"

#include "services/experiment/experimentservice.h"

#include <QSet>
#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace society::ui {

namespace {

using experiment::Experiment;
using namespace std::chrono_literals;

constexpr auto period = 1s;
constexpr int wholeLimit = 200'000; // rows of a list that is read whole
constexpr int newestLimit = 20;     // enough to notice what another program has started meanwhile

} // namespace

struct ExperimentFeed::Answer {
    bool whole = false;
    QList<Experiment> experiments;
    QList<ExperimentId> removed;
    std::optional<Error> problem; ///< of a single run: the others are as they should be
};

ExperimentFeed::ExperimentFeed(const AppContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    m_timer.setInterval(period);
    connect(&m_timer, &QTimer::timeout, this, [this] { poll(false); });
}

void ExperimentFeed::start()
{
    poll(true);
    m_timer.start();
}

void ExperimentFeed::refresh()
{
    if (!m_loaded && m_asking)
        return; // the first answer is the whole list, and on its way
    poll(true);
}

void ExperimentFeed::poll(bool whole)
{
    m_askWhole = m_askWhole || whole;
    // One question at a time: where the disk is slow, the next tick asks again instead of a queue growing.
    if (m_asking)
        return;
    m_asking = true;
    whole = std::exchange(m_askWhole, false) || !m_loaded;
    QList<ExperimentId> open;
    for (const Experiment &known : std::as_const(m_known)) {
        if (!isEnded(known.state) || !known.settled)
            open += known.id;
    }
    m_context.worker.run(
        this,
        [&context = m_context, whole, open]() -> Result<Answer> {
            auto &service = context.experiments;
            Answer answer{whole, {}, {}, {}};
            SOCIETY_ASSIGN(const experiment::Refreshed refreshed, service.refreshUnfinished(context.tenant));
            const QList<Experiment> &fresh = refreshed.experiments;
            answer.problem = refreshed.problem;
            SOCIETY_ASSIGN(answer.experiments, service.list({.tenant = context.tenant,
                                                   .state = {},
                                                   .text = {},
                                                   .limit = whole ? wholeLimit : newestLimit,
                                                   .before = {}}));
            answer.experiments += fresh;
            // Another program may have settled or removed one that we still show as running.
            for (const ExperimentId &id : open) {
                if (std::any_of(fresh.begin(), fresh.end(), [&](const Experiment &e) { return e.id == id; }))
                    continue;
                if (auto experiment = service.refresh(id))
                    answer.experiments += *std::move(experiment);
                else if (experiment.error().kind == ErrorKind::NotFound)
                    answer.removed += id;
                else
                    return fail(std::move(experiment).error());
            }
            return answer;
        },
        [this](const Result<Answer> &answer) { arrived(answer); });
}

void ExperimentFeed::arrived(const Result<Answer> &answer)
{
    m_asking = false;
    const std::optional<Error> problem = answer ? answer->problem : std::optional(answer.error());
    // Said once, not once a second.
    if (const bool failedBefore = std::exchange(m_failed, problem.has_value()); failedBefore != m_failed)
        emit failed(problem.value_or(Error{}));
    if (!answer)
        return;
    QList<ExperimentId> removed = answer->removed;
    if (answer->whole && answer->experiments.size() < wholeLimit) {
        QSet<ExperimentId> present;
        for (const Experiment &experiment : answer->experiments)
            present.insert(experiment.id);
        for (const Experiment &known : std::as_const(m_known)) {
            if (!present.contains(known.id))
                removed += known.id;
        }
    }
    for (const ExperimentId &id : std::as_const(removed))
        forget(id);
    merge(answer->experiments);
    if (answer->whole) {
        m_loaded = true;
        emit loaded();
    }
    if (m_askWhole)
        poll(true);
}

void ExperimentFeed::take(const Experiment &experiment)
{
    merge({experiment});
}

void ExperimentFeed::forget(const ExperimentId &id)
{
    if (m_known.remove(id) > 0)
        emit experimentsRemoved({id});
}

void ExperimentFeed::merge(const QList<Experiment> &experiments)
{
    // A later entry for the same experiment is fresher: the list comes from the database, the rest from run
    // directories.
    QHash<ExperimentId, Experiment> latest;
    for (const Experiment &experiment : experiments)
        latest.insert(experiment.id, experiment);
    QList<Experiment> changed;
    QList<Experiment> ended;
    bool money = false;
    for (const Experiment &experiment : std::as_const(latest)) {
        const auto known = m_known.constFind(experiment.id);
        const bool isNew = known == m_known.constEnd();
        // The database's row may be older than what a run directory told us: an end is final.
        if (!isNew && (*known == experiment || (isEnded(known->state) && !isEnded(experiment.state))))
            continue;
        if (!isNew && !isEnded(known->state) && isEnded(experiment.state))
            ended += experiment;
        money = money || isNew || known->settled != experiment.settled || known->hold != experiment.hold;
        m_known.insert(experiment.id, experiment);
        changed += experiment;
    }
    if (changed.isEmpty())
        return;
    emit experimentsChanged(changed);
    for (const Experiment &experiment : std::as_const(ended))
        emit experimentEnded(experiment);
    if (money)
        emit moneyChanged();
}

QList<Experiment> ExperimentFeed::unfinished() const
{
    QList<Experiment> open;
    for (const Experiment &experiment : m_known) {
        if (!isEnded(experiment.state))
            open += experiment;
    }
    std::sort(
        open.begin(), open.end(), [](const Experiment &a, const Experiment &b) { return a.createdAt < b.createdAt; });
    return open;
}

} // namespace society::ui
