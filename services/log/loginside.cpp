// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/loginside.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <algorithm>
#include <utility>

namespace society::log {

namespace {

/// How much of both ends is remembered to notice a file that was written anew in place.
constexpr qint64 EndBytes = 256;
/// So long is indexed before it is said how far it is,
constexpr qint64 LookMs = 100;
/// and where a question waits so long at least: a look that ended at once for each would get nowhere.
constexpr qint64 AskedLookMs = 1;
/// The first look takes little, as somebody waits to see its lines.
constexpr qint64 FirstBytes = qint64(16) << 20;
constexpr qint64 MostBytes = qint64(1) << 30;
constexpr qint64 ErrorSearchLines = 20'000;
constexpr qsizetype ErrorBlockLines = 40;
constexpr qint64 ListedLines = 8192; // of a list, at a time
constexpr qint64 NearBytes = qint64(1) << 20;
/// How far a time stamp is looked for: tracebacks have none for hundreds of lines.
constexpr qint64 TimeSearchLines = 65'536;

bool isGrave(Level level)
{
    return level == Level::Error || level == Level::Critical;
}

} // namespace

LogDocument::Look LogDocument::Inside::look(int tailLines)
{
    Look look;
    const auto failed = [&](Error error) {
        look.state = State::Failed;
        look.error = std::move(error);
        look.generation = generation;
        look.lineCount = index.lineCount();
        look.byteCount = index.byteCount();
        return look;
    };
    if (const Result<> opened = reopen(); !opened)
        return failed(opened.error());
    look.generation = generation;
    if (!file)
        return look;
    const Result<FileFacts> facts = file->facts();
    if (!facts)
        return failed(facts.error());
    const qint64 before = index.byteCount();
    const QByteArray head = headBefore(facts->size);
    // As long as what was done since the last one: half of the time is the index's, however much is asked.
    const qint64 share = std::clamp(sinceLook.isValid() ? sinceLook.elapsed() : 0, AskedLookMs, LookMs);
    const Result<qint64> taken = indexer.extend(index, *file, facts->size, before == 0 ? FirstBytes : MostBytes,
        isUnwanted, [this, whole = QDeadlineTimer(LookMs), asked = QDeadlineTimer(share)] {
            return questions > 0 ? asked.hasExpired() : whole.hasExpired();
        });
    sinceLook.start();
    if (taken && *taken > 0) {
        // Written anew between two reads, it is to be noticed: the next look would compare it with itself.
        Result<QByteArray> print = printOfEnds(index.byteCount());
        if (print && !print->startsWith(head)) {
            restart(file);
            look.generation = generation;
            look.more = true;
            look.state = State::Reading;
            look.file = file;
            look.fileBytes = facts->size;
            return look;
        }
        if (print)
            ends = std::move(*print);
    }
    modifiedNs = facts->modifiedNs;
    look.file = file;
    look.lineCount = index.lineCount();
    look.byteCount = index.byteCount();
    look.fileBytes = facts->size;
    look.indexMemory = index.memory();
    look.ends = ends;
    look.changed = index.byteCount() != before;
    look.more = taken && index.byteCount() < facts->size;
    if (!taken)
        return failed(taken.error());
    look.state = look.more ? State::Reading : removed ? State::Removed : State::Ready;
    if (tailLines > 0 && look.changed && !look.more)
        look.tail =
            lines(std::max<qint64>(0, index.lineCount() - tailLines), tailLines, LineBytes, TextForm::AsOnATerminal);
    return look;
}

Result<> LogDocument::Inside::reopen()
{
    SOCIETY_ASSIGN(const FileFacts named, factsOf(path));
    removed = file && !named.exists;
    if (!named.exists)
        return {};
    if (file) {
        SOCIETY_ASSIGN(const FileFacts open, file->facts());
        if (named.isSameFile(open)) {
            SOCIETY_ASSIGN(const bool continued, isContinued());
            if (!continued)
                restart(file);
            return {};
        }
    }
    Result<LogFile> other = LogFile::open(path);
    if (!other && other.error().code == QLatin1String("file_missing"))
        return {}; // removed between the two calls: the next look finds out
    if (!other)
        return fail(std::move(other).error());
    restart(std::make_shared<const LogFile>(std::move(*other)));
    return {};
}

void LogDocument::Inside::restart(std::shared_ptr<const LogFile> other)
{
    if (file)
        ++generation;
    file = std::move(other);
    index.clear();
    ends.clear();
    modifiedNs = 0;
}

/// Whether the file still begins with what is indexed: it did not shrink, and where it was written to, both ends are
/// what they were. (A log is only ever appended to; this is for a file that somebody wrote anew.)
Result<bool> LogDocument::Inside::isContinued()
{
    SOCIETY_ASSIGN(const FileFacts facts, file->facts());
    if (facts.size < index.byteCount())
        return false;
    if (facts.modifiedNs == modifiedNs || index.byteCount() == 0)
        return true;
    SOCIETY_ASSIGN(const QByteArray now, printOfEnds(index.byteCount()));
    return now == ends;
}

/// How the file began when it was indexed so far, or begins now where nothing is.
QByteArray LogDocument::Inside::headBefore(qint64 fileBytes) const
{
    if (index.byteCount() > 0)
        return ends.first(std::min({EndBytes, index.byteCount(), static_cast<qint64>(ends.size())}));
    QByteArray head(std::min(EndBytes, fileBytes), Qt::Uninitialized);
    head.truncate(file->read(0, head.data(), head.size()).value_or(0));
    return head;
}

bool LogDocument::Inside::beginsWith(qint64 bytes, const QByteArray &print)
{
    if (!file || index.byteCount() < bytes)
        return false;
    const Result<QByteArray> now = printOfEnds(bytes);
    return now && *now == print;
}

Result<QByteArray> LogDocument::Inside::printOfEnds(qint64 bytes)
{
    const qint64 length = std::min(EndBytes, bytes);
    QByteArray print(2 * length, Qt::Uninitialized);
    SOCIETY_ASSIGN(const qint64 head, file->read(0, print.data(), length));
    SOCIETY_ASSIGN(const qint64 tail, file->read(bytes - length, print.data() + head, length));
    print.truncate(head + tail);
    return print;
}

LinesAnswer LogDocument::Inside::lines(qint64 first, qint64 count, qint64 maxLineBytes, TextForm form)
{
    LinesAnswer answer;
    answer.generation = generation;
    answer.first = first;
    if (!file)
        return answer;
    // A file that cannot be read any more gives what was read; the next look tells the error.
    std::ignore = forLines(*file, reader, index, first, count, maxLineBytes, [&](const RawLine &raw) {
        answer.lines.append(toLogLine(raw, form));
        return true;
    });
    return answer;
}

Result<LogDocument::Inside::Extent> LogDocument::Inside::extentOf(qint64 first, qint64 last)
{
    if (!file) {
        return fail(ErrorKind::NotFound, "file_missing",
            QCoreApplication::translate("LogDocument", "There is no log yet."),
            QCoreApplication::translate("LogDocument", "A run has a log from the moment when its runner starts."), {},
            path);
    }
    // The end of the file, not of what is indexed so far.
    SOCIETY_ASSIGN(const FileFacts now, file->facts());
    Extent extent{file, 0, std::max(index.byteCount(), now.size)};
    SOCIETY_ASSIGN(extent.begin, offsetOfLine(*file, reader, index, first));
    if (last >= 0) {
        SOCIETY_ASSIGN(extent.end, offsetOfLine(*file, reader, index, last + 1));
    }
    return extent;
}

Result<LogDocument::Inside::Extent> LogDocument::Inside::extentOfLine(qint64 line)
{
    SOCIETY_ASSIGN(Extent extent, extentOf(line, line));
    const bool isFinished = line + 1 < index.lineCount() || !index.endsUnfinished();
    extent.end = std::max(extent.begin, std::min(extent.end, index.byteCount()) - (isFinished ? 1 : 0));
    return extent;
}

Result<LinePart> LogDocument::Inside::linePart(qint64 line, qint64 from, qint64 bytes, TextForm form)
{
    SOCIETY_ASSIGN(const Extent extent, extentOfLine(line));
    SOCIETY_ASSIGN(LinePart part, readLinePart(*file, extent.begin, extent.end - extent.begin, from, bytes, form));
    part.generation = generation;
    part.line.number = line;
    return part;
}

LinesAnswer LogDocument::Inside::someLines(const QList<qint64> &numbers)
{
    LinesAnswer answer;
    answer.generation = generation;
    answer.first = numbers.value(0);
    for (qsizetype i = 0; file && i < numbers.size();) {
        qsizetype end = i + 1; // neighbours are read together
        while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1)
            ++end;
        answer.lines += lines(numbers[i], end - i, LineBytes, TextForm::AsOnATerminal).lines;
        i = end;
    }
    return answer;
}

