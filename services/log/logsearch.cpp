// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logsearch.h"

#include "services/core/worker.h"
#include "services/log/logdocument.h"
#include "services/log/rangesearch.h"

#include <atomic>

namespace society::log {

struct LogSearch::Inside {
    explicit Inside(std::unique_ptr<LineFinder> finder)
        : range(std::move(finder))
    {
    }
    [[nodiscard]] Batch search(const LogFile &file, qint64 end);

    RangeSearch range;
    qint64 position = 0; // start of the first line that was not searched for good
    qint64 number = 0;   // its number
    std::atomic_bool stop = false;
};

struct LogSearch::Batch {
    HitList hits;
    qint64 position = 0;
    bool lastIsUnfinished = false; // the last hit is a line that may still grow
    bool atEnd = false;
    Error error;
};

LogSearch::Batch LogSearch::Inside::search(const LogFile &file, qint64 end)
{
    Batch batch;
    Result<RangeHits> found = range.search(
        file, position, number, end, RangeSearch::LookBytes, false, stop, QDeadlineTimer(RangeSearch::LookTime));
    if (!found) {
        batch.error = std::move(found).error();
        return batch;
    }
    batch.hits = std::move(found->lines);
    batch.lastIsUnfinished = found->lastIsUnfinished;
    batch.atEnd = found->atEnd;
    position = batch.position = found->offset;
    number = found->line;
    return batch;
}

LogSearch::LogSearch(LogDocument &document, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_worker(std::make_unique<Worker>(QStringLiteral("log-search")))
{
    connect(&document, &LogDocument::grown, this, &LogSearch::proceed);
    connect(&document, &LogDocument::reset, this, [this] {
        if (m_pattern.isEmpty() && m_level != Level::None)
            startAtLeast(m_level);
        else
            start(LogPattern(m_pattern), m_level);
    });
}

LogSearch::~LogSearch()
{
    if (m_inside)
        m_inside->stop = true;
}

void LogSearch::start(const LogPattern &pattern, Level atLeast)
{
    cancel();
    m_pattern = pattern;
    m_level = atLeast;
    if (pattern.isEmpty())
        return;
    Result<LineMatcher> matcher = LineMatcher::compile(pattern);
    if (!matcher) {
        emit failed(matcher.error());
        return;
    }
    begin(atLeast == Level::None ? finderOf(*matcher) : finderOf(*matcher, atLeast));
}

void LogSearch::startAtLeast(Level level)
{
    cancel();
    m_level = level;
    begin(finderOf([level](QByteArrayView line) { return levelOf(line) >= level; }));
}

void LogSearch::begin(std::unique_ptr<LineFinder> finder)
{
    m_inside = std::make_shared<Inside>(std::move(finder));
    proceed();
}

void LogSearch::cancel()
{
    if (m_inside)
        m_inside->stop = true;
    m_inside.reset();
    m_pattern = {};
    m_level = Level::None;
    m_searchedBytes = 0;
    m_running = m_hasCaughtUp = false;
    m_lastIsUnfinished = false;
    if (m_hits.isEmpty())
        return;
    m_hits.clear();
    emit hitsChanged();
}

void LogSearch::proceed()
{
    if (m_running || !m_inside || !m_document.file())
        return;
    m_running = true;
    m_worker->run(
        this,
        [inside = m_inside, file = m_document.file(), end = m_document.byteCount()] {
            return std::pair(inside, inside->search(*file, end));
        },
        [this, end = m_document.byteCount()](std::pair<std::shared_ptr<Inside>, Batch> answer) {
            if (answer.first == m_inside) // not cancelled or started anew meanwhile
                take(std::move(answer.second), end);
        });
}

void LogSearch::take(Batch batch, qint64 end)
{
    m_running = false;
    const auto inside = m_inside;
    // What was indexed has no such line: the file was written anew meanwhile, and the document is about to notice.
    if (!batch.hits.isEmpty() && batch.hits.at(batch.hits.count() - 1) >= m_document.lineCount()) {
        batch.hits.clear();
        batch.lastIsUnfinished = false;
    }
    const bool changed = m_lastIsUnfinished || !batch.hits.isEmpty();
    if (m_lastIsUnfinished)
        m_hits.removeLast();
    m_hits.append(std::move(batch.hits));
    m_lastIsUnfinished = batch.lastIsUnfinished;
    m_searchedBytes = batch.atEnd ? end : batch.position;
    if (!batch.error.code.isEmpty()) {
        m_inside.reset();
        emit failed(batch.error);
        return;
    }
    const bool isBehind = !batch.atEnd || m_document.byteCount() > end;
    m_hasCaughtUp = m_hasCaughtUp || !isBehind;
    if (changed)
        emit hitsChanged();
    if (m_inside != inside)
        return;
    if (isBehind)
        proceed();
    else
        emit caughtUp();
}

} // namespace society::log
