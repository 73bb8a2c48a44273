// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/files.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace society::keeper {

/// Follows a growing file in small blocks and hands on its lines. A line of any length is seen: a long one in pieces
/// that overlap, so that a text of up to `overlap` bytes is never cut in every piece.
class LogReader {
public:
    static constexpr std::size_t pieceLimit = 8192;
    static constexpr std::size_t overlap = 1000;

    /// A line or a piece of one, without its newline; `start`: it begins the line.
    using OnLine = std::function<void(std::string_view text, bool start)>;

    /// Opens the file; false while there is none.
    bool open(int folder, const std::string &name);
    /// Starts at the end of what is there now, as if it had been read.
    void skip();
    /// Reads on, `most` bytes at a time; true where there is more to read now.
    bool read(std::size_t most, const OnLine &onLine);
    /// Bytes read so far, and bytes there are now.
    [[nodiscard]] off_t offset() const { return m_offset; }
    [[nodiscard]] off_t size() const;
    /// Hands on the last line where it has no newline.
    void finish(const OnLine &onLine);

private:
    void take(std::string_view block, const OnLine &onLine);
    void endLine(std::string_view rest, const OnLine &onLine);

    Fd m_fd;
    off_t m_offset = 0;
    std::string m_line; ///< what is there of the line that has not ended
    bool m_start = true;
};

} // namespace society::keeper
