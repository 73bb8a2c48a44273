// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/billgroupmodel.h"
#include "models/billlistmodel.h"
#include "models/holdlistmodel.h"
#include "models/listfilterproxy.h"
#include "services/ledger/ledger.h"
#include "ui/activities.h"
#include "ui/appcontext.h"
#include "ui/billfilterbar.h"
#include "ui/page.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace society::ui {

class DataTable;
class ErrorPanel;
class ExperimentFeed;
class SpendPanel;

/// A tenant's money: balance, what is spent by day, every bill with the run it is for, alone or in groups, holds with
/// their runs; recharge, correction, audit, statement, export, prices, tenants. All of it is read in a worker.
/// GUI thread.
class AccountsPage final : public Page {
    Q_OBJECT
public:
    AccountsPage(const AppContext &context, ExperimentFeed &feed, Activities &activities, QWidget *parent = nullptr);
    ~AccountsPage() override;

    void refresh() override;
    void focusFirst() override;
    bool goBack() override;
    /// Only the bills of one experiment, until the person goes back or clears the filters; a null id: all bills.
    void showBills(const ExperimentId &experiment);
    void recharge();
    void audit();
    void writeStatement();
    void showPrices();
    void showTenants();

signals:
    /// The window should show another tenant's experiments and money.
    void tenantRequested(const society::TenantId &id);

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;

private:
    struct Loaded;
    /// What Esc goes back to.
    struct View {
        BillChoice choice;
        int grouping = 0;
    };

    void buildLayout();
    [[nodiscard]] QHBoxLayout *makeTop();
    void setUpTables();
    void connectSignals();
    void connectLists();
    [[nodiscard]] ledger::BillFilter filter() const;
    [[nodiscard]] std::optional<ledger::GroupBy> grouping() const;
    void narrow(const BillChoice &choice);
    void openGroup(const QModelIndex &index);
    void filterChanged();
    void load(bool first);
    void take(const Loaded &loaded, bool first);
    void loadMore(const QString &cursor);
    void correct();
    void exportBills();
    void releaseHold();
    void writeBill(const std::function<Result<ledger::Bill>()> &write);
    void openBill(const QModelIndex &index);
    void openRun(const ExperimentId &id);
    void updateTotals();
    void fitHolds();
    void updateActions();
    void showAccount();

    const AppContext &m_context;
    ExperimentFeed &m_feed;
    Activities &m_activities;
    models::BillListModel m_bills;
    models::BillGroupModel m_groups;
    models::ListFilterProxy m_sortedGroups;
    models::HoldListModel m_holds;
    ledger::Account m_account;
    qint64 m_allGroups = 0; ///< of the selection
    ledger::MonthTotal m_thisMonth, m_lastMonth;
    bool m_hasAccount = false;
    QList<View> m_back;
    int m_request = 0;
    bool m_wantsFirst = false;   ///< another selection is being read: what comes next replaces the rows
    ledger::BillFilter m_listed; ///< what the list was last read with
    bool m_stale = true;
    int m_readError = 0; ///< the panel's, that reading failed

    QLabel *m_tenant, *m_balance, *m_held, *m_available, *m_months;
    QPushButton *m_recharge, *m_correct, *m_audit, *m_export, *m_more;
    SpendPanel *m_spend;
    BillFilterBar *m_filter;
    QComboBox *m_grouping;
    QLabel *m_totals;
    QLabel *m_cut; ///< that there are more groups than the list has
    QStackedWidget *m_lists;
    DataTable *m_billTable, *m_groupTable;
    QLabel *m_holdsTitle;
    QPushButton *m_release;
    DataTable *m_holdTable;
    ErrorPanel *m_error;
    QAction *m_openAction, *m_correctAction, *m_groupAction, *m_narrowAction, *m_findAction, *m_releaseAction,
        *m_openHoldAction;
    QAction *m_statementAction, *m_pricesAction, *m_tenantsAction;
};

} // namespace society::ui
