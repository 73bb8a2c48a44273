// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/linebits.h"

#include <QByteArrayView>

namespace society::log {

/// Two bytes at a fixed distance that every occurrence of a text has. A byte `c` fits where `(c | ignored) == value`:
/// 0x20 in `ignored` takes both cases of an ASCII letter.
struct BytePair {
    unsigned char first = 0;
    unsigned char firstIgnored = 0;
    unsigned char second = 0;
    unsigned char secondIgnored = 0;
    qsizetype distance = 0; ///< from the first to the second, ≥ 0
};

/// A place worth a look, and the line that it is in.
struct LinePlace {
    quint32 offset = 0; ///< from the start of the text
    quint32 line = 0;   ///< from 0
};

/// How far a scan for places is.
struct PlaceScan {
    qsizetype at = 0;
    quint32 line = 0;     ///< that the byte at `at` belongs to
    bool isDense = false; ///< whether places stand close together: a guess that decides how they are looked for
};

/// A text, and the pair in it that is looked for first.
struct ByteText {
    BytePair pair;
    qsizetype pairAt = 0;          ///< where its first byte is in the text
    qsizetype size = 0;            ///< of the text, which goes to the pair's second byte at least
    const char *bytes = nullptr;   ///< what is ignored of each is set
    const char *ignored = nullptr; ///< for each byte, as in a BytePair
};

/// The lines that a text is in, as far as they were gone through.
struct LineMarks {
    LineBits bits;        ///< of which all lines were gone through
    quint64 open = 0;     ///< the next word, where they are just gone through
    int openLines = 0;    ///< 0 … 63: how many newlines belong to `open`
    qsizetype at = 0;     ///< how far it is
    qsizetype places = 0; ///< where the pair or an ESC stood
    std::vector<LinePlace> escapes;

    /// Newlines before `at`.
    [[nodiscard]] quint32 line() const
    {
        return static_cast<quint32>(bits.size()) * 64 + static_cast<quint32>(openLines);
    }
};

/// What is asked of whole blocks, in one form for any processor and others for those with AVX2 and AVX-512; all give
/// the same answers. Pure functions over [begin, end); any thread.
struct ByteScan {
    /// How often `byte` is there.
    qsizetype (*count)(const char *begin, const char *end, char byte);
    /// The `n`-th `byte` (1 is the first), `end` if there are fewer.
    const char *(*nth)(const char *begin, const char *end, char byte, qsizetype n);
    bool (*isAscii)(const char *begin, const char *end);
    /// The first place where both bytes of the pair stand inside the range, `end` if there is none.
    const char *(*findPair)(const char *begin, const char *end, const BytePair &pair);
    /// The first ESC, and with `folds` also the first character outside of ASCII that is the other case of an ASCII
    /// letter (K as in kelvin U+212A, long s U+017F): the place of its second byte but one, or of U+017F's first.
    const char *(*findSpecial)(const char *begin, const char *end, bool folds);
    /// Goes on through [begin, end), less than 4 GiB, from where `scan` is: puts places that findPair() or
    /// findSpecial() would name, in order, into `places`, and says how many. It stops where fewer than MostPlacesAtOnce
    /// are left of `room`, or at the end: `scan.at` is end - begin then.
    size_t (*places)(const char *begin, const char *end, const BytePair &pair, bool folds, PlaceScan &scan,
        LinePlace *places, size_t room);
    /// Goes on through [begin, end), less than 4 GiB, from where `marks` is to `until` at least (an offset, not behind
    /// the end): sets the bits of lines in which the text stands, and adds the places of all ESC. The text may go on
    /// behind `until`.
    void (*mark)(const char *begin, const char *end, const ByteText &text, qsizetype until, LineMarks &marks);
};

constexpr char EscapeByte = '\x1b';
constexpr size_t MostPlacesAtOnce = 64;
/// Where places are closer together, no branch tells whether there is one: it would be guessed wrongly too often.
constexpr qsizetype DenseBytes = 512;
/// Bytes so far ahead are fetched where much is done with each: the processor itself does not fetch beyond a page.
constexpr qsizetype FetchAhead = 1024;

/// The fastest form for this processor.
[[nodiscard]] const ByteScan &byteScan();
[[nodiscard]] const ByteScan &portableByteScan();
/// Null where the processor has no AVX2.
[[nodiscard]] const ByteScan *avx2ByteScan();
/// Null where the processor has no AVX-512, or one of the first that had it.
[[nodiscard]] const ByteScan *avx512ByteScan();

} // namespace society::log
