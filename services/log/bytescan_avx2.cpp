// SPDX-License-Identifier: GPL-3.0-or-later
// Thirty-two bytes at a time. The functions are compiled for AVX2 whatever the rest of the program is compiled for, and
// only handed out where the processor has it.
#include "services/log/bytescan.h"

#if defined(__x86_64__)

#include <algorithm>
#include <bit>
#include <cstring>
#include <immintrin.h>

namespace society::log {

namespace {

#define SOCIETY_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

constexpr qsizetype Width = 32;
constexpr char Escape = '\x1b';
/// The processor itself does not fetch beyond a page.
constexpr qsizetype Ahead = 1024;

SOCIETY_AVX2 inline __m256i load(const char *at)
{
    return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(at));
}

SOCIETY_AVX2 inline unsigned maskOf(__m256i bytes)
{
    return static_cast<unsigned>(_mm256_movemask_epi8(bytes));
}

SOCIETY_AVX2 inline __m256i all(char byte)
{
    return _mm256_set1_epi8(byte);
}

SOCIETY_AVX2 inline qsizetype sumOf(__m256i lanes)
{
    return _mm256_extract_epi64(lanes, 0) + _mm256_extract_epi64(lanes, 1) + _mm256_extract_epi64(lanes, 2) +
           _mm256_extract_epi64(lanes, 3);
}

SOCIETY_AVX2 qsizetype count(const char *begin, const char *end, char byte)
{
    const __m256i wanted = all(byte);
    const __m256i zero = _mm256_setzero_si256();
    qsizetype total = 0;
    const char *at = begin;
    while (end - at >= 4 * Width) {
        // A hit is -1 in its lane, and a lane holds 255 of them.
        const qsizetype rounds = std::min<qsizetype>((end - at) / (4 * Width), 63);
        __m256i lanes = zero;
        for (qsizetype i = 0; i < rounds; ++i, at += 4 * Width) {
            const __m256i one = _mm256_cmpeq_epi8(load(at), wanted);
            const __m256i two = _mm256_cmpeq_epi8(load(at + Width), wanted);
            const __m256i three = _mm256_cmpeq_epi8(load(at + 2 * Width), wanted);
            const __m256i four = _mm256_cmpeq_epi8(load(at + 3 * Width), wanted);
            lanes = _mm256_sub_epi8(lanes, _mm256_add_epi8(_mm256_add_epi8(one, two), _mm256_add_epi8(three, four)));
        }
        total += sumOf(_mm256_sad_epu8(lanes, zero));
    }
    for (; end - at >= Width; at += Width)
        total += _mm_popcnt_u32(maskOf(_mm256_cmpeq_epi8(load(at), wanted)));
    if (at == end || end - begin < Width)
        return total + portableByteScan().count(at, end, byte);
    // The last bytes once more with some before them, which do not count.
    const unsigned last = maskOf(_mm256_cmpeq_epi8(load(end - Width), wanted));
    return total + _mm_popcnt_u32(last >> (Width - (end - at)));
}

SOCIETY_AVX2 const char *nth(const char *begin, const char *end, char byte, qsizetype n)
{
    const __m256i wanted = all(byte);
    const char *at = begin;
    for (; end - at >= Width; at += Width) {
        unsigned mask = maskOf(_mm256_cmpeq_epi8(load(at), wanted));
        const int here = _mm_popcnt_u32(mask);
        if (here < n) {
            n -= here;
            continue;
        }
        for (; n > 1; --n)
            mask &= mask - 1;
        return at + std::countr_zero(mask);
    }
    return portableByteScan().nth(at, end, byte, n);
}

SOCIETY_AVX2 bool isAscii(const char *begin, const char *end)
{
    const char *at = begin;
    for (; end - at >= 4 * Width; at += 4 * Width) {
        const __m256i some = _mm256_or_si256(
            _mm256_or_si256(load(at), load(at + Width)), _mm256_or_si256(load(at + 2 * Width), load(at + 3 * Width)));
        if (maskOf(some) != 0)
            return false;
    }
    return portableByteScan().isAscii(at, end);
}

SOCIETY_AVX2 const char *findPair(const char *begin, const char *end, const BytePair &pair)
{
    const __m256i first = all(static_cast<char>(pair.first));
    const __m256i second = all(static_cast<char>(pair.second));
    const __m256i firstIgnored = all(static_cast<char>(pair.firstIgnored));
    const __m256i secondIgnored = all(static_cast<char>(pair.secondIgnored));
    const char *at = begin;
    for (; end - at >= pair.distance + 2 * Width; at += 2 * Width) {
        const __m256i here = _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_or_si256(load(at), firstIgnored), first),
            _mm256_cmpeq_epi8(_mm256_or_si256(load(at + pair.distance), secondIgnored), second));
        const char *const after = at + Width;
        const __m256i there = _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_or_si256(load(after), firstIgnored), first),
            _mm256_cmpeq_epi8(_mm256_or_si256(load(after + pair.distance), secondIgnored), second));
        const __m256i either = _mm256_or_si256(here, there);
        if (_mm256_testz_si256(either, either))
            continue;
        const unsigned mask = maskOf(here);
        return mask != 0 ? at + std::countr_zero(mask) : after + std::countr_zero(maskOf(there));
    }
    return portableByteScan().findPair(at, end, pair);
}

