// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/preflight.h"

#include "services/config/parts.h"
#include "services/config/rules.h"
#include "services/config/schema.h"
#include "services/config/targets.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace society::config {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("ConfigPreflight", text, nullptr, n);
}

bool isNull(const Part &part)
{
    return part.document.tree().root.is_null();
}

// The path in the run file of a path in a part's document.
QString runPath(Kind kind, const Document &document, const QString &path)
{
    const bool isList = document.tree().root.is_array();
    const auto under = [&](const QString &parent) { return path.isEmpty() ? parent : parent + u'.' + path; };
    switch (kind) {
    case Kind::Llm:
        return isList || path.isEmpty() ? under(QStringLiteral("llm")) : path;
    case Kind::Agents:
        return under(QStringLiteral("agents"));
    case Kind::Map:
        return under(QStringLiteral("map"));
    case Kind::Workflow:
        if (isList)
            return under(QStringLiteral("exp.workflow"));
        if (path == QLatin1String("logging_level"))
            return path;
        return under(QStringLiteral("exp"));
    default:
        return path;
    }
}

class Preflight {
public:
    Preflight(const Parts &parts, MapCache &maps)
        : m_parts(parts)
        , m_maps(maps)
        , m_population(populationOf(parts.agents.document, parts.agents.folder, m_profiles))
    {
    }

    QList<Problem> run()
    {
        checkPart(Kind::Llm, m_parts.llm, QStringLiteral("llm"));
        checkAgentsPart();
        checkMapPart();
        checkPart(Kind::Workflow, m_parts.workflow, QStringLiteral("exp.workflow"));
        if (!isNull(m_parts.workflow) && !isNull(m_parts.agents)) {
            Findings findings;
            checkTargets(m_parts.workflow.document, m_parts.agents.document, m_population, findings);
            add(Kind::Workflow, m_parts.workflow.document, findings.problems());
        }
        sayPractice();
        return m_findings.problems();
    }

private:
    void add(Kind kind, const Document &document, const QList<Problem> &problems)
    {
        for (Problem problem : problems) {
            problem.path = runPath(kind, document, problem.path);
            m_findings.add({problem});
        }
    }

    bool isMissing(const Part &part, const QString &path)
    {
        if (!isNull(part))
            return false;
        m_findings.error(path, "missing_key", tr("“%1” is missing").arg(path), tr("Choose or add it."));
        return true;
    }

    void checkPart(Kind kind, const Part &part, const QString &path)
    {
        if (!isMissing(part, path))
            add(kind, part.document, check(kind, part.document, {part.folder, &m_maps}));
    }

    void checkAgentsPart()
    {
        const Document &document = m_parts.agents.document;
        if (isMissing(m_parts.agents, QStringLiteral("agents")))
            return;
        Findings findings;
        for (const QString &path : document.duplicateKeys())
            findings.warning(path, "duplicate_key", tr("“%1” occurs twice; the last one counts").arg(path),
                tr("Take one of them away."));
        findings.add(checkAgents(document, m_population));
        if (!hasErrors(findings.problems())) {
            findings.ok({}, "agents_ok",
                tr("%n citizens, ids %1", static_cast<int>(m_population.citizens()))
                    .arg(idText(m_population.citizenIds())));
        }
        add(Kind::Agents, document, findings.problems());
    }

    void checkMapPart()
    {
        if (isMissing(m_parts.map, QStringLiteral("map")))
            return;
        const Document &document = m_parts.map.document;
        QList<Problem> problems = check(Kind::Map, document, {m_parts.map.folder, &m_maps});
        const Json *file = member(document.tree().root, "file_path");
        std::shared_ptr<const MapFile> map;
        if (file && file->is_string() && !text(*file).isEmpty())
            map = m_maps.load(absolutePath(m_parts.map.folder, text(*file))).value_or(nullptr);
        for (Problem &problem : problems)
            weigh(problem);
        problems.removeIf([this](const Problem &problem) {
            return problem.code == QLatin1String("map_no_points") && !usesMobility();
        });
        if (map && !hasErrors(problems)) {
            problems.append({Severity::Ok, QStringLiteral("file_path"), QStringLiteral("map_ok"),
                tr("The map reads: %n areas", static_cast<int>(map->areas.size())), {}});
        }
        add(Kind::Map, document, problems);
        if (map && !isNull(m_parts.agents))
            checkPlaces(*map);
    }

