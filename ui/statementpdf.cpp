// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statementpdf.h"

#include "models/billlistmodel.h"
#include "models/format.h"
#include "services/core/files.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>

namespace society::ui {

namespace {

constexpr int resolution = 300; // dots per inch
constexpr int margin = 15;      // mm
constexpr double footer = 10;   // mm below the text, for the page's number
constexpr double mmPerInch = 25.4;
constexpr double fontSize = 8.5;
constexpr qsizetype longestText = 400; // characters of a description in a cell: a note may have thousands

QString tr(const char *text)
{
    return QCoreApplication::translate("Statement", text);
}

/// Text from anywhere as it is: no mark-up, and places where a word without blanks may break.
QString cell(const QString &text)
{
    constexpr int longestWord = 24;
    QString shown = text.size() > longestText ? text.left(longestText) + u'…' : text;
    int run = 0;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        run = shown.at(i).isSpace() ? 0 : run + 1;
        if (run > longestWord && !shown.at(i).isLowSurrogate()) {
            shown.insert(i++, QChar(0x200B));
            run = 0;
        }
    }
    return shown.toHtmlEscaped().replace(u'\n', QLatin1String("<br>"));
}

QString timeText(const QDateTime &time, const QTimeZone &zone)
{
    return time.toTimeZone(zone).toString(QStringLiteral("yyyy-MM-dd hh:mm"));
}

QString number(Money amount)
{
    // No break between sign, currency and number.
    return amount.toDisplay(QLocale()).replace(u' ', QChar(0xA0)).toHtmlEscaped();
}

QString whatOf(const ledger::Bill &bill)
{
    QString what = models::itemText(bill.item);
    if (!bill.model.isEmpty())
        what += QStringLiteral(" · ") + bill.model;
    if (!bill.experiment.isNull())
        what += QStringLiteral(" · ") +
                (bill.experimentName.isEmpty() ? bill.experiment.text().left(8) : bill.experimentName);
    if (!bill.description.isEmpty())
        what += QStringLiteral("\n") + bill.description;
    return what;
}

QString quantityOf(const ledger::Bill &bill)
{
    if (bill.unit == QLatin1String("ms"))
        return models::duration(bill.quantity);
    return bill.unit.isEmpty() ? QString() : models::count(bill.quantity);
}

QString rowHtml(const QStringList &cells, bool bold = false)
{
    static const QStringList alignments{QStringLiteral("left"), QStringLiteral("left"), QStringLiteral("right"),
        QStringLiteral("right"), QStringLiteral("right")};
    QString row = QStringLiteral("<tr>");
    for (qsizetype i = 0; i < cells.size(); ++i)
        row += QStringLiteral("<td align=\"%1\">%2%3%4</td>")
                   .arg(alignments.at(i), bold ? QStringLiteral("<b>") : QString(), cells.at(i),
                       bold ? QStringLiteral("</b>") : QString());
    return row + QStringLiteral("</tr>\n");
}

QString headHtml(const ledger::Statement &statement)
{
    const QTimeZone &zone = statement.period.zone;
    const QString zoneName = QString::fromLatin1(zone.id());
    const QString from = statement.period.from.isValid()
                             ? statement.period.from.toTimeZone(zone).date().toString(Qt::ISODate)
                             : tr("the beginning");
    // The end is exclusive; people write the last day.
    const QString to = statement.period.to.addMSecs(-1).toTimeZone(zone).date().toString(Qt::ISODate);
    QString html = QStringLiteral("<h2>%1</h2><table cellpadding=\"2\">").arg(tr("Statement of account"));
    const auto line = [&html](const QString &name, const QString &value) {
        html += QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>").arg(name, value);
    };
    const QString &id = statement.tenant.id;
    line(tr("Account"),
        cell(statement.tenant.name == id ? id : QStringLiteral("%1 (%2)").arg(statement.tenant.name, id)));
    line(tr("Period"), tr("%1 to %2, both included").arg(from, to));
    line(tr("Time zone"), zoneName.toHtmlEscaped());
    line(tr("Written"), timeText(statement.createdAt, zone));
    line(tr("Opening balance"), number(statement.opening));
    line(tr("Closing balance"), QStringLiteral("<b>%1</b>").arg(number(statement.closing)));
    return html + QStringLiteral("</table><br>");
}

QString sumsHtml(const ledger::Statement &statement)
{
    QString html = QStringLiteral("<h3>%1</h3><table border=\"1\" cellspacing=\"0\" cellpadding=\"3\" "
                                  "style=\"border-style: solid; border-color: #999999; border-collapse: collapse\">")
                       .arg(tr("Sums"));
    html += QStringLiteral(
        "<tr><td><b>%1</b></td><td align=\"right\"><b>%2</b></td><td align=\"right\"><b>%3</b></td></tr>")
                .arg(tr("Item"), tr("Bills"), tr("Sum"));
    const auto line = [&html](const QString &name, qint64 bills, Money sum) {
        html += QStringLiteral("<tr><td>%1</td><td align=\"right\">%2</td><td align=\"right\">%3</td></tr>")
                    .arg(name, models::count(bills), number(sum));
    };
    for (const ledger::BillGroup &item : statement.items)
        line(models::itemText(item.item.value_or(ledger::Item::Correction)), item.bills, item.sum);
    line(tr("Together"), statement.bills, statement.sum);
    return html + QStringLiteral("</table>");
}

void paintPages(QPdfWriter &writer, QTextDocument &document, double footerHeight)
{
    QPainter painter(&writer);
    const QSizeF page = document.pageSize();
    const int pages = document.pageCount();
    QFont font = document.defaultFont();
    for (int i = 0; i < pages; ++i) {
        if (i > 0)
            writer.newPage();
        painter.save();
        painter.translate(0, -i * page.height());
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = QRectF(0, i * page.height(), page.width(), page.height());
        context.palette.setColor(QPalette::Text, Qt::black); // whatever the window's look is
        painter.setClipRect(context.clip);
        document.documentLayout()->draw(&painter, context);
        painter.restore();
        painter.setFont(font);
        painter.setPen(Qt::darkGray);
        painter.drawText(QRectF(0, page.height(), page.width(), footerHeight), Qt::AlignRight | Qt::AlignBottom,
            tr("Page %1 of %2").arg(i + 1).arg(pages));
    }
}

} // namespace

