// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configurationspage.h"

#include "ui/appsettings.h"
#include "ui/ask.h"
#include "ui/clearbutton.h"
#include "ui/configdetail.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/hintdelegate.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace society::ui {

namespace {

using config::Kind;
using Model = models::ConfigListModel;

constexpr int kindRole = Qt::UserRole;

} // namespace

ConfigurationsPage::ConfigurationsPage(
    const AppContext &context, ExperimentFeed &feed, Activities &activities, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_activities(activities)
    , m_model(context.clock)
    , m_kinds(new QListWidget(this))
    , m_filter(new QLineEdit(this))
    , m_table(new DataTable(context.settings, QStringLiteral("configTable"), this))
    , m_new(new QPushButton(this))
    , m_import(new QPushButton(this))
    , m_error(new ErrorPanel(this))
    , m_detail(new ConfigDetail(context, this))
    , m_nothing(new QLabel(this))
{
    setObjectName(QStringLiteral("configurationsPage"));
    setAcceptDrops(true);
    m_proxy.setSourceModel(&m_model);
    makeActions();
    buildLayout();
    fillKinds();
    connectSignals();
    // "Used by" counts experiments.
    connect(&feed, &ExperimentFeed::moneyChanged, this, [this] {
        if (isVisible())
            refresh();
    });
    retranslate();
    setKind(Kind::Llm);
    updateActions();
}

ConfigurationsPage::~ConfigurationsPage()
{
    // The table writes down its columns at its end, and must not find its model gone by then.
    delete m_table;
}

void ConfigurationsPage::makeActions()
{
    m_duplicateAction = makeAction("configDuplicate", "edit-copy", QKeySequence(Qt::CTRL | Qt::Key_D));
    m_renameAction = makeAction("configRename", "edit-rename", QKeySequence(Qt::Key_F2));
    m_removeAction = makeAction("configDelete", "edit-delete", QKeySequence(Qt::Key_Delete));
    m_exportAction = makeAction("configExport", "document-export", QKeySequence(Qt::CTRL | Qt::Key_E));
    m_saveAction = makeAction("configSaveAction", "document-save", QKeySequence(QKeySequence::Save));
    // Delete and F2 belong to the list: in the editor they delete a character.
    m_table->addActions({m_duplicateAction, m_renameAction, m_removeAction, m_exportAction});
    addAction(m_saveAction);
    m_table->setRowActions({m_duplicateAction, m_renameAction, m_removeAction, m_exportAction});
}

void ConfigurationsPage::buildLayout()
{
    m_kinds->setObjectName(QStringLiteral("configKinds"));
    m_kinds->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    m_kinds->setItemDelegate(new HintDelegate(8, m_kinds));
    m_kinds->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_kinds->setMaximumWidth(180);
    m_kinds->setMinimumWidth(100);
    m_filter->setObjectName(QStringLiteral("configFilter"));
    offerClearing(m_filter);
    m_new->setObjectName(QStringLiteral("configNew"));
    m_import->setObjectName(QStringLiteral("configImport"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setUp(&m_proxy, {Model::Version, Model::Kind, Model::Description}, Model::Name);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_new);
    buttons->addWidget(m_import);
    buttons->addStretch();
    auto *list = new QWidget(this);
    auto *listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(0, 0, 0, 0);
    listLayout->addWidget(m_filter);
    listLayout->addWidget(m_table, 1);
    listLayout->addLayout(buttons);
    auto *right = new QWidget(this);
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->addWidget(m_error);
    rightLayout->addWidget(m_nothing, 1);
    rightLayout->addWidget(m_detail, 1);

    auto *split = new QSplitter(this);
    split->setObjectName(QStringLiteral("configurationsSplit"));
    split->setChildrenCollapsible(false);
    for (QWidget *part : {static_cast<QWidget *>(m_kinds), list, right})
        split->addWidget(part);
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 2);
    split->setStretchFactor(2, 5);
    split->setSizes({130, 400, 470});
    if (const QByteArray state = m_context.settings.widgetState(split->objectName()); !state.isEmpty())
        split->restoreState(state);
    connect(split, &QSplitter::splitterMoved, this,
        [this, split] { m_context.settings.setWidgetState(split->objectName(), split->saveState()); });
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(split);
    m_detail->hide();
}

void ConfigurationsPage::connectSignals()
{
    connect(m_kinds, &QListWidget::currentRowChanged, this, [this] {
        if (m_jumping)
            return;
        leaveThen([this] {
            m_proxy.setAccepted(Model::KindRole, {static_cast<int>(kind())});
            chooseCurrent();
        });
    });
    connect(m_filter, &QLineEdit::textChanged, &m_proxy, &models::ListFilterProxy::setText);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &now, const QModelIndex &before) {
            if (now.isValid() && now.data(models::IdRole) != before.data(models::IdRole))
                chooseCurrent();
        });
    connect(m_new, &QPushButton::clicked, this, [this] { newConfiguration(kind()); });
    connect(m_import, &QPushButton::clicked, this, &ConfigurationsPage::chooseImport);
    connect(m_duplicateAction, &QAction::triggered, this, &ConfigurationsPage::duplicate);
    connect(m_renameAction, &QAction::triggered, this, &ConfigurationsPage::rename);
    connect(m_removeAction, &QAction::triggered, this, &ConfigurationsPage::remove);
    connect(m_exportAction, &QAction::triggered, this, &ConfigurationsPage::exportCurrent);
    connect(m_saveAction, &QAction::triggered, m_detail, &ConfigDetail::save);
    connect(m_detail, &ConfigDetail::saved, this, [this] { refresh(); });
    connect(m_detail, &ConfigDetail::modifiedChanged, m_saveAction, &QAction::setEnabled);
    connect(m_detail, &ConfigDetail::experimentRequested, this, &Page::experimentRequested);
    connect(m_detail, &ConfigDetail::duplicateRequested, this, &ConfigurationsPage::duplicate);
}

