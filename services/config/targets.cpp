// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/targets.h"

#include "services/config/parts.h"

#include <QCoreApplication>
#include <QSet>
#include <algorithm>
#include <cmath>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigTargets", text);
}

constexpr double DaySeconds = 86400;
constexpr qint64 MonthSeconds = 30 * 86400; // AgentSociety's default between two closings of accounts

QString idList(const QList<qint64> &ids)
{
    constexpr qsizetype Shown = 5;
    QStringList words;
    for (qsizetype i = 0; i < std::min(Shown, ids.size()); ++i)
        words.append(QString::number(ids[i]));
    if (ids.size() > Shown)
        words.append(QStringLiteral("…"));
    return words.join(QStringLiteral(", "));
}

double numberOf(const Json &step, const char *key, double fallback)
{
    const Json *value = member(step, key);
    return value && value->is_number() ? value->get<double>() : fallback;
}

// Whom a step is for, as AgentSociety finds them.
struct Target {
    QString path;
    bool isList = false;
    bool byClass = false;
    bool everybody = false;
    QList<qint64> ids;                // of a list
    QList<const AgentGroup *> groups; // of a filter
};

class Walk {
public:
    Walk(const Document &agents, const Population &population, Findings &findings)
        : m_agents(agents)
        , m_population(population)
        , m_findings(findings)
    {
    }

    void start(double second) { m_second = second + 1; }

    void step(const Json &step, const QString &path)
    {
        const QString type = textOf(step, "type");
        if (type == QLatin1String("step"))
            advanceRounds(numberOf(step, "steps", 1), numberOf(step, "ticks_per_step", 300), path);
        else if (type == QLatin1String("run"))
            advanceDays(numberOf(step, "days", 1), numberOf(step, "ticks_per_step", 300), path);
        else if (type == QLatin1String("next_round"))
            advance(1, path);
        else if (const Json *target = member(step, "target_agent"); target && target->is_structured())
            checkTarget(type, targetOf(*target, below(path, QStringLiteral("target_agent"))), path);
    }

private:
    // --- time

    void advanceRounds(double rounds, double ticks, const QString &path)
    {
        if (rounds < 1 || ticks < 1)
            return;
        m_hasActed = true;
        advance(rounds * ticks, path);
    }

    void advanceDays(double days, double ticks, const QString &path)
    {
        if (!(days > 0) || ticks < 1)
            return;
        const double whole = std::min(std::floor(days), 1e6);
        const double rest = days - std::floor(days);
        double rounds = 0;
        if (whole >= 1)
            rounds = std::ceil((DaySeconds - std::fmod(m_second, DaySeconds)) / ticks) +
                     (whole - 1) * std::ceil(DaySeconds / ticks);
        if (rest > 0.001)
            rounds += std::floor(rest * DaySeconds / ticks);
        advanceRounds(rounds, ticks, path);
    }

    void advance(double seconds, const QString &path)
    {
        m_second += seconds;
        if (m_isMonthSaid || !m_population.hasBuiltInCitizens() ||
            m_second < static_cast<double>(monthOf()) - DaySeconds)
            return;
        m_isMonthSaid = true;
        m_findings.warning(path, "month_end",
            tr("The run goes on for %1 simulated days; AgentSociety fails when its firms and banks close their "
               "accounts after %2")
                .arg(std::floor(m_second / DaySeconds))
                .arg(std::floor(static_cast<double>(monthOf()) / DaySeconds)),
            tr("Shorten the run, or set time_diff of all firms, banks, statistics offices and governments to more than "
               "the run."));
    }

    // The shortest time until an institution closes its accounts.
    [[nodiscard]] qint64 monthOf() const
    {
        qint64 month = std::numeric_limits<qint64>::max();
        for (const AgentGroup &group : m_population.groups) {
            if (!group.isInstitution())
                continue;
            const Json *seconds = find(m_agents, group.path + QStringLiteral(".agent_params.time_diff"));
            month = std::min(
                month, seconds && !group.path.isEmpty() ? integer(*seconds).value_or(MonthSeconds) : MonthSeconds);
        }
        return month;
    }

    // --- who

