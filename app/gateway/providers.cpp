// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/providers.h"

#include <algorithm>
#include <array>
#include <curl/curl.h>
#include <memory>
#include <nlohmann/json.hpp>

namespace society::gateway {

namespace {

/// What AgentSociety itself uses for each name; its vllm without an address means OpenAI's.
constexpr std::array<Provider, 9> kProviders{{
    {"openai", "https://api.openai.com/v1", false},
    {"deepseek", "https://api.deepseek.com/v1", false},
    {"qwen", "https://dashscope.aliyuncs.com/compatible-mode/v1", false},
    {"zhipuai", "https://open.bigmodel.cn/api/paas/v4", false},
    {"siliconflow", "https://api.siliconflow.cn/v1", false},
    {"volcengine", "https://ark.cn-beijing.volces.com/api/v3", false},
    {"vllm", "https://api.openai.com/v1", true},
    {"custom", "", true},
    {kPractice, "", false},
}};

struct Freed {
    void operator()(CURLU *url) const { curl_url_cleanup(url); }
    void operator()(char *text) const { curl_free(text); }
};

std::string partOf(const std::string &url, CURLUPart part)
{
    const std::unique_ptr<CURLU, Freed> parsed(curl_url());
    if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        return {};
    char *text = nullptr;
    if (curl_url_get(parsed.get(), part, &text, 0) != CURLUE_OK)
        return {};
    const std::unique_ptr<char, Freed> owner(text);
    return text;
}

} // namespace

std::span<const Provider> providers()
{
    return kProviders;
}

std::string providersJson()
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Provider &provider : kProviders)
        list.push_back(
            {{"name", provider.name}, {"base_url", provider.baseUrl}, {"takes_base_url", provider.takesBaseUrl}});
    return nlohmann::ordered_json{{"providers", list}}.dump();
}

tl::expected<std::string, std::string> endpointOf(std::string_view provider, std::string_view baseUrl)
{
    const auto known = std::ranges::find(kProviders, provider, &Provider::name);
    if (known == kProviders.end())
        return tl::unexpected("unknown provider " + std::string(provider));
    if (!known->takesBaseUrl && !baseUrl.empty())
        return tl::unexpected("base_url is not supported for " + std::string(provider));
    std::string root(baseUrl.empty() ? known->baseUrl : baseUrl);
    while (root.ends_with('/'))
        root.pop_back();
    if (provider == kPractice)
        return std::string();
    if (root.empty())
        return tl::unexpected("base_url is missing for " + std::string(provider));
    const std::string scheme = partOf(root, CURLUPART_SCHEME);
    if ((scheme != "http" && scheme != "https") || hostOf(root).empty())
        return tl::unexpected(std::string("base_url is no http or https address"));
    return root;
}

std::string hostOf(const std::string &url)
{
    return partOf(url, CURLUPART_HOST);
}

bool isLoopback(const std::string &url)
{
    std::string host = hostOf(url);
    std::ranges::transform(
        host, host.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (host.ends_with('.'))
        host.pop_back();
    return host == "localhost" || host.ends_with(".localhost") || host == "[::1]" ||
           (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos);
}

} // namespace society::gateway