Result<QString> LogDocument::Inside::text(const LineChoice &choice, qint64 maxBytes, bool withEscapes)
{
    SOCIETY_ASSIGN(const Extent extent, extentOf(choice.first, choice.last));
    const auto tooLarge = [&] {
        return fail(ErrorKind::Refused, "selection_too_large",
            QCoreApplication::translate("LogDocument", "The selected lines are too long to be copied."),
            QCoreApplication::translate("LogDocument", "Save them to a file instead."), {}, path);
    };
    // Each line with its newline, which the last one has not in the text.
    const qint64 mostBytes = maxBytes + 1;
    if (!choice.only && extent.end - extent.begin > mostBytes)
        return tooLarge();
    QString text;
    qint64 bytes = 0;
    const auto take = [&](const RawLine &raw) {
        if (bytes > 0)
            text += u'\n';
        bytes += raw.bytes + 1;
        if (bytes > mostBytes)
            return false;
        text += withEscapes ? markedText(raw.data) : toLogLine(raw).text;
        return true;
    };
    const qint64 end = choice.last < 0 ? index.lineCount() : choice.last + 1;
    if (!choice.only) {
        SOCIETY_TRY(forLines(*file, reader, index, choice.first, end - choice.first, maxBytes, take));
    } else {
        SOCIETY_TRY(forSome(*choice.only, choice.first, end, maxBytes, take));
    }
    if (bytes > mostBytes)
        return tooLarge();
    return text;
}

