// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runlogs.h"

#include "ui/appsettings.h"
#include "ui/experimentfeed.h"
#include "ui/icons.h"
#include "ui/logdiffwindow.h"
#include "ui/loggrid.h"
#include "ui/logpane.h"
#include "ui/runchooser.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <utility>

namespace society::ui {

using experiment::Experiment;

RunLogs::RunLogs(AppSettings &settings, ExperimentFeed &feed, LogPane *pane, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_feed(feed)
    , m_pane(pane)
    , m_layout(new QStackedLayout(this))
    , m_instead(new QWidget(this))
    , m_insteadText(new QLabel(m_instead))
    , m_back(new QPushButton(m_instead))
    , m_detachAction(new QAction(icon("window-new"), QString(), this))
    , m_besideAction(new QAction(icon("view-split-left-right"), QString(), this))
    , m_compareAction(new QAction(icon("document-compare"), QString(), this))
{
    setObjectName(QStringLiteral("runLogs"));
    m_detachAction->setObjectName(QStringLiteral("logDetach"));
    m_besideAction->setObjectName(QStringLiteral("logBeside"));
    m_compareAction->setObjectName(QStringLiteral("logCompare"));
    m_back->setObjectName(QStringLiteral("logAttach"));
    auto *instead = new QVBoxLayout(m_instead);
    instead->addStretch();
    instead->addWidget(m_insteadText, 0, Qt::AlignCenter);
    instead->addWidget(m_back, 0, Qt::AlignCenter);
    instead->addStretch();
    m_layout->addWidget(m_pane);
    m_layout->addWidget(m_instead);
    setFocusProxy(m_pane);
    m_pane->addMenuActions({m_detachAction, m_besideAction, m_compareAction});
    connect(m_detachAction, &QAction::triggered, this, [this] { isDetached() ? attach() : detach(); });
    connect(m_back, &QPushButton::clicked, this, &RunLogs::attach);
    connect(m_besideAction, &QAction::triggered, this, &RunLogs::addBeside);
    connect(m_compareAction, &QAction::triggered, this, &RunLogs::askToCompare);
    retranslate();
}

RunLogs::~RunLogs()
{
    if (m_window)
        attach();
    delete m_grid;
    for (const QPointer<QWidget> &window : std::as_const(m_others))
        delete window;
}

void RunLogs::setExperiment(const Experiment &run)
{
    m_run = run;
    retranslate();
}

void RunLogs::detach()
{
    m_window = new QWidget(nullptr, Qt::Window);
    m_window->setObjectName(QStringLiteral("logWindow"));
    m_window->setAttribute(Qt::WA_QuitOnClose, false);
    m_window->installEventFilter(this);
    auto *layout = new QVBoxLayout(m_window);
    layout->setContentsMargins(8, 4, 8, 8);
    m_layout->removeWidget(m_pane);
    layout->addWidget(m_pane);
    m_pane->show();
    m_layout->setCurrentWidget(m_instead);
    setFocusProxy(m_back);
    if (!m_window->restoreGeometry(m_settings.widgetState(QStringLiteral("logWindow"))))
        m_window->resize(1000, 700);
    retranslate();
    m_window->show();
    m_pane->setFocus();
}

void RunLogs::attach()
{
    if (!m_window)
        return;
    QWidget *window = std::exchange(m_window, nullptr);
    m_settings.setWidgetState(QStringLiteral("logWindow"), window->saveGeometry());
    window->removeEventFilter(this);
    m_layout->insertWidget(0, m_pane);
    m_layout->setCurrentWidget(m_pane);
    setFocusProxy(m_pane);
    m_pane->setFocus();
    window->hide();
    window->deleteLater();
    retranslate();
}

void RunLogs::showPane()
{
    if (!m_window)
        return;
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

void RunLogs::addBeside()
{
    if (!m_grid) {
        m_grid = new LogGrid(m_settings, m_feed);
        m_grid->setAttribute(Qt::WA_QuitOnClose, false);
        m_grid->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_grid->add(m_run);
    m_grid->show();
    m_grid->raise();
}

void RunLogs::askToCompare()
{
    QList<Experiment> others;
    for (const Experiment &run : m_feed.experiments()) {
        if (run.id != m_run.id)
            others.append(run);
    }
    auto *chooser = new RunChooser(tr("Compare the log of “%1” with that of").arg(m_run.name), others, m_pane);
    // The page may show another run by the time the question is answered.
    connect(chooser, &RunChooser::chosen, this, [this, run = m_run](const Experiment &other) { compare(run, other); });
    chooser->open();
}

void RunLogs::compare(const Experiment &left, const Experiment &right)
{
    const auto side = [](const Experiment &run) {
        return LogDiffWindow::Side{run.name, run.runDirectory + QStringLiteral("/log.txt")};
    };
    auto *window = new LogDiffWindow(m_settings, side(left), side(right));
    window->setAttribute(Qt::WA_QuitOnClose, false);
    window->setAttribute(Qt::WA_DeleteOnClose);
    m_others.append(window);
    m_others.removeAll(nullptr);
    window->show();
}

bool RunLogs::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window && event->type() == QEvent::Close) {
        attach();
        return false;
    }
    return QWidget::eventFilter(watched, event);
}

void RunLogs::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void RunLogs::retranslate()
{
    m_detachAction->setText(isDetached() ? tr("Back to the page of the run") : tr("In a &window of its own"));
    m_besideAction->setText(tr("&Beside other logs"));
    m_compareAction->setText(tr("Com&pare with another run…"));
    m_insteadText->setText(tr("The log is in a window of its own."));
    m_back->setText(tr("Bring it back"));
    if (m_window)
        m_window->setWindowTitle(tr("Log of “%1”").arg(m_run.name));
}

} // namespace society::ui
