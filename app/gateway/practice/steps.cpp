// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/pattern.h"
#include "app/gateway/practice/replies.h"
#include "app/gateway/practice/text.h"
#include "app/gateway/practice/words.h"

#include <algorithm>

namespace society::gateway::practice {

namespace {

/// A member of an object; an empty object where it is missing or no object: schemas come from outside.
const Json &objectIn(const Json &value, const char *key)
{
    static const Json empty = Json::object();
    if (!value.is_object())
        return empty;
    const auto found = value.find(key);
    return found != value.end() && found->is_object() ? *found : empty;
}

Json memberOf(const Json &value, const char *key)
{
    const auto found = value.find(key);
    return found != value.end() ? *found : Json();
}

bool isFilledList(const Json &value)
{
    return value.is_array() && !value.empty();
}

/// The smallest value that a property's schema allows.
Json sample(const Json &schema)
{
    const Json values = memberOf(schema, "enum");
    if (isFilledList(values))
        return values.front();
    Json type = memberOf(schema, "type");
    if (isFilledList(type))
        type = Json(type.front());
    if (type == "object")
        return Json::object();
    if (type == "array")
        return Json::array();
    if (type == "integer" || type == "number")
        return 1;
    if (type == "boolean")
        return true;
    return "enough for now";
}

/// The first block that the intention fits among the offered ones, else the last of them.
Json chosenBlock(const Json &offered, std::string_view task)
{
    const std::string_view words = strip(task);
    for (const Block &block : kBlocks) {
        if (std::ranges::find(offered, Json(block.name)) != offered.end() && matches(block.words, words))
            return block.name;
    }
    return offered.back();
}

/// The tool that `tool_choice` demands, else the last one.
const Json &demandedTool(const Json &request)
{
    const Json &tools = request.at("tools");
    const Json wanted = memberOf(objectIn(objectIn(request, "tool_choice"), "function"), "name");
    const bool anyWanted = wanted.is_string() && !wanted.get_ref<const std::string &>().empty();
    for (const Json &tool : tools) {
        if (anyWanted && memberOf(objectIn(tool, "function"), "name") == wanted)
            return objectIn(tool, "function");
    }
    return objectIn(tools.back(), "function");
}

} // namespace

std::optional<ToolCall> useTool(const Prompt &p)
{
    const Json &tools = p.request().at("tools");
    if (!tools.is_array() || !std::ranges::all_of(tools, [](const Json &tool) { return tool.is_object(); }))
        return std::nullopt;
    const Json &tool = demandedTool(p.request());
    const Json &properties = objectIn(objectIn(tool, "parameters"), "properties");
    const Json names = memberOf(objectIn(properties, "block_name"), "enum");
    Json arguments = Json::object();
    if (isFilledList(names)) {
        std::string task = p.find(R"((?s)Task information:\s*(.*))");
        if (task.empty())
            task = p.last();
        arguments["block_name"] = chosenBlock(names, task);
        arguments["reason"] = p.say(
            "It fits: " + std::string(firstCodePoints(task, 60)), "适合：" + std::string(firstCodePoints(task, 30)));
    } else {
        for (const auto &[name, schema] : properties.items())
            arguments[name] = sample(schema.is_object() ? schema : Json::object());
    }
    return ToolCall{tool.contains("name") ? tool.at("name") : Json("select_block"), std::move(arguments)};
}

Json placeType(Prompt &p)
{
    const std::vector<std::string> offered = p.listed(R"((?s)single selection from (\[.*?\]))");
    const std::string wish = lower(p.find("(?i)requirement: (.*)"));
    const auto offers = [&offered](
                            std::string_view place) { return std::ranges::find(offered, place) != offered.end(); };
    if (offers("workplace") && offers("home")) { // where to go: a known place or "other"
        if (matches(R"(\bwork\b|office|公司|上班)", wish))
            return {{"place_type", "workplace"}};
        for (const std::string &place : offered) {
            if (contains(wish, lower(place)) && !place.empty())
                return {{"place_type", place}};
        }
        return {{"place_type", contains(wish, "家") ? "home" : "other"}};
    }
    for (const PlaceWords &liked : kPlaces) {
        if (!matches(liked.words, wish))
            continue;
        for (const std::string_view place : {liked.best, liked.next, liked.last}) {
            if (!place.empty() && offers(place))
                return {{"place_type", place}};
        }
    }
    return {{"place_type", p.pick("place", offered.empty() ? std::vector<std::string>{"park"} : offered)}};
}

Json radius(Prompt &p)
{
    return {{"radius", 3000 + 1000 * p.number("radius", 8)}};
}

Json timeEstimate(Prompt &p)
{
    std::string action = p.find("(?i)current action: (.*)");
    if (action.empty())
        action = p.last();
    // What AgentSociety always writes for work and for sleep: both come in pieces of two hours.
    if (action == "Don't know")
        return {{"time", 120}};
    if (const auto said = search(R"((\d+)\s*(hour|minute|小时|分钟))", action)) {
        const bool hours = (*said)[2] == "hour" || (*said)[2] == "小时";
        return {{"time", whole(firstCodePoints((*said)[1], 15)) * (hours ? 60 : 1)}};
    }
    return {{"time",
        std::ranges::find_if(kMinutes, [&](const Minutes &entry) { return matches(entry.words, action); })->minutes}};
}

Json transport(Prompt &p)
{
    const double distance = decimal(p.find(R"(Distance[^:]*: ([\d.]+))"), 2000.0);
    if (distance < 1200)
        return {{"transportation_mode", "walk"}};
    return {{"transportation_mode", p.pick("mode", std::array<std::string_view, 2>{"public transport", "car"})}};
}

} // namespace society::gateway::practice
