// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/singleinstance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QThread>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace society::ui {

namespace {

constexpr qsizetype longestSocketPath = 100; // the system takes 107 bytes, ending included
constexpr int mostCallers = 8;               // who says nothing must not use up the handles
constexpr char question[] = "raise\n";
constexpr char yes[] = "ok\n";

QByteArray socketPath(const Workspace &workspace)
{
    QString inWorkspace = QDir(workspace.root()).absoluteFilePath(QStringLiteral("window.sock"));
    if (QFile::encodeName(inWorkspace).size() <= longestSocketPath)
        return QFile::encodeName(inWorkspace);
    const QByteArray hash =
        QCryptographicHash::hash(QFile::encodeName(inWorkspace), QCryptographicHash::Sha256).toHex().left(16);
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        folder = QDir::tempPath();
    return QFile::encodeName(folder + QStringLiteral("/society-workbench-")) + hash;
}

sockaddr_un addressOf(const QByteArray &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.constData(), sizeof address.sun_path - 1);
    return address;
}

template <class Call>
bool withAddress(const QByteArray &path, Call call)
{
    const sockaddr_un address = addressOf(path);
    return call(reinterpret_cast<const sockaddr *>(&address), socklen_t(sizeof address)) == 0;
}

bool hasToRead(int socket, const QDeadlineTimer &patience)
{
    pollfd ready{socket, POLLIN, 0};
    return ::poll(&ready, 1, static_cast<int>(patience.remainingTime())) > 0;
}

} // namespace

// Not QLocalServer: Qt Network and what it brings cost a start more than all of this.
SingleInstance::SingleInstance(const Workspace &workspace, QObject *parent)
    : QObject(parent)
    , m_socket(socketPath(workspace))
    , m_lockPath(workspace.root() + QStringLiteral("/window.lock"))
{
}

SingleInstance::~SingleInstance()
{
    if (m_knock) {
        m_knock.reset();
        ::unlink(m_socket.constData());
    }
    while (!m_callers.isEmpty())
        dismiss(m_callers.constFirst());
    for (const int handle : {m_listening, m_lock}) {
        if (handle >= 0)
            ::close(handle);
    }
}

// Not QLockFile: it writes its owner down and waits for the disk, which is most of what a start would cost, and an
// owner that was killed leaves its file behind.
bool SingleInstance::claim()
{
    if (m_lock < 0)
        m_lock = ::open(QFile::encodeName(m_lockPath).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_lock < 0 || ::flock(m_lock, LOCK_EX | LOCK_NB) != 0)
        return false;
    listen();
    return true;
}

// Where it cannot listen, a second start says that the first does not answer.
void SingleInstance::listen()
{
    if (m_listening >= 0)
        return;
    m_listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    // The file of the socket is made with these permissions, so there is no moment in which another user could knock.
    ::fchmod(m_listening, 0600);
    // The lock is ours, so a socket that lies there is a dead window's.
    ::unlink(m_socket.constData());
    const bool listens = withAddress(m_socket, [this](const sockaddr *address, socklen_t size) {
        return ::bind(m_listening, address, size);
    }) && ::listen(m_listening, mostCallers) == 0;
    if (!listens)
        return;
    m_knock = std::make_unique<QSocketNotifier>(m_listening, QSocketNotifier::Read);
    connect(m_knock.get(), &QSocketNotifier::activated, this, &SingleInstance::greet);
}

bool SingleInstance::raiseFirst(int ms) const
{
    const QDeadlineTimer patience(ms);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto close = qScopeGuard([socket] { ::close(socket); });
    // One that has just taken the lock may not listen yet.
    while (!withAddress(
        m_socket, [socket](const sockaddr *address, socklen_t size) { return ::connect(socket, address, size); })) {
        if (patience.hasExpired())
            return false;
        QThread::msleep(20);
    }
    char word[sizeof yes] = {};
    return ::send(socket, question, sizeof question - 1, MSG_NOSIGNAL) == sizeof question - 1 &&
           hasToRead(socket, patience) && ::recv(socket, word, sizeof yes - 1, 0) == sizeof yes - 1 &&
           std::strcmp(word, yes) == 0;
}

void SingleInstance::greet()
{
    for (int socket = 0; (socket = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0;) {
        if (m_callers.size() >= mostCallers)
            dismiss(m_callers.constFirst());
        auto *caller = new QSocketNotifier(socket, QSocketNotifier::Read, this);
        m_callers += caller;
        connect(caller, &QSocketNotifier::activated, this, [this, caller] { answer(caller); });
    }
}

void SingleInstance::answer(QSocketNotifier *caller)
{
    const auto socket = static_cast<int>(caller->socket());
    char word[sizeof question] = {};
    const bool asks = ::recv(socket, word, sizeof word - 1, 0) > 0 && std::strcmp(word, question) == 0;
    if (asks)
        ::send(socket, yes, sizeof yes - 1, MSG_NOSIGNAL);
    dismiss(caller);
    if (asks)
        emit raiseRequested();
}

void SingleInstance::dismiss(QSocketNotifier *caller)
{
    m_callers.removeOne(caller);
    caller->setEnabled(false);
    ::close(static_cast<int>(caller->socket()));
    caller->deleteLater(); // it may be the one that has just told
}

} // namespace society::ui
