// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/linepart.h"

#include "services/log/compiledpattern.h"
#include "services/log/threadtime.h"

#include <QCoreApplication>
#include <algorithm>

namespace society::log {

namespace {

constexpr qint64 BlockBytes = qint64(1) << 20;
constexpr qint64 OverlapBytes = qint64(64) << 10; // that a match may reach into the next block
constexpr qint64 ContextBytes = 256;              // before a place, for what an expression looks back at
constexpr qint64 LongestCharacter = 4;
constexpr qint64 BudgetNs = 5'000'000'000;

/// How many bytes before `at` the character that `at` is inside of begins; 0 where it is inside of none.
qint64 backToCharacter(QByteArrayView bytes, qint64 at)
{
    for (qint64 back = 1; back < LongestCharacter && back <= at; ++back) {
        const auto c = static_cast<unsigned char>(bytes[at - back]);
        if ((c & 0xC0) == 0x80)
            continue;
        const qint64 length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        return length > back ? back : 0;
    }
    return 0;
}

Result<QByteArray> readBytes(const LogFile &file, qint64 offset, qint64 bytes)
{
    QByteArray read(bytes, Qt::Uninitialized);
    SOCIETY_ASSIGN(const qint64 got, file.read(offset, read.data(), bytes));
    read.truncate(got); // it may have become shorter
    return read;
}

/// One block of a line, which begins at byte `start` of it.
class Block {
public:
    Block(QByteArray bytes, qint64 start)
        : m_bytes(std::move(bytes))
        , m_start(start)
    {
    }

    /// The next match of any term that begins in [from, last], bytes of the line.
    Matching::Answer find(Matching &matching, const CompiledPattern &pattern, qint64 from, qint64 last,
        LineMatch &match, const std::atomic_bool &stop)
    {
        match = {};
        for (const CompiledTerm &term : pattern.terms) {
            Matching::Place place;
            const auto answer = matching.find(
                term, m_bytes, from - m_start, std::min<qint64>(last - m_start, m_bytes.size()), place, &stop);
            if (answer == Matching::Answer::TooCostly)
                return answer;
            const qint64 first = place.first + m_start;
            if (answer == Matching::Answer::Found && (match.first < 0 || first < match.first))
                match = {first, place.end - place.first};
        }
        return match.first < 0 ? Matching::Answer::NotFound : Matching::Answer::Found;
    }

    /// Not inside a character.
    [[nodiscard]] qint64 atCharacter(qint64 at) const { return m_start + characterFrom(m_bytes, at - m_start); }

private:
    QByteArray m_bytes;
    qint64 m_start;
};

} // namespace

Result<LinePart> readLinePart(
    const LogFile &file, qint64 offset, qint64 lineBytes, qint64 from, qint64 bytes, TextForm form)
{
    from = std::clamp<qint64>(from, 0, lineBytes);
    qint64 end = std::min(lineBytes, from + bytes);
    const qint64 before = std::min(from, LongestCharacter);
    SOCIETY_ASSIGN(const QByteArray read, readBytes(file, offset + from - before, end - from + before));
    const qint64 skipped = before - backToCharacter(read, before);
    const bool isLast = end == lineBytes;
    const qint64 stop = isLast ? read.size() : read.size() - backToCharacter(read, read.size());
    LinePart part;
    part.from = from - before + skipped;
    RawLine raw;
    raw.data = QByteArrayView(read).sliced(skipped, std::max(skipped, stop) - skipped);
    raw.bytes = part.bytes = raw.data.size();
    raw.offset = offset;
    part.line = toLogLine(raw, form);
    part.line.bytes = lineBytes;
    return part;
}

Result<LineMatch> findInLine(const LogFile &file, qint64 offset, qint64 lineBytes, const LineMatcher &matcher,
    qint64 from, bool forward, const std::atomic_bool &stop)
{
    const CompiledPattern &pattern = *matcher.compiled();
    Matching matching;
    PlacePace pace;
    pace.begin();
    const qint64 begun = threadTimeNs();
    const auto tooCostly = [] {
        return fail(ErrorKind::Refused, "pattern_too_costly",
            QCoreApplication::translate("LineMatcher", "The pattern takes too long on this log."),
            QCoreApplication::translate(
                "LineMatcher", "Make it simpler: repeated groups inside repeated groups are the usual cause."));
    };
    // Blocks of places where a match may begin.
    for (qint64 block = (forward ? from : from - 1) / BlockBytes; block >= 0 && block * BlockBytes <= lineBytes;
         block += forward ? 1 : -1) {
        const qint64 first = std::max(block * BlockBytes, forward ? from : 0);
        const qint64 last = std::min((block + 1) * BlockBytes, forward ? lineBytes + 1 : from) - 1;
        const qint64 start = std::max<qint64>(0, block * BlockBytes - ContextBytes);
        const qint64 end = std::min(lineBytes, (block + 1) * BlockBytes + OverlapBytes);
        SOCIETY_ASSIGN(QByteArray bytes, readBytes(file, offset + start, end - start));
        Block text(std::move(bytes), start);
        LineMatch best;
        for (qint64 at = text.atCharacter(first); at <= last && !stop;) {
            const qint64 until = std::min(last, at + pace.places() - 1);
            LineMatch match;
            if (text.find(matching, pattern, at, until, match, stop) == Matching::Answer::TooCostly) {
                if (stop)
                    break;
                return tooCostly();
            }
            pace.took();
            if (match.first >= 0 && match.length > 0) {
                if (forward)
                    return match;
                best = match;
            }
            at = text.atCharacter(match.first >= 0 ? match.first + std::max<qint64>(1, match.length) : until + 1);
            if (pace.elapsedNs() > BudgetNs && threadTimeNs() - begun > BudgetNs)
                return tooCostly();
        }
        if (best.first >= 0 || stop)
            return best;
    }
    return LineMatch();
}

} // namespace society::log
