// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where in the log pane, and what it is called.
#include "ui/logpane.h"

#include "ui/appsettings.h"
#include "ui/errorpanel.h"
#include "ui/icons.h"
#include "ui/logview.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {

QToolButton *buttonFor(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    return button;
}

QToolButton *option(const char *name, const QString &text, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(QString::fromLatin1(name));
    button->setText(text);
    button->setCheckable(true);
    button->setAutoRaise(true);
    return button;
}

} // namespace

void LogPane::makeActions()
{
    const auto make = [this](const char *name, const char *iconName, const QList<QKeySequence> &keys) {
        auto *action = new QAction(icon(iconName), QString(), this);
        action->setObjectName(QString::fromLatin1(name));
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        return action;
    };
    m_findAction = make("logFind", "edit-find", {QKeySequence(QKeySequence::Find)});
    m_nextAction = make("logNext", "go-down", {QKeySequence(Qt::Key_F3)});
    m_previousAction = make("logPrevious", "go-up", {QKeySequence(Qt::SHIFT | Qt::Key_F3)});
    m_errorNextAction = make("logErrorNext", "go-down", {QKeySequence(Qt::Key_F4)});
    m_errorPreviousAction = make("logErrorPrevious", "go-up", {QKeySequence(Qt::SHIFT | Qt::Key_F4)});
    m_goToAction = make("logGoTo", "go-jump", {QKeySequence(Qt::CTRL | Qt::Key_G)});
    m_wrapAction = make("logWrap", "text-wrap", {QKeySequence(Qt::ALT | Qt::Key_Z)});
    m_followAction = make("logFollow", "go-bottom", {});
    m_wrapAction->setCheckable(true);
    m_followAction->setCheckable(true);
    m_followAction->setChecked(true);
    m_copyAction = make("logCopy", "edit-copy", {});
    m_selectAllAction = make("logSelectAll", "edit-select-all", {});
    m_wholeLineAction = make("logWholeLineAction", "document-preview", {});
    m_saveAction = make("logSave", "document-save-as", {QKeySequence(QKeySequence::SaveAs)});
    m_saveSelectionAction = make("logSaveSelection", "document-save", {});
    m_zoomInAction = make("logZoomIn", "zoom-in", {});
    m_zoomOutAction = make("logZoomOut", "zoom-out", {});
    m_zoomResetAction = make("logZoomReset", "zoom-original", {});
}

void LogPane::buildLayout()
{
    setObjectName(QStringLiteral("logPane"));
    m_view->setObjectName(QStringLiteral("logView"));
    m_view->installEventFilter(this);
    m_find->setObjectName(QStringLiteral("logFindText"));
    m_find->setClearButtonEnabled(true);
    m_find->setMinimumWidth(160);
    m_find->installEventFilter(this);
    m_hits->setObjectName(QStringLiteral("logHits"));
    m_hits->setMinimumWidth(90);
    m_status->setObjectName(QStringLiteral("logStatus"));
    m_status->setForegroundRole(QPalette::PlaceholderText);
    m_regex = option("logRegex", QStringLiteral(".*"), this);
    m_case = option("logCase", QStringLiteral("Aa"), this);
    m_previous = buttonFor(m_previousAction, this);
    m_next = buttonFor(m_nextAction, this);
    m_errorPrevious = buttonFor(m_errorPreviousAction, this);
    m_errorNext = buttonFor(m_errorNextAction, this);
    m_goTo = buttonFor(m_goToAction, this);
    m_wrap = buttonFor(m_wrapAction, this);
    m_follow = buttonFor(m_followAction, this);
    for (QToolButton *button : {m_previous, m_next, m_errorPrevious, m_errorNext, m_goTo, m_wrap, m_follow})
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_more = new QToolButton(this);
    m_more->setObjectName(QStringLiteral("logMore"));
    m_more->setText(QStringLiteral("⋯"));
    m_more->setAutoRaise(true);

    auto *bar = new QHBoxLayout;
    bar->setSpacing(4);
    bar->addWidget(m_find, 2);
    for (QWidget *widget : {static_cast<QWidget *>(m_regex), static_cast<QWidget *>(m_case),
             static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_next), static_cast<QWidget *>(m_hits)})
        bar->addWidget(widget);
    bar->addStretch(1);
    for (QWidget *widget : {m_errorPrevious, m_errorNext, m_goTo, m_wrap, m_follow, m_more})
        bar->addWidget(widget);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_error);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_status);
    setFocusProxy(m_view);
}

