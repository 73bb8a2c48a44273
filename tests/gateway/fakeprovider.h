// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QTcpServer>
#include <functional>
#include <memory>

/// A provider (or a proxy) whose every byte a test decides, on the test's own event loop.
class FakeProvider : public QObject {
    Q_OBJECT
public:
    struct Request {
        QByteArray line;                      ///< "POST /v1/chat/completions HTTP/1.1"
        QMap<QByteArray, QByteArray> headers; ///< names in lower case
        QByteArray body;
        QTcpSocket *socket = nullptr; ///< write the answer here
    };
    using Handler = std::function<void(const Request &)>;

    /// The handler is called for each request once its body is there. With TLS its certificate is one that nobody
    /// vouches for.
    explicit FakeProvider(Handler handler, bool withTls = false);

    [[nodiscard]] quint16 port() const { return m_server->serverPort(); }
    [[nodiscard]] QString baseUrl() const;
    /// All that were asked, in order.
    [[nodiscard]] const QList<Request> &requests() const { return m_requests; }

private:
    void accept();
    void read(QTcpSocket *socket);

    Handler m_handler;
    QHash<QTcpSocket *, QByteArray> m_pending;
    QList<Request> m_requests;
    std::unique_ptr<QTcpServer> m_server; // last, so gone first: its connections still say goodbye to the others
};

/// An answer with its length.
[[nodiscard]] QByteArray httpAnswer(int status, const QByteArray &body, const QByteArray &moreHeaders = {});
/// A chat completion that says something; usage is a JSON object or empty.
[[nodiscard]] QByteArray completionBody(const QByteArray &said, const QByteArray &usage);
/// The head of a stream, then use chunk().
[[nodiscard]] QByteArray streamHead();
/// One piece of a chunked body; an empty one ends it.
[[nodiscard]] QByteArray chunk(const QByteArray &data);
