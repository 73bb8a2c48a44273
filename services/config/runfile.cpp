// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/parts.h"
#include "services/config/preflight.h"
#include "services/config/schema.h"

#include <QCoreApplication>
#include <algorithm>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigRunFile", text);
}

QByteArray indented(QByteArray value, int spaces)
{
    return value.replace("\n", "\n" + QByteArray(spaces, ' '));
}

QByteArray member(const char *key, const QByteArray &value, int spaces)
{
    return QByteArray(spaces, ' ') + '"' + key + "\": " + indented(value, spaces);
}

// Keys that the run file has and no part takes.
void noteKeys(const Document &run, const QString &parent, const QStringList &known, QList<Problem> *notes)
{
    static const QStringList obsolete{QStringLiteral("advanced"), QStringLiteral("metric_extractors"),
        QStringLiteral("message_intercept"), QStringLiteral("simulator"), QStringLiteral("prop_metric_extractors")};
    for (const QString &key : run.keys(parent)) {
        if (known.contains(key))
            continue;
        const QString path = below(parent, key);
        if (obsolete.contains(key)) {
            notes->append({Severity::Warning, path, QStringLiteral("obsolete_key"),
                tr("“%1” is from another version and is ignored by AgentSociety").arg(key), tr("Take it away.")});
            continue;
        }
        const QString near = nearest(key, known);
        notes->append({Severity::Warning, path, QStringLiteral("unknown_key"),
            tr("“%1” is not known to AgentSociety, which ignores it").arg(key),
            near.isEmpty() ? tr("Take it away, or correct its name.") : tr("Did you mean “%1”?").arg(near)});
    }
}

void noteOurs(const Document &run, QList<Problem> *notes)
{
    if (run.contains(QStringLiteral("env"))) {
        notes->append({Severity::Ok, QStringLiteral("env"), QStringLiteral("env_ours"),
            tr("“env” is left out: each run gets a database and a home folder of its own"), {}});
    }
    if (run.contains(QStringLiteral("exp.id"))) {
        notes->append({Severity::Ok, QStringLiteral("exp.id"), QStringLiteral("exp_id_ours"),
            tr("“exp.id” is left out: each run gets an id of its own"), {}});
    }
}

Result<Document> partOf(const Document &run, const QString &path)
{
    if (!run.contains(path))
        return Document();
    return Document::parse(run.slice(path) + '\n', Format::Json, path);
}

Result<Document> workflowOf(const Document &run)
{
    QList<QByteArray> members;
    for (const auto &[key, path] : {std::pair{"workflow", "exp.workflow"}, {"environment", "exp.environment"},
             {"logging_level", "logging_level"}}) {
        // An empty environment is what composeRun() writes where there is none.
        const QByteArray value = run.slice(QString::fromLatin1(path));
        if (!value.isEmpty() && value != "{}")
            members.append(member(key, value, 2));
    }
    if (!run.contains(QStringLiteral("exp.workflow")))
        return Document();
    return Document::parse("{\n" + members.join(",\n") + "\n}\n", Format::Json, QStringLiteral("exp"));
}

// A relative path means something in the part's folder only.
Result<Document> withAbsolutePath(const Document &document, const QString &path, const QString &folder)
{
    const QString file = document.value(path).toString();
    if (file.isEmpty() || absolutePath(folder, file) == file)
        return document;
    return document.with(path, dump(Json(absolutePath(folder, file).toStdString()), -1));
}

} // namespace

bool isRunFile(const Document &document)
{
    const QStringList keys = document.keys({});
    if (keys.contains(QStringLiteral("exp")) || keys.contains(QStringLiteral("env")))
        return true;
    return std::count_if(keys.begin(), keys.end(), [](const QString &key) {
        return key == QLatin1String("llm") || key == QLatin1String("agents") || key == QLatin1String("map");
    }) >= 2;
}

std::optional<Kind> detectKind(const Document &document)
{
    const Json &root = document.tree().root;
    const Json *first = root.is_array() && !root.empty() ? &root.front() : nullptr;
    const auto has = [](const Json &json, const char *key) { return config::member(json, key) != nullptr; };
    if (first) {
        if (has(*first, "provider") || has(*first, "api_key"))
            return Kind::Llm;
        if (has(*first, "type"))
            return Kind::Workflow;
        if (has(*first, "id"))
            return Kind::Profile;
        return std::nullopt;
    }
    if (!root.is_object())
        return std::nullopt;
    if (has(root, "llm") || (has(root, "provider") && has(root, "model")))
        return Kind::Llm;
    if (has(root, "citizens"))
        return Kind::Agents;
    if (has(root, "workflow"))
        return Kind::Workflow;
    if (has(root, "pages"))
        return Kind::Survey;
    if (has(root, "columns") && has(root, "file_path"))
        return Kind::Profile;
    if (has(root, "file_path"))
        return Kind::Map;
    if (has(root, "agent_class") || has(root, "agent_type"))
        return Kind::Template;
    return std::nullopt;
}

