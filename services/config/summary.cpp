// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/summary.h"

#include "services/config/findings.h"
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

qint64 numberOf(const Json &json, const char *key, qint64 fallback)
{
    const Json *value = member(json, key);
    return value ? integer(*value).value_or(fallback) : fallback;
}

// "5–8, 11" or the classes of a filter.
QString targetText(const Json &step)
{
    const Json *target = member(step, "target_agent");
    if (!target)
        return {};
    if (target->is_array()) {
        QList<IdRange> ranges;
        for (const Json &id : *target) {
            const auto number = integer(id);
            if (!number)
                continue;
            if (!ranges.isEmpty() && ranges.last().last + 1 == *number)
                ++ranges.last().last;
            else
                ranges.append({*number, *number});
        }
        return idText(ranges);
    }
    QStringList classes;
    if (const Json *names = member(*target, "agent_class"); names && names->is_array()) {
        for (const Json &name : *names)
            classes.append(text(name));
    }
    return classes.isEmpty() ? tr("all") : classes.join(QStringLiteral(", "));
}

QString shortened(const QString &words)
{
    constexpr qsizetype Longest = 40;
    const QString line = words.simplified();
    return line.size() <= Longest ? line : line.left(Longest - 1) + u'…';
}

QString daysText(const Json &step)
{
    const Json *days = member(step, "days");
    return QLocale().toString(days && days->is_number() ? days->get<double>() : 1.0, 'g', 6);
}

QString stepText(const Json &step)
{
    const QString type = textOf(step, "type");
    const QString target = targetText(step);
    if (type == QLatin1String("step"))
        return tr("%n rounds × %1 s", static_cast<int>(numberOf(step, "steps", 1)))
            .arg(numberOf(step, "ticks_per_step", 300));
    if (type == QLatin1String("run"))
        return tr("%1 days in rounds of %2 s").arg(daysText(step)).arg(numberOf(step, "ticks_per_step", 300));
    if (type == QLatin1String("interview"))
        return tr("interview “%1” to %2").arg(shortened(textOf(step, "interview_message")), target);
    if (type == QLatin1String("survey")) {
        const Json *survey = member(step, "survey");
        return tr("survey “%1” to %2").arg(shortened(survey ? textOf(*survey, "title") : QString()), target);
    }
    if (type == QLatin1String("message") || type == QLatin1String("other"))
        return tr("message “%1” to %2").arg(shortened(textOf(step, "intervene_message")), target);
    if (type == QLatin1String("environment"))
        return tr("environment: %1 changes").arg(shortened(textOf(step, "key")));
    if (type == QLatin1String("update_state"))
        return tr("%1 of %2 changes").arg(shortened(textOf(step, "key")), target);
    if (type == QLatin1String("save_context"))
        return tr("save %1 of %2").arg(shortened(textOf(step, "key")), target);
    if (type == QLatin1String("delete_agent"))
        return tr("delete %1").arg(target);
    if (type == QLatin1String("next_round"))
        return tr("next round");
    if (type == QLatin1String("function"))
        return tr("function %1").arg(shortened(textOf(step, "func")));
    return tr("a step that cannot be read");
}

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

QList<StepSummary> workflowSteps(const Document &workflow)
{
    QList<StepSummary> summaries;
    const View steps = workflowView(workflow);
    if (!steps.json || !steps.json->is_array())
        return summaries;
    for (size_t i = 0; i < steps.json->size(); ++i) {
        const Json &step = (*steps.json)[i];
        summaries.append({below(steps.path, static_cast<qsizetype>(i)), textOf(step, "type"), stepText(step)});
    }
    return summaries;
}

WorkflowPlan workflowPlan(const Document &workflow)
{
    WorkflowPlan plan;
    if (const View steps = workflowView(workflow); steps.json)
        plan.steps = toQt(*steps.json).toArray();
    if (const View environment = environmentView(workflow); environment.json) {
        plan.environment = toQt(*environment.json).toObject();
        plan.startTick = static_cast<int>(
            qBound(0LL, static_cast<long long>(numberOf(*environment.json, "start_tick", 28800)), 86399LL));
    }
    return plan;
}

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
