// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/endpointtest.h"

#include "app/gateway/providers.h"
#include "app/gateway/settings.h"
#include "app/gateway/upstream.h"

#include <nlohmann/json.hpp>

namespace society::gateway {

namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kMostModels = 2000;
constexpr std::size_t kLongestName = 300;

std::string verdict(int status, const Json &models, std::string_view code, std::string_view detail)
{
    return Json{{"ok", code.empty()}, {"status", status}, {"models", models}, {"code", code}, {"detail", detail}}.dump(
        -1, ' ', false, Json::error_handler_t::replace);
}

std::string textOf(const Json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The names in a list of models, OpenAI's form or a bare list; nothing where it is neither. Decoded, so that a key
/// that is repeated in an escaped form is found too.
Json modelNames(const std::string &body, std::string_view key)
{
    const Json answer = Json::parse(body, nullptr, false);
    const Json data = answer.is_object() && answer.contains("data") ? answer.at("data") : answer;
    if (!data.is_array())
        return nullptr;
    Json names = Json::array();
    for (const Json &model : data) {
        const std::string name = withoutKey(model.is_object() ? textOf(model, "id") : std::string(), key);
        if (!name.empty() && name.size() <= kLongestName && names.size() < kMostModels)
            names.push_back(name);
    }
    return names;
}

std::string verdictOf(const Reply &reply, const std::string &host, std::string_view key)
{
    const std::string said = host + " answered " + std::to_string(reply.status);
    if (reply.failure == Failure::Unreachable || reply.failure == Failure::Timeout)
        return verdict(reply.status, Json::array(), "llm_unreachable", withoutKey(host + ": " + reply.words, key));
    if (reply.status == 401 || reply.status == 403)
        return verdict(reply.status, Json::array(), "llm_key_refused", said);
    if (reply.status == 404)
        return verdict(reply.status, Json::array(), "llm_not_found", said);
    if (reply.failure != Failure::None)
        return verdict(reply.status, Json::array(), "llm_error", withoutKey(host + ": " + reply.words, key));
    if (reply.status != 200)
        return verdict(reply.status, Json::array(), "llm_error", said);
    const Json names = modelNames(reply.body, key);
    if (names.is_null())
        return verdict(reply.status, Json::array(), "llm_error", host + " gave no list of models");
    return verdict(reply.status, names, "", "");
}

} // namespace

std::string testEndpoint(std::string_view requestJson, std::chrono::milliseconds deadline)
{
    const Json request = Json::parse(requestJson, nullptr, false);
    if (!request.is_object())
        return verdict(0, Json::array(), "llm_error", "the request is no JSON object");
    const auto endpoint = endpointOf(textOf(request, "provider"), textOf(request, "base_url"));
    if (!endpoint)
        return verdict(0, Json::array(), "llm_error", endpoint.error());
    if (endpoint->empty())
        return verdict(200, Json::array({kPractice}), "", "");
    const std::string key = textOf(request, "key");
    if (key.find_first_of("\r\n") != std::string::npos)
        return verdict(0, Json::array(), "llm_error", "the key holds a line break");
    return verdictOf(fetch({*endpoint + "/models", false, {}, key, deadline, deadline}), hostOf(*endpoint), key);
}

} // namespace society::gateway
