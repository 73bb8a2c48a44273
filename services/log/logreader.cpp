// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logreader.h"

namespace society::log {

namespace {
/// How much is searched before its hits are given out.
constexpr qint64 PieceBytes = qint64(8) << 20;
} // namespace

LogReader::LogReader(QString path, LogFile file)
    : m_path(std::move(path))
    , m_file(std::move(file))
    , m_blocks(std::make_unique<BlockReader>())
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

Result<qint64> LogReader::grep(qint64 offset, RangeSearch &search, bool takeUnfinished, const Sink &sink)
{
    SOCIETY_ASSIGN(qint64 end, size());
    qint64 position = offset > end ? 0 : offset;
    if (!takeUnfinished && position < end) {
        char last = 0;
        SOCIETY_TRY(m_file.read(end - 1, &last, 1));
        if (last != '\n') {
            SOCIETY_ASSIGN(end, log::offsetOfLastLines(m_file, *m_blocks, end, 1));
        }
    }
    const std::atomic_bool never = false;
    for (bool atEnd = position >= end; !atEnd;) {
        SOCIETY_ASSIGN(const RangeHits found, search.search(m_file, position, 0, end, PieceBytes, true, never));
        atEnd = found.atEnd;
        position = atEnd ? end : found.offset;
        if (!found.bytes.isEmpty() && !sink(found.bytes))
            break;
    }
    return position;
}

bool LogReader::isReplaced() const
{
    const Result<FileFacts> now = factsOf(m_path);
    const Result<FileFacts> open = m_file.facts();
    return !now || !open || !now->isSameFile(*open);
}

} // namespace society::log
