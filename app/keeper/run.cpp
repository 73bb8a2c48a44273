// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/run.h"

#include "services/executor/removable.h"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

namespace society::keeper {

namespace {

constexpr std::size_t longestLaunch = 16U << 20U;
constexpr std::size_t longestSecrets = 1U << 20U;
constexpr std::size_t longestFill = 256U << 20U;
constexpr int inputDeadlineMs = 30'000;

Maybe<Fd> takeLock(int folder)
{
    auto lock = openAt(folder, "lock", O_RDWR | O_CREAT);
    if (!lock)
        return trouble("io", "lock: " + words(lock.error()));
    // Others try the lock for an instant to see whether a keeper lives: that is not a keeper.
    constexpr int tries = 20;
    for (int i = 0; ::flock(lock->get(), LOCK_EX | LOCK_NB) != 0; ++i) {
        if (errno != EWOULDBLOCK)
            return trouble("io", "lock: " + words(errno));
        if (i == tries)
            return trouble("locked", "another keeper holds this run");
        const timespec pause = {0, 50'000'000};
        ::nanosleep(&pause, nullptr);
    }
    return std::move(*lock);
}

/// A run is started once: whatever a status says, there was a keeper.
Maybe<> checkFresh(int folder)
{
    const auto text = readAt(folder, "status.json", longestLaunch);
    if (!text)
        return text.error() == ENOENT ? Maybe<>() : trouble("io", "status.json: " + words(text.error()));
    const auto outcome = parseOutcome(*text);
    if (outcome && !outcome->empty())
        return trouble("ended", "this run has ended: " + *outcome);
    return trouble("ended", "this run was started before and its keeper is gone");
}

Maybe<std::string> readInput(int fd)
{
    std::string text;
    char block[4096];
    for (;;) {
        pollfd ready = {fd, POLLIN, 0};
        if (::poll(&ready, 1, inputDeadlineMs) == 0)
            return trouble("io", "standard input does not end");
        const ssize_t n = ::read(fd, block, sizeof block);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n <= 0 || text.size() > longestSecrets)
            break;
        text.append(block, static_cast<std::size_t>(n));
    }
    ::explicit_bzero(block, sizeof block);
    if (text.size() <= longestSecrets)
        return text;
    wipe(text);
    return trouble("launch", "standard input is too large");
}

std::string makeToken()
{
    unsigned char bytes[16];
    while (::getrandom(bytes, sizeof bytes, 0) != sizeof bytes) {
    }
    std::string token;
    for (const unsigned char byte : bytes) {
        token += "0123456789abcdef"[byte >> 4U];
        token += "0123456789abcdef"[byte & 15U];
    }
    return token;
}

/// A folder to be removed must not be one that the run directory lies in.
Maybe<> checkRemovable(const Launch &launch)
{
    for (const std::string &path : launch.removeAfter) {
        if (procfs::holdsRun(path, "."))
            return trouble("launch", "launch.json: field remove_after names a folder that holds the run");
    }
    return {};
}

Maybe<Launch> readLaunch(int folder)
{
    const auto text = readAt(folder, "launch.json", longestLaunch);
    if (!text)
        return trouble("launch", "launch.json: " + words(text.error()));
    return parseLaunch(*text);
}

Maybe<> enter(int folder)
{
    auto log = openAt(folder, "keeper.log", O_WRONLY | O_CREAT | O_APPEND);
    if (!log)
        return trouble("io", "keeper.log: " + words(log.error()));
    if (::dup2(log->get(), 2) < 0 || ::fchdir(folder) != 0)
        return trouble("io", words(errno));
    return {};
}

void replaceAll(std::string &text, std::string_view from, std::string_view to)
{
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
}

} // namespace

Maybe<Run> takeRun(const std::string &directory, int input)
{
    Run run;
    auto folder = openAt(AT_FDCWD, directory, O_RDONLY | O_DIRECTORY);
    if (!folder)
        return trouble("io", directory + ": " + words(folder.error()));
    run.folder = std::move(*folder);
    auto lock = takeLock(run.folder.get());
    if (!lock)
        return tl::unexpected(lock.error());
    run.lock = std::move(*lock);
    if (auto fresh = checkFresh(run.folder.get()); !fresh)
        return tl::unexpected(fresh.error());
    auto launch = readLaunch(run.folder.get());
    if (!launch)
        return tl::unexpected(launch.error());
    run.launch = std::move(*launch);
    auto text = readInput(input);
    if (!text)
        return tl::unexpected(text.error());
    run.token = makeToken();
    auto secrets = parseSecrets(*text, run.launch, run.token);
    wipe(*text);
    if (!secrets)
        return tl::unexpected(secrets.error());
    run.secrets = std::move(*secrets);
    if (auto entered = enter(run.folder.get()); !entered)
        return tl::unexpected(entered.error());
    if (auto removable = checkRemovable(run.launch); !removable)
        return tl::unexpected(removable.error());
    return run;
}

void note(const Clocks &clocks, const std::string &text)
{
    // A full disk must not end the keeper: a note that cannot be written is not written.
    (void)writeAll(2, toIso(clocks.wall()) + " keeper: " + text + "\n");
}

Maybe<> fillFiles(const Run &run, int port)
{
    for (const std::string &name : run.launch.fill) {
        auto text = readAt(run.folder.get(), name, longestFill);
        if (!text)
            return trouble("fill_failed", name + ": " + words(text.error()));
        if (port != 0)
            replaceAll(*text, "@GATEWAY@", "http://127.0.0.1:" + std::to_string(port));
        replaceAll(*text, "@TOKEN@", run.token);
        if (const auto written = writeAt(run.folder.get(), name, *text); !written)
            return trouble(isFull(written.error()) ? "disk_full" : "fill_failed", name + ": " + words(written.error()));
    }
    return {};
}

std::string removeFolders(const Run &run)
{
    std::string failed;
    for (const std::string &path : run.launch.removeAfter) {
        std::error_code error;
        std::filesystem::remove_all(path, error);
        if (error)
            failed += (failed.empty() ? "" : "; ") + path + ": " + error.message();
    }
    return failed;
}

} // namespace society::keeper
