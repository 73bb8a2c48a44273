// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where in the log pane, and what it is called.
#include "ui/logpane.h"

#include "ui/appsettings.h"
#include "ui/errorpanel.h"
#include "ui/icons.h"
#include "ui/logfindbar.h"
#include "ui/logtroubles.h"
#include "ui/logview.h"
#include "ui/statechip.h"

#include <QAction>
#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>
#include <utility>

namespace society::ui {

namespace {

constexpr std::array levels = {log::Level::None, log::Level::Info, log::Level::Warning, log::Level::Error};
constexpr std::array contextLines = {0, 1, 3};

QToolButton *buttonFor(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    return button;
}

} // namespace

QAction *LogPane::make(const char *name, const char *iconName, const QList<QKeySequence> &keys, bool checkable)
{
    auto *action = new QAction(icon(iconName), QString(), this);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setCheckable(checkable);
    addAction(action);
    return action;
}

void LogPane::makeActions()
{
    m_findAction = make("logFind", "edit-find", {QKeySequence(QKeySequence::Find)});
    m_nextAction = make("logNext", "go-down", {QKeySequence(Qt::Key_F3)});
    m_previousAction = make("logPrevious", "go-up", {QKeySequence(Qt::SHIFT | Qt::Key_F3)});
    m_errorNextAction = make("logErrorNext", "go-down", {QKeySequence(Qt::Key_F8), QKeySequence(Qt::Key_F4)});
    m_errorPreviousAction =
        make("logErrorPrevious", "go-up", {QKeySequence(Qt::SHIFT | Qt::Key_F8), QKeySequence(Qt::SHIFT | Qt::Key_F4)});
    m_goToAction = make("logGoTo", "go-jump", {QKeySequence(Qt::CTRL | Qt::Key_G)});
    m_filterAction = make("logOnlyHits", "view-filter", {QKeySequence(Qt::CTRL | Qt::Key_L)}, true);
    m_troublesAction = make("logTroublesShown", "dialog-warning", {QKeySequence(Qt::CTRL | Qt::Key_T)}, true);
    m_foldAction = make("logFold", "view-list-tree", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)}, true);
    m_wrapAction = make("logWrap", "text-wrap", {QKeySequence(Qt::ALT | Qt::Key_Z)}, true);
    m_followAction = make("logFollow", "go-bottom", {}, true);
    m_followAction->setChecked(true);
    m_markAction = make("logMark", "bookmark-new", {QKeySequence(Qt::CTRL | Qt::Key_M)});
    m_markNextAction = make("logMarkNext", "go-down", {QKeySequence(Qt::Key_F2)});
    m_markPreviousAction = make("logMarkPrevious", "go-up", {QKeySequence(Qt::SHIFT | Qt::Key_F2)});
    m_copyAction = make("logCopy", "edit-copy", {});
    m_copyColoursAction = make("logCopyColours", "edit-copy", {});
    m_selectAllAction = make("logSelectAll", "edit-select-all", {});
    m_wholeLineAction = make("logWholeLineAction", "document-preview", {});
    m_rawLineAction = make("logRawLine", "document-preview", {});
    m_saveAction = make("logSave", "document-save-as", {QKeySequence(QKeySequence::SaveAs)});
    m_saveSelectionAction = make("logSaveSelection", "document-save", {});
    m_saveHitsAction = make("logSaveHits", "document-save", {});
    m_zoomInAction = make("logZoomIn", "zoom-in", {});
    m_zoomOutAction = make("logZoomOut", "zoom-out", {});
    m_zoomResetAction = make("logZoomReset", "zoom-original", {});
}

/// How many lines around the hits are on show with them.
void LogPane::makeFilterMenu()
{
    const int chosen = m_settings.number(QStringLiteral("log/context"), 0);
    for (const int lines : contextLines) {
        auto *action = new QAction(this);
        action->setObjectName(QStringLiteral("logContext%1").arg(lines));
        action->setCheckable(true);
        action->setData(lines);
        action->setChecked(lines == chosen || lines == 0);
        m_contexts->addAction(action);
        m_filterMenu->addAction(action);
    }
    for (const log::Level level : levels)
        m_level->addItem(QString(), static_cast<int>(level));
}

