// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <vector>

namespace society::log {

/// Line numbers in rising order, kept as distances: about a byte each where they are dense. A value; one thread at a
/// time.
class HitList {
public:
    /// `line` must be greater than the last one.
    void append(qint64 line);
    /// Appends another list, all of whose lines are greater.
    void append(const HitList &other);
    /// Takes the last hit back (count() > 0).
    void removeLast();
    void clear();

    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    /// The line of hit `index` (0 ≤ index < count()).
    [[nodiscard]] qint64 at(qint64 index) const;
    /// Index of the first hit at or after `line`; count() if there is none.
    [[nodiscard]] qint64 lowerBound(qint64 line) const;
    [[nodiscard]] bool contains(qint64 line) const;
    /// Bytes of memory that it takes.
    [[nodiscard]] qint64 memory() const;

private:
    static constexpr qint64 Stride = 256;
    struct Anchor {
        qint64 line = 0;        // of the hit that it stands for
        qsizetype position = 0; // in m_bytes, behind that hit
    };
    [[nodiscard]] qint64 next(qsizetype &position) const;

    std::vector<Anchor> m_anchors; // one for each hit whose index is a multiple of Stride
    QByteArray m_bytes;            // varint distance of each hit from the one before it
    qint64 m_count = 0;
    qint64 m_last = -1;
};

} // namespace society::log
