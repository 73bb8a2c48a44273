// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QDeadlineTimer>
#include <QString>
#include <memory>

namespace society::executor {

class ChildInput;

/// A keeper that was started, and has detached itself, before it is known which run it will own: `society-keeper
/// --wait`. It ends by itself when this object goes, or the program that has it. May be made in one thread and used in
/// another.
class WaitingKeeper {
public:
    /// Null where it could not be started by then. Blocks meanwhile.
    [[nodiscard]] static std::unique_ptr<WaitingKeeper> start(const QString &program, QDeadlineTimer deadline);
    ~WaitingKeeper();
    WaitingKeeper(const WaitingKeeper &) = delete;
    WaitingKeeper &operator=(const WaitingKeeper &) = delete;

    /// What came of handing a run over to it.
    enum class Reply {
        Said, ///< it gave its answer
        Gone, ///< it was not there any more, and has not heard of the run
        Late, ///< it has not answered by then, and may yet take the run
    };
    /// Hands over a run directory (full path) and its secrets; `answer`: the line that a keeper prints. Once; blocks.
    [[nodiscard]] Reply own(
        const QString &runDirectory, QByteArrayView secretsJson, QDeadlineTimer deadline, QString &answer);

private:
    WaitingKeeper();

    std::unique_ptr<ChildInput> m_input;
    int m_answer = -1; ///< where it will write its line
};

} // namespace society::executor
