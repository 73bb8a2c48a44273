// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/bytescan.h"

#include <QRandomGenerator>
#include <QTest>
#include <algorithm>
#include <array>
#include <vector>

using namespace society::log;

Q_DECLARE_METATYPE(const society::log::ByteScan *)

class TestByteScan : public QObject {
    Q_OBJECT
private:
    /// Bytes of which many are what is looked for.
    static QByteArray randomBytes(QRandomGenerator &random, qsizetype size)
    {
        static constexpr char Few[] = {'\n', 'a', 'A', 'b', '\x1b', '\x84', '\xaa', '\xc5', '\xbf', ' ', 'x', 'x', 'x'};
        const bool dense = random.bounded(2) == 0;
        QByteArray bytes(size, Qt::Uninitialized);
        for (char &c : bytes)
            c = dense || random.bounded(40) == 0 ? Few[random.bounded(int(sizeof(Few)))] : 'x';
        return bytes;
    }

private slots:
    void agreesWithTheObvious_data()
    {
        QTest::addColumn<const ByteScan *>("scan");
        QTest::newRow("portable") << &portableByteScan();
        QTest::newRow("the processor's") << &byteScan();
        if (avx2ByteScan())
            QTest::newRow("AVX2") << avx2ByteScan();
    }

    void agreesWithTheObvious()
    {
        QFETCH(const ByteScan *, scan);
        QRandomGenerator random(3);
        for (int round = 0; round < 6000; ++round) {
            // To the end of an allocation of just that size and from any alignment on, so that a byte too much is
            // noticed by a sanitizer.
            const QByteArray all = randomBytes(random, random.bounded(700));
            const std::vector<char> exact(all.cbegin(), all.cend());
            const qsizetype from = random.bounded(qint32(all.size() + 1));
            const QByteArray bytes = QByteArray::fromRawData(exact.data() + from, all.size() - from);
            const char *const begin = bytes.constData();
            const char *const end = begin + bytes.size();
            QCOMPARE(scan->count(begin, end, '\n'), bytes.count('\n'));
            QCOMPARE(scan->isAscii(begin, end),
                std::all_of(begin, end, [](char c) { return static_cast<unsigned char>(c) < 128; }));
            const qsizetype n = 1 + random.bounded(8);
            qsizetype left = n;
            QCOMPARE(scan->nth(begin, end, '\n', n) - begin,
                std::find_if(begin, end, [&](char c) { return c == '\n' && --left == 0; }) - begin);
            checkPair(*scan, bytes, random);
            checkSpecial(*scan, bytes);
        }
    }

private:
    static void checkPair(const ByteScan &scan, const QByteArray &bytes, QRandomGenerator &random)
    {
        const BytePair pair{'a', static_cast<unsigned char>(random.bounded(2) * 0x20), 'b',
            static_cast<unsigned char>(random.bounded(2) * 0x20), random.bounded(40)};
        const auto fits = [](char c, unsigned value, unsigned ignored) {
            return (static_cast<unsigned char>(c) | ignored) == value;
        };
        const char *expected = bytes.constData();
        const char *const end = bytes.constData() + bytes.size();
        while (expected < end && !(end - expected > pair.distance && fits(*expected, pair.first, pair.firstIgnored) &&
                                     fits(expected[pair.distance], pair.second, pair.secondIgnored)))
            ++expected;
        QCOMPARE(scan.findPair(bytes.constData(), end, pair) - expected, 0);
        checkPlaces(scan, bytes, pair, random);
    }

    static void checkPlaces(
        const ByteScan &scan, const QByteArray &bytes, const BytePair &pair, QRandomGenerator &random)
    {
        const char *const begin = bytes.constData();
        const char *const end = begin + bytes.size();
        const bool folds = random.bounded(2) == 0;
        const ByteScan &plain = portableByteScan();
        PlaceScan state;
        state.isDense = random.bounded(2) == 0;
        std::array<LinePlace, MostPlacesAtOnce + 30> places{};
        const char *from = begin;
        do {
            const size_t count = scan.places(begin, end, pair, folds, state, places.data(), places.size());
            for (size_t i = 0; i < count; ++i) {
                const char *const next = std::min(plain.findPair(from, end, pair), plain.findSpecial(from, end, folds));
                QCOMPARE(places[i].offset, next - begin);
                QCOMPARE(places[i].line, std::count(begin, next, '\n'));
                from = next + 1;
            }
        } while (state.at < bytes.size());
        QCOMPARE(std::min(plain.findPair(from, end, pair), plain.findSpecial(from, end, folds)) - end, 0);
        QCOMPARE(state.line, bytes.count('\n'));
    }

    static void checkSpecial(const ByteScan &scan, const QByteArray &bytes)
    {
        const auto at = [&bytes](const QByteArray &what) {
            const qsizetype found = bytes.indexOf(what);
            return found < 0 ? bytes.size() : found;
        };
        const char *const begin = bytes.constData();
        QCOMPARE(scan.findSpecial(begin, begin + bytes.size(), false) - begin, at("\x1b"));
        QCOMPARE(scan.findSpecial(begin, begin + bytes.size(), true) - begin,
            std::min({at("\x1b"), at("\x84\xaa"), at("\xc5\xbf")}));
    }
};

QTEST_APPLESS_MAIN(TestByteScan)
#include "tst_bytescan.moc"
