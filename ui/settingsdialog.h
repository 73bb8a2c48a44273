// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/runnerkit.h"
#include "services/experiment/experimentservice.h"
#include "services/experiment/workspacedatabase.h"
#include "services/secrets/secretstore.h"
#include "ui/appcontext.h"
#include "ui/appsettings.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace society::ui {

class ErrorPanel;

/// Look, language, how runs are started, the runner, where keys are kept, the workspace. Every change holds at once, so
/// there is nothing to apply; not modal. GUI thread.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    explicit SettingsDialog(const AppContext &context, QWidget *parent = nullptr);

signals:
    /// The person wants another runner.
    void setupRequested();
    /// The person wants to see or change where the database is.
    void databaseRequested();
    /// How runs are started was changed: what Launch shows may differ.
    void runSettingsChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    void retranslate();
    void fit();
    void load();
    void showRunSettings();
    void saveRunSettings();
    void holdEdited();
    void rayEdited();
    void save(const experiment::RunSettings &wanted);
    void showKeys(const secrets::Whereabouts &where);
    void setPassphrase();
    void showDatabase(const experiment::DatabaseWhere &where);

    const AppContext &m_context;
    experiment::RunSettings m_run;
    bool m_loaded = false;

    QGroupBox *m_windowBox, *m_runBox, *m_keyBox, *m_placeBox;
    QLabel *m_lookLabel, *m_languageLabel, *m_modeLabel, *m_cityLabel, *m_holdLabel, *m_runnerLabel, *m_workspaceLabel,
        *m_databaseLabel;
    QLabel *m_workersLabel, *m_rayLabel;
    QComboBox *m_look, *m_language, *m_mode, *m_city, *m_workers;
    QLineEdit *m_hold, *m_ray;
    QCheckBox *m_endStalled;
    QLabel *m_modeHint, *m_cityHint, *m_holdHint;
    QLabel *m_runner;
    QPushButton *m_changeRunner;
    QLabel *m_keys;
    QLabel *m_passphraseLabel;
    QLineEdit *m_passphrase;
    QPushButton *m_unlock;
    QLineEdit *m_workspace;
    QPushButton *m_openWorkspace;
    QLabel *m_database;
    QPushButton *m_changeDatabase;
    ErrorPanel *m_error;
    QPushButton *m_close;
};

} // namespace society::ui
