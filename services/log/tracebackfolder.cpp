// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/tracebackfolder.h"

namespace society::log {

namespace {

enum class Form { Empty, Head, GroupHead, Indented, Link, Other };

Form formOf(QByteArrayView line)
{
    while (line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty())
        return Form::Empty;
    if (line == "Traceback (most recent call last):")
        return Form::Head;
    if (line.front() == ' ' || line.front() == '\t')
        return line.startsWith("  + ") && line.endsWith("Traceback (most recent call last):") ? Form::GroupHead
                                                                                              : Form::Indented;
    if (line == "During handling of the above exception, another exception occurred:" ||
        line == "The above exception was the direct cause of the following exception:")
        return Form::Link;
    return Form::Other;
}

} // namespace

void TracebackFolder::begin(qint64 number, bool isGroup)
{
    if (m_state == State::Outside)
        m_first = number;
    m_last = number;
    m_isGroup = isGroup;
    m_state = State::Frames;
}

std::optional<Fold> TracebackFolder::open() const
{
    if (m_state == State::Outside || m_last <= m_first)
        return std::nullopt;
    return Fold{m_first, m_last, Fold::Kind::Traceback};
}

std::optional<Fold> TracebackFolder::end(qint64 number, QByteArrayView line)
{
    const std::optional<Fold> ended = open();
    m_state = State::Outside;
    const Form form = formOf(line);
    if (form == Form::Head || form == Form::GroupHead)
        begin(number, form == Form::GroupHead);
    return ended;
}

std::optional<Fold> TracebackFolder::take(qint64 number, QByteArrayView line)
{
    // Most lines: outside, and not the beginning of one.
    if (m_state == State::Outside && (line.isEmpty() || (line.front() != 'T' && line.front() != ' ')))
        return std::nullopt;
    const Form form = formOf(line);
    switch (m_state) {
    case State::Outside:
        return end(number, line);
    case State::Frames:
        if (form == Form::Indented) {
            m_last = number;
            return std::nullopt;
        }
        if (form != Form::Other || m_isGroup)
            break;
        m_last = number; // "ValueError: …"
        m_state = State::Exception;
        return std::nullopt;
    case State::Exception:
        if (form == Form::Indented)
            m_last = number;
        else if (form == Form::Empty)
            m_state = State::Gap;
        else
            break;
        return std::nullopt;
    case State::Gap:
        if (form != Form::Link)
            break;
        m_state = State::Chained;
        return std::nullopt;
    case State::Chained:
        if (form == Form::Empty)
            return std::nullopt;
        if (form == Form::Head || form == Form::GroupHead) {
            begin(number, form == Form::GroupHead);
            return std::nullopt;
        }
        break;
    }
    return end(number, line);
}

} // namespace society::log