SOCIETY_AVX2 const char *findSpecial(const char *begin, const char *end, bool folds)
{
    if (!folds)
        return portableByteScan().findSpecial(begin, end, false); // memchr knows AVX2 itself
    const __m256i escape = all(Escape);
    const __m256i kelvin = all('\x84');
    const __m256i kelvinEnd = all('\xaa');
    const __m256i longS = all('\xc5');
    const __m256i longSEnd = all('\xbf');
    const char *at = begin;
    for (; end - at > Width; at += Width) {
        const __m256i here = load(at);
        const __m256i after = load(at + 1);
        const __m256i found = _mm256_or_si256(_mm256_cmpeq_epi8(here, escape),
            _mm256_or_si256(_mm256_and_si256(_mm256_cmpeq_epi8(here, kelvin), _mm256_cmpeq_epi8(after, kelvinEnd)),
                _mm256_and_si256(_mm256_cmpeq_epi8(here, longS), _mm256_cmpeq_epi8(after, longSEnd))));
        if (const unsigned mask = maskOf(found); mask != 0)
            return at + std::countr_zero(mask);
    }
    return portableByteScan().findSpecial(at, end, true);
}

/// Two results of comparing as one mask.
SOCIETY_AVX2 inline quint64 maskOf(__m256i low, __m256i high)
{
    return maskOf(low) | static_cast<quint64>(maskOf(high)) << 32;
}

SOCIETY_AVX2 inline __m256i eitherFold(const char *at)
{
    const __m256i here = load(at);
    const __m256i after = load(at + 1);
    return _mm256_or_si256(
        _mm256_and_si256(_mm256_cmpeq_epi8(here, all('\x84')), _mm256_cmpeq_epi8(after, all('\xaa'))),
        _mm256_and_si256(_mm256_cmpeq_epi8(here, all('\xc5')), _mm256_cmpeq_epi8(after, all('\xbf'))));
}

template <bool IgnoresCase>
SOCIETY_AVX2 inline __m256i fitting(__m256i bytes, __m256i value, __m256i ignored)
{
    return _mm256_cmpeq_epi8(IgnoresCase ? _mm256_or_si256(bytes, ignored) : bytes, value);
}

