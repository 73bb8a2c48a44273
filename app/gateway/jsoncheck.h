// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace society::gateway {

/// Whether a text is one JSON value (RFC 8259) in UTF-8, with no number beyond a double and arrays and objects no more
/// than `deepest` within one another. Needs no stack for what is deep. Pure; any thread.
[[nodiscard]] bool isJson(std::string_view text, std::size_t deepest);

} // namespace society::gateway
