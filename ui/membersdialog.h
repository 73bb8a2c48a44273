// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listfilterproxy.h"
#include "models/memberlistmodel.h"
#include "ui/appcontext.h"
#include "ui/writingdialog.h"

class QComboBox;
class QGroupBox;
class QLineEdit;
class QPushButton;

namespace society::ui {

class DataTable;
class ErrorPanel;

/// Who may do what in the shared ledger: whom one may see, a role given and taken. What one may not do the database
/// refuses, in words. Does not wait. GUI thread.
class MembersDialog : public WritingDialog {
    Q_OBJECT
public:
    explicit MembersDialog(const AppContext &context, QWidget *parent = nullptr);
    ~MembersDialog() override;

protected:
    void changeEvent(QEvent *event) override;
    void writingChanged() override { check(); }

private:
    void buildLayout();
    void connectSignals();
    void retranslate();
    void load();
    void check();
    void give();
    void askToRemove();
    /// Does it in a worker, then shows the list anew or what went wrong.
    void change(const std::function<Result<>()> &work);

    const AppContext &m_context;
    models::MemberListModel m_members;
    models::ListFilterProxy m_proxy;
    QLineEdit *m_filter;
    DataTable *m_table;
    QLineEdit *m_login;
    QComboBox *m_tenant, *m_role;
    QPushButton *m_give, *m_remove, *m_close;
    QGroupBox *m_box;
    ErrorPanel *m_error;
};

} // namespace society::ui
