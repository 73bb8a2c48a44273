// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logsave.h"

#include "services/core/files.h"
#include "services/log/linereader.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <algorithm>

namespace society::log {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LogDocument", text);
}

/// Writes to the file that is being made.
class Copy {
public:
    Copy(QSaveFile &out, const SavedPart &part, SaveProgress &progress)
        : m_out(out)
        , m_part(part)
        , m_progress(progress)
    {
    }

    /// The bytes from `begin` to `end` of the log.
    [[nodiscard]] Result<> bytes(qint64 begin, qint64 end)
    {
        LogFile::Stretch stored{begin, begin};
        while (begin < end && !m_progress.stop) {
            if (begin >= stored.end) {
                SOCIETY_ASSIGN(stored, m_part.file->storedFrom(begin));
            }
            qint64 done = std::min(stored.begin, end) - begin;
            if (done > 0) { // a hole
                if (!m_out.seek(m_out.pos() + done))
                    return writeFailed(m_out.fileName(), m_out.errorString());
            } else {
                SOCIETY_ASSIGN(const QByteArrayView block, m_blocks.at(*m_part.file, begin, std::min(stored.end, end)));
                if (block.isEmpty())
                    return becameShorter();
                SOCIETY_TRY(write(block));
                done = block.size();
            }
            begin += done;
            m_progress.doneBytes += done;
        }
        return {};
    }

    /// The lines of the list; long ones in blocks.
    [[nodiscard]] Result<> lines()
    {
        BlockReader reader;
        m_index = m_part.only->lowerBound(m_part.firstLine);
        Result<> written;
        qint64 end = m_part.begin; // of what was read
        bool isEnough = false;
        const auto take = [&](const RawLine &line) {
            m_progress.doneBytes = line.offset - m_part.begin;
            end = line.offset + line.bytes + (line.finished ? 1 : 0);
            isEnough = !hasNext() || m_progress.stop;
            if (isEnough)
                return false;
            if (line.number != m_wanted[m_next])
                return true;
            ++m_next;
            written = line.isCut() ? bytes(line.offset, line.offset + line.bytes) : write(line.data);
            if (written && line.finished)
                written = write("\n");
            return written.has_value();
        };
        SOCIETY_TRY(forEachLine(*m_part.file, reader, m_part.begin, m_part.firstLine, m_part.end,
            BlockReader::BlockBytes, take, &m_progress.stop));
        if (written && !isEnough && !m_progress.stop && end < m_part.end)
            return becameShorter();
        return written;
    }

private:
    [[nodiscard]] Result<> write(QByteArrayView data)
    {
        if (m_out.write(data.data(), data.size()) != data.size())
            return writeFailed(m_out.fileName(), m_out.errorString());
        return {};
    }

    /// Whether there is another line in the list: m_wanted[m_next]. Some thousand are unpacked at a time.
    [[nodiscard]] bool hasNext()
    {
        if (m_next == m_wanted.size()) {
            m_wanted = m_part.only->lines(m_index, 8192);
            m_index += static_cast<qint64>(m_wanted.size());
            m_next = 0;
        }
        return m_next < m_wanted.size();
    }

    [[nodiscard]] tl::unexpected<Error> becameShorter() const
    {
        return fail(ErrorKind::Refused, "read_failed", tr("The log became shorter while it was saved."),
            tr("Save it again."), {}, m_part.file->path());
    }

    QSaveFile &m_out;
    const SavedPart &m_part;
    SaveProgress &m_progress;
    BlockReader m_blocks;
    std::vector<qint64> m_wanted;
    size_t m_next = 0;
    qint64 m_index = 0;
};

} // namespace

Result<> saveLog(const QString &target, const SavedPart &part, SaveProgress &progress)
{
    QSaveFile out(target);
    if (!out.open(QIODevice::WriteOnly))
        return writeFailed(target, out.errorString());
    progress.totalBytes = part.end - part.begin;
    Copy copy(out, part, progress);
    SOCIETY_TRY(part.only ? copy.lines() : copy.bytes(part.begin, part.end));
    if (progress.stop)
        return fail(ErrorKind::Refused, "cancelled", tr("Saving the log was cancelled."), {}, {}, target);
    const bool endsWithHole = out.size() < out.pos();
    if ((endsWithHole && !out.resize(out.pos())) || !out.commit())
        return writeFailed(target, out.errorString());
    return {};
}

} // namespace society::log
