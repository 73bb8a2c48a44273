// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/auditreportmodel.h"
#include "ui/appcontext.h"
#include "ui/writingdialog.h"

class QPushButton;

namespace society::ui {

class DataTable;
class ErrorPanel;

/// What an audit found: a summary, a table of the differences, the runs that could not be compared; copied as text,
/// saved as JSON. What was proposed is done on command. Does not wait. GUI thread.
class AuditDialog : public WritingDialog {
    Q_OBJECT
public:
    AuditDialog(const AppContext &context, const ledger::AuditReport &report, QWidget *parent = nullptr);
    ~AuditDialog() override;

signals:
    /// What was proposed has been done: another audit says what is left.
    void putRight();
    /// The run of a difference is wanted.
    void experimentRequested(const society::ExperimentId &id);

private:
    void buildLayout();
    void copyText();
    void askToPutRight();
    void follow(const QList<ledger::Difference> &differences);
    [[nodiscard]] QList<ledger::Difference> chosen() const;
    void check();
    void chooseFile();
    void saveTo(const QString &path);

    const AppContext &m_context;
    models::AuditReportModel m_model;
    bool m_isPuttingRight = false;
    DataTable *m_table;
    QPushButton *m_putRight;
    ErrorPanel *m_error;
};

} // namespace society::ui
