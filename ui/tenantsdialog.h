// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listfilterproxy.h"
#include "models/tenantlistmodel.h"
#include "ui/appcontext.h"
#include "ui/writingdialog.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace society::ui {

class DataTable;
class ErrorPanel;

/// All tenants with their money, for the admin: one is chosen to work as, another is added. Does not wait. GUI thread.
class TenantsDialog : public WritingDialog {
    Q_OBJECT
public:
    explicit TenantsDialog(const AppContext &context, QWidget *parent = nullptr);
    ~TenantsDialog() override;

signals:
    /// The window should show another tenant's experiments and money.
    void tenantRequested(const society::TenantId &id);

protected:
    void writingChanged() override { check(); }

private:
    void buildLayout();
    void connectSignals();
    void load();
    void check();
    void updateSums();
    void choose(const QModelIndex &index);
    void add();

    const AppContext &m_context;
    models::TenantListModel m_tenants;
    models::ListFilterProxy m_proxy;
    QLineEdit *m_filter;
    QLabel *m_sums;
    DataTable *m_table;
    QLineEdit *m_id, *m_name;
    QLabel *m_problem;
    QPushButton *m_add, *m_switch;
    ErrorPanel *m_error;
};

} // namespace society::ui
