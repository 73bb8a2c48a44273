// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace society::keeper {

/// A failure as a value: a stable word of docs/run-directory.md, and the system's words; never a secret.
struct Trouble {
    std::string code;
    std::string words;
};

/// A value or a Trouble.
template <class T = void>
using Maybe = tl::expected<T, Trouble>;

[[nodiscard]] inline tl::unexpected<Trouble> trouble(std::string code, std::string words)
{
    return tl::unexpected<Trouble>(Trouble{std::move(code), std::move(words)});
}

} // namespace society::keeper
