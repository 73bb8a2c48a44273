// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/auditreportmodel.h"

#include "models/format.h"

#include <QJsonArray>

namespace society::models {

using ledger::AuditReport;
using ledger::Difference;

namespace {

void addMoney(QJsonObject &object, const QString &key, Money amount)
{
    object.insert(key + QStringLiteral("_micro"), static_cast<qint64>(amount.micro()));
    object.insert(key, amount.toDecimal());
}

} // namespace

QString auditSummary(const AuditReport &report)
{
    const QString looked =
        AuditReportModel::tr("%n bill(s) were added up and compared with the balance, the holds and what the run "
                             "directories say.",
            nullptr, static_cast<int>(report.bills));
    return looked + u' ' +
           (report.isOk()
                   ? AuditReportModel::tr("Everything agrees.")
                   : AuditReportModel::tr("%n difference(s):", nullptr, static_cast<int>(report.differences.size())));
}

QString proposalText(const Difference &difference)
{
    if (!difference.proposal)
        return {};
    const QString amount = difference.proposal->amount.toDisplay(QLocale());
    switch (difference.proposal->kind) {
    case ledger::Proposal::Kind::Correct:
        return AuditReportModel::tr("correct a bill by %1").arg(amount);
    case ledger::Proposal::Kind::Release:
        return AuditReportModel::tr("give %1 back").arg(amount);
    case ledger::Proposal::Kind::Recount:
        return AuditReportModel::tr("add balance and totals up anew");
    }
    return {};
}

QString auditText(const AuditReport &report)
{
    const QLocale locale;
    QStringList lines{auditSummary(report)};
    for (const Difference &difference : report.differences) {
        QString line = difference.words;
        if (difference.expected != difference.found)
            line += u' ' + AuditReportModel::tr("Expected %1, found %2.")
                               .arg(difference.expected.toDisplay(locale), difference.found.toDisplay(locale));
        if (const QString proposal = proposalText(difference); !proposal.isEmpty())
            line += u' ' + AuditReportModel::tr("Proposed: %1.").arg(proposal);
        lines += line;
    }
    for (const ledger::RunFact &run : report.unread)
        lines += AuditReportModel::tr("Not compared with its folder: %1").arg(run.unread);
    return lines.join(QStringLiteral("\n\n"));
}

/// Null where people have to decide.
static QJsonValue proposalJson(const std::optional<ledger::Proposal> &proposal)
{
    if (!proposal)
        return {};
    const QString kind = proposal->kind == ledger::Proposal::Kind::Correct   ? QStringLiteral("correct")
                         : proposal->kind == ledger::Proposal::Kind::Release ? QStringLiteral("release")
                                                                             : QStringLiteral("recount");
    QJsonObject object{{QStringLiteral("kind"), kind},
        {QStringLiteral("bill"), proposal->bill.isNull() ? QJsonValue() : QJsonValue(proposal->bill.text())},
        {QStringLiteral("note"), proposal->note}};
    addMoney(object, QStringLiteral("amount"), proposal->amount);
    return object;
}

QJsonObject auditJson(const AuditReport &report)
{
    QJsonArray differences;
    for (const Difference &difference : report.differences) {
        QJsonObject object{{QStringLiteral("code"), difference.code}, {QStringLiteral("tenant"), difference.tenant},
            {QStringLiteral("experiment"),
                difference.experiment.isNull() ? QJsonValue() : QJsonValue(difference.experiment.text())},
            {QStringLiteral("message"), difference.words}};
        addMoney(object, QStringLiteral("expected"), difference.expected);
        addMoney(object, QStringLiteral("found"), difference.found);
        object.insert(QStringLiteral("proposal"), proposalJson(difference.proposal));
        differences.append(object);
    }
    QJsonArray unread;
    for (const ledger::RunFact &run : report.unread)
        unread.append(QJsonObject{{QStringLiteral("tenant"), run.tenant},
            {QStringLiteral("experiment"), run.experiment.text()}, {QStringLiteral("message"), run.unread}});
    return {{QStringLiteral("ok"), report.isOk()}, {QStringLiteral("accounts"), report.accounts},
        {QStringLiteral("bills"), report.bills}, {QStringLiteral("differences"), differences},
        {QStringLiteral("unread"), unread}};
}

AuditReportModel::AuditReportModel(AuditReport report, QObject *parent)
    : QAbstractTableModel(parent)
    , m_report(std::move(report))
{
}

int AuditReportModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_report.differences.size());
}

int AuditReportModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AuditReportModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Difference &row = m_report.differences.at(index.row());
    const int column = index.column();
    const bool isMoney = column == Expected || column == Found;
    if (role == Qt::TextAlignmentRole)
        return QVariant((isMoney ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == IdRole)
        return row.experiment.text();
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (column) {
    case What:
        return row.words;
    case Expected:
    case Found: {
        if (row.expected == row.found)
            return QString(); // it is about no amount
        const Money amount = column == Expected ? row.expected : row.found;
        return role == Qt::ToolTipRole ? exactMoney(amount) : amount.toDisplay(QLocale());
    }
    case Proposal:
        return proposalText(row);
    case Tenant:
        return row.tenant;
    case Experiment:
        return role == Qt::ToolTipRole ? row.experiment.text() : row.experiment.text().left(8);
    case Code:
        return row.code;
    default:
        return {};
    }
}

QVariant AuditReportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) // as the cells below
        return QVariant((section == Expected || section == Found ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What:
        return tr("What differs");
    case Expected:
        return tr("Expected");
    case Found:
        return tr("Found");
    case Proposal:
        return tr("Proposed");
    case Tenant:
        return tr("Tenant");
    case Experiment:
        return tr("Experiment");
    case Code:
        return tr("Code");
    default:
        return {};
    }
}

} // namespace society::models
