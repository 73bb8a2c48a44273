// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/status.h"

#include <array>
#include <cstdio>

namespace society::keeper {

namespace {

/// Length of the UTF-8 character that the text begins with; 0 where it is none.
std::size_t characterLength(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    if (length == 0 || text.size() < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U)
            return 0;
    }
    const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool surrogate = first == 0xED && byte(1) >= 0xA0;
    const bool beyond = first == 0xF4 && byte(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

std::string time(std::optional<Millis> wall)
{
    return wall ? quoted(toIso(*wall)) : "\"\"";
}

std::string number(std::optional<int> value)
{
    return value ? std::to_string(*value) : "null";
}

std::string process(const procfs::ProcessId &id)
{
    return "\"pid\": " + std::to_string(id.pid) + ", \"start_ticks\": " + std::to_string(id.startTicks);
}

template <class Item, class Write>
std::string list(const std::vector<Item> &items, Write write)
{
    std::string text = "[";
    for (const Item &item : items) {
        text += text.size() > 1 ? ", {" : "{";
        text += write(item) + "}";
    }
    return text + "]";
}

} // namespace

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    while (!text.empty()) {
        const std::size_t length = characterLength(text);
        const char first = text.front();
        if (length == 0) {
            result += "\xEF\xBF\xBD";
        } else if (first == '"' || first == '\\') {
            result += '\\';
            result += first;
        } else if (static_cast<unsigned char>(first) < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(first));
            result += escape;
        } else {
            result += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return result + "\"";
}

std::string Status::toJson() const
{
    std::string text = "{\"schema\": 1, \"id\": " + quoted(id);
    text += ",\n \"phase\": " + quoted(phases.empty() ? std::string() : phases.back().name);
    text += ", \"outcome\": " + quoted(outcome) + ", \"reason_code\": " + quoted(reasonCode);
    text += ", \"reason\": " + quoted(reason);
    text += ",\n \"keeper\": {" + process(keeper) + "}, \"guard\": {" + process(guard) + "}";
    text += ", \"runner\": {" + process(runner);
    text += ", \"session\": " + std::to_string(runner.pid) + "}"; // setsid makes it so
    text += ",\n \"companions\": " + list(companions, [](const Companion &companion) {
        return "\"name\": " + quoted(companion.name) + ", " + process(companion.id) +
               ", \"port\": " + std::to_string(companion.port);
    });
    text += ",\n \"boot_id\": " + quoted(bootId) + ", \"created_at\": " + time(createdAt);
    text += ", \"started_at\": " + time(startedAt) + ", \"ended_at\": " + time(endedAt);
    text += ", \"heartbeat_at\": " + time(heartbeatAt);
    text += ",\n \"run_ms\": " + std::to_string(runMs) + ", \"suspended_ms\": " + std::to_string(suspendedMs);
    text += ", \"exit_code\": " + number(exitCode) + ", \"signal\": " + number(signal);
    text += ",\n \"last_error\": " + quoted(lastError) + ",\n \"stop\": ";
    text += !stop
                ? "null"
                : "{\"requested_at\": " + time(stop->requestedAt) + ", \"reason\": " + quoted(stop->reason) +
                      ", \"grace_ms\": " + std::to_string(stop->graceMs) + ", \"kill_at\": " + time(stop->killAt) + "}";
    text += ",\n \"phases\": " + list(phases, [](const Phase &phase) {
        return "\"name\": " + quoted(phase.name) + ", \"at\": " + time(phase.at);
    });
    text += ",\n \"warnings\": " + list(warnings, [](const Warning &warning) {
        return "\"code\": " + quoted(warning.code) + ", \"at\": " + time(warning.at) +
               ", \"until\": " + time(warning.until) + ", \"detail\": " + quoted(warning.detail);
    });
    return text + "}\n";
}

} // namespace society::keeper
