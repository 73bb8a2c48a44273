// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/hitlist.h"
#include "services/log/linereader.h"
#include "services/log/tracebackfolder.h"

#include <QString>
#include <vector>

namespace society::log {

/// A kind of trouble with the LLM, and the lines that tell of it.
struct Trouble {
    enum class Kind {
        Retry,        ///< calls that were tried again
        ParseFailure, ///< answers that could not be used
    };
    Kind kind = Kind::Retry;
    QString cause;    ///< in the log's words, such as "OpenAIError: Error code: 429"
    qint64 calls = 0; ///< of Retry: how many calls were retried, by their first retries; else the number of lines
    HitList lines;
};

/// Where in the run a line was written.
struct RunPlace {
    QString phase; ///< of agentsociety::phaseNames(); empty before the first one
    int day = -1;  ///< simulated, from 0; -1: no step had begun
    int secondOfDay = 0;
    int step = -1;
    qint64 stepLine = -1;  ///< that said the step; -1: none
    qint64 phaseLine = -1; ///< that began the phase; -1: none
};

/// What the lines of a log amount to. Grows at its end. A value; one thread at a time. Memory: some bytes for each
/// fold, step and trouble, of which there are at most MostFolds.
class Outline {
public:
    static constexpr size_t MostFolds = 500'000;

    /// Takes the next line, which must be finished.
    void take(const RawLine &line);
    /// Gives away what it has found since the last time, and goes on where it is.
    [[nodiscard]] Outline takeFound();
    /// Adds what takeFound() of another one gave, in the order in which it gave it.
    void append(const Outline &found);

    /// In rising order, apart from each other. The newest one may still grow.
    [[nodiscard]] const std::vector<Fold> &folds() const { return m_folds; }
    /// The fold that has `line`; null if none has.
    [[nodiscard]] const Fold *foldAt(qint64 line) const;
    [[nodiscard]] const std::vector<Trouble> &troubles() const { return m_troubles; }
    /// How many LLM calls were retried.
    [[nodiscard]] qint64 retriedCalls() const;
    /// Where the run was at a line.
    [[nodiscard]] RunPlace placeOf(qint64 line) const;
    /// Bytes of memory that it takes.
    [[nodiscard]] qint64 memory() const;

private:
    struct Step {
        qint64 line = 0;
        int day = 0;
        int secondOfDay = 0;
        int step = 0;
    };
    struct Phase {
        qint64 line = 0;
        const char *name = nullptr;
    };
    void takeReport(const RawLine &line);
    void takeRepeat(qint64 number, QByteArrayView line);
    void addFold(const Fold &fold);
    void addPhase(const Phase &phase);
    [[nodiscard]] Trouble &troubleOf(Trouble::Kind kind, const QString &cause);

    TracebackFolder m_tracebacks;
    std::vector<Fold> m_folds;
    std::vector<Trouble> m_troubles;
    std::vector<Step> m_steps;
    std::vector<Phase> m_phases;
    size_t m_lastHash = 0; // of the line before, its time aside; 0: none
    qsizetype m_lastSize = 0;
    qint64 m_repeatFirst = -1;
};

} // namespace society::log
