// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/merge_p.h"
#include "services/config/parts.h"
#include "services/config/preflight.h"

#include <algorithm>

namespace society::config {

namespace {

LlmEntry entryOf(const Json &json)
{
    LlmEntry entry;
    entry.provider = textOf(json, "provider");
    entry.baseUrl = textOf(json, "base_url");
    entry.model = textOf(json, "model");
    entry.secret = secretNumber(textOf(json, "api_key"));
    if (const Json *concurrency = member(json, "concurrency"))
        entry.concurrency = static_cast<int>(std::clamp<qint64>(integer(*concurrency).value_or(200), 1, 10'000));
    while (entry.baseUrl.endsWith(u'/'))
        entry.baseUrl.chop(1);
    if (entry.provider == QLatin1String("vllm") && entry.baseUrl.isEmpty())
        entry.provider = QStringLiteral("openai"); // what AgentSociety makes of it
    if (entry.provider == QLatin1String("practice"))
        entry.baseUrl.clear();
    return entry;
}

} // namespace

Result<QList<LlmEntry>> llmEntries(const Document &llm)
{
    const View entries = llmView(llm);
    if (!isListOfObjects(entries.json))
        return invalidPart("llm");
    QList<LlmEntry> list;
    for (const Json &entry : *entries.json)
        list.append(entryOf(entry));
    return list;
}

} // namespace society::config
