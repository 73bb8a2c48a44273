// SPDX-License-Identifier: GPL-3.0-or-later
// Random bytes for what reads a log: index, colours, tracebacks, reports, search. Ends with 1 and the seed at the first
// thing that must not be.
//   fuzz-log [--executions N] [--seed N]
#include "services/agentsociety/logline.h"
#include "services/log/linefinder.h"
#include "services/log/lineindex.h"
#include "services/log/linetext.h"
#include "services/log/logdiff.h"
#include "services/log/outline.h"
#include "tests/log/rawlines.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRandomGenerator>
#include <algorithm>
#include <cstdio>

using namespace society;
using namespace society::log;

namespace {

QByteArray randomText(QRandomGenerator &random, int pieces)
{
    static const QByteArrayList known = {"\n", "\n", "\r", " ", "  ", "\t", "\x1b", "\x1b[", "\x1b[0m", "\x1b[1;31m",
        "\x1b[38;5;", "\x1b[38;2;1;2;3m", "\x1b]8;;", "\a", "\x1b\\", "m", ";", "9999999999",
        "Traceback (most recent call last):\n", "  File \"a\"\n", "ValueError: x\n",
        "\n\nDuring handling of the above exception, another exception occurred:\n\n",
        "  + Exception Group Traceback (most recent call last):\n", "2026-11-24 02:03:25,086", " - agentsociety - ",
        "WARNING - ", "INFO - ", "Start simulation day ", "0 at 28801, step 3", "OpenAIError: ", "Retry 1 of 10",
        "(LLMActor pid=1) ", "[", "] ", "\xe4\xbd\xa0", "\xe4\xbd", "\xff", "\xf0\x9f\x98\x80", "\xe2\x84\xaa", "a",
        "error", "Ks"};
    QByteArray text;
    for (int i = random.bounded(pieces); i > 0; --i) {
        if (random.bounded(8) == 0)
            text += static_cast<char>(random.bounded(256));
        else
            text += known[random.bounded(qint32(known.size()))];
    }
    return text;
}

QByteArrayList linesOf(const QByteArray &text)
{
    QByteArrayList lines = text.split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

bool checkIndex(QRandomGenerator &random, const QByteArray &text)
{
    LineIndex index;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype length = std::min<qsizetype>(text.size() - at, 1 + random.bounded(50));
        index.append(QByteArrayView(text).sliced(at, length));
        at += length;
    }
    return index.byteCount() == text.size() && index.lineCount() == linesOf(text).size() &&
           index.endsUnfinished() == (!text.isEmpty() && !text.endsWith('\n'));
}

bool checkText(QRandomGenerator &random, const QByteArray &bytes)
{
    RawLine raw;
    raw.data = bytes;
    raw.tail = random.bounded(4) == 0 ? QByteArrayView(bytes).last(bytes.size() / 2) : QByteArrayView();
    raw.bytes = raw.tail.isEmpty() ? bytes.size() : 10 * bytes.size();
    raw.finished = random.bounded(2) == 0;
    for (const TextForm form : {TextForm::AsOnATerminal, TextForm::Raw}) {
        const LogLine line = toLogLine(raw, form);
        qsizetype end = 0;
        for (const StyleSpan &span : line.spans) {
            if (span.first < end || span.length <= 0 || span.first + span.length > line.text.size())
                return false;
            end = span.first + span.length;
        }
        end = 0;
        for (const OddCell &cell : line.cells) {
            if (cell.first < end || cell.length <= 0)
                return false;
            end = cell.first + cell.length;
        }
        if (end > line.text.size())
            return false;
        const bool isWhole = form == TextForm::Raw && raw.data.size() == raw.bytes && !bytes.contains("\x1b]");
        if (isWhole && PatternText(line.text, line.cells).bytes() != bytes)
            return false;
        if (std::any_of(line.text.begin(), line.text.end(), [](QChar c) { return c.unicode() < 0x20 && c != u'\t'; }))
            return false;
    }
    return withoutAnsi(bytes).size() <= bytes.size() && comparedForm(bytes, {}).size() <= bytes.size();
}

bool checkOutline(const QByteArrayList &lines)
{
    Outline outline;
    Outline whole;
    qint64 number = 0;
    for (const QByteArray &line : lines) {
        outline.take(rawLine(number++, line));
        if (number % 3 == 0)
            whole.append(outline.takeFound());
    }
    whole.append(outline.takeFound());
    qint64 last = -1;
    for (const Fold &fold : whole.folds()) {
        const agentsociety::PlainLine first(lines[fold.first]);
        const bool isHead =
            fold.kind == Fold::Kind::Repeat || first.bytes().contains("Traceback (most recent call last):");
        if (fold.first <= last || fold.last <= fold.first || fold.last >= number || !isHead)
            return false;
        last = fold.last;
    }
    return true;
}

bool checkSearch(QRandomGenerator &random, const QByteArray &text)
{
    static const QStringList parts = {QStringLiteral("error"), QStringLiteral("a"), QStringLiteral("\\s"),
        QStringLiteral("."), QStringLiteral("[^a]"), QStringLiteral("*"), QStringLiteral("+"), QStringLiteral("?"),
        QStringLiteral("("), QStringLiteral(")"), QStringLiteral("|"), QStringLiteral("^"), QStringLiteral("$"),
        QStringLiteral("\\b"), QStringLiteral("\\W"), QStringLiteral("{2}"), QStringLiteral("[K-s]"),
        QStringLiteral("你"), QStringLiteral("(?!"), QStringLiteral("(?<="), QStringLiteral("Retry "),
        QStringLiteral("\\d"), QStringLiteral("["), QStringLiteral("]")};
    LogPattern pattern;
    for (int i = random.bounded(7); i >= 0; --i)
        pattern.text += parts[random.bounded(qint32(parts.size()))];
    pattern.isRegularExpression = random.bounded(5) != 0;
    pattern.isCaseSensitive = random.bounded(2) == 0;
    pattern.isWholeWord = random.bounded(5) == 0;
    pattern.isInverse = random.bounded(5) == 0;
    Result<LineMatcher> matcher = LineMatcher::compile(pattern);
    if (!matcher)
        return true; // no expression
    std::vector<LineHit> hits;
    const std::atomic_bool never = false;
    const std::unique_ptr<LineFinder> finder = finderOf(*matcher);
    const Result<qint64> found = finder->find(text, hits, never);
    std::vector<quint64> bits;
    const Result<qint64> marked = finder->mark(text, bits, never); // having seen whether hits are dense
    if (found.has_value() != marked.has_value())
        return false;
    auto hit = hits.begin();
    quint32 number = 0;
    for (const QByteArray &line : linesOf(text)) {
        const Result<bool> isHit = matcher->matches(line);
        if (!found || !isHit)
            return !found; // too costly: both must say so
        const bool isMarked = number / 64 < bits.size() && (bits[number / 64] >> number % 64 & 1) != 0;
        if (*isHit != (hit != hits.end() && hit->line == number) || *isHit != isMarked) {
            std::fprintf(stderr, "pattern %s, regex %d case %d word %d inverse %d, line %u: %s\n",
                qPrintable(pattern.text), pattern.isRegularExpression, pattern.isCaseSensitive, pattern.isWholeWord,
                pattern.isInverse, number, line.toPercentEncoding(" ").constData());
            return false;
        }
        hit += *isHit ? 1 : 0;
        ++number;
    }
    return hit == hits.end() && found && *found == text.count('\n') && *marked == *found;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("executions"), {}, QStringLiteral("n"), QStringLiteral("20000")},
        {QStringLiteral("seed"), {}, QStringLiteral("n"), QStringLiteral("1")}});
    parser.process(application);
    const quint32 first = parser.value(QStringLiteral("seed")).toUInt();
    const quint32 count = parser.value(QStringLiteral("executions")).toUInt();
    for (quint32 seed = first; seed < first + count; ++seed) {
        QRandomGenerator random(seed);
        const QByteArray text = randomText(random, 60);
        const QByteArrayList lines = linesOf(text);
        const char *failed = !checkIndex(random, text) ? "index" : !checkOutline(lines) ? "outline" : nullptr;
        for (const QByteArray &line : lines)
            failed = failed || checkText(random, line) ? failed : "text";
        if (!failed && seed % 50 == 0 && !checkSearch(random, text))
            failed = "search";
        if (failed) {
            std::fprintf(stderr, "%s: fuzz-log --executions 1 --seed %u\n", failed, seed);
            return 1;
        }
    }
    std::printf("%u executions\n", count);
    return 0;
}
