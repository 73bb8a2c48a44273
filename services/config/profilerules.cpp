// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/profilerules.h"

#include "services/config/parts.h"
#include "services/config/schema.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <algorithm>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigProfiles", text);
}

constexpr qsizetype MostRowProblems = 10; // of one file in one list of problems
constexpr qsizetype ExamplesShown = 5;

// The place of an entry, as a number or as {"aoi_position": {"aoi_id": N}}; 0: none.
qint64 areaOf(const QJsonValue &place)
{
    if (place.isDouble())
        return place.toInteger();
    return place[QLatin1String("aoi_position")][QLatin1String("aoi_id")].toInteger();
}

void checkColumn(const ProfileTable &table, qsizetype rows, QLatin1String column, const MapFile &map,
    const QString &path, Findings &findings)
{
    QStringList missing;
    qsizetype count = 0;
    for (qsizetype i = 0; i < rows; ++i) {
        const qint64 area = areaOf(table.rows.at(i)[column]);
        if (area == 0 ||
            (area <= std::numeric_limits<qint32>::max() && map.areaIds.contains(static_cast<qint32>(area))))
            continue;
        if (++count <= ExamplesShown)
            missing.append(QString::number(area));
    }
    if (count > 0) {
        findings.error(path, "profile_place_unknown",
            tr("%1 people have a “%2” that the map does not have: %3")
                .arg(count)
                .arg(column, missing.join(QStringLiteral(", "))),
            tr("Choose the map that belongs to these people, or correct the column."));
    }
}

} // namespace

void checkProfileRows(
    const ProfileTable &table, qint64 number, const QString &agentClass, const QString &path, Findings &findings)
{
    if (number > table.rows.size()) {
        findings.error(path, "profile_too_few",
            tr("%1 agents are asked for, but the file has %2 people").arg(number).arg(table.rows.size()),
            tr("Lower “number”, or use a longer file."));
    }
    qsizetype shown = 0;
    for (const Problem &problem : table.problems) {
        if (problem.severity != Severity::Error || splitPath(problem.path).value(0).toLongLong() >= number)
            continue;
        if (++shown > MostRowProblems)
            break;
        findings.add(Severity::Error, path, problem.code.toLatin1().constData(), problem.message, problem.remedy);
    }
    QStringList kept = namesOf("attributes.base");
    kept += isBuiltInCitizen(agentClass) ? namesOf("attributes.citizen")
                                         : namesOf(("attributes." + agentClass.toLatin1()).constData());
    QStringList dropped;
    for (const ProfileColumn &column : table.columns) {
        if (!kept.contains(column.name))
            dropped.append(column.name);
    }
    if (!dropped.isEmpty()) {
        findings.warning(path, "profile_column_dropped",
            tr("AgentSociety drops these columns of the file: %1").arg(dropped.join(QStringLiteral(", "))),
            tr("Put what matters into background_story, or into a column that AgentSociety knows."));
    }
}

void checkProfilePlaces(const ProfileTable &table, qint64 number, const MapFile *map, const Population &population,
    const QString &path, Findings &findings)
{
    const qsizetype rows = std::clamp<qsizetype>(number, 0, table.rows.size());
    if (map && !map->areas.isEmpty()) {
        checkColumn(table, rows, QLatin1String("home"), *map, path, findings);
        checkColumn(table, rows, QLatin1String("work"), *map, path, findings);
    }
    QStringList strangers;
    for (qsizetype i = 0; i < rows; ++i) {
        const QJsonArray ties = table.rows.at(i)[QLatin1String("social_network")].toArray();
        for (const QJsonValue &tie : ties) {
            const qint64 target = tie[QLatin1String("target_id")].toInteger();
            if (strangers.size() < ExamplesShown && !population.groupOf(target) &&
                !strangers.contains(QString::number(target)))
                strangers.append(QString::number(target));
        }
    }
    if (!strangers.isEmpty()) {
        findings.warning(path, "profile_friend_unknown",
            tr("People of the file know agents that are not in the run: %1").arg(strangers.join(QStringLiteral(", "))),
            tr("Raise “number”, or take these ties away."));
    }
}

} // namespace society::config
