// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/configstore.h"
#include "services/experiment/experimentservice.h"
#include "ui/appcontext.h"
#include "ui/page.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>
#include <array>
#include <atomic>
#include <memory>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace society::ui {

class ConfigPicker;
class ErrorPanel;
class ExperimentFeed;
class ProblemList;

/// Chooses four configurations, shows at every change what a start would meet, and starts. The checks run in a worker;
/// an answer to an older question is dropped. GUI thread.
class LaunchPage final : public Page {
    Q_OBJECT
public:
    LaunchPage(const AppContext &context, ExperimentFeed &feed, QWidget *parent = nullptr);

    void refresh() override;
    void focusFirst() override;
    /// Takes over what an experiment was made of, to change something and start anew.
    void chooseAs(const experiment::Experiment &experiment);
    /// Start, as if its button were pressed; nothing happens where that is disabled.
    void start();
    /// Asks for a file and writes the four choices into it as one run file that AgentSociety takes, without keys.
    void exportRun();

signals:
    /// An experiment was started; it is the feed's already.
    void started(const society::ExperimentId &id);
    void setupRequested();
    void accountRequested();
    void newRequested(society::config::Kind kind);

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    void placePickers();
    [[nodiscard]] ConfigPicker *picker(config::Kind kind) const;
    void takeRows(const QList<config::ConfigRow> &rows);
    void chooseFirst();
    void choiceChanged(ConfigPicker *picker);
    void showSummary(ConfigPicker *picker);
    void scheduleCheck();
    void check(bool testEndpoints);
    void checked(int number, bool tested, const Result<experiment::Check> &check);
    void updateStart();
    void goThere(const config::Problem &problem);
    [[nodiscard]] experiment::Request request() const;
    [[nodiscard]] config::Selection selection() const;
    /// Why Start is not possible, in words; empty where it is.
    [[nodiscard]] QString obstacle() const;
    // Problems that are mended elsewhere than in a configuration.
    [[nodiscard]] static bool isAboutRunner(const config::Problem &problem);
    [[nodiscard]] static bool isAboutMoney(const config::Problem &problem);

    const AppContext &m_context;
    ExperimentFeed &m_feed;
    std::array<ConfigPicker *, 4> m_pickers{};
    QGridLayout *m_grid = nullptr;
    int m_columns = 0;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_account;
    QLabel *m_practice;
    QLabel *m_problemsTitle;
    QLabel *m_checkedAt;
    ProblemList *m_problems;
    ErrorPanel *m_error;
    QLabel *m_holdText;
    QLabel *m_capLabel;
    QLineEdit *m_cap;
    QLabel *m_seedLabel;
    QLineEdit *m_seed;
    QLabel *m_obstacle;
    QPushButton *m_start;

    QTimer m_debounce;
    QTimer m_ageTimer;
    QElapsedTimer m_age;
    std::shared_ptr<std::atomic_int> m_checkNumber = std::make_shared<std::atomic_int>(0);
    bool m_checking = false;
    bool m_starting = false;
    bool m_choosing = false;
    bool m_chosenOnce = false;
    bool m_askingRows = false;
    bool m_askRowsAgain = false;
    bool m_hasCheck = false;
    experiment::Check m_check;
    experiment::RunSettings m_settings;
    QHash<QString, QStringList> m_summaries; ///< by id and version
};

} // namespace society::ui