void LogPane::buildLayout()
{
    setObjectName(QStringLiteral("logPane"));
    m_view->setObjectName(QStringLiteral("logView"));
    m_view->installEventFilter(this);
    m_find->setSteps(m_previousAction, m_nextAction);
    m_problem->setObjectName(QStringLiteral("logFindProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_level->setObjectName(QStringLiteral("logLevel"));
    m_onlyHits = buttonFor(m_filterAction, this);
    m_onlyHits->setPopupMode(QToolButton::MenuButtonPopup);
    m_onlyHits->setMenu(m_filterMenu);
    m_goTo = buttonFor(m_goToAction, this);
    m_wrap = buttonFor(m_wrapAction, this);
    m_follow = buttonFor(m_followAction, this);
    m_more = new QToolButton(this);
    m_more->setObjectName(QStringLiteral("logMore"));
    m_more->setText(QStringLiteral("⋯"));
    m_more->setAutoRaise(true);
    m_troubles->hide();
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(m_troubles);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);

    auto *bar = new QHBoxLayout;
    bar->setSpacing(4);
    bar->addWidget(m_find, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_onlyHits, m_level, m_goTo, m_wrap, m_follow, m_more})
        bar->addWidget(widget);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_problem);
    layout->addWidget(m_error);
    layout->addWidget(m_splitter, 1);
    buildStrip();
    setFocusProxy(m_view);
}

/// Below the log: what it is, where one is in it, and its errors.
void LogPane::buildStrip()
{
    for (QLabel *label : {m_status, m_place}) {
        label->setForegroundRole(QPalette::PlaceholderText);
        label->setSizePolicy(label == m_status ? QSizePolicy::Ignored : QSizePolicy::Preferred, QSizePolicy::Preferred);
    }
    m_status->setObjectName(QStringLiteral("logStatus"));
    m_place->setObjectName(QStringLiteral("logPlace"));
    m_progress->setObjectName(QStringLiteral("logSaveProgress"));
    m_progress->setMaximumWidth(140);
    m_progress->hide();
    m_cancel->setObjectName(QStringLiteral("logSaveCancel"));
    m_cancel->setAutoRaise(true);
    m_cancel->hide();
    m_errorPrevious = buttonFor(m_errorPreviousAction, this);
    m_errorNext = buttonFor(m_errorNextAction, this);
    m_troublesButton = buttonFor(m_troublesAction, this);
    auto *strip = new QHBoxLayout;
    strip->setSpacing(4);
    strip->addWidget(m_status, 1);
    for (QWidget *widget :
        std::initializer_list<QWidget *>{m_progress, m_cancel, m_place, m_errorPrevious, m_errorNext, m_troublesButton})
        strip->addWidget(widget);
    static_cast<QVBoxLayout *>(layout())->addLayout(strip);
}

void LogPane::connectSignals()
{
    connect(m_find, &LogFindBar::patternChanged, this, &LogPane::startSearch);
    connect(m_find, &LogFindBar::stepRequested, this, [this](bool forward) { goToHit(m_search.hits(), forward); });
    connect(m_find, &LogFindBar::left, m_view, qOverload<>(&QWidget::setFocus));
    connect(&m_search, &log::LogSearch::hitsChanged, this, &LogPane::updateHits);
    connect(&m_search, &log::LogSearch::caughtUp, this, &LogPane::updateHits);
    connect(&m_search, &log::LogSearch::failed, this, [this](const Error &error) {
        m_badPattern = error.remedy.isEmpty() ? error.message : error.message + u' ' + error.remedy;
        updateHits();
    });
    connect(&m_errors, &log::LogSearch::hitsChanged, this, [this] {
        updateHits();
        updateStatus();
    });
    connect(&m_document, &log::LogDocument::grown, this, &LogPane::updateStatus);
    connect(&m_document, &log::LogDocument::grown, this, &LogPane::restoreMarks);
    connect(&m_document, &log::LogDocument::reset, this, &LogPane::takeReset);
    connect(&m_outline, &log::LogOutline::changed, this, &LogPane::updatePlace);
    connect(&m_document, &log::LogDocument::stateChanged, this, &LogPane::updateStatus);
    connect(m_troubles, &LogTroubles::changed, this, &LogPane::retranslateTroubles);
    connect(m_troubles, &LogTroubles::closeRequested, this, [this] {
        m_troublesAction->setChecked(false);
        m_view->setFocus();
    });
    connect(m_troubles, &LogTroubles::opened, this, [this](const models::TroublesModel::Row &row) {
        const qint64 from = m_view->hasCursor() ? m_view->currentLine() : -1;
        const qint64 line = m_troubles->lineFrom(row, from, true);
        if (line < 0)
            return;
        goToLine(line);
        m_troubles->setFocus(); // Return again: the next one
    });
    connect(&m_savingTimer, &QTimer::timeout, this, &LogPane::updateProgress);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (m_saving)
            m_saving->stop = true;
    });
    connect(m_filterAction, &QAction::toggled, this, &LogPane::updateFilter);
    connect(m_level, &QComboBox::currentIndexChanged, this, &LogPane::updateFilter);
    connect(m_contexts, &QActionGroup::triggered, this, [this](const QAction *action) {
        m_settings.setNumber(QStringLiteral("log/context"), action->data().toInt());
        if (!m_search.pattern().isEmpty())
            m_filterAction->setChecked(true);
        updateFilter();
    });
}

