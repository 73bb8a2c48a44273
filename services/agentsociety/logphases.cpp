// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/logphases.h"

#include "services/agentsociety/logline.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonObject>

#include <cmath>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kBlock = 256 * 1024;
constexpr qsizetype kLooked = 4096; // of a line; retry warnings hold whole prompts
constexpr qint64 kMostSteps = 10'000'000;
constexpr qint64 kDay = 86400;

struct PhaseMark {
    const char *name;
    const char *line;
};
// With the dash before them, so that a prompt in a warning is not mistaken for one.
constexpr PhaseMark kPhases[] = {
    {"database", " - Initializing database writer"},
    {"llm", " - Initializing LLM"},
    {"environment", " - Initializing environment"},
    {"agents", " - agents: len(citizens)="},
    {"workflow", " - Running workflow: type: "},
    {"closing", " - Closing agent groups"},
};

void takePhase(LogProgress &progress, const char *phase)
{
    const QList<QString> &names = phaseNames();
    const qsizetype begun = names.indexOf(QLatin1String(phase));
    if (begun > names.indexOf(progress.phase))
        progress.phase = names[begun];
}

qint64 floorMod(qint64 value, qint64 modulus)
{
    return ((value % modulus) + modulus) % modulus;
}

/// The number in a field, its default where the field is missing or null, nothing where it is no number.
std::optional<double> numberIn(const QJsonObject &entry, QLatin1String field, double otherwise)
{
    const QJsonValue value = entry[field];
    if (value.isUndefined() || value.isNull())
        return otherwise;
    if (!value.isDouble() || !std::isfinite(value.toDouble()))
        return std::nullopt;
    return value.toDouble();
}

/// Walks through the workflow as AgentSociety's engine does; `tick` is the simulated second since midnight of day 0.
class StepCounter {
public:
    explicit StepCounter(qint64 startTick)
        : m_tick(startTick + 1)
    {
    } // one tick is run while agents are made

    bool take(const QJsonObject &entry)
    {
        const QString type = entry["type"_L1].toString();
        if (type == "next_round"_L1)
            ++m_tick;
        if (type != "step"_L1 && type != "run"_L1)
            return true;
        const auto ticks = numberIn(entry, "ticks_per_step"_L1, 300);
        const auto amount = numberIn(entry, type == "step"_L1 ? "steps"_L1 : "days"_L1, 1);
        if (!ticks || !amount || *ticks < 1 || *ticks > kMostSteps || *amount < 0 || *amount > kMostSteps)
            return false;
        const auto perStep = static_cast<qint64>(*ticks);
        return type == "step"_L1 ? add(static_cast<qint64>(*amount), perStep) : run(*amount, perStep);
    }

    [[nodiscard]] qint64 steps() const { return m_steps; }

private:
    bool add(qint64 steps, qint64 ticks)
    {
        m_steps += steps;
        m_tick += steps * ticks;
        return m_steps <= kMostSteps;
    }

    bool run(double days, qint64 ticks)
    {
        const auto whole = static_cast<qint64>(days);
        for (qint64 day = 0; day < whole; ++day) {
            const qint64 left = kDay - floorMod(m_tick, kDay);
            if (!add((left + ticks - 1) / ticks, ticks))
                return false;
        }
        const double rest = days - static_cast<double>(whole);
        return rest <= 0.001 || add(static_cast<qint64>(rest * 24 * 60 * 60 / static_cast<double>(ticks)), ticks);
    }

    qint64 m_tick;
    qint64 m_steps = 0;
};

} // namespace

const QList<QString> &phaseNames()
{
    static const QList<QString> names = [] {
        QList<QString> made;
        for (const PhaseMark &phase : kPhases)
            made << QLatin1String(phase.name);
        return made;
    }();
    return names;
}

QString phaseLine(const QString &phase)
{
    for (const PhaseMark &mark : kPhases) {
        if (phase == QLatin1String(mark.name))
            return QLatin1String(mark.line);
    }
    return {};
}

const char *phaseOf(QByteArrayView message)
{
    constexpr qsizetype kDash = 3;
    for (const PhaseMark &phase : kPhases) {
        if (message.startsWith(QByteArrayView(phase.line).sliced(kDash)))
            return phase.name;
    }
    return nullptr;
}

void takeLine(LogProgress &progress, QByteArrayView line)
{
    const QByteArrayView start = line.first(qMin(line.size(), kLooked));
    const PlainLine plain(start, kLooked);
    const QByteArrayView message = plain.message();
    if (message.isEmpty())
        return;
    const LineReport report = reportOf(start);
    if (report.kind == LineReport::Kind::Phase)
        return takePhase(progress, report.phase);
    if (report.kind == LineReport::Kind::Step) {
        progress.day = report.day;
        progress.secondOfDay = report.secondOfDay;
        progress.step = report.step;
        return;
    }
    for (const QByteArrayView begin : {QByteArrayView("Init error: "), QByteArrayView("Simulation error: ")}) {
        if (!message.startsWith(begin))
            continue;
        progress.error = QString::fromUtf8(message.sliced(begin.size()));
        progress.errorPhase = progress.phase;
    }
}

Result<LogProgress> readProgress(const QString &logFile, LogProgress progress)
{
    QFile file(logFile);
    if (!file.exists())
        return progress;
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Refused, "read_failed",
            QCoreApplication::translate("LogPhases", "“%1” could not be read.").arg(logFile),
            QCoreApplication::translate("LogPhases", "Check that you may read it."), file.errorString(), logFile);
    if (file.size() < progress.offset)
        progress = {};
    file.seek(progress.offset);
    QByteArray carry;
    while (true) {
        const QByteArray block = file.read(kBlock);
        if (block.isEmpty())
            return progress;
        qsizetype from = 0;
        for (qsizetype end = block.indexOf('\n'); end >= 0; end = block.indexOf('\n', from)) {
            const QByteArrayView rest = QByteArrayView(block).sliced(from, end - from);
            if (carry.isEmpty())
                takeLine(progress, rest);
            else
                takeLine(progress, carry + rest.toByteArray());
            carry.clear();
            from = end + 1;
        }
        if (from > 0)
            progress.offset = file.pos() - (block.size() - from);
        // Of a line that goes on, only as much as is looked at.
        if (carry.size() < kLooked)
            carry += block.mid(from, kLooked);
    }
}

std::optional<qint64> expectedSteps(const QJsonArray &workflow, int startTick)
{
    StepCounter counter(startTick);
    for (const QJsonValue &entry : workflow) {
        if (!counter.take(entry.toObject()))
            return std::nullopt;
    }
    return counter.steps();
}

} // namespace society::agentsociety
