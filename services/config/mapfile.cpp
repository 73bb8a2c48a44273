// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/mapfile.h"

#include "services/core/files.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStringDecoder>
#include <algorithm>
#include <citymap.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigMap", text);
}

tl::unexpected<Error> unreadable(const QString &path, const QString &detail)
{
    return fail(ErrorKind::Refused, "map_unreadable", tr("The map file cannot be read as a city map"),
        tr("Choose a map in the format city.map.v2 (.pb); a copy that was cut off must be copied again."), detail,
        path);
}

QString utf8(const std::string &text)
{
    return QString::fromStdString(text);
}

// The format promises UTF-8, and AgentSociety's reader insists on it.
bool isText(const std::string &text)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    (void)QString(decoder(QByteArrayView(text)));
    return !decoder.hasError();
}

bool hasTexts(const citymap::Map &map)
{
    return isText(map.header().name()) && isText(map.header().date()) && isText(map.header().projection()) &&
           std::all_of(map.pois().begin(), map.pois().end(),
               [](const citymap::Poi &poi) { return isText(poi.name()) && isText(poi.category()); });
}

MapArea areaOf(const citymap::Area &source)
{
    MapArea area;
    area.id = source.id();
    area.hasArea = source.has_area();
    area.landUse = source.land_use();
    area.outline.reserve(source.positions_size());
    for (const citymap::Point &point : source.positions())
        area.outline.append(QPointF(point.x(), point.y()));
    area.poiIds.reserve(source.poi_ids_size());
    for (const std::int32_t id : source.poi_ids())
        area.poiIds.append(id);
    return area;
}

MapPoint pointOf(const citymap::Poi &source)
{
    MapPoint point;
    point.id = source.id();
    point.hasPosition = source.has_position();
    point.position = QPointF(source.position().x(), source.position().y());
    return point;
}

} // namespace

Result<MapFile> parseMap(const QByteArray &bytes)
{
    // Own limits: the nesting of a hostile file must not reach the end of the stack.
    google::protobuf::io::ArrayInputStream array(bytes.constData(), static_cast<int>(bytes.size()));
    google::protobuf::io::CodedInputStream input(&array);
    input.SetRecursionLimit(32);
    citymap::Map source;
    if (!source.ParseFromCodedStream(&input) || !input.ConsumedEntireMessage())
        return unreadable({}, QStringLiteral("protobuf"));
    if (!hasTexts(source))
        return unreadable({}, QStringLiteral("UTF-8"));
    MapFile map;
    const citymap::Header &header = source.header();
    map.projection = utf8(header.projection());
    map.bounds = QRectF(QPointF(header.west(), header.south()), QPointF(header.east(), header.north()));
    map.areas.reserve(source.aois_size());
    for (const citymap::Area &area : source.aois()) {
        map.areas.append(areaOf(area));
        map.areaIds.insert(area.id());
    }
    map.points.reserve(source.pois_size());
    for (const citymap::Poi &poi : source.pois())
        map.points.append(pointOf(poi));
    map.roads = source.roads_size();
    return map;
}

Result<MapFile> readMap(const QString &path)
{
    const QFileInfo info(path);
    if (path.isEmpty() || !info.exists()) {
        return fail(ErrorKind::NotFound, "map_missing", tr("The map file %1 is missing").arg(path),
            tr("Put the file there, or choose another map."), {}, path);
    }
    if (info.size() > MaxMapBytes) {
        return fail(ErrorKind::Refused, "map_too_large",
            tr("The map file is larger than %1").arg(QLocale().formattedDataSize(MaxMapBytes)),
            tr("Choose a smaller part of the city."), {}, path);
    }
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    const QByteArray bytes = file.readAll();
    if (bytes.size() != file.size())
        return unreadable(path, file.errorString());
    auto map = parseMap(bytes);
    if (!map) {
        map.error().path = path;
        return map;
    }
    map->path = path;
    map->sha256 = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    return map;
}

Result<std::shared_ptr<const MapFile>> MapCache::load(const QString &path)
{
    constexpr qsizetype Kept = 8;
    const QFileInfo info(path);
    const qint64 size = info.exists() ? info.size() : -1;
    const qint64 modified = info.exists() ? info.lastModified().toMSecsSinceEpoch() : 0;
    {
        const QMutexLocker lock(&m_mutex);
        const auto found = m_entries.find(path);
        if (found != m_entries.end() && size >= 0 && found->size == size && found->modified == modified) {
            found->used = ++m_clock;
            return found->map;
        }
    }
    // Read outside the lock: a large city takes a while, and others ask for other maps meanwhile.
    Result<std::shared_ptr<const MapFile>> map;
    if (auto read = readMap(path))
        map = std::make_shared<const MapFile>(std::move(*read));
    else
        map = fail(std::move(read).error());
    if (size < 0)
        return map;
    const QMutexLocker lock(&m_mutex);
    m_entries.insert(path, {size, modified, ++m_clock, map});
    while (m_entries.size() > Kept) {
        auto oldest = m_entries.cbegin();
        for (auto entry = m_entries.cbegin(); entry != m_entries.cend(); ++entry) {
            if (entry->used < oldest->used)
                oldest = entry;
        }
        m_entries.erase(oldest);
    }
    return map;
}

} // namespace society::config