void LogPane::connectView()
{
    const auto on = [this](QAction *action, auto done) { connect(action, &QAction::triggered, this, done); };
    const auto remember = [this](QAction *action, const char *name, auto done) {
        connect(action, &QAction::toggled, this, [this, key = QString::fromLatin1(name), done](bool isOn) {
            done(isOn);
            m_settings.setFlag(key, isOn);
        });
    };
    on(m_findAction, [this] { m_find->focusText(); });
    on(m_nextAction, [this] { goToHit(m_search.hits(), true); });
    on(m_previousAction, [this] { goToHit(m_search.hits(), false); });
    on(m_errorNextAction, [this] { goToHit(m_errors.hits(), true); });
    on(m_errorPreviousAction, [this] { goToHit(m_errors.hits(), false); });
    on(m_goToAction, [this] { goTo(); });
    remember(m_wrapAction, "log/wrap", [this](bool isOn) { m_view->setWrapping(isOn); });
    remember(m_foldAction, "log/folded", [this](bool isOn) { m_view->setAllFolded(isOn); });
    remember(m_troublesAction, "log/troubles", [this](bool isOn) { m_troubles->setVisible(isOn); });
    on(m_markAction, [this] { m_view->toggleMark(); });
    on(m_markNextAction, [this] { m_view->goToMark(true); });
    on(m_markPreviousAction, [this] { m_view->goToMark(false); });
    connect(m_followAction, &QAction::toggled, m_view, &LogView::setFollowing);
    connect(m_view, &LogView::followingChanged, m_followAction, &QAction::setChecked);
    connect(m_view, &LogView::selectionChanged, this, [this] {
        m_note.clear();
        if (std::exchange(m_isAnew, false))
            updateStatus();
        updateHits();
        updatePlace();
    });
    connect(m_view, &LogView::scrolled, this, &LogPane::updatePlace);
    connect(m_view, &LogView::marksChanged, this, &LogPane::updateStatus);
    connect(m_view, &LogView::failed, m_error, &ErrorPanel::showError);
    connect(m_view, &LogView::zoomChanged, this,
        [this](int points) { m_settings.setNumber(QStringLiteral("log/zoom"), points); });
    on(m_copyAction, [this] { m_view->copy(); });
    on(m_copyColoursAction, [this] { m_view->copyWithColours(); });
    on(m_selectAllAction, [this] { m_view->selectAll(); });
    on(m_wholeLineAction, [this] { showOneLine(false); });
    on(m_rawLineAction, [this] { showOneLine(true); });
    on(m_saveAction, [this] { saveWholeLog(); });
    on(m_saveSelectionAction, [this] { save(m_view->selectedLines(), QStringLiteral("-part")); });
    on(m_saveHitsAction, [this] {
        save({0, -1, std::make_shared<const log::HitList>(m_search.hits())}, QStringLiteral("-hits"));
    });
    on(m_zoomInAction, [this] { m_view->setZoom(m_view->zoom() + 1); });
    on(m_zoomOutAction, [this] { m_view->setZoom(m_view->zoom() - 1); });
    on(m_zoomResetAction, [this] { m_view->setZoom(0); });
    connect(
        m_more, &QToolButton::clicked, this, [this] { showMenu(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
}

void LogPane::setCompact(bool compact)
{
    m_isCompact = compact;
    m_find->setCompact(compact);
    // Where there is little room for a line, it is wrapped; what the person chose for others is not touched.
    const QSignalBlocker blocker(m_wrapAction);
    m_wrapAction->setChecked(compact || m_settings.flag(QStringLiteral("log/wrap"), false));
    m_view->setWrapping(m_wrapAction->isChecked());
    for (QWidget *widget : std::initializer_list<QWidget *>{
             m_onlyHits, m_level, m_goTo, m_wrap, m_follow, m_errorPrevious, m_errorNext, m_troublesButton, m_place})
        widget->setVisible(!compact);
}

void LogPane::addMenuActions(const QList<QAction *> &actions)
{
    m_ownersActions += actions;
    for (QAction *action : actions)
        addAction(action);
}

void LogPane::retranslateTroubles()
{
    const qint64 count = m_troubles->model().rowCount();
    m_troublesAction->setIconText(count > 0 ? tr("Troubles: %1").arg(count) : tr("Troubles"));
    const QString summary = m_troubles->model().summary();
    m_troublesButton->setToolTip(summary.isEmpty() ? tr("No trouble so far") : summary);
}

void LogPane::retranslate()
{
    m_view->setAccessibleName(tr("Log"));
    m_more->setToolTip(tr("More"));
    m_more->setAccessibleName(tr("More of the log"));
    m_level->setAccessibleName(tr("Level of the lines on show"));
    m_level->setToolTip(m_level->accessibleName());
    m_level->setItemText(0, tr("All lines"));
    m_level->setItemText(1, tr("With a level"));
    m_level->setItemText(2, tr("Warnings, errors"));
    m_level->setItemText(3, tr("Errors"));
    m_filterAction->setText(tr("Only &hits on show"));
    m_filterAction->setIconText(tr("Only hits"));
    const QList<QAction *> contexts = m_contexts->actions();
    contexts[0]->setText(tr("Hits alone"));
    contexts[1]->setText(tr("With the line before and after"));
    contexts[2]->setText(tr("With three lines before and after"));
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
    m_errorPrevious->setAccessibleName(m_errorPreviousAction->text());
    m_errorNext->setAccessibleName(m_errorNextAction->text());
    m_goToAction->setText(tr("&Go to line or time…"));
    m_troublesAction->setText(tr("&Troubles"));
    m_foldAction->setText(tr("Fol&d tracebacks and repeated lines"));
    m_wrapAction->setText(tr("&Wrap lines"));
    m_wrapAction->setIconText(tr("Wrap"));
    m_followAction->setText(tr("F&ollow the end"));
    m_followAction->setIconText(tr("Follow"));
    m_markAction->setText(tr("&Mark the line, or take its mark away"));
    m_markNextAction->setText(tr("Next mark"));
    m_markPreviousAction->setText(tr("Previous mark"));
    m_copyAction->setText(tr("&Copy"));
    m_copyColoursAction->setText(tr("Copy lines with their colour codes"));
    m_selectAllAction->setText(tr("Select &all"));
    m_wholeLineAction->setText(tr("Show the whole &line"));
    m_rawLineAction->setText(tr("Show the &raw line, every byte"));
    m_saveAction->setText(tr("&Save the whole log…"));
    m_saveSelectionAction->setText(tr("Save the selected lines…"));
    m_saveHitsAction->setText(tr("Save the hits…"));
    m_zoomInAction->setText(tr("Larger"));
    m_zoomOutAction->setText(tr("Smaller"));
    m_zoomResetAction->setText(tr("Normal size"));
    retranslateColumns();
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel saving"));
    m_progress->setAccessibleName(tr("Saved so far"));
    QPalette problem = palette();
    problem.setColor(QPalette::WindowText, severityColour(Severity::Fault, palette()));
    m_problem->setPalette(problem);
    retranslateTroubles();
    updateHits();
    updateStatus();
}

} // namespace society::ui
