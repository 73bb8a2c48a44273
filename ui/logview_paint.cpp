// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview.h"

#include "services/log/logsearch.h"
#include "ui/logscrollbar.h"

#include <QPainter>
#include <QToolButton>
#include <cmath>

namespace society::ui {

namespace {

constexpr int gutterGap = 6;
constexpr qsizetype mostMarks = 200; // of a line

QColor mixed(const QColor &a, const QColor &b, int percentOfA)
{
    const auto mix = [&](int x, int y) { return (x * percentOfA + y * (100 - percentOfA)) / 100; };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

} // namespace

void LogView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setFont(m_look.font);
    if (m_lineCount == 0) {
        painter.setFont(font());
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(
            viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const qreal widest = m_widest;
    qreal y = -m_top.row * m_look.rowHeight;
    for (qint64 line = m_top.line; line < m_lineCount && y < viewport()->height(); ++line) {
        paintLine(painter, line, y);
        y += rowsOf(line) * m_look.rowHeight;
    }
    if (m_widest > widest)
        QMetaObject::invokeMethod(
            this, [this] { updateBars(); }, Qt::QueuedConnection);
}

void LogView::paintLine(QPainter &painter, qint64 line, qreal y)
{
    const LineLayout *layout = layoutOf(line);
    const int gutter = gutterWidth();
    const qreal height = rowsOf(line) * m_look.rowHeight;
    const QRectF area(gutter, y, viewport()->width() - gutter, height);
    if (m_hasCursor && line == m_cursor.line && !hasSelection())
        painter.fillRect(area, mixed(palette().color(QPalette::Highlight), palette().color(QPalette::Base), 14));
    if (layout) {
        painter.save();
        painter.setClipRect(area);
        painter.setPen(palette().color(QPalette::Text));
        const qreal x = gutter + gutterGap - horizontalScrollBar()->value();
        layout->draw(&painter, QPointF(x, y), marksOf(line, *layout));
        if (hasSelection() && selectionStart().line <= line && line < selectionEnd().line) {
            // The line's end is selected, too.
            const QPointF end = layout->positionOf(layout->length());
            painter.fillRect(QRectF(x + end.x(), y + end.y(), m_look.rowHeight / 2, m_look.rowHeight),
                palette().color(QPalette::Highlight));
        }
        if (m_hasCursor && hasFocus() && line == m_cursor.line) {
            const QPointF at = layout->positionOf(m_cursor.column);
            painter.fillRect(QRectF(x + at.x(), y + at.y(), 1, m_look.rowHeight), palette().color(QPalette::Text));
        }
        painter.restore();
    }
    paintGutter(painter, line, y);
}

void LogView::paintGutter(QPainter &painter, qint64 line, qreal y)
{
    const int width = gutterWidth();
    const QRectF area(0, y, width, m_look.rowHeight);
    painter.fillRect(QRectF(0, y, width, rowsOf(line) * m_look.rowHeight),
        mixed(palette().color(QPalette::Text), palette().color(QPalette::Base), 5));
    const log::LogLine *known = lineAt(line);
    const QChar letter = known ? levelLetter(known->level) : QChar();
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(area.adjusted(0, 0, -gutterGap, 0), Qt::AlignRight | Qt::AlignVCenter, QString::number(line + 1));
    if (!letter.isNull()) {
        painter.setPen(levelColour(known->level, palette()));
        painter.drawText(area.adjusted(gutterGap / 2.0, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, QString(letter));
    }
}

QList<QTextLayout::FormatRange> LogView::marksOf(qint64 line, const LineLayout &layout)
{
    QList<QTextLayout::FormatRange> marks;
    if (m_matcher) {
        QTextCharFormat format;
        format.setBackground(
            QColor::fromRgb(palette().color(QPalette::Base).lightness() < 128 ? 0xff6b5300 : 0xffffe58a));
        format.setForeground(palette().color(QPalette::Text));
        const QByteArray bytes = layout.text().toUtf8();
        for (const log::LineMatcher::Range &range : m_matcher->ranges(bytes, mostMarks)) {
            const auto before = static_cast<int>(QString::fromUtf8(bytes.first(range.first)).size());
            const auto length = static_cast<int>(QString::fromUtf8(bytes.sliced(range.first, range.length)).size());
            marks.append({before, length, format});
        }
    }
    if (hasSelection() && selectionStart().line <= line && line <= selectionEnd().line) {
        QTextCharFormat format;
        format.setBackground(palette().color(QPalette::Highlight));
        format.setForeground(palette().color(QPalette::HighlightedText));
        const int first = line == selectionStart().line ? selectionStart().column : 0;
        const int end = line == selectionEnd().line ? selectionEnd().column : layout.length();
        if (end > first)
            marks.append({first, end - first, format});
    }
    return marks;
}

int LogView::gutterWidth() const
{
    const QFontMetricsF metrics(m_look.font);
    const auto digits = QString::number(qMax<qint64>(m_lineCount, 1000)).size();
    // One more character: the level's letter.
    return static_cast<int>(std::ceil(metrics.horizontalAdvance(u'0') * static_cast<double>(digits + 1))) +
           2 * gutterGap;
}

void LogView::placeNewLinesButton()
{
    m_newLinesButton->adjustSize();
    m_newLinesButton->move(
        viewport()->width() - m_newLinesButton->width() - 12, viewport()->height() - m_newLinesButton->height() - 8);
}

} // namespace society::ui
