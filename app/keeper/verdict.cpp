// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/verdict.h"

#include <cstring>

namespace society::keeper {

std::string describeEnd(std::optional<int> exitCode, std::optional<int> signal)
{
    if (signal)
        return "signal " + std::to_string(*signal) + " (" + ::strsignal(*signal) + ")";
    return exitCode ? "exit code " + std::to_string(*exitCode) : std::string();
}

bool saysDiskFull(const std::string &line)
{
    return line.find("disk is full") != std::string::npos ||
           line.find("No space left on device") != std::string::npos ||
           line.find("Disk quota exceeded") != std::string::npos;
}

Verdict judge(const Ending &ending)
{
    if (ending.cause)
        return {"failed", ending.cause->code, ending.cause->words};
    if (ending.exitCode == 0)
        return {"finished", "finished", {}}; // also where a stop came too late to matter
    if (!ending.stopReason.empty())
        return {"stopped", "stopped_" + ending.stopReason, {}};
    const std::string end = describeEnd(ending.exitCode, ending.signal);
    if (ending.diskFull)
        return {"failed", "disk_full", end};
    return {"failed", ending.signal ? "signal" : "exit", end};
}

} // namespace society::keeper
