// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/linematcher.h"
#include "services/log/linetext.h"
#include "services/log/logfile.h"

#include <atomic>

namespace society::log {

/// A part of a line that is too long to be shown at once.
struct LinePart {
    quint64 generation = 0; ///< of the document when it was read
    LogLine line;           ///< its text is that of the part
    qint64 from = 0;        ///< byte of the line that the part begins with
    qint64 bytes = 0;       ///< that the part has
};

/// Where a pattern is in a line, in bytes from its start.
struct LineMatch {
    qint64 first = -1; ///< -1: nowhere
    qint64 length = 0;
};

/// The bytes `from` … `from + bytes - 1` of the line of `lineBytes` bytes at `offset`, both ends moved to the beginning
/// of a character. Error: `read_failed`.
[[nodiscard]] Result<LinePart> readLinePart(
    const LogFile &file, qint64 offset, qint64 lineBytes, qint64 from, qint64 bytes, TextForm form);

/// The first match that begins at or after byte `from` of a line (or, backwards, the last one that begins before it).
/// The line's bytes are looked at as they are, escape sequences included; a match may have 64 KiB. Given up once `stop`
/// is true. Any thread. Errors: `read_failed`, `pattern_too_costly`.
[[nodiscard]] Result<LineMatch> findInLine(const LogFile &file, qint64 offset, qint64 lineBytes,
    const LineMatcher &matcher, qint64 from, bool forward, const std::atomic_bool &stop);

} // namespace society::log
