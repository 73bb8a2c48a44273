// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/experiment/experiment.h"
#include "ui/appcontext.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <optional>

namespace society::ui {

/// The tenant's experiments as the window knows them, kept true: once a second the worker asks for the states of those
/// that have not ended and for new ones, and pages hear of what changed. One for the whole window; GUI thread.
class ExperimentFeed : public QObject {
    Q_OBJECT
public:
    /// Does nothing before begin() or start(). `context` must outlive it.
    explicit ExperimentFeed(const AppContext &context, QObject *parent = nullptr);

    /// Fetches what a screen shows first, the newest, so that it is there before the whole list is.
    void begin();
    /// Loads the list and begins to poll.
    void start();
    /// Asks at once, whole list (F5, or after an action that changed something).
    void refresh();
    /// Takes what an action has returned (start, stop, rename, note), so that pages show it without waiting for a poll.
    void take(const experiment::Experiment &experiment);
    /// Forgets an experiment that was removed.
    void forget(const ExperimentId &id);
    /// Tells all pages that money has moved (a recharge, a correction).
    void noteMoneyChanged() { emit moneyChanged(); }

    /// Whether the first list has arrived.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// All known ones, in no order.
    [[nodiscard]] QList<experiment::Experiment> experiments() const { return m_known.values(); }
    /// A known one; its id is null where there is none.
    [[nodiscard]] experiment::Experiment experiment(const ExperimentId &id) const { return m_known.value(id); }
    /// Those that have not ended, oldest first.
    [[nodiscard]] QList<experiment::Experiment> unfinished() const;

signals:
    /// The whole list was read for the first time, or again after refresh(); experimentsChanged() has told its rows.
    void loaded();
    /// Those that are new or differ from before; what did not change is not among them.
    void experimentsChanged(const QList<society::experiment::Experiment> &changed);
    void experimentsRemoved(const QList<society::ExperimentId> &removed);
    /// Once for each that was seen unfinished and has ended; experimentsChanged() came before.
    void experimentEnded(const society::experiment::Experiment &experiment);
    /// A hold was placed or released or a bill written: accounts should be read again.
    void moneyChanged();
    /// The list or the states could not be read; empty message: it works again.
    void failed(const society::Error &error);

private:
    struct Answer;
    void poll();
    void arrived(const Result<Answer> &answer);
    void readList();
    void readPage(const std::optional<ExperimentId> &before);
    void pageArrived(const Result<QList<experiment::Experiment>> &rows);
    void note(bool &flag, const std::optional<Error> &problem);
    void merge(const QList<experiment::Experiment> &experiments);

    const AppContext &m_context;
    QTimer m_timer;
    QHash<ExperimentId, experiment::Experiment> m_known;
    bool m_loaded = false;
    QSet<ExperimentId> m_unseen; ///< were known when the list was begun and have not come by yet
    qsizetype m_rowsRead = 0;
    bool m_reading = false;    ///< the list, page by page
    bool m_readAgain = false;  ///< when it has been read
    bool m_asking = false;     ///< for the states
    bool m_catchingUp = false; ///< what ended before the window opened is no news
    bool m_pollFailed = false;
    bool m_listFailed = false;
};

} // namespace society::ui
