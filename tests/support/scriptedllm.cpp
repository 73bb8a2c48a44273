// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedllm.h"

#include <QJsonDocument>
#include <QTcpSocket>

namespace society::test {

ScriptedLlm::ScriptedLlm(const QStringList &options)
{
    const QString script = qEnvironmentVariable("SOCIETY_SOURCE") + QStringLiteral("/tests/support/scripted-llm");
    m_process.start(QStringLiteral("/usr/bin/python3"),
        QStringList{script, QStringLiteral("--idle-exit"), QStringLiteral("600")} + options);
    QByteArray said;
    while (!said.contains('\n') && m_process.waitForReadyRead(15000))
        said += m_process.readAllStandardOutput();
    m_port = said.trimmed().split(':').constLast().toInt();
}

ScriptedLlm::~ScriptedLlm()
{
    m_process.terminate();
    if (!m_process.waitForFinished(3000))
        m_process.kill();
    m_process.waitForFinished(3000);
}

QString ScriptedLlm::baseUrl() const
{
    return QStringLiteral("http://127.0.0.1:%1/v1").arg(m_port);
}

QJsonObject ScriptedLlm::totals() const
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(m_port));
    if (!socket.waitForConnected(5000))
        return {};
    socket.write("GET /totals HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(5000))
        answer += socket.readAll();
    return QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n") + 4)).object();
}

} // namespace society::test
