// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/usage.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace society::experiment;

namespace {

QByteArray call(int entry, const char *model, qint64 in, qint64 out, int status = 200, const char *error = "",
    bool estimated = false)
{
    return QByteArray(R"({"seq":1,"t":"2026-01-01T00:00:00.000Z","entry":)") + QByteArray::number(entry) +
           R"(,"model":")" + model + R"(","kind":"","tokens_in":)" + QByteArray::number(in) + R"(,"tokens_out":)" +
           QByteArray::number(out) + R"(,"estimated":)" + (estimated ? "true" : "false") + R"(,"status":)" +
           QByteArray::number(status) + R"(,"error":")" + error + "\"}\n";
}

const QByteArray Header = "{\"schema\": 1, \"experiment\": \"x\"}\n";

} // namespace

class TestUsage : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("usage.jsonl"));
    }

    void missingFileIsEmpty()
    {
        UsageReader reader(m_path);
        QVERIFY(reader.update());
        QCOMPARE(reader.calls(), 0);
        QVERIFY(reader.totals().isEmpty());
    }

    void sumsPerEntryAndModel()
    {
        append(Header + call(1, "b", 10, 1) + call(0, "a", 7, 2) + call(1, "b", 5, 5, 429) +
               call(0, "c", 1, 1, 200, "", true) + call(0, "a", 0, 0, 200, "malformed"));
        UsageReader reader(m_path);
        QVERIFY(reader.update());
        const QList<UsageTotal> expected{
            {.entry = 0,
                .model = QStringLiteral("a"),
                .calls = 2,
                .failed = 1,
                .tokensIn = 7,
                .tokensOut = 2,
                .estimated = 0},
            {.entry = 0,
                .model = QStringLiteral("c"),
                .calls = 1,
                .failed = 0,
                .tokensIn = 1,
                .tokensOut = 1,
                .estimated = 1},
            {.entry = 1,
                .model = QStringLiteral("b"),
                .calls = 2,
                .failed = 1,
                .tokensIn = 15,
                .tokensOut = 6,
                .estimated = 0},
        };
        QCOMPARE(reader.totals(), expected);
        QCOMPARE(reader.calls(), 5);
        QCOMPARE(reader.tokensIn(), 23);
        QCOMPARE(reader.tokensOut(), 9);
    }

    /// However the file grows, byte by byte or in pieces, the sums are those of its whole lines.
    void growsInPieces_data()
    {
        QTest::addColumn<int>("piece");
        for (const int piece : {1, 7, 64, 100000})
            QTest::addRow("%d bytes", piece) << piece;
    }
    void growsInPieces()
    {
        QFETCH(int, piece);
        QByteArray all = Header;
        for (int i = 0; i < 20; ++i)
            all += call(i % 2, "m", i, 1);
        UsageReader reader(m_path);
        for (qsizetype at = 0; at < all.size(); at += piece) {
            append(all.mid(at, piece));
            QVERIFY(reader.update());
            const qsizetype whole = all.left(at + piece).count('\n');
            QCOMPARE(reader.calls(), std::max<qsizetype>(0, whole - 1));
            QCOMPARE(reader.unreadLines(), all.left(at + piece).endsWith('\n') ? 0 : 1);
        }
        QCOMPARE(reader.tokensIn(), 190);
    }

    void damagedLinesAreCountedNotBilled()
    {
        append(Header + "nonsense\n" + call(0, "m", -50, -1) + call(0, "m", 3, 4) + "{\"half\": ");
        UsageReader reader(m_path);
        QVERIFY(reader.update());
        QCOMPARE(reader.unreadLines(), 2);
        QCOMPARE(reader.tokensIn(), 3);
        QCOMPARE(reader.tokensOut(), 4);
    }

    void newerSchemaIsRefused()
    {
        append("{\"schema\": 2, \"experiment\": \"x\"}\n");
        UsageReader reader(m_path);
        const auto result = reader.update();
        QVERIFY(!result);
        QCOMPARE(result.error().code, QStringLiteral("usage_newer"));
    }

    void pagesThroughCalls()
    {
        QByteArray all = Header;
        for (int i = 0; i < 25; ++i)
            all += call(0, "m", i, 1);
        append(all + "{\"cut");
        QList<qint64> seen;
        qint64 offset = 0;
        while (true) {
            const auto page = readCalls(m_path, offset, 10);
            QVERIFY(page);
            for (const QJsonObject &line : page->calls)
                seen.append(line.value(QLatin1String("tokens_in")).toInteger());
            if (page->calls.isEmpty())
                break;
            offset = page->next;
        }
        QCOMPARE(seen.size(), 25);
        QCOMPARE(seen.last(), 24);
        QCOMPARE(offset, all.size());
    }

private:
    void append(const QByteArray &data)
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::Append));
        QCOMPARE(file.write(data), data.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestUsage)
#include "tst_usage.moc"
