// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gateway/fakeprovider.h"

#include <QFile>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<QTcpServer> tlsServer()
{
    QFile file(qEnvironmentVariable("SOCIETY_SOURCE") + u"/tests/data/gateway/selfsigned.pem"_s);
    const QByteArray pem = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(pem));
    configuration.setPrivateKey(QSslKey(pem, QSsl::Ec));
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    return server;
}

} // namespace

FakeProvider::FakeProvider(Handler handler, bool withTls)
    : m_handler(std::move(handler))
    , m_server(withTls ? tlsServer() : std::make_unique<QTcpServer>())
{
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &FakeProvider::accept);
    m_server->setListenBacklogSize(512);
    m_server->setMaxPendingConnections(512);
    m_server->listen(QHostAddress::LocalHost);
}

QString FakeProvider::baseUrl() const
{
    return u"http://127.0.0.1:%1/v1"_s.arg(port());
}

void FakeProvider::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_pending.remove(socket);
            socket->deleteLater();
        });
    }
}

void FakeProvider::read(QTcpSocket *socket)
{
    QByteArray &pending = m_pending[socket];
    pending += socket->readAll();
    const qsizetype end = pending.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    Request request;
    request.socket = socket;
    const QList<QByteArray> lines = pending.left(end).replace("\r\n", "\n").split('\n');
    request.line = lines.first();
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (pending.size() < end + 4 + length)
        return;
    request.body = pending.mid(end + 4, length);
    pending.remove(0, end + 4 + length);
    m_requests.append(request);
    m_handler(request);
}

QByteArray httpAnswer(int status, const QByteArray &body, const QByteArray &moreHeaders)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Status\r\nContent-Type: application/json\r\n" + moreHeaders +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray completionBody(const QByteArray &said, const QByteArray &usage)
{
    return R"({"id": "cmpl-1", "object": "chat.completion", "choices": [{"index": 0, "message": {"role": "assistant", "content": ")" +
           said + R"("}, "finish_reason": "stop"}])" + (usage.isEmpty() ? QByteArray() : ", \"usage\": " + usage) + "}";
}

QByteArray streamHead()
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";
}

QByteArray chunk(const QByteArray &data)
{
    return QByteArray::number(data.size(), 16) + "\r\n" + data + "\r\n";
}
