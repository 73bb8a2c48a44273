// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/workspacedatabase.h"
#include "ui/appcontext.h"

#include <QDialog>
#include <QTimer>
#include <atomic>
#include <memory>
#include <mutex>

class QFormLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace society::ui {

class ErrorPanel;

/// Where the workspace's database is and who one is there; a server is named, tested and used; everything is moved to
/// it and back. Does not wait: a test and a move can be cancelled. GUI thread.
class DatabaseDialog : public QDialog {
    Q_OBJECT
public:
    /// `mayLeave` tells whether the window may go for another one, and asks the person where it may not.
    DatabaseDialog(const AppContext &context, const std::function<bool()> &mayLeave, QWidget *parent = nullptr);
    ~DatabaseDialog() override;

signals:
    /// The workspace's database is elsewhere now: it is to be opened anew. `words` say what was done.
    void databaseChanged(const QString &words);
    /// Everything is being moved, or is no longer: what is begun meanwhile in the window would be lost with it.
    void moving(bool on);

protected:
    void changeEvent(QEvent *event) override;
    void reject() override;

private:
    enum class Task { None, Test, Move };
    /// How far a move is, written in the worker.
    struct Progress {
        std::atomic_bool cancelled = false;
        std::atomic<qint64> rows = -1; ///< none yet
        std::mutex mutex;              ///< guards table
        QString table;                 ///< empty: the audits
    };
    using Move = std::function<Result<experiment::Moved>(const experiment::MoveProgress &)>;

    void buildLayout();
    void buildForm(QFormLayout *form);
    void connectSignals();
    void retranslate();
    void load();
    void showWhere();
    void check();
    void begin(Task task);
    void end();
    void test();
    void showTest(const experiment::DatabaseTest &test);
    void showProgress();
    void cancel();
    void askToUse();
    void askToMoveToServer();
    void askToMoveToFile();
    void run(const Move &move);
    void moved(const experiment::Moved &moved);
    void chooseCertificate();
    void showMembers();
    [[nodiscard]] store::Server server() const;
    [[nodiscard]] experiment::WorkspaceDatabase::Password password() const;
    void fit();

    const AppContext &m_context;
    std::function<bool()> m_mayLeave;
    experiment::DatabaseWhere m_where;
    std::optional<experiment::DatabaseTest> m_present;
    bool m_loaded = false;
    Task m_task = Task::None;
    int m_request = 0;
    std::shared_ptr<Progress> m_progress;
    QTimer m_timer;

    QGroupBox *m_nowBox, *m_serverBox;
    QLabel *m_now;
    QLabel *m_hostLabel, *m_databaseLabel, *m_userLabel, *m_passwordLabel, *m_caLabel, *m_portLabel;
    QLineEdit *m_host, *m_database, *m_user, *m_password, *m_ca;
    QSpinBox *m_port;
    QToolButton *m_chooseCa;
    QLabel *m_tls;
    QPushButton *m_test;
    QLabel *m_shape, *m_result;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
    ErrorPanel *m_error;
    QPushButton *m_use, *m_toServer, *m_toFile, *m_members, *m_close;
};

} // namespace society::ui
