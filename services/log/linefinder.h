// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/linebits.h"
#include "services/log/linematcher.h"
#include "services/log/linetext.h"

#include <QByteArrayView>
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace society::log {

/// A line that is wanted.
struct LineHit {
    quint32 line = 0; ///< from 0
    quint32 at = 0;   ///< a place in it, from the start of the text

    bool operator<(const LineHit &other) const { return line < other.line; }
};

/// Finds the lines that are wanted among many. One thread at a time; clone() for others.
class LineFinder {
public:
    virtual ~LineFinder() = default;
    [[nodiscard]] virtual std::unique_ptr<LineFinder> clone() const = 0;

    /// Appends the lines that are wanted of `text`, which is whole lines (the last one perhaps without its newline) of
    /// less than 4 GiB, and gives the number of its newlines. Once `stop` is true it ends soon and what it found means
    /// nothing. Error: `pattern_too_costly`.
    [[nodiscard]] virtual Result<qint64> find(
        QByteArrayView text, std::vector<LineHit> &hits, const std::atomic_bool &stop) = 0;
    /// The same where only the numbers of the lines matter: they take the place of what `bits` had.
    [[nodiscard]] virtual Result<qint64> mark(QByteArrayView text, LineBits &bits, const std::atomic_bool &stop);

private:
    std::vector<LineHit> m_found;
};

/// Finds the lines that match a pattern: just those that LineMatcher says, by searching whole blocks.
[[nodiscard]] std::unique_ptr<LineFinder> finderOf(const LineMatcher &matcher);
/// The same among lines of this level and graver ones.
[[nodiscard]] std::unique_ptr<LineFinder> finderOf(const LineMatcher &matcher, Level atLeast);
/// Finds the lines that a function says; it is called in several threads at once.
[[nodiscard]] std::unique_ptr<LineFinder> finderOf(std::function<bool(QByteArrayView line)> isWanted);

} // namespace society::log