    [[nodiscard]] Target targetOf(const Json &json, const QString &path) const
    {
        Target target;
        target.path = path;
        if (json.is_array()) {
            target.isList = true;
            for (const Json &id : json) {
                if (const auto number = integer(id))
                    target.ids.append(*number);
            }
            return target;
        }
        const Json *classes = member(json, "agent_class");
        target.byClass = classes && classes->is_array() && !classes->empty();
        target.everybody = !target.byClass;
        for (const AgentGroup &group : m_population.groups) {
            if (group.list != QLatin1String("supervisor") && (target.everybody || isNamed(group, *classes)))
                target.groups.append(&group);
        }
        return target;
    }

    static bool isNamed(const AgentGroup &group, const Json &classes)
    {
        return std::any_of(classes.begin(), classes.end(), [&](const Json &name) {
            return group.list == QLatin1String("citizens") &&
                   (isBuiltInCitizen(text(name)) ? group.builtIn : group.agentClass == text(name));
        });
    }

    void checkTarget(const QString &type, const Target &target, const QString &path)
    {
        if (target.isList)
            checkList(type, target);
        else
            checkGroups(type, target);
        checkMessage(type, target, path);
        if (type == QLatin1String("delete_agent"))
            remember(target);
    }

    // Steps that talk to people leave institutions out.
    static bool isTalk(const QString &type)
    {
        return type == QLatin1String("interview") || type == QLatin1String("survey") ||
               type == QLatin1String("message") || type == QLatin1String("other");
    }

    void checkList(const QString &type, const Target &target)
    {
        QList<qint64> unknown;
        QList<qint64> gone;
        QList<qint64> institutions;
        QSet<qint64> seen;
        QList<qint64> twice;
        for (const qint64 id : target.ids) {
            const AgentGroup *group = m_population.groupOf(id);
            if (seen.contains(id))
                twice.append(id);
            else if (!group || group->list == QLatin1String("supervisor")) // a supervisor is no target either
                unknown.append(id);
            else if (isDeleted(id))
                gone.append(id);
            else if (group->isInstitution())
                institutions.append(id);
            seen.insert(id);
        }
        if (target.ids.isEmpty())
            m_findings.warning(
                target.path, "target_empty", tr("The step is for nobody and does nothing"), citizensAre());
        reportMissing(type, target.path, unknown, gone);
        reportInstitutions(type, target, institutions);
        if (!twice.isEmpty())
            reportTwice(type, target.path, twice);
    }

    void reportMissing(
        const QString &type, const QString &path, const QList<qint64> &unknown, const QList<qint64> &gone)
    {
        // save_context leaves out whom it does not find; everything else ends the run.
        const Severity severity = type == QLatin1String("save_context") ? Severity::Warning : Severity::Error;
        if (!unknown.isEmpty()) {
            m_findings.add(severity, path, "target_unknown",
                unknown.size() == 1 ? tr("There is no agent %1").arg(unknown.first())
                                    : tr("There are no agents %1").arg(idList(unknown)),
                citizensAre());
        }
        if (!gone.isEmpty()) {
            m_findings.add(severity, path, "target_deleted",
                tr("An earlier step deletes the agents %1").arg(idList(gone)),
                tr("Take them out of the list, or move the step up."));
        }
    }

    void reportInstitutions(const QString &type, const Target &target, const QList<qint64> &institutions)
    {
        if (institutions.isEmpty() || !isTalk(type))
            return;
        const bool isAll = institutions.size() == target.ids.size();
        const QString message = institutions.size() == 1
                                    ? tr("Agent %1 is an institution").arg(institutions.first())
                                    : tr("The agents %1 are institutions").arg(idList(institutions));
        m_findings.add(isAll ? Severity::Error : Severity::Warning, target.path, "target_institution",
            isAll ? message + tr(", so the step does nothing") : message + tr(" and will be left out"), citizensAre());
    }

    void reportTwice(const QString &type, const QString &path, const QList<qint64> &twice)
    {
        const bool fails = type == QLatin1String("delete_agent");
        m_findings.add(fails ? Severity::Error : Severity::Warning, path, "target_twice",
            tr("The list names an agent twice: %1").arg(idList(twice)), tr("Name each agent once."));
    }

