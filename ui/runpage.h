// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/experimentservice.h"
#include "ui/activities.h"
#include "ui/appcontext.h"
#include "ui/page.h"

#include <QSet>
#include <QTimer>
#include <optional>

class QLabel;
class QTabWidget;

namespace society::ui {

class ErrorPanel;
class ExperimentFeed;
class LogPane;
class RecordView;
class ResultTab;
class RunBills;
class RunEnding;
class RunHeader;
class RunLogs;
class RunPhases;

/// One experiment: what it is doing, its log while it is written, what came out, what it cost. GUI thread.
class RunPage final : public Page {
    Q_OBJECT
public:
    RunPage(const AppContext &context, ExperimentFeed &feed, Activities &activities, QWidget *parent = nullptr);
    ~RunPage() override;

    /// Shows another experiment, from its log's end.
    void showExperiment(const ExperimentId &id);
    /// What is shown; null where nothing is.
    [[nodiscard]] ExperimentId experiment() const { return m_experiment.id; }

    void refresh() override;
    void focusFirst() override;

signals:
    /// The header's arrow, and what is left when the experiment was removed: the list.
    void listRequested();

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;

private:
    void buildLayout();
    void makeTabs();
    void connectSignals();
    void take(const experiment::Experiment &experiment);
    void setSources();
    void askDetails();
    void takeDetails(const experiment::Details &details);
    void quoteLastError();
    void tabShown();
    void tick();
    void requestStop(std::optional<int> graceMs);
    void rerun();
    void chooseExportFolder();
    void exportTo(const QString &folder);
    void openFolder();

    const AppContext &m_context;
    ExperimentFeed &m_feed;
    Activities &m_activities;
    experiment::Experiment m_experiment;
    QTimer m_timer; // while the run goes on
    int m_ticks = 0;
    bool m_askingDetails = false;
    bool m_endSeen = false; // the details were read after the end
    QSet<QString> m_said;   ///< codes of what was said of this run

    RunHeader *m_header;
    ErrorPanel *m_error;
    QLabel *m_done; // what an export has made
    RunPhases *m_phases;
    RunEnding *m_ending;
    QTabWidget *m_tabs;
    LogPane *m_log;
    RunLogs *m_logs; // has it
    QList<ResultTab *> m_results;
    RecordView *m_record;
    RunBills *m_bills;
};

} // namespace society::ui
