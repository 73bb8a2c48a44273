// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/parts.h"
#include "services/config/rules.h"
#include "services/config/schema.h"

#include <QCoreApplication>
#include <QSet>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigWorkflow", text);
}

// A filter is Python that AgentSociety evaluates; what it says of profiles never matches.
void checkFilterText(const QString &filter, const QString &path, Findings &findings)
{
    if (filter.contains(QLatin1String("${"))) {
        findings.error(path, "filter_never_matches",
            tr("A condition on ${profile…} matches no agent in this version of AgentSociety"),
            tr("Name the agents by a list of ids, or by agent_class."));
    } else if (filter.trimmed() != QLatin1String("True") && !filter.trimmed().isEmpty()) {
        findings.error(path, "filter_code", tr("AgentSociety would run this text as a program"),
            tr("Name the agents by a list of ids, or by agent_class."));
    }
}

void checkFilterClasses(const Json &classes, const QString &path, Findings &findings)
{
    static const QStringList known = citizenClasses() + supervisorClasses();
    for (size_t i = 0; i < classes.size(); ++i) {
        const QString name = text(classes[i]);
        if (!classes[i].is_string() || known.contains(name))
            continue;
        const QString near = nearest(name, known);
        findings.error(below(path, static_cast<qsizetype>(i)), "filter_class_unknown",
            tr("A filter cannot name the class “%1”: the run would fail").arg(name),
            near.isEmpty() ? tr("Choose one of: %1.").arg(known.join(QStringLiteral(", ")))
                           : tr("Did you mean “%1”?").arg(near));
    }
}

void checkFilter(const Json &step, const QString &path, Findings &findings)
{
    const Json *target = member(step, "target_agent");
    if (!target || !target->is_object())
        return;
    const Json *classes = member(*target, "agent_class");
    const Json *filter = member(*target, "filter_str");
    const bool hasClasses = classes && !classes->is_null();
    const bool hasFilter = filter && !filter->is_null();
    const QString base = below(path, QStringLiteral("target_agent"));
    if (!hasClasses && !hasFilter) {
        findings.error(base, "filter_empty", tr("The filter says nothing"),
            tr("Give agent_class, such as [\"citizen\"], or a list of ids."));
        return;
    }
    if (hasClasses && classes->is_array())
        checkFilterClasses(*classes, below(base, QStringLiteral("agent_class")), findings);
    if (hasFilter && filter->is_string())
        checkFilterText(text(*filter), below(base, QStringLiteral("filter_str")), findings);
}

void checkStep(const Json &step, const QString &path, Findings &findings)
{
    checkFilter(step, path, findings);
    const QString type = textOf(step, "type");
    const Json *survey = member(step, "survey");
    if (survey && survey->is_object())
        checkSurveyRules(*survey, below(path, QStringLiteral("survey")), findings);
    const Json *days = member(step, "days");
    if (type == QLatin1String("run") && days && days->is_number() && days->get<double>() > 0 &&
        days->get<double>() <= 0.001) {
        findings.warning(below(path, QStringLiteral("days")), "run_nothing", tr("AgentSociety ignores so short a time"),
            tr("Use a “step” instead."));
    }
    if (type == QLatin1String("message") && member(step, "interview_message") && !member(step, "intervene_message")) {
        findings.warning(below(path, QStringLiteral("interview_message")), "ignored_key",
            tr("A message is read from “intervene_message”"), tr("Rename “interview_message”."));
    }
}

void checkLevel(const Document &workflow, Findings &findings)
{
    const View level = loggingLevelView(workflow);
    if (!level.json || !level.json->is_string())
        return;
    const QString name = text(*level.json).toUpper();
    static const QStringList known = namesOf("levels");
    if (!known.contains(name)) {
        const QString near = nearest(name, known);
        findings.error(level.path, "logging_level", tr("“%1” is no log level").arg(text(*level.json)),
            near.isEmpty() ? tr("Choose INFO.") : tr("Did you mean “%1”?").arg(near));
    } else if (name != QLatin1String("INFO") && name != QLatin1String("DEBUG") && name != QLatin1String("NOTSET")) {
        findings.warning(level.path, "logging_level_quiet",
            tr("With the log level %1 the log shows no progress").arg(name), tr("Choose INFO."));
    }
}

} // namespace

void checkWorkflowRules(const Document &workflow, Findings &findings)
{
    const View steps = workflowView(workflow);
    if (steps.json && steps.json->is_array()) {
        for (size_t i = 0; i < steps.json->size(); ++i) {
            if ((*steps.json)[i].is_object())
                checkStep((*steps.json)[i], below(steps.path, static_cast<qsizetype>(i)), findings);
        }
    }
    checkLevel(workflow, findings);
}

} // namespace society::config