/// The lines of a list from `first` on, before `end`. Those that are near each other are read through together.
Result<> LogDocument::Inside::forSome(const HitList &only, qint64 first, qint64 end, qint64 maxLineBytes,
    const std::function<bool(const RawLine &)> &sink)
{
    bool goesOn = true;
    const qint64 last = only.lowerBound(end);
    for (qint64 at = only.lowerBound(first); at < last && goesOn; at += ListedLines) {
        const std::vector<qint64> wanted = only.lines(at, std::min(ListedLines, last - at));
        for (size_t next = 0; next < wanted.size() && goesOn;) {
            const qint64 from = index.anchorOfLine(wanted[next]).offset;
            size_t after = next + 1;
            while (after < wanted.size() && index.anchorOfLine(wanted[after]).offset - from < NearBytes)
                ++after;
            const qint64 count = wanted[after - 1] + 1 - wanted[next];
            SOCIETY_TRY(forLines(*file, reader, index, wanted[next], count, maxLineBytes, [&](const RawLine &raw) {
                if (raw.number != wanted[next])
                    return true;
                ++next;
                goesOn = sink(raw);
                return goesOn;
            }));
            next = after; // also where the file became shorter
        }
    }
    return {};
}

QDateTime LogDocument::Inside::firstTimeFrom(LineIndex::Anchor from)
{
    QDateTime found;
    qint64 left = TimeSearchLines;
    std::ignore =
        forEachLine(*file, reader, from.offset, from.line, index.byteCount(), EndBytes, [&](const RawLine &raw) {
            // The first one is the rest of a line that began before the chunk.
            found = raw.offset == from.offset && from.offset > 0 ? QDateTime() : timeOf(raw.data);
            return !found.isValid() && --left > 0;
        });
    return found;
}

qint64 LogDocument::Inside::findTime(const QDateTime &time)
{
    if (!file || index.chunkCount() == 0)
        return -1;
    // The last chunk whose first time stamp is known to be earlier, then line by line.
    qint64 low = 0;
    qint64 high = index.chunkCount() - 1;
    while (low < high) {
        const qint64 middle = (low + high + 1) / 2;
        const QDateTime at = firstTimeFrom(index.chunk(middle));
        if (at.isValid() && at < time)
            low = middle;
        else
            high = middle - 1;
    }
    const LineIndex::Anchor start = index.chunk(low);
    qint64 found = -1;
    std::ignore =
        forEachLine(*file, reader, start.offset, start.line, index.byteCount(), EndBytes, [&](const RawLine &raw) {
            const bool isRest = raw.offset == start.offset && start.offset > 0;
            const QDateTime at = isRest ? QDateTime() : timeOf(raw.data);
            if (!at.isValid() || at < time)
                return true;
            found = raw.number;
            return false;
        });
    return found;
}

ErrorBlock LogDocument::Inside::findLastError()
{
    ErrorBlock block;
    block.generation = generation;
    const qint64 end = index.lineCount();
    const qint64 oldest = std::max<qint64>(0, end - ErrorSearchLines);
    qint64 stop = end;
    for (qint64 chunk = index.chunkCount() - 1; file && chunk >= 0 && stop > oldest && block.line < 0; --chunk) {
        const qint64 start = std::min(index.chunk(chunk).line, stop);
        std::ignore = forLines(*file, reader, index, start, stop - start, LineBytes, [&](const RawLine &raw) {
            if (isGrave(levelOf(raw.data)))
                block.line = raw.number;
            return true;
        });
        stop = start;
    }
    if (block.line < 0)
        return block;
    for (const LogLine &line : lines(block.line, ErrorBlockLines, LineBytes, TextForm::AsOnATerminal).lines) {
        const bool isNext = line.number > block.line && (line.level != Level::None || line.time.isValid());
        if (isNext)
            break;
        block.text.append(line.text);
    }
    return block;
}

} // namespace society::log
