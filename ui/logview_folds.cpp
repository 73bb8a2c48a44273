// SPDX-License-Identifier: GPL-3.0-or-later
// Which lines are on show: folds and filters, and the person's marks on lines. Whatever changes here, the place that
// the person looks at stays where it is.
#include "services/log/logoutline.h"
#include "ui/logfilter.h"
#include "ui/logview.h"

#include "models/format.h"

namespace society::ui {

namespace {
constexpr qsizetype longestMark = 160; // characters of an error behind its closed traceback
} // namespace

void LogView::setOutline(const log::LogOutline *outline)
{
    if (m_outline)
        m_outline->disconnect(this);
    m_outline = outline;
    if (outline)
        connect(outline, &log::LogOutline::changed, this, &LogView::takeFolds);
    takeFolds();
}

void LogView::takeFolds()
{
    static const std::vector<log::Fold> none;
    m_shown.takeFolds(m_outline ? m_outline->outline().folds() : none);
    if (isFiltered()) {
        viewport()->update(); // where the run was may be known only now
        return;
    }
    shownChanged();
}

void LogView::setFilter(LogFilter *filter)
{
    if (filter == m_filter)
        return;
    hold();
    if (m_filter)
        m_filter->disconnect(this);
    m_filter = filter;
    m_shown.setList(filter ? &filter->lines() : nullptr);
    if (filter) {
        connect(filter, &LogFilter::changed, this, &LogView::takeFilter);
        connect(filter, &QObject::destroyed, this, [this] { m_shown.setList(nullptr); });
    }
    takeFilter();
    if (!filter)
        m_held.reset();
}

void LogView::takeFilter()
{
    // The lines come from the file's start on; the place is reached when they have come so far.
    if (!m_following && m_held)
        placeHeld();
    shownChanged();
}

/// Remembers what the person looks at: the cursor where it is on the screen, else the top.
void LogView::hold()
{
    if (m_held)
        return; // the person has not moved since
    const qint64 top = m_shown.placeOf(m_top.line);
    m_held = Held{m_top.line, 0};
    if (m_shown.count() == 0 || !m_hasCursor || m_cursor.line < m_top.line || m_cursor.line > lastVisibleLine())
        return;
    m_held->line = m_cursor.line;
    m_held->rowsAbove = -m_top.row;
    for (const qint64 line : m_shown.lines(top, m_shown.placeOf(m_cursor.line) - top))
        m_held->rowsAbove += rowsOf(line);
}

void LogView::placeHeld()
{
    if (m_shown.count() > 0)
        setTop(moved({m_shown.standInOf(m_held->line), 0}, -m_held->rowsAbove));
}

void LogView::shownChanged()
{
    setTop(m_following ? endTop() : m_top);
    updateBars();
    updateMarks();
    updateNewLines();
    fetch();
    viewport()->update();
}

void LogView::setAllFolded(bool folded)
{
    if (!m_outline || folded == m_shown.isAllClosed())
        return;
    hold();
    m_shown.setAllClosed(folded, m_outline->outline().folds());
    if (!m_following)
        placeHeld();
    m_held.reset();
    shownChanged();
}

bool LogView::setFolded(qint64 line, bool folded)
{
    const log::Fold *fold = foldOf(line);
    if (!fold || isFiltered() || m_shown.isClosed(*fold) == folded)
        return fold && !isFiltered();
    const log::Fold copy = *fold;
    hold();
    m_shown.setClosed(copy, folded, m_outline->outline().folds());
    if (folded && m_cursor.line > copy.first && m_cursor.line <= copy.last && !hasSelection())
        m_anchor = m_cursor = {copy.first, 0};
    if (!m_following)
        placeHeld();
    m_held.reset();
    shownChanged();
    return true;
}

const log::Fold *LogView::foldOf(qint64 line) const
{
    return m_outline ? m_outline->outline().foldAt(line) : nullptr;
}

/// The closed fold that a line stands for.
const log::Fold *LogView::closedFoldAt(qint64 line) const
{
    const log::Fold *fold = isFiltered() ? nullptr : foldOf(line);
    return fold && fold->first == line && m_shown.isClosed(*fold) ? fold : nullptr;
}

QString LogView::foldMark(qint64 line) const
{
    const log::Fold *fold = closedFoldAt(line);
    if (!fold)
        return {};
    const qint64 hidden = fold->last - fold->first;
    if (fold->kind == log::Fold::Kind::Repeat)
        return QStringLiteral("  ×%1").arg(models::count(hidden + 1));
    const log::LogLine *last = lineAt(fold->last);
    const QString error = last ? last->text.trimmed().left(longestMark) : QString();
    return QStringLiteral("  ⋯ %1  %2").arg(tr("%Ln more line(s)", nullptr, static_cast<int>(hidden)), error);
}

/// Opens what hides a line.
void LogView::reveal(qint64 line)
{
    if (!isFiltered() && !m_shown.isShown(line))
        setFolded(line, false);
}

void LogView::setChangedLines(const log::HitList *lines)
{
    m_changed = lines;
    updateMarks();
    viewport()->update();
}

void LogView::toggleMark()
{
    if (m_lineCount == 0)
        return;
    const qint64 line = currentLine();
    if (m_marks.erase(line) == 0)
        m_marks.insert(line);
    updateMarks();
    viewport()->update();
    emit marksChanged();
}

void LogView::addMarks(const std::set<qint64> &lines)
{
    m_marks.insert(lines.begin(), lines.end());
    updateMarks();
    viewport()->update();
    emit marksChanged();
}

void LogView::goToMark(bool forward)
{
    if (m_marks.empty())
        return;
    auto mark = forward ? m_marks.upper_bound(currentLine()) : m_marks.lower_bound(currentLine());
    if (forward)
        mark = mark == m_marks.end() ? m_marks.begin() : mark;
    else
        mark = std::prev(mark == m_marks.begin() ? m_marks.end() : mark);
    goToLine(*mark);
}

} // namespace society::ui
