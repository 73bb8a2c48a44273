// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Values written and read as Python does. Pure functions; any thread.
namespace society::gateway::practice {

using Json = nlohmann::ordered_json;

/// `json.dumps(value, ensure_ascii=False)`: ", " and ": " as separators, floats with their shortest digits.
[[nodiscard]] std::string dumped(const Json &value);

/// `repr(float)`: "0.8", "1.0", "1e-05".
[[nodiscard]] std::string pythonFloat(double value);

/// The items of a Python list of texts and numbers as `str` gives them; none where the text is no such list.
[[nodiscard]] std::vector<std::string> listItems(std::string_view literal);

} // namespace society::gateway::practice
