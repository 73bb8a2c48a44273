// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/singleinstance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace society::ui {

namespace {

constexpr qsizetype longestSocketPath = 100; // the system takes 107 bytes, ending included

QString socketPath(const Workspace &workspace)
{
    QString inWorkspace = QDir(workspace.root()).absoluteFilePath(QStringLiteral("window.sock"));
    if (QFile::encodeName(inWorkspace).size() <= longestSocketPath)
        return inWorkspace;
    const QByteArray hash =
        QCryptographicHash::hash(QFile::encodeName(inWorkspace), QCryptographicHash::Sha256).toHex().left(16);
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        folder = QDir::tempPath();
    return folder + QStringLiteral("/society-workbench-") + QString::fromLatin1(hash);
}

} // namespace

SingleInstance::SingleInstance(const Workspace &workspace, QObject *parent)
    : QObject(parent)
    , m_socket(socketPath(workspace))
    , m_lockPath(workspace.root() + QStringLiteral("/window.lock"))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::answer);
}

SingleInstance::~SingleInstance()
{
    if (m_lock >= 0)
        ::close(m_lock);
}

// Not QLockFile: it writes its owner down and waits for the disk, which is most of what a start would cost, and an
// owner that was killed leaves its file behind.
bool SingleInstance::claim()
{
    if (m_lock < 0)
        m_lock = ::open(QFile::encodeName(m_lockPath).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_lock < 0 || ::flock(m_lock, LOCK_EX | LOCK_NB) != 0)
        return false;
    // The lock is ours, so a socket that lies there is a dead window's.
    QLocalServer::removeServer(m_socket);
    m_server.listen(m_socket);
    return true;
}

bool SingleInstance::raiseFirst(int ms) const
{
    // One that has just taken the lock may not listen yet.
    const QDeadlineTimer patience(ms);
    QLocalSocket socket;
    for (;;) {
        socket.connectToServer(m_socket);
        if (socket.waitForConnected(ms))
            break;
        if (patience.hasExpired())
            return false;
        QThread::msleep(20);
    }
    socket.write("raise\n");
    return socket.waitForReadyRead(ms) && socket.readAll().startsWith("ok");
}

void SingleInstance::answer()
{
    while (QLocalSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
        connect(client, &QLocalSocket::readyRead, this, [this, client] {
            const QByteArray line = client->read(64);
            if (line == "raise\n") {
                client->write("ok\n");
                emit raiseRequested();
            }
            client->disconnectFromServer();
        });
    }
}

} // namespace society::ui
