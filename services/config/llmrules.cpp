// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/parts.h"
#include "services/config/rules.h"
#include "services/core/names.h"

#include <QCoreApplication>
#include <QUrl>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigCheck", text);
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

/// As a price is written for it: else it would be billed at the price of every model, whatever the book says of it.
void checkModel(const Json &entry, const QString &path, Findings &findings)
{
    const QString model = textOf(entry, "model");
    const auto name = checkedName(model);
    if (model.isEmpty() || (name && *name == model)) // an empty one is said already
        return;
    findings.error(below(path, QStringLiteral("model")), "wrong_value",
        tr("A model's name has 1 to %1 characters, all on one line and without blanks at its ends").arg(LongestName),
        tr("Write it as the provider does."));
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
        checkModel(entry, path, findings);
        checkAddress(entry, path, findings);
        checkKey(entry, path, findings);
    }
}

} // namespace society::config
