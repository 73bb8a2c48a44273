// SPDX-License-Identifier: GPL-3.0-or-later
// What the search finds by all its short cuts, against one regular expression on one line after the other.
#include "services/log/rangesearch.h"

#include "services/log/linetext.h"
#include "tests/log/logfixture.h"

#include <QRandomGenerator>
#include <QTest>
#include <sstream>
#include <string>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

using namespace society;
using namespace society::log;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(society::log::LogPattern)

namespace {

/// Words, pieces of words, and bytes that are hard: colours inside of words, letters that fold to ASCII, no UTF-8 at
/// all.
QByteArray randomLog(QRandomGenerator &random, qsizetype size, int wordsInLine)
{
    static const QByteArrayList words = {"error", "Error", "ERROR", "err", "or", "kelvin",
        "\xe2\x84\xaa"
        "elvin",
        "\xc5\xbf"
        "kip",
        "skip", "SKIP", "\xc3\xa4rger", "\xc3\x84RGER", "\xe4\xbd\xa0\xe5\xa5\xbd", "foo", "bar", "foo_bar", "x", "xx",
        "1", "42", "day 7", " ", " ", " ", "  ", "\t", "\r", "\x1b[31m", "\x1b[0m", "\x1b", "\xff", "\xe4\xbd", "\x80",
        ".", ":", "a.b", "a\xc3\xa9", "=", "aaaa"};
    QByteArray bytes;
    while (bytes.size() < size) {
        bytes += words[random.bounded(qint32(words.size()))];
        if (random.bounded(wordsInLine) == 0)
            bytes += '\n';
    }
    bytes += QByteArray(1, '\0') + "x\n\n\nerror";
    return bytes;
}

/// One regular expression, as LogPattern says that it is to be matched.
class Reference {
public:
    Reference(const QByteArray &source, bool isCaseSensitive)
    {
        int code = 0;
        PCRE2_SIZE place = 0;
        m_code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(source.constData()), static_cast<PCRE2_SIZE>(source.size()),
            PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_UCP | (isCaseSensitive ? 0 : PCRE2_CASELESS), &code, &place,
            nullptr);
        pcre2_jit_compile(m_code, PCRE2_JIT_COMPLETE);
        m_data = pcre2_match_data_create_from_pattern(m_code, nullptr);
    }
    ~Reference()
    {
        pcre2_match_data_free(m_data);
        pcre2_code_free(m_code);
    }
    Q_DISABLE_COPY_MOVE(Reference)

    [[nodiscard]] bool matches(const QByteArray &line) const
    {
        return pcre2_match(m_code, reinterpret_cast<PCRE2_SPTR>(line.constData()), static_cast<PCRE2_SIZE>(line.size()),
                   0, 0, m_data, nullptr) >= 0;
    }

private:
    pcre2_code *m_code = nullptr;
    pcre2_match_data *m_data = nullptr;
};

QByteArray sourceOf(const QString &text, const LogPattern &pattern)
{
    QByteArray source = text.toUtf8();
    if (!pattern.isRegularExpression)
        source = "\\Q" + source + "\\E";
    return pattern.isWholeWord ? "(?<!\\w)(?:" + source + ")(?!\\w)" : source;
}

QList<qint64> expectedLines(const QByteArray &bytes, const LogPattern &pattern)
{
    std::vector<std::unique_ptr<Reference>> references;
    for (const QString &text : pattern.texts())
        references.push_back(std::make_unique<Reference>(sourceOf(text, pattern), pattern.isCaseSensitive));
    QList<qint64> lines;
    std::istringstream stream(bytes.toStdString());
    std::string text;
    for (qint64 number = 0; std::getline(stream, text); ++number) {
        const QByteArray plain = withoutAnsi(QByteArray::fromStdString(text));
        const auto count = std::count_if(
            references.begin(), references.end(), [&](const auto &reference) { return reference->matches(plain); });
        const bool hit = pattern.needsAll ? count == std::ssize(references) : count > 0;
        if (hit != pattern.isInverse)
            lines.append(number);
    }
    return lines;
}

QList<qint64> toList(const HitList &hits)
{
    QList<qint64> lines;
    for (qint64 i = 0; i < hits.count(); ++i)
        lines.append(hits.at(i));
    return lines;
}

LogPattern text(const QString &what, bool isCaseSensitive = false)
{
    return {what, false, isCaseSensitive};
}

LogPattern expression(const QString &what, bool isCaseSensitive = false)
{
    return {what, true, isCaseSensitive};
}

} // namespace

