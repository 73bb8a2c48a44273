// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gateway/httpclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// Joins chunks; whether the last one is there.
bool joinChunks(QByteArray rest, QByteArray &body)
{
    for (;;) {
        const qsizetype line = rest.indexOf("\r\n");
        bool isNumber = false;
        const qsizetype size = rest.left(line).toLongLong(&isNumber, 16);
        if (line < 0 || !isNumber || rest.size() < line + 2 + size + 2)
            return false;
        if (size == 0)
            return true;
        body += rest.mid(line + 2, size);
        rest.remove(0, line + 2 + size + 2);
    }
}

HttpReply parse(const QByteArray &received, bool closed)
{
    HttpReply reply;
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return reply;
    const QList<QByteArray> lines = received.left(end).replace("\r\n", "\n").split('\n');
    reply.status = lines.first().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        reply.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    const QByteArray rest = received.mid(end + 4);
    if (reply.status == 100)
        return parse(rest, closed);
    if (reply.headers.value("transfer-encoding") == "chunked") {
        reply.isWhole = joinChunks(rest, reply.body);
    } else {
        const qsizetype length = reply.headers.value("content-length", "-1").toLongLong();
        reply.body = length >= 0 ? rest.left(length) : rest;
        reply.isWhole = length >= 0 ? rest.size() >= length : closed;
    }
    return reply;
}

} // namespace

QJsonObject HttpReply::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QJsonObject HttpReply::message() const
{
    return json()["choices"_L1].toArray().at(0).toObject()["message"_L1].toObject();
}

QString HttpReply::errorCode() const
{
    return json()["error"_L1].toObject()["code"_L1].toString();
}

HttpCall::HttpCall(quint16 port)
{
    connect(&m_socket, &QTcpSocket::readyRead, this, [this] {
        if (m_reading)
            m_received += m_socket.readAll();
    });
    m_socket.connectToHost(u"127.0.0.1"_s, port);
}

void HttpCall::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
}

void HttpCall::complete(int entry, const QByteArray &body, const QByteArray &token)
{
    send(httpRequest("POST", "/" + QByteArray::number(entry) + "/v1/chat/completions", body, token));
}

void HttpCall::clear()
{
    m_received.clear();
}

void HttpCall::setReading(bool reading)
{
    m_reading = reading;
    m_socket.setReadBufferSize(reading ? 0 : 1024);
    if (reading)
        m_received += m_socket.readAll();
}

void HttpCall::leave()
{
    m_socket.abort();
}

bool HttpCall::isFinished() const
{
    const bool closed = m_socket.state() == QAbstractSocket::UnconnectedState;
    return closed || parse(m_received, closed).isWhole;
}

HttpReply HttpCall::reply() const
{
    return parse(m_received, m_socket.state() == QAbstractSocket::UnconnectedState);
}

QByteArray httpRequest(
    const QByteArray &method, const QByteArray &path, const QByteArray &body, const QByteArray &token)
{
    return method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token +
           "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
           body;
}

HttpReply complete(quint16 port, int entry, const QByteArray &body)
{
    HttpCall call(port);
    call.complete(entry, body);
    if (!QTest::qWaitFor([&call] { return call.isFinished(); }, 15000))
        qWarning("no answer within 15 s");
    return call.reply();
}

HttpReply exchange(quint16 port, const QByteArray &request)
{
    HttpCall call(port);
    call.send(request);
    if (!QTest::qWaitFor([&call] { return call.isFinished(); }, 15000))
        qWarning("no answer within 15 s");
    return call.reply();
}

QByteArray chatBody(const QString &said, const QJsonObject &more)
{
    QJsonObject body{
        {u"model"_s, u"any"_s}, {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, said}}}}};
    for (auto member = more.begin(); member != more.end(); ++member)
        body.insert(member.key(), member.value());
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}
