// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/auditdialog.h"

#include "services/core/files.h"
#include "services/experiment/experimentservice.h"
#include "services/ledger/ledger.h"
#include "ui/appsettings.h"
#include "ui/ask.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/statechip.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {

constexpr int wide = 760;
constexpr int wideEnough = 520;
constexpr int tall = 420;
constexpr int shapeSize = 32;
constexpr unsigned readableByAll = 0644; // a file that a person saves is no secret of the program

} // namespace

AuditDialog::AuditDialog(const AppContext &context, const ledger::AuditReport &report, QWidget *parent)
    : WritingDialog(parent)
    , m_context(context)
    , m_model(report)
    , m_table(new DataTable(context.settings, QStringLiteral("auditTable"), this))
    , m_putRight(new QPushButton(tr("&Put right…"), this))
    , m_error(new ErrorPanel(this))
{
    setObjectName(QStringLiteral("auditDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Audit"));
    buildLayout();
}

AuditDialog::~AuditDialog()
{
    // The table writes down its columns at its end, and must not find its model gone by then.
    delete m_table;
}

void AuditDialog::buildLayout()
{
    const ledger::AuditReport &report = m_model.report();
    auto *shape = new QLabel(this);
    shape->setPixmap(severityIcon(report.isOk() ? Severity::Good : Severity::Fault, palette()).pixmap(shapeSize));
    auto *words = new QLabel(models::auditSummary(report), this);
    words->setObjectName(QStringLiteral("auditSummary"));
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(shape, 0, Qt::AlignTop);
    top->addWidget(words, 1);

    m_table->setSortingEnabled(false);
    m_table->setUp(&m_model, {}, -1);
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(models::AuditReportModel::What, QHeaderView::Stretch);
    m_table->setAccessibleName(tr("What differs"));
    m_table->setVisible(!report.isOk());
    connect(m_table, &DataTable::opened, this, [this](const QModelIndex &index) {
        if (const auto id = ExperimentId::parse(index.data(models::IdRole).toString()))
            emit experimentRequested(*id);
    });
    // The whole report, for screen readers, for selecting parts of it, and the runs that are no differences.
    auto *all = new QPlainTextEdit(models::auditText(report), this);
    all->setObjectName(QStringLiteral("auditWords"));
    all->setReadOnly(true);
    all->setTabChangesFocus(true);
    all->setAccessibleName(tr("What the audit found"));
    all->setVisible(report.isOk() ? !report.unread.isEmpty() : true);
    if (report.isOk() && report.unread.isEmpty())
        all->hide();

    const auto button = [this](const QString &text, const char *name, void (AuditDialog::*action)()) {
        auto *made = new QPushButton(text, this);
        made->setObjectName(QString::fromLatin1(name));
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, action);
        return made;
    };
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("auditClose"));
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    m_putRight->setObjectName(QStringLiteral("auditPutRight"));
    m_putRight->setAutoDefault(false);
    m_putRight->setVisible(!report.isOk());
    connect(m_putRight, &QPushButton::clicked, this, &AuditDialog::askToPutRight);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AuditDialog::check);
    check();
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(button(tr("&Copy as text"), "auditCopy", &AuditDialog::copyText));
    buttons->addWidget(button(tr("&Save as JSON…"), "auditSave", &AuditDialog::chooseFile));
    buttons->addWidget(m_putRight);
    buttons->addStretch();
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_error);
    layout->addWidget(m_table, 2);
    layout->addWidget(all, 1);
    if (all->isHidden() && report.isOk())
        layout->addStretch();
    layout->addLayout(buttons);
    resize(report.isOk() ? wideEnough : wide, report.isOk() && report.unread.isEmpty() ? sizeHint().height() : tall);
    close->setFocus();
}

/// The differences that are chosen, or all, of which something is proposed.
QList<ledger::Difference> AuditDialog::chosen() const
{
    QList<int> rows = m_table->selectedRows();
    if (rows.isEmpty())
        for (int row = 0; row < m_model.rowCount(); ++row)
            rows += row;
    QList<ledger::Difference> differences;
    for (const int row : std::as_const(rows)) {
        const ledger::Difference &difference = m_model.report().differences.at(row);
        if (difference.proposal)
            differences += difference;
    }
    return differences;
}

void AuditDialog::check()
{
    m_putRight->setEnabled(!m_isPuttingRight && !chosen().isEmpty());
    m_putRight->setToolTip(!chosen().isEmpty() ? tr("Does what is proposed for the lines that are chosen, or for all")
                                               : tr("Nothing is proposed: only people can say what is right here."));
}

void AuditDialog::askToPutRight()
{
    const QList<ledger::Difference> differences = chosen();
    QStringList lines;
    constexpr qsizetype mostLines = 12;
    for (const ledger::Difference &difference : differences.first(qMin(differences.size(), mostLines)))
        lines += QStringLiteral("• ") + models::proposalText(difference);
    if (differences.size() > mostLines)
        lines += QStringLiteral("…");
    askBeforeLoss(this, tr("Put right what differs"),
        tr("%Ln proposal(s) will be followed, all together or none.", nullptr, static_cast<int>(differences.size())),
        tr("Bills are never changed: corrections are new bills, and say why.") + u'\n' + lines.join(u'\n'),
        tr("&Put right"), [this, differences] { follow(differences); });
}

void AuditDialog::follow(const QList<ledger::Difference> &differences)
{
    m_error->clear();
    m_isPuttingRight = true;
    check();
    write(
        m_context.prober,
        [&context = m_context, differences]() -> Result<qint64> {
            SOCIETY_ASSIGN(const QList<ledger::RunFact> facts, context.experiments.runFacts(context.tenant));
            return context.ledger.putRight(differences, context.tenant, facts);
        },
        [this](const Result<qint64> &done) {
            m_isPuttingRight = false;
            check();
            if (!done) {
                m_error->showError(done.error());
                return;
            }
            emit putRight();
            close();
        });
}

void AuditDialog::copyText()
{
    QApplication::clipboard()->setText(models::auditText(m_model.report()));
}

void AuditDialog::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Save what the audit found"), m_context.settings.lastFolder());
    dialog->setObjectName(QStringLiteral("auditSaveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("JSON (*.json)"));
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QStringLiteral("audit-%1.json").arg(m_context.tenant));
    connect(dialog, &QFileDialog::fileSelected, this, &AuditDialog::saveTo);
    dialog->open();
}

void AuditDialog::saveTo(const QString &path)
{
    m_context.settings.setLastFolder(QFileInfo(path).absolutePath());
    write(
        m_context.prober,
        [report = m_model.report(), path] {
            return writeFileAtomically(
                path, QJsonDocument(models::auditJson(report)).toJson(QJsonDocument::Indented), readableByAll);
        },
        [this](const Result<> &written) {
            if (written)
                m_error->clear();
            else
                m_error->showError(written.error());
        });
}

} // namespace society::ui