void ConfigurationsPage::focusFirst()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

void ConfigurationsPage::refresh()
{
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    m_context.worker.run(
        this, [&context = m_context] { return context.configs.list(context.tenant); },
        [this](const Result<QList<config::ConfigRow>> &rows) {
            m_asking = false;
            if (rows)
                takeRows(*rows);
            else
                m_error->showError(rows.error());
            if (std::exchange(m_askAgain, false))
                refresh();
        });
}

void ConfigurationsPage::takeRows(const QList<config::ConfigRow> &rows)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    m_model.setRows(rows);
    fillKinds();
    if (!m_wanted.isNull() && m_model.rowOf(m_wanted) >= 0)
        showConfiguration(ConfigId(m_wanted), QString(m_wantedPath));
    else if (!m_table->currentIndex().isValid() && m_proxy.rowCount() > 0)
        m_table->setCurrentIndex(m_proxy.index(0, 0));
    else if (const auto &stored = m_detail->stored(); stored && !m_detail->isModified() &&
                                                      stored->row.id == current().id &&
                                                      stored->row.version != current().version)
        m_detail->showConfig(stored->row.id); // changed elsewhere
    updateActions();
}

void ConfigurationsPage::fillKinds()
{
    QHash<Kind, int> counts;
    for (const config::ConfigRow &row : m_model.rows())
        ++counts[row.kind];
    const QSignalBlocker blocker(m_kinds);
    const QList<Kind> &kinds = config::allKinds();
    while (m_kinds->count() < kinds.size())
        m_kinds->addItem(QString());
    for (int i = 0; i < kinds.size(); ++i) {
        QListWidgetItem *item = m_kinds->item(i);
        item->setText(config::kindTitle(kinds.at(i)));
        item->setData(HintDelegate::HintRole, QString::number(counts.value(kinds.at(i))));
        item->setData(Qt::AccessibleDescriptionRole, QString::number(counts.value(kinds.at(i))));
        item->setData(kindRole, static_cast<int>(kinds.at(i)));
    }
}

Kind ConfigurationsPage::kind() const
{
    const QListWidgetItem *item = m_kinds->currentItem();
    return item ? static_cast<Kind>(item->data(kindRole).toInt()) : Kind::Llm;
}

void ConfigurationsPage::setKind(Kind kind)
{
    m_kinds->setCurrentRow(static_cast<int>(config::allKinds().indexOf(kind)));
}

config::ConfigRow ConfigurationsPage::current() const
{
    const QModelIndex index = m_proxy.mapToSource(m_table->currentIndex());
    return index.isValid() ? m_model.rowAt(index.row()) : config::ConfigRow{};
}

