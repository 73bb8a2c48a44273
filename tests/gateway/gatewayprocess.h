// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

/// A real gateway in a run directory of its own, started as a keeper starts it. Its token is `run-token`.
class GatewayProcess {
public:
    explicit GatewayProcess(const QList<QJsonObject> &entries, const QJsonObject &more = {});
    ~GatewayProcess();

    /// Keys by name, given on standard input.
    void setKeys(const QJsonObject &keys) { m_keys = keys; }
    void setEnvironment(const QProcessEnvironment &environment) { m_process.setProcessEnvironment(environment); }
    /// Starts it, and waits for the line that says it is ready (or not).
    bool start();
    /// Starts it under another program, which gets the gateway's command line as its last arguments.
    bool startUnder(const QString &program, const QStringList &arguments);
    void send(int signal) const;
    /// Waits for its end; the exit code, -1 where it was killed or does not end.
    int waitForEnd();

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] QString directory() const { return m_directory.path(); }
    /// All lines of standard output so far.
    [[nodiscard]] QList<QJsonObject> said();
    /// The events among them.
    [[nodiscard]] QList<QJsonObject> events();
    [[nodiscard]] QByteArray errors();
    /// usage.jsonl as it is now, byte for byte.
    [[nodiscard]] QByteArray usageText() const;
    /// Its lines after the header.
    [[nodiscard]] QList<QJsonObject> usage() const;

private:
    QTemporaryDir m_directory;
    QProcess m_process;
    QJsonObject m_keys;
    QByteArray m_output;
    QByteArray m_errors;
    quint16 m_port = 0;
};

/// An entry of gateway.json that goes to an address.
[[nodiscard]] QJsonObject customEntry(const QString &baseUrl, const QString &model = {}, const QString &key = {});
/// An entry that the practice model answers.
[[nodiscard]] QJsonObject practiceEntry();

/// Path of the program under test.
[[nodiscard]] QString gatewayProgram();

/// The scripted LLM as a provider.
class ScriptedLlm {
public:
    ~ScriptedLlm();
    bool start(const QStringList &arguments = {});
    [[nodiscard]] QString baseUrl() const;
    /// What it has counted.
    [[nodiscard]] QJsonObject totals() const;

private:
    QProcess m_process;
    quint16 m_port = 0;
};