class TestRangeSearch : public QObject {
    Q_OBJECT
private slots:
    void findsWhatOneExpressionALineFinds_data()
    {
        QTest::addColumn<LogPattern>("pattern");
        for (const char *literal : {"error", "Error", "x", "kelvin", "skip", "Ärger", "你好", "你好error", "a.b", "r f",
                 " ", "aaaa", "[31m", "\t", "k", "errorerror", "42\n"}) {
            for (const bool isCaseSensitive : {false, true})
                QTest::addRow("%s %d", literal, isCaseSensitive) << text(QString::fromUtf8(literal), isCaseSensitive);
        }
        for (const char *source : {"error", "err.*or", "err(or)?", "e[^x]r", "\\s\\s", "a\\s+b?", "^error", "error$",
                 "^$", "^[^e]*$", "x*", "\\bfoo\\b", "\\Bor", "(?<!f)oo", "(?<=foo)_bar", "foo(?!_)", "[^a]*+$",
                 "\\d+ +\\w", "day \\d", "\\W{3}", "(a|x)+", "(foo|bar)\\1", "你.", ".\\.b", "[^\\s]error", "kelvin\\s",
                 "[k]elvin", "\\D\\D$", "a{4}", "aa{2}a", "\\Aerror", "error\\z", "\\Gerror", "[[:space:]]x",
                 "[\\t-~]x", "\\p{Han}", "(?i)ERROR", "(?s)o.e", "foo\\Kbar", "\\x65rror", "e\\nr", "\\Qa.b\\E",
                 "a(?#x)b", "(?>x+)x", "x++x", "\\h+\\d", "\\H\\H1", "[]x]1", "[^]x]1", "\\R", "foo|", "err\\w*+ ",
                 "(?:error *){2}", "(?<name>x)1", "\\.", "=|:", "skip.?foo"}) {
            for (const bool isCaseSensitive : {false, true})
                QTest::addRow("/%s/ %d", source, isCaseSensitive)
                    << expression(QString::fromUtf8(source), isCaseSensitive);
        }
        QTest::newRow("word") << LogPattern{u"foo"_s, false, false, true};
        QTest::newRow("word in Chinese") << LogPattern{u"你好"_s, false, true, true};
        QTest::newRow("word of two") << LogPattern{u"a.b"_s, false, true, true};
        QTest::newRow("word expression") << LogPattern{u"fo+|bar"_s, true, true, true};
        QTest::newRow("inverse") << LogPattern{u"error"_s, false, false, false, true};
        QTest::newRow("inverse expression") << LogPattern{u"o\\W"_s, true, false, false, true};
        QTest::newRow("any") << LogPattern{u"foo"_s, false, false, false, false, {u"42"_s, u""_s, u"kelvin"_s}};
        QTest::newRow("all") << LogPattern{u"o"_s, false, false, false, false, {u"r"_s, u"x"_s}, true};
        QTest::newRow("not any") << LogPattern{u"foo"_s, false, true, false, true, {u"bar"_s}};
        QTest::newRow("not all") << LogPattern{u"fo+"_s, true, true, false, true, {u"\\d"_s}, true};
    }

