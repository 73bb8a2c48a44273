// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/removable.h"

#include <filesystem>
#include <system_error>

namespace society::procfs {

bool isRemovablePath(const std::string &path)
{
    int parts = 0;
    for (std::size_t i = 0; i + 1 < path.size(); ++i)
        parts += path[i] == '/' && path[i + 1] != '/' ? 1 : 0;
    return !path.empty() && path.front() == '/' && parts >= 2 && (path + "/").find("/../") == std::string::npos;
}

bool holdsRun(const std::string &path, const std::string &runDirectory)
{
    std::error_code error;
    const std::string run = std::filesystem::weakly_canonical(runDirectory, error).string() + "/";
    if (error)
        return true;
    const std::string folder = std::filesystem::weakly_canonical(path, error).string() + "/";
    return error || run.starts_with(folder);
}

} // namespace society::procfs
