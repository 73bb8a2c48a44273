// SPDX-License-Identifier: GPL-3.0-or-later
// How the Accounts page is laid out, and what its texts say.
#include "ui/accountspage.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/spendpanel.h"
#include "ui/statechip.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace society::ui {

namespace {

using Model = models::BillListModel;

constexpr int tallestHolds = 130;

template <class Widget>
void name(Widget *widget, const char *text)
{
    widget->setObjectName(QString::fromLatin1(text));
}

/// Marks a hold that nothing will release with a warning's shape; the word stands in the column.
class HoldDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.column() != models::HoldListModel::Run || !index.data(models::HoldListModel::OrphanRole).toBool())
            return;
        option->icon = severityIcon(Severity::Warning, option->palette);
        option->features |= QStyleOptionViewItem::HasDecoration;
        const int side = option->fontMetrics.height();
        option->decorationSize = QSize(side, side);
    }
};

} // namespace

void AccountsPage::setUpTables()
{
    // The order is the ledger's: pages come newest first, and sorting one page would lie about the others.
    m_billTable->setSortingEnabled(false);
    m_billTable->setUp(&m_bills, {Model::Model}, -1);
    m_billTable->setRowActions({m_openAction, m_groupAction, m_correctAction});
    m_sortedGroups.setSourceModel(&m_groups);
    m_groupTable->setUp(&m_sortedGroups, {}, models::BillGroupModel::Sum);
    m_groupTable->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_groupTable->setRowActions({m_narrowAction});
    m_groupTable->header()->setStretchLastSection(false);
    m_groupTable->header()->setSectionResizeMode(models::BillGroupModel::What, QHeaderView::Stretch);
    m_holdTable->setSortingEnabled(false);
    m_holdTable->setUp(&m_holds, {}, -1);
    m_holdTable->setItemDelegate(new HoldDelegate(m_holdTable));
    m_holdTable->setRowActions({m_openHoldAction, m_releaseAction});
    m_lists->addWidget(m_billTable);
    m_lists->addWidget(m_groupTable);
}

/// As tall as its rows, up to a few: the bills are what the page is for.
void AccountsPage::fitHolds()
{
    const int rows = m_holds.rowCount() * m_holdTable->verticalHeader()->defaultSectionSize();
    const int around = m_holdTable->header()->sizeHint().height() + 2 * m_holdTable->frameWidth();
    m_holdTable->setFixedHeight(qMin(tallestHolds, rows + around));
}

QHBoxLayout *AccountsPage::makeTop()
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    for (QLabel *label : {m_balance, m_held, m_available})
        label->setFont(large);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    const auto figure = [&](QLabel *value, const char *label) {
        auto *caption = new QLabel(this);
        name(caption, label);
        auto *box = new QVBoxLayout;
        box->setSpacing(0);
        box->addWidget(caption);
        box->addWidget(value);
        top->addLayout(box);
        top->addSpacing(24);
    };
    figure(m_balance, "captionBalance");
    figure(m_held, "captionHeld");
    figure(m_available, "captionAvailable");
    top->addWidget(m_tenant);
    top->addStretch();
    for (QPushButton *button : {m_recharge, m_correct, m_audit, m_export})
        top->addWidget(button);
    auto *menu = new QMenu(m_more);
    name(menu, "accountMenu");
    menu->addActions({m_statementAction, m_pricesAction, m_tenantsAction});
    m_more->setMenu(menu);
    top->addWidget(m_more);
    return top;
}

