// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/parts.h"

#include "services/config/findings.h"
#include "services/config/schema.h"

#include <QCryptographicHash>
#include <QDir>

namespace society::config {

namespace {

View listOrMember(const Document &document, const char *key)
{
    const Json &root = document.tree().root;
    if (root.is_array())
        return {&root, {}};
    return {member(root, key), QString::fromLatin1(key)};
}

View memberOf(const Document &document, const char *key)
{
    return {member(document.tree().root, key), QString::fromLatin1(key)};
}

} // namespace

View llmView(const Document &llm)
{
    return listOrMember(llm, "llm");
}

View workflowView(const Document &workflow)
{
    return listOrMember(workflow, "workflow");
}

View environmentView(const Document &workflow)
{
    return memberOf(workflow, "environment");
}

View loggingLevelView(const Document &workflow)
{
    return memberOf(workflow, "logging_level");
}

QList<AgentEntry> agentEntries(const Document &agents)
{
    QList<AgentEntry> entries;
    const Json &root = agents.tree().root;
    for (const char *list : {"firms", "banks", "nbs", "governments", "citizens"}) {
        const Json *json = member(root, list);
        if (!json || !json->is_array())
            continue;
        const QString name = QString::fromLatin1(list);
        for (size_t i = 0; i < json->size(); ++i) {
            if ((*json)[i].is_object())
                entries.append({name, below(name, static_cast<qsizetype>(i)), &(*json)[i]});
        }
    }
    if (const Json *supervisor = member(root, "supervisor"); supervisor && supervisor->is_object())
        entries.append({QStringLiteral("supervisor"), QStringLiteral("supervisor"), supervisor});
    return entries;
}

QString textOf(const Json &object, const char *key)
{
    const Json *value = member(object, key);
    return value ? text(*value) : QString();
}

QString institutionClass(const QString &list)
{
    const Json *name = member(names().at("institutions"), list.toLatin1().constData());
    return name ? text(*name) : QString();
}

bool isBuiltInCitizen(const QString &agentClass)
{
    return agentClass == QLatin1String("citizen") || agentClass == QLatin1String("SocietyAgent");
}

QString absolutePath(const QString &folder, const QString &path)
{
    if (path.isEmpty())
        return {};
    return QDir::cleanPath(QDir::isAbsolutePath(path) ? path : QDir(folder).absoluteFilePath(path));
}

QString sha256(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

int secretNumber(const QString &apiKey)
{
    static const QLatin1String prefix("@secret:");
    if (!apiKey.startsWith(prefix))
        return -1;
    bool isNumber = false;
    const int number = QStringView(apiKey).mid(prefix.size()).toInt(&isNumber);
    return isNumber && number >= 0 ? number : -1;
}

bool isNoKey(const QString &apiKey)
{
    const QString key = apiKey.trimmed().toLower();
    return key.isEmpty() || key == QLatin1String("none") || key == QLatin1String("empty") ||
           key == QLatin1String("null");
}

bool needsKey(const QString &provider)
{
    return provider != QLatin1String("practice") && provider != QLatin1String("vllm") &&
           provider != QLatin1String("custom");
}

} // namespace society::config
