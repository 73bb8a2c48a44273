// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>

namespace society::agentsociety {

/// How grave a line of a log says it is.
enum class Level { None, Debug, Info, Warning, Error, Critical };

/// Level of a line by the forms that AgentSociety, Python's logging, Ray and the simulator use; None for others. Any
/// thread, as all here.
[[nodiscard]] Level levelOf(QByteArrayView line);
/// The time stamp at the start of a line ("2026-11-24 02:03:25,086", after an optional worker prefix); invalid if none.
[[nodiscard]] QDateTime timeOf(QByteArrayView line);

/// The start of a line without terminal colours and the prefix `(LLMActor pid=N) ` of Ray's workers: a view of the line
/// where it has neither, else of itself.
class PlainLine {
public:
    /// Of a line with colours, about `most` bytes are kept.
    explicit PlainLine(QByteArrayView line, qsizetype most = 4096);
    PlainLine(const PlainLine &) = delete;
    PlainLine &operator=(const PlainLine &) = delete;

    [[nodiscard]] QByteArrayView bytes() const { return m_bytes; }
    /// What comes after the time stamp, the name `agentsociety` and the level of a line in AgentSociety's form; empty
    /// for every other line.
    [[nodiscard]] QByteArrayView message() const;

private:
    QByteArray m_own;
    QByteArrayView m_bytes;
};

/// What a line tells of the run, beyond its level.
struct LineReport {
    enum class Kind {
        None,
        Step,         ///< a step of the simulation begins: day, secondOfDay, step
        Phase,        ///< a phase of the run may begin: phase
        Retry,        ///< an LLM call is tried again: cause, attempt
        ParseFailure, ///< an answer of the LLM could not be used: cause
    };
    Kind kind = Kind::None;
    int day = -1;
    int secondOfDay = 0;
    int step = -1;
    const char *phase = nullptr; ///< of phaseNames()
    QByteArray cause;            ///< the same for lines of the same trouble, such as "OpenAIError: Error code: 429"
    int attempt = 0;             ///< from 1
};

/// Reads a line; of a long one `tail` may be its last bytes, where the number of the attempt stands.
[[nodiscard]] LineReport reportOf(QByteArrayView line, QByteArrayView tail = {});

} // namespace society::agentsociety