Result<Document> withAbsolutePaths(const Part &part)
{
    SOCIETY_ASSIGN(Document document, withAbsolutePath(part.document, QStringLiteral("file_path"), part.folder));
    for (const AgentEntry &entry : agentEntries(part.document)) {
        SOCIETY_ASSIGN(
            document, withAbsolutePath(document, entry.path + QStringLiteral(".memory_from_file"), part.folder));
    }
    return document;
}

Result<Document> withoutKeys(const Document &llm)
{
    Document document = llm;
    const View entries = llmView(llm);
    for (qsizetype i = 0; i < llm.size(entries.path); ++i) {
        const QString key = below(below(entries.path, i), QStringLiteral("api_key"));
        if (llm.value(key).isString() && !isNoKey(llm.value(key).toString())) {
            SOCIETY_ASSIGN(document, document.with(key, "\"\""));
        }
    }
    return document;
}

Result<Parts> splitRun(const Document &run, const QString &folder, QList<Problem> *notes)
{
    if (!isRunFile(run)) {
        return fail(ErrorKind::Refused, "not_a_run_file", tr("The document is no AgentSociety run configuration"),
            tr("Give a file with the keys llm, agents, map and exp."));
    }
    if (notes) {
        noteOurs(run, notes);
        noteKeys(run, {},
            {QStringLiteral("llm"), QStringLiteral("env"), QStringLiteral("map"), QStringLiteral("agents"),
                QStringLiteral("exp"), QStringLiteral("logging_level")},
            notes);
        noteKeys(run, QStringLiteral("exp"),
            {QStringLiteral("name"), QStringLiteral("id"), QStringLiteral("workflow"), QStringLiteral("environment")},
            notes);
    }
    Parts parts;
    SOCIETY_ASSIGN(parts.llm.document, partOf(run, QStringLiteral("llm")));
    SOCIETY_ASSIGN(parts.agents.document, partOf(run, QStringLiteral("agents")));
    SOCIETY_ASSIGN(parts.map.document, partOf(run, QStringLiteral("map")));
    SOCIETY_ASSIGN(parts.workflow.document, workflowOf(run));
    for (Part *part : {&parts.llm, &parts.agents, &parts.map, &parts.workflow})
        part->folder = folder;
    parts.name = run.value(QStringLiteral("exp.name")).toString();
    return parts;
}

Result<QByteArray> composeRun(const Parts &parts)
{
    SOCIETY_ASSIGN(Document llm, withoutKeys(parts.llm.document));
    const Document &workflow = parts.workflow.document;
    const View entries = llmView(llm);
    const View steps = workflowView(workflow);
    for (const auto &[json, name] : {std::pair{entries.json, "llm"}, {steps.json, "exp.workflow"}}) {
        if (!json) {
            return fail(ErrorKind::Refused, "merge_invalid",
                tr("The part “%1” is missing").arg(QString::fromLatin1(name)), tr("Choose or add it."), {},
                QString::fromLatin1(name));
        }
    }
    const QString listPath = entries.path;
    for (qsizetype i = 0; i < llm.size(listPath); ++i) { // custom is our word for what AgentSociety calls vllm
        const QString provider = below(below(listPath, i), QStringLiteral("provider"));
        if (llm.value(provider).toString() == QLatin1String("custom")) {
            SOCIETY_ASSIGN(llm, llm.with(provider, "\"vllm\""));
        }
    }
    SOCIETY_ASSIGN(const Document map, withAbsolutePaths(parts.map));
    SOCIETY_ASSIGN(const Document agents, withAbsolutePaths(parts.agents));
    QList<QByteArray> exp;
    if (!parts.name.isEmpty())
        exp.append(member("name", dump(Json(parts.name.toStdString()), -1), 4));
    exp.append(member("workflow", workflow.slice(steps.path), 4));
    exp.append(member(
        "environment", environmentView(workflow).json ? workflow.slice(QStringLiteral("environment")) : "{}", 4));
    QList<QByteArray> run;
    run.append(member("llm", llm.slice(listPath), 2));
    run.append(
        "  \"env\": {\"db\": {\"enabled\": true, \"db_type\": \"sqlite\"}, \"home_dir\": \"./agentsociety_data\"}");
    run.append(member("map", map.slice({}), 2));
    run.append(member("agents", agents.slice({}), 2));
    run.append("  \"exp\": {\n" + exp.join(",\n") + "\n  }");
    if (loggingLevelView(workflow).json)
        run.append(member("logging_level", workflow.slice(QStringLiteral("logging_level")), 2));
    return "{\n" + run.join(",\n") + "\n}\n";
}

} // namespace society::config
