// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statementdialog.h"

#include "services/core/files.h"
#include "services/ledger/ledger.h"
#include "services/ledger/statement.h"
#include "ui/appsettings.h"
#include "ui/errorpanel.h"
#include "ui/statementpdf.h"

#include <QComboBox>
#include <QDateEdit>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QSignalBlocker>
#include <QUrl>
#include <QVBoxLayout>

namespace society::ui {

namespace {

enum Period { LastMonth, ThisMonth, ThisYear, Own };

ledger::StatementPeriod periodOf(const TenantId &tenant, QDate from, QDate to)
{
    ledger::StatementPeriod period;
    period.tenant = tenant;
    period.zone = QTimeZone::systemTimeZone();
    period.from = from.startOfDay(period.zone);
    period.to = to.addDays(1).startOfDay(period.zone);
    return period;
}

/// Needs the sums only.
class HeadReader final : public ledger::StatementReader {
public:
    [[nodiscard]] Result<> head(const ledger::Statement &statement) override
    {
        found = statement;
        return fail(ErrorKind::Refused, "enough", {}); // no row is needed
    }
    [[nodiscard]] Result<> row(const ledger::Bill &, Money) override { return {}; }
    std::optional<ledger::Statement> found;
};

Result<ledger::Statement> sumsOf(const ledger::Ledger &ledger, const ledger::StatementPeriod &period)
{
    HeadReader reader;
    const auto read = ledger.statement(period, reader);
    if (reader.found)
        return *reader.found;
    return fail(read.error());
}

Result<> writeStatement(const ledger::Ledger &ledger, ledger::StatementPeriod period, const QString &path, bool pdf)
{
    if (pdf) {
        period.mostBills = MostBillsInPdf;
        SOCIETY_ASSIGN(const ledger::StatementRows rows, ledger::readStatement(ledger, period));
        return writeStatementPdf(rows, path);
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return writeFailed(path, file.errorString());
    SOCIETY_TRY(ledger::writeStatementCsv(ledger, period, file));
    if (!file.commit())
        return writeFailed(path, file.errorString());
    return {};
}

} // namespace

StatementDialog::StatementDialog(
    const AppContext &context, Activities &activities, QDate from, QDate to, QWidget *parent)
    : WritingDialog(parent)
    , m_context(context)
    , m_activities(activities)
    , m_period(new QComboBox(this))
    , m_from(new QDateEdit(this))
    , m_to(new QDateEdit(this))
    , m_preview(new QLabel(this))
    , m_done(new QLabel(this))
    , m_error(new ErrorPanel(this))
    , m_pdf(new QPushButton(tr("&PDF…"), this))
    , m_csv(new QPushButton(tr("&CSV…"), this))
{
    setObjectName(QStringLiteral("statementDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Statement of account"));
    buildLayout();
    connect(m_period, &QComboBox::currentIndexChanged, this, &StatementDialog::choosePeriod);
    for (QDateEdit *edit : {m_from, m_to})
        connect(edit, &QDateEdit::dateChanged, this, [this] {
            const QSignalBlocker blocker(m_period);
            m_period->setCurrentIndex(Own);
            preview();
        });
    connect(m_pdf, &QPushButton::clicked, this, [this] { chooseFile(true); });
    connect(m_csv, &QPushButton::clicked, this, [this] { chooseFile(false); });
    if (from.isValid() || to.isValid()) {
        const QDate today = m_context.clock.now().toLocalTime().date();
        {
            const QSignalBlocker blocker(m_period);
            m_period->setCurrentIndex(Own);
        }
        const QSignalBlocker blockers[]{QSignalBlocker(m_from), QSignalBlocker(m_to)};
        m_to->setDate(to.isValid() ? to : today);
        m_from->setDate(from.isValid() ? from : QDate(m_to->date().year(), 1, 1));
        preview();
    } else {
        choosePeriod(LastMonth);
    }
}

void StatementDialog::buildLayout()
{
    m_period->setObjectName(QStringLiteral("statementPeriod"));
    m_from->setObjectName(QStringLiteral("statementFrom"));
    m_to->setObjectName(QStringLiteral("statementTo"));
    m_preview->setObjectName(QStringLiteral("statementPreview"));
    m_done->setObjectName(QStringLiteral("statementDone"));
    m_pdf->setObjectName(QStringLiteral("statementPdf"));
    m_csv->setObjectName(QStringLiteral("statementCsv"));
    m_period->addItems({tr("last month"), tr("this month"), tr("this year"), tr("from day to day")});
    for (QDateEdit *edit : {m_from, m_to}) {
        edit->setCalendarPopup(true);
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    }
    m_preview->setWordWrap(true);
    m_preview->setMinimumHeight(m_preview->fontMetrics().lineSpacing() * 3);
    m_preview->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_done->setTextFormat(Qt::RichText);
    m_done->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_done->setOpenExternalLinks(true);
    m_done->setWordWrap(true);
    m_done->hide();
    auto *form = new QFormLayout;
    form->addRow(tr("P&eriod"), m_period);
    form->addRow(tr("&First day"), m_from);
    form->addRow(tr("&Last day"), m_to);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("statementClose"));
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    m_pdf->setDefault(true);
    m_csv->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_pdf);
    buttons->addWidget(m_csv);
    buttons->addStretch();
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addLayout(form);
    layout->addWidget(m_preview);
    layout->addWidget(m_error);
    layout->addWidget(m_done);
    layout->addStretch();
    layout->addLayout(buttons);
    resize(440, sizeHint().height());
}

