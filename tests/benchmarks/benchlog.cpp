// SPDX-License-Identifier: GPL-3.0-or-later
// The log engine as a whole process: what a window does with a log, without the window.
//   bench-log generate FILE --bytes N      writes a log like the runner's
//   bench-log index FILE [--memory]        opens it until it is indexed to its end
//   bench-log search FILE PATTERN [--regex] [--ignore-case] [--inverse] [--word]    keeps the lines that match
//   bench-log cancel FILE PATTERN --rounds N      cancels such a search, so many times, while it is at work
//   bench-log write FILE --lines N --rate N      writes lines with their time, so many a second
//   bench-log tail FILE --lines N --rate N       follows that
//   bench-log jump FILE --megabytes N            goes to lines of a large file, which it makes
//   bench-log feed FOLDER --logs N --rate N --lines N     writes lines into that many files, so many a second into each
//   bench-log many FOLDER --logs N --rate N --lines N     follows them all
#include "figures.h"
#include "loglines.h"

#include "services/log/logdocument.h"
#include "services/log/logsearch.h"
#include "services/log/rangesearch.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTimer>
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sys/resource.h>

using namespace society;

namespace {

/// The memory that this process has for itself, KiB.
double privateKib()
{
    std::ifstream file("/proc/self/smaps_rollup");
    double sum = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("Private_Clean:") || line.starts_with("Private_Dirty:"))
            sum += std::stod(line.substr(line.find(':') + 1));
    }
    return sum;
}

/// One write for each line, as the runner's logger does: it decides in which pieces the system keeps the file in
/// memory, and with that what it costs to map it.
int generate(const char *path, std::int64_t bytes)
{
    bench::LogLines lines;
    QFile file(QString::fromLocal8Bit(path));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Append | QIODevice::Unbuffered))
        return 1;
    std::string text;
    for (std::int64_t written = 0; written < bytes; written += static_cast<std::int64_t>(text.size())) {
        text.clear();
        lines.appendStep(text);
        for (size_t begin = 0, end = 0; begin < text.size(); begin = end) {
            end = text.find('\n', begin) + 1;
            if (file.write(text.data() + begin, static_cast<qint64>(end - begin)) != static_cast<qint64>(end - begin))
                return 1;
        }
    }
    return 0;
}

/// Runs the event loop until a document is indexed to its end; false where it cannot be.
bool waitUntilReady(log::LogDocument &document)
{
    const auto connection =
        QObject::connect(&document, &log::LogDocument::stateChanged, qApp, [](log::LogDocument::State state) {
            if (state != log::LogDocument::State::Reading)
                qApp->exit(state == log::LogDocument::State::Ready ? 0 : 1);
        });
    const int code = QCoreApplication::exec();
    QObject::disconnect(connection);
    return code == 0;
}

int index(const bench::Report &report, const char *path, bool withMemory)
{
    if (withMemory) // reading it takes time
        report.value("at start", privateKib() / 1024, "MiB");
    log::LogDocument document;
    document.open(QString::fromLocal8Bit(path));
    if (!waitUntilReady(document))
        return 1;
    report.value("lines", static_cast<double>(document.lineCount()), "lines");
    report.value("index", static_cast<double>(document.indexMemory()), "bytes");
    if (withMemory)
        report.value("private memory", privateKib() / 1024, "MiB");
    return 0;
}

int search(const bench::Report &report, int argc, char **argv)
{
    log::LogPattern pattern;
    pattern.text = QString::fromUtf8(argv[3]);
    pattern.isRegularExpression = bench::hasFlag(argc, argv, "regex");
    pattern.isCaseSensitive = !bench::hasFlag(argc, argv, "ignore-case");
    pattern.isInverse = bench::hasFlag(argc, argv, "inverse");
    pattern.isWholeWord = bench::hasFlag(argc, argv, "word");
    const Result<log::LineMatcher> matcher = log::LineMatcher::compile(pattern);
    const Result<log::LogFile> file = log::LogFile::open(QString::fromLocal8Bit(argv[2]));
    if (!matcher || !file)
        return 1;
    const Result<log::FileFacts> facts = file->facts();
    log::RangeSearch range(log::finderOf(*matcher));
    const std::atomic_bool never = false;
    log::HitList hits;
    log::RangeHits found;
    while (facts && !found.atEnd) {
        Result<log::RangeHits> some = range.search(*file, found.offset, found.line, facts->size,
            log::RangeSearch::LookBytes, false, never, QDeadlineTimer(log::RangeSearch::LookTime));
        if (!some)
            return 1;
        found = std::move(*some);
        hits.append(std::move(found.lines));
    }
    report.value("hits", static_cast<double>(hits.count()), "lines");
    report.value("memory of hits", static_cast<double>(hits.memory()), "bytes");
    return 0;
}

