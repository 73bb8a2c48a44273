// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gateway/gatewayprocess.h"

#include "tests/gateway/httpclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <csignal>

using namespace Qt::StringLiterals;

namespace {

QList<QJsonObject> jsonLines(const QByteArray &text)
{
    QList<QJsonObject> lines;
    for (const QByteArray &line : text.split('\n')) {
        if (!line.isEmpty())
            lines << QJsonDocument::fromJson(line).object();
    }
    return lines;
}

} // namespace

GatewayProcess::GatewayProcess(const QList<QJsonObject> &entries, const QJsonObject &more)
{
    QJsonArray list;
    for (const QJsonObject &entry : entries)
        list.append(entry);
    QJsonObject config{{u"schema"_s, 1}, {u"experiment"_s, u"0d6e"_s}, {u"seed"_s, u"0"_s},
        {u"practice_latency_ms"_s, 0}, {u"entries"_s, list}};
    for (auto member = more.begin(); member != more.end(); ++member)
        config.insert(member.key(), member.value());
    QFile file(m_directory.filePath(u"gateway.json"_s));
    if (file.open(QIODevice::WriteOnly))
        file.write(QJsonDocument(config).toJson());
}

GatewayProcess::~GatewayProcess()
{
    m_process.kill();
    m_process.waitForFinished(5000);
}

bool GatewayProcess::start()
{
    return startUnder(gatewayProgram(), {});
}

bool GatewayProcess::startUnder(const QString &program, const QStringList &arguments)
{
    QStringList all = arguments;
    if (program != gatewayProgram())
        all << gatewayProgram();
    all << m_directory.path();
    m_output.clear();
    m_port = 0;
    m_process.start(program, all);
    m_process.write(QJsonDocument(QJsonObject{{u"token"_s, u"run-token"_s}, {u"keys"_s, m_keys}}).toJson());
    m_process.closeWriteChannel();
    const auto hasSpoken = [this] { return !said().isEmpty() || m_process.state() == QProcess::NotRunning; };
    if (!QTest::qWaitFor(hasSpoken, 10000) || said().isEmpty())
        return false;
    const QJsonObject ready = said().constFirst();
    m_port = static_cast<quint16>(ready["port"_L1].toInt());
    return ready["ready"_L1].toBool();
}

void GatewayProcess::send(int signal) const
{
    ::kill(static_cast<pid_t>(m_process.processId()), signal);
}

int GatewayProcess::waitForEnd()
{
    if (!QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, 10000))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QList<QJsonObject> GatewayProcess::said()
{
    m_output += m_process.readAllStandardOutput();
    return jsonLines(m_output.left(m_output.lastIndexOf('\n') + 1));
}

QList<QJsonObject> GatewayProcess::events()
{
    QList<QJsonObject> found = said();
    found.removeIf([](const QJsonObject &line) { return !line.contains("event"_L1); });
    return found;
}

QByteArray GatewayProcess::errors()
{
    m_errors += m_process.readAllStandardError();
    return m_errors;
}

QByteArray GatewayProcess::usageText() const
{
    QFile file(m_directory.filePath(u"usage.jsonl"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<QJsonObject> GatewayProcess::usage() const
{
    return jsonLines(usageText()).mid(1);
}

QJsonObject customEntry(const QString &baseUrl, const QString &model, const QString &key)
{
    return {{u"provider"_s, u"custom"_s}, {u"base_url"_s, baseUrl}, {u"model"_s, model}, {u"key"_s, key}};
}

QJsonObject practiceEntry()
{
    return {
        {u"provider"_s, u"practice"_s}, {u"base_url"_s, QString()}, {u"model"_s, u"practice"_s}, {u"key"_s, QString()}};
}

QString gatewayProgram()
{
    return qEnvironmentVariable("SOCIETY_BIN") + u"/society-gateway"_s;
}

ScriptedLlm::~ScriptedLlm()
{
    m_process.kill();
    m_process.waitForFinished(5000);
}

bool ScriptedLlm::start(const QStringList &arguments)
{
    m_process.start(
        u"/usr/bin/python3"_s, QStringList{qEnvironmentVariable("SOCIETY_SOURCE") + u"/tests/support/scripted-llm"_s,
                                   u"--idle-exit"_s, u"60"_s} +
                                   arguments);
    if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, 10000))
        return false;
    m_port = m_process.readLine().trimmed().split(':').constLast().toUShort();
    return m_port != 0;
}

QString ScriptedLlm::baseUrl() const
{
    return u"http://127.0.0.1:%1/v1"_s.arg(m_port);
}

QJsonObject ScriptedLlm::totals() const
{
    return exchange(m_port, httpRequest("GET", "/totals")).json();
}
