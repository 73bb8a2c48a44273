// SPDX-License-Identifier: GPL-3.0-or-later
// How the Accounts page is laid out, and what its buttons do: recharge, correct, audit, export.
#include "services/core/files.h"
#include "services/experiment/experimentservice.h"
#include "ui/accountspage.h"
#include "ui/appsettings.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/moneydialog.h"
#include "ui/statechip.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDialog>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

namespace society::ui {

namespace {

using Model = models::BillListModel;

template <class Widget>
void name(Widget *widget, const char *text)
{
    widget->setObjectName(QString::fromLatin1(text));
}

Result<qint64> exportTo(const ledger::Ledger &ledger, const ledger::BillFilter &filter, const QString &path)
{
    // A whole file or none: a half-written list of bills would look like all of them.
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return writeFailed(path, file.errorString());
    SOCIETY_ASSIGN(const qint64 count, ledger.exportCsv(filter, file));
    if (!file.commit())
        return writeFailed(path, file.errorString());
    return count;
}

} // namespace

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
    name(m_item, "billItem");
    name(m_fromOn, "billFromOn");
    name(m_from, "billFrom");
    name(m_toOn, "billToOn");
    name(m_to, "billTo");
    name(m_text, "billText");
    name(m_only, "billOnly");
    name(m_totals, "billTotals");
    name(m_holdsTitle, "holdsTitle");
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    for (QLabel *label : {m_balance, m_held, m_available})
        label->setFont(large);
    const QDate today = m_context.clock.now().toLocalTime().date();
    m_from->setDate(QDate(today.year(), today.month(), 1));
    m_to->setDate(today);
    for (QDateEdit *edit : {m_from, m_to}) {
        edit->setCalendarPopup(true);
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    }
    m_text->setClearButtonEnabled(true);
    // The order is the ledger's: pages come newest first, and sorting one page would lie about the others.
    m_billTable->setSortingEnabled(false);
    m_billTable->setUp(&m_bills, {Model::Model}, -1);
    m_billTable->setRowActions({m_openAction, m_groupAction, m_correctAction});
    m_holdTable->setSortingEnabled(false);
    m_holdTable->setUp(&m_holds, {}, -1);
    m_holdTable->setMaximumHeight(130);

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
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_tenant);
    words->addWidget(m_months);
    top->addLayout(words);
    top->addStretch();
    for (QPushButton *button : {m_recharge, m_correct, m_audit, m_export})
        top->addWidget(button);

    auto *filters = new QHBoxLayout;
    filters->setSpacing(6);
    for (QWidget *widget : {static_cast<QWidget *>(m_item), static_cast<QWidget *>(m_fromOn),
             static_cast<QWidget *>(m_from), static_cast<QWidget *>(m_toOn), static_cast<QWidget *>(m_to)})
        filters->addWidget(widget);
    filters->addWidget(m_text, 1);
    filters->addWidget(m_only);
    filters->addWidget(m_totals);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_error);
    layout->addLayout(filters);
    layout->addWidget(m_billTable, 1);
    layout->addWidget(m_holdsTitle);
    layout->addWidget(m_holdTable);
}

void AccountsPage::writeBill(const std::function<Result<ledger::Bill>()> &write)
{
    m_error->clear();
    m_context.worker.run(this, write, [this](const Result<ledger::Bill> &bill) {
        if (bill)
            m_feed.noteMoneyChanged();
        else
            m_error->showError(bill.error());
    });
}

void AccountsPage::recharge()
{
    auto *dialog = new MoneyDialog(tr("Recharge"),
        tr("Adds money to “%1”. A recharge cannot be taken back; a correction "
           "can set it right.")
            .arg(m_context.tenant),
        tr("&Recharge"), MoneyDialog::Sign::Positive, false, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        writeBill([&context = m_context, amount = dialog->amount(), note = dialog->note()] {
            return context.ledger.recharge(context.tenant, amount, note);
        });
    });
    dialog->open();
}

void AccountsPage::correct()
{
    const QList<int> rows = m_billTable->selectedRows();
    if (rows.size() != 1)
        return;
    const ledger::Bill bill = m_bills.rowAt(rows.first());
    const QString what = bill.experimentName.isEmpty()
                             ? models::itemText(bill.item)
                             : tr("%1 of “%2”").arg(models::itemText(bill.item), bill.experimentName);
    auto *dialog = new MoneyDialog(tr("Correct a bill"),
        tr("%1: %2. A bill never changes: a new one that names it adds this amount (negative: takes away).")
            .arg(what, bill.amount.toDisplay(QLocale())),
        tr("&Write the correction"), MoneyDialog::Sign::Any, true, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, id = bill.id] {
        writeBill([&context = m_context, id, amount = dialog->amount(), note = dialog->note()] {
            return context.ledger.correct(context.tenant, id, amount, note);
        });
    });
    dialog->open();
}