    void findsWhatOneExpressionALineFinds()
    {
        QFETCH(LogPattern, pattern);
        static QByteArrayList logs;
        if (logs.isEmpty()) {
            QRandomGenerator random(5);
            logs = {randomLog(random, 20'000, 4), randomLog(random, 1'200'000, 40), randomLog(random, 150'000, 15'000)};
        }
        QRandomGenerator random(17);
        Result<LineMatcher> matcher = LineMatcher::compile(pattern);
        QVERIFY2(matcher, matcher ? "" : qPrintable(matcher.error().message));
        static int rows = 0;
        const bool withLarge = ++rows % 4 == 0; // the one of more than a block takes longest
        for (const QByteArray &bytes : logs) {
            if (&bytes == &logs[1] && !withLarge && pattern.isRegularExpression)
                continue;
            const QList<qint64> expected = expectedLines(bytes, pattern);
            LogFixture log;
            log.append(bytes);
            QCOMPARE(searchAll(log, *matcher, bytes.size(), random), expected);
            QList<qint64> oneByOne;
            qint64 number = 0;
            for (const QByteArray &line : bytes.split('\n')) {
                if (*matcher->matches(line))
                    oneByOne.append(number);
                ++number;
            }
            QCOMPARE(oneByOne, expected);
        }
    }

    void searchesLinesOfAnyLength_data()
    {
        constexpr qint64 Block = BlockReader::BlockBytes; // and what is read behind it
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<bool>("isFinished");
        for (const qint64 bytes : QList<qint64>{100'000, Block - 1, Block, Block + 1, Block + 1012, Block + 1024,
                 Block + (64 << 10), 2 * Block, 2 * Block + 1, 5'000'000, 100'000'000}) {
            QTest::addRow("%lld", bytes) << bytes << true;
            if (bytes < 100'000'000)
                QTest::addRow("%lld unfinished", bytes) << bytes << false;
        }
    }

    void searchesLinesOfAnyLength()
    {
        QFETCH(qint64, bytes);
        QFETCH(bool, isFinished);
        LogFixture log;
        log.append("a needle\n\n" + QByteArray(bytes, 'x') + " needle" + (isFinished ? "\nb\nneedle\n" : ""));
        for (const LogPattern &pattern : {text(u"needle"_s), expression(u"ne+dle$"_s)}) {
            Result<LineMatcher> matcher = LineMatcher::compile(pattern);
            QRandomGenerator random(1);
            const QList<qint64> found = searchAll(log, *matcher, bytes + 17 + (isFinished ? 10 : 0), random);
            QCOMPARE(found, isFinished ? (QList<qint64>{0, 2, 4}) : (QList<qint64>{0, 2}));
        }
    }

    void givesTheLinesThemselves()
    {
        LogFixture log;
        log.append("a needle\nb\nneedle" + QByteArray(3'000'000, 'x') + "\nc\nneedle at the end");
        Result<LogFile> file = LogFile::open(log.path());
        QVERIFY(file);
        RangeSearch search(finderOf(*LineMatcher::compile(text(u"needle"_s))));
        const std::atomic_bool never = false;
        const Result<RangeHits> found = search.search(*file, 0, 0, 3'000'037, 10'000'000, true, never);
        QVERIFY(found && found->atEnd && found->lastIsUnfinished);
        QCOMPARE(found->bytes, "a needle\nneedle" + QByteArray(3'000'000, 'x') + "\nneedle at the end");
        QCOMPARE(found->line, 4);
    }

    void endsCostlyPatterns_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("explodes") << u"(x+x+)+(y|w)"_s << QByteArray(60, 'x');
        QTest::newRow("explodes late") << u"(x+x+)+(y|w)"_s << QByteArray(100'000, '-') + QByteArray(60, 'x');
        QTest::newRow("grows with the square") << u"(a|x)*+.*z"_s << QByteArray(2'000'000, 'x');
    }

    void endsCostlyPatterns()
    {
        QFETCH(QString, source);
        QFETCH(QByteArray, line);
        LogFixture log;
        log.append("first\n" + line + "\nlast\n");
        Result<LogFile> file = LogFile::open(log.path());
        QVERIFY(file);
        RangeSearch search(finderOf(*LineMatcher::compile(expression(source))));
        const std::atomic_bool never = false;
        const Result<RangeHits> found = search.search(*file, 0, 0, line.size() + 12, 10'000'000, false, never);
        QVERIFY(!found);
        QCOMPARE(found.error().code, u"pattern_too_costly"_s);
    }

private:
    /// Searches a file that grows, in pieces of random size, some of them without time for more than their first block.
    QList<qint64> searchAll(const LogFixture &log, const LineMatcher &matcher, qint64 size, QRandomGenerator &random)
    {
        const Result<LogFile> file = LogFile::open(log.path());
        RangeSearch search(finderOf(matcher));
        const std::atomic_bool never = false;
        HitList hits;
        bool lastIsUnfinished = false;
        qint64 offset = 0;
        qint64 line = 0;
        for (qint64 end = 0; end < size;) {
            end = std::min(size, end + 1 + random.bounded(qint32(std::max<qint64>(size / 3, 1000))));
            for (bool atEnd = false; !atEnd;) {
                const QDeadlineTimer deadline(random.bounded(2) - 1); // forever, or none
                const Result<RangeHits> found = search.search(
                    *file, offset, line, end, qint64(1) << (20 + random.bounded(3)), false, never, deadline);
                if (!found)
                    return {-1};
                if (lastIsUnfinished)
                    hits.removeLast();
                hits.append(found->lines);
                lastIsUnfinished = found->lastIsUnfinished;
                offset = found->offset;
                line = found->line;
                atEnd = found->atEnd;
            }
        }
        return toList(hits);
    }
};

QTEST_APPLESS_MAIN(TestRangeSearch)
#include "tst_rangesearch.moc"
