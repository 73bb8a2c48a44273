// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/scriptedllm.h"
#include "tests/trial/place.h"
#include "tests/trial/plan.h"
#include "tests/trial/watcher.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QProcess>
#include <memory>
#include <optional>

namespace society::trial {

/// Carries one planned run out: prepares what it needs, starts it, does to it what the plan says, and waits until the
/// product says that it has ended. What was done is written to done/TOKEN.json, for the checker. One thread.
class Carrier {
public:
    Carrier(Plan plan, const Folder &folder, const Place &place);
    ~Carrier();

    /// False where the run had not ended by its deadline, or could not be prepared: the record says why.
    bool carryOut();

private:
    [[nodiscard]] QString prepare();
    [[nodiscard]] QString prepareLlm();
    [[nodiscard]] QString import(const char *kind, const QString &name, const QByteArray &text, bool isPublic);
    [[nodiscard]] const test::CliProgram &cli() const;
    void start();
    void startCommand();
    void startWindow(bool withRun);
    void pauseShortly();
    void follow();
    [[nodiscard]] bool isStarterDone() const;
    [[nodiscard]] bool isDue();
    void act();
    void kill(const QString &what);
    void stop();
    void freeDisk();
    void askState();
    void collectStarter();
    void note(const QString &deed, const executor::ProcessId &process, bool done);
    void writeRecord();

    const Plan m_plan;
    const Folder &m_folder;
    const Place &m_place;
    Watcher m_watcher;
    std::unique_ptr<test::ScriptedLlm> m_provider;
    std::unique_ptr<QProcess> m_starter; ///< society-cli run, or the window
    std::unique_ptr<QProcess> m_stopper; ///< society-cli stop
    QDeadlineTimer m_deadline;
    QElapsedTimer m_sinceAsked, m_sinceMoment, m_sinceExit;
    bool m_acted = false;
    bool m_filled = false;
    int m_freeAfterMs = 0;
    QJsonObject m_parts; ///< the four configurations
    QJsonObject m_record;
    QJsonArray m_deeds;
    QString m_state;
};

} // namespace society::trial
