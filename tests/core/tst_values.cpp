// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/clock.h"
#include "services/core/csv.h"
#include "services/core/ids.h"
#include "services/core/workspace.h"

#include <QFileInfo>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace society;
using namespace Qt::StringLiterals;

/// Ids, times, CSV fields and the workspace's paths.
class TestValues : public QObject {
    Q_OBJECT
private slots:
    void randomIds();
    void parsesIds_data();
    void parsesIds();
    void tenantIds_data();
    void tenantIds();
    void times();
    void badTimes_data();
    void badTimes();
    void csvFields_data();
    void csvFields();
    void workspace();
    void workspaceFromTheEnvironment();
    void programs();
};

void TestValues::randomIds()
{
    QSet<ExperimentId> ids;
    for (int i = 0; i < 10'000; ++i) {
        const auto id = ExperimentId::random();
        QCOMPARE(id.text().size(), 36);
        QCOMPARE(id.text(), id.text().toLower());
        QCOMPARE(id.text().at(14), u'4');
        QCOMPARE(id.digits().size(), 32);
        QVERIFY(ExperimentId::parse(id.text()) == id);
        QVERIFY(ExperimentId::parse(id.digits()) == id);
        ids.insert(id);
    }
    QCOMPARE(ids.size(), 10'000);
    QVERIFY(ExperimentId().isNull());
    QVERIFY(!ExperimentId::random().isNull());
}

void TestValues::parsesIds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    const auto row = [](const char *text, bool good) { QTest::newRow(text) << QString::fromUtf8(text) << good; };
    row("0123abcd-4567-89ef-0123-456789abcdef", true);
    row("0123ABCD-4567-89EF-0123-456789ABCDEF", true);
    row("0123abcd456789ef0123456789abcdef", true);
    row("  0123abcd456789ef0123456789abcdef\n", true);
    row("", false);
    row("0123abcd-4567-89ef-0123-456789abcde", false);
    row("0123abcd-4567-89ef-0123-456789abcdef0", false);
    row("{0123abcd-4567-89ef-0123-456789abcdef}", false);
    row("0123abcg-4567-89ef-0123-456789abcdef", false);
    row("0123-abcd-4567-89ef-0123-456789abcdef", false);
    row("０123abcd-4567-89ef-0123-456789abcdef", false);
    row("../../../../etc/passwd", false);
}

void TestValues::parsesIds()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    const auto id = ExperimentId::parse(text);
    QCOMPARE(id.has_value(), good);
    if (good)
        QCOMPARE(id->text(), u"0123abcd-4567-89ef-0123-456789abcdef"_s);
    else
        QCOMPARE(id.error().code, u"id_invalid"_s);
}

void TestValues::tenantIds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    for (const char *text : {"default", "0", "a.b-c_d", "lab2"})
        QTest::newRow(text) << QString::fromUtf8(text) << true;
    QTest::newRow("63") << QString(63, u'a') << true;
    QTest::newRow("64") << QString(64, u'a') << false;
    for (const char *text :
        {"", "_", ".", "..", "-a", "_a", "A", "a b", "a/b", "a\\b", "a\n", " a", "ä", "中", "a:b", "a\x7f"})
        QTest::newRow(text) << QString::fromUtf8(text) << false;
    QTest::newRow("NUL") << u"a\000b"_s << false;
}

void TestValues::tenantIds()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    const auto id = parseTenantId(text);
    QCOMPARE(id.has_value(), good);
    if (!good)
        QCOMPARE(id.error().code, u"tenant_invalid"_s);
}

