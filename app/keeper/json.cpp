// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/json.h"

#include "services/executor/removable.h"

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>

namespace society::keeper {

namespace {

using Json = nlohmann::json;

constexpr Millis longest = Millis(366) * 24 * 3600 * 1000; // a year: larger figures are slips of the pen

/// Thrown inside this file only; the field's name.
struct Bad {
    std::string field;
};

const Json &member(const Json &object, const char *name)
{
    static const Json none;
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

std::string text(const Json &object, const char *name, const std::string &field, const char *fallback = nullptr)
{
    const Json &value = member(object, name);
    if (value.is_null() && fallback)
        return fallback;
    if (!value.is_string() || value.get_ref<const std::string &>().find('\0') != std::string::npos)
        throw Bad{field};
    return value.get<std::string>();
}

Millis millis(const Json &object, const char *name, const std::string &field, Millis fallback)
{
    const Json &value = member(object, name);
    if (value.is_null())
        return fallback;
    if (!value.is_number_integer() || value.get<Millis>() < 0 || value.get<Millis>() > longest)
        throw Bad{field};
    return value.get<Millis>();
}

const Json &object(const Json &parent, const char *name, const std::string &field)
{
    static const Json none = Json::object();
    const Json &value = member(parent, name);
    if (value.is_null())
        return none;
    if (!value.is_object())
        throw Bad{field};
    return value;
}

const Json &array(const Json &parent, const char *name, const std::string &field)
{
    static const Json none = Json::array();
    const Json &value = member(parent, name);
    if (value.is_null())
        return none;
    if (!value.is_array() || value.size() > 1000)
        throw Bad{field};
    return value;
}

std::vector<std::string> texts(const Json &parent, const char *name, const std::string &field)
{
    std::vector<std::string> result;
    for (const Json &value : array(parent, name, field)) {
        if (!value.is_string() || value.get_ref<const std::string &>().find('\0') != std::string::npos)
            throw Bad{field};
        result.push_back(value.get<std::string>());
    }
    return result;
}

std::vector<std::string> command(const Json &parent, const std::string &field)
{
    std::vector<std::string> argv = texts(parent, "argv", field + ".argv");
    if (argv.empty() || argv.front().empty() || argv.front().front() != '/')
        throw Bad{field + ".argv"};
    return argv;
}

/// A file of the run directory: a name that does not lead out of it.
void checkInside(const std::string &name, const std::string &field)
{
    if (name.empty() || name.front() == '/' || ("/" + name + "/").find("/../") != std::string::npos)
        throw Bad{field};
}

void readRunner(const Json &root, Launch &launch)
{
    const Json &runner = object(root, "runner", "runner");
    launch.argv = command(runner, "runner");
    launch.cwd = text(runner, "cwd", "runner.cwd");
    if (launch.cwd.empty() || launch.cwd.front() != '/')
        throw Bad{"runner.cwd"};
    for (const auto &[name, value] : object(runner, "env", "runner.env").items()) {
        if (!value.is_string() || name.empty() || name.find('=') != std::string::npos)
            throw Bad{"runner.env." + name};
        launch.environment.push_back(name + "=" + value.get<std::string>());
        if (launch.environment.back().find('\0') != std::string::npos)
            throw Bad{"runner.env." + name};
    }
}

void readCompanions(const Json &root, Launch &launch)
{
    for (const Json &value : array(root, "companions", "companions")) {
        const std::string field = "companions." + std::to_string(launch.companions.size());
        CompanionLaunch companion;
        companion.name = text(value, "name", field + ".name");
        companion.argv = command(value, field);
        companion.readyMs = millis(value, "ready_ms", field + ".ready_ms", companion.readyMs);
        const bool twice = std::any_of(launch.companions.begin(), launch.companions.end(),
            [&](const CompanionLaunch &other) { return other.name == companion.name; });
        if (companion.name.empty() || twice)
            throw Bad{field + ".name"};
        launch.companions.push_back(std::move(companion));
    }
}

void readStop(const Json &root, Launch &launch)
{
    const Json &stop = object(root, "stop", "stop");
    const std::string signal = text(stop, "signal", "stop.signal", "TERM");
    if (signal != "INT" && signal != "TERM")
        throw Bad{"stop.signal"};
    launch.stopSignal = signal == "INT" ? SIGINT : SIGTERM;
    launch.graceMs = millis(stop, "grace_ms", "stop.grace_ms", launch.graceMs);
}

void readPhases(const Json &root, Launch &launch)
{
    std::size_t index = 0;
    for (const Json &value : array(root, "phases", "phases")) {
        const std::string field = "phases." + std::to_string(index++);
        PhaseLaunch phase{text(value, "name", field + ".name"), text(value, "line", field + ".line", ""),
            millis(value, "silent_ms", field + ".silent_ms", 0)};
        if (phase.name.empty() || phase.line.find('\n') != std::string::npos || phase.line.size() > 1000)
            throw Bad{field};
        if (!phase.line.empty())
            launch.phases.push_back(std::move(phase));
        else if (phase.name == "runner")
            launch.runnerSilentMs = phase.silentMs;
    }
}

void readWatch(const Json &root, Launch &launch)
{
    for (const Json &value : array(root, "alarms", "alarms")) {
        const std::string field = "alarms." + std::to_string(launch.alarms.size());
        AlarmLaunch alarm{text(value, "code", field + ".code"), text(value, "line", field + ".line")};
        if (alarm.code.empty() || alarm.line.empty() || alarm.line.size() > 1000)
            throw Bad{field};
        launch.alarms.push_back(std::move(alarm));
    }
    const Json &watch = object(root, "watch", "watch");
    launch.database = text(watch, "database", "watch.database", "");
    launch.simulator = text(watch, "simulator", "watch.simulator", "");
    launch.simulatorUntil = text(watch, "simulator_until", "watch.simulator_until", "");
    for (const auto &[code, value] : object(root, "policy", "policy").items()) {
        if (value != "end" && value != "warn")
            throw Bad{"policy." + code};
        launch.endsRun[code] = value == "end";
    }
}

void readRest(const Json &root, Launch &launch)
{
    launch.fill = texts(root, "fill", "fill");
    for (const std::string &name : launch.fill)
        checkInside(name, "fill");
    const Json &turn = object(root, "turn", "turn");
    launch.turnLock = text(turn, "lock", "turn.lock", "");
    launch.turnUntilPhase = text(turn, "until_phase", "turn.until_phase", "");
    if (!launch.turnLock.empty() && launch.turnLock.front() != '/')
        throw Bad{"turn.lock"};
    launch.removeAfter = texts(root, "remove_after", "remove_after");
    for (const std::string &path : launch.removeAfter)
        if (!procfs::isRemovablePath(path))
            throw Bad{"remove_after"};
}

Json parse(std::string_view text)
{
    return Json::parse(text, nullptr, false);
}

} // namespace

Maybe<Launch> parseLaunch(std::string_view source)
{
    const Json root = parse(source);
    if (!root.is_object())
        return trouble("launch", "launch.json is not a JSON object");
    try {
        if (millis(root, "schema", "schema", 0) != 1)
            return trouble(
                "launch", "launch.json has a schema that this keeper does not know: it is for another version");
        Launch launch;
        launch.id = text(root, "id", "id");
        readRunner(root, launch);
        readCompanions(root, launch);
        readStop(root, launch);
        readPhases(root, launch);
        readWatch(root, launch);
        readRest(root, launch);
        return launch;
    } catch (const Bad &bad) {
        return trouble("launch", "launch.json: field " + bad.field + " is missing or not usable");
    } catch (const Json::exception &) {
        return trouble("launch", "launch.json: a list holds something that is not an object");
    }
}

Maybe<Secrets> parseSecrets(std::string_view source, const Launch &launch, const std::string &token)
{
    // Nothing at all is what a starter leaves that died: its run must not begin without its keys.
    const Json root = parse(source);
    if (!root.is_object())
        return trouble("launch", "standard input is not one JSON object");
    Secrets secrets;
    for (const CompanionLaunch &companion : launch.companions) {
        Json own = root.value(companion.name, Json::object());
        if (!own.is_object())
            return trouble("launch", "standard input: what is for " + companion.name + " is not an object");
        own["token"] = token;
        secrets[companion.name] = own.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    return secrets;
}

Maybe<std::string> parseOutcome(std::string_view source)
{
    const Json root = parse(source);
    if (!root.is_object())
        return trouble("launch", "status.json is not a JSON object");
    const Json &outcome = member(root, "outcome");
    return outcome.is_string() ? outcome.get<std::string>() : std::string();
}

StopFile parseStop(std::string_view source)
{
    StopFile stop{"user", std::nullopt};
    const Json root = parse(source);
    if (!root.is_object())
        return stop;
    if (member(root, "reason") == "budget")
        stop.reason = "budget";
    const Json &grace = member(root, "grace_ms");
    if (grace.is_number_integer() && grace.get<Millis>() >= 0 && grace.get<Millis>() <= longest)
        stop.graceMs = grace.get<Millis>();
    return stop;
}

std::optional<CompanionLine> parseCompanionLine(std::string_view source)
{
    const Json root = parse(source);
    if (!root.is_object())
        return std::nullopt;
    CompanionLine line;
    line.ready = member(root, "ready") == true;
    const Json &port = member(root, "port");
    if (port.is_number_integer() && port.get<Millis>() > 0 && port.get<Millis>() < 65536)
        line.port = port.get<int>();
    const Json &event = member(root, "event");
    if (event.is_string())
        line.event = event.get<std::string>();
    const Json &detail = member(root, "detail");
    if (detail.is_string())
        line.detail = detail.get<std::string>();
    line.failed = member(root, "ready") == false;
    if (!line.ready && !line.failed && line.event.empty())
        return std::nullopt;
    return line;
}

} // namespace society::keeper
