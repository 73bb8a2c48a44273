// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/mapfile.h"

#include "services/config/mapfile_p.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <cmath>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigMap", text);
}

} // namespace

tl::unexpected<Error> unreadableMap(const QString &path, const QString &detail)
{
    return fail(ErrorKind::Refused, "map_unreadable", tr("The map file cannot be read as a city map"),
        tr("Choose a map in the format city.map.v2 (.pb); a copy that was cut off must be copied again."), detail,
        path);
}

bool MapFile::hasListedPoints() const
{
    for (const MapArea &area : areas) {
        if (!area.poiIds.isEmpty())
            return true;
    }
    return false;
}

bool MapFile::hasBounds() const
{
    // AgentSociety takes whole metres, toward zero.
    const auto spans = [](double low, double high) {
        return std::isfinite(low) && std::isfinite(high) && std::trunc(high) > std::trunc(low);
    };
    return spans(bounds.left(), bounds.right()) && spans(bounds.top(), bounds.bottom());
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
        return unreadableMap(path, file.errorString());
    const QByteArray bytes = file.readAll();
    if (bytes.size() != file.size())
        return unreadableMap(path, file.errorString());
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
