// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <array>
#include <span>
#include <vector>

namespace society::log {

/// Line numbers in rising order. Kept in stretches of 8,192 lines: as one bit for each line where more than one line in
/// eight is there (so at most a byte for each of them), else as distances of one or two bytes. A value; one thread at a
/// time.
class HitList {
public:
    /// `line` must be greater than the last one.
    void append(qint64 line);
    /// Appends base + n for each bit n that is set, the lowest of a word first.
    void append(qint64 base, std::span<const quint64> bits);
    /// Appends another list, all of whose lines are greater.
    void append(HitList other);
    /// Takes the last hit back (count() > 0).
    void removeLast();
    void clear();

    [[nodiscard]] qint64 count() const { return m_closed + m_openCount; }
    [[nodiscard]] bool isEmpty() const { return count() == 0; }
    /// The line of hit `index` (0 ≤ index < count()).
    [[nodiscard]] qint64 at(qint64 index) const;
    /// Index of the first hit at or after `line`; count() if there is none.
    [[nodiscard]] qint64 lowerBound(qint64 line) const;
    [[nodiscard]] bool contains(qint64 line) const;
    /// The lines of hits index … index + count - 1, fewer at the end; for going through many.
    [[nodiscard]] std::vector<qint64> lines(qint64 index, qint64 count) const;
    /// Bytes of memory that it takes.
    [[nodiscard]] qint64 memory() const;

private:
    static constexpr qint64 StretchLines = 8192;
    using Bits = std::array<quint64, StretchLines / 64>;
    struct Stretch {
        qint64 number = 0;     // of its first line, in stretches
        qint64 firstIndex = 0; // of its first hit
        int count = 0;
        bool isBits = false;
        std::vector<unsigned char> bytes;
    };
    /// Makes the stretch of this number the open one.
    void open(qint64 number);
    void close();
    void reopen();
    /// Adds lines to those of word `word` of all lines' bits.
    void add(qint64 word, quint64 bits);
    /// The lines of a stretch as bits.
    [[nodiscard]] static Bits bitsOf(const Stretch &stretch);

    std::vector<Stretch> m_stretches;
    std::vector<quint64> m_open; // the bits of the last stretch, not packed yet; what is missing at the end is 0
    qint64 m_openNumber = -1;
    qint64 m_openCount = 0;
    qint64 m_closed = 0; // hits in m_stretches
};

} // namespace society::log
