// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/kind.h"

#include <QCoreApplication>

namespace society::config {

namespace {

struct KindName {
    Kind kind;
    const char *name;
    const char *title;
};

constexpr KindName Names[] = {
    {Kind::Llm, "llm", QT_TRANSLATE_NOOP("ConfigKind", "Language model")},
    {Kind::Agents, "agents", QT_TRANSLATE_NOOP("ConfigKind", "Agents")},
    {Kind::Map, "map", QT_TRANSLATE_NOOP("ConfigKind", "Map")},
    {Kind::Workflow, "workflow", QT_TRANSLATE_NOOP("ConfigKind", "Workflow")},
    {Kind::Survey, "survey", QT_TRANSLATE_NOOP("ConfigKind", "Survey")},
    {Kind::Profile, "profile", QT_TRANSLATE_NOOP("ConfigKind", "Profiles")},
    {Kind::Template, "template", QT_TRANSLATE_NOOP("ConfigKind", "Template")},
};

} // namespace

const QList<Kind> &allKinds()
{
    static const QList<Kind> kinds = [] {
        QList<Kind> list;
        for (const KindName &entry : Names)
            list.append(entry.kind);
        return list;
    }();
    return kinds;
}

QString kindName(Kind kind)
{
    for (const KindName &entry : Names) {
        if (entry.kind == kind)
            return QString::fromLatin1(entry.name);
    }
    return {};
}

std::optional<Kind> kindFromName(QStringView name)
{
    for (const KindName &entry : Names) {
        if (name == QLatin1String(entry.name))
            return entry.kind;
    }
    return std::nullopt;
}

QString kindTitle(Kind kind)
{
    for (const KindName &entry : Names) {
        if (entry.kind == kind)
            return QCoreApplication::translate("ConfigKind", entry.title);
    }
    return {};
}

} // namespace society::config
