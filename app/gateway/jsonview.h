// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace society::gateway {

/// A value where it stands in JSON text: the text is looked through once to see that it is valid, then only what is
/// asked for is read, and nothing is copied. Refers to the text, which must outlive it. Pure; any thread.
class JsonView {
public:
    /// No value: what is not there.
    JsonView() = default;
    /// The text's value; none where it is no JSON (nor UTF-8), holds a number beyond a double, or where arrays and
    /// objects lie more than `deepest` within one another. A byte order mark before it and whatever follows a zero
    /// byte are passed over. Takes exactly what nlohmann::json::parse() takes.
    [[nodiscard]] static JsonView read(std::string_view text, std::size_t deepest = std::string_view::npos);
    /// The value that valid JSON text begins with, a blank or none before it.
    [[nodiscard]] static JsonView ofValid(std::string_view text);

    [[nodiscard]] explicit operator bool() const { return !m_text.empty(); }
    /// As it is written.
    [[nodiscard]] std::string_view text() const { return m_text; }

    [[nodiscard]] bool isObject() const { return m_text.starts_with('{'); }
    [[nodiscard]] bool isArray() const { return m_text.starts_with('['); }
    [[nodiscard]] bool isString() const { return m_text.starts_with('"'); }
    [[nodiscard]] bool isNumber() const;
    [[nodiscard]] bool isTrue() const { return m_text == "true"; }
    [[nodiscard]] bool isNull() const { return m_text == "null"; }

    /// What a string says; empty for anything else.
    [[nodiscard]] std::string string() const;
    /// Code points of what a string says; 0 for anything else.
    [[nodiscard]] std::int64_t codePoints() const;
    /// A number; 0 for anything else.
    [[nodiscard]] double number() const;
    /// Whether this, a string, says that, which needs no escapes.
    [[nodiscard]] bool says(std::string_view text) const;

    /// An object's members of these names, each none where it has no such one; of several of a name the last one.
    template <std::size_t N>
    [[nodiscard]] std::array<JsonView, N> members(const std::array<std::string_view, N> &names) const
    {
        std::array<JsonView, N> found;
        eachMember([&](const JsonView &name, const JsonView &value) {
            for (std::size_t i = 0; i < N; ++i) {
                if (name.says(names[i]))
                    found[i] = value;
            }
        });
        return found;
    }
    [[nodiscard]] JsonView member(std::string_view name) const { return members<1>({name})[0]; }

    /// Calls take(name, value) for each member of an object, in the text's order.
    template <class Take>
    void eachMember(Take take) const
    {
        for (JsonView name = isObject() ? valueFrom(1) : JsonView(); name;) {
            const JsonView value = valueFrom(behind(name));
            take(name, value);
            name = valueFrom(behind(value));
        }
    }

    /// Calls take(item) for each item of an array.
    template <class Take>
    void eachItem(Take take) const
    {
        for (JsonView item = isArray() ? valueFrom(1) : JsonView(); item; item = valueFrom(behind(item)))
            take(item);
    }

private:
    explicit JsonView(std::string_view text)
        : m_text(text)
    {
    }

    /// The next value in this object or array from there on; none: it ends.
    [[nodiscard]] JsonView valueFrom(std::size_t at) const;
    [[nodiscard]] std::size_t behind(const JsonView &part) const
    {
        return static_cast<std::size_t>(part.m_text.data() + part.m_text.size() - m_text.data());
    }

    std::string_view m_text;
};

} // namespace society::gateway
