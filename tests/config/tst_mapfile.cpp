// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/mapfile.h"
#include "tests/config/configfixture.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <limits>

using namespace society;
using namespace society::config;

class TestMapFile : public QObject {
    Q_OBJECT

private slots:
    void readsThePracticeTown();
    void reads();
    void survivesEveryTruncation();
    void namesEveryTruncationOfThePracticeTown();
    void survivesAnyBytes();
    void survivesDeepNesting();
    void checks_data();
    void checks();
    void missingAndForeignFiles();
    void cachesByFile();
};

void TestMapFile::readsThePracticeTown()
{
    const auto map = readMap(sourcePath(QStringLiteral("resources/runner/practice-town.pb")));
    QVERIFY2(map.has_value(), map ? "" : qPrintable(map.error().message));
    QCOMPARE(map->areas.size(), 64);
    QCOMPARE(map->bounds, QRectF(0, 0, 1600, 1600));
    QVERIFY(map->hasListedPoints());
    QVERIFY(map->areaIds.contains(500'000'000));
    QCOMPARE(lines(checkMap(*map, QStringLiteral("file_path"))), QStringList());
}

void TestMapFile::reads()
{
    citymap::Map source = town(2);
    source.add_roads();
    source.add_roads();
    const auto map = parseMap(bytesOf(source));
    QVERIFY(map.has_value());
    QCOMPARE(map->areas.size(), 4);
    QCOMPARE(map->areas[1].outline.size(), 4);
    QCOMPARE(map->areas[1].outline[0], QPointF(200, 0));
    QVERIFY(map->areas[1].hasArea);
    QCOMPARE(map->areas[3].poiIds, QList<qint32>{700'000'003});
    QCOMPARE(map->points.size(), 2);
    QCOMPARE(map->roads, 2);
    QVERIFY(map->hasBounds());
}

void TestMapFile::survivesEveryTruncation()
{
    const QByteArray whole = bytesOf(town(3));
    int unreadable = 0;
    for (qsizetype length = 0; length < whole.size(); ++length) {
        const auto map = parseMap(whole.left(length));
        if (!map) {
            ++unreadable;
            QCOMPARE(map.error().code, QStringLiteral("map_unreadable"));
            QVERIFY(!map.error().remedy.isEmpty());
        } else {
            (void)checkMap(*map, {});
        }
    }
    QVERIFY2(unreadable > whole.size() / 2, qPrintable(QString::number(unreadable)));
}

