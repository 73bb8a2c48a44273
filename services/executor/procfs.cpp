// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/procfs.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string>
#include <sys/syscall.h>
#include <unistd.h>

namespace society::procfs {

namespace {

constexpr std::size_t longest = 4096; ///< of what is read at once: a stat line has some 300 bytes

template <class Number>
bool readNumber(std::string_view field, Number &number)
{
    return std::from_chars(field.data(), field.data() + field.size(), number).ec == std::errc();
}

std::string pathOf(std::int64_t pid, std::string_view file)
{
    return "/proc/" + std::to_string(pid) + "/" + std::string(file);
}

std::string readFile(const std::string &path)
{
    std::string text(longest, '\0');
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const ssize_t n = fd < 0 ? 0 : ::read(fd, text.data(), text.size());
    if (fd >= 0)
        ::close(fd);
    text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return text;
}

std::string readLink(const std::string &path)
{
    std::string text(longest, '\0');
    const ssize_t n = ::readlink(path.c_str(), text.data(), text.size());
    text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return text;
}

/// Calls f(name) for the entries of a folder until it returns true; whether it did.
template <class Function>
bool anyEntry(const std::string &path, Function f)
{
    const auto close = [](DIR *folder) { ::closedir(folder); };
    const std::unique_ptr<DIR, decltype(close)> folder(::opendir(path.c_str()), close);
    while (const dirent *entry = folder ? ::readdir(folder.get()) : nullptr) {
        if (f(std::string_view(entry->d_name)))
            return true;
    }
    return false;
}

bool liesIn(std::string_view path, std::string_view folder)
{
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

} // namespace

std::optional<ProcessFacts> parseStat(std::string_view text)
{
    // "PID (NAME) STATE PPID PGRP SESSION … STARTTIME": the name ends at the last bracket.
    const std::size_t bracket = text.rfind(')');
    ProcessFacts facts;
    if (bracket == std::string_view::npos || !readNumber(text, facts.id.pid))
        return std::nullopt;
    text.remove_prefix(bracket + 1);
    constexpr int last = 22;
    for (int field = 3; field <= last; ++field) {
        text.remove_prefix(std::min(text.size(), text.find_first_not_of(' ')));
        const std::string_view word = text.substr(0, text.find(' '));
        bool good = !word.empty();
        if (good && field == 3)
            facts.state = word.front();
        else if (field == 4)
            good = readNumber(word, facts.parent);
        else if (field == 6)
            good = readNumber(word, facts.session);
        else if (field == last)
            good = readNumber(word, facts.id.startTicks);
        if (!good)
            return std::nullopt;
        text.remove_prefix(word.size());
    }
    return facts;
}

std::optional<ProcessFacts> processFacts(std::int64_t pid)
{
    return parseStat(readFile(pathOf(pid, "stat")));
}

bool isAlive(const ProcessId &process)
{
    const auto facts = process.isNull() ? std::nullopt : processFacts(process.pid);
    return facts && facts->id == process && !facts->isZombie();
}

std::vector<ProcessFacts> allProcesses()
{
    std::vector<ProcessFacts> all;
    anyEntry("/proc", [&](std::string_view name) {
        std::int64_t pid = 0;
        if (name.front() >= '0' && name.front() <= '9' && readNumber(name, pid)) {
            if (const auto facts = processFacts(pid))
                all.push_back(*facts);
        }
        return false;
    });
    return all;
}

std::vector<ProcessFacts> familyOf(const std::vector<ProcessFacts> &all, std::int64_t root, std::int64_t session)
{
    std::vector<std::int64_t> known{root};
    std::vector<bool> taken(all.size(), false);
    std::vector<ProcessFacts> family;
    for (bool found = true; found;) {
        found = false;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const bool below = std::find(known.begin(), known.end(), all[i].parent) != known.end();
            const bool member = session != 0 && all[i].session == session;
            if (taken[i] || all[i].id.pid == root || (!below && !member))
                continue;
            taken[i] = found = true;
            known.push_back(all[i].id.pid);
            if (!all[i].isZombie())
                family.push_back(all[i]);
        }
    }
    return family;
}

std::string nameOf(std::int64_t pid)
{
    std::string name = readFile(pathOf(pid, "comm"));
    if (!name.empty() && name.back() == '\n')
        name.pop_back();
    return name;
}

bool runsProgram(std::int64_t pid, std::string_view name)
{
    return readLink(pathOf(pid, "exe")).find(name) != std::string::npos ||
           readFile(pathOf(pid, "cmdline")).find(name) != std::string::npos;
}

bool worksIn(std::int64_t pid, std::string_view folder)
{
    if (liesIn(readLink(pathOf(pid, "cwd")), folder))
        return true;
    const std::string files = pathOf(pid, "fd");
    return anyEntry(
        files, [&](std::string_view name) { return liesIn(readLink(files + "/" + std::string(name)), folder); });
}

bool sendSignal(const ProcessId &process, int signal)
{
    // The descriptor pins the process; only then is it certain that pid and start time belong together.
    // System calls, since this glibc declares its functions for C only.
    const auto pid = static_cast<pid_t>(process.pid);
    const auto pinned = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    if (pinned < 0 && errno == ESRCH)
        return false;
    bool sent = isAlive(process);
    if (sent)
        sent = (pinned < 0 ? ::kill(pid, signal) : ::syscall(SYS_pidfd_send_signal, pinned, signal, nullptr, 0)) == 0;
    if (pinned >= 0)
        ::close(pinned);
    return sent;
}

} // namespace society::procfs
