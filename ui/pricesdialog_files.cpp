// SPDX-License-Identifier: GPL-3.0-or-later
// Files of prices: import with a preview of what will change, export.
#include "services/core/files.h"
#include "ui/appsettings.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/pricesdialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace society::ui {

namespace {

constexpr unsigned readableByAll = 0644; // a file that a person saves is no secret of the program

} // namespace

void PricesDialog::chooseImport()
{
    auto *dialog = new QFileDialog(this, tr("Import prices"), m_context.settings.lastFolder());
    dialog->setObjectName(QStringLiteral("priceImportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Comma-separated values (*.csv)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_context.settings.setLastFolder(QFileInfo(path).absolutePath());
        m_error->clear();
        m_done->hide();
        m_context.worker.run(
            this,
            [&context = m_context, path]() -> Result<QList<ledger::PriceChange>> {
                SOCIETY_ASSIGN(const QByteArray bytes, readFile(path, ledger::MaxPriceFile));
                return ledger::readPriceFile(context.ledger, bytes, context.clock.now());
            },
            [this](const Result<QList<ledger::PriceChange>> &changes) {
                if (changes)
                    preview(*changes);
                else
                    m_error->showError(changes.error());
            });
    });
    dialog->open();
}

void PricesDialog::preview(const QList<ledger::PriceChange> &changes)
{
    const auto fresh = std::count_if(
        changes.cbegin(), changes.cend(), [](const ledger::PriceChange &change) { return !change.known; });
    const auto unlikely = std::count_if(changes.cbegin(), changes.cend(),
        [](const ledger::PriceChange &change) { return change.unlikely.has_value(); });
    auto *dialog = new QDialog(this);
    dialog->setObjectName(QStringLiteral("pricePreview"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Import prices"));
    auto *model = new models::PriceChangeModel(changes, dialog);
    auto *words =
        new QLabel(fresh == 0 ? tr("The book has all of these prices already.")
                              : tr("%Ln price(s) will be added, all together or none. Bills that are written stay.",
                                    nullptr, static_cast<int>(fresh)),
            dialog);
    words->setObjectName(QStringLiteral("pricePreviewWords"));
    words->setWordWrap(true);
    auto *table = new DataTable(m_context.settings, QStringLiteral("pricePreviewTable"), dialog);
    table->setSortingEnabled(false);
    table->setUp(model, {}, -1);
    table->setAccessibleName(tr("What the file changes"));
    auto *meant = new QCheckBox(tr("%Ln price(s) a hundred times more or less than before: they are &meant", nullptr,
                                    static_cast<int>(unlikely)),
        dialog);
    meant->setObjectName(QStringLiteral("priceMeant"));
    meant->setVisible(unlikely > 0);
    auto *agree = new QPushButton(tr("&Add them"), dialog);
    agree->setObjectName(QStringLiteral("priceImportAgree"));
    agree->setEnabled(fresh > 0 && unlikely == 0);
    connect(meant, &QCheckBox::toggled, agree, &QPushButton::setEnabled);
    auto *buttons = new QDialogButtonBox(dialog);
    buttons->addButton(agree, QDialogButtonBox::AcceptRole);
    buttons->addButton(new QPushButton(tr("Cancel"), dialog), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, [this, changes, meant] { importAll(changes, meant->isChecked()); });
    auto *layout = new QVBoxLayout(dialog);
    layout->setSpacing(8);
    layout->addWidget(words);
    layout->addWidget(table, 1);
    layout->addWidget(meant);
    layout->addWidget(buttons);
    dialog->resize(860, 360);
    dialog->open();
}

void PricesDialog::importAll(const QList<ledger::PriceChange> &changes, bool agreed)
{
    m_error->clear();
    m_done->hide();
    write(
        m_context.worker,
        [&context = m_context, changes, agreed] { return ledger::importPrices(context.ledger, changes, agreed); },
        [this](const Result<QList<ledger::Price>> &written) {
            if (!written) {
                m_error->showError(written.error());
                return;
            }
            m_done->setText(tr("%Ln price(s) were added.", nullptr, static_cast<int>(written->size())));
            m_done->show();
            load();
        });
}

void PricesDialog::chooseExport()
{
    auto *dialog = new QFileDialog(this, tr("Export prices"), m_context.settings.lastFolder());
    dialog->setObjectName(QStringLiteral("priceExportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Comma-separated values (*.csv)"));
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("prices.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_context.settings.setLastFolder(QFileInfo(path).absolutePath());
        write(
            m_context.worker,
            [&context = m_context, path]() -> Result<> {
                SOCIETY_ASSIGN(const QByteArray csv, ledger::pricesAsCsv(context.ledger));
                return writeFileAtomically(path, csv, readableByAll);
            },
            [this](const Result<> &written) {
                if (!written)
                    m_error->showError(written.error());
            });
    });
    dialog->open();
}

} // namespace society::ui
