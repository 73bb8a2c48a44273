// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview.h"

#include "models/format.h"
#include "services/log/logoutline.h"
#include "services/log/logsearch.h"
#include "ui/logfilter.h"
#include "ui/logscrollbar.h"
#include "ui/statechip.h"

#include <QPainter>
#include <QToolButton>

namespace society::ui {

namespace {

constexpr qsizetype mostMarks = 200;  // of a line
constexpr qint64 shownGapMs = 60'000; // between two lines

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
    m_gaps.clear();
    if (m_shown.count() == 0) {
        painter.setFont(font());
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(
            viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const qreal widest = m_widest;
    qreal y = -m_top.row * m_look.rowHeight;
    const qint64 top = m_shown.placeOf(m_top.line);
    qint64 before = -1;
    QDateTime earlier = timeAbove(top);
    const std::vector<qint64> lines = m_shown.lines(top, visibleRows() + 2);
    fitColumns(lines);
    for (const qint64 line : lines) {
        if (y >= viewport()->height())
            break;
        paintLine(painter, line, y);
        if (isFiltered() && before >= 0 && before + 1 != line)
            earlier = {}; // what is left out was written meanwhile
        paintGap(painter, line, before, earlier, y);
        y += rowsOf(line) * m_look.rowHeight;
        before = line;
        if (const QDateTime time = endTimeOf(line); time.isValid())
            earlier = time;
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
    const QColor base = palette().color(QPalette::Base);
    const bool hasCursorOnly = m_hasCursor && line == m_cursor.line && !hasSelection();
    if (m_changed && m_changed->contains(line))
        painter.fillRect(area, mixed(severityColour(Severity::Warning, palette()), base, hasCursorOnly ? 27 : 18));
    else if (hasCursorOnly)
        painter.fillRect(area, mixed(palette().color(QPalette::Highlight), base, 14));
    if (layout) {
        painter.save();
        painter.setClipRect(area);
        painter.setPen(palette().color(QPalette::Text));
        const qreal x = gutter + LogGutter::Gap - horizontalScrollBar()->value();
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
    const qreal height = rowsOf(line) * m_look.rowHeight;
    const bool isMarked = m_marks.contains(line);
    const QColor base = palette().color(QPalette::Base);
    painter.fillRect(QRectF(0, y, width, height), isMarked ? mixed(palette().color(QPalette::Highlight), base, 30)
                                                           : mixed(palette().color(QPalette::Text), base, 5));
    if (isMarked) // by a shape, too
        painter.fillRect(QRectF(0, y, 3, height), palette().color(QPalette::Highlight));
    if (m_changed && m_changed->contains(line))
        painter.fillRect(QRectF(width - 3, y, 3, height), severityColour(Severity::Warning, palette()));
    paintColumns(painter, line, y);
    const int sign = foldSignWidth();
    paintFoldSign(painter, line, QRectF(width - sign - LogGutter::Gap / 2.0, y, sign, m_look.rowHeight), height);
}

/// A triangle where a fold begins, as in trees; a line beside what an open one has.
void LogView::paintFoldSign(QPainter &painter, qint64 line, const QRectF &square, qreal height)
{
    const log::Fold *fold = isFiltered() ? nullptr : foldOf(line);
    if (!fold)
        return;
    const QColor colour = palette().color(QPalette::PlaceholderText);
    const QPointF centre = square.center();
    const qreal half = qMin(square.width(), square.height()) * 0.32;
    if (fold->first != line) {
        const bool isLast = fold->last == line;
        painter.fillRect(QRectF(centre.x(), square.top(), 1, isLast ? half + square.height() / 2 : height), colour);
        if (isLast)
            painter.fillRect(QRectF(centre.x(), centre.y() + half, half, 1), colour);
        return;
    }
    const bool isClosed = m_shown.isClosed(*fold);
    const QPolygonF triangle = isClosed ? QPolygonF({centre + QPointF(-half * 0.6, -half), centre + QPointF(half, 0),
                                              centre + QPointF(-half * 0.6, half)})
                                        : QPolygonF({centre + QPointF(-half, -half * 0.6),
                                              centre + QPointF(half, -half * 0.6), centre + QPointF(0, half)});
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Text));
    painter.drawPolygon(triangle);
    painter.restore();
}

/// When a line was written, or the last one of the closed fold that it stands for.
QDateTime LogView::endTimeOf(qint64 line) const
{
    const log::Fold *fold = closedFoldAt(line);
    for (const log::LogLine *known : {fold ? lineAt(fold->last) : nullptr, lineAt(line)}) {
        if (known && known->time.isValid())
            return known->time;
    }
    return {};
}

/// The time of the nearest line above a place that has one, as far as lines are at hand.
QDateTime LogView::timeAbove(qint64 place) const
{
    for (qint64 above = place - 1; above >= qMax<qint64>(0, place - visibleRows()); --above) {
        const qint64 line = m_shown.lineAt(above);
        if (isFiltered() && line + 1 != m_shown.lineAt(above + 1))
            break;
        if (QDateTime time = endTimeOf(line); time.isValid())
            return time;
    }
    return {};
}

/// Between two lines on show: where lines are left out between the neighbours of two hits, a line; where nothing was
/// written for a while, how long.
void LogView::paintGap(QPainter &painter, qint64 line, qint64 before, const QDateTime &earlier, qreal y)
{
    if (before >= 0 && before + 1 < line && m_filter && m_filter->contextLines() > 0) {
        painter.setPen(QPen(palette().color(QPalette::Mid), 1));
        painter.drawLine(QPointF(0, y), QPointF(viewport()->width(), y));
        return;
    }
    const log::LogLine *known = lineAt(line);
    if (!known || !known->time.isValid() || !earlier.isValid())
        return;
    const qint64 milliseconds = earlier.msecsTo(known->time);
    if (milliseconds < shownGapMs)
        return;
    m_gaps.emplace_back(y, milliseconds);
    const QColor colour = severityColour(Severity::Information, palette());
    painter.setPen(QPen(colour, 1, Qt::DashLine));
    painter.drawLine(QPointF(gutterWidth(), y), QPointF(viewport()->width(), y));
    const QString words = QStringLiteral(" +%1 ").arg(models::duration(milliseconds));
    const qreal width = painter.fontMetrics().horizontalAdvance(words);
    // Beside the dashes, where there is no text: never over it.
    const qreal left = viewport()->width() - width - 4;
    const qreal inText = left - gutterWidth() - LogGutter::Gap + horizontalScrollBar()->value();
    const auto isFree = [&](const LineLayout *layout, int row) {
        return layout && layout->characterAt(QPointF(inText, (row + 0.5) * m_look.rowHeight)) < 0;
    };
    const LineLayout *above = before >= 0 ? layoutOf(before) : nullptr;
    const bool fitsBelow = isFree(layoutOf(line), 0);
    if (!fitsBelow && !isFree(above, above ? above->rows() - 1 : 0))
        return;
    painter.setPen(colour);
    painter.drawText(
        QRectF(left, fitsBelow ? y : y - m_look.rowHeight, width, m_look.rowHeight), Qt::AlignCenter, words);
}

QList<QTextLayout::FormatRange> LogView::marksOf(qint64 line, const LineLayout &layout)
{
    QList<QTextLayout::FormatRange> marks;
    const log::LogLine *known = lineAt(line);
    if (m_matcher && known) {
        QTextCharFormat format;
        format.setBackground(
            QColor::fromRgb(palette().color(QPalette::Base).lightness() < 128 ? 0xff6b5300 : 0xffffe58a));
        format.setForeground(palette().color(QPalette::Text));
        const log::PatternText text(known->text, known->cells);
        for (const log::LineMatcher::Range &range : m_matcher->ranges(text.bytes(), mostMarks)) {
            const auto before = static_cast<int>(text.columnOf(range.first));
            marks.append({before, static_cast<int>(text.columnOf(range.first + range.length)) - before, format});
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

void LogView::placeNewLinesButton()
{
    m_newLinesButton->adjustSize();
    m_newLinesButton->move(
        viewport()->width() - m_newLinesButton->width() - 12, viewport()->height() - m_newLinesButton->height() - 8);
}

} // namespace society::ui
