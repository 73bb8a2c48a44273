// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of the parts of a line that are no text.
#include "ui/logview.h"

#include "models/format.h"

#include <QHelpEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace society::ui {

namespace {

constexpr qreal gapReach = 3; // pixels above and below its dashes

/// What stands behind a line says that there is more to it.
QString marksText(const log::LogLine &line)
{
    QStringList parts;
    if (line.collapsed)
        parts += LogView::tr("A progress bar: its earlier states are in the raw line");
    if (line.hasHidden)
        parts += LogView::tr("Escape sequences that are no colours: they are in the raw line");
    if (line.cut)
        parts += LogView::tr("Only the beginning is shown: the rest is in the whole line");
    return parts.join(u'\n');
}

const log::OddCell *cellOf(const log::LogLine &line, qint64 column)
{
    const auto found = std::find_if(line.cells.begin(), line.cells.end(),
        [&](const log::OddCell &cell) { return cell.first <= column && column < cell.first + cell.length; });
    return found == line.cells.end() ? nullptr : &*found;
}

} // namespace

QString LogView::cursorNote() const
{
    const log::LogLine *line = m_hasCursor ? lineAt(m_cursor.line) : nullptr;
    if (!line)
        return {};
    if (const log::OddCell *cell = cellOf(*line, m_cursor.column))
        return cellText(*cell);
    const auto bytes = std::count_if(line->cells.begin(), line->cells.end(),
        [](const log::OddCell &cell) { return cell.kind == log::OddCell::Kind::NoUtf8; });
    return bytes > 0 ? tr("%Ln byte(s) of the line are no UTF-8", nullptr, static_cast<int>(bytes)) : QString();
}

QString LogView::noteAt(const QPoint &point) const
{
    if (point.x() < gutterWidth())
        return columnNote(point);
    // Its length has no room on the screen where the lines around it are wide.
    const auto gap = std::find_if(
        m_gaps.begin(), m_gaps.end(), [&](const auto &each) { return std::abs(each.first - point.y()) <= gapReach; });
    if (gap != m_gaps.end())
        return tr("Nothing was written for %1").arg(models::duration(gap->second));
    const Spot spot = spotAt(point);
    const log::LogLine *line = spot.isBelow ? nullptr : lineAt(spot.line);
    const LineLayout *layout = line ? layoutOf(spot.line) : nullptr;
    const int column = layout ? layout->characterAt(spot.inside) : -1;
    if (column < 0)
        return {};
    if (column >= layout->length())
        return marksText(*line);
    const log::OddCell *cell = cellOf(*line, column);
    return cell ? cellText(*cell) : QString();
}

bool LogView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), noteAt(help->pos()), viewport()); // empty: none
    return true;
}

} // namespace society::ui
