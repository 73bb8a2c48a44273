// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/failure.h"

#include <QRegularExpression>
#include <QStringList>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kDetail = 300; // characters of AgentSociety's own words that are worth showing in a sentence

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

/// The line that names the cause: of a text of many lines (a call that failed in a worker) it is the last.
QString causeOf(const QString &text)
{
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    const auto last =
        std::find_if(lines.rbegin(), lines.rend(), [](const QString &line) { return !line.trimmed().isEmpty(); });
    return last == lines.rend() ? QString() : bare(*last);
}

bool fitsPhase(const Sign &sign, const QString &phase)
{
    return *sign.phases == '\0' || phase.isEmpty() || QString::fromLatin1(sign.phases).split(u' ').contains(phase);
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
            failure.parameters.insert(QString::fromLatin1(sign.parameter), match.captured(1).left(kDetail));
        return failure;
    }
    return std::nullopt;
}

QString codeOf(const RunEnd &end)
{
    if (!end.keeperCode.isEmpty())
        return end.keeperCode;
    if (end.signal)
        return u"signal"_s;
    return end.exitCode.value_or(0) == 0 ? u"finished"_s : u"exit"_s;
}

} // namespace

Failure explain(const RunEnd &end)
{
    const QString code = codeOf(end);
    Failure keeper{code, {}};
    if (!end.keeperDetail.isEmpty())
        keeper.parameters.insert(u"detail"_s, end.keeperDetail.left(kDetail));
    if (end.signal)
        keeper.parameters.insert(u"signal"_s, QString::number(*end.signal));
    if (end.exitCode)
        keeper.parameters.insert(u"exit_code"_s, QString::number(*end.exitCode));
    if (code != "exit"_L1 && code != "signal"_L1)
        return keeper;
    if (const auto found = recognise(end.databaseError, end.phase))
        return *found;
    if (end.databaseStatus == 3 && !end.databaseError.trimmed().isEmpty())
        return {u"error"_s, {{u"detail"_s, causeOf(end.databaseError).left(kDetail)}}};
    if (code == "signal"_L1)
        return keeper;
    if (end.databaseStatus == 2) {
        keeper.code = u"exit_after_finish"_s;
        return keeper;
    }
    if (const auto found = recognise(end.lastError, end.phase))
        return *found;
    if (end.exitCode == 2 && (end.phase.isEmpty() || end.phase == "runner"_L1)) // click's usage errors
        return {u"config_unreadable"_s, {}};
    if (const QString cause = causeOf(end.lastError); !cause.isEmpty())
        return {u"error"_s, {{u"detail"_s, cause.left(kDetail)}}};
    return keeper;
}

} // namespace society::agentsociety
