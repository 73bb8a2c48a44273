// SPDX-License-Identifier: GPL-3.0-or-later
// Where the view stands. A place is a line and a row of it, so that wrapped lines scroll row by row and the place is
// exact; the scroll bar counts lines on show.
#include "ui/logview.h"

#include "ui/logscrollbar.h"

#include <climits>

namespace society::ui {

int LogView::visibleRows() const
{
    return qMax(1, static_cast<int>(viewport()->height() / m_look.rowHeight));
}

int LogView::rowsOf(qint64 line) const
{
    if (!m_wrapping)
        return 1;
    const LineLayout *layout = layoutOf(line);
    return layout ? qMax(1, layout->rows()) : 1;
}

/// The place from which the end is just visible.
LogView::Top LogView::endTop() const
{
    const qint64 count = m_shown.count();
    if (count == 0)
        return {};
    const qint64 last = m_shown.lineAt(count - 1);
    return moved({last, rowsOf(last) - 1}, 1 - visibleRows());
}

LogView::Top LogView::moved(Top top, qint64 rows) const
{
    const qint64 count = m_shown.count();
    if (count == 0)
        return {};
    qint64 place = m_shown.placeOf(top.line);
    if (!m_wrapping)
        return {m_shown.lineAt(qBound<qint64>(0, place + rows, count - 1)), 0};
    for (; rows < 0; ++rows) {
        if (top.row > 0)
            --top.row;
        else if (place > 0) {
            const qint64 line = m_shown.lineAt(--place);
            top = {line, rowsOf(line) - 1};
        } else {
            break;
        }
    }
    for (; rows > 0; --rows) {
        if (top.row + 1 < rowsOf(top.line))
            ++top.row;
        else if (place + 1 < count)
            top = {m_shown.lineAt(++place), 0};
        else
            break;
    }
    return top;
}

void LogView::setTop(Top top)
{
    if (m_shown.count() == 0)
        return; // nothing is on show (yet): the place is kept
    if (const qint64 standIn = m_shown.standInOf(top.line); standIn != top.line)
        top = {standIn, 0};
    top = qMax(Top{m_shown.standInOf(0), 0}, qMin(top, endTop()));
    if (top == m_top)
        return;
    m_top = top;
    const LineLayout *layout = m_wrapping ? layoutOf(top.line) : nullptr;
    m_topColumn = layout ? layout->firstColumnOf(top.row) : 0;
    updateBars();
    fetch();
    viewport()->update();
    tellText();
    emit scrolled();
}

void LogView::setTopLine(qint64 line)
{
    scrollByPerson({qBound<qint64>(0, line, qMax<qint64>(0, m_lineCount - 1)), 0});
}

/// The person moved: following ends where the end is out of sight, and goes on where it is in sight again.
void LogView::scrollByPerson(Top top)
{
    m_held.reset();
    setTop(top);
    const bool atEnd = m_top >= endTop();
    if (atEnd != m_following)
        setFollowing(atEnd);
}

qint64 LogView::lastVisibleLine() const
{
    qint64 last = m_top.line;
    int rows = visibleRows() + m_top.row;
    for (const qint64 line : m_shown.lines(m_shown.placeOf(m_top.line), visibleRows())) {
        last = line;
        rows -= rowsOf(line);
        if (rows <= 0)
            break;
    }
    return qMin(last, m_lineCount - 1);
}

void LogView::showPlace(const LogPlace &place)
{
    m_held.reset();
    if (place.line < m_top.line || place.line > lastVisibleLine())
        scrollByPerson(moved({place.line, 0}, -visibleRows() / 2));
    const LineLayout *layout = layoutOf(place.line);
    if (m_wrapping || !layout)
        return;
    const int x = static_cast<int>(layout->positionOf(place.column).x());
    const int width = viewport()->width() - gutterWidth();
    QScrollBar *bar = horizontalScrollBar();
    if (x < bar->value() || x > bar->value() + width - 20)
        bar->setValue(qMax(0, x - width / 2));
}

void LogView::goToLine(qint64 line)
{
    if (m_lineCount == 0)
        return;
    const qint64 wanted = qBound<qint64>(0, line, m_lineCount - 1);
    reveal(wanted);
    setCursor({wanted, 0}, false);
    showPlace({wanted, 0});
    viewport()->update();
}

qint64 LogView::currentLine() const
{
    return m_hasCursor ? m_cursor.line : m_top.line;
}

void LogView::updateBars()
{
    m_settingBars = true;
    const Top end = endTop();
    const qint64 furthest = m_shown.placeOf(end.line) + (end.row > 0 ? 1 : 0);
    m_bar->setRange(0, static_cast<int>(qMin<qint64>(furthest, INT_MAX)));
    m_bar->setPageStep(visibleRows());
    // Inside a wrapped last line the bar stands at its end, though the line begins before it.
    const qint64 place = m_shown.placeOf(m_top.line);
    m_bar->setValue(m_top >= end ? m_bar->maximum() : static_cast<int>(qMin<qint64>(place, INT_MAX)));
    const int width = viewport()->width() - gutterWidth();
    horizontalScrollBar()->setRange(0, m_wrapping ? 0 : qMax(0, static_cast<int>(m_widest) + 16 - width));
    horizontalScrollBar()->setPageStep(width);
    horizontalScrollBar()->setSingleStep(static_cast<int>(m_look.rowHeight));
    m_settingBars = false;
}

void LogView::barMoved(int value)
{
    if (!m_settingBars && m_shown.count() > 0)
        scrollByPerson(value >= m_bar->maximum() ? endTop() : Top{m_shown.lineAt(value), 0});
}

} // namespace society::ui
