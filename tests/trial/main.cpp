// SPDX-License-Identifier: GPL-3.0-or-later
// The long trial: random experiments with random ends, and an independent checker that knows only what is left of them.
#include "tests/trial/trial.h"
#include "tests/trial/window.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <cstdio>
#include <cstring>

using namespace society::trial;

namespace {

struct Options {
    Wish wish;
    Extent extent;
    QString directory;
    bool keep = false;
    bool onlyPlan = false;
};

Options parse(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Random experiments with random ends: stops, kills of any process, full disks, dead LLMs, windows that come "
        "and "
        "go. Then an independent checker compares what is left with what was done. Exit code 0: no difference."));
    parser.addHelpOption();
    const auto value = [&parser](const char *name, const char *text, const char *what, const char *usual = "") {
        const QCommandLineOption option(QString::fromLatin1(name), QString::fromLatin1(text), QString::fromLatin1(what),
            QString::fromLatin1(usual));
        parser.addOption(option);
        return option;
    };
    const auto seed = value("seed", "The same seed gives the same plan; random where it is missing.", "N");
    const auto runs = value("runs", "How many runs.", "N", "40");
    const auto minutes = value("minutes", "Begin no run after so many.", "M", "0");
    const auto atOnce = value("at-once", "How many at a time.", "N", "4");
    const auto directory = value("directory", "Where to work; kept. Otherwise a temporary folder.", "DIR");
    const auto only = value("only", "Only these ends, separated by commas.", "ENDS");
    const QCommandLineOption real(QStringLiteral("real"), QStringLiteral("With the real AgentSociety."));
    const QCommandLineOption stub(
        QStringLiteral("stub"), QStringLiteral("With a runner that plays one (this is usual)."));
    const QCommandLineOption keep(QStringLiteral("keep"), QStringLiteral("Keep the folder, small disks aside."));
    const QCommandLineOption plan(QStringLiteral("plan"), QStringLiteral("Print the plan, and do nothing."));
    parser.addOptions({real, stub, keep, plan});
    parser.process(application);
    Options options;
    options.wish.seed = parser.isSet(seed) ? parser.value(seed).toULongLong() : QRandomGenerator::system()->generate();
    options.wish.real = parser.isSet(real);
    options.wish.ends = parser.value(only).split(u',', Qt::SkipEmptyParts);
    for (const QString &end : std::as_const(options.wish.ends))
        if (!endNames(options.wish.real).contains(end)) {
            std::fprintf(stderr, "no such end: %s\n", qPrintable(end));
            parser.showHelp(2);
        }
    options.extent = {
        parser.value(runs).toInt(), parser.value(minutes).toInt(), std::max(1, parser.value(atOnce).toInt())};
    options.directory = parser.value(directory);
    options.keep = parser.isSet(keep) || parser.isSet(directory);
    options.onlyPlan = parser.isSet(plan);
    return options;
}

void printPlan(const Options &options)
{
    for (int number = 0; number < options.extent.runs; ++number)
        std::printf(
            "%s\n", QJsonDocument(planOf(options.wish, number).toJson()).toJson(QJsonDocument::Compact).constData());
}

void setUsual(const char *name, const QString &value)
{
    if (!qEnvironmentVariableIsSet(name))
        qputenv(name, value.toUtf8());
}

} // namespace

int main(int argc, char **argv)
{
    const bool isWindow = argc == 3 && std::strcmp(argv[1], "--window") == 0;
    // Before there is a second thread; a window is already in it.
    const QString noNamespace = isWindow ? QString() : enterMountNamespace();
    const QCoreApplication application(argc, argv);
    if (isWindow)
        return runWindow(QString::fromLocal8Bit(argv[2]));
    const Options options = parse(application);
    if (options.onlyPlan) {
        printPlan(options);
        return 0;
    }
    if (!noNamespace.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(noNamespace));
        return 2;
    }
    setUsual("SOCIETY_BIN", QCoreApplication::applicationDirPath() + QStringLiteral("/../bin"));
    setUsual("SOCIETY_SOURCE", QStringLiteral(SOCIETY_CHECKOUT));
    QTemporaryDir temporary;
    temporary.setAutoRemove(!options.keep);
    const Folder folder(options.directory.isEmpty() ? temporary.path() : options.directory);
    std::printf("seed %llu, %d runs, %s runner, %d at once, in %s\n",
        static_cast<unsigned long long>(options.wish.seed), options.extent.runs, options.wish.real ? "real" : "stub",
        options.extent.atOnce, qPrintable(folder.root()));
    std::fflush(stdout);
    return Trial(options.wish, options.extent, folder).perform();
}
