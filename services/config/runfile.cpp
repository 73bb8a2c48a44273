// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/check.h"
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
            members.append(runMember(key, value, 2));
    }
    if (!run.contains(QStringLiteral("exp.workflow")))
        return Document();
    return Document::parse("{\n" + members.join(",\n") + "\n}\n", Format::Json, QStringLiteral("exp"));
}

} // namespace

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

} // namespace society::config
