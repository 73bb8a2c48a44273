// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logshown.h"

#include <algorithm>

namespace society::ui {

void LogShown::clear()
{
    m_lineCount = 0;
    m_closed.clear();
    m_taken = 0;
    m_others.clear();
}

void LogShown::takeFolds(const std::vector<log::Fold> &folds)
{
    // The last one that was taken may have grown since.
    const size_t known = folds.size() < m_taken ? 0 : m_taken;
    takeFrom(known > 0 ? known - 1 : 0, folds);
}

void LogShown::takeFrom(size_t index, const std::vector<log::Fold> &folds)
{
    const qint64 first = index < folds.size() ? folds[index].first : 0;
    while (!m_closed.empty() && (m_closed.back().first >= first || folds.empty()))
        m_closed.pop_back();
    qint64 hidden = 0;
    if (!m_closed.empty())
        hidden = m_closed.back().hiddenBefore + m_closed.back().last - m_closed.back().first;
    for (; index < folds.size(); ++index) {
        const log::Fold &fold = folds[index];
        if (!isClosed(fold))
            continue;
        m_closed.push_back({fold.first, fold.last, hidden});
        hidden += fold.last - fold.first;
    }
    m_taken = folds.size();
}

void LogShown::setAllClosed(bool closed, const std::vector<log::Fold> &folds)
{
    m_allClosed = closed;
    m_others.clear();
    takeFrom(0, folds);
}

void LogShown::setClosed(const log::Fold &fold, bool closed, const std::vector<log::Fold> &folds)
{
    if (closed == m_allClosed)
        m_others.remove(fold.first);
    else
        m_others.insert(fold.first);
    takeFrom(0, folds);
}

const LogShown::Closed *LogShown::closedBefore(qint64 line) const
{
    const auto after = std::upper_bound(m_closed.begin(), m_closed.end(), line,
        [](qint64 value, const Closed &closed) { return value < closed.first; });
    return after == m_closed.begin() ? nullptr : &*(after - 1);
}

qint64 LogShown::count() const
{
    if (m_list)
        return m_list->count();
    if (m_closed.empty())
        return m_lineCount;
    const Closed &last = m_closed.back();
    return m_lineCount - last.hiddenBefore - (std::min(last.last, m_lineCount - 1) - last.first);
}

qint64 LogShown::lineAt(qint64 place) const
{
    if (m_list)
        return m_list->at(place);
    const auto after = std::upper_bound(m_closed.begin(), m_closed.end(), place,
        [](qint64 value, const Closed &closed) { return value < closed.first - closed.hiddenBefore; });
    if (after == m_closed.begin())
        return place;
    const Closed &closed = *(after - 1);
    const qint64 beyond = place - (closed.first - closed.hiddenBefore);
    return beyond == 0 ? closed.first : closed.last + beyond;
}

std::vector<qint64> LogShown::lines(qint64 place, qint64 count) const
{
    if (m_list)
        return m_list->lines(place, count);
    std::vector<qint64> found;
    for (const qint64 end = std::min(place + count, this->count()); place < end; ++place)
        found.push_back(lineAt(place));
    return found;
}

qint64 LogShown::placeOf(qint64 line) const
{
    if (m_list) {
        const qint64 index = m_list->lowerBound(line);
        const bool isThere = index < m_list->count() && m_list->at(index) == line;
        return isThere ? index : std::max<qint64>(0, index - 1);
    }
    const Closed *closed = closedBefore(line);
    if (!closed)
        return line;
    return line <= closed->last ? closed->first - closed->hiddenBefore
                                : line - closed->hiddenBefore - (closed->last - closed->first);
}

bool LogShown::isShown(qint64 line) const
{
    if (m_list)
        return m_list->contains(line);
    const Closed *closed = closedBefore(line);
    return !closed || line == closed->first || line > closed->last;
}

} // namespace society::ui
