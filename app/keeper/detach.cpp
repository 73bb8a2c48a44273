// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/detach.h"

#include "app/keeper/keeper.h"
#include "app/keeper/run.h"
#include "app/keeper/sweeper.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <optional>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace society::keeper {

namespace {

/// What the keeper tells its guard in a page that both see: how long a runner may clean up after its keeper was killed,
/// when the kernel has sent it the polite signal.
using Grace = volatile Millis;

constexpr std::size_t longestPath = 1U << 20U;

Grace *shareGrace()
{
    void *page = ::mmap(nullptr, sizeof(Millis), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? nullptr : static_cast<Grace *>(page);
}

/// Descriptors that the starter left open are not ours: an inherited lock would be held for hours.
void closeInherited()
{
    ::close_range(3, ~0U, 0);
    for (int fd = 0; fd < 3; ++fd) {
        if (::fcntl(fd, F_GETFD) < 0)
            (void)::open("/dev/null", O_RDWR | O_NOCTTY); // takes the lowest number: this one
    }
}

void silence(int fd)
{
    const Fd null(::open("/dev/null", O_RDWR | O_CLOEXEC | O_NOCTTY));
    ::dup2(null.get(), fd);
}

/// Prints what the keeper answered.
int relayAnswer(int fd)
{
    std::string answer;
    char block[512];
    for (;;) {
        const ssize_t n = ::read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        answer.append(block, static_cast<std::size_t>(n));
    }
    if (answer.empty())
        answer = "error io the keeper died while it started\n";
    std::fputs(answer.c_str(), stdout);
    std::fflush(stdout);
    return answer == "ready\n" ? EXIT_SUCCESS : EXIT_FAILURE;
}

/// One character at a time up to the line's end: what follows is a secret, and is read by whom it concerns.
std::optional<std::size_t> readLength(int fd)
{
    std::size_t length = 0;
    for (char digit = 0; length <= longestPath;) {
        if (::read(fd, &digit, 1) != 1)
            return std::nullopt;
        if (digit == '\n')
            return length;
        if (digit < '0' || digit > '9')
            return std::nullopt;
        length = length * 10 + static_cast<std::size_t>(digit - '0');
    }
    return std::nullopt;
}

/// Waits for the name of the run directory; nothing where it is not given whole.
std::optional<std::string> readDirectory(int fd)
{
    const auto length = readLength(fd);
    if (!length)
        return std::nullopt;
    std::string name(*length, '\0');
    for (std::size_t read = 0; read < name.size();) {
        const ssize_t n = ::read(fd, name.data() + read, name.size() - read);
        if (n <= 0)
            return std::nullopt;
        read += static_cast<std::size_t>(n);
    }
    return name;
}

void answer(Fd &fd, std::string text)
{
    for (char &character : text)
        character = character == '\n' ? ' ' : character;
    (void)writeAll(fd.get(), text + "\n"); // the starter may be gone: the run then goes on, and is found by its folder
    fd.reset();
}

/// A keeper that waits serves nobody yet: it ends with its guard and with any signal, and whoever wanted it starts
/// another.
std::optional<std::string> waitForDirectory(pid_t guard)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    auto directory = readDirectory(0);
    blockSignals();
    ::prctl(PR_SET_PDEATHSIG, 0);
    return ::getppid() == guard ? directory : std::nullopt;
}

/// Without a directory it waits to be told one.
int runKeeper(std::optional<std::string> directory, pid_t guard, Fd &toStarter, Grace &grace)
{
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    ::umask(077);
    const SystemClocks clocks;
    silence(1);
    silence(2);
    if (!directory) {
        directory = waitForDirectory(guard);
        if (!directory)
            return EXIT_SUCCESS; // whoever wanted it is gone
    }
    auto run = takeRun(*directory, 0);
    silence(0);
    if (!run) {
        answer(toStarter, "error " + run.error().code + " " + run.error().words);
        return EXIT_FAILURE;
    }
    grace = std::max(run->launch.graceMs, Companion::endGrace);
    Keeper keeper(std::move(*run), clocks);
    if (const auto begun = keeper.begin(guard); !begun) {
        answer(toStarter, "error " + begun.error().code + " " + begun.error().words);
        return EXIT_FAILURE;
    }
    answer(toStarter, "ready");
    keeper.keep();
    return EXIT_SUCCESS;
}

void pauseShortly()
{
    const timespec pause = {0, 100'000'000};
    ::nanosleep(&pause, nullptr);
}

void reapAll()
{
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
}

/// Everything the dead keeper had below it is now below us. The kernel told runner and companions to end.
void endOrphans(Millis grace)
{
    const SystemClocks clocks;
    const Millis deadline = clocks.monotonic() + grace;
    while (clocks.monotonic() < deadline && !procfs::familyOf(procfs::allProcesses(), ::getpid(), 0).empty()) {
        pauseShortly();
        reapAll();
    }
    Sweeper sweeper(::getpid());
    while (!sweeper.step(clocks.monotonic())) {
        pauseShortly();
        reapAll();
    }
}

int guard(pid_t keeper, const Grace &grace)
{
    ::prctl(PR_SET_NAME, "society-guard");
    for (int fd = 0; fd < 3; ++fd)
        silence(fd);
    if (::chdir("/") != 0)
        return EXIT_FAILURE;
    int waitStatus = 0;
    pid_t ended = 0;
    do {
        ended = ::waitpid(-1, &waitStatus, 0);
    } while (ended != keeper && (ended > 0 || errno == EINTR));
    if (ended == keeper && WIFEXITED(waitStatus))
        return EXIT_SUCCESS;
    endOrphans(grace);
    return EXIT_FAILURE;
}

/// Forks guard and keeper, which do not return from here. False with errno set where that is not possible.
bool forkBoth(const std::optional<std::string> &directory, Fd &toStarter)
{
    Grace *grace = shareGrace();
    const pid_t guardPid = grace ? ::fork() : -1;
    if (guardPid != 0)
        return guardPid > 0;
    blockSignals();
    ::setsid();
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t own = ::getpid();
    const pid_t keeperPid = ::fork();
    if (keeperPid == 0)
        ::_exit(runKeeper(directory, own, toStarter, *grace));
    toStarter.reset();
    ::_exit(keeperPid < 0 ? EXIT_FAILURE : guard(keeperPid, *grace));
}

int cannotStart()
{
    std::printf("error io %s\n", words(errno).c_str());
    return EXIT_FAILURE;
}

} // namespace

int startDetached(const std::string &directory)
{
    closeInherited();
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return cannotStart();
    const Fd fromKeeper(ends[0]);
    Fd toStarter(ends[1]);
    if (!forkBoth(directory, toStarter))
        return cannotStart();
    toStarter.reset();
    return relayAnswer(fromKeeper.get());
}

int waitDetached()
{
    closeInherited();
    Fd toStarter(::fcntl(1, F_DUPFD_CLOEXEC, 3));
    if (!toStarter || ::chdir("/") != 0 || !forkBoth(std::nullopt, toStarter))
        return cannotStart();
    return EXIT_SUCCESS;
}

} // namespace society::keeper
