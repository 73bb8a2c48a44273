// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/ledger/values.h"
#include "ui/activities.h"

#include <QList>
#include <QPointer>
#include <QStatusBar>

class QDialog;
class QLabel;
class QProgressBar;
class QToolButton;

namespace society::ui {

class ErrorPanel;

/// The status bar: tenant, available money, runs in progress, background work with progress and cancel, and the first
/// unread problem, which stays until it was read. GUI thread.
class StatusArea : public QStatusBar {
    Q_OBJECT
public:
    StatusArea(const TenantId &tenant, Activities &activities, QWidget *parent = nullptr);

    void setAccount(const ledger::Account &account);
    void setRuns(int count);
    /// Adds a problem to the unread ones; one that stands there already is not added twice. Of very many the earliest
    /// are let go, which is said.
    void addProblem(const Error &error);
    [[nodiscard]] const QList<Error> &unread() const { return m_problems; }

signals:
    void accountClicked();
    void runsClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void updateActivity();
    void updateProblem();
    void readProblem();

    TenantId m_tenant;
    Activities &m_activities;
    ledger::Account m_account;
    bool m_hasAccount = false;
    int m_runs = 0;
    QList<Error> m_problems;
    int m_forgotten = 0; ///< earlier problems that were not kept
    QToolButton *m_problem;
    QLabel *m_step;
    QProgressBar *m_progress;
    QToolButton *m_cancel;
    QToolButton *m_runsButton;
    QToolButton *m_money;
    QPointer<QDialog> m_dialog;
};

} // namespace society::ui