/// Cut at whatever byte, the practice town is never taken for a whole one: a problem is named, and it is an error for
/// people who move about. Between two of its parts what is left is a map in its form: then it is said that it has no
/// areas, or lists places that are not in it.
void TestMapFile::namesEveryTruncationOfThePracticeTown()
{
    QFile file(sourcePath(QStringLiteral("resources/runner/practice-town.pb")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    QHash<QString, int> times;
    for (qsizetype length = 0; length < whole.size(); ++length) {
        const auto map = parseMap(whole.left(length));
        if (!map) {
            ++times[map.error().code];
            QVERIFY(!map.error().message.isEmpty() && !map.error().remedy.isEmpty());
            continue;
        }
        const QList<Problem> problems = checkMap(*map, QStringLiteral("file_path"));
        QVERIFY2(!problems.isEmpty(), qPrintable(QString::number(length)));
        ++times[problems.constFirst().code];
        for (const Problem &problem : problems)
            QVERIFY(!problem.message.isEmpty() && !problem.remedy.isEmpty());
    }
    QVERIFY(times.value(QStringLiteral("map_unreadable")) > whole.size() * 9 / 10);
    QVERIFY(times.value(QStringLiteral("map_point_missing")) > 0);
    QCOMPARE(checkMap(*parseMap(whole), QStringLiteral("file_path")), QList<Problem>());
}

void TestMapFile::survivesAnyBytes()
{
    const QByteArray whole = bytesOf(town(3));
    QRandomGenerator random(20'261'124);
    for (int i = 0; i < 5'000; ++i) {
        QByteArray bytes = whole;
        for (int change = 0; change < 1 + i % 7; ++change)
            bytes[random.bounded(bytes.size())] = static_cast<char>(random.bounded(256));
        if (const auto map = parseMap(bytes))
            (void)checkMap(*map, {});
    }
    QVERIFY(!parseMap("this is no map at all"));
    QVERIFY(!parseMap(QByteArray(1000, '\xff')));
}

void TestMapFile::survivesDeepNesting()
{
    // Groups inside groups: what an unlimited reader would follow to the end of its stack.
    const auto map = parseMap(QByteArray(1'000'000, '\x0b'));
    QVERIFY(!map);
    QCOMPARE(map.error().code, QStringLiteral("map_unreadable"));
}

void TestMapFile::checks_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const std::function<void(citymap::Map &)> &change,
                         const QStringList &expected) {
        citymap::Map map = town(2);
        change(map);
        QTest::newRow(name) << bytesOf(map) << expected;
    };
    const QString error = QStringLiteral("error map.file_path ");
    const QString warning = QStringLiteral("warning map.file_path ");
    row("good", [](citymap::Map &) {}, {});
    row("no areas", [](citymap::Map &map) { map.clear_aois(); },
        {error + QStringLiteral("map_no_areas"), warning + QStringLiteral("map_no_points")});
    row("area without position", [](citymap::Map &map) { map.mutable_aois(1)->clear_positions(); },
        {error + QStringLiteral("map_area_without_position")});
    row("outline of two points",
        [](citymap::Map &map) { map.mutable_aois(1)->mutable_positions()->DeleteSubrange(2, 2); },
        {error + QStringLiteral("map_area_outline")});
    row("a point needs no outline",
        [](citymap::Map &map) {
            map.mutable_aois(1)->mutable_positions()->DeleteSubrange(1, 3);
            map.mutable_aois(1)->clear_area();
        },
        {});
    row("infinite outline",
        [](citymap::Map &map) {
            map.mutable_aois(0)->mutable_positions(0)->set_x(std::numeric_limits<double>::infinity());
        },
        {error + QStringLiteral("map_area_outline")});
    row("place without position", [](citymap::Map &map) { map.mutable_pois(0)->clear_position(); },
        {error + QStringLiteral("map_point_without_position")});
    row("no header", [](citymap::Map &map) { map.clear_header(); },
        {error + QStringLiteral("map_projection"), warning + QStringLiteral("map_bounds_empty")});
    row("projection", [](citymap::Map &map) { map.mutable_header()->set_projection("Beijing"); },
        {error + QStringLiteral("map_projection")});
    row("EPSG projection", [](citymap::Map &map) { map.mutable_header()->set_projection("EPSG:4547"); }, {});
    row("less than a metre", [](citymap::Map &map) { map.mutable_header()->set_east(0.9); },
        {warning + QStringLiteral("map_bounds_empty")});
    row("turned bounds", [](citymap::Map &map) { map.mutable_header()->set_south(900); },
        {warning + QStringLiteral("map_bounds_empty")});
    row("no places",
        [](citymap::Map &map) {
            map.clear_pois();
            for (citymap::Area &area : *map.mutable_aois())
                area.clear_poi_ids();
        },
        {warning + QStringLiteral("map_no_points")});
    row("places cut off", [](citymap::Map &map) { map.clear_pois(); }, {warning + QStringLiteral("map_point_missing")});
    row("ids twice", [](citymap::Map &map) { map.mutable_aois(1)->set_id(500'000'000); },
        {warning + QStringLiteral("map_duplicate_id")});
}

void TestMapFile::checks()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, expected);
    const auto map = parseMap(bytes);
    QVERIFY(map.has_value());
    const QList<Problem> problems = checkMap(*map, QStringLiteral("map.file_path"));
    QCOMPARE(lines(problems), expected);
    for (const Problem &problem : problems)
        QVERIFY(!problem.message.isEmpty() && !problem.remedy.isEmpty());
}

void TestMapFile::missingAndForeignFiles()
{
    QTemporaryDir folder;
    QCOMPARE(readMap(folder.filePath(QStringLiteral("none.pb"))).error().code, QStringLiteral("map_missing"));
    QCOMPARE(readMap({}).error().code, QStringLiteral("map_missing"));
    QCOMPARE(readMap(folder.path()).error().code, QStringLiteral("map_unreadable"));
    const QString text = folder.filePath(QStringLiteral("text.pb"));
    writeFile(text, "{\"not\": \"a map\"}");
    const auto map = readMap(text);
    QCOMPARE(map.error().code, QStringLiteral("map_unreadable"));
    QCOMPARE(map.error().path, text);
    const QString good = folder.filePath(QStringLiteral("good.pb"));
    writeFile(good, bytesOf(town(2)));
    QCOMPARE(readMap(good)->sha256.size(), 64);
    QCOMPARE(readMap(good)->path, good);
}

void TestMapFile::cachesByFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.pb"));
    MapCache cache;
    QCOMPARE(cache.load(path).error().code, QStringLiteral("map_missing"));
    writeFile(path, bytesOf(town(2)));
    const auto first = cache.load(path);
    QVERIFY(first.has_value());
    QCOMPARE(cache.load(path)->get(), first->get()); // the same object, not read again
    writeFile(path, bytesOf(town(3)));
    QCOMPARE((*cache.load(path))->areas.size(), 9);
    for (int i = 0; i < 20; ++i) {
        const QString other = folder.filePath(QString::number(i));
        writeFile(other, bytesOf(town(1)));
        QVERIFY(cache.load(other).has_value());
    }
    QCOMPARE((*cache.load(path))->areas.size(), 9);
    QCOMPARE((*first)->areas.size(), 4); // who holds an old one keeps it
}

QTEST_GUILESS_MAIN(TestMapFile)
#include "tst_mapfile.moc"
