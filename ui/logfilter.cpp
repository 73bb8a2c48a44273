// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logfilter.h"

#include "services/log/logdocument.h"

#include <algorithm>

namespace society::ui {

namespace {
/// Hits that are taken at a time: about a millisecond.
constexpr qint64 Piece = 30'000;
} // namespace

LogFilter::LogFilter(const log::LogDocument &document, const log::LogSearch &search, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_search(search)
{
    m_more.setSingleShot(true);
    m_more.setInterval(0);
    connect(&m_more, &QTimer::timeout, this, &LogFilter::proceed);
    connect(&search, &log::LogSearch::hitsChanged, this, &LogFilter::proceed);
    connect(&document, &log::LogDocument::grown, this, [this] {
        if (m_context > 0)
            proceed();
    });
    proceed();
}

void LogFilter::setContextLines(int lines)
{
    if (lines == m_context)
        return;
    m_context = lines;
    restart();
    proceed();
}

void LogFilter::restart()
{
    m_lines.clear();
    m_used = 0;
    m_openLines = 0;
}

void LogFilter::addAround(qint64 hit)
{
    const qint64 shown = m_lines.isEmpty() ? -1 : m_lines.at(m_lines.count() - 1);
    const qint64 last = std::min(hit + m_context, std::max(hit, m_document.lineCount() - 1));
    for (qint64 line = std::max({hit - m_context, shown + 1, qint64(0)}); line <= last; ++line)
        m_lines.append(line);
}

void LogFilter::proceed()
{
    const log::HitList &hits = m_search.hits();
    for (; m_openLines > 0; --m_openLines)
        m_lines.removeLast();
    if (hits.count() < m_used)
        restart(); // it began anew
    const qint64 last = hits.count() - 1;
    if (m_used > 0)
        m_used = std::min(m_used, last); // the last hit was taken back: the one before it gets its lines after it anew
    if (last >= 0) {
        const qint64 count = std::min(Piece, last - m_used);
        for (const qint64 hit : hits.lines(m_used, count))
            addAround(hit);
        m_used += std::max<qint64>(0, count);
    }
    if (m_used < last) {
        m_more.start();
    } else if (last >= 0) {
        const qint64 before = m_lines.count();
        addAround(hits.at(last));
        m_openLines = static_cast<int>(m_lines.count() - before);
    }
    emit changed();
}

} // namespace society::ui