/// What is looked for. `IgnoresCase`: of the pair. `Folds`: letters that fold are places.
template <bool IgnoresCase, bool Folds>
class Places {
public:
    SOCIETY_AVX2 Places(const char *begin, const char *end, const BytePair &pair, PlaceScan &scan, LinePlace *places)
        : m_begin(begin)
        , m_end(end - (2 * Width + pair.distance)) // before the begin where there is less
        , m_distance(pair.distance)
        , m_first(all(static_cast<char>(pair.first)))
        , m_second(all(static_cast<char>(pair.second)))
        , m_firstIgnored(all(static_cast<char>(pair.firstIgnored)))
        , m_secondIgnored(all(static_cast<char>(pair.secondIgnored)))
        , m_scan(scan)
        , m_places(places)
    {
    }

    SOCIETY_AVX2 size_t find(size_t room)
    {
        const qsizetype start = m_scan.at;
        const size_t count = m_scan.isDense ? findMany(room) : findFew(room);
        m_scan.isDense = static_cast<qsizetype>(count) * DenseBytes > m_scan.at - start;
        return count;
    }

private:
    /// Where the pair or an escape sequence begins in thirty-two bytes.
    [[nodiscard]] SOCIETY_AVX2 __m256i hitsAt(const char *at, __m256i bytes) const
    {
        return _mm256_or_si256(_mm256_cmpeq_epi8(bytes, all(Escape)),
            _mm256_and_si256(fitting<IgnoresCase>(bytes, m_first, m_firstIgnored),
                fitting<IgnoresCase>(load(at + m_distance), m_second, m_secondIgnored)));
    }

    [[nodiscard]] SOCIETY_AVX2 quint64 foldsAt(const char *at) const
    {
        return Folds && maskOf(_mm256_or_si256(load(at), load(at + Width))) != 0
                   ? maskOf(eitherFold(at), eitherFold(at + Width))
                   : 0;
    }

    SOCIETY_AVX2 size_t findMany(size_t room)
    {
        const char *from = m_begin + m_scan.at;
        quint32 line = m_scan.line;
        LinePlace *out = m_places;
        LinePlace *const stop = m_places + room - MostPlacesAtOnce;
        const __m256i newline = all('\n');
        for (; from < m_end && out <= stop; from += 2 * Width) {
            _mm_prefetch(from + Ahead, _MM_HINT_T0);
            const __m256i low = load(from);
            const __m256i high = load(from + Width);
            quint64 hits = maskOf(hitsAt(from, low), hitsAt(from + Width, high)) | foldsAt(from);
            const quint64 newlines = maskOf(_mm256_cmpeq_epi8(low, newline), _mm256_cmpeq_epi8(high, newline));
            const auto offset = static_cast<quint32>(from - m_begin);
            LinePlace *const next = out + _mm_popcnt_u64(hits);
            do {
                const quint64 before = newlines & (hits ^ (hits - 1));
                *out++ = {offset + static_cast<quint32>(std::countr_zero(hits)),
                    line + static_cast<quint32>(_mm_popcnt_u64(before))};
                hits &= hits - 1;
            } while (hits != 0); // once at least: where there is none, the next one takes its place
            out = next;
            line += static_cast<quint32>(_mm_popcnt_u64(newlines));
        }
        m_scan.at = from - m_begin;
        m_scan.line = line;
        return static_cast<size_t>(out - m_places);
    }