void ConfigurationsPage::showConfiguration(const ConfigId &id, const QString &path)
{
    if (m_model.rowOf(id) < 0) { // not read yet
        m_wanted = id;
        m_wantedPath = path;
        refresh();
        return;
    }
    leaveThen([this, id, path] {
        if (m_model.rowOf(id) < 0)
            return;
        m_filter->clear();
        // The list jumps over what would be chosen on the way.
        m_jumping = true;
        choose(id);
        m_jumping = false;
        m_wanted = id;
        m_wantedPath = path;
        chooseCurrent();
    });
}

// Puts kind and list to a configuration that is in the model.
void ConfigurationsPage::choose(const ConfigId &id)
{
    const int row = m_model.rowOf(id);
    setKind(m_model.rowAt(row).kind);
    m_proxy.setAccepted(Model::KindRole, {static_cast<int>(kind())});
    const QModelIndex index = m_proxy.mapFromSource(m_model.index(row, 0));
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

// Shows the list's current row, once nothing unsaved is in the way.
void ConfigurationsPage::chooseCurrent()
{
    if (m_jumping)
        return;
    const config::ConfigRow row = current();
    if (m_detail->isModified() && row.id != m_detail->id()) {
        leaveThen([this] { chooseCurrent(); });
        return;
    }
    if (row.id.isNull() && m_proxy.rowCount() > 0) {
        m_table->setCurrentIndex(m_proxy.index(0, 0));
        return;
    }
    if (!m_filling) // a list that came late does not hide what went wrong meanwhile
        m_error->clear();
    m_detail->setVisible(!row.id.isNull());
    m_nothing->setVisible(row.id.isNull());
    // A place in another configuration than this one is asked for no longer.
    const QString path = row.id == m_wanted ? m_wantedPath : QString();
    m_wanted = ConfigId();
    m_wantedPath.clear();
    if (row.id.isNull())
        m_detail->clear();
    else
        m_detail->showConfig(row.id, path);
    updateActions();
}

bool ConfigurationsPage::mayLeave()
{
    return !m_detail->isModified();
}

// Does it at once where nothing is unsaved; else asks first and, where the person stays, puts the list back.
void ConfigurationsPage::leaveThen(const std::function<void()> &then)
{
    if (!m_detail->isModified()) {
        then();
        return;
    }
    for (const QWidget *asked : findChildren<QWidget *>(QStringLiteral("askBeforeLoss"))) {
        if (asked->isVisible())
            return;
    }
    const ConfigId id = m_detail->id();
    askBeforeLoss(this, tr("Unsaved changes"),
        tr("“%1” has changes that were not saved.").arg(m_detail->stored()->row.name),
        tr("Going on drops them. Cancel, then Ctrl+S saves them as a new version."), tr("Drop the changes"),
        [this, then] {
            m_detail->discard();
            then();
        });
    // Back to the one that is being edited, until the answer is there.
    if (m_model.rowOf(id) >= 0) {
        m_jumping = true;
        choose(id);
        m_jumping = false;
    }
}

void ConfigurationsPage::updateActions()
{
    const config::ConfigRow row = current();
    const bool some = !row.id.isNull();
    const bool own = some && row.tenant == m_context.tenant;
    m_duplicateAction->setEnabled(some);
    m_exportAction->setEnabled(some);
    m_renameAction->setEnabled(own);
    m_removeAction->setEnabled(own);
    m_saveAction->setEnabled(m_detail->isModified());
}

void ConfigurationsPage::retranslate()
{
    m_filter->setPlaceholderText(tr("filter…"));
    m_filter->setAccessibleName(tr("Filter the configurations"));
    m_kinds->setAccessibleName(tr("Kinds of configurations"));
    m_table->setAccessibleName(tr("Configurations"));
    m_table->setEmptyText(tr("None of this kind yet. New begins one; Import brings files in, and so does dropping them "
                             "here."));
    m_nothing->setText(tr("Choose a configuration at the left."));
    m_new->setText(tr("&New…"));
    m_import->setText(tr("I&mport…"));
    m_duplicateAction->setText(tr("D&uplicate…"));
    m_renameAction->setText(tr("&Rename…"));
    m_removeAction->setText(tr("&Delete…"));
    m_exportAction->setText(tr("&Export…"));
    m_saveAction->setText(tr("&Save a version"));
    m_model.retranslate();
    fillKinds();
}

} // namespace society::ui
