// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QTcpSocket>

/// An HTTP answer as a test sees it.
struct HttpReply {
    int status = 0;
    QMap<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;                      ///< chunks already joined
    bool isWhole = false;                 ///< it came to its end

    [[nodiscard]] QJsonObject json() const;
    /// choices[0].message of a chat completion.
    [[nodiscard]] QJsonObject message() const;
    /// error.code of an error's body.
    [[nodiscard]] QString errorCode() const;
};

/// One request on a connection of its own, or several one after the other on the same. Plain sockets, so that tests
/// see what is on the wire; any number at once on the test's event loop.
class HttpCall : public QObject {
    Q_OBJECT
public:
    explicit HttpCall(quint16 port);

    /// Sends bytes as they are.
    void send(const QByteArray &bytes);
    /// Sends a chat completion for an entry of a gateway.
    void complete(int entry, const QByteArray &body, const QByteArray &token = QByteArrayLiteral("run-token"));
    /// Forgets the last answer, for the next on the same connection.
    void clear();
    void setReading(bool reading);
    void leave();

    /// The answer is whole, or the connection is closed.
    [[nodiscard]] bool isFinished() const;
    [[nodiscard]] bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    /// What is there so far.
    [[nodiscard]] HttpReply reply() const;

private:
    QTcpSocket m_socket;
    QByteArray m_received;
    bool m_reading = true;
};

/// The request for send().
[[nodiscard]] QByteArray httpRequest(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
    const QByteArray &token = QByteArrayLiteral("run-token"));

/// A chat completion and its answer.
[[nodiscard]] HttpReply complete(quint16 port, int entry, const QByteArray &body);
/// Any request and its answer.
[[nodiscard]] HttpReply exchange(quint16 port, const QByteArray &request);

/// The body of a request that says one thing.
[[nodiscard]] QByteArray chatBody(const QString &said, const QJsonObject &more = {});
