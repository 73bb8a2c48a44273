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
constexpr char Escape = '\x1b';

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

/// Where the pair, newlines and escape sequences are in sixty-four bytes.
struct Found {
    __m256i lowHit;
    __m256i highHit;
    __m256i lowLines;
    __m256i highLines;
};

/// What is looked for. `IgnoresCase`: of the pair. `Folds`: letters that fold are places.
template <bool IgnoresCase, bool Folds>
class Places {
public:
    SOCIETY_AVX2 Places(const char *begin, const char *end, const BytePair &pair, PlaceScan &scan, LinePlace *places)
        : m_begin(begin)
        , m_end(end)
        , m_distance(pair.distance)
        , m_first(all(static_cast<char>(pair.first)))
        , m_second(all(static_cast<char>(pair.second)))
        , m_firstIgnored(all(static_cast<char>(pair.firstIgnored)))
        , m_secondIgnored(all(static_cast<char>(pair.secondIgnored)))
        , m_line(scan.line)
        , m_scan(scan)
        , m_places(places)
    {
    }

    SOCIETY_AVX2 size_t find(size_t room)
    {
        const qsizetype start = m_scan.at;
        const size_t count = m_scan.isDense ? findMany(room) : findFew(room);
        m_scan.line = m_line;
        m_scan.isDense = static_cast<qsizetype>(count) * DenseBytes > m_scan.at - start;
        return count;
    }

private:
    /// Where places are closer together, no branch tells whether there is one: it would be guessed wrongly too often.
    static constexpr qsizetype DenseBytes = 512;

    [[nodiscard]] SOCIETY_AVX2 bool isRoomAt(const char *at) const { return m_end - at > 2 * Width + m_distance; }

    [[nodiscard]] SOCIETY_AVX2 Found at(const char *at) const
    {
        const __m256i low = load(at);
        const __m256i high = load(at + Width);
        const char *const other = at + m_distance;
        const __m256i newline = all('\n');
        const __m256i escape = all(Escape);
        Found found;
        found.lowHit = _mm256_or_si256(
            _mm256_cmpeq_epi8(low, escape), _mm256_and_si256(fitting<IgnoresCase>(low, m_first, m_firstIgnored),
                                                fitting<IgnoresCase>(load(other), m_second, m_secondIgnored)));
        found.highHit = _mm256_or_si256(
            _mm256_cmpeq_epi8(high, escape), _mm256_and_si256(fitting<IgnoresCase>(high, m_first, m_firstIgnored),
                                                 fitting<IgnoresCase>(load(other + Width), m_second, m_secondIgnored)));
        found.lowLines = _mm256_cmpeq_epi8(low, newline);
        found.highLines = _mm256_cmpeq_epi8(high, newline);
        return found;
    }

    [[nodiscard]] SOCIETY_AVX2 quint64 hitsIn(const Found &found, const char *at) const
    {
        quint64 hits = maskOf(found.lowHit, found.highHit);
        if (Folds && maskOf(_mm256_or_si256(load(at), load(at + Width))) != 0)
            hits |= maskOf(eitherFold(at), eitherFold(at + Width));
        return hits;
    }

    SOCIETY_AVX2 void put(size_t index, const char *at, quint64 hits, quint64 newlines)
    {
        const quint64 before = newlines & (hits ^ (hits - 1));
        m_places[index] = {static_cast<quint32>(at - m_begin + std::countr_zero(hits)),
            m_line + static_cast<quint32>(_mm_popcnt_u64(before))};
    }

    SOCIETY_AVX2 size_t findMany(size_t room)
    {
        size_t count = 0;
        const char *from = m_begin + m_scan.at;
        for (; isRoomAt(from) && room - count >= MostPlacesAtOnce; from += 2 * Width) {
            const Found found = at(from);
            quint64 hits = hitsIn(found, from);
            const quint64 newlines = maskOf(found.lowLines, found.highLines);
            const auto here = static_cast<size_t>(_mm_popcnt_u64(hits));
            put(count, from, hits, newlines); // counts only if there is one
            for (size_t i = 1; i < here; ++i)
                put(count + i, from, hits &= hits - 1, newlines);
            count += here;
            m_line += static_cast<quint32>(_mm_popcnt_u64(newlines));
        }
        m_scan.at = from - m_begin;
        return count;
    }

    SOCIETY_AVX2 size_t findFew(size_t room)
    {
        const __m256i zero = _mm256_setzero_si256();
        __m256i lines = zero; // newlines in each lane, none of which is in m_line yet
        int rounds = 0;
        size_t count = 0;
        const char *from = m_begin + m_scan.at;
        const auto addLines = [&]() SOCIETY_AVX2 {
            m_line += static_cast<quint32>(sumOf(_mm256_sad_epu8(lines, zero)));
            lines = zero;
            rounds = 0;
        };
        for (; isRoomAt(from) && room - count >= MostPlacesAtOnce; from += 2 * Width) {
            const Found found = at(from);
            // The top bit of a lane: a place, or a byte outside of ASCII, which may be of a letter that folds.
            __m256i any = _mm256_or_si256(found.lowHit, found.highHit);
            if (Folds)
                any = _mm256_or_si256(any, _mm256_or_si256(load(from), load(from + Width)));
            if (maskOf(any) == 0) {
                lines = _mm256_sub_epi8(lines, _mm256_add_epi8(found.lowLines, found.highLines));
                if (++rounds == 127) // two a round, and a lane holds 255
                    addLines();
                continue;
            }
            addLines();
            const quint64 newlines = maskOf(found.lowLines, found.highLines);
            for (quint64 hits = hitsIn(found, from); hits != 0; hits &= hits - 1)
                put(count++, from, hits, newlines);
            m_line += static_cast<quint32>(_mm_popcnt_u64(newlines));
        }
        addLines();
        m_scan.at = from - m_begin;
        return count;
    }

    const char *m_begin;
    const char *m_end;
    qsizetype m_distance;
    __m256i m_first;
    __m256i m_second;
    __m256i m_firstIgnored;
    __m256i m_secondIgnored;
    quint32 m_line; // not in m_scan, which the places might overlap for all that the compiler knows
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

} // namespace

const ByteScan *avx2ByteScan()
{
    static constexpr ByteScan scan = {count, nth, isAscii, findPair, findSpecial, places};
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
