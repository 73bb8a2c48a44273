// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/check.h"
#include "services/config/configstore.h"
#include "services/config/mapfile.h"
#include "services/config/summary.h"
#include "ui/appcontext.h"

#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace society::ui {

class ErrorPanel;
class JsonEditor;
class LlmKeyPanel;
class MapThumbnail;
class ProblemList;

/// One configuration: overview, source with its problems, versions, and who uses it. Checks run in a worker while the
/// person types. GUI thread.
class ConfigDetail : public QWidget {
    Q_OBJECT
public:
    explicit ConfigDetail(const AppContext &context, QWidget *parent = nullptr);
    ~ConfigDetail() override;

    /// Loads the newest version; `path` puts the cursor at a place of the source. What is unsaved is dropped: ask
    /// isModified() first.
    void showConfig(const ConfigId &id, const QString &path = {});
    /// Shows nothing.
    void clear();
    [[nodiscard]] ConfigId id() const { return m_stored ? m_stored->row.id : ConfigId(); }
    [[nodiscard]] const std::optional<config::StoredConfig> &stored() const { return m_stored; }
    [[nodiscard]] bool isModified() const;
    /// Makes a version of what is in the editor.
    void save();
    void discard();
    [[nodiscard]] ErrorPanel &errors() { return *m_error; }

signals:
    /// A new version is there (saved, restored, or a key given).
    void saved(const society::ConfigId &id);
    void modifiedChanged(bool modified);
    void experimentRequested(const society::ExperimentId &id);
    void duplicateRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Loaded {
        config::StoredConfig stored;
        QList<config::VersionRow> versions;
        QList<config::UsedBy> usedBy;
        QStringList summary;
        QList<config::StepSummary> steps;
        std::shared_ptr<const config::MapFile> map;
    };
    struct Checked {
        QList<config::Problem> problems;
        QList<config::Position> positions; ///< of each problem
    };
    void buildLayout();
    [[nodiscard]] QWidget *makeOverview();
    [[nodiscard]] QWidget *makeSource();
    [[nodiscard]] QWidget *makeVersions();
    void connectSignals();
    void retranslate();
    void arrived(const Loaded &loaded, const QString &path);
    void fillOverview(const Loaded &loaded);
    void fillVersions();
    void scheduleCheck();
    void check();
    void checked(const Checked &found);
    void goToProblem(const config::Problem &problem);
    void updateButtons();
    void showVersion();
    void restoreVersion();
    void saveText(const QByteArray &text, int base);
    [[nodiscard]] bool isReadOnly() const;

    const AppContext &m_context;
    std::shared_ptr<config::MapCache> m_maps;
    std::optional<config::StoredConfig> m_stored;
    QList<config::VersionRow> m_versionRows;
    Checked m_found;
    QTimer m_debounce;
    int m_loadRequest = 0;
    int m_checkRequest = 0;

    QLabel *m_title;
    QLabel *m_mark;
    QPushButton *m_save;
    QPushButton *m_discard;
    QPushButton *m_duplicate;
    QTabWidget *m_tabs;
    QLabel *m_summary;
    QLabel *m_description;
    QLabel *m_mapHint;
    MapThumbnail *m_map;
    QListWidget *m_steps;
    LlmKeyPanel *m_keys;
    QLineEdit *m_find;
    QPushButton *m_findNext;
    QLabel *m_place;
    JsonEditor *m_editor;
    ProblemList *m_problems;
    QTreeWidget *m_versions;
    QPushButton *m_show;
    QPushButton *m_restore;
    QListWidget *m_usedBy;
    ErrorPanel *m_error;
};

} // namespace society::ui
