// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logreader.h"

namespace society::log {

namespace {
/// Of a longer line this much is matched.
constexpr qint64 MatchedBytes = qint64(1) << 24;
} // namespace

LogReader::LogReader(QString path, LogFile file)
    : m_path(std::move(path))
    , m_file(std::move(file))
    , m_blocks(std::make_unique<BlockReader>())
    , m_hits(std::make_unique<BlockReader>())
{
}

Result<LogReader> LogReader::open(const QString &path)
{
    SOCIETY_ASSIGN(LogFile file, LogFile::open(path));
    return LogReader(path, std::move(file));
}

Result<qint64> LogReader::size() const
{
    SOCIETY_ASSIGN(const FileFacts facts, m_file.facts());
    return facts.size;
}

Result<qint64> LogReader::offsetOfLastLines(qint64 count)
{
    SOCIETY_ASSIGN(const qint64 end, size());
    return log::offsetOfLastLines(m_file, *m_blocks, end, count);
}

Result<qint64> LogReader::copy(qint64 offset, const Sink &sink)
{
    SOCIETY_ASSIGN(const qint64 end, size());
    qint64 position = offset > end ? 0 : offset;
    while (position < end) {
        SOCIETY_ASSIGN(const QByteArrayView block, m_blocks->at(m_file, position, end));
        if (block.isEmpty())
            break;
        position += block.size();
        if (!sink(block))
            break;
    }
    return position;
}

Result<qint64> LogReader::grep(qint64 offset, LineMatcher &matcher, bool takeUnfinished, const Sink &sink)
{
    SOCIETY_ASSIGN(const qint64 end, size());
    qint64 position = offset > end ? 0 : offset;
    Result<> problem;
    SOCIETY_TRY(forEachLine(m_file, *m_blocks, position, 0, end, MatchedBytes, [&](const RawLine &line) {
        if (!line.finished && !takeUnfinished)
            return false;
        const Result<bool> hit = matcher.matches(line.data);
        if (!hit) {
            problem = fail(hit.error());
            return false;
        }
        const qint64 next = line.offset + line.bytes + (line.finished ? 1 : 0);
        position = next;
        if (!*hit)
            return true;
        const Result<bool> more = give(line.offset, next, sink);
        if (!more)
            problem = fail(more.error());
        return more && *more;
    }));
    SOCIETY_TRY(problem);
    return position;
}

Result<bool> LogReader::give(qint64 offset, qint64 end, const Sink &sink)
{
    while (offset < end) {
        SOCIETY_ASSIGN(const QByteArrayView piece, m_hits->at(m_file, offset, end));
        if (piece.isEmpty() || !sink(piece))
            return false;
        offset += piece.size();
    }
    return true;
}

bool LogReader::isReplaced() const
{
    const Result<FileFacts> now = factsOf(m_path);
    const Result<FileFacts> open = m_file.facts();
    return !now || !open || !now->isSameFile(*open);
}

} // namespace society::log
