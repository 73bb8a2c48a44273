// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/billlistmodel.h"
#include "models/holdlistmodel.h"
#include "services/ledger/ledger.h"
#include "ui/activities.h"
#include "ui/appcontext.h"
#include "ui/page.h"

#include <QTimer>

class QComboBox;
class QDateEdit;
class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace society::ui {

class DataTable;
class ErrorPanel;
class ExperimentFeed;

/// A tenant's money: balance, holds with their runs, every bill with the run it is for; recharge, correction, audit,
/// export. All of it is read in a worker. GUI thread.
class AccountsPage final : public Page {
    Q_OBJECT
public:
    AccountsPage(const AppContext &context, ExperimentFeed &feed, Activities &activities, QWidget *parent = nullptr);
    ~AccountsPage() override;

    void refresh() override;
    void focusFirst() override;
    bool goBack() override;
    /// Only the bills of one experiment, until the filter is cleared.
    void showBills(const ExperimentId &experiment);
    void recharge();
    void audit();

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    [[nodiscard]] ledger::BillFilter filter() const;
    void filterChanged();
    void load(bool first);
    void loadMore(const QString &cursor);
    void correct();
    void exportBills();
    void writeBill(const std::function<Result<ledger::Bill>()> &write);
    void audited(const ledger::AuditReport &report);
    void openBill(const QModelIndex &index);
    void updateTotals();
    void updateFilter();
    void updateActions();
    void showAccount();

    const AppContext &m_context;
    ExperimentFeed &m_feed;
    Activities &m_activities;
    models::BillListModel m_bills;
    models::HoldListModel m_holds;
    ledger::Account m_account;
    ledger::MonthTotal m_thisMonth, m_lastMonth;
    bool m_hasAccount = false;
    ExperimentId m_experiment;
    int m_request = 0;
    bool m_stale = true;
    QTimer m_debounce;

    QLabel *m_tenant, *m_balance, *m_held, *m_available, *m_months;
    QPushButton *m_recharge, *m_correct, *m_audit, *m_export;
    QComboBox *m_item;
    QCheckBox *m_fromOn, *m_toOn;
    QDateEdit *m_from, *m_to;
    QLineEdit *m_text;
    QPushButton *m_only; ///< "only: NAME", ends that filter
    QLabel *m_totals;
    DataTable *m_billTable;
    QLabel *m_holdsTitle;
    DataTable *m_holdTable;
    ErrorPanel *m_error;
    QAction *m_openAction, *m_correctAction, *m_groupAction;
};

} // namespace society::ui
