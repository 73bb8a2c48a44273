// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roles.h"
#include "services/ledger/values.h"

#include <QAbstractTableModel>
#include <QJsonObject>

namespace society::models {

/// What an audit looked at, in sentences: how many bills, whether all agrees.
[[nodiscard]] QString auditSummary(const ledger::AuditReport &report);
/// What would put a difference right, in a few words; empty where only people can say.
[[nodiscard]] QString proposalText(const ledger::Difference &difference);
/// The whole report as text: the summary, a paragraph per difference, the runs that could not be compared.
[[nodiscard]] QString auditText(const ledger::AuditReport &report);
/// The same as `society-cli audit --json` prints it (docs/cli.md).
[[nodiscard]] QJsonObject auditJson(const ledger::AuditReport &report);

/// The differences that an audit found. Made once from a report. GUI thread.
class AuditReportModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { What, Expected, Found, Proposal, Tenant, Experiment, Code, ColumnCount };
    Q_ENUM(Column)

    explicit AuditReportModel(ledger::AuditReport report, QObject *parent = nullptr);

    [[nodiscard]] const ledger::AuditReport &report() const { return m_report; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// IdRole is the experiment's id; empty where a difference is about an account.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ledger::AuditReport m_report;
};

} // namespace society::models