QString statementHtml(const ledger::StatementRows &rows)
{
    const ledger::Statement &statement = rows.statement;
    QString html = headHtml(statement) + sumsHtml(statement) + QStringLiteral("<br>");
    html += QStringLiteral("<table width=\"100%\" border=\"1\" cellspacing=\"0\" cellpadding=\"3\" "
                           "style=\"border-style: solid; border-color: #999999; border-collapse: collapse\"><thead>");
    html += rowHtml({tr("Time"), tr("For"), tr("Quantity"), tr("Amount"), tr("Balance")}, true);
    html += QStringLiteral("</thead>");
    html += rowHtml({QString(), tr("Opening balance"), QString(), QString(), number(statement.opening)}, true);
    for (const auto &[bill, balance] : rows.rows)
        html += rowHtml({timeText(bill.createdAt, statement.period.zone), cell(whatOf(bill)), quantityOf(bill),
            number(bill.amount), number(balance)});
    html +=
        rowHtml({QString(), tr("Closing balance"), QString(), number(statement.sum), number(statement.closing)}, true);
    return html + QStringLiteral("</table>");
}

Result<> writeStatementPdf(const ledger::StatementRows &rows, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return writeFailed(path, file.errorString());
    {
        QPdfWriter writer(&file);
        writer.setResolution(resolution);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(margin, margin, margin, margin), QPageLayout::Millimeter);
        writer.setTitle(tr("Statement of account"));
        writer.setCreator(QStringLiteral("Society Workbench"));
        const double footerHeight = footer / mmPerInch * resolution;
        QTextDocument document;
        document.documentLayout()->setPaintDevice(&writer);
        QFont font;
        font.setPointSizeF(fontSize);
        document.setDefaultFont(font);
        document.setDocumentMargin(0);
        document.setPageSize(QSizeF(writer.width(), writer.height() - footerHeight));
        document.setHtml(statementHtml(rows));
        paintPages(writer, document, footerHeight);
    }
    if (!file.commit())
        return writeFailed(path, file.errorString());
    return {};
}

} // namespace society::ui