/// From the call of cancel() until no thread of the search is at work any more.
int cancel(const bench::Report &report, char **argv, int rounds)
{
    log::LogDocument document;
    document.setLive(false);
    document.open(QString::fromLocal8Bit(argv[2]));
    if (!waitUntilReady(document))
        return 1;
    bench::Samples times;
    bool isAtWork = true;
    for (int i = 0; i < rounds; ++i) {
        auto search = std::make_unique<log::LogSearch>(document);
        search->start({QString::fromUtf8(argv[3]), true, true});
        // At moments that are spread over what a thread does between two looks.
        QTimer::singleShot(5 + i * 7 % 90, Qt::PreciseTimer, qApp, [] { qApp->quit(); });
        QCoreApplication::exec();
        isAtWork = isAtWork && search->isRunning();
        const double begun = bench::nowMs();
        search->cancel();
        search.reset(); // joins them
        times.add(bench::nowMs() - begun);
    }
    report.samples("cancelled", times);
    report.value("cancelled, p99", isAtWork ? times.p99() : 1e9, "ms");
    return 0;
}

constexpr qsizetype StampBytes = 20; // of a line that write() writes

/// Writes lines that begin with the time at which they are written, so many a second.
int write(const char *path, qint64 lines, qint64 rate)
{
    QFile file(QString::fromLocal8Bit(path));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return 1;
    const double begun = bench::nowMs();
    std::string text;
    for (qint64 written = 0; written < lines;) {
        const double now = bench::nowMs();
        const auto due = std::min(lines, static_cast<qint64>((now - begun) * static_cast<double>(rate) / 1000));
        text.clear();
        char stamp[32];
        std::snprintf(stamp, sizeof(stamp), "%0*.3f", static_cast<int>(StampBytes), now);
        for (; written < due; ++written)
            text.append(stamp)
                .append(" - agentsociety - INFO - Received 3 messages, number ")
                .append(std::to_string(written))
                .append("\n");
        if (!text.empty() &&
            file.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()))
            return 1;
        timespec pause = {0, 1'000'000};
        ::nanosleep(&pause, nullptr);
    }
    return 0;
}

