// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/configlistmodel.h"
#include "models/listfilterproxy.h"
#include "ui/activities.h"
#include "ui/appcontext.h"
#include "ui/page.h"

#include <functional>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace society::ui {

class ConfigDetail;
class DataTable;
class ErrorPanel;
class ExperimentFeed;

/// All configurations: kinds with counts, the list of a kind, and the chosen one with its source. What is changed here
/// is changed for the Launch page, too. GUI thread.
class ConfigurationsPage final : public Page {
    Q_OBJECT
public:
    ConfigurationsPage(
        const AppContext &context, ExperimentFeed &feed, Activities &activities, QWidget *parent = nullptr);
    ~ConfigurationsPage() override;

    void refresh() override;
    void focusFirst() override;
    bool mayLeave() override;
    /// Where something is unsaved asks whether it may be dropped; then calls `then`. Else calls it at once.
    void askToLeave(const std::function<void()> &then) { leaveThen(then); }
    /// Chooses a configuration, whatever its kind; `path` puts the cursor at a place of its source.
    void showConfiguration(const ConfigId &id, const QString &path = {});
    /// Asks for what a new one begins as.
    void newConfiguration(config::Kind kind);
    /// Asks for files.
    void chooseImport();
    void importFiles(const QStringList &files);

protected:
    void retranslate() override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makeActions();
    void buildLayout();
    void connectSignals();
    void takeRows(const QList<config::ConfigRow> &rows);
    void fillKinds();
    [[nodiscard]] config::Kind kind() const;
    void setKind(config::Kind kind);
    void choose(const ConfigId &id);
    void chooseCurrent();
    void leaveThen(const std::function<void()> &then);
    [[nodiscard]] config::ConfigRow current() const;
    void updateActions();
    void create(config::Kind kind, const QString &name, const QByteArray &text);
    void duplicate();
    void rename();
    void remove();
    void exportCurrent();
    void imported(const config::ImportReport &report);
    void afterChange(const ConfigId &id);

    const AppContext &m_context;
    Activities &m_activities;
    models::ConfigListModel m_model;
    models::ListFilterProxy m_proxy;
    QListWidget *m_kinds;
    QLineEdit *m_filter;
    DataTable *m_table;
    QPushButton *m_new;
    QPushButton *m_import;
    ErrorPanel *m_error;
    ConfigDetail *m_detail;
    QLabel *m_nothing;
    QAction *m_duplicateAction;
    QAction *m_renameAction;
    QAction *m_removeAction;
    QAction *m_exportAction;
    QAction *m_saveAction;
    ConfigId m_wanted;
    QString m_wantedPath;
    bool m_asking = false;
    bool m_filling = false; ///< the list is taking rows that were read
    bool m_jumping = false; ///< the list is being put somewhere: what it passes is not to be shown
    bool m_askAgain = false;
};

} // namespace society::ui
