// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/mapfile.h"
#include "services/config/mapfile_p.h"

#include <QStringDecoder>
#include <algorithm>
#include <citymap.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

namespace society::config {

namespace {

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
        return unreadableMap({}, QStringLiteral("protobuf"));
    if (!hasTexts(source))
        return unreadableMap({}, QStringLiteral("UTF-8"));
    MapFile map;
    const citymap::Header &header = source.header();
    map.projection = QString::fromStdString(header.projection());
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

} // namespace society::config
