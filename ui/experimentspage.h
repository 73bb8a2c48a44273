// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/experimentlistmodel.h"
#include "models/listfilterproxy.h"
#include "ui/appcontext.h"
#include "ui/page.h"

#include <QTimer>
#include <functional>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace society::ui {

class DataTable;
class ErrorPanel;
class ExperimentFeed;

/// All experiments of the tenant, those that go on first: filter, sort, chosen columns, actions on one or many. Kept up
/// to date by the feed. GUI thread.
class ExperimentsPage final : public Page {
    Q_OBJECT
public:
    ExperimentsPage(const AppContext &context, ExperimentFeed &feed, QWidget *parent = nullptr);
    ~ExperimentsPage() override;

    void refresh() override;
    void focusFirst() override;
    /// Chooses an experiment in the list, as after coming back from its page.
    void choose(const ExperimentId &id);

signals:
    /// The empty list's one thing to do: the Launch page.
    void launchRequested();

protected:
    void retranslate() override;

private:
    void makeActions();
    void buildLayout();
    void connectSignals();
    void updateCount();
    void updateActions();
    [[nodiscard]] QList<experiment::Experiment> chosen() const;

    /// Does `work` on each of `rows` in the worker, one after the other; the first error is shown and ends it.
    using Work = std::function<Result<experiment::Experiment>(const experiment::Experiment &)>;
    void doWithEach(Worker &worker, const QList<experiment::Experiment> &rows, const Work &work);
    void open(const QModelIndex &index);
    void stop();
    void rerun();
    void rename();
    void editNote();
    void openFolder();
    void abandon();
    void askToRemove();
    void remove(const QList<experiment::Experiment> &rows);

    const AppContext &m_context;
    ExperimentFeed &m_feed;
    models::ExperimentListModel m_model;
    models::ListFilterProxy m_proxy;
    QTimer m_ageTimer;
    QLineEdit *m_filter;
    QComboBox *m_states;
    QLabel *m_count;
    DataTable *m_table;
    ErrorPanel *m_error;
    QPushButton *m_launch;
    QAction *m_openAction = nullptr, *m_stopAction = nullptr, *m_rerunAction = nullptr, *m_cloneAction = nullptr;
    QAction *m_renameAction = nullptr, *m_noteAction = nullptr, *m_folderAction = nullptr, *m_billsAction = nullptr;
    QAction *m_abandonAction = nullptr, *m_removeAction = nullptr;
};

} // namespace society::ui
