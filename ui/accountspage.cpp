// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accountspage.h"

#include "ui/appsettings.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTimeZone>
#include <chrono>

namespace society::ui {

namespace {

using namespace std::chrono_literals;
using Model = models::BillListModel;

struct Loaded {
    ledger::Account account;
    QList<ledger::Hold> holds;
    ledger::BillPage bills;
    ledger::MonthTotal thisMonth, lastMonth;
};

constexpr int pageSize = 200;

ledger::MonthTotal totalOf(const QList<ledger::MonthTotal> &totals, QDate month)
{
    for (const ledger::MonthTotal &total : totals) {
        if (total.month == month)
            return total;
    }
    return {};
}

} // namespace

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
    , m_item(new QComboBox(this))
    , m_fromOn(new QCheckBox(this))
    , m_toOn(new QCheckBox(this))
    , m_from(new QDateEdit(this))
    , m_to(new QDateEdit(this))
    , m_text(new QLineEdit(this))
    , m_only(new QPushButton(this))
    , m_totals(new QLabel(this))
    , m_billTable(new DataTable(context.settings, QStringLiteral("billTable"), this))
    , m_holdsTitle(new QLabel(this))
    , m_holdTable(new DataTable(context.settings, QStringLiteral("holdTable"), this))
    , m_error(new ErrorPanel(this))
    , m_openAction(new QAction(this))
    , m_correctAction(new QAction(this))
    , m_groupAction(new QAction(this))
{
    setObjectName(QStringLiteral("accountsPage"));
    buildLayout();
    connectSignals();
    retranslate();
    updateFilter();
    updateActions();
}

AccountsPage::~AccountsPage()
{
    // The tables write down their columns at their end, and must not find their models gone by then.
    delete m_billTable;
    delete m_holdTable;
}

void AccountsPage::connectSignals()
{
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(200ms);
    connect(&m_debounce, &QTimer::timeout, this, &AccountsPage::filterChanged);
    connect(m_text, &QLineEdit::textChanged, this, [this] { m_debounce.start(); });
    connect(m_item, &QComboBox::currentIndexChanged, this, &AccountsPage::filterChanged);
    for (QCheckBox *box : {m_fromOn, m_toOn}) {
        connect(box, &QCheckBox::toggled, this, &AccountsPage::updateFilter);
        connect(box, &QCheckBox::toggled, this, &AccountsPage::filterChanged);
    }
    for (QDateEdit *edit : {m_from, m_to})
        connect(edit, &QDateEdit::dateChanged, this, [this] { m_debounce.start(); });
    connect(m_only, &QPushButton::clicked, this, [this] { showBills({}); });
    connect(&m_bills, &Model::moreWanted, this, &AccountsPage::loadMore);
    connect(&m_bills, &Model::totalsChanged, this, &AccountsPage::updateTotals);
    connect(m_recharge, &QPushButton::clicked, this, &AccountsPage::recharge);
    connect(m_correct, &QPushButton::clicked, this, &AccountsPage::correct);
    connect(m_audit, &QPushButton::clicked, this, &AccountsPage::audit);
    connect(m_export, &QPushButton::clicked, this, &AccountsPage::exportBills);
    connect(m_billTable, &DataTable::opened, this, &AccountsPage::openBill);
    connect(m_billTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AccountsPage::updateActions);
    connect(m_holdTable, &DataTable::opened, this, [this](const QModelIndex &index) {
        if (const auto id = ExperimentId::parse(index.data(models::IdRole).toString()))
            emit experimentRequested(*id);
    });
    connect(m_openAction, &QAction::triggered, this, [this] { openBill(m_billTable->currentIndex()); });
    connect(m_correctAction, &QAction::triggered, this, &AccountsPage::correct);
    connect(m_groupAction, &QAction::triggered, this, [this] {
        if (const auto id = ExperimentId::parse(m_billTable->currentIndex().data(Model::ExperimentRole).toString()))
            showBills(*id);
    });
    connect(&m_feed, &ExperimentFeed::moneyChanged, this, [this] {
        m_stale = true;
        if (isVisible())
            load(false);
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
    m_billTable->setFocus(Qt::OtherFocusReason);
}

void AccountsPage::refresh()
{
    load(false);
}

bool AccountsPage::goBack()
{
    if (m_experiment.isNull())
        return false;
    showBills({});
    return true;
}

void AccountsPage::showBills(const ExperimentId &experiment)
{
    m_experiment = experiment;
    if (!experiment.isNull()) {
        const QSignalBlocker item(m_item);
        const QSignalBlocker text(m_text);
        const QSignalBlocker from(m_fromOn);
        const QSignalBlocker to(m_toOn);
        m_item->setCurrentIndex(0);
        m_text->clear();
        m_fromOn->setChecked(false);
        m_toOn->setChecked(false);
    }
    updateFilter();
    filterChanged();
}

ledger::BillFilter AccountsPage::filter() const
{
    ledger::BillFilter filter;
    filter.tenant = m_context.tenant;
    filter.limit = pageSize;
    if (const QVariant item = m_item->currentData(); item.isValid())
        filter.item = static_cast<ledger::Item>(item.toInt());
    if (!m_experiment.isNull())
        filter.experiment = m_experiment;
    filter.text = m_text->text().trimmed();
    // Days are local ones, both included; the ledger's end is exclusive and in UTC.
    if (m_fromOn->isChecked())
        filter.from = m_from->date().startOfDay().toUTC();
    if (m_toOn->isChecked())
        filter.to = m_to->date().addDays(1).startOfDay().toUTC();
    return filter;
}

void AccountsPage::filterChanged()
{
    load(true);
}

void AccountsPage::load(bool first)
{
    m_stale = false;
    m_context.worker.run(
        this,
        [&context = m_context, filter = filter()]() -> Result<Loaded> {
            Loaded loaded;
            SOCIETY_ASSIGN(loaded.account, context.ledger.account(context.tenant));
            SOCIETY_ASSIGN(loaded.holds, context.ledger.holds(context.tenant));
            SOCIETY_ASSIGN(loaded.bills, context.ledger.bills(filter));
            SOCIETY_ASSIGN(const QList<ledger::MonthTotal> months,
                context.ledger.monthTotals(context.tenant, QTimeZone::systemTimeZone(), 2));
            const QDate today = context.clock.now().toLocalTime().date();
            const QDate month(today.year(), today.month(), 1);
            loaded.thisMonth = totalOf(months, month);
            loaded.lastMonth = totalOf(months, month.addMonths(-1));
            return loaded;
        },
        [this, first, request = ++m_request](const Result<Loaded> &loaded) {
            if (!loaded) {
                m_error->showError(loaded.error());
                return;
            }
            m_account = loaded->account;
            m_thisMonth = loaded->thisMonth;
            m_lastMonth = loaded->lastMonth;
            m_hasAccount = true;
            m_holds.setRows(loaded->holds);
            showAccount();
            if (request != m_request) // another filter has been asked for meanwhile
                return;
            if (first)
                m_bills.setFirstPage(loaded->bills);
            else
                m_bills.refreshTop(loaded->bills);
            updateTotals();
            updateActions();
        });
}

void AccountsPage::loadMore(const QString &cursor)
{
    ledger::BillFilter next = filter();
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
        emit experimentRequested(*id);
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
    m_holdsTitle->setText(rows == 0 ? tr("No money is held for runs.") : tr("Held for %n run(s)", nullptr, rows));
    m_holdTable->setVisible(rows > 0);
}

void AccountsPage::updateTotals()
{
    m_totals->setText(
        tr("%n bill(s) · sum %1", nullptr, static_cast<int>(m_bills.total())).arg(m_bills.sum().toDisplay(QLocale())));
}

void AccountsPage::updateFilter()
{
    m_from->setEnabled(m_fromOn->isChecked());
    m_to->setEnabled(m_toOn->isChecked());
    m_only->setVisible(!m_experiment.isNull());
    const QString name = m_feed.experiment(m_experiment).name;
    m_only->setText(tr("only “%1” ✕").arg(name.isEmpty() ? m_experiment.text().left(8) : name));
    m_only->setToolTip(tr("Show the bills of all experiments again"));
}

void AccountsPage::updateActions()
{
    const QList<int> rows = m_billTable->selectedRows();
    const bool one = rows.size() == 1;
    const bool ofRun = one && !m_bills.rowAt(rows.first()).experiment.isNull();
    m_correct->setEnabled(one);
    m_correctAction->setEnabled(one);
    m_openAction->setEnabled(ofRun);
    m_groupAction->setEnabled(ofRun);
    m_correct->setToolTip(one ? QString() : tr("Choose the bill to correct in the list."));
}

} // namespace society::ui
