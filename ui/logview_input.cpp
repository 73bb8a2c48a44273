// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, mouse and wheel.
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
    } else if (((event->modifiers() & Qt::ShiftModifier) && event->key() >= Qt::Key_Home &&
                   event->key() <= Qt::Key_PageDown) ||
               (event->modifiers() == Qt::ControlModifier &&
                   (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down))) {
        moveCursor(*event);
    } else if (!foldByKey(*event) && !scrollByKey(*event)) {
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
        scrollByPerson({m_shown.standInOf(0), 0});
        return true;
    case Qt::Key_End:
        scrollByPerson(endTop());
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

/// Plus and minus, and the arrows where they do not scroll sideways, open and close the fold at the current line.
bool LogView::foldByKey(const QKeyEvent &event)
{
    const log::Fold *fold = isFiltered() ? nullptr : foldOf(m_shown.standInOf(currentLine()));
    const bool isPlain = !(event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    if (!fold || !isPlain)
        return false;
    const bool isClosed = m_shown.isClosed(*fold);
    switch (event.key()) {
    case Qt::Key_Plus:
        return setFolded(fold->first, false);
    case Qt::Key_Minus:
        return setFolded(fold->first, true);
    case Qt::Key_Right:
        return isClosed && setFolded(fold->first, false);
    case Qt::Key_Left:
        return !isClosed && horizontalScrollBar()->value() == 0 && setFolded(fold->first, true);
    default:
        return false;
    }
}

/// A fold's sign opens and closes it; the number stands for its line, or for all that is folded there.
void LogView::pressGutter(const QMouseEvent &event, const LogPlace &place)
{
    const log::Fold *fold = isFiltered() ? nullptr : foldOf(place.line);
    if (fold && event.pos().x() >= gutterWidth() - foldSignWidth() - LogGutter::Gap) {
        setFolded(fold->first, !m_shown.isClosed(*fold));
        return;
    }
    if (!(event.modifiers() & Qt::ShiftModifier))
        setCursor({place.line, 0}, false);
    const log::Fold *closed = closedFoldAt(place.line);
    const qint64 last = closed ? closed->last : place.line;
    const bool isLast = last + 1 >= m_lineCount;
    setCursor(isLast ? LogPlace{last, static_cast<int>(log::LogDocument::LineBytes)} : LogPlace{last + 1, 0}, true);
}

void LogView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_shown.count() == 0)
        return;
    const LogPlace place = placeAt(event->pos());
    if (event->pos().x() < gutterWidth()) {
        pressGutter(*event, place);
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
