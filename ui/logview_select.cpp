// SPDX-License-Identifier: GPL-3.0-or-later
// The cursor, what is selected, and copies of it.
#include "ui/logfilter.h"
#include "ui/logview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScrollBar>

namespace society::ui {

namespace {
/// A column beyond every shown one: the line's whole end, where it is not known how long it is.
constexpr int wholeEnd = static_cast<int>(log::LogDocument::LineBytes);
} // namespace

LogView::Spot LogView::spotAt(const QPoint &point) const
{
    if (m_shown.count() == 0)
        return {};
    qint64 line = m_top.line;
    qreal y = -m_top.row * m_look.rowHeight;
    qreal top = y;
    for (const qint64 each : m_shown.lines(m_shown.placeOf(m_top.line), visibleRows() + 2)) {
        line = each;
        top = y;
        y += rowsOf(line) * m_look.rowHeight;
        if (y > point.y())
            break;
    }
    const qreal x = point.x() - gutterWidth() - LogGutter::Gap + horizontalScrollBar()->value();
    return {line, QPointF(x, point.y() - top), point.y() >= y};
}

LogPlace LogView::placeAt(const QPoint &point) const
{
    const Spot spot = spotAt(point);
    if (spot.line < 0)
        return {};
    if (point.y() < 0)
        return {m_shown.lineAt(qMax<qint64>(0, m_shown.placeOf(m_top.line) - 1)), 0};
    const LineLayout *layout = layoutOf(spot.line);
    if (!layout)
        return {spot.line, 0};
    return {spot.line, spot.isBelow ? layout->length() : layout->columnAt(spot.inside)};
}

void LogView::setCursor(const LogPlace &place, bool select)
{
    m_cursor = {qBound<qint64>(0, place.line, qMax<qint64>(0, m_lineCount - 1)), place.column};
    m_hasCursor = true;
    if (!select)
        m_anchor = m_cursor;
    viewport()->update();
    emit selectionChanged();
}

void LogView::pointAt(const QPoint &inViewport)
{
    const LogPlace place = placeAt(inViewport);
    if (m_shown.count() > 0 && (!hasSelection() || place < selectionStart() || place > selectionEnd()))
        setCursor(place, false);
}

void LogView::selectAll()
{
    if (m_lineCount == 0)
        return;
    m_anchor = {};
    // The last line's length is known where it is on the screen; a copy stops at the text's end anyway.
    const LineLayout *layout = layoutOf(m_lineCount - 1);
    m_cursor = {m_lineCount - 1, layout ? layout->length() : wholeEnd};
    m_hasCursor = true;
    viewport()->update();
    emit selectionChanged();
}

/// Shift and a movement: what lies between is selected. Control and an arrow: only the cursor moves.
void LogView::moveCursor(const QKeyEvent &event)
{
    if (m_shown.count() == 0)
        return;
    if (!m_hasCursor)
        setCursor({m_top.line, 0}, false);
    LogPlace place = movedPlace(m_cursor, event);
    if (const LineLayout *target = layoutOf(place.line))
        place.column = qMin(place.column, target->length());
    setCursor(place, event.modifiers() & Qt::ShiftModifier);
    showPlace(place);
}

LogPlace LogView::movedPlace(LogPlace place, const QKeyEvent &event) const
{
    const qint64 count = m_shown.count();
    const qint64 at = m_shown.placeOf(place.line);
    const LineLayout *layout = layoutOf(place.line);
    const int length = layout ? layout->length() : 0;
    const bool whole = event.modifiers() & Qt::ControlModifier;
    const auto lineBeside = [&](qint64 places) { return m_shown.lineAt(qBound<qint64>(0, at + places, count - 1)); };
    switch (event.key()) {
    case Qt::Key_Left:
        if (layout && place.column > 0)
            return {place.line, layout->previousColumn(place.column)};
        if (at > 0) {
            const LineLayout *before = layoutOf(lineBeside(-1));
            return {lineBeside(-1), before ? before->length() : 0};
        }
        return place;
    case Qt::Key_Right:
        if (layout && place.column < length)
            return {place.line, layout->nextColumn(place.column)};
        return at + 1 < count ? LogPlace{lineBeside(1), 0} : place;
    case Qt::Key_Up:
        return {lineBeside(-1), place.column};
    case Qt::Key_Down:
        return {lineBeside(1), place.column};
    case Qt::Key_PageUp:
        return {lineBeside(1 - visibleRows()), place.column};
    case Qt::Key_PageDown:
        return {lineBeside(visibleRows() - 1), place.column};
    case Qt::Key_Home:
        return {whole ? 0 : place.line, 0};
    case Qt::Key_End:
        return whole ? LogPlace{m_lineCount - 1, wholeEnd} : LogPlace{place.line, length};
    default:
        return place;
    }
}

log::LineChoice LogView::selectedLines() const
{
    log::LineChoice choice{selectionStart().line, selectionEnd().line, nullptr};
    if (selectionEnd().column == 0 && choice.last > choice.first)
        --choice.last; // nothing of it is selected
    if (m_filter)
        choice.only = std::make_shared<const log::HitList>(m_filter->lines());
    return choice;
}

void LogView::copy()
{
    if (!hasSelection())
        return;
    LogPlace start = selectionStart();
    const LogPlace end = selectionEnd();
    log::LineChoice choice = selectedLines();
    choice.last = end.line; // with the newline before it
    if (!m_shown.isShown(start.line) && isFiltered())
        start.column = 0; // its first line is another one
    // A line is shown cut where it is very long; a selection to its shown end means its whole end.
    const log::LogLine *last = lineAt(end.line);
    const bool toWholeEnd = (last ? end.column >= last->text.size() : end.column >= wholeEnd) ||
                            (isFiltered() && !m_shown.isShown(end.line));
    const bool isOneLine = start.line == end.line;
    m_document.text(
        choice, CopyBytes, false, this, [this, start, end, toWholeEnd, isOneLine](const Result<QString> &answer) {
            if (!answer) {
                emit failed(answer.error());
                return;
            }
            QString text = *answer;
            const qsizetype lastStart = isOneLine ? 0 : text.lastIndexOf(u'\n') + 1;
            if (!toWholeEnd && lastStart + end.column < text.size())
                text.truncate(lastStart + end.column);
            QGuiApplication::clipboard()->setText(text.mid(start.column));
            emit copied();
        });
}

void LogView::copyWithColours()
{
    if (!hasSelection())
        return;
    m_document.text(selectedLines(), CopyBytes, true, this, [this](const Result<QString> &answer) {
        if (!answer) {
            emit failed(answer.error());
            return;
        }
        QGuiApplication::clipboard()->setText(*answer);
        emit copied();
    });
}

} // namespace society::ui
