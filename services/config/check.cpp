// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/check.h"

#include "services/config/parts.h"
#include "services/config/profiles.h"
#include "services/config/rules.h"
#include "services/config/schema.h"

#include <QCoreApplication>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigCheck", text);
}

void checkDuplicates(const Document &document, Findings &findings)
{
    for (const QString &path : document.duplicateKeys()) {
        findings.warning(path, "duplicate_key",
            tr("“%1” occurs twice; the last one counts").arg(splitPath(path).constLast()),
            tr("Take one of them away."));
    }
}

// The document as a whole, or the list that may stand alone or under its own key.
void checkListOrObject(
    Kind kind, const Document &document, const View &list, const Json &listSchema, Findings &findings)
{
    const Json &root = *schemaOf(kind);
    const Json &json = document.tree().root;
    if (json.is_array() || !json.is_object()) {
        checkSchema(root, listSchema, json, {}, findings);
        return;
    }
    if (!list.json) {
        findings.error(list.path, "missing_key", tr("“%1” is missing").arg(list.path), tr("Add it."));
        return;
    }
    checkSchema(root, listSchema, *list.json, list.path, findings);
}

} // namespace

void checkMapRules(const Document &map, const CheckContext &context, Findings &findings)
{
    const Json *file = member(map.tree().root, "file_path");
    if (!file || !file->is_string() || text(*file).isEmpty())
        return;
    const QString path = QStringLiteral("file_path");
    MapCache own;
    const auto read = (context.maps ? *context.maps : own).load(absolutePath(context.folder, text(*file)));
    if (!read)
        findings.error(path, read.error().code.toLatin1().constData(), read.error().message, read.error().remedy);
    else
        findings.add(checkMap(**read, path));
}

QList<Problem> check(Kind kind, const Document &document, const CheckContext &context)
{
    Findings findings;
    checkDuplicates(document, findings);
    const Json &root = document.tree().root;
    const Json *schema = schemaOf(kind);
    switch (kind) {
    case Kind::Llm:
        checkListOrObject(kind, document, llmView(document), *schema, findings);
        checkLlmRules(document, findings);
        break;
    case Kind::Agents:
        findings.add(checkAgents(document, population(document, context.folder)));
        break;
    case Kind::Map:
        checkSchema(*schema, *schema, root, {}, findings);
        checkMapRules(document, context, findings);
        break;
    case Kind::Workflow:
        if (root.is_object())
            checkSchema(*schema, *schema, root, {}, findings);
        else
            checkListOrObject(
                kind, document, workflowView(document), schema->at("properties").at("workflow"), findings);
        checkWorkflowRules(document, findings);
        break;
    case Kind::Survey:
        checkSchema(*schema, *schema, root, {}, findings);
        checkSurveyRules(root, {}, findings);
        break;
    case Kind::Profile:
        if (const QString file = textOf(root, "file_path"); !file.isEmpty()) {
            ProfileReader profiles;
            const auto &table = profiles.load(absolutePath(context.folder, file));
            if (!table)
                findings.error(QStringLiteral("file_path"), table.error().code.toLatin1().constData(),
                    table.error().message, table.error().remedy);
            else
                findings.add(table->problems);
        } else {
            findings.error(QStringLiteral("file_path"), "missing_key",
                tr("“%1” is missing").arg(QStringLiteral("file_path")), tr("Add it."));
        }
        break;
    case Kind::Template:
        if (!root.is_object())
            findings.error({}, "wrong_type", tr("A template must be an object"), tr("Import it again."));
        break;
    }
    return findings.problems();
}

} // namespace society::config
