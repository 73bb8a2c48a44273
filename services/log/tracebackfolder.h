// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QtGlobal>
#include <optional>

namespace society::log {

/// Lines that are shown as one.
struct Fold {
    enum class Kind : quint8 {
        Traceback, ///< Python's, with those that it was caused by
        Repeat,    ///< lines that differ in their time at most
    };
    qint64 first = 0;
    qint64 last = 0; ///< > first
    Kind kind = Kind::Traceback;

    bool operator==(const Fold &) const = default;
};

/// Finds Python tracebacks in lines given one after the other: from "Traceback (most recent call last):" to the line
/// that names the exception and what is indented below it, including the tracebacks chained to it by "During handling
/// of the above exception …" and the like. A value; one thread at a time.
class TracebackFolder {
public:
    /// Takes the next line (without colours and worker's prefix) and gives the traceback that it shows to have ended
    /// before it, if any.
    [[nodiscard]] std::optional<Fold> take(qint64 number, QByteArrayView line);
    /// The traceback that has not ended as far as one can tell, up to the lines taken.
    [[nodiscard]] std::optional<Fold> open() const;
    /// Whether the last line taken is one of a traceback, or may be.
    [[nodiscard]] bool isInside() const { return m_state != State::Outside; }

private:
    enum class State {
        Outside,
        Frames,    // indented lines
        Exception, // after the line that names it
        Gap,       // the empty line after that, or after the words that chain two tracebacks
        Chained,   // after these words
    };
    void begin(qint64 number, bool isGroup);
    [[nodiscard]] std::optional<Fold> end(qint64 number, QByteArrayView line);

    State m_state = State::Outside;
    qint64 m_first = 0;
    qint64 m_last = 0;      // of what surely belongs to it
    bool m_isGroup = false; // an exception group: all its lines are indented
};

} // namespace society::log
