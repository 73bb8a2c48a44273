// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/runstatus.h"
#include "tests/cli/cliprogram.h"
#include "tests/support/scriptedllm.h"

#include <memory>

namespace society::test {

/// A workspace with the real society-cli, keeper and gateway, the runner of these tests (runner/bin/python3) and an LLM
/// that costs money; and the judge of how a run came out of a fault.
class Lab {
public:
    /// `workspace`: where; empty: in a folder of its own. The account has 100.
    explicit Lab(const QString &workspace = {});

    /// setup, LLM, money. False with words on the test's log.
    [[nodiscard]] bool isReady();
    [[nodiscard]] CliProgram &cli() { return m_cli; }
    [[nodiscard]] ScriptedLlm &llm() { return m_llm; }

    /// Arguments that start a run of this name.
    [[nodiscard]] static QStringList runArguments(const QString &name);
    /// Starts a run; its id, empty where that failed.
    [[nodiscard]] QString start(const QString &name);
    [[nodiscard]] QStringList experiments() const; ///< ids of all in the database
    /// Ids of all runs that have a folder.
    [[nodiscard]] QStringList runs() const;
    [[nodiscard]] QString directory(const QString &id) const;
    [[nodiscard]] QJsonObject shown(const QString &id) const; ///< `status`, as society-cli shows it
    [[nodiscard]] executor::RunStatus status(const QString &id) const;
    [[nodiscard]] QByteArray log(const QString &id) const;
    /// Waits until the log has this text.
    [[nodiscard]] bool says(const QString &id, const QByteArray &text) const;
    /// Lets a run that holds go on.
    void go(const QString &id) const;
    /// The process of a run that is called `keeper`, `guard`, `gateway`, `runner` or `simulator`; 0: there is none.
    [[nodiscard]] qint64 process(const QString &id, const QString &name) const;

    /// Looks (`reconcile`) until every run has ended and is settled; false after a while.
    [[nodiscard]] bool settles() const;
    /// What is wrong about a run that has ended, in words; empty: nothing. Its log is what the runner wrote, its tokens
    /// are billed once and as the gateway wrote them down, the hold is released, the books agree with themselves and
    /// with the run directories, a reason and a remedy are given, and no process is left.
    [[nodiscard]] QString wrongs(const QString &id) const;

private:
    void judgeLog(const QString &id, QStringList &wrongs) const;
    void judgeBills(const QString &id, QStringList &wrongs) const;

    CliProgram m_cli;
    ScriptedLlm m_llm;
};

/// How many files a process may have open from now on; it may be less than it has. False where that cannot be.
[[nodiscard]] bool limitFiles(qint64 pid, int most);

/// The rows of usage.jsonl that hold a call.
[[nodiscard]] QList<QJsonObject> callsIn(const QString &usageFile);

} // namespace society::test
