// SPDX-License-Identifier: GPL-3.0-or-later
// The log engine as a whole process: what a window does with a log, without the window.
//   bench-log generate FILE --bytes N      writes a log like the runner's
//   bench-log index FILE                   opens it until it is indexed to its end
//   bench-log search FILE PATTERN [--regex] [--ignore-case] [--inverse] [--word]    keeps the lines that match
#include "figures.h"
#include "loglines.h"

#include "services/log/logdocument.h"
#include "services/log/rangesearch.h"

#include <QCoreApplication>
#include <QFile>
#include <cstdio>
#include <fstream>

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

int generate(const char *path, std::int64_t bytes)
{
    bench::LogLines lines;
    QFile file(QString::fromLocal8Bit(path));
    if (!file.open(QIODevice::WriteOnly))
        return 1;
    std::string text;
    while (file.size() < bytes) {
        text.clear();
        while (text.size() < 1 << 20)
            lines.appendStep(text);
        if (file.write(text.data(), static_cast<qint64>(text.size())) < 0)
            return 1;
    }
    return 0;
}

int index(const bench::Report &report, const char *path)
{
    log::LogDocument document;
    QObject::connect(&document, &log::LogDocument::stateChanged, qApp, [&](log::LogDocument::State state) {
        if (state == log::LogDocument::State::Ready)
            qApp->exit(0);
        else if (state != log::LogDocument::State::Reading)
            qApp->exit(1);
    });
    document.open(QString::fromLocal8Bit(path));
    const int code = QCoreApplication::exec();
    report.value("lines", static_cast<double>(document.lineCount()), "lines");
    report.value("private memory", privateKib() / 1024, "MiB");
    return code;
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
        Result<log::RangeHits> piece =
            range.search(*file, found.offset, found.line, facts->size, qint64(32) << 20, false, never);
        if (!piece)
            return 1;
        found = std::move(*piece);
        hits.append(found.lines);
    }
    report.value("hits", static_cast<double>(hits.count()), "lines");
    report.value("memory of hits", static_cast<double>(hits.memory()), "bytes");
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
        return index(report, argv[2]);
    if (task == "search" && argc > 3)
        return search(report, argc, argv);
    std::fputs("usage: bench-log generate|index|search FILE [options]\n", stderr);
    return 2;
}
