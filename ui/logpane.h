// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/logdocument.h"
#include "services/log/logsearch.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QToolButton;

namespace society::ui {

class AppSettings;
class ErrorPanel;
class LogView;

/// A log with what one does with it: find, step through hits and errors, go to a line or time, wrap, follow, copy and
/// save. GUI thread.
class LogPane : public QWidget {
    Q_OBJECT
public:
    explicit LogPane(AppSettings &settings, QWidget *parent = nullptr);
    ~LogPane() override;

    /// Shows a log from its end. The same path again changes nothing.
    void open(const QString &path);
    /// Whether more is expected: see LogDocument::setLive(). Also what an empty pane says.
    void setLive(bool live);
    /// Shows a line in the middle.
    void goToLine(qint64 line);
    /// Asks for a file and writes the whole log to it.
    void saveWholeLog();

    [[nodiscard]] log::LogDocument &document() { return m_document; }
    [[nodiscard]] LogView *view() const { return m_view; }
    [[nodiscard]] const log::LogSearch &search() const { return m_search; }

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // logpane_layout.cpp
    void makeActions();
    void buildLayout();
    void connectSignals();
    void retranslate();
    void showMenu(const QPoint &globalPosition);

    void startSearch();
    void goToHit(const log::HitList &hits, bool forward);
    void updateHits();
    void updateStatus();
    void updateEmptyText();
    void goTo();
    void goToTyped(const QString &text);
    void showWholeLine();
    void save(qint64 first, qint64 last);

    AppSettings &m_settings;
    log::LogDocument m_document;
    log::LogSearch m_search;
    log::LogSearch m_errors;
    QTimer m_typing;
    bool m_live = false;
    QString m_badPattern;

    LogView *m_view;
    ErrorPanel *m_error;
    QLineEdit *m_find;
    QToolButton *m_regex, *m_case, *m_previous, *m_next;
    QLabel *m_hits;
    QToolButton *m_errorPrevious, *m_errorNext;
    QToolButton *m_goTo, *m_wrap, *m_follow, *m_more;
    QLabel *m_status;
    QAction *m_findAction, *m_nextAction, *m_previousAction, *m_errorNextAction, *m_errorPreviousAction, *m_goToAction;
    QAction *m_wrapAction, *m_followAction, *m_copyAction, *m_selectAllAction, *m_wholeLineAction;
    QAction *m_saveAction, *m_saveSelectionAction, *m_zoomInAction, *m_zoomOutAction, *m_zoomResetAction;
};

} // namespace society::ui
