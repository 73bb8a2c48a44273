// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/mapfile.h"
#include "services/config/preflight.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <citymap.pb.h>

namespace society::config {

/// A town like the practice town: `size` × `size` blocks of 200 m, each third one with a shop.
inline citymap::Map town(int size = 4)
{
    citymap::Map map;
    citymap::Header *header = map.mutable_header();
    header->set_name("town");
    header->set_date("2026-01-01");
    header->set_east(200.0 * size);
    header->set_north(200.0 * size);
    header->set_projection("+proj=tmerc +lat_0=39.9042 +lon_0=116.4074 +datum=WGS84 +units=m");
    for (int i = 0; i < size * size; ++i) {
        citymap::Area *area = map.add_aois();
        area->set_id(500'000'000 + i);
        area->set_area(25'600);
        const double left = 200.0 * (i % size);
        const double low = 200.0 * (i / size);
        const double corners[][2] = {{left, low}, {left + 160, low}, {left + 160, low + 160}, {left, low + 160}};
        for (const auto &corner : corners) {
            citymap::Point *point = area->add_positions();
            point->set_x(corner[0]);
            point->set_y(corner[1]);
        }
        if (i % 3 == 0) {
            citymap::Poi *poi = map.add_pois();
            poi->set_id(700'000'000 + i);
            poi->set_name("Shop");
            poi->set_aoi_id(area->id());
            poi->mutable_position()->set_x(left + 80);
            poi->mutable_position()->set_y(low + 80);
            area->add_poi_ids(poi->id());
        }
    }
    return map;
}

inline QByteArray bytesOf(const citymap::Map &map)
{
    return QByteArray::fromStdString(map.SerializeAsString());
}

inline QString sourcePath(const QString &path)
{
    return qEnvironmentVariable("SOCIETY_SOURCE") + u'/' + path;
}

inline QByteArray dataFile(const QString &name)
{
    QFile file(sourcePath(QStringLiteral("tests/data/config/") + name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// One of the example run files, with a town and people in `folder` put in its places.
inline QByteArray example(const QString &name, const QString &folder)
{
    if (!QFile::exists(folder + QStringLiteral("/town.pb"))) {
        writeFile(folder + QStringLiteral("/town.pb"), bytesOf(town(8)));
        writeFile(folder + QStringLiteral("/profiles.json"), dataFile(QStringLiteral("profiles.json")));
        QFile::copy(sourcePath(QStringLiteral("resources/runner/practice_people.json")),
            folder + QStringLiteral("/people.json"));
    }
    QByteArray text = dataFile(name);
    text.replace("@LLM@", "http://127.0.0.1:8123/v1").replace("@MAP@", (folder + QStringLiteral("/town.pb")).toUtf8());
    return text.replace("@HOME@", folder.toUtf8());
}

inline Document json(const QByteArray &text)
{
    const auto document = Document::parse(text, Format::Json);
    if (!document)
        qFatal("%s", qPrintable(document.error().message));
    return *document;
}

/// "error exp.workflow.1.target_agent target_unknown", for comparison.
inline QStringList lines(const QList<Problem> &problems, bool withOk = false)
{
    QStringList list;
    for (const Problem &problem : problems) {
        if (withOk || problem.severity != Severity::Ok)
            list.append(QStringList{severityName(problem.severity), problem.path, problem.code}.join(u' '));
    }
    return list;
}

} // namespace society::config
