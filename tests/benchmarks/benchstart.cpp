// SPDX-License-Identifier: GPL-3.0-or-later
// From the executor's start to the first line of the log, as whoever follows the log sees it (inotify, before paint),
// beside posix_spawn of the same child with a pipe; in the same rounds, with 30 and with 250 MB in this process.
//
//   bench-start [--rounds N] [--json]
#include "services/core/files.h"
#include "services/executor/launchspec.h"
#include "services/executor/localexecutor.h"
#include "tests/benchmarks/figures.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace society;
using namespace society::bench;

namespace {

constexpr std::size_t megabyte = 1U << 20U;

/// Memory that this process holds while it lives.
class Ballast {
public:
    explicit Ballast(std::size_t size)
        : m_size(size)
        , m_memory(::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
    {
        ::madvise(m_memory, m_size, MADV_NOHUGEPAGE); // pages as a program has them that grew little by little
        std::memset(m_memory, 1, m_size);
    }
    ~Ballast() { ::munmap(m_memory, m_size); }
    Ballast(const Ballast &) = delete;
    Ballast &operator=(const Ballast &) = delete;

private:
    std::size_t m_size;
    void *m_memory;
};

QString beside(const QString &name)
{
    return QCoreApplication::applicationDirPath() + u'/' + name;
}

/// Waits for the first line of the log of a run directory and notes when it was there.
class FirstLine {
public:
    explicit FirstLine(const QString &folder)
        : m_log(folder.toLocal8Bit() + "/log.txt")
        , m_notify(::inotify_init1(IN_CLOEXEC))
    {
        ::inotify_add_watch(m_notify, folder.toLocal8Bit().constData(), IN_CREATE | IN_MODIFY);
        m_thread = std::thread([this] { watch(); });
    }
    ~FirstLine() { ::close(m_notify); }
    FirstLine(const FirstLine &) = delete;
    FirstLine &operator=(const FirstLine &) = delete;

    double wait()
    {
        m_thread.join();
        return m_seen;
    }

private:
    void watch()
    {
        alignas(inotify_event) char events[4096];
        while (::read(m_notify, events, sizeof events) > 0) {
            char line[64];
            const int log = ::open(m_log.constData(), O_RDONLY | O_CLOEXEC);
            const ssize_t n = log < 0 ? 0 : ::read(log, line, sizeof line);
            if (log >= 0)
                ::close(log);
            if (n > 0 && std::memchr(line, '\n', static_cast<std::size_t>(n)) != nullptr)
                break;
        }
        m_seen = nowMs();
    }

    QByteArray m_log;
    int m_notify;
    double m_seen = 0;
    std::thread m_thread;
};

double spawnWithPipe(const QByteArray &child)
{
    const double begin = nowMs();
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    char *argv[] = {const_cast<char *>(child.constData()), nullptr};
    pid_t pid = 0;
    const bool started = ::posix_spawn(&pid, child.constData(), &actions, nullptr, argv, environ) == 0;
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    char line[64];
    const bool said = started && ::read(ends[0], line, sizeof line) > 0;
    const double end = nowMs();
    ::close(ends[0]);
    ::waitpid(pid, nullptr, 0);
    return said ? end - begin : -1;
}

/// One start with everything durable in its run directory before, and its keeper gone afterwards; negative: it failed.
/// `prepared`: a keeper waits already, as in a window that has been open for two seconds.
double startWithKeeper(const QString &folder, const QString &child, bool prepared)
{
    executor::LaunchSpec launch;
    launch.id = QStringLiteral("0e6e5a51-92f5-4d55-b5de-31dd31aeb4a6");
    launch.runnerArgv = {child};
    launch.runnerCwd = folder;
    if (!QDir().mkpath(folder) ||
        !writeFileAtomically(folder + QStringLiteral("/launch.json"), QJsonDocument(launch.toJson()).toJson()))
        return -1;
    executor::LocalExecutor executor;
    if (prepared)
        executor.prepare();
    FirstLine line(folder);
    const double begin = nowMs();
    const auto started = executor.start(folder, "{}");
    if (!started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error().message + u' ' + started.error().detail));
        std::_Exit(1); // no line will come
    }
    const double seen = line.wait();
    while (executor.liveness(folder) == executor::Liveness::Alive)
        QThread::msleep(5);
    return seen - begin;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int rounds = option(argc, argv, "rounds", 100);
    const Report report(hasFlag(argc, argv, "json"));
    QTemporaryDir folder(QDir::currentPath() + QStringLiteral("/bench-start-XXXXXX")); // on a disk, not in memory
    const QString child = beside(QStringLiteral("bench-child"));
    Samples peer, small, large, anew;
    for (int i = -1; i < rounds; ++i) { // the first one warms up
        const double times[] = {
            spawnWithPipe(child.toLocal8Bit()),
            [&] {
                const Ballast ballast(30 * megabyte);
                return startWithKeeper(folder.filePath(QStringLiteral("small%1").arg(i)), child, true);
            }(),
            [&] {
                const Ballast ballast(250 * megabyte);
                return startWithKeeper(folder.filePath(QStringLiteral("large%1").arg(i)), child, true);
            }(),
            startWithKeeper(folder.filePath(QStringLiteral("anew%1").arg(i)), child, false),
        };
        for (const double time : times) {
            if (time < 0)
                return 1;
        }
        if (i < 0 && rounds > 1)
            continue;
        peer.add(times[0]);
        small.add(times[1]);
        large.add(times[2]);
        anew.add(times[3]);
    }
    report.samples("posix_spawn with a pipe", peer);
    report.samples("executor, 30 MB held", small);
    report.samples("executor, 250 MB held", large);
    report.samples("executor, no keeper waits", anew);
    report.value("executor / posix_spawn", small.median() / peer.median());
    report.value("250 MB / 30 MB", large.median() / small.median());
    return 0;
}
