// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, mouse and wheel: scrolling, the cursor and what is selected.
#include "ui/logview.h"

#include "ui/logscrollbar.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

namespace society::ui {

namespace {
constexpr int wheelStep = 120;
constexpr int wheelRows = 3;
} // namespace

LogPlace LogView::placeAt(const QPoint &point) const
{
    if (m_lineCount == 0)
        return {};
    qint64 line = m_top.line;
    qreal y = -m_top.row * m_look.rowHeight;
    if (point.y() < 0)
        return {qMax<qint64>(0, m_top.line - 1), 0};
    while (line + 1 < m_lineCount && y + rowsOf(line) * m_look.rowHeight <= point.y())
        y += rowsOf(line++) * m_look.rowHeight;
    const LineLayout *layout = layoutOf(line);
    if (!layout)
        return {line, 0};
    const bool below = point.y() >= y + rowsOf(line) * m_look.rowHeight;
    const QPointF inside(point.x() - gutterWidth() - 6 + horizontalScrollBar()->value(), point.y() - y);
    return {line, below ? layout->length() : layout->columnAt(inside)};
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

void LogView::selectAll()
{
    if (m_lineCount == 0)
        return;
    m_anchor = {};
    // The last line's length is known where it is on the screen; a copy stops at the text's end anyway.
    const LineLayout *layout = layoutOf(m_lineCount - 1);
    m_cursor = {m_lineCount - 1, layout ? layout->length() : static_cast<int>(log::LogDocument::LineBytes)};
    m_hasCursor = true;
    viewport()->update();
    emit selectionChanged();
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->matches(QKeySequence::ZoomIn)) {
        setZoom(m_zoom + 1);
    } else if (event->matches(QKeySequence::ZoomOut)) {
        setZoom(m_zoom - 1);
    } else if (event->key() == Qt::Key_0 && event->modifiers() == Qt::ControlModifier) {
        setZoom(0);
    } else if (event->key() == Qt::Key_Escape && hasSelection()) {
        setCursor(m_cursor, false);
    } else if ((event->modifiers() & Qt::ShiftModifier) && event->key() >= Qt::Key_Home &&
               event->key() <= Qt::Key_PageDown) {
        moveCursor(*event);
    } else if (!scrollByKey(*event)) {
        event->ignore();
    }
}

bool LogView::scrollByKey(const QKeyEvent &event)
{
    QScrollBar *sideways = horizontalScrollBar();
    switch (event.key()) {
    case Qt::Key_Up:
        scrollByPerson(moved(m_top, -1));
        return true;
    case Qt::Key_Down:
        scrollByPerson(moved(m_top, 1));
        return true;
    case Qt::Key_PageUp:
        scrollByPerson(moved(m_top, 1 - visibleRows()));
        return true;
    case Qt::Key_PageDown:
    case Qt::Key_Space:
        scrollByPerson(moved(m_top, visibleRows() - 1));
        return true;
    case Qt::Key_Home:
        scrollByPerson({});
        return true;
    case Qt::Key_End:
        setFollowing(true);
        return true;
    case Qt::Key_Left:
        sideways->setValue(sideways->value() - sideways->singleStep());
        return true;
    case Qt::Key_Right:
        sideways->setValue(sideways->value() + sideways->singleStep());
        return true;
    default:
        return false;
    }
}

/// Shift and a movement: what lies between is selected.
void LogView::moveCursor(const QKeyEvent &event)
{
    if (!m_hasCursor)
        setCursor({m_top.line, 0}, false);
    LogPlace place = m_cursor;
    const LineLayout *layout = layoutOf(place.line);
    const int length = layout ? layout->length() : 0;
    const bool whole = event.modifiers() & Qt::ControlModifier;
    switch (event.key()) {
    case Qt::Key_Left:
        if (layout && place.column > 0)
            place.column = layout->previousColumn(place.column);
        else if (place.line > 0)
            place = {place.line - 1, layoutOf(place.line - 1) ? layoutOf(place.line - 1)->length() : 0};
        break;
    case Qt::Key_Right:
        if (layout && place.column < length)
            place.column = layout->nextColumn(place.column);
        else if (place.line + 1 < m_lineCount)
            place = {place.line + 1, 0};
        break;
    case Qt::Key_Up:
        place.line -= 1;
        break;
    case Qt::Key_Down:
        place.line += 1;
        break;
    case Qt::Key_PageUp:
        place.line -= visibleRows() - 1;
        break;
    case Qt::Key_PageDown:
        place.line += visibleRows() - 1;
        break;
    case Qt::Key_Home:
        place = {whole ? 0 : place.line, 0};
        break;
    case Qt::Key_End:
        place = whole ? LogPlace{m_lineCount - 1, static_cast<int>(log::LogDocument::LineBytes)}
                      : LogPlace{place.line, length};
        break;
    default:
        break;
    }
    place.line = qBound<qint64>(0, place.line, m_lineCount - 1);
    if (const LineLayout *target = layoutOf(place.line))
        place.column = qMin(place.column, target->length());
    setCursor(place, true);
    showPlace(place);
}

void LogView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const LogPlace place = placeAt(event->pos());
    if (event->pos().x() < gutterWidth() && m_lineCount > 0) { // the number stands for its line
        const bool more = event->modifiers() & Qt::ShiftModifier;
        if (!more)
            setCursor({place.line, 0}, false);
        const bool isLast = place.line + 1 >= m_lineCount;
        const LineLayout *layout = layoutOf(place.line);
        setCursor(isLast ? LogPlace{place.line, layout ? layout->length() : 0} : LogPlace{place.line + 1, 0}, true);
        return;
    }
    setCursor(place, event->modifiers() & Qt::ShiftModifier);
    m_dragPoint = event->pos();
}

void LogView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    m_dragPoint = event->pos();
    const bool outside = !viewport()->rect().contains(m_dragPoint);
    if (outside && !m_dragTimer.isActive())
        m_dragTimer.start();
    else if (!outside)
        m_dragTimer.stop();
    setCursor(placeAt(m_dragPoint), true);
}

/// The mouse is held outside: the text goes on under it.
void LogView::dragOn()
{
    const int above = -m_dragPoint.y();
    const int below = m_dragPoint.y() - viewport()->height();
    if (above > 0 || below > 0) {
        const int rows = qMax(1, static_cast<int>(qMax(above, below) / m_look.rowHeight));
        scrollByPerson(moved(m_top, above > 0 ? -rows : rows));
    }
    setCursor(placeAt(m_dragPoint), true);
}

void LogView::mouseReleaseEvent(QMouseEvent *)
{
    m_dragTimer.stop();
}

void LogView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const LogPlace place = placeAt(event->pos());
    const LineLayout *layout = layoutOf(place.line);
    if (!layout || event->button() != Qt::LeftButton)
        return;
    const auto [first, end] = layout->wordAt(place.column);
    setCursor({place.line, first}, false);
    setCursor({place.line, end}, true);
}

void LogView::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        setZoom(m_zoom + (angle.y() > 0 ? 1 : angle.y() < 0 ? -1 : 0));
        return;
    }
    if (qAbs(angle.x()) > qAbs(angle.y())) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - angle.x());
        return;
    }
    // A touchpad gives small steps: what is left over counts for the next one.
    m_wheelRest += angle.y() * wheelRows;
    const int rows = m_wheelRest / wheelStep;
    m_wheelRest -= rows * wheelStep;
    if (rows != 0)
        scrollByPerson(moved(m_top, -rows));
}

void LogView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LogView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace society::ui
