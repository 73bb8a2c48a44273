// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/logphases.h"

#include <QJsonObject>
#include <cmath>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostSteps = 10'000'000;
constexpr qint64 kDay = 86400;

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