    void checkGroups(const QString &type, const Target &target)
    {
        qint64 count = 0;
        qint64 institutions = 0;
        bool anyGone = false;
        for (const AgentGroup *group : target.groups) {
            count += group->count;
            institutions += group->isInstitution() ? group->count : 0;
            anyGone = anyGone || std::any_of(m_deleted.begin(), m_deleted.end(), [group](const IdRange &range) {
                return std::any_of(group->ids.begin(), group->ids.end(),
                    [&](const IdRange &ids) { return ids.first <= range.last && range.first <= ids.last; });
            });
        }
        if (count == 0)
            m_findings.warning(target.path, "target_empty", tr("The filter matches no agent, so the step does nothing"),
                citizensAre());
        if (target.byClass && anyGone && type != QLatin1String("save_context")) {
            m_findings.error(target.path, "filter_after_delete",
                tr("The filter still finds agents that an earlier step deletes, and the run fails"),
                tr("Name the remaining agents by a list of ids."));
        }
        if (target.everybody && institutions > 0 &&
            (isTalk(type) || type == QLatin1String("delete_agent") || type == QLatin1String("update_state"))) {
            m_findings.warning(target.path, "filter_selects_all",
                tr("The filter selects all agents, institutions included"),
                tr("Write {\"agent_class\": [\"citizen\"]}."));
        }
    }

    void checkMessage(const QString &type, const Target &target, const QString &path)
    {
        if (m_hasActed || (type != QLatin1String("message") && type != QLatin1String("other")))
            return;
        const bool reachesBuiltIn =
            target.isList ? std::any_of(target.ids.begin(), target.ids.end(),
                                [this](qint64 id) {
                                    const AgentGroup *group = m_population.groupOf(id);
                                    return group && group->builtIn;
                                })
                          : std::any_of(target.groups.begin(), target.groups.end(),
                                [](const AgentGroup *group) { return group->builtIn && group->count > 0; });
        if (reachesBuiltIn) {
            m_findings.error(path, "message_before_step",
                tr("A message before the first step fails: people have no position yet"),
                tr("Put a “step” before it."));
        }
    }

    void remember(const Target &target)
    {
        for (const qint64 id : target.ids)
            m_deleted.append({id, id});
        for (const AgentGroup *group : target.groups)
            m_deleted += group->ids;
    }

    [[nodiscard]] bool isDeleted(qint64 id) const
    {
        return std::any_of(m_deleted.begin(), m_deleted.end(),
            [id](const IdRange &range) { return range.first <= id && id <= range.last; });
    }

    [[nodiscard]] QString citizensAre() const
    {
        const QString ids = idText(m_population.citizenIds());
        return ids.isEmpty() ? tr("This run has no citizens.") : tr("Citizens are %1.").arg(ids);
    }

    const Document &m_agents;
    const Population &m_population;
    Findings &m_findings;
    QList<IdRange> m_deleted;
    double m_second = 0;
    bool m_hasActed = false;
    bool m_isMonthSaid = false;
};

} // namespace

void checkTargets(const Document &workflow, const Document &agents, const Population &population, Findings &findings)
{
    const View steps = workflowView(workflow);
    if (!steps.json || !steps.json->is_array())
        return;
    Walk walk(agents, population, findings);
    const View environment = environmentView(workflow);
    walk.start(environment.json ? numberOf(*environment.json, "start_tick", 28800) : 28800);
    for (size_t i = 0; i < steps.json->size(); ++i) {
        if ((*steps.json)[i].is_object())
            walk.step((*steps.json)[i], below(steps.path, static_cast<qsizetype>(i)));
    }
    if (steps.json->empty())
        return;
    const QString last = textOf(steps.json->back(), "type");
    if (last == QLatin1String("interview") || last == QLatin1String("survey")) {
        findings.ok(below(steps.path, static_cast<qsizetype>(steps.json->size()) - 1), "ends_in_interview",
            last == QLatin1String("interview") ? tr("The workflow ends with an interview: AgentSociety leaves its "
                                                    "tokens out of its own totals; they are metered all the same")
                                               : tr("The workflow ends with a survey: AgentSociety leaves its tokens "
                                                    "out of its own totals; they are metered all the same"));
    }
}

} // namespace society::config