void AccountsPage::audit()
{
    m_audit->setEnabled(false);
    m_error->clear();
    const int activity = m_activities.begin(tr("Auditing the account"));
    m_context.prober.run(
        this,
        [&context = m_context]() -> Result<ledger::AuditReport> {
            SOCIETY_ASSIGN(const QList<ledger::RunFact> facts, context.experiments.runFacts(context.tenant));
            return context.ledger.audit(context.tenant, facts);
        },
        [this, activity](const Result<ledger::AuditReport> &report) {
            m_activities.end(activity);
            m_audit->setEnabled(true);
            if (report)
                audited(*report);
            else
                m_error->showError(report.error());
        });
}

void AccountsPage::audited(const ledger::AuditReport &report)
{
    const QLocale locale;
    QStringList lines{
        tr("%n bill(s) were added up and compared with the balance, the holds and what the run directories "
           "say.",
            nullptr, static_cast<int>(report.bills))};
    if (report.isOk())
        lines += tr("Everything agrees.");
    else
        lines += tr("%n difference(s):", nullptr, static_cast<int>(report.differences.size()));
    for (const ledger::Difference &difference : report.differences) {
        QString line = difference.words;
        if (difference.expected != difference.found)
            line += tr(" Expected %1, found %2.")
                        .arg(difference.expected.toDisplay(locale), difference.found.toDisplay(locale));
        lines += line;
    }
    for (const ledger::RunFact &run : report.unread)
        lines += tr("Not compared with its folder: %1").arg(run.unread);
    auto *dialog = new QDialog(this);
    dialog->setObjectName(QStringLiteral("auditDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Audit"));
    auto *shape = new QLabel(dialog);
    shape->setPixmap(severityIcon(report.isOk() ? Severity::Good : Severity::Fault, palette()).pixmap(32, 32));
    auto *words = new QPlainTextEdit(lines.join(QStringLiteral("\n\n")), dialog);
    words->setObjectName(QStringLiteral("auditWords"));
    words->setReadOnly(true);
    words->setTabChangesFocus(true);
    words->setAccessibleName(tr("What the audit found"));
    auto *close = new QPushButton(tr("Close"), dialog);
    close->setObjectName(QStringLiteral("auditClose"));
    auto *top = new QHBoxLayout;
    top->addWidget(shape, 0, Qt::AlignTop);
    top->addWidget(words, 1);
    auto *layout = new QVBoxLayout(dialog);
    layout->addLayout(top);
    layout->addWidget(close, 0, Qt::AlignRight);
    dialog->resize(520, report.isOk() && report.unread.isEmpty() ? 180 : 320);
    connect(close, &QPushButton::clicked, dialog, &QDialog::close);
    dialog->open();
}

void AccountsPage::exportBills()
{
    auto *dialog = new QFileDialog(this, tr("Export the bills shown"), m_context.settings.lastFolder());
    dialog->setObjectName(QStringLiteral("billExportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Comma-separated values (*.csv)"));
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("bills-%1.csv").arg(m_context.tenant));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_context.settings.setLastFolder(QFileInfo(path).absolutePath());
        const int activity = m_activities.begin(tr("Exporting bills"));
        m_context.prober.run(
            this, [&context = m_context, filter = filter(), path] { return exportTo(context.ledger, filter, path); },
            [this, activity](const Result<qint64> &count) {
                m_activities.end(activity);
                if (!count)
                    m_error->showError(count.error());
            });
    });
    dialog->open();
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
    const int chosen = qMax(0, m_item->currentIndex());
    {
        const QSignalBlocker blocker(m_item);
        m_item->clear();
        m_item->addItem(tr("everything"));
        for (const ledger::Item item : {ledger::Item::Recharge, ledger::Item::InputTokens, ledger::Item::OutputTokens,
                 ledger::Item::RunTime, ledger::Item::Correction})
            m_item->addItem(models::itemText(item), static_cast<int>(item));
        m_item->setCurrentIndex(chosen);
    }
    m_item->setAccessibleName(tr("What the bills are for"));
    m_fromOn->setText(tr("from"));
    m_from->setAccessibleName(tr("First day"));
    m_toOn->setText(tr("to"));
    m_to->setAccessibleName(tr("Last day"));
    m_text->setPlaceholderText(tr("experiment, model, text…"));
    m_text->setAccessibleName(tr("Filter the bills"));
    m_billTable->setAccessibleName(tr("Bills"));
    m_billTable->setEmptyText(tr("No bills here. Recharge adds money; each run that uses any adds its own."));
    m_holdTable->setAccessibleName(tr("Money held for runs"));
    m_openAction->setText(tr("&Open the run"));
    m_groupAction->setText(tr("Only this experiment's &bills"));
    m_correctAction->setText(tr("C&orrect…"));
    m_bills.retranslate();
    m_holds.retranslate();
    showAccount();
    updateTotals();
    updateFilter();
    updateActions();
}

} // namespace society::ui
