// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/agentrules_p.h"
#include "services/config/check.h"
#include "services/config/schema.h"

#include <QCoreApplication>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigAgents", text);
}

void checkChoice(const Json &distribution, const QString &path, Findings &findings)
{
    const Json *choices = member(distribution, "choices");
    if (!choices || !choices->is_array())
        return;
    if (choices->empty()) {
        findings.error(path + QStringLiteral(".choices"), "distribution_empty", tr("There is nothing to choose from"),
            tr("Add at least one choice."));
        return;
    }
    const Json *weights = member(distribution, "weights");
    if (!weights || !weights->is_array())
        return;
    if (weights->size() != choices->size()) {
        findings.error(path + QStringLiteral(".weights"), "distribution_weights",
            tr("There are %1 weights for %2 choices").arg(weights->size()).arg(choices->size()),
            tr("Give one weight for each choice."));
        return;
    }
    double sum = 0;
    for (const Json &weight : *weights)
        sum += weight.is_number() ? weight.get<double>() : 0;
    if (!(sum > 0)) {
        findings.error(path + QStringLiteral(".weights"), "distribution_weights", tr("The weights add up to nothing"),
            tr("Make at least one weight greater than 0."));
    }
}

void checkRange(const Json &distribution, bool whole, const QString &path, Findings &findings)
{
    const Json *low = member(distribution, "min_value");
    const Json *high = member(distribution, "max_value");
    if (!low || !high || !low->is_number() || !high->is_number())
        return;
    if (whole) {
        for (const char *key : {"min_value", "max_value"}) {
            // 18.0 will not do: AgentSociety asks Python for an int.
            if (!member(distribution, key)->is_number_integer()) {
                findings.error(path + u'.' + QLatin1String(key), "distribution_whole",
                    tr("“%1” must be a whole number, written without a point").arg(QLatin1String(key)),
                    tr("Write 18 rather than 18.0, or use uniform_float."));
                return;
            }
        }
    }
    if (low->get<double>() > high->get<double>()) {
        findings.error(path + QStringLiteral(".max_value"), "distribution_range",
            tr("“max_value” is smaller than “min_value”"), tr("Exchange them."));
    }
}

void checkDistribution(const Json &distribution, const QString &path, Findings &findings)
{
    const QString type = textOf(distribution, "dist_type");
    if (type == QLatin1String("choice"))
        checkChoice(distribution, path, findings);
    else if (type == QLatin1String("uniform_int"))
        checkRange(distribution, true, path, findings);
    else if (type == QLatin1String("uniform_float"))
        checkRange(distribution, false, path, findings);
}

} // namespace

void checkDistributions(const AgentEntry &entry, Findings &findings)
{
    const Json *distributions = member(*entry.json, "memory_distributions");
    if (!distributions || !distributions->is_object())
        return;
    const QString base = entry.path + QStringLiteral(".memory_distributions");
    const bool isBuiltIn = isBuiltInCitizen(textOf(*entry.json, "agent_class"));
    static const QStringList sampled = namesOf("sampled");
    for (const auto &[key, distribution] : distributions->items()) {
        const QString name = keyText(key);
        const QString path = below(base, name);
        const bool isPlace = name == QLatin1String("home_aoi_id") || name == QLatin1String("work_aoi_id");
        if ((entry.list == QLatin1String("citizens") && isPlace) ||
            (entry.list == QLatin1String("firms") && name == QLatin1String("aoi_id"))) {
            findings.error(path, "distribution_reserved",
                tr("AgentSociety sets “%1” itself and refuses another distribution").arg(name),
                tr("Take it away; give places in a profile file."));
            continue;
        }
        checkDistribution(distribution, path, findings);
        if (entry.list == QLatin1String("citizens") && !(isBuiltIn && sampled.contains(name))) {
            const QString near = isBuiltIn ? nearest(name, sampled) : QString();
            findings.warning(path, "distribution_unused", tr("These agents do not use the attribute “%1”").arg(name),
                near.isEmpty() ? tr("Take it away, or use a profile file.") : tr("Did you mean “%1”?").arg(near));
        }
    }
}

} // namespace society::config
