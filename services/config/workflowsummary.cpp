// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/findings.h"
#include "services/config/idranges.h"
#include "services/config/parts.h"
#include "services/config/summary.h"

#include <QCoreApplication>
#include <QLocale>

namespace society::config {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("ConfigSummary", text, nullptr, n);
}

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
            if (const auto number = integer(id))
                appendId(ranges, *number);
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

} // namespace society::config