/// What this process has used of the processors, ms.
double usedMs()
{
    rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

/// Follows a file that another process writes.
int tail(const bench::Report &report, char **argv, qint64 lines, qint64 rate)
{
    const QString path = QString::fromLocal8Bit(argv[2]);
    log::LogDocument document;
    document.setTailLines(50);
    bench::Samples late;
    double oldest = 0; // when the first line was written that has not been told; about
    QObject::connect(&document, &log::LogDocument::grown, qApp, [&](qint64 count, const log::LinesAnswer &answer) {
        const double now = bench::nowMs();
        if (oldest > 0)
            late.add(now - oldest);
        if (!answer.lines.isEmpty())
            oldest = QStringView(answer.lines.last().text).first(StampBytes).toDouble();
        if (count >= lines)
            qApp->exit(0);
    });
    document.open(path);
    QProcess writer;
    QObject::connect(&writer, &QProcess::finished, qApp,
        [](int code) { QTimer::singleShot(2000, qApp, [code] { qApp->exit(code == 0 ? 2 : 1); }); });
    const double used = usedMs();
    const double begun = bench::nowMs();
    writer.start(QCoreApplication::applicationFilePath(),
        {QStringLiteral("write"), path, QStringLiteral("--lines"), QString::number(lines), QStringLiteral("--rate"),
            QString::number(rate)});
    QCoreApplication::exec();
    report.value("processor", 100 * (usedMs() - used) / (bench::nowMs() - begun), "%");
    report.value("lost", static_cast<double>(lines - document.lineCount()), "lines");
    report.value("from written to shown, p99", late.p99(), "ms");
    report.samples("from written to shown", late);
    writer.disconnect();
    writer.waitForFinished();
    return 0;
}

QString logOf(const char *folder, int number)
{
    return QString::fromLocal8Bit(folder) + QStringLiteral("/%1.txt").arg(number);
}

/// Writes `lines` lines into each of `logs` files, `rate` a second, each line by itself as a runner does.
int feed(const char *folder, int logs, qint64 lines, qint64 rate)
{
    std::vector<std::unique_ptr<QFile>> files;
    for (int i = 0; i < logs; ++i) {
        files.push_back(std::make_unique<QFile>(logOf(folder, i)));
        if (!files.back()->open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
            return 1;
    }
    const QByteArray line = "2026-11-24 02:03:25,086 - agentsociety - INFO - Received 3 messages\n";
    const double begun = bench::nowMs();
    for (qint64 round = 0; round < lines; ++round) {
        for (int i = 0; i < logs; ++i) {
            // Spread over the round: runs do not write in step.
            const double due = static_cast<double>(round * logs + i) * 1000 / static_cast<double>(rate * logs);
            const double early = begun + due - bench::nowMs();
            if (early > 1) {
                timespec pause = {0, static_cast<long>(early * 1e6)};
                ::nanosleep(&pause, nullptr);
            }
            if (files[static_cast<std::size_t>(i)]->write(line) != line.size())
                return 1;
        }
    }
    return 0;
}

/// Follows the logs of many runs at once, as a window does that shows or watches them all.
int many(const bench::Report &report, char **argv, int logs, qint64 lines, qint64 rate)
{
    std::vector<std::unique_ptr<log::LogDocument>> documents;
    for (int i = 0; i < logs; ++i) {
        QFile(logOf(argv[2], i)).open(QIODevice::WriteOnly | QIODevice::Truncate);
        documents.push_back(std::make_unique<log::LogDocument>());
        documents.back()->setTailLines(50);
        documents.back()->open(logOf(argv[2], i));
    }
    const auto count = [&documents] {
        qint64 sum = 0;
        for (const auto &document : documents)
            sum += document->lineCount();
        return sum;
    };
    QTimer::singleShot(2000, qApp, [] { qApp->quit(); }); // until all are open
    QCoreApplication::exec();
    QProcess writer;
    QObject::connect(&writer, &QProcess::finished, qApp, [](int code) { qApp->exit(code); });
    const double used = usedMs();
    const double begun = bench::nowMs();
    writer.start(QCoreApplication::applicationFilePath(),
        {QStringLiteral("feed"), QString::fromLocal8Bit(argv[2]), QStringLiteral("--logs"), QString::number(logs),
            QStringLiteral("--lines"), QString::number(lines), QStringLiteral("--rate"), QString::number(rate)});
    if (const int code = QCoreApplication::exec(); code != 0)
        return 1;
    const double seconds = (bench::nowMs() - begun) / 1000;
    report.value("processor", (usedMs() - used) / 10 / seconds, "%");
    report.value("rate", static_cast<double>(lines) / seconds, "lines/s");
    QTimer::singleShot(1000, qApp, [] { qApp->quit(); });
    QCoreApplication::exec();
    report.value("lost", static_cast<double>(lines * logs - count()), "lines");
    report.value("private memory", privateKib() / 1024, "MiB");
    return 0;
}

/// Reads a file, so that it is in memory.
void readOnce(const char *path)
{
    std::ifstream file(path, std::ios::binary);
    static std::array<char, 1 << 16> block; // not of the heap, which would keep it
    while (file.read(block.data(), static_cast<std::streamsize>(block.size()))) {
    }
}

/// Goes to any lines, one after the other while `goesOn(number)`; the times until the text is there, ms, or far too
/// much where it did not come.
template <class GoesOn>
bench::Samples jumpAround(log::LogDocument &document, GoesOn goesOn)
{
    bench::Samples times;
    for (int i = 0; goesOn(i); ++i) {
        const double begun = bench::nowMs();
        document.lines(document.lineCount() * (i * 7919 % 1000) / 1000, 60, qApp, [&](const log::LinesAnswer &answer) {
            times.add(answer.lines.isEmpty() ? 1e9 : bench::nowMs() - begun);
            qApp->exit(0);
        });
        QCoreApplication::exec();
    }
    return times;
}

/// Opens a file until its first lines are there; the rest is being indexed then, if it is large.
void openFirstLines(log::LogDocument &document, const char *path)
{
    QObject::connect(
        &document, &log::LogDocument::grown, qApp, [] { qApp->exit(0); }, Qt::SingleShotConnection);
    document.open(QString::fromLocal8Bit(path));
    QCoreApplication::exec();
}

/// Makes a file with some lines every so often and holes between them, small and large, and goes to lines of it.
int jump(const bench::Report &report, const char *path, qint64 megabytes)
{
    const auto make = [path](qint64 bytes) {
        const qint64 every = (bytes / 600 >> 20 << 20) + (1 << 20);
        QFile file(QString::fromLocal8Bit(path));
        std::string lines;
        for (int i = 0; i < 1000; ++i)
            lines += "2026-11-24 02:03:25,086 - agentsociety - INFO - Received 3 messages\n";
        bool ok = file.open(QIODevice::WriteOnly | QIODevice::Truncate);
        for (qint64 at = 0; ok && at < bytes; at += every)
            ok = file.seek(at) && file.write(lines.data(), static_cast<qint64>(lines.size())) > 0;
        return ok && file.resize(bytes);
    };
    log::LogDocument document;
    bench::Samples early; // while the file was still being indexed
    bench::Samples times;
    double alone = 0; // how long that took, ms
    double gone = 0;  // and where it was gone through meanwhile
    const auto goThrough = [&](qint64 bytes) {
        if (!make(bytes))
            return false;
        readOnce(path);
        const auto isReading = [&] { return document.state() == log::LogDocument::State::Reading; };
        openFirstLines(document, path);
        alone = bench::nowMs();
        if (isReading() && !waitUntilReady(document))
            return false;
        alone = bench::nowMs() - alone;
        openFirstLines(document, path);
        gone = bench::nowMs();
        early = jumpAround(document, [&](int) { return isReading(); });
        gone = bench::nowMs() - gone;
        times = jumpAround(document, [](int i) { return i < 1000; });
        return document.state() == log::LogDocument::State::Ready;
    };
    if (!goThrough(10'000'000))
        return 1;
    report.value("private memory at 10 MB", privateKib() / 1024, "MiB");
    document.close();
    if (!goThrough(megabytes * 1'000'000)) // what is done is the same, so that only the sizes differ
        return 1;
    report.samples("jump", times);
    report.value("jump, p99", times.p99(), "ms");
    report.samples("jump while it is indexed", early);
    report.value("jump while it is indexed, p99", early.count() >= 100 ? early.p99() : 1e9, "ms");
    report.value("indexed alone", alone, "ms");
    report.value("indexed while jumping", gone, "ms");
    report.value("private memory", privateKib() / 1024, "MiB");
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const bench::Report report(bench::hasFlag(argc, argv, "json"));
    const std::string task = argc > 2 ? argv[1] : "";
    if (task == "generate")
        return generate(argv[2], std::stoll(bench::option(argc, argv, "bytes", "1000000000")));
    if (task == "index")
        return index(report, argv[2], bench::hasFlag(argc, argv, "memory"));
    if (task == "search" && argc > 3)
        return search(report, argc, argv);
    if (task == "cancel" && argc > 3)
        return cancel(report, argv, std::stoi(bench::option(argc, argv, "rounds", "100")));
    const qint64 lines = std::stoll(bench::option(argc, argv, "lines", "1000000"));
    const qint64 rate = std::stoll(bench::option(argc, argv, "rate", "1000000"));
    if (task == "write")
        return write(argv[2], lines, rate);
    if (task == "tail")
        return tail(report, argv, lines, rate);
    if (task == "jump")
        return jump(report, argv[2], std::stoll(bench::option(argc, argv, "megabytes", "10000")));
    const int logs = std::stoi(bench::option(argc, argv, "logs", "200"));
    if (task == "feed")
        return feed(argv[2], logs, lines, rate);
    if (task == "many")
        return many(report, argv, logs, lines, rate);
    std::fputs("usage: bench-log generate|index|search|cancel|write|tail|jump|feed|many FILE [options]\n", stderr);
    return 2;
}
