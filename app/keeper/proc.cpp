// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/proc.h"

#include "app/keeper/files.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/syscall.h>
#include <unistd.h>

namespace society::keeper {

namespace {

template <class Number>
bool readNumber(std::string_view field, Number &number)
{
    return std::from_chars(field.data(), field.data() + field.size(), number).ec == std::errc();
}

std::string procPath(pid_t pid, const char *file)
{
    return "/proc/" + std::to_string(pid) + "/" + file;
}

struct CloseFolder {
    void operator()(DIR *folder) const { ::closedir(folder); }
};

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
        const std::size_t start = text.find_first_not_of(' ');
        if (start == std::string_view::npos)
            return std::nullopt;
        const std::size_t end = text.find(' ', start);
        const std::string_view word = text.substr(start, end == std::string_view::npos ? end : end - start);
        const bool good = field == 3      ? (facts.state = word.front(), true)
                          : field == 4    ? readNumber(word, facts.parent)
                          : field == 6    ? readNumber(word, facts.session)
                          : field == last ? readNumber(word, facts.id.startTicks)
                                          : true;
        if (!good)
            return std::nullopt;
        text.remove_prefix(std::min(text.size(), end));
    }
    return facts;
}

std::optional<ProcessFacts> processFacts(pid_t pid)
{
    const auto text = readAt(AT_FDCWD, procPath(pid, "stat"), 4096);
    return text ? parseStat(*text) : std::nullopt;
}

std::vector<ProcessFacts> allProcesses()
{
    std::vector<ProcessFacts> all;
    const std::unique_ptr<DIR, CloseFolder> folder(::opendir("/proc"));
    while (const dirent *entry = folder ? ::readdir(folder.get()) : nullptr) {
        pid_t pid = 0;
        if (entry->d_name[0] < '0' || entry->d_name[0] > '9' || !readNumber(entry->d_name, pid))
            continue;
        if (const auto facts = processFacts(pid))
            all.push_back(*facts);
    }
    return all;
}

std::vector<ProcessFacts> familyOf(const std::vector<ProcessFacts> &all, pid_t root, pid_t session)
{
    std::vector<pid_t> known{root};
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

bool runsProgram(pid_t pid, std::string_view name)
{
    char path[4096];
    const ssize_t length = ::readlink(procPath(pid, "exe").c_str(), path, sizeof path);
    if (length > 0 && std::string_view(path, static_cast<std::size_t>(length)).find(name) != std::string_view::npos)
        return true;
    const auto fd = openAt(AT_FDCWD, procPath(pid, "cmdline"), O_RDONLY);
    if (!fd)
        return false;
    const ssize_t n = ::read(fd->get(), path, sizeof path);
    return n > 0 && std::string_view(path, static_cast<std::size_t>(n)).find(name) != std::string_view::npos;
}

bool sendSignal(const ProcessId &process, int signal)
{
    // The descriptor pins the process; only then is it certain that pid and start time belong together.
    const Fd pinned(static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0)));
    if (!pinned && errno == ESRCH)
        return false;
    const auto facts = processFacts(process.pid);
    if (!facts || facts->id != process || facts->isZombie())
        return false;
    return pinned ? ::syscall(SYS_pidfd_send_signal, pinned.get(), signal, nullptr, 0) == 0 : ::kill(process.pid, signal) == 0;
}

} // namespace society::keeper
