// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/failuresigns.h"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

/// Text of AgentSociety's that has one meaning. The first group of the pattern, if any, is the parameter.
struct Sign {
    const char *pattern;
    const char *code;
    const char *parameter;
    const char *phases; // where it means this; empty: anywhere
};

// In this order: what is certain wherever it stands comes before what is a guess from a few words.
constexpr Sign kSigns[] = {
    {"database or disk is full|No space left on device|\\[Errno 28\\]", "disk_full", "", ""},
    {"database is locked", "database_locked", "", ""},
    // The runner asks nobody but its city by gRPC; the error's last line is a bracket.
    {"AioRpcError of RPC that terminated", "simulator_gone", "", ""},
    {"Cannot allocate memory|^MemoryError", "out_of_memory", "", ""},
    {"Too many open files|\\[Errno 24\\]", "too_many_files", "", ""},
    // It opens a journal for each transaction: without a file handle, or without its folder, that is all it says.
    {"unable to open database file", "database_unopened", "", ""},
    {"Error code: 40[13]\\b|AuthenticationError|PermissionDeniedError", "llm_key_refused", "", ""},
    {"Error code: 429\\b|RateLimitError", "llm_rate_limited", "", ""},
    {"Error code: (\\d{3})\\b", "llm_failed", "status", ""},
    {"APIConnectionError|APITimeoutError|openai\\.APIConnection|^Connection error\\.?$|^Request timed out\\.?$",
        "llm_unreachable", "", ""},
    {"Failed to get response from LLM|No content in response", "llm_failed", "", ""},
    {"Could not load model Qdrant/bm25", "word_list_missing", "", ""},
    {"\\[Errno 13\\] Permission denied: .*agentsociety-sim-oss|\\[Errno 8\\] Exec format error.*agentsociety-sim-oss",
        "simulator_not_executable", "", ""},
    {"HTTPSConnectionPool\\(host=|Download failed for agentsociety-sim-oss|agentsociety-sim-oss: Unsupported",
        "simulator_missing", "", "environment"},
    {"No such file or directory: .*\\.pb'?\\s*$", "map_missing", "", ""},
    {"No such file or directory: '?([^']*\\.jsonl?)'?", "profile_file_missing", "file", ""},
    {"Error parsing message", "map_unreadable", "", "environment"},
    {"^(IndexError: )?list index out of range$", "map_no_areas", "", "environment agents"},
    {"Unsupported file type\\. Only \\.json", "profile_file_type", "", ""},
    {"Number of agents is greater than the number of entries", "profile_too_few", "", ""},
    {"No attribute `position` in memories", "position_missing", "", ""},
    {"`n` must >=1!", "ticks_zero", "", ""},
    {"must be provided for (\\w+) distribution", "distribution_incomplete", "distribution", ""},
    {"Supervisor not set", "supervisor_missing", "", ""},
    {"'str' object has no attribute 'StatusAttributes'", "institution_class", "", ""},
    {"^(KeyError: )?'(?:employees|demand|citizens|skill)'$", "institution_month", "", "workflow"},
    {"^(?:KeyError: )?'?(\\d{1,9})'?$", "target_unknown", "agent", "workflow"},
    {"(\\d+) validation errors? for", "config_rejected", "count", ""},
    {"Failed to parse (?:JSON|YAML)|Unsupported config file format|Config file .* does not exist", "config_unreadable",
        "", ""},
    {"^KeyError: '(.+)'$", "class_unknown", "name", "runner"},
    {"Unknown level: '(.+)'", "logging_level", "name", ""},
    {"\\[Errno 30\\]|NotADirectoryError|\\[Errno 20\\]", "home_not_writable", "", ""},
    {"The current node timed out during startup", "ray_timeout", "", ""},
    {"validate_socket_filename failed", "ray_folder_too_long", "", ""},
    {"ray\\.exceptions|RaySystemError|ActorDiedError|RayActorError", "ray_failed", "", ""},
    {"No module named '([^']+)'", "module_missing", "name", ""},
};

/// Without AgentSociety's own beginning of such a line.
QString bare(const QString &line)
{
    static const QRegularExpression begin(
        u"^(?:\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} - agentsociety - \\w+ - )?(?:(?:Init|Simulation) error: )?"_s);
    QString text = line.trimmed();
    return text.remove(begin).trimmed();
}

bool fitsPhase(const Sign &sign, const QString &phase)
{
    return *sign.phases == '\0' || phase.isEmpty() || QString::fromLatin1(sign.phases).split(u' ').contains(phase);
}

} // namespace

QString causeOf(const QString &text)
{
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    const auto last =
        std::find_if(lines.rbegin(), lines.rend(), [](const QString &line) { return !line.trimmed().isEmpty(); });
    return last == lines.rend() ? QString() : bare(*last);
}

std::optional<Failure> recognise(const QString &text, const QString &phase)
{
    const QString whole = bare(text);
    const QString cause = causeOf(text);
    if (cause.isEmpty())
        return std::nullopt;
    for (const Sign &sign : kSigns) {
        if (!fitsPhase(sign, phase))
            continue;
        const QRegularExpression pattern(QString::fromUtf8(sign.pattern));
        QRegularExpressionMatch match = pattern.match(cause);
        if (!match.hasMatch())
            match = pattern.match(whole);
        if (!match.hasMatch())
            continue;
        Failure failure{QString::fromLatin1(sign.code), {}};
        if (*sign.parameter != '\0' && !match.captured(1).isEmpty())
            failure.parameters.insert(QString::fromLatin1(sign.parameter), match.captured(1).left(LongestDetail));
        return failure;
    }
    return std::nullopt;
}

} // namespace society::agentsociety
