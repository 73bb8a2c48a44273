// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/experiment.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace society::ui {

class AppSettings;
class ExperimentFeed;
class LogGrid;
class LogPane;

/// The place of a run's log on its page, and the windows that the log can be seen in: its own, one beside others, one
/// where it is compared with another. They do not keep the program from ending. GUI thread.
class RunLogs : public QWidget {
    Q_OBJECT
public:
    /// Takes the pane into itself.
    RunLogs(AppSettings &settings, ExperimentFeed &feed, LogPane *pane, QWidget *parent = nullptr);
    ~RunLogs() override;

    /// Whose log the pane shows.
    void setExperiment(const experiment::Experiment &run);
    /// Brings the pane to the person's eyes, wherever it is.
    void showPane();
    [[nodiscard]] bool isDetached() const { return m_window != nullptr; }

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void detach();
    void attach();
    void addBeside();
    void askToCompare();
    void compare(const experiment::Experiment &left, const experiment::Experiment &right);
    void retranslate();

    AppSettings &m_settings;
    ExperimentFeed &m_feed;
    experiment::Experiment m_run;
    LogPane *m_pane;
    QStackedLayout *m_layout;
    QWidget *m_instead; // what is here while the pane is elsewhere
    QLabel *m_insteadText;
    QPushButton *m_back;
    QAction *m_detachAction, *m_besideAction, *m_compareAction;
    QPointer<QWidget> m_window;
    QPointer<LogGrid> m_grid;
    QList<QPointer<QWidget>> m_others;
};

} // namespace society::ui
