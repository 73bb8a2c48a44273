// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace society::ui {

class ErrorPanel;

/// Stands in for the main window while the workspace is opened, and says why where it cannot be: a database that is
/// newer, locked or damaged, a folder that cannot be written. GUI thread.
class StartupPage : public QWidget {
    Q_OBJECT
public:
    /// `workspace` is the folder's path, for the words.
    explicit StartupPage(const QString &workspace, QWidget *parent = nullptr);

    /// `isShared`: the database is on a server, whose name and login can be mended.
    void showError(const Error &error, bool isShared = false);
    /// Something that was asked for on this page failed; all that can be done on it stays.
    void reportProblem(const Error &error);
    /// Opening goes on: the error is gone, the buttons wait.
    void showOpening();

signals:
    void retryRequested();
    /// Another folder was chosen, to be opened in the place of this one.
    void workspaceChosen(const QString &folder);
    void connectionRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void chooseWorkspace();

    QString m_workspace;
    bool m_opening = true;
    QLabel *m_title;
    ErrorPanel *m_error;
    QPushButton *m_retry, *m_other, *m_connection;
    QPushButton *m_quit;
};

} // namespace society::ui
