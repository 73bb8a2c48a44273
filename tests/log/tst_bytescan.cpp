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
        if (avx512ByteScan())
            QTest::newRow("AVX-512") << avx512ByteScan();
    }

    void agreesWithTheObvious()
    {
        QFETCH(const ByteScan *, scan);
        QRandomGenerator random(3);
        for (int round = 0; round < 6000; ++round) {
            // To the end of an allocation of just that size and from any alignment on, so that a byte too much is
            // noticed by a sanitizer.
            const QByteArray all = randomBytes(random, random.bounded(round % 8 == 0 ? 3000 : 700));
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
            checkMark(*scan, bytes, random);
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

    /// A text of letters that are there, of any length and with any pair of it.
    static void checkMark(const ByteScan &scan, const QByteArray &bytes, QRandomGenerator &random)
    {
        QByteArray text;
        QByteArray ignored;
        const bool ignoresCase = random.bounded(2) == 0;
        const bool isLong = random.bounded(3) == 0;
        for (int i = isLong ? random.bounded(40) : random.bounded(3); i >= 0; --i) {
            text += isLong || random.bounded(4) == 0 ? 'x' : "aab\x1b"[random.bounded(4)];
            ignored += ignoresCase && text.back() != '\x1b' ? '\x20' : '\0';
        }
        if (isLong && random.bounded(2) == 0)
            text[random.bounded(qint32(text.size()))] = 'a';
        ByteText what{{}, random.bounded(qint32(text.size())), text.size(), text.constData(), ignored.constData()};
        const qsizetype second = random.bounded(qint32(what.pairAt), qint32(text.size()));
        const auto byte = [](const QByteArray &from, qsizetype i) { return static_cast<unsigned char>(from[i]); };
        what.pair = {byte(text, what.pairAt), byte(ignored, what.pairAt), byte(text, second), byte(ignored, second),
            second - what.pairAt};

        LineMarks marks;
        while (marks.at < bytes.size())
            scan.mark(
                bytes.cbegin(), bytes.cend(), what, std::min(marks.at + 1 + random.bounded(300), bytes.size()), marks);
        QCOMPARE(marks.at, bytes.size());
        QCOMPARE(marks.line(), bytes.count('\n'));
        LineBits bits = marks.bits;
        bits.push_back(marks.open);
        quint32 line = 0;
        qsizetype places = 0;
        size_t escapes = 0;
        for (const QByteArray &one : bytes.split('\n'))
            QCOMPARE(hasLine(bits, line++), (ignoresCase ? one.toLower() : one).contains(text));
        line = 0;
        const auto fits = [](char c, unsigned value, unsigned mask) {
            return (static_cast<unsigned char>(c) | mask) == value;
        };
        for (qsizetype at = 0; at < bytes.size(); line += bytes[at++] == '\n' ? 1U : 0U) {
            const qsizetype other = at + what.pair.distance;
            if (other < bytes.size() && fits(bytes[at], what.pair.first, what.pair.firstIgnored) &&
                fits(bytes[other], what.pair.second, what.pair.secondIgnored))
                ++places;
            if (bytes[at] != '\x1b')
                continue;
            ++places;
            QVERIFY(escapes < marks.escapes.size());
            QCOMPARE(marks.escapes[escapes].offset, at);
            QCOMPARE(marks.escapes[escapes++].line, line);
        }
        QCOMPARE(escapes, marks.escapes.size());
        QCOMPARE(marks.places, places);
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
