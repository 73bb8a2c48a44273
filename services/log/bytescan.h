// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// What is asked of whole blocks, in one form for any processor and one for those with AVX2; both give the same
/// answers. Pure functions over [begin, end); any thread.
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
};

constexpr size_t MostPlacesAtOnce = 64;

/// The fastest form for this processor.
[[nodiscard]] const ByteScan &byteScan();
[[nodiscard]] const ByteScan &portableByteScan();
/// Null where the processor has no AVX2.
[[nodiscard]] const ByteScan *avx2ByteScan();

} // namespace society::log
