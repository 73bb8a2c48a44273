// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experimentfeed.h"

#include "services/experiment/experimentservice.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace society::ui {

namespace {

using experiment::Experiment;
using namespace std::chrono_literals;

constexpr auto period = 1s;
constexpr int firstPage = 200;      // more than a screen shows
constexpr int page = 1000;          // taken over in less than a frame or two
constexpr int wholeLimit = 200'000; // rows of a list that is read whole
constexpr int newestLimit = 20;     // enough to notice what another program has started meanwhile

experiment::Query newest(const TenantId &tenant, int limit, const std::optional<ExperimentId> &before = {})
{
    return {.tenant = tenant, .state = {}, .text = {}, .limit = limit, .before = before};
}

} // namespace

struct ExperimentFeed::Answer {
    QList<Experiment> experiments;
    QList<ExperimentId> removed;
    std::optional<Error> problem; ///< of a single run: the others are as they should be
};

ExperimentFeed::ExperimentFeed(const AppContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    m_timer.setInterval(period);
    connect(&m_timer, &QTimer::timeout, this, &ExperimentFeed::poll);
}

void ExperimentFeed::begin()
{
    m_catchingUp = true;
    m_context.worker.run(
        this, [&context = m_context] { return context.experiments.list(newest(context.tenant, firstPage)); },
        [this](const Result<QList<Experiment>> &first) {
            if (first)
                merge(*first);
        });
}

void ExperimentFeed::start()
{
    refresh();
    m_timer.start();
}

void ExperimentFeed::refresh()
{
    poll();
    if (m_reading)
        m_readAgain = m_loaded; // the first list is on its way; a later one may have passed by what has changed since
    else
        readList();
}

void ExperimentFeed::poll()
{
    if ((!m_loaded || m_listFailed) && !m_reading && m_timer.isActive())
        readList(); // it could not be read before
    // One question at a time: where the disk is slow, the next tick asks again instead of a queue growing.
    if (m_asking)
        return;
    m_asking = true;
    QList<ExperimentId> open;
    for (const Experiment &known : std::as_const(m_known)) {
        if (!isEnded(known.state) || !known.settled)
            open += known.id;
    }
    m_context.worker.run(
        this,
        [&context = m_context, open]() -> Result<Answer> {
            auto &service = context.experiments;
            Answer answer;
            SOCIETY_ASSIGN(const experiment::Refreshed refreshed, service.refreshUnfinished(context.tenant));
            const QList<Experiment> &fresh = refreshed.experiments;
            answer.problem = refreshed.problem;
            SOCIETY_ASSIGN(answer.experiments, service.list(newest(context.tenant, newestLimit)));
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
    note(m_pollFailed, answer ? answer->problem : std::optional(answer.error()));
    if (!answer)
        return;
    for (const ExperimentId &id : answer->removed)
        forget(id);
    merge(answer->experiments);
    m_catchingUp = false;
}

// Page by page: ten thousand rows at once would keep both the worker and the window from everything else.
void ExperimentFeed::readList()
{
    m_reading = true;
    m_unseen.clear();
    for (const Experiment &known : std::as_const(m_known))
        m_unseen.insert(known.id);
    m_rowsRead = 0;
    readPage({});
}

void ExperimentFeed::readPage(const std::optional<ExperimentId> &before)
{
    m_context.worker.run(
        this, [&context = m_context, before] { return context.experiments.list(newest(context.tenant, page, before)); },
        [this](const Result<QList<Experiment>> &rows) { pageArrived(rows); });
}

void ExperimentFeed::pageArrived(const Result<QList<Experiment>> &rows)
{
    if (!rows) {
        m_reading = false;
        if (rows.error().kind == ErrorKind::NotFound && m_rowsRead > 0)
            readList(); // the last one of the page before was removed meanwhile
        else
            note(m_listFailed, rows.error());
        return;
    }
    note(m_listFailed, {});
    QList<Experiment> merged = *rows;
    for (Experiment &row : merged) {
        m_unseen.remove(row.id);
        const auto known = m_known.constFind(row.id);
        row.outOfReach = known != m_known.constEnd() && !row.settled && known->outOfReach; // the database does not know
    }
    merge(merged);
    m_rowsRead += rows->size();
    const bool isLast = rows->size() < page;
    if (!isLast && m_rowsRead < wholeLimit) {
        readPage(rows->constLast().id);
        return;
    }
    m_reading = false;
    if (isLast) {
        const QSet<ExperimentId> gone = std::exchange(m_unseen, {});
        for (const ExperimentId &id : gone)
            forget(id);
    }
    m_loaded = true;
    emit loaded();
    if (std::exchange(m_readAgain, false))
        readList();
}

// Said once, not once a second.
void ExperimentFeed::note(bool &flag, const std::optional<Error> &problem)
{
    const bool failedBefore = m_pollFailed || m_listFailed;
    flag = problem.has_value();
    if (failedBefore != (m_pollFailed || m_listFailed))
        emit failed(problem.value_or(Error{}));
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
        if (!isNew && !m_catchingUp && !isEnded(known->state) && isEnded(experiment.state))
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
