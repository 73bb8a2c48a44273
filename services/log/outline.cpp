// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/outline.h"

#include "services/agentsociety/logline.h"
#include "services/agentsociety/logphases.h"

#include <QHash>
#include <algorithm>

namespace society::log {

using agentsociety::LineReport;

namespace {

/// Two lines alike are said twice; three are a fold.
constexpr qint64 RepeatLines = 3;
/// Troubles of more kinds than that are put together.
constexpr size_t MostTroubles = 200;
constexpr qsizetype TimeBytes = 23;

/// A line without its time stamp.
QByteArrayView withoutTime(QByteArrayView line)
{
    const bool hasTime = line.size() > TimeBytes && line[4] == '-' && line[10] == ' ' && line[13] == ':' &&
                         line[19] == ',' && line[0] >= '0' && line[0] <= '9';
    return hasTime ? line.sliced(TimeBytes) : line;
}

template <class Mark>
const Mark *markBefore(const std::vector<Mark> &marks, qint64 line)
{
    const auto after = std::upper_bound(
        marks.begin(), marks.end(), line, [](qint64 value, const Mark &mark) { return value < mark.line; });
    return after == marks.begin() ? nullptr : &*(after - 1);
}

} // namespace

void Outline::take(const RawLine &line)
{
    const agentsociety::PlainLine plain(line.data);
    if (const std::optional<Fold> ended = m_tracebacks.take(line.number, plain.bytes()))
        addFold(*ended);
    if (m_tracebacks.open())
        addFold(*m_tracebacks.open());
    // Lines of a traceback are not folded twice.
    const bool isApart = m_tracebacks.isInside() || line.isCut();
    takeRepeat(line.number, isApart ? QByteArrayView() : plain.bytes());
    takeReport(line);
}

void Outline::addFold(const Fold &fold)
{
    if (!m_folds.empty() && m_folds.back().first == fold.first)
        m_folds.back() = fold;
    else if (m_folds.size() < MostFolds)
        m_folds.push_back(fold);
}

/// Only a later phase than the last one counts: the words of an earlier one may come again.
void Outline::addPhase(const Phase &phase)
{
    const QList<QString> &names = agentsociety::phaseNames();
    const auto order = [&names](const Phase &one) { return names.indexOf(QLatin1String(one.name)); };
    if (m_phases.empty() || order(phase) > order(m_phases.back()))
        m_phases.push_back(phase);
}

void Outline::takeRepeat(qint64 number, QByteArrayView line)
{
    const QByteArrayView text = withoutTime(line);
    const size_t hash = text.isEmpty() ? 0 : qHashBits(text.data(), static_cast<size_t>(text.size()), 1) | 1;
    if (hash == 0 || hash != m_lastHash || text.size() != m_lastSize)
        m_repeatFirst = number;
    else if (number - m_repeatFirst + 1 >= RepeatLines)
        addFold({m_repeatFirst, number, Fold::Kind::Repeat});
    m_lastHash = hash;
    m_lastSize = text.size();
}

void Outline::takeReport(const RawLine &line)
{
    const LineReport report = agentsociety::reportOf(line.data, line.tail);
    switch (report.kind) {
    case LineReport::Kind::None:
        break;
    case LineReport::Kind::Step:
        m_steps.push_back({line.number, report.day, report.secondOfDay, report.step});
        break;
    case LineReport::Kind::Phase:
        addPhase({line.number, report.phase});
        break;
    case LineReport::Kind::Retry:
    case LineReport::Kind::ParseFailure: {
        const bool isRetry = report.kind == LineReport::Kind::Retry;
        Trouble &trouble =
            troubleOf(isRetry ? Trouble::Kind::Retry : Trouble::Kind::ParseFailure, QString::fromUtf8(report.cause));
        trouble.lines.append(line.number);
        trouble.calls += !isRetry || report.attempt == 1 ? 1 : 0;
        break;
    }
    }
}

Trouble &Outline::troubleOf(Trouble::Kind kind, const QString &cause)
{
    const auto find = [&](const QString &wanted) {
        return std::find_if(m_troubles.begin(), m_troubles.end(),
            [&](const Trouble &trouble) { return trouble.kind == kind && trouble.cause == wanted; });
    };
    auto found = find(cause);
    if (found == m_troubles.end() && m_troubles.size() >= MostTroubles)
        found = find(QString());
    if (found != m_troubles.end())
        return *found;
    Trouble trouble;
    trouble.kind = kind;
    trouble.cause = m_troubles.size() < MostTroubles ? cause : QString();
    m_troubles.push_back(std::move(trouble));
    return m_troubles.back();
}

Outline Outline::takeFound()
{
    Outline found;
    found.m_folds.swap(m_folds);
    found.m_troubles.swap(m_troubles);
    found.m_steps.swap(m_steps);
    found.m_phases.swap(m_phases);
    return found;
}

void Outline::append(const Outline &found)
{
    for (const Fold &fold : found.m_folds)
        addFold(fold);
    for (const Trouble &trouble : found.m_troubles) {
        Trouble &own = troubleOf(trouble.kind, trouble.cause);
        own.lines.append(trouble.lines);
        own.calls += trouble.calls;
    }
    m_steps.insert(m_steps.end(), found.m_steps.begin(), found.m_steps.end());
    for (const Phase &phase : found.m_phases)
        addPhase(phase);
}

const Fold *Outline::foldAt(qint64 line) const
{
    const auto after = std::upper_bound(
        m_folds.begin(), m_folds.end(), line, [](qint64 value, const Fold &fold) { return value < fold.first; });
    return after != m_folds.begin() && (after - 1)->last >= line ? &*(after - 1) : nullptr;
}

qint64 Outline::retriedCalls() const
{
    qint64 calls = 0;
    for (const Trouble &trouble : m_troubles)
        calls += trouble.kind == Trouble::Kind::Retry ? trouble.calls : 0;
    return calls;
}

RunPlace Outline::placeOf(qint64 line) const
{
    RunPlace place;
    if (const Step *step = markBefore(m_steps, line)) {
        place.day = step->day;
        place.secondOfDay = step->secondOfDay;
        place.step = step->step;
        place.stepLine = step->line;
    }
    if (const Phase *phase = markBefore(m_phases, line)) {
        place.phase = QLatin1String(phase->name);
        place.phaseLine = phase->line;
    }
    return place;
}

qint64 Outline::memory() const
{
    size_t bytes = sizeof(*this) + m_folds.capacity() * sizeof(Fold) + m_steps.capacity() * sizeof(Step) +
                   m_phases.capacity() * sizeof(Phase);
    for (const Trouble &trouble : m_troubles)
        bytes += sizeof(Trouble) + static_cast<size_t>(trouble.lines.memory());
    return static_cast<qint64>(bytes);
}

} // namespace society::log