    // A fault of a map that only matters to some agents.
    void weigh(Problem &problem) const
    {
        if (problem.code == QLatin1String("map_bounds_empty") && m_population.institutions() > 0) {
            problem.severity = Severity::Error;
            problem.remedy = tr("Choose a map whose header gives its bounds: firms and banks are placed by them.");
        } else if (problem.code == QLatin1String("map_no_points") && usesMobility()) {
            problem.severity = Severity::Error;
            problem.remedy = tr("Choose a map with places, or agents without MobilityBlock: the run would freeze.");
        } else if (problem.code == QLatin1String("map_point_missing") && usesMobility()) {
            problem.severity = Severity::Error; // a KeyError as soon as somebody is sent there
        }
    }

    [[nodiscard]] bool usesMobility() const
    {
        for (const AgentGroup &group : m_population.groups) {
            if (group.list != QLatin1String("citizens") || group.count == 0)
                continue;
            const Json *blocks = find(m_parts.agents.document, group.path + QStringLiteral(".blocks"));
            const bool named = blocks && blocks->is_object();
            if (named ? blocks->contains("MobilityBlock") : group.builtIn)
                return true;
        }
        return false;
    }

    void checkPlaces(const MapFile &map)
    {
        Findings findings;
        for (const AgentGroup &group : m_population.groups) {
            if (!group.fromFile || group.list != QLatin1String("citizens"))
                continue;
            const Json *file = find(m_parts.agents.document, group.path + QStringLiteral(".memory_from_file"));
            if (!file)
                continue;
            const auto &table = m_profiles.load(absolutePath(m_parts.agents.folder, text(*file)));
            if (table)
                checkProfilePlaces(*table, group.count, &map, m_population,
                    group.path + QStringLiteral(".memory_from_file"), findings);
        }
        add(Kind::Agents, m_parts.agents.document, findings.problems());
    }

    void sayPractice()
    {
        const View entries = llmView(m_parts.llm.document);
        if (!entries.json || !entries.json->is_array() || entries.json->empty())
            return;
        const bool isPractice = std::all_of(entries.json->begin(), entries.json->end(),
            [](const Json &entry) { return textOf(entry, "provider") == QLatin1String("practice"); });
        if (isPractice)
            m_findings.ok(
                QStringLiteral("llm"), "practice", tr("The practice model answers: no key, no money, no network"));
    }

    const Parts &m_parts;
    MapCache &m_maps;
    ProfileReader m_profiles;
    Population m_population;
    Findings m_findings;
};

} // namespace

QList<Problem> preflight(const Parts &parts, MapCache &maps, const QList<Problem> &others)
{
    QList<Problem> problems = Preflight(parts, maps).run() + others;
    std::stable_sort(
        problems.begin(), problems.end(), [](const Problem &a, const Problem &b) { return a.severity < b.severity; });
    return problems;
}

std::optional<PartPath> partPath(const Parts &parts, const QString &path)
{
    QStringList keys = splitPath(path);
    if (keys.isEmpty())
        return std::nullopt;
    const QString first = keys.takeFirst();
    if (first == QLatin1String("llm")) {
        const bool isList = parts.llm.document.tree().root.is_array();
        return PartPath{Kind::Llm, isList ? joinPath(keys) : path};
    }
    if (first == QLatin1String("agents"))
        return PartPath{Kind::Agents, joinPath(keys)};
    if (first == QLatin1String("map"))
        return PartPath{Kind::Map, joinPath(keys)};
    if (first == QLatin1String("logging_level"))
        return PartPath{Kind::Workflow, path};
    if (first != QLatin1String("exp"))
        return std::nullopt;
    if (parts.workflow.document.tree().root.is_array() && !keys.isEmpty())
        keys.removeFirst();
    return PartPath{Kind::Workflow, joinPath(keys)};
}

} // namespace society::config
