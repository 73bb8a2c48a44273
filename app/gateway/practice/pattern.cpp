// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/pattern.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace society::gateway::practice {

namespace {

/// Python's white space. PCRE2's \s knows neither the four separators from U+001C nor the same Unicode blanks.
constexpr std::string_view kSpace =
    R"([\t-\r\x1c- \x85\xa0\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}])";

struct Freed {
    void operator()(pcre2_code *code) const { pcre2_code_free(code); }
    void operator()(pcre2_match_data *data) const { pcre2_match_data_free(data); }
    void operator()(pcre2_compile_context *context) const { pcre2_compile_context_free(context); }
};

struct Compiled {
    std::unique_ptr<pcre2_code, Freed> code;
    std::unique_ptr<pcre2_match_data, Freed> data;
};

PCRE2_SPTR bytes(std::string_view text)
{
    return reinterpret_cast<PCRE2_SPTR>(text.data() == nullptr ? "" : text.data());
}

Compiled compile(std::string_view pattern)
{
    std::string text;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern.substr(at, 2) == R"(\s)") {
            text.append(kSpace);
            ++at;
        } else if (pattern[at] == '\\') {
            text.append(pattern.substr(at, 2));
            ++at;
        } else {
            text.push_back(pattern[at]);
        }
    }
    const std::unique_ptr<pcre2_compile_context, Freed> context(pcre2_compile_context_create(nullptr));
    pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF); // `.` takes all but \n, as in Python
    int error = 0;
    PCRE2_SIZE offset = 0;
    Compiled compiled;
    compiled.code.reset(pcre2_compile(bytes(text), text.size(), PCRE2_UTF | PCRE2_UCP, &error, &offset, context.get()));
    if (!compiled.code) {
        std::fprintf(stderr, "gateway: pattern does not compile at %zu: %s\n", offset, text.c_str());
        std::abort();
    }
    pcre2_jit_compile(compiled.code.get(), PCRE2_JIT_COMPLETE); // where there is no JIT, the interpreter does it
    compiled.data.reset(pcre2_match_data_create_from_pattern(compiled.code.get(), nullptr));
    return compiled;
}

Compiled &compiledOf(std::string_view pattern)
{
    thread_local std::map<std::string, Compiled, std::less<>> known;
    const auto found = known.find(pattern);
    return found != known.end() ? found->second : known.emplace(pattern, compile(pattern)).first->second;
}

/// The match at or after `from`; where the JIT's small stack does not do, the interpreter tries again.
std::optional<Match> matchFrom(Compiled &compiled, std::string_view text, std::size_t from, std::uint32_t options)
{
    const std::uint32_t all = options | PCRE2_NO_UTF_CHECK;
    pcre2_match_data *data = compiled.data.get();
    int count = pcre2_match(compiled.code.get(), bytes(text), text.size(), from, all, data, nullptr);
    if (count == PCRE2_ERROR_JIT_STACKLIMIT)
        count = pcre2_match(compiled.code.get(), bytes(text), text.size(), from, all | PCRE2_NO_JIT, data, nullptr);
    if (count <= 0)
        return std::nullopt;
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
    Match match(pcre2_get_ovector_count(data));
    for (std::size_t group = 0; group < static_cast<std::size_t>(count); ++group) {
        if (ends[2 * group] != PCRE2_UNSET)
            match[group] = text.substr(ends[2 * group], ends[2 * group + 1] - ends[2 * group]);
    }
    return match;
}

} // namespace

std::optional<Match> search(std::string_view pattern, std::string_view text)
{
    return matchFrom(compiledOf(pattern), text, 0, 0);
}

std::vector<Match> findAll(std::string_view pattern, std::string_view text)
{
    std::vector<Match> found;
    Compiled &compiled = compiledOf(pattern);
    std::size_t from = 0;
    while (from < text.size()) {
        std::optional<Match> match = matchFrom(compiled, text, from, PCRE2_NOTEMPTY);
        if (!match)
            break;
        from = static_cast<std::size_t>((*match)[0].data() - text.data()) + (*match)[0].size();
        found.push_back(std::move(*match));
    }
    return found;
}

bool matches(std::string_view pattern, std::string_view text)
{
    return search(pattern, text).has_value();
}

} // namespace society::gateway::practice
