// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/requestpatch.h"

#include "app/gateway/jsonview.h"

#include <nlohmann/json.hpp>

namespace society::gateway {

std::string withMember(std::string_view object, std::string_view name, std::string_view value)
{
    std::string patched;
    patched.reserve(object.size() + name.size() + value.size() + 8);
    std::size_t copied = 0;
    bool found = false;
    const std::size_t start = object.find('{');
    bool isEmpty = true;
    JsonView::ofValid(object.substr(start)).eachMember([&](const JsonView &its, const JsonView &old) {
        isEmpty = false;
        if (!its.says(name)) // also where the name is written with escapes
            return;
        const auto at = static_cast<std::size_t>(old.text().data() - object.data());
        patched.append(object.substr(copied, at - copied)).append(value);
        copied = at + old.text().size();
        found = true;
    });
    if (!found) {
        patched.append(object.substr(0, start + 1)).append(nlohmann::json(name).dump()).append(": ").append(value);
        patched.append(isEmpty ? "" : ", ");
        copied = start + 1;
    }
    return patched.append(object.substr(copied));
}

} // namespace society::gateway
