// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experimentspage.h"

#include "models/format.h"
#include "ui/appsettings.h"
#include "ui/clearbutton.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/icons.h"
#include "ui/progressdelegate.h"
#include "ui/statechip.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

namespace society::ui {

using experiment::Experiment;
using experiment::State;
using Model = models::ExperimentListModel;
using namespace std::chrono_literals;

namespace {

/// What the states' box offers; each is a set of states.
QList<QSet<int>> stateSets()
{
    const auto word = [](State state) { return static_cast<int>(state); };
    return {{}, {word(State::Queued), word(State::Starting), word(State::Running), word(State::Stopping)},
        {word(State::Finished)}, {word(State::Failed)}, {word(State::Stopped)}, {word(State::Lost)}};
}

} // namespace

ExperimentsPage::ExperimentsPage(const AppContext &context, ExperimentFeed &feed, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_feed(feed)
    , m_model(context.clock)
    , m_filter(new QLineEdit(this))
    , m_states(new QComboBox(this))
    , m_count(new QLabel(this))
    , m_table(new DataTable(context.settings, QStringLiteral("experimentTable"), this))
    , m_error(new ErrorPanel(this))
    , m_launch(new QPushButton(ownIcon("media-playback-start"), QString(), this))
{
    setObjectName(QStringLiteral("experimentsPage"));
    m_proxy.setSourceModel(&m_model);
    m_model.setRows(m_feed.experiments()); // before the table looks: then it fits its columns once
    makeActions();
    buildLayout();
    connectSignals();
    updateActions();
    retranslate();
}

ExperimentsPage::~ExperimentsPage()
{
    // The table writes down its columns at its end, and must not find its model gone by then.
    delete m_table;
}

void ExperimentsPage::makeActions()
{
    m_openAction = makeAction("experimentOpen", "document-open", QKeySequence(Qt::CTRL | Qt::Key_O));
    m_stopAction = makeAction("experimentStop", "process-stop", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    m_rerunAction = makeAction("experimentRerun", "view-refresh", QKeySequence(Qt::CTRL | Qt::Key_R));
    m_cloneAction = makeAction("experimentClone", "edit-copy", QKeySequence(Qt::CTRL | Qt::Key_D));
    m_renameAction = makeAction("experimentRename", "edit-rename", QKeySequence(Qt::Key_F2));
    m_noteAction = makeAction("experimentNote", "document-edit", QKeySequence(Qt::SHIFT | Qt::Key_F2));
    m_billsAction = makeAction("experimentBills", "view-financial-list", QKeySequence(Qt::CTRL | Qt::Key_B));
    m_folderAction = makeAction("experimentFolder", "folder-open", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    m_abandonAction = makeAction("experimentAbandon", "dialog-cancel", QKeySequence());
    m_removeAction = makeAction("experimentDelete", "edit-delete", QKeySequence(Qt::Key_Delete));
    const QList<QAction *> actions = {m_openAction, m_stopAction, m_rerunAction, m_cloneAction, m_renameAction,
        m_noteAction, m_billsAction, m_folderAction, m_abandonAction, m_removeAction};
    // They belong to the list: in the filter line, Delete deletes a character.
    m_table->addActions(actions);
    m_table->setRowActions(actions);
}

void ExperimentsPage::buildLayout()
{
    m_filter->setObjectName(QStringLiteral("experimentFilter"));
    offerClearing(m_filter);
    m_states->setObjectName(QStringLiteral("experimentStates"));
    for (qsizetype i = 0; i < stateSets().size(); ++i)
        m_states->addItem(QString());
    m_count->setObjectName(QStringLiteral("experimentCount"));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_launch->setObjectName(QStringLiteral("experimentLaunch"));
    m_table->setItemDelegateForColumn(Model::State, new StateDelegate(models::StateRole, m_table));
    m_table->setItemDelegateForColumn(Model::Progress, new ProgressDelegate(m_table));
    m_table->setUp(&m_proxy,
        {Model::Created, Model::Ended, Model::Population, Model::Map, Model::Seed, Model::Mode, Model::Reason,
            Model::Id},
        Model::State);

    auto *bar = new QHBoxLayout;
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_states);
    bar->addWidget(m_count);
    bar->addWidget(m_launch);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(bar);
    layout->addWidget(m_error);
    layout->addWidget(m_table, 1);
}

void ExperimentsPage::connectSignals()
{
    connect(&m_feed, &ExperimentFeed::loaded, this, &ExperimentsPage::updateCount);
    connect(&m_feed, &ExperimentFeed::experimentsChanged, this, [this](const QList<Experiment> &changed) {
        m_model.upsert(changed);
        updateCount();
        updateActions();
    });
    connect(&m_feed, &ExperimentFeed::experimentsRemoved, this, [this](const QList<ExperimentId> &removed) {
        m_model.removeKeys(removed);
        updateCount();
        updateActions();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy.setText(text);
        updateCount();
    });
    connect(m_filter, &QLineEdit::returnPressed, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_states, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_proxy.setAccepted(models::StateRole, stateSets().value(index));
        updateCount();
    });
    connect(m_table, &DataTable::opened, this, &ExperimentsPage::open);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ExperimentsPage::updateActions);
    connect(m_launch, &QPushButton::clicked, this, &ExperimentsPage::launchRequested);
    m_ageTimer.start(30s);
    connect(&m_ageTimer, &QTimer::timeout, &m_model, &Model::ageTimes);

    connect(m_openAction, &QAction::triggered, this, [this] { open(m_table->currentIndex()); });
    connect(m_stopAction, &QAction::triggered, this, &ExperimentsPage::stop);
    connect(m_rerunAction, &QAction::triggered, this, &ExperimentsPage::rerun);
    connect(m_cloneAction, &QAction::triggered, this, [this] { emit cloneRequested(chosen().constFirst().id); });
    connect(m_renameAction, &QAction::triggered, this, &ExperimentsPage::rename);
    connect(m_noteAction, &QAction::triggered, this, &ExperimentsPage::editNote);
    connect(m_billsAction, &QAction::triggered, this, [this] { emit billsRequested(chosen().constFirst().id); });
    connect(m_folderAction, &QAction::triggered, this, &ExperimentsPage::openFolder);
    connect(m_abandonAction, &QAction::triggered, this, &ExperimentsPage::abandon);
    connect(m_removeAction, &QAction::triggered, this, &ExperimentsPage::askToRemove);
}

void ExperimentsPage::refresh()
{
    m_feed.refresh();
}

void ExperimentsPage::focusFirst()
{
    m_table->setFocus();
    if (!m_table->currentIndex().isValid() && m_proxy.rowCount() > 0)
        m_table->setCurrentIndex(m_proxy.index(0, 0));
}

void ExperimentsPage::choose(const ExperimentId &id)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return;
    const QModelIndex index = m_proxy.mapFromSource(m_model.index(row, Model::Name));
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

QList<Experiment> ExperimentsPage::chosen() const
{
    QList<Experiment> rows;
    for (const int row : m_table->selectedRows())
        rows.append(m_model.rowAt(m_proxy.mapToSource(m_proxy.index(row, 0)).row()));
    return rows;
}

void ExperimentsPage::updateCount()
{
    const int all = m_model.rowCount();
    m_count->setText(m_proxy.isFiltering() ? tr("%1 of %2").arg(models::count(m_proxy.rowCount()), models::count(all))
                                           : tr("%Ln experiment(s)", nullptr, all));
    m_table->setEmptyText(m_feed.isLoaded() && all == 0
                              ? tr("There are no experiments yet. Start the first one on the Launch page (Ctrl+1).")
                          : all == 0 ? tr("Reading the list…")
                                     : tr("No experiment matches the filter."));
}

void ExperimentsPage::updateActions()
{
    const QList<Experiment> rows = chosen();
    const auto isEnded = [](const Experiment &row) { return experiment::isEnded(row.state); };
    const bool one = rows.size() == 1;
    const bool some = !rows.isEmpty();
    for (QAction *action : {m_openAction, m_cloneAction, m_renameAction, m_billsAction, m_folderAction})
        action->setEnabled(one);
    m_noteAction->setEnabled(some);
    m_stopAction->setEnabled(
        std::any_of(rows.begin(), rows.end(), [&](const Experiment &row) { return !isEnded(row); }));
    m_rerunAction->setEnabled(some && std::all_of(rows.begin(), rows.end(), isEnded));
    // Of runs in this workspace its folder tells, unless it has ended and cannot be billed by what is there.
    const bool unbilled =
        one && !rows.first().settled && (rows.first().elsewhere || rows.first().outOfReach || isEnded(rows.first()));
    m_abandonAction->setVisible(unbilled);
    m_abandonAction->setEnabled(unbilled);
    m_abandonAction->setText(unbilled && isEnded(rows.first()) && !rows.first().elsewhere ? tr("Give &up its bill…")
                                                                                          : tr("Give &up for lost…"));
    m_removeAction->setEnabled(some && std::all_of(rows.begin(), rows.end(), isEnded));
}

void ExperimentsPage::open(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const int row = m_proxy.mapToSource(index).row();
    emit experimentRequested(m_model.rowAt(row).id);
}

void ExperimentsPage::retranslate()
{
    m_filter->setPlaceholderText(tr("Filter by name, configuration, note…"));
    m_filter->setAccessibleName(tr("Filter the experiments"));
    m_states->setAccessibleName(tr("Filter by state"));
    const QStringList states = {tr("All states"), tr("In progress"), experiment::stateText(State::Finished),
        experiment::stateText(State::Failed), experiment::stateText(State::Stopped),
        experiment::stateText(State::Lost)};
    for (int i = 0; i < m_states->count(); ++i)
        m_states->setItemText(i, states.value(i));
    m_table->setAccessibleName(tr("Experiments"));
    m_launch->setText(tr("New run"));
    m_openAction->setText(tr("&Open"));
    m_stopAction->setText(tr("&Stop"));
    m_rerunAction->setText(tr("&Re-run"));
    m_cloneAction->setText(tr("&Clone and edit"));
    m_renameAction->setText(tr("Re&name…"));
    m_noteAction->setText(tr("No&te…"));
    m_billsAction->setText(tr("Show &bills"));
    m_folderAction->setText(tr("Open &folder"));
    m_removeAction->setText(tr("&Delete…"));
    m_model.retranslate();
    updateCount();
    updateActions();
}

} // namespace society::ui
