// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/linereader.h"

#include <QByteArray>
#include <atomic>
#include <vector>

namespace society::log {

/// What two lines may differ in and still count as the same.
struct DiffOptions {
    bool ignoresTimes = true;    ///< dates and times of day, anywhere in the line
    bool ignoresIds = true;      ///< UUIDs, addresses, hexadecimal names of 8 digits and more, process numbers, ports
    bool ignoresNumbers = false; ///< all other numbers
};

/// A line as it is compared: without colours and worker's prefix, what is ignored replaced by a letter. Pure.
[[nodiscard]] QByteArray comparedForm(QByteArrayView line, const DiffOptions &options);

/// Lines that one of two logs has where the other has others, or none.
struct DiffHunk {
    qint64 left = 0; ///< first line
    qint64 leftCount = 0;
    qint64 right = 0;
    qint64 rightCount = 0;

    bool operator==(const DiffHunk &) const = default;
};

/// Where two logs differ. What is not in a hunk is the same on both sides, line by line.
struct LogDiff {
    std::vector<DiffHunk> hunks; ///< in rising order, apart from each other
    qint64 leftLines = 0;        ///< how many were compared
    qint64 rightLines = 0;
    qint64 sameLines = 0;
    bool isPartial = false; ///< a log has more lines than DiffMostLines; only the first ones were compared
    bool isCoarse = false;  ///< they differ so much that hunks may be larger than they need be

    /// The line on the other side that belongs to a line: its equal, or for a line in a hunk the one beside it.
    [[nodiscard]] qint64 rightOf(qint64 leftLine) const;
    [[nodiscard]] qint64 leftOf(qint64 rightLine) const;
};

/// Of each log; it bounds the memory: about 50 bytes a line at most.
constexpr qint64 DiffMostLines = 2'000'000;

/// Compares two logs as far as the given ends. Blocks on the files, for a worker; once `stop` is true it ends soon and
/// what it gives means nothing. Error: `read_failed`.
[[nodiscard]] Result<LogDiff> diffLogs(const LogFile &left, qint64 leftEnd, const LogFile &right, qint64 rightEnd,
    const DiffOptions &options, const std::atomic_bool &stop);

/// The same for lines that are numbers already (equal: the same line). Pure.
[[nodiscard]] LogDiff diffLines(
    const std::vector<quint64> &left, const std::vector<quint64> &right, const std::atomic_bool &stop);

} // namespace society::log