void LogPane::connectSignals()
{
    connect(m_find, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, &LogPane::startSearch);
    for (QToolButton *button : {m_regex, m_case})
        connect(button, &QToolButton::toggled, this, &LogPane::startSearch);
    connect(&m_search, &log::LogSearch::hitsChanged, this, &LogPane::updateHits);
    connect(&m_search, &log::LogSearch::caughtUp, this, &LogPane::updateHits);
    connect(&m_search, &log::LogSearch::failed, this, [this](const Error &error) {
        m_badPattern = error.message;
        updateHits();
    });
    connect(&m_errors, &log::LogSearch::hitsChanged, this, [this] {
        updateHits();
        updateStatus();
    });
    connect(&m_document, &log::LogDocument::grown, this, &LogPane::updateStatus);
    connect(&m_document, &log::LogDocument::stateChanged, this, &LogPane::updateStatus);

    connect(m_findAction, &QAction::triggered, this, [this] {
        m_find->setFocus();
        m_find->selectAll();
    });
    connect(m_nextAction, &QAction::triggered, this, [this] { goToHit(m_search.hits(), true); });
    connect(m_previousAction, &QAction::triggered, this, [this] { goToHit(m_search.hits(), false); });
    connect(m_errorNextAction, &QAction::triggered, this, [this] { goToHit(m_errors.hits(), true); });
    connect(m_errorPreviousAction, &QAction::triggered, this, [this] { goToHit(m_errors.hits(), false); });
    connect(m_goToAction, &QAction::triggered, this, &LogPane::goTo);
    connect(m_wrapAction, &QAction::toggled, this, [this](bool on) {
        m_view->setWrapping(on);
        m_settings.setFlag(QStringLiteral("log/wrap"), on);
    });
    connect(m_followAction, &QAction::toggled, m_view, &LogView::setFollowing);
    connect(m_view, &LogView::followingChanged, m_followAction, &QAction::setChecked);
    connect(m_view, &LogView::selectionChanged, this, &LogPane::updateHits);
    connect(m_view, &LogView::failed, m_error, &ErrorPanel::showError);
    connect(m_view, &LogView::zoomChanged, this,
        [this](int points) { m_settings.setNumber(QStringLiteral("log/zoom"), points); });
    connect(m_copyAction, &QAction::triggered, m_view, &LogView::copy);
    connect(m_selectAllAction, &QAction::triggered, m_view, &LogView::selectAll);
    connect(m_wholeLineAction, &QAction::triggered, this, &LogPane::showWholeLine);
    connect(m_saveAction, &QAction::triggered, this, &LogPane::saveWholeLog);
    connect(m_saveSelectionAction, &QAction::triggered, this,
        [this] { save(m_view->selectionStart().line, m_view->selectionEnd().line); });
    connect(m_zoomInAction, &QAction::triggered, this, [this] { m_view->setZoom(m_view->zoom() + 1); });
    connect(m_zoomOutAction, &QAction::triggered, this, [this] { m_view->setZoom(m_view->zoom() - 1); });
    connect(m_zoomResetAction, &QAction::triggered, this, [this] { m_view->setZoom(0); });
    connect(
        m_more, &QToolButton::clicked, this, [this] { showMenu(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
}

void LogPane::showMenu(const QPoint &globalPosition)
{
    m_copyAction->setEnabled(m_view->hasSelection());
    m_saveSelectionAction->setEnabled(m_view->hasSelection());
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("logMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_copyAction, m_selectAllAction, m_wholeLineAction});
    menu->addSeparator();
    menu->addActions({m_findAction, m_goToAction, m_wrapAction, m_followAction});
    menu->addSeparator();
    menu->addActions({m_saveAction, m_saveSelectionAction});
    menu->addSeparator();
    menu->addActions({m_zoomInAction, m_zoomOutAction, m_zoomResetAction});
    menu->popup(globalPosition);
}

void LogPane::retranslate()
{
    m_view->setAccessibleName(tr("Log"));
    m_find->setPlaceholderText(tr("Find in the whole log…"));
    m_find->setAccessibleName(tr("Find in the log"));
    m_regex->setToolTip(tr("Regular expression"));
    m_regex->setAccessibleName(tr("Find by regular expression"));
    m_case->setToolTip(tr("Match case"));
    m_case->setAccessibleName(tr("Find with matching case"));
    m_more->setToolTip(tr("More"));
    m_more->setAccessibleName(tr("More of the log"));
    m_findAction->setText(tr("&Find…"));
    m_nextAction->setText(tr("Next hit"));
    m_previousAction->setText(tr("Previous hit"));
    m_errorNextAction->setText(tr("Next error"));
    m_errorPreviousAction->setText(tr("Previous error"));
    m_previousAction->setIconText(QStringLiteral("▲"));
    m_nextAction->setIconText(QStringLiteral("▼"));
    //: buttons: the error before, the error after
    m_errorPreviousAction->setIconText(tr("Error ▲"));
    m_errorNextAction->setIconText(tr("Error ▼"));
    m_goToAction->setIconText(tr("Go to…"));
    m_previous->setAccessibleName(m_previousAction->text());
    m_next->setAccessibleName(m_nextAction->text());
    m_errorPrevious->setAccessibleName(m_errorPreviousAction->text());
    m_errorNext->setAccessibleName(m_errorNextAction->text());
    m_goToAction->setText(tr("&Go to line or time…"));
    m_wrapAction->setText(tr("&Wrap lines"));
    m_wrapAction->setIconText(tr("Wrap"));
    m_followAction->setText(tr("F&ollow the end"));
    m_followAction->setIconText(tr("Follow"));
    m_copyAction->setText(tr("&Copy"));
    m_selectAllAction->setText(tr("Select &all"));
    m_wholeLineAction->setText(tr("Show the whole &line"));
    m_saveAction->setText(tr("&Save the whole log…"));
    m_saveSelectionAction->setText(tr("Save the selected lines…"));
    m_zoomInAction->setText(tr("Larger"));
    m_zoomOutAction->setText(tr("Smaller"));
    m_zoomResetAction->setText(tr("Normal size"));
    updateHits();
    updateStatus();
}

} // namespace society::ui