    SOCIETY_AVX2 size_t findFew(size_t room)
    {
        const char *from = m_begin + m_scan.at;
        quint32 line = m_scan.line;
        LinePlace *out = m_places;
        LinePlace *const stop = m_places + room - MostPlacesAtOnce;
        const __m256i newline = all('\n');
        const __m256i zero = _mm256_setzero_si256();
        while (from < m_end && out <= stop) {
            __m256i lines = zero; // newlines in each lane, none of which is in `line` yet
            // Two a round, and a lane holds 255.
            const char *const until = std::min(m_end, from + 127 * 2 * Width);
            __m256i lowHits = zero, highHits = zero, low = zero, high = zero;
            bool found = false;
            for (; from < until; from += 2 * Width) {
                low = load(from);
                high = load(from + Width);
                lowHits = hitsAt(from, low);
                highHits = hitsAt(from + Width, high);
                // The top bit of a lane: a place, or a byte outside of ASCII, which may be of a letter that folds.
                __m256i any = _mm256_or_si256(lowHits, highHits);
                if (Folds)
                    any = _mm256_or_si256(any, _mm256_or_si256(low, high));
                if (maskOf(any) != 0) {
                    found = true;
                    break;
                }
                lines = _mm256_sub_epi8(
                    lines, _mm256_add_epi8(_mm256_cmpeq_epi8(low, newline), _mm256_cmpeq_epi8(high, newline)));
            }
            line += static_cast<quint32>(sumOf(_mm256_sad_epu8(lines, zero)));
            if (!found)
                continue;
            const quint64 newlines = maskOf(_mm256_cmpeq_epi8(low, newline), _mm256_cmpeq_epi8(high, newline));
            for (quint64 hits = maskOf(lowHits, highHits) | foldsAt(from); hits != 0; hits &= hits - 1) {
                const quint64 before = newlines & (hits ^ (hits - 1));
                *out++ = {static_cast<quint32>(from - m_begin + std::countr_zero(hits)),
                    line + static_cast<quint32>(_mm_popcnt_u64(before))};
            }
            line += static_cast<quint32>(_mm_popcnt_u64(newlines));
            from += 2 * Width;
        }
        m_scan.at = from - m_begin;
        m_scan.line = line;
        return static_cast<size_t>(out - m_places);
    }

    const char *m_begin;
    const char *m_end; // sixty-four bytes can be looked at before it
    qsizetype m_distance;
    __m256i m_first;
    __m256i m_second;
    __m256i m_firstIgnored;
    __m256i m_secondIgnored;
    PlaceScan &m_scan;
    LinePlace *m_places;
};

template <bool IgnoresCase, bool Folds>
SOCIETY_AVX2 size_t placesOf(
    const char *begin, const char *end, const BytePair &pair, PlaceScan &scan, LinePlace *places, size_t room)
{
    return Places<IgnoresCase, Folds>(begin, end, pair, scan, places).find(room);
}

SOCIETY_AVX2 size_t places(const char *begin, const char *end, const BytePair &pair, bool folds, PlaceScan &scan,
    LinePlace *places, size_t room)
{
    const auto most = folds                                               ? placesOf<true, true>
                      : pair.firstIgnored != 0 || pair.secondIgnored != 0 ? placesOf<true, false>
                                                                          : placesOf<false, false>;
    const size_t count = most(begin, end, pair, scan, places, room);
    if (room - count < MostPlacesAtOnce)
        return count;
    return count + portableByteScan().places(begin, end, pair, folds, scan, places + count, room - count);
}

SOCIETY_AVX2 inline quint64 eightAt(const char *at)
{
    quint64 bytes = 0;
    std::memcpy(&bytes, at, sizeof(bytes));
    return bytes;
}

/// How much there is to compare: one word of eight bytes, two that may overlap, or more.
enum class Length { OneWord, TwoWords, Longer };
constexpr qsizetype WordBytes = sizeof(quint64);

/// How many bits are set before the lowest one of `bit`; all of them where that is 0.
SOCIETY_AVX2 inline int countBefore(quint64 bits, quint64 bit)
{
    return static_cast<int>(_mm_popcnt_u64(bits & _blsmsk_u64(bit)));
}

/// A text to compare with: its first eight bytes and its last eight at once and without a branch, as whether it stands
/// somewhere is what a processor guesses wrongly.
template <bool IgnoresCase, Length TheLength>
class WholeText {
public:
    /// Looks for it at offsets from `begin`.
    WholeText(const ByteText &text, const char *begin)
        : m_text(text)
        , m_begin(begin)
        , m_lastAt(std::max<qsizetype>(text.size - WordBytes, 0))
        , m_mask(text.size < WordBytes ? (quint64(1) << 8 * text.size) - 1 : ~quint64(0))
        , m_first(eightOf(text.bytes, text.size))
        , m_firstIgnored(eightOf(text.ignored, text.size))
        , m_last(eightOf(text.bytes + m_lastAt, text.size))
        , m_lastIgnored(eightOf(text.ignored + m_lastAt, text.size))
    {
    }

