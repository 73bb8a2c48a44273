// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/problem.h"
#include "services/core/error.h"

#include <QHash>
#include <QList>
#include <QMutex>
#include <QPointF>
#include <QRectF>
#include <QSet>
#include <memory>

namespace society::config {

/// An area (AOI) of a map. Lengths in metres of the map's projection.
struct MapArea {
    qint32 id = 0;
    QList<QPointF> outline; ///< one point, or at least three where hasArea
    bool hasArea = false;
    int landUse = 0;
    QList<qint32> poiIds;
};

/// A point of interest.
struct MapPoint {
    qint32 id = 0;
    QPointF position;
    bool hasPosition = false;
};

/// What is checked and drawn of a map file. A value; any thread.
struct MapFile {
    QString path;
    QString sha256;     ///< lower-case hex
    QString projection; ///< a PROJ string
    QRectF bounds;      ///< west, south … east, north as written, not normalized: may be empty or inverted
    QList<MapArea> areas;
    QList<MapPoint> points;
    qsizetype roads = 0;
    QSet<qint32> areaIds;

    /// Whether the header spans at least a whole metre each way, as firms need.
    [[nodiscard]] bool hasBounds() const;
    /// Whether an area lists a point of interest; without, agents that move freeze a run.
    [[nodiscard]] bool hasListedPoints() const;
};

/// Largest map that is read: 512 MiB.
inline constexpr qint64 MaxMapBytes = 512LL * 1024 * 1024;

/// Reads a `city.map.v2.Map`. Never crashes on hostile bytes. Errors: `map_missing`, `map_too_large`, `map_unreadable`.
[[nodiscard]] Result<MapFile> readMap(const QString &path);
/// The same from bytes; `path` and `sha256` of the result stay empty.
[[nodiscard]] Result<MapFile> parseMap(const QByteArray &bytes);

/// The rules of AgentSociety for a map that was read: `map_no_areas`, `map_area_without_position`,
/// `map_area_outline`, `map_point_without_position`, `map_projection`; as warnings `map_bounds_empty`, `map_no_points`,
/// `map_point_missing` (errors in preflight() where the agents need them) and `map_duplicate_id`. Paths are `path` (a
/// document's, such as "map.file_path").
[[nodiscard]] QList<Problem> checkMap(const MapFile &map, const QString &path);

/// Maps that were read, kept by path, size and time of the file, so that a check repeated at every key press costs
/// nothing. Any thread; bounded (the 8 last used).
class MapCache {
public:
    /// Errors as readMap(); an unreadable file is remembered too.
    [[nodiscard]] Result<std::shared_ptr<const MapFile>> load(const QString &path);

private:
    struct Entry {
        qint64 size = 0;
        qint64 modified = 0;
        quint64 used = 0;
        Result<std::shared_ptr<const MapFile>> map;
    };
    QMutex m_mutex;
    QHash<QString, Entry> m_entries;
    quint64 m_clock = 0;
};

} // namespace society::config