void AccountsPage::buildLayout()
{
    name(m_tenant, "accountTenant");
    name(m_balance, "accountBalance");
    name(m_held, "accountHeld");
    name(m_available, "accountAvailable");
    name(m_months, "accountMonths");
    name(m_recharge, "accountRecharge");
    name(m_correct, "accountCorrect");
    name(m_audit, "accountAudit");
    name(m_export, "accountExport");
    name(m_more, "accountMore");
    name(m_grouping, "billGrouping");
    name(m_totals, "billTotals");
    name(m_cut, "billGroupsCut");
    m_cut->setWordWrap(true);
    m_cut->hide();
    name(m_holdsTitle, "holdsTitle");
    name(m_release, "holdRelease");
    name(m_statementAction, "accountStatement");
    name(m_pricesAction, "accountPrices");
    name(m_tenantsAction, "accountTenants");
    name(m_releaseAction, "holdReleaseAction");
    m_totals->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_spend->addToEnd(m_months);
    m_filter->addToEnd(m_grouping);
    m_filter->addToEnd(m_totals, 1);
    auto *holds = new QHBoxLayout;
    holds->setSpacing(8);
    holds->addWidget(m_holdsTitle, 1);
    holds->addWidget(m_release);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addLayout(makeTop());
    layout->addWidget(m_error);
    layout->addWidget(m_spend);
    layout->addWidget(m_filter);
    layout->addWidget(m_cut);
    layout->addWidget(m_lists, 1);
    layout->addLayout(holds);
    layout->addWidget(m_holdTable);
}

void AccountsPage::retranslate()
{
    const auto caption = [this](const char *label, const QString &text) {
        findChild<QLabel *>(QString::fromLatin1(label))->setText(text);
    };
    caption("captionBalance", tr("balance"));
    caption("captionHeld", tr("held for runs"));
    caption("captionAvailable", tr("available"));
    m_tenant->setText(tr("account of %1").arg(m_context.tenant));
    m_recharge->setText(tr("Re&charge…"));
    m_correct->setText(tr("C&orrect…"));
    m_audit->setText(tr("A&udit"));
    m_audit->setToolTip(tr("Adds up every bill again and compares"));
    m_export->setText(tr("&Export…"));
    m_export->setToolTip(tr("Writes the bills that are filtered as CSV"));
    m_more->setText(tr("&More"));
    m_statementAction->setText(tr("&Statement…"));
    m_pricesAction->setText(tr("&Prices…"));
    m_tenantsAction->setText(tr("&Tenants…"));
    {
        const QSignalBlocker blocker(m_grouping);
        const int chosen = qMax(0, m_grouping->currentIndex());
        m_grouping->clear();
        m_grouping->addItem(tr("each bill"));
        for (const auto &[text, by] : std::initializer_list<std::pair<QString, ledger::GroupBy>>{
                 {tr("by experiment"), ledger::GroupBy::Experiment}, {tr("by model"), ledger::GroupBy::Model},
                 {tr("by item"), ledger::GroupBy::Item}, {tr("by day"), ledger::GroupBy::Day},
                 {tr("by month"), ledger::GroupBy::Month}})
            m_grouping->addItem(text, static_cast<int>(by));
        m_grouping->setCurrentIndex(chosen);
    }
    m_grouping->setAccessibleName(tr("How the bills are grouped"));
    m_billTable->setAccessibleName(tr("Bills"));
    m_billTable->setEmptyText(tr("No bills here. Recharge adds money; each run that uses any adds its own."));
    m_groupTable->setAccessibleName(tr("Groups of bills"));
    m_groupTable->setEmptyText(tr("No bills here. Recharge adds money; each run that uses any adds its own."));
    m_holdTable->setAccessibleName(tr("Money held for runs"));
    m_openAction->setText(tr("&Open the run"));
    m_groupAction->setText(tr("Only this experiment's &bills"));
    m_correctAction->setText(tr("C&orrect…"));
    m_narrowAction->setText(tr("Only the &bills of this group"));
    m_findAction->setText(tr("&Find in the bills"));
    m_openHoldAction->setText(tr("&Open the run"));
    m_releaseAction->setText(tr("&Give back…"));
    m_release->setText(tr("&Give back…"));
    m_bills.retranslate();
    m_groups.retranslate();
    m_holds.retranslate();
    showAccount();
    updateTotals();
    updateActions();
}

} // namespace society::ui
