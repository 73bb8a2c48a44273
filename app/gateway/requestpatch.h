// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace society::gateway {

/// A JSON object's text with one member set to `value` (JSON too) and every other byte as it was, so that a provider
/// gets what the client wrote: number forms, nulls and the order of members are kept. The member is replaced where it
/// stands, or put first. `object` must be valid JSON whose outermost value is an object. Pure; any thread.
[[nodiscard]] std::string withMember(std::string_view object, std::string_view name, std::string_view value);

} // namespace society::gateway