    /// Eight bytes at least must be there.
    [[nodiscard]] SOCIETY_AVX2 quint64 isAt(qsizetype offset) const
    {
        const char *const at = m_begin + offset;
        quint64 differ = (IgnoresCase ? eightAt(at) | m_firstIgnored : eightAt(at)) ^ m_first;
        if (TheLength == Length::OneWord)
            return (differ & m_mask) == 0;
        differ |= (IgnoresCase ? eightAt(at + m_lastAt) | m_lastIgnored : eightAt(at + m_lastAt)) ^ m_last;
        return TheLength == Length::TwoWords ? differ == 0 : differ == 0 && isBetween(at);
    }

    /// The bits of the lines where pairs are, all of them of one word. `line`: that of the first of sixty-four bytes at
    /// `at`.
    [[nodiscard, gnu::noinline]] SOCIETY_AVX2 quint64 bitsOf(
        quint64 pairs, quint64 newlines, qsizetype at, int line) const
    {
        quint64 bits = 0;
        for (; pairs != 0; pairs &= pairs - 1)
            bits |= isAt(at + std::countr_zero(pairs)) << (line + countBefore(newlines, pairs));
        return bits;
    }

    /// The same where some are of the next word: finishes `open` and gives that one.
    [[nodiscard, gnu::noinline]] SOCIETY_AVX2 quint64 turnWord(
        quint64 pairs, quint64 newlines, qsizetype at, int line, quint64 open, LineMarks &marks) const
    {
        quint64 next = 0;
        for (; pairs != 0; pairs &= pairs - 1) {
            const int number = line + countBefore(newlines, pairs);
            const quint64 bit = isAt(at + std::countr_zero(pairs)) << number % 64;
            open |= number < 64 ? bit : 0;
            next |= number < 64 ? 0 : bit;
        }
        marks.bits.push_back(open);
        return next;
    }

private:
    static quint64 eightOf(const char *bytes, qsizetype size)
    {
        quint64 word = 0;
        std::memcpy(&word, bytes, static_cast<size_t>(std::min(size, WordBytes)));
        return word;
    }

    [[nodiscard]] SOCIETY_AVX2 bool isBetween(const char *at) const
    {
        for (qsizetype i = WordBytes; i < m_lastAt; i += WordBytes) {
            if ((eightAt(at + i) | eightAt(m_text.ignored + i)) != eightAt(m_text.bytes + i))
                return false;
        }
        return true;
    }

    const ByteText &m_text;
    const char *const m_begin;
    const qsizetype m_lastAt;
    const quint64 m_mask;
    const quint64 m_first;
    const quint64 m_firstIgnored;
    const quint64 m_last;
    const quint64 m_lastIgnored;
};

/// `line`: that of the first of sixty-four bytes at `offset`.
[[gnu::noinline]] SOCIETY_AVX2 void addEscapes(
    quint64 escapes, quint64 newlines, qsizetype offset, int line, LineMarks &marks)
{
    marks.places += _mm_popcnt_u64(escapes);
    const auto first = static_cast<int>(marks.bits.size()) * 64 + line;
    for (; escapes != 0; escapes &= escapes - 1)
        marks.escapes.push_back({static_cast<quint32>(offset + std::countr_zero(escapes)),
            static_cast<quint32>(first + countBefore(newlines, escapes))});
}

