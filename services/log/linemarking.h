// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How lines are marked, for the sources that have a form for one kind of processor each: all of it is compiled for what
// SOCIETY_VECTOR says there, so it is in no namespace that they share. Before this they define
//
//   SOCIETY_VECTOR               the attribute of functions for that processor: BMI and POPCNT at least
//   SixtyFour<bool IgnoresCase>  of a BytePair: pairs(), newlines(), hasEscapes() and escapes() of 64 bytes at a place,
//                                one bit for each
#include "services/log/bytescan.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <immintrin.h>

namespace society::log {

namespace {

SOCIETY_VECTOR inline quint64 eightAt(const char *at)
{
    quint64 bytes = 0;
    std::memcpy(&bytes, at, sizeof(bytes));
    return bytes;
}

/// How much there is to compare: one word of eight bytes, two that may overlap, or more.
enum class Length { OneWord, TwoWords, Longer };
constexpr qsizetype WordBytes = sizeof(quint64);

/// How many bits are set before the lowest one of `bit`; all of them where that is 0.
SOCIETY_VECTOR inline int countBefore(quint64 bits, quint64 bit)
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
    [[nodiscard]] SOCIETY_VECTOR quint64 isAt(qsizetype offset) const
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
    [[nodiscard, gnu::noinline]] SOCIETY_VECTOR quint64 bitsOf(
        quint64 pairs, quint64 newlines, qsizetype at, int line) const
    {
        quint64 bits = 0;
        for (; pairs != 0; pairs &= pairs - 1)
            bits |= isAt(at + std::countr_zero(pairs)) << (line + countBefore(newlines, pairs));
        return bits;
    }

    /// The same where some are of the next word: finishes `open` and gives that one.
    [[nodiscard, gnu::noinline]] SOCIETY_VECTOR quint64 turnWord(
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

    [[nodiscard]] SOCIETY_VECTOR bool isBetween(const char *at) const
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
[[gnu::noinline]] SOCIETY_VECTOR void addEscapes(
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
SOCIETY_VECTOR void markMost(const char *begin, qsizetype stop, const ByteText &text, LineMarks &marks)
{
    const WholeText<IgnoresCase, TheLength> whole(text, begin - text.pairAt);
    const SixtyFour<IgnoresCase> bytes(text.pair);
    quint64 open = marks.open;
    int line = marks.openLines;
    qsizetype places = 0;
    qsizetype at = marks.at;
    for (; at < stop; at += 64) {
        _mm_prefetch(begin + at + FetchAhead, _MM_HINT_T0);
        quint64 pairs = bytes.pairs(begin + at);
        const quint64 newlines = bytes.newlines(begin + at);
        if (bytes.hasEscapes(begin + at)) [[unlikely]]
            addEscapes(bytes.escapes(begin + at), newlines, at, line, marks);
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

SOCIETY_VECTOR void mark(const char *begin, const char *end, const ByteText &text, qsizetype until, LineMarks &marks)
{
    const auto plain = portableByteScan().mark;
    if (marks.at < text.pairAt)
        plain(begin, end, text, std::min(text.pairAt, until), marks);
    const qsizetype stop = std::min(until, end - begin - 128 - text.size);
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

} // namespace society::log
