// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/experiment.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace society::ui {

class AppSettings;
class ExperimentFeed;
class LogPane;

/// Up to nine logs beside each other in a window, each with what a log pane can do in little room. GUI thread.
class LogGrid : public QWidget {
    Q_OBJECT
public:
    static constexpr int MostPanes = 9;

    LogGrid(AppSettings &settings, ExperimentFeed &feed, QWidget *parent = nullptr);
    ~LogGrid() override;

    /// Shows a run's log, too, where there is room and it is not shown yet.
    void add(const experiment::Experiment &run);
    [[nodiscard]] int count() const { return static_cast<int>(m_cells.size()); }
    [[nodiscard]] LogPane *pane(int index) const { return m_cells[index].pane; }

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Cell {
        ExperimentId id;
        QWidget *widget = nullptr;
        LogPane *pane = nullptr;
        QLabel *title = nullptr;
        QToolButton *close = nullptr;
    };
    Cell makeCell(const experiment::Experiment &run);
    void remove(const ExperimentId &id);
    void arrange();
    void ask();
    static void setTitle(const Cell &cell, const QString &name);
    void retranslate();

    AppSettings &m_settings;
    ExperimentFeed &m_feed;
    QList<Cell> m_cells;
    QGridLayout *m_grid;
    QLabel *m_text;
    QPushButton *m_add;
};

} // namespace society::ui
