// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/billlistmodel.h"
#include "services/experiment/crosscheck.h"
#include "ui/appcontext.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace society::ui {

class DataTable;
class ErrorPanel;

/// What one run was billed, with its sum. GUI thread.
class RunBills : public QWidget {
    Q_OBJECT
public:
    explicit RunBills(const AppContext &context, QWidget *parent = nullptr);
    ~RunBills() override;

    void setExperiment(const ExperimentId &id, bool settled);
    void load();

signals:
    /// All of the tenant's bills, at this run's.
    void billsRequested(const society::ExperimentId &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void updateSum();

    const AppContext &m_context;
    ExperimentId m_id;
    std::optional<experiment::CrossCheck> m_crossCheck;
    bool m_settled = false;
    models::BillListModel m_model;
    QLabel *m_sum;
    QLabel *m_check; ///< what AgentSociety itself counted
    QPushButton *m_all;
    ErrorPanel *m_error;
    DataTable *m_table;
};

} // namespace society::ui
