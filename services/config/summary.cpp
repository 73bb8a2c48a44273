// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/summary.h"

#include "services/config/mapfile.h"
#include "services/config/parts.h"
#include "services/config/population.h"

#include <QCoreApplication>
#include <QLocale>

namespace society::config {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("ConfigSummary", text, nullptr, n);
}

constexpr qsizetype LinesShown = 6;

QStringList llmLines(const Document &document)
{
    QStringList lines;
    const View entries = llmView(document);
    for (qsizetype i = 0; entries.json && i < document.size(entries.path); ++i) {
        const Json &entry = (*entries.json)[static_cast<size_t>(i)];
        const QString provider = textOf(entry, "provider");
        if (provider == QLatin1String("practice"))
            lines.append(tr("scripted, free, no network"));
        else
            lines.append(provider + QStringLiteral(" · ") + textOf(entry, "model"));
    }
    return lines.isEmpty() ? QStringList{tr("no model")} : lines;
}

QStringList agentLines(const Document &document, const CheckContext &context)
{
    const Population people = population(document, context.folder);
    QStringList lines{tr("%n citizens, ids %1", static_cast<int>(people.citizens())).arg(idText(people.citizenIds()))};
    if (people.institutions() > 0)
        lines.append(tr("%n institutions", static_cast<int>(people.institutions())));
    for (const AgentGroup &group : people.groups) {
        if (group.list == QLatin1String("citizens"))
            lines.append(QStringLiteral("%1 × %2").arg(group.count).arg(group.agentClass) +
                         (group.fromFile ? tr(", from a file") : QString()));
    }
    return lines;
}

QStringList mapLines(const Document &document, const CheckContext &context)
{
    const QString file = absolutePath(context.folder, document.value(QStringLiteral("file_path")).toString());
    MapCache own;
    const auto map = (context.maps ? *context.maps : own).load(file);
    if (!map)
        return {map.error().message};
    const QLocale locale;
    const double kilometres = qMax((*map)->bounds.width(), (*map)->bounds.height()) / 1000;
    return {tr("%n areas, %1 km", static_cast<int>((*map)->areas.size())).arg(locale.toString(kilometres, 'f', 1)),
        tr("%n places", static_cast<int>((*map)->points.size())),
        (*map)->roads > 0 ? tr("%n roads", static_cast<int>((*map)->roads)) : tr("no roads")};
}

QStringList workflowLines(const Document &document)
{
    QStringList lines;
    const QList<StepSummary> steps = workflowSteps(document);
    for (qsizetype i = 0; i < qMin(LinesShown, steps.size()); ++i)
        lines.append(QStringLiteral("%1 %2").arg(i + 1).arg(steps[i].text));
    if (steps.size() > LinesShown)
        lines.append(tr("and %n more steps", static_cast<int>(steps.size() - LinesShown)));
    return lines.isEmpty() ? QStringList{tr("no steps")} : lines;
}

QStringList surveyLines(const Document &document)
{
    qsizetype questions = 0;
    for (qsizetype i = 0; i < document.size(QStringLiteral("pages")); ++i)
        questions += document.size(QStringLiteral("pages.%1.elements").arg(i));
    return {document.value(QStringLiteral("title")).toString(), tr("%n questions", static_cast<int>(questions))};
}

} // namespace

QStringList summary(Kind kind, const Document &document, const CheckContext &context)
{
    switch (kind) {
    case Kind::Llm:
        return llmLines(document);
    case Kind::Agents:
        return agentLines(document, context);
    case Kind::Map:
        return mapLines(document, context);
    case Kind::Workflow:
        return workflowLines(document);
    case Kind::Survey:
        return surveyLines(document);
    case Kind::Profile:
        return {tr("%n people", document.value(QStringLiteral("count")).toInt()),
            tr("%n columns", static_cast<int>(document.size(QStringLiteral("columns"))))};
    case Kind::Template:
        return {document.value(QStringLiteral("agent_class")).toString()};
    }
    return {};
}

} // namespace society::config
