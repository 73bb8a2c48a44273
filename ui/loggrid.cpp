// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/loggrid.h"

#include "ui/experimentfeed.h"
#include "ui/icons.h"
#include "ui/logpane.h"
#include "ui/runchooser.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace society::ui {

using experiment::Experiment;

LogGrid::LogGrid(AppSettings &settings, ExperimentFeed &feed, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_feed(feed)
    , m_grid(new QGridLayout)
    , m_text(new QLabel(this))
    , m_add(new QPushButton(this))
{
    setObjectName(QStringLiteral("logGrid"));
    m_text->setObjectName(QStringLiteral("logGridText"));
    m_add->setObjectName(QStringLiteral("logGridAdd"));
    m_grid->setSpacing(8);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_text, 1);
    bar->addWidget(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(bar);
    layout->addLayout(m_grid, 1);
    connect(m_add, &QPushButton::clicked, this, &LogGrid::ask);
    connect(&feed, &ExperimentFeed::experimentsChanged, this, [this](const QList<Experiment> &changed) {
        for (const Experiment &run : changed) {
            for (const Cell &cell : std::as_const(m_cells)) {
                if (cell.id != run.id)
                    continue;
                setTitle(cell, run.name);
                cell.pane->setLive(!experiment::isEnded(run.state));
            }
        }
    });
    connect(&feed, &ExperimentFeed::experimentsRemoved, this, [this](const QList<ExperimentId> &removed) {
        for (const ExperimentId &id : removed)
            remove(id);
    });
    resize(1200, 800);
    retranslate();
}

LogGrid::~LogGrid() = default;

void LogGrid::add(const Experiment &run)
{
    const bool isThere =
        std::any_of(m_cells.begin(), m_cells.end(), [&](const Cell &cell) { return cell.id == run.id; });
    if (isThere || m_cells.size() >= MostPanes)
        return;
    m_cells.append(makeCell(run));
    arrange();
}

LogGrid::Cell LogGrid::makeCell(const Experiment &run)
{
    Cell cell;
    cell.id = run.id;
    cell.widget = new QWidget(this);
    cell.pane = new LogPane(m_settings, cell.widget);
    cell.title = new QLabel(cell.widget);
    cell.title->setTextFormat(Qt::PlainText);
    cell.title->setMinimumWidth(20);
    cell.close = new QToolButton(cell.widget);
    cell.close->setObjectName(QStringLiteral("logGridClose"));
    cell.close->setIcon(icon("dialog-close"));
    cell.close->setAutoRaise(true);
    setTitle(cell, run.name);
    connect(cell.close, &QToolButton::clicked, this, [this, id = run.id] { remove(id); });
    auto *head = new QHBoxLayout;
    head->addWidget(cell.title, 1);
    head->addWidget(cell.close);
    auto *layout = new QVBoxLayout(cell.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(cell.pane, 1);
    cell.pane->setCompact(true);
    cell.pane->open(run.runDirectory + QStringLiteral("/log.txt"));
    cell.pane->setLive(!experiment::isEnded(run.state));
    return cell;
}

void LogGrid::remove(const ExperimentId &id)
{
    for (qsizetype i = 0; i < m_cells.size(); ++i) {
        if (m_cells[i].id != id)
            continue;
        m_cells.takeAt(i).widget->deleteLater();
        arrange();
        return;
    }
}

void LogGrid::arrange()
{
    while (QLayoutItem *item = m_grid->takeAt(0))
        delete item; // the widgets stay
    const auto columns = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(count()))));
    for (int i = 0; i < count(); ++i) {
        m_grid->addWidget(m_cells[i].widget, i / columns, i % columns);
        m_cells[i].widget->show();
    }
    for (int i = 0; i < 3; ++i) { // equal ones, and none for what is empty
        m_grid->setColumnStretch(i, i < columns ? 1 : 0);
        m_grid->setRowStretch(i, i * columns < count() ? 1 : 0);
    }
    retranslate();
}

void LogGrid::ask()
{
    QList<Experiment> others;
    for (const Experiment &run : m_feed.experiments()) {
        if (std::none_of(m_cells.begin(), m_cells.end(), [&](const Cell &cell) { return cell.id == run.id; }))
            others.append(run);
    }
    auto *chooser = new RunChooser(tr("Add the log of a run"), others, this);
    connect(chooser, &RunChooser::chosen, this, &LogGrid::add);
    chooser->open();
}

void LogGrid::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void LogGrid::setTitle(const Cell &cell, const QString &name)
{
    cell.title->setText(name);
    cell.close->setToolTip(tr("Put this log away"));
    cell.close->setAccessibleName(tr("Put the log of “%1” away").arg(name));
}

void LogGrid::retranslate()
{
    for (const Cell &cell : std::as_const(m_cells))
        setTitle(cell, cell.title->text());
    setWindowTitle(tr("Logs side by side"));
    m_add->setText(tr("Add a run…"));
    m_add->setEnabled(count() < MostPanes);
    m_text->setText(m_cells.isEmpty()     ? tr("No log is here. Add that of a run.")
                    : count() < MostPanes ? tr("%n log(s)", nullptr, count())
                                          : tr("Nine logs are as many as fit."));
}

} // namespace society::ui
