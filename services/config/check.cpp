// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/check.h"

#include "services/config/parts.h"
#include "services/config/profiles.h"
#include "services/config/rules.h"
#include "services/config/schema.h"

#include <QCoreApplication>
#include <QUrl>

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

void checkAddress(const Json &entry, const QString &path, Findings &findings)
{
    const QString provider = textOf(entry, "provider");
    const Json *address = member(entry, "base_url");
    const QString at = below(path, QStringLiteral("base_url"));
    if (!providerNames().contains(provider))
        return; // said already
    const bool takesOne = provider == QLatin1String("vllm") || provider == QLatin1String("custom");
    if (!address || address->is_null()) {
        if (provider == QLatin1String("custom"))
            findings.error(at, "base_url_missing", tr("The address of the model is missing"),
                tr("Give one such as http://127.0.0.1:8000/v1."));
        else if (provider == QLatin1String("vllm"))
            findings.warning(at, "base_url_missing", tr("Without an address, vllm means OpenAI's own"),
                tr("Give an address, or choose the provider openai."));
        return;
    }
    if (!address->is_string())
        return;
    if (!takesOne && provider != QLatin1String("practice")) {
        findings.error(at, "base_url_not_supported", tr("The provider %1 takes no address of yours").arg(provider),
            tr("Take base_url away, or choose the provider custom."));
        return;
    }
    const QUrl url(text(*address), QUrl::StrictMode);
    const bool isWeb = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (takesOne && (!url.isValid() || !isWeb || url.host().isEmpty())) {
        findings.error(at, "base_url_invalid", tr("“%1” is not an address").arg(text(*address).left(80)),
            tr("Give one such as http://127.0.0.1:8000/v1."));
    } else if (!url.userInfo().isEmpty()) {
        findings.error(at, "base_url_secret", tr("The address holds a user or password"),
            tr("Take it away, and give the key as api_key."));
    }
}

void checkKey(const Json &entry, const QString &path, Findings &findings)
{
    const QString key = textOf(entry, "api_key");
    const QString provider = textOf(entry, "provider");
    if (providerNames().contains(provider) && needsKey(provider) && isNoKey(key)) {
        findings.error(below(path, QStringLiteral("api_key")), "key_missing", tr("%1 needs a key").arg(provider),
            tr("Give the key of your account there."));
    } else if (key.startsWith(QLatin1String("@secret:")) && secretNumber(key) < 0) {
        findings.error(below(path, QStringLiteral("api_key")), "key_reference",
            tr("The reference to the key is damaged"), tr("Set the key again."));
    }
}

} // namespace

void checkLlmRules(const Document &llm, Findings &findings)
{
    const View entries = llmView(llm);
    if (!entries.json || !entries.json->is_array())
        return;
    for (size_t i = 0; i < entries.json->size(); ++i) {
        const Json &entry = (*entries.json)[i];
        if (!entry.is_object())
            continue;
        const QString path = below(entries.path, static_cast<qsizetype>(i));
        checkAddress(entry, path, findings);
        checkKey(entry, path, findings);
    }
}

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