void StatementDialog::choosePeriod(int which)
{
    const QDate today = m_context.clock.now().toLocalTime().date();
    const QDate month(today.year(), today.month(), 1);
    {
        const QSignalBlocker blockers[]{QSignalBlocker(m_from), QSignalBlocker(m_to)};
        if (which == LastMonth) {
            m_from->setDate(month.addMonths(-1));
            m_to->setDate(month.addDays(-1));
        } else if (which == ThisMonth) {
            m_from->setDate(month);
            m_to->setDate(today);
        } else if (which == ThisYear) {
            m_from->setDate(QDate(today.year(), 1, 1));
            m_to->setDate(today);
        }
    }
    preview();
}

void StatementDialog::preview()
{
    m_done->hide();
    m_error->clear();
    m_context.worker.run(
        this,
        [&context = m_context, period = periodOf(m_context.tenant, m_from->date(), m_to->date())] {
            return sumsOf(context.ledger, period);
        },
        [this, request = ++m_request](const Result<ledger::Statement> &sums) {
            if (request != m_request)
                return;
            m_hasSums = sums.has_value();
            writingChanged();
            if (!sums) {
                m_preview->setText(sums.error().message + u' ' + sums.error().remedy);
                return;
            }
            const QLocale locale;
            m_preview->setText(tr("%Ln bill(s), days of %1.", nullptr, static_cast<int>(sums->bills))
                                   .arg(QString::fromLatin1(sums->period.zone.id())) +
                               u'\n' +
                               tr("Opening balance %1, closing balance %2.")
                                   .arg(sums->opening.toDisplay(locale), sums->closing.toDisplay(locale)));
        });
}

/// One at a time: two would write to one path.
void StatementDialog::writingChanged()
{
    for (QPushButton *button : {m_pdf, m_csv})
        button->setEnabled(m_hasSums && !isWriting());
}

void StatementDialog::chooseFile(bool pdf)
{
    auto *dialog = new QFileDialog(this, tr("Write the statement"), m_context.settings.lastFolder());
    dialog->setObjectName(QStringLiteral("statementFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString suffix = pdf ? QStringLiteral("pdf") : QStringLiteral("csv");
    dialog->setNameFilter(pdf ? tr("PDF (*.pdf)") : tr("Comma-separated values (*.csv)"));
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(
        QStringLiteral("statement-%1-%2-%3.%4")
            .arg(m_context.tenant, m_from->date().toString(Qt::ISODate), m_to->date().toString(Qt::ISODate), suffix));
    connect(dialog, &QFileDialog::fileSelected, this, [this, pdf](const QString &path) { writeTo(path, pdf); });
    dialog->open();
}

void StatementDialog::writeTo(const QString &path, bool pdf)
{
    m_context.settings.setLastFolder(QFileInfo(path).absolutePath());
    m_error->clear();
    m_done->hide();
    const int activity = m_activities.begin(tr("Writing the statement"));
    write(
        m_context.prober,
        [&context = m_context, period = periodOf(m_context.tenant, m_from->date(), m_to->date()), path, pdf] {
            return writeStatement(context.ledger, period, path, pdf);
        },
        [this, activity, path](const Result<> &written) {
            m_activities.end(activity);
            if (!written)
                m_error->showError(written.error());
            else
                m_done->setText(
                    tr("Written to <a href=\"%1\">%2</a>")
                        .arg(QString::fromUtf8(QUrl::fromLocalFile(path).toEncoded()), path.toHtmlEscaped()));
            m_done->setVisible(written.has_value());
        });
}

} // namespace society::ui
