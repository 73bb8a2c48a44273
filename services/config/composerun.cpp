// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/findings.h"
#include "services/config/parts.h"
#include "services/config/runfile_p.h"

#include <QCoreApplication>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigRunFile", text);
}

// A relative path means something in the part's folder only.
Result<Document> withAbsolutePath(const Document &document, const QString &path, const QString &folder)
{
    const QString file = document.value(path).toString();
    if (file.isEmpty() || absolutePath(folder, file) == file)
        return document;
    return document.with(path, quoted(absolutePath(folder, file)));
}

} // namespace

QByteArray runMember(const char *key, QByteArray value, int spaces)
{
    const QByteArray indentation(spaces, ' ');
    return indentation + '"' + key + "\": " + value.replace("\n", "\n" + indentation);
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
        exp.append(runMember("name", quoted(parts.name), 4));
    exp.append(runMember("workflow", workflow.slice(steps.path), 4));
    exp.append(runMember(
        "environment", environmentView(workflow).json ? workflow.slice(QStringLiteral("environment")) : "{}", 4));
    QList<QByteArray> run;
    run.append(runMember("llm", llm.slice(listPath), 2));
    run.append(
        "  \"env\": {\"db\": {\"enabled\": true, \"db_type\": \"sqlite\"}, \"home_dir\": \"./agentsociety_data\"}");
    run.append(runMember("map", map.slice({}), 2));
    run.append(runMember("agents", agents.slice({}), 2));
    run.append("  \"exp\": {\n" + exp.join(",\n") + "\n  }");
    if (loggingLevelView(workflow).json)
        run.append(runMember("logging_level", workflow.slice(QStringLiteral("logging_level")), 2));
    return "{\n" + run.join(",\n") + "\n}\n";
}

} // namespace society::config
