// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/logscan.h"

namespace society::keeper {

namespace {

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/// Ends that a traceback has when a run is cancelled or interrupted, also after a good one.
bool isOrdinaryEnd(std::string_view line)
{
    for (const std::string_view name : {"asyncio.exceptions.CancelledError", "KeyboardInterrupt", "SystemExit"}) {
        if (line.starts_with(name))
            return true;
    }
    return false;
}

/// A progress bar is drawn over itself, so that what comes after it stands in its line.
std::string_view afterProgress(std::string_view line)
{
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line.substr(line.rfind('\r') + 1); // 0 where there is none
}

} // namespace

std::string_view clipped(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit)
        return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U)
        --limit;
    return text.substr(0, limit);
}

void ErrorLines::see(std::string_view text)
{
    const std::string_view line = afterProgress(text);
    if (line.starts_with("Traceback (most recent call last):")) {
        m_inTraceback = true;
        return;
    }
    if (m_inTraceback && (line.empty() || line.front() == ' '))
        return;
    const bool endOfTraceback = std::exchange(m_inTraceback, false) && !isOrdinaryEnd(line);
    if (contains(line, "Init error:") || contains(line, "Simulation error:"))
        m_fatal = clipped(line, limit);
    else if (endOfTraceback || contains(line, " - ERROR - ") || line.starts_with("Error: "))
        m_error = clipped(line, limit);
}

LogScan::LogScan(const Launch &launch)
    : m_launch(&launch)
    , m_raised(launch.alarms.size(), false)
{
}

void LogScan::see(std::string_view text)
{
    // Forward only, and the furthest that matches: a phase whose line did not come is passed over.
    for (std::size_t i = m_launch->phases.size(); i > m_phasesBegun; --i) {
        if (contains(text, m_launch->phases[i - 1].line)) {
            m_phasesBegun = i;
            m_newPhases.push_back(i - 1);
            break;
        }
    }
    for (std::size_t i = 0; i < m_raised.size(); ++i) {
        if (m_raised[i] || !contains(text, m_launch->alarms[i].line))
            continue;
        const std::string &code = m_launch->alarms[i].code;
        for (std::size_t same = 0; same < m_raised.size(); ++same) // several texts may stand for one code
            m_raised[same] = m_raised[same] || m_launch->alarms[same].code == code;
        m_newAlarms.push_back({code, std::string(clipped(text, ErrorLines::limit))});
    }
}

} // namespace society::keeper
