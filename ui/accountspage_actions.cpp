// SPDX-License-Identifier: GPL-3.0-or-later
// What the Accounts page's buttons and menu do: recharge, correct, audit, export, statement, prices, tenants, holds.
#include "services/core/files.h"
#include "services/experiment/experimentservice.h"
#include "ui/accountspage.h"
#include "ui/appsettings.h"
#include "ui/ask.h"
#include "ui/auditdialog.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/moneydialog.h"
#include "ui/pricesdialog.h"
#include "ui/statementdialog.h"
#include "ui/tenantsdialog.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QPushButton>
#include <QSaveFile>

namespace society::ui {

namespace {

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
            if (!report) {
                m_error->showError(report.error());
                return;
            }
            auto *dialog = new AuditDialog(m_context, *report, this);
            connect(dialog, &AuditDialog::experimentRequested, this, &AccountsPage::openRun);
            connect(dialog, &AuditDialog::putRight, this, [this] {
                m_feed.noteMoneyChanged();
                audit(); // shows what is left
            });
            dialog->open();
        });
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

void AccountsPage::writeStatement()
{
    const BillChoice choice = m_filter->choice();
    auto *dialog = new StatementDialog(m_context, m_activities, choice.from, choice.to, this);
    dialog->open();
}

void AccountsPage::showPrices()
{
    auto *dialog = new PricesDialog(m_context, this);
    connect(dialog, &PricesDialog::currencySignChanged, this, [this] {
        // Every amount on screen is written again, as after a change of the language.
        QCoreApplication::postEvent(window(), new QEvent(QEvent::LanguageChange));
        m_feed.noteMoneyChanged();
    });
    dialog->open();
}

void AccountsPage::showTenants()
{
    auto *dialog = new TenantsDialog(m_context, this);
    connect(dialog, &TenantsDialog::tenantRequested, this, &AccountsPage::tenantRequested);
    dialog->open();
}

/// The hold that is chosen, with a question for the reason.
void AccountsPage::releaseHold()
{
    const QList<int> rows = m_holdTable->selectedRows();
    if (rows.size() != 1 || !m_holds.rowAt(rows.first()).isOrphan())
        return;
    const ledger::Hold hold = m_holds.rowAt(rows.first());
    const QString name = hold.experimentName.isEmpty() ? hold.experiment.text().left(8) : hold.experimentName;
    askText(this, tr("Give a hold back"),
        tr("%1 held for “%2” become available again. If the run is billed after all, it is billed in full.\nReason:")
            .arg(hold.amount.toDisplay(QLocale()), name),
        {}, [this, id = hold.experiment](const QString &reason) {
            m_error->clear();
            m_context.worker.run(
                this,
                [&context = m_context, id, reason] { return context.ledger.releaseOrphan(context.tenant, id, reason); },
                [this](const Result<ledger::Hold> &released) {
                    if (released)
                        m_feed.noteMoneyChanged();
                    else
                        m_error->showError(released.error());
                });
        });
}

} // namespace society::ui
