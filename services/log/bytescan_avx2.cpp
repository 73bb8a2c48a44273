// SPDX-License-Identifier: GPL-3.0-or-later
// Thirty-two bytes at a time. The functions are compiled for AVX2 whatever the rest of the program is compiled for, and
// only handed out where the processor has it.
#include "services/log/bytescan.h"

#if defined(__x86_64__)

#include <algorithm>
#include <bit>
#include <immintrin.h>

namespace society::log {

namespace {

#define SOCIETY_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

constexpr qsizetype Width = 32;

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
    const __m256i escape = all(EscapeByte);
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
        return _mm256_or_si256(_mm256_cmpeq_epi8(bytes, all(EscapeByte)),
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
            _mm_prefetch(from + FetchAhead, _MM_HINT_T0);
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

/// See linemarking.h.
template <bool IgnoresCase>
class SixtyFour {
public:
    SOCIETY_AVX2 explicit SixtyFour(const BytePair &pair)
        : m_distance(pair.distance)
        , m_first(all(static_cast<char>(pair.first)))
        , m_second(all(static_cast<char>(pair.second)))
        , m_firstIgnored(all(static_cast<char>(pair.firstIgnored)))
        , m_secondIgnored(all(static_cast<char>(pair.secondIgnored)))
    {
    }

    [[nodiscard]] SOCIETY_AVX2 quint64 pairs(const char *at) const { return maskOf(pairIn(at), pairIn(at + Width)); }
    [[nodiscard]] SOCIETY_AVX2 quint64 newlines(const char *at) const
    {
        return maskOf(_mm256_cmpeq_epi8(load(at), all('\n')), _mm256_cmpeq_epi8(load(at + Width), all('\n')));
    }
    [[nodiscard]] SOCIETY_AVX2 bool hasEscapes(const char *at) const
    {
        return maskOf(_mm256_or_si256(escapesIn(at), escapesIn(at + Width))) != 0;
    }
    [[nodiscard]] SOCIETY_AVX2 quint64 escapes(const char *at) const
    {
        return maskOf(escapesIn(at), escapesIn(at + Width));
    }

private:
    [[nodiscard]] SOCIETY_AVX2 __m256i pairIn(const char *at) const
    {
        return _mm256_and_si256(fitting<IgnoresCase>(load(at), m_first, m_firstIgnored),
            fitting<IgnoresCase>(load(at + m_distance), m_second, m_secondIgnored));
    }
    [[nodiscard]] SOCIETY_AVX2 static __m256i escapesIn(const char *at)
    {
        return _mm256_cmpeq_epi8(load(at), all(EscapeByte));
    }

    qsizetype m_distance;
    __m256i m_first;
    __m256i m_second;
    __m256i m_firstIgnored;
    __m256i m_secondIgnored;
};

} // namespace

} // namespace society::log

#define SOCIETY_VECTOR SOCIETY_AVX2
#include "services/log/linemarking.h"

namespace society::log {

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
