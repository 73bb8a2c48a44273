// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QDeadlineTimer>
#include <initializer_list>

class QProcess;

namespace society::executor {

/// A child's standard input for secrets: a pipe of our own, since QProcess keeps copies of what it writes in buffers
/// that nobody can wipe. Make it before the child is started. One thread.
class ChildInput {
public:
    /// Where no pipe can be made, the child reads an empty input.
    explicit ChildInput(QProcess &process);
    ~ChildInput();
    ChildInput(const ChildInput &) = delete;
    ChildInput &operator=(const ChildInput &) = delete;

    /// Once the child has started: writes all of it, part after part, and ends the input. False where the child stops
    /// reading before its end, or does not read in time.
    bool write(std::initializer_list<QByteArrayView> parts, QDeadlineTimer deadline);

private:
    [[nodiscard]] bool writePart(QByteArrayView bytes, QDeadlineTimer deadline) const;

    int m_read = -1;
    int m_write = -1;
};

} // namespace society::executor
