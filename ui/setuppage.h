// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/runnerkit.h"
#include "ui/activities.h"
#include "ui/appcontext.h"
#include "ui/page.h"

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace society::ui {

class ErrorPanel;

/// The first-run page: workspace, runner (installed by us or an existing one), practice configurations, each with what
/// is so and what to do. Long work runs in the installer and can be cancelled. GUI thread.
class SetupPage final : public Page {
    Q_OBJECT
public:
    SetupPage(const AppContext &context, Activities &activities, QWidget *parent = nullptr);
    ~SetupPage() override;

    void refresh() override;
    void focusFirst() override;
    bool goBack() override;
    /// Takes an existing runner into use, as the file picker does.
    void adopt(const QString &path);

signals:
    /// Asked at every refresh: whether a runner works.
    void runnerChecked(bool works);
    /// The person goes on to the Launch page.
    void done();

protected:
    void retranslate() override;
    void changeEvent(QEvent *event) override;

private:
    struct Step {
        QLabel *shape;
        QLabel *title;
        QLabel *text;
    };
    [[nodiscard]] Step makeStep(const char *name);
    void buildLayout();
    void install();
    void cancel();
    void chooseRunner();
    void installPractice();
    void runnerArrived(const Result<agentsociety::InstalledRunner> &runner, bool asked);
    void update();

    const AppContext &m_context;
    Activities &m_activities;
    Activities::CancelFlag m_cancelFlag;
    int m_activity = 0;
    std::optional<agentsociety::InstalledRunner> m_found;
    bool m_checked = false;
    bool m_busy = false;
    int m_practiceCount = -1; ///< −1: not known yet

    QLabel *m_title;
    QLabel *m_intro;
    Step m_workspace, m_runner, m_practice;
    QPushButton *m_install;
    QPushButton *m_adopt;
    QProgressBar *m_progress;
    QLabel *m_progressText;
    QPushButton *m_cancel;
    ErrorPanel *m_error;
    QPushButton *m_continue;
};

} // namespace society::ui
