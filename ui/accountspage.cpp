// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accountspage.h"

#include "services/experiment/experimentservice.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/removedrun.h"
#include "ui/spendpanel.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimeZone>
#include <utility>

namespace society::ui {

namespace {

using Model = models::BillListModel;

constexpr int pageSize = 200;
constexpr int mostGroups = 10'000;

ledger::MonthTotal totalOf(const QList<ledger::MonthTotal> &totals, QDate month)
{
    for (const ledger::MonthTotal &total : totals) {
        if (total.month == month)
            return total;
    }
    return {};
}

} // namespace

struct AccountsPage::Loaded {
    ledger::Account account;
    QList<ledger::Hold> holds;
    ledger::BillPage bills;
    QList<ledger::BillGroup> groups;
    qint64 allGroups = 0;
    QStringList models;
    ledger::MonthTotal thisMonth, lastMonth;
};

AccountsPage::AccountsPage(const AppContext &context, ExperimentFeed &feed, Activities &activities, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_feed(feed)
    , m_activities(activities)
    , m_holds(context.clock)
    , m_tenant(new QLabel(this))
    , m_balance(new QLabel(this))
    , m_held(new QLabel(this))
    , m_available(new QLabel(this))
    , m_months(new QLabel(this))
    , m_recharge(new QPushButton(this))
    , m_correct(new QPushButton(this))
    , m_audit(new QPushButton(this))
    , m_export(new QPushButton(this))
    , m_more(new QPushButton(this))
    , m_spend(new SpendPanel(context, this))
    , m_filter(new BillFilterBar(context.clock.now().toLocalTime().date(), this))
    , m_grouping(new QComboBox(this))
    , m_totals(new QLabel(this))
    , m_cut(new QLabel(this))
    , m_lists(new QStackedWidget(this))
    , m_billTable(new DataTable(context.settings, QStringLiteral("billTable"), m_lists))
    , m_groupTable(new DataTable(context.settings, QStringLiteral("billGroupTable"), m_lists))
    , m_holdsTitle(new QLabel(this))
    , m_release(new QPushButton(this))
    , m_holdTable(new DataTable(context.settings, QStringLiteral("holdTable"), this))
    , m_error(new ErrorPanel(this))
    , m_openAction(new QAction(this))
    , m_correctAction(new QAction(this))
    , m_groupAction(new QAction(this))
    , m_narrowAction(new QAction(this))
    , m_findAction(makeAction("billFind", "edit-find", QKeySequence::Find))
    , m_releaseAction(new QAction(this))
    , m_openHoldAction(new QAction(this))
    , m_statementAction(new QAction(this))
    , m_pricesAction(new QAction(this))
    , m_tenantsAction(new QAction(this))
{
    setObjectName(QStringLiteral("accountsPage"));
    addAction(m_findAction);
    setUpTables();
    buildLayout();
    retranslate();
    connectSignals();
    connectLists();
    updateActions();
}

AccountsPage::~AccountsPage()
{
    // The tables write down their columns at their end, and must not find their models gone by then.
    for (DataTable *table : {m_billTable, m_groupTable, m_holdTable})
        delete table;
}

void AccountsPage::connectSignals()
{
    connect(m_filter, &BillFilterBar::changed, this, &AccountsPage::filterChanged);
    connect(m_filter, &BillFilterBar::cleared, this, [this] {
        m_back = {{m_filter->choice(), m_grouping->currentIndex()}}; // Esc brings them back
    });
    connect(m_grouping, &QComboBox::currentIndexChanged, this, &AccountsPage::filterChanged);
    connect(m_findAction, &QAction::triggered, m_filter, &BillFilterBar::focusText);
    connect(m_recharge, &QPushButton::clicked, this, &AccountsPage::recharge);
    connect(m_correct, &QPushButton::clicked, this, &AccountsPage::correct);
    connect(m_audit, &QPushButton::clicked, this, &AccountsPage::audit);
    connect(m_export, &QPushButton::clicked, this, &AccountsPage::exportBills);
    connect(m_statementAction, &QAction::triggered, this, &AccountsPage::writeStatement);
    connect(m_pricesAction, &QAction::triggered, this, &AccountsPage::showPrices);
    connect(m_tenantsAction, &QAction::triggered, this, &AccountsPage::showTenants);
    connect(m_spend, &SpendPanel::daysPicked, this, [this](QDate from, QDate to) {
        BillChoice choice = m_filter->choice();
        choice.from = from;
        choice.to = to;
        narrow(choice);
    });
    connect(&m_feed, &ExperimentFeed::moneyChanged, this, [this] {
        m_stale = true;
        if (isVisible())
            refresh();
    });
}

void AccountsPage::connectLists()
{
    connect(&m_bills, &Model::moreWanted, this, &AccountsPage::loadMore);
    connect(&m_bills, &Model::totalsChanged, this, &AccountsPage::updateTotals);
    connect(m_billTable, &DataTable::opened, this, &AccountsPage::openBill);
    connect(m_groupTable, &DataTable::opened, this, &AccountsPage::openGroup);
    for (const DataTable *table : {m_billTable, m_groupTable, m_holdTable})
        connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AccountsPage::updateActions);
    const auto openHold = [this](const QModelIndex &index) {
        if (const auto id = ExperimentId::parse(index.data(models::IdRole).toString()))
            openRun(*id);
    };
    connect(m_holdTable, &DataTable::opened, this, openHold);
    connect(m_openHoldAction, &QAction::triggered, this, [this, openHold] { openHold(m_holdTable->currentIndex()); });
    connect(m_releaseAction, &QAction::triggered, this, &AccountsPage::releaseHold);
    connect(m_release, &QPushButton::clicked, this, &AccountsPage::releaseHold);
    connect(m_openAction, &QAction::triggered, this, [this] { openBill(m_billTable->currentIndex()); });
    connect(m_correctAction, &QAction::triggered, this, &AccountsPage::correct);
    connect(m_narrowAction, &QAction::triggered, this, [this] { openGroup(m_groupTable->currentIndex()); });
    connect(m_groupAction, &QAction::triggered, this, [this] {
        if (const auto id = ExperimentId::parse(m_billTable->currentIndex().data(Model::ExperimentRole).toString()))
            showBills(*id);
    });
}

void AccountsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (m_stale)
        load(!m_hasAccount);
}

