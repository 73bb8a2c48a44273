// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// What a traced program does to files, one record after the other in the trace: this head, the path, then `second`
/// (of a rename) or the data written. Numbers as the machine has them.
namespace society::test::trace {

enum class Op : std::uint32_t { Open, Write, Truncate, Sync, Rename, Unlink, MakeFolder };

struct Head {
    Op op = Op::Open;
    std::uint32_t pathSize = 0;
    std::uint64_t dataSize = 0;
    std::uint64_t offset = 0; ///< of a write; the new size of a truncation; 1: an open that empties the file
    std::int32_t pid = 0;
};

} // namespace society::test::trace
