// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/runstatus.h"
#include "services/experiment/experiment.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace society {
class Clock;
}

namespace society::ui {

class StateLabel;

/// The head of the Run page: state, name, progress, cost and what can be done. Counts time by itself between two looks.
/// GUI thread.
class RunHeader : public QWidget {
    Q_OBJECT
public:
    explicit RunHeader(const Clock &clock, QWidget *parent = nullptr);

    void setExperiment(const experiment::Experiment &experiment);
    /// The stop in progress, for the countdown; nothing where there is none.
    void setStop(const std::optional<executor::RunStatus::Stop> &stop);
    /// While a new run is being started.
    void setRerunEnabled(bool enabled);

signals:
    void backRequested();
    void stopRequested();
    void killRequested();
    void rerunRequested();
    void cloneRequested();
    void exportRequested();
    void folderRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void retranslate();
    void renew();
    void tick();
    [[nodiscard]] QString factsText() const;
    [[nodiscard]] QString costText() const;

    const Clock &m_clock;
    experiment::Experiment m_experiment;
    std::optional<executor::RunStatus::Stop> m_stop;
    QElapsedTimer m_sinceLook;
    QTimer m_ticker;

    QToolButton *m_back;
    StateLabel *m_state;
    QLabel *m_name;
    QLabel *m_when;
    QProgressBar *m_bar;
    QLabel *m_steps;
    QLabel *m_cost;
    QLabel *m_facts;
    QLabel *m_countdown;
    QPushButton *m_stopButton, *m_killButton, *m_rerunButton, *m_cloneButton, *m_exportButton, *m_folderButton;
};

} // namespace society::ui
