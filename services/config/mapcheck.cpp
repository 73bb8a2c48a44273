// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/findings.h"
#include "services/config/mapfile.h"

#include <QCoreApplication>
#include <cmath>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigMap", text);
}

// PROJ itself is not ours to link for one string; these are the forms that it reads.
bool looksLikeProjection(const QString &projection)
{
    const QString text = projection.trimmed();
    for (const char *form : {"EPSG:", "ESRI:", "PROJCS[", "PROJCRS[", "GEOGCS[", "GEOGCRS[", "{"}) {
        if (text.startsWith(QLatin1String(form), Qt::CaseInsensitive))
            return true;
    }
    return text.contains(QLatin1String("proj=")) || text.contains(QLatin1String("init="));
}

bool isFinite(const QList<QPointF> &outline)
{
    for (const QPointF &point : outline) {
        if (!std::isfinite(point.x()) || !std::isfinite(point.y()))
            return false;
    }
    return true;
}

// One problem per kind of fault, with its first example: a city has thousands of areas.
struct Fault {
    qsizetype count = 0;
    qint32 first = 0;

    void add(qint32 id)
    {
        if (count++ == 0)
            first = id;
    }
};

void checkAreas(const MapFile &map, const QString &path, Findings &findings)
{
    Fault empty;
    Fault outline;
    for (const MapArea &area : map.areas) {
        if (area.outline.isEmpty())
            empty.add(area.id);
        else if ((area.hasArea && area.outline.size() < 3) || !isFinite(area.outline))
            outline.add(area.id);
    }
    if (empty.count > 0) {
        findings.error(path, "map_area_without_position",
            tr("%1 areas of the map have no position, first %2").arg(empty.count).arg(empty.first),
            tr("Repair the map, or choose another."));
    }
    if (outline.count > 0) {
        findings.error(path, "map_area_outline",
            tr("%1 areas of the map have an outline of less than three points, first %2")
                .arg(outline.count)
                .arg(outline.first),
            tr("Repair the map, or choose another."));
    }
    if (map.areaIds.size() < map.areas.size()) {
        findings.warning(path, "map_duplicate_id",
            tr("%1 areas of the map have an id that another has too; the last one counts")
                .arg(map.areas.size() - map.areaIds.size()),
            tr("Give every area an id of its own."));
    }
}

void checkPoints(const MapFile &map, const QString &path, Findings &findings)
{
    Fault missing;
    for (const MapPoint &point : map.points) {
        if (!point.hasPosition || !std::isfinite(point.position.x()) || !std::isfinite(point.position.y()))
            missing.add(point.id);
    }
    if (missing.count > 0) {
        findings.error(path, "map_point_without_position",
            tr("%1 places of the map have no position, first %2").arg(missing.count).arg(missing.first),
            tr("Repair the map, or choose another."));
    }
    // As a map has that was cut off behind its areas: whoever is sent to such a place ends the run.
    QSet<qint32> ids;
    for (const MapPoint &point : map.points)
        ids.insert(point.id);
    Fault unknown;
    for (const MapArea &area : map.areas) {
        for (const qint32 id : area.poiIds) {
            if (!ids.contains(id))
                unknown.add(id);
        }
    }
    if (unknown.count > 0) {
        findings.warning(path, "map_point_missing",
            tr("%1 places that areas of the map list are not in it, first %2: it may have been cut off")
                .arg(unknown.count)
                .arg(unknown.first),
            tr("Copy the map again, or choose another."));
    }
    if (!map.hasListedPoints()) {
        findings.warning(path, "map_no_points", tr("No area of the map lists a place, such as a shop"),
            tr("Use it only with agents that have no MobilityBlock."));
    }
}

} // namespace

QList<Problem> checkMap(const MapFile &map, const QString &path)
{
    Findings findings;
    if (map.areas.isEmpty()) {
        findings.error(path, "map_no_areas", tr("The map has no areas, so nobody can live in it"),
            tr("Choose a map with areas (AOIs)."));
    }
    if (!looksLikeProjection(map.projection)) {
        findings.error(path, "map_projection", tr("The map's projection “%1” is none").arg(map.projection.left(60)),
            tr("Choose a map whose header has a PROJ string, such as +proj=tmerc +lat_0=39.9 +lon_0=116.4."));
    }
    if (!map.hasBounds()) {
        findings.warning(path, "map_bounds_empty", tr("The map's header gives no bounds"),
            tr("Use it only with agents that need no firms, or repair its header."));
    }
    checkAreas(map, path, findings);
    checkPoints(map, path, findings);
    return findings.problems();
}

} // namespace society::config
