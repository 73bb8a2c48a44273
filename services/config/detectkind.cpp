// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/document_p.h"
#include "services/config/preflight.h"

#include <algorithm>

namespace society::config {

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
    const auto has = [](const Json &json, const char *key) { return member(json, key) != nullptr; };
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

} // namespace society::config
