// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QString>

namespace society::test {

/// The scripted LLM server (tests/support/scripted-llm) as a child of the test, which it does not outlive.
class ScriptedLlm {
public:
    /// `options` as the script takes them, such as {"--api-key", "…"}.
    explicit ScriptedLlm(const QStringList &options = {});
    ~ScriptedLlm();

    [[nodiscard]] bool isReady() const { return m_port != 0; }
    /// `http://127.0.0.1:PORT/v1`
    [[nodiscard]] QString baseUrl() const;
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    /// What it has answered so far, exactly: requests, prompt_tokens, completion_tokens, by_kind.
    [[nodiscard]] QJsonObject totals() const;

private:
    QProcess m_process;
    int m_port = 0;
};

} // namespace society::test
