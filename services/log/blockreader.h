// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/logfile.h"
#include "services/log/pagebuffer.h"

#include <QByteArrayView>

namespace society::log {

/// Reads a file block by block into a buffer whose address is congruent to the file offset modulo the page size: the
/// kernel copies whole pages then, which halves its time. One thread.
class BlockReader {
public:
    static constexpr qint64 BlockBytes = qint64(1) << 20;

    BlockReader();

    /// The bytes from `offset` to the end of its block, or to `end` or the file's end where that comes first; empty at
    /// the end. Valid until the next call. Error: `read_failed`.
    [[nodiscard]] Result<QByteArrayView> at(const LogFile &file, qint64 offset, qint64 end);

private:
    PageBuffer m_pages;
};

} // namespace society::log
