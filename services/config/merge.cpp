// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/merge_p.h"
#include "services/config/parts.h"
#include "services/config/population.h"
#include "services/config/preflight.h"
#include "services/config/schema.h"

#include <QCoreApplication>
#include <algorithm>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigPreflight", text);
}

// The model's name stays, so that AgentSociety's log says which one it is; everything else is the gateway's.
Json runnerEntry(const Json &json, const LlmEntry &entry, size_t index)
{
    Json out = Json::object();
    out["provider"] = "vllm";
    out["base_url"] = "@GATEWAY@/" + std::to_string(index) + "/v1";
    out["api_key"] = "@TOKEN@";
    out["model"] = entry.model.toStdString();
    out["concurrency"] = entry.concurrency;
    if (const Json *timeout = member(json, "timeout"))
        out["timeout"] = *timeout;
    return out;
}

Result<> mergeLlm(const Document &llm, Json &run, Merged &merged)
{
    SOCIETY_ASSIGN(merged.entries, llmEntries(llm));
    const Json &entries = *llmView(llm).json;
    Json list = Json::array();
    for (size_t i = 0; i < entries.size(); ++i)
        list.push_back(runnerEntry(entries[i], merged.entries.at(static_cast<qsizetype>(i)), i));
    merged.practice = std::all_of(merged.entries.begin(), merged.entries.end(),
        [](const LlmEntry &entry) { return entry.provider == QLatin1String("practice"); });
    run["llm"] = std::move(list);
    return {};
}

Result<> mergeAgents(const Part &part, Json &run, Merged &merged)
{
    const Json &root = part.document.tree().root;
    if (!root.is_object() || !isListOfObjects(member(root, "citizens")))
        return invalidPart("agents");
    const Json &schema = *schemaOf(Kind::Agents);
    Json agents = knownOnly(schema, schema, root);
    for (auto &[list, groups] : agents.items()) {
        const auto place = [&](Json &group) {
            const Json *file = member(group, "memory_from_file");
            if (!file || !file->is_string())
                return;
            const QString path = absolutePath(part.folder, text(*file));
            group["memory_from_file"] = path.toStdString();
            if (!merged.profileFiles.contains(path))
                merged.profileFiles.append(path);
        };
        if (groups.is_array())
            std::for_each(groups.begin(), groups.end(), place);
        else if (groups.is_object())
            place(groups);
    }
    run["agents"] = std::move(agents);
    merged.population = population(part.document, part.folder);
    return {};
}

Result<> mergeWorkflow(const Document &workflow, const MergeOptions &options, Json &run)
{
    const View steps = workflowView(workflow);
    if (!isListOfObjects(steps.json))
        return invalidPart("exp.workflow");
    const Json &schema = *schemaOf(Kind::Workflow);
    const Json &properties = schema.at("properties");
    Json exp = Json::object();
    exp["id"] = options.id.text().toStdString();
    exp["name"] = options.name.toStdString();
    exp["workflow"] = knownOnly(schema, properties.at("workflow"), *steps.json);
    const View environment = environmentView(workflow);
    exp["environment"] =
        environment.json ? knownOnly(schema, properties.at("environment"), *environment.json) : Json::object();
    run["exp"] = std::move(exp);
    const View level = loggingLevelView(workflow);
    run["logging_level"] = level.json ? *level.json : Json("INFO");
    return {};
}

} // namespace

tl::unexpected<Error> invalidPart(const char *part)
{
    const QString name = QString::fromLatin1(part);
    return fail(ErrorKind::Refused, "merge_invalid", tr("The part “%1” has no form that AgentSociety reads").arg(name),
        tr("Open it, and correct the problems that are shown there."), {}, name);
}

bool isListOfObjects(const Json *json)
{
    return json && json->is_array() && !json->empty() &&
           std::all_of(json->begin(), json->end(), [](const Json &one) { return one.is_object(); });
}

Result<Merged> merge(const Parts &parts, const MergeOptions &options)
{
    Merged merged;
    Json run = Json::object();
    SOCIETY_TRY(mergeLlm(parts.llm.document, run, merged));
    run["env"] = {{"db", {{"enabled", true}, {"db_type", "sqlite"}}}, {"home_dir", options.home.toStdString()}};
    const Json *file = member(parts.map.document.tree().root, "file_path");
    if (!file || !file->is_string() || text(*file).isEmpty())
        return invalidPart("map");
    merged.mapFile = absolutePath(parts.map.folder, text(*file));
    run["map"] = {{"file_path", options.mapPath.toStdString()}};
    SOCIETY_TRY(mergeAgents(parts.agents, run, merged));
    SOCIETY_TRY(mergeWorkflow(parts.workflow.document, options, run));
    merged.runnerJson = dump(run) + '\n';
    return merged;
}

} // namespace society::config
