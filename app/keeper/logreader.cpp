// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/logreader.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace society::keeper {

bool LogReader::open(int folder, const std::string &name)
{
    if (auto fd = openAt(folder, name, O_RDONLY | O_NONBLOCK))
        m_fd = std::move(*fd);
    return static_cast<bool>(m_fd);
}

void LogReader::skip()
{
    m_offset = size();
}

off_t LogReader::size() const
{
    struct stat facts = {};
    return m_fd && ::fstat(m_fd.get(), &facts) == 0 ? facts.st_size : 0;
}

bool LogReader::read(std::size_t most, const OnLine &onLine)
{
    char block[8192];
    if (!m_fd)
        return false;
    m_offset = std::min(m_offset, size()); // someone cut the file: go on with what is written next
    for (std::size_t done = 0; done < most;) {
        const ssize_t n = ::pread(m_fd.get(), block, sizeof block, m_offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        m_offset += n;
        done += static_cast<std::size_t>(n);
        take(std::string_view(block, static_cast<std::size_t>(n)), onLine);
    }
    return m_offset < size();
}

void LogReader::finish(const OnLine &onLine)
{
    if (!m_line.empty())
        endLine({}, onLine);
}

void LogReader::take(std::string_view block, const OnLine &onLine)
{
    while (!block.empty()) {
        const std::size_t newline = block.find('\n');
        if (newline != std::string_view::npos) {
            endLine(block.substr(0, newline), onLine);
            block.remove_prefix(newline + 1);
            continue;
        }
        m_line.append(block);
        block = {};
        if (m_line.size() >= pieceLimit) {
            onLine(m_line, m_start);
            m_start = false;
            m_line.erase(0, m_line.size() - overlap);
        }
    }
}

void LogReader::endLine(std::string_view rest, const OnLine &onLine)
{
    if (m_line.empty()) {
        onLine(rest, m_start); // the usual case: the whole line lies in the block
    } else {
        m_line.append(rest);
        onLine(m_line, m_start);
        m_line.clear();
    }
    m_start = true;
}

} // namespace society::keeper