/// Sixty-four bytes at a time to `stop`, from where the text and 128 bytes can be read, and `text.pairAt` bytes before.
/// What is rare is in functions of their own: it would take registers from what is not.
template <bool IgnoresCase, Length TheLength>
SOCIETY_AVX2 void markMost(const char *begin, qsizetype stop, const ByteText &text, LineMarks &marks)
{
    const WholeText<IgnoresCase, TheLength> whole(text, begin - text.pairAt);
    const char *const seconds = begin + text.pair.distance;
    const __m256i first = all(static_cast<char>(text.pair.first));
    const __m256i second = all(static_cast<char>(text.pair.second));
    const __m256i firstIgnored = all(static_cast<char>(text.pair.firstIgnored));
    const __m256i secondIgnored = all(static_cast<char>(text.pair.secondIgnored));
    const __m256i newline = all('\n');
    const __m256i escape = all(Escape);
    quint64 open = marks.open;
    int line = marks.openLines;
    qsizetype places = 0;
    qsizetype at = marks.at;
    for (; at < stop; at += 2 * Width) {
        _mm_prefetch(begin + at + Ahead, _MM_HINT_T0);
        const __m256i low = load(begin + at);
        const __m256i high = load(begin + at + Width);
        quint64 pairs = maskOf(_mm256_and_si256(fitting<IgnoresCase>(low, first, firstIgnored),
                                   fitting<IgnoresCase>(load(seconds + at), second, secondIgnored)),
            _mm256_and_si256(fitting<IgnoresCase>(high, first, firstIgnored),
                fitting<IgnoresCase>(load(seconds + at + Width), second, secondIgnored)));
        const quint64 newlines = maskOf(_mm256_cmpeq_epi8(low, newline), _mm256_cmpeq_epi8(high, newline));
        const __m256i lowEscapes = _mm256_cmpeq_epi8(low, escape);
        const __m256i highEscapes = _mm256_cmpeq_epi8(high, escape);
        if (maskOf(_mm256_or_si256(lowEscapes, highEscapes)) != 0) [[unlikely]]
            addEscapes(maskOf(lowEscapes, highEscapes), newlines, at, line, marks);
        places += _mm_popcnt_u64(pairs);
        const int after = line + static_cast<int>(_mm_popcnt_u64(newlines));
        if (after >= 64) [[unlikely]] {
            open = whole.turnWord(pairs, newlines, at, line, open, marks);
            line = after - 64;
            continue;
        }
        // Without a branch on whether there is a pair: where there is none, the byte behind these is asked about, and
        // its line is `after`.
        open |= whole.isAt(at + std::countr_zero(pairs)) << (line + countBefore(newlines, pairs));
        pairs = _blsr_u64(pairs);
        if (pairs != 0) [[unlikely]]
            open |= whole.bitsOf(pairs, newlines, at, line);
        line = after;
    }
    marks.open = open;
    marks.openLines = line;
    marks.places += places;
    marks.at = at;
}

SOCIETY_AVX2 void mark(const char *begin, const char *end, const ByteText &text, qsizetype until, LineMarks &marks)
{
    const auto plain = portableByteScan().mark;
    if (marks.at < text.pairAt)
        plain(begin, end, text, std::min(text.pairAt, until), marks);
    const qsizetype stop = std::min(until, end - begin - 4 * Width - text.size);
    if (marks.at < stop) {
        const bool ignoresCase = std::any_of(text.ignored, text.ignored + text.size, [](char c) { return c != 0; });
        const auto most = text.size <= WordBytes
                              ? (ignoresCase ? markMost<true, Length::OneWord> : markMost<false, Length::OneWord>)
                          : text.size <= 2 * WordBytes
                              ? (ignoresCase ? markMost<true, Length::TwoWords> : markMost<false, Length::TwoWords>)
                              : (ignoresCase ? markMost<true, Length::Longer> : markMost<false, Length::Longer>);
        most(begin, stop, text, marks);
    }
    if (marks.at < until)
        plain(begin, end, text, until, marks);
}

} // namespace

const ByteScan *avx2ByteScan()
{
    static constexpr ByteScan scan = {count, nth, isAscii, findPair, findSpecial, places, mark};
    static const bool isThere = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
    return isThere ? &scan : nullptr;
}

} // namespace society::log

#else

namespace society::log {

const ByteScan *avx2ByteScan()
{
    return nullptr;
}

} // namespace society::log

#endif
