// SPDX-License-Identifier: GPL-3.0-or-later
// Marking lines with sixty-four bytes in one register: half as many instructions for each comparison, which is a
// quarter of the time where every second line is a hit. The rest is bound by memory and stays with AVX2.
#include "services/log/bytescan.h"

#if defined(__x86_64__)

#include <immintrin.h>

namespace society::log {

namespace {

#define SOCIETY_VECTOR __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vl")))

/// See linemarking.h.
template <bool IgnoresCase>
class SixtyFour {
public:
    SOCIETY_VECTOR explicit SixtyFour(const BytePair &pair)
        : m_distance(pair.distance)
        , m_first(all(static_cast<char>(pair.first)))
        , m_second(all(static_cast<char>(pair.second)))
        , m_firstIgnored(all(static_cast<char>(pair.firstIgnored)))
        , m_secondIgnored(all(static_cast<char>(pair.secondIgnored)))
    {
    }

    [[nodiscard]] SOCIETY_VECTOR quint64 pairs(const char *at) const
    {
        const __mmask64 firsts = _mm512_cmpeq_epi8_mask(without(load(at), m_firstIgnored), m_first);
        return _mm512_mask_cmpeq_epi8_mask(firsts, without(load(at + m_distance), m_secondIgnored), m_second);
    }
    [[nodiscard]] SOCIETY_VECTOR quint64 newlines(const char *at) const
    {
        return _mm512_cmpeq_epi8_mask(load(at), all('\n'));
    }
    [[nodiscard]] SOCIETY_VECTOR bool hasEscapes(const char *at) const { return escapes(at) != 0; }
    [[nodiscard]] SOCIETY_VECTOR quint64 escapes(const char *at) const
    {
        return _mm512_cmpeq_epi8_mask(load(at), all(EscapeByte));
    }

private:
    [[nodiscard]] SOCIETY_VECTOR static __m512i load(const char *at) { return _mm512_loadu_si512(at); }
    [[nodiscard]] SOCIETY_VECTOR static __m512i all(char byte) { return _mm512_set1_epi8(byte); }
    [[nodiscard]] SOCIETY_VECTOR static __m512i without(__m512i bytes, __m512i ignored)
    {
        return IgnoresCase ? _mm512_or_si512(bytes, ignored) : bytes;
    }

    qsizetype m_distance;
    __m512i m_first;
    __m512i m_second;
    __m512i m_firstIgnored;
    __m512i m_secondIgnored;
};

} // namespace

} // namespace society::log

#include "services/log/linemarking.h"

namespace society::log {

const ByteScan *avx512ByteScan()
{
    // Of the processors with AVX-512 the first ones run slower for a while after each use; those with VBMI2 do not.
    if (!avx2ByteScan() || !__builtin_cpu_supports("avx512vbmi2") || !__builtin_cpu_supports("avx512bw") ||
        !__builtin_cpu_supports("avx512vl"))
        return nullptr;
    static const ByteScan scan = [] {
        ByteScan most = *avx2ByteScan();
        most.mark = mark;
        return most;
    }();
    return &scan;
}

} // namespace society::log

#else

namespace society::log {

const ByteScan *avx512ByteScan()
{
    return nullptr;
}

} // namespace society::log

#endif