void AccountsPage::focusFirst()
{
    m_lists->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void AccountsPage::refresh()
{
    load(false);
    m_spend->reload();
}

bool AccountsPage::goBack()
{
    if (m_back.isEmpty())
        return false;
    const View view = m_back.takeLast();
    {
        const QSignalBlocker blocker(m_grouping);
        m_grouping->setCurrentIndex(view.grouping);
    }
    m_filter->setChoice(view.choice);
    m_lists->currentWidget()->setFocus(Qt::OtherFocusReason);
    return true;
}

/// Shows other bills, from which Esc goes back to those that are shown.
void AccountsPage::narrow(const BillChoice &choice)
{
    m_back.append({m_filter->choice(), m_grouping->currentIndex()});
    {
        const QSignalBlocker blocker(m_grouping);
        m_grouping->setCurrentIndex(0);
    }
    m_filter->setChoice(choice);
}

void AccountsPage::showBills(const ExperimentId &experiment)
{
    if (experiment.isNull()) {
        m_back.clear();
        m_filter->setChoice({});
        return;
    }
    // Of the whole run, whatever was filtered before.
    BillChoice choice;
    choice.experiment = experiment;
    choice.experimentName = m_feed.experiment(experiment).name;
    narrow(choice);
    if (!choice.experimentName.isEmpty())
        return;
    for (const ledger::Bill &bill : m_bills.rows()) { // a deleted run's name is with its bills
        if (bill.experiment == experiment)
            choice.experimentName = bill.experimentName;
    }
    if (!choice.experimentName.isEmpty())
        m_filter->setChoice(choice);
}

void AccountsPage::openGroup(const QModelIndex &index)
{
    const QModelIndex source = m_sortedGroups.mapToSource(index);
    if (!source.isValid())
        return;
    const ledger::BillGroup group = m_groups.rowAt(source.row());
    BillChoice choice = m_filter->choice();
    switch (m_groups.by()) {
    case ledger::GroupBy::Item:
        choice.item = group.item;
        break;
    case ledger::GroupBy::Model:
        choice.model = group.model;
        break;
    case ledger::GroupBy::Experiment:
        choice.experiment = group.experiment.value_or(ExperimentId());
        choice.experimentName = group.experimentName;
        break;
    case ledger::GroupBy::Day:
        choice.from = choice.to = group.day;
        break;
    case ledger::GroupBy::Month:
        // A filter's own days stay where they are narrower.
        choice.from = choice.from.isValid() ? qMax(choice.from, group.day) : group.day;
        choice.to = qMin(
            choice.to.isValid() ? choice.to : group.day.addMonths(1).addDays(-1), group.day.addMonths(1).addDays(-1));
        break;
    }
    narrow(choice);
    m_billTable->setFocus(Qt::OtherFocusReason);
}

ledger::BillFilter AccountsPage::filter() const
{
    ledger::BillFilter filter = m_filter->choice().filter(m_context.tenant);
    filter.limit = pageSize;
    return filter;
}

std::optional<ledger::GroupBy> AccountsPage::grouping() const
{
    const QVariant by = m_grouping->currentData();
    return by.isValid() ? std::optional(static_cast<ledger::GroupBy>(by.toInt())) : std::nullopt;
}

void AccountsPage::filterChanged()
{
    m_lists->setCurrentWidget(grouping() ? m_groupTable : m_billTable);
    m_spend->setChoice(m_filter->choice());
    updateActions();
    load(true);
}

void AccountsPage::load(bool first)
{
    m_stale = false;
    m_wantsFirst = m_wantsFirst || first;
    m_listed = filter();
    m_context.worker.run(
        this,
        [&context = m_context, filter = m_listed, by = grouping()]() -> Result<Loaded> {
            const QTimeZone zone = QTimeZone::systemTimeZone();
            Loaded loaded;
            SOCIETY_ASSIGN(loaded.account, context.ledger.account(context.tenant));
            SOCIETY_ASSIGN(loaded.holds, context.ledger.holds(context.tenant));
            SOCIETY_ASSIGN(loaded.bills, context.ledger.bills(filter));
            if (by) {
                SOCIETY_ASSIGN(loaded.groups, context.ledger.groups(filter, *by, zone, mostGroups));
                loaded.allGroups = loaded.groups.size();
                if (by == ledger::GroupBy::Experiment && loaded.allGroups >= mostGroups) {
                    SOCIETY_ASSIGN(loaded.allGroups, context.ledger.experimentGroups(filter));
                }
            }
            ledger::BillFilter all;
            all.tenant = context.tenant;
            SOCIETY_ASSIGN(
                const QList<ledger::BillGroup> models, context.ledger.groups(all, ledger::GroupBy::Model, zone));
            for (const ledger::BillGroup &model : models)
                loaded.models += model.model;
            SOCIETY_ASSIGN(const QList<ledger::MonthTotal> months, context.ledger.monthTotals(context.tenant, zone, 2));
            const QDate today = context.clock.now().toLocalTime().date();
            const QDate month(today.year(), today.month(), 1);
            loaded.thisMonth = totalOf(months, month);
            loaded.lastMonth = totalOf(months, month.addMonths(-1));
            return loaded;
        },
        [this, request = ++m_request](const Result<Loaded> &loaded) {
            if (!loaded) {
                m_readError = m_error->showError(loaded.error());
                m_stale = m_stale || request == m_request; // until it is shown the next time
            } else if (request == m_request)               // no other filter has been asked for meanwhile
                take(*loaded, std::exchange(m_wantsFirst, false));
        });
}

void AccountsPage::take(const Loaded &loaded, bool first)
{
    m_error->clear(std::exchange(m_readError, 0));
    m_account = loaded.account;
    m_thisMonth = loaded.thisMonth;
    m_lastMonth = loaded.lastMonth;
    m_hasAccount = true;
    m_holds.setRows(loaded.holds);
    m_filter->setModels(loaded.models);
    showAccount();
    if (first)
        m_bills.setFirstPage(loaded.bills);
    else
        m_bills.refreshTop(loaded.bills);
    if (const auto by = grouping())
        m_groups.setGroups(*by, loaded.groups);
    m_allGroups = loaded.allGroups;
    updateTotals();
    updateActions();
}

void AccountsPage::loadMore(const QString &cursor)
{
    ledger::BillFilter next = m_listed; // the list that the cursor is of, not what is being typed
    next.after = cursor;
    m_context.worker.run(
        this, [&context = m_context, next] { return context.ledger.bills(next); },
        [this, cursor](const Result<ledger::BillPage> &page) {
            if (page) {
                m_bills.append(cursor, *page);
            } else {
                m_bills.noteFailure();
                m_error->showError(page.error());
            }
        });
}

void AccountsPage::openBill(const QModelIndex &index)
{
    if (const auto id = ExperimentId::parse(index.data(Model::ExperimentRole).toString()))
        openRun(*id);
}

/// Its page; or, where it was deleted, what is kept of it.
void AccountsPage::openRun(const ExperimentId &id)
{
    if (!m_feed.experiment(id).id.isNull()) {
        emit experimentRequested(id);
        return;
    }
    struct Found {
        bool exists = false;
        std::optional<experiment::Removed> removed;
        QList<ledger::Bill> bills;
    };
    m_context.worker.run(
        this,
        [&context = m_context, id]() -> Result<Found> {
            Found found;
            // The feed may not have read the whole list yet.
            found.exists = context.experiments.find(context.tenant, id.text()).has_value();
            SOCIETY_ASSIGN(found.removed, context.experiments.removed(context.tenant, id));
            SOCIETY_ASSIGN(found.bills, context.ledger.billsOf(context.tenant, id));
            return found;
        },
        [this, id](const Result<Found> &found) {
            if (!found) {
                m_error->showError(found.error());
            } else if (found->exists) {
                emit experimentRequested(id);
            } else {
                auto *dialog = new RemovedRunDialog(id, found->removed, found->bills, this);
                connect(dialog, &RemovedRunDialog::billsRequested, this, &AccountsPage::showBills);
                dialog->open();
            }
        });
}

void AccountsPage::showAccount()
{
    const QLocale locale;
    m_balance->setText(m_hasAccount ? m_account.balance.toDisplay(locale) : QString());
    m_held->setText(m_hasAccount ? m_account.held.toDisplay(locale) : QString());
    m_available->setText(m_hasAccount ? m_account.available.toDisplay(locale) : QString());
    m_months->setText(m_hasAccount ? tr("spent this month %1 · last month %2")
                                         .arg(m_thisMonth.spent.negated().toDisplay(locale),
                                             m_lastMonth.spent.negated().toDisplay(locale))
                                   : QString());
    const int rows = m_holds.rowCount();
    const auto orphans = std::count_if(
        m_holds.rows().cbegin(), m_holds.rows().cend(), [](const ledger::Hold &hold) { return hold.isOrphan(); });
    QString title = rows == 0 ? tr("No money is held for runs.") : tr("Held for %n run(s)", nullptr, rows);
    if (orphans > 0)
        title += QStringLiteral(" · ") + tr("%n of them can be given back", nullptr, static_cast<int>(orphans));
    m_holdsTitle->setText(title);
    m_holdTable->setVisible(rows > 0);
    fitHolds();
    m_release->setVisible(orphans > 0);
}

void AccountsPage::updateTotals()
{
    m_totals->setText(
        tr("%Ln bill(s) · sum %1", nullptr, static_cast<int>(m_bills.total())).arg(m_bills.sum().toDisplay(QLocale())));
    m_cut->setText(tr("Only the %L1 dearest of %L2 groups are listed. Narrow the filter to see the others.")
                       .arg(mostGroups)
                       .arg(m_allGroups));
    m_cut->setVisible(grouping() && m_allGroups > mostGroups);
}

void AccountsPage::updateActions()
{
    const QList<int> rows = m_billTable->selectedRows();
    const bool one = rows.size() == 1 && !grouping();
    const bool ofRun = one && !m_bills.rowAt(rows.first()).experiment.isNull();
    m_correct->setEnabled(one);
    m_correctAction->setEnabled(one);
    m_openAction->setEnabled(ofRun);
    m_groupAction->setEnabled(ofRun);
    m_correct->setToolTip(one ? QString() : tr("Choose the bill to correct in the list."));
    m_narrowAction->setEnabled(m_groupTable->selectedRows().size() == 1);
    const QList<int> holds = m_holdTable->selectedRows();
    const bool orphan = holds.size() == 1 && m_holds.rowAt(holds.first()).isOrphan();
    m_release->setEnabled(orphan);
    m_releaseAction->setEnabled(orphan);
    m_openHoldAction->setEnabled(holds.size() == 1);
    m_release->setToolTip(orphan ? QString() : tr("Choose a hold that nothing will release."));
}

} // namespace society::ui
