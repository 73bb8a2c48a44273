// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/logdocument.h"
#include "services/log/logoutline.h"
#include "services/log/logsearch.h"
#include "ui/logcolumns.h"
#include "ui/logfilter.h"

#include <QTimer>
#include <QWidget>
#include <set>

class QAction;
class QActionGroup;
class QComboBox;
class QLabel;
class QMenu;
class QProgressBar;
class QSplitter;
class QToolButton;

namespace society::ui {

class AppSettings;
class ErrorPanel;
class LogFindBar;
class LogTroubles;
class LogView;

/// A log with what one does with it: find, filter by hits and level, step through hits, errors and own marks, see its
/// troubles, go to a line or time, fold, wrap, follow, copy and save. GUI thread.
class LogPane : public QWidget {
    Q_OBJECT
public:
    explicit LogPane(AppSettings &settings, QWidget *parent = nullptr);
    ~LogPane() override;

    /// Shows a log from its end. The same path again changes nothing.
    void open(const QString &path);
    /// Whether more is expected: see LogDocument::setLive(). Also what an empty pane says.
    void setLive(bool live);
    /// Shows a line in the middle. Where a filter hides it, the filter is taken off.
    void goToLine(qint64 line);
    /// Asks for a file and writes the whole log to it.
    void saveWholeLog();
    /// For little room: what is rarer is in the menu only, how to find and which levels are on show included.
    void setCompact(bool compact);
    /// Actions of whoever shows the pane, at the end of its menu.
    void addMenuActions(const QList<QAction *> &actions);

    [[nodiscard]] log::LogDocument &document() { return m_document; }
    [[nodiscard]] LogView *view() const { return m_view; }
    [[nodiscard]] const log::LogSearch &search() const { return m_search; }
    [[nodiscard]] const log::LogOutline &outline() const { return m_outline; }

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // logpane_layout.cpp
    QAction *make(const char *name, const char *iconName, const QList<QKeySequence> &keys, bool checkable = false);
    void makeActions();
    void makeFilterMenu();
    void buildLayout();
    void buildStrip();
    void connectSignals();
    void connectView();
    void retranslate();
    void retranslateTroubles();
    // logpane_menu.cpp
    void makeColumnsMenu();
    void takeColumns();
    void retranslateColumns();
    void showMenu(const QPoint &globalPosition);
    void addCompactMenus(QMenu &menu);

    // logpane.cpp: finding and filtering
    void startSearch();
    void updateFilter();
    void removeFilter();
    void goToHit(const log::HitList &hits, bool forward);
    void updateHits();
    void updateStatus();
    void updatePlace();
    void updateEmptyText();
    void setNote(const QString &text);
    void keepMarks();
    void dropMarks();
    void takeReset();
    void restoreMarks();

    // logpane_save.cpp: single lines and files
    void goTo();
    void goToTyped(const QString &text);
    void showOneLine(bool raw);
    void save(const log::LineChoice &choice, const QString &suffix);
    void saveTo(const log::LineChoice &choice, const QString &target);
    void updateProgress();

    AppSettings &m_settings;
    LogColumnChoice &m_columns;
    log::LogDocument m_document;
    log::LogSearch m_search;
    log::LogSearch m_errors;
    log::LogOutline m_outline;
    std::unique_ptr<log::LogSearch> m_levels; // while lines are filtered by level
    std::unique_ptr<LogFilter> m_filter;
    std::shared_ptr<log::SaveProgress> m_saving;
    QTimer m_savingTimer;
    bool m_live = false;
    bool m_isCompact = false;
    bool m_hasOwnMarks = false;     // those that the log had when it was last shown are in the view, or are none
    bool m_asksForMarks = false;    // whether the marks kept are those of this log
    std::set<qint64> m_marksBefore; // those that were put back
    QString m_badPattern;
    QString m_note;        // what an action has done, until the log or the person goes on
    bool m_isAnew = false; // the log that was on show is no more; said until the person goes on
    QList<QAction *> m_ownersActions;

    LogView *m_view;
    ErrorPanel *m_error;
    LogFindBar *m_find;
    LogTroubles *m_troubles;
    QSplitter *m_splitter;
    QLabel *m_problem; // of the pattern
    QComboBox *m_level;
    QToolButton *m_onlyHits, *m_goTo, *m_wrap, *m_follow, *m_more;
    QLabel *m_status, *m_place;
    QProgressBar *m_progress;
    QToolButton *m_cancel, *m_errorPrevious, *m_errorNext, *m_troublesButton;
    QMenu *m_filterMenu, *m_columnsMenu;
    QActionGroup *m_contexts;
    QAction *m_findAction, *m_nextAction, *m_previousAction, *m_errorNextAction, *m_errorPreviousAction, *m_goToAction;
    QAction *m_filterAction, *m_troublesAction, *m_foldAction, *m_wrapAction, *m_followAction;
    QAction *m_markAction, *m_markNextAction, *m_markPreviousAction;
    QAction *m_copyAction, *m_copyColoursAction, *m_selectAllAction, *m_wholeLineAction, *m_rawLineAction;
    QAction *m_saveAction, *m_saveSelectionAction, *m_saveHitsAction;
    QAction *m_zoomInAction, *m_zoomOutAction, *m_zoomResetAction;
};

} // namespace society::ui