void TestValues::times()
{
    const QDateTime time(QDate(2026, 3, 1), QTime(7, 8, 9, 10), Qt::UTC);
    QCOMPARE(toIso(time), u"2026-03-01T07:08:09.010Z"_s);
    QCOMPARE(toIso(time.toTimeZone(QTimeZone("Asia/Shanghai"))), u"2026-03-01T07:08:09.010Z"_s);
    QCOMPARE(toIso(QDateTime()), QString());
    QRandomGenerator random(5);
    qint64 before = 0;
    for (int i = 0; i < 10'000; ++i) {
        const qint64 ms = static_cast<qint64>(random.bounded(4'000'000'000'000.0));
        const QDateTime any = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
        QCOMPARE(fromIso(toIso(any)).toMSecsSinceEpoch(), ms);
        QCOMPARE(fromIso(toIso(any)).timeSpec(), Qt::UTC);
        // The text's order is the time's.
        QCOMPARE(toIso(any) < toIso(QDateTime::fromMSecsSinceEpoch(before, Qt::UTC)), ms < before);
        before = ms;
    }
    const SystemClock clock;
    QCOMPARE(clock.now().timeSpec(), Qt::UTC);
    QVERIFY(qAbs(clock.now().msecsTo(QDateTime::currentDateTime())) < 5'000);
}

void TestValues::badTimes_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
        {"", "now", "2026-13-01T00:00:00.000Z", "2026-02-30T00:00:00.000Z", "2026-01-01T25:00:00.000Z", "20260101",
            "2026-01-01T00:00:00.000", "2026-01-01", "2026-01-01T00:00:00.000Zz", "1.1.2026"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestValues::badTimes()
{
    QFETCH(QString, text);
    QVERIFY(!fromIso(text).isValid());
}

void TestValues::csvFields_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("field");
    const auto row = [](const char *text, const char *field) {
        QTest::newRow(text) << QString::fromUtf8(text) << QByteArray(field);
    };
    row("", "");
    row("plain", "plain");
    row("a,b", "\"a,b\"");
    row("say \"hi\"", "\"say \"\"hi\"\"\"");
    row("two\nlines", "\"two\nlines\"");
    row(" blanks ", " blanks ");
    row("你好", "你好");
    row("=1", "'=1");
    row("@x,y", "\"'@x,y\"");
    row("+", "'+");
    row("-", "'-");
    row("-5", "-5");
    row("+5.5", "+5.5");
    row("-1e5", "-1e5");
    row("-5-5", "'-5-5");
    row("-nan", "'-nan");
    row("\tx", "'\tx");
    row("\rx", "\"'\rx\"");
    row("x=1", "x=1");
}

void TestValues::csvFields()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, field);
    QCOMPARE(csvField(text), field);
    QCOMPARE(csvLine({text, u"end"_s}), field + ",end\r\n");
}

void TestValues::workspace()
{
    QTemporaryDir dir;
    const Workspace workspace(dir.filePath(u"new/deep"_s));
    QVERIFY(workspace.create().has_value());
    QVERIFY(workspace.create().has_value());
    for (const QString &folder : {workspace.root(), workspace.runner(), workspace.maps(), workspace.profiles()}) {
        QVERIFY2(QFileInfo(folder).isDir(), qPrintable(folder));
        QCOMPARE(
            QFileInfo(folder).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::ExeOther),
            QFileDevice::Permissions());
    }
    QCOMPARE(workspace.database(), dir.filePath(u"new/deep/society.db"_s));
    const auto id = ExperimentId::random();
    QCOMPARE(workspace.runDirectory(u"lab"_s, id), dir.filePath(u"new/deep/runs/lab/"_s) + id.text());
    QCOMPARE(workspace.runs({}), dir.filePath(u"new/deep/runs/_"_s));
}

void TestValues::workspaceFromTheEnvironment()
{
    const QByteArray before = qgetenv("SOCIETY_WORKSPACE");
    qputenv("SOCIETY_WORKSPACE", "/some/where/");
    QCOMPARE(Workspace::defaultRoot(), u"/some/where"_s);
    qunsetenv("SOCIETY_WORKSPACE");
    QVERIFY(Workspace::defaultRoot().endsWith(u"/society-workbench"_s));
    if (!before.isNull())
        qputenv("SOCIETY_WORKSPACE", before);
}

void TestValues::programs()
{
    const QByteArray before = qgetenv("SOCIETY_BIN");
    QTemporaryDir dir;
    qputenv("SOCIETY_BIN", dir.path().toUtf8());
    const QString path = dir.filePath(u"society-none-such"_s);
    const auto missing = findProgram(u"society-none-such"_s);
    QCOMPARE(missing.error().code, u"program_missing"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(!findProgram(u"society-none-such"_s)); // it cannot be started
    QVERIFY(file.setPermissions(file.permissions() | QFileDevice::ExeOwner | QFileDevice::ExeUser));
    QCOMPARE(findProgram(u"society-none-such"_s).value_or(QString()), path);
    qputenv("SOCIETY_BIN", before);
}

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
