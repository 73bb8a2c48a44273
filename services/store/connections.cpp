// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/connections_p.h"

#include <QCoreApplication>
#include <QFile>
#include <QSqlDatabase>

#include <atomic>
#include <sys/stat.h>
#include <unordered_map>

namespace society::store {

namespace {

std::atomic<quint64> nextId{1};

/// The thread's entries, by the Database's number; closes what is left when the thread ends.
struct ThreadConnections {
    std::unordered_map<quint64, ThreadConnection> entries;

    ThreadConnections() = default;
    ThreadConnections(const ThreadConnections &) = delete;
    ThreadConnections &operator=(const ThreadConnections &) = delete;
    ~ThreadConnections()
    {
        for (auto &[id, entry] : entries)
            if (const auto owner = entry.owner.lock())
                owner->close(entry.name);
    }
};

thread_local ThreadConnections ofThread;

} // namespace

Error writesWhileReading()
{
    return {ErrorKind::Database, QStringLiteral("transaction_mode"),
        QCoreApplication::translate("Database", "A program error: it wanted to write while it only reads."),
        QCoreApplication::translate("Database", "Report it with the details."), {}, {}};
}

Connections::Connections()
    : m_id(nextId++)
{
}

ThreadConnection *Connections::ofThisThread(const Database &database)
{
    const auto found = ofThread.entries.find(database.m_connections->m_id);
    return found == ofThread.entries.end() ? nullptr : &found->second;
}

void Connections::add(const std::shared_ptr<Connections> &connections, const QString &name)
{
    std::erase_if(ofThread.entries, [](const auto &entry) { return entry.second.owner.expired(); });
    ThreadConnection entry;
    entry.owner = connections;
    entry.name = name;
    ofThread.entries.insert_or_assign(connections->m_id, entry);
    const QMutexLocker lock(&connections->m_mutex);
    connections->m_names.insert(name);
}

QString Connections::newName()
{
    const QMutexLocker lock(&m_mutex);
    return QStringLiteral("society-%1-%2").arg(m_id).arg(++m_made);
}

void Connections::close(const QString &name)
{
    // Under the lock, so that a thread that ends and the Database that dies do not both close it.
    const QMutexLocker lock(&m_mutex);
    if (m_names.remove(name))
        QSqlDatabase::removeDatabase(name);
}

void Connections::closeAll()
{
    const QMutexLocker lock(&m_mutex);
    for (const QString &name : std::as_const(m_names))
        QSqlDatabase::removeDatabase(name);
    m_names.clear();
}

int Connections::count() const
{
    const QMutexLocker lock(&m_mutex);
    return static_cast<int>(m_names.size());
}

bool Connections::rememberFile(const QString &path)
{
    struct stat state = {};
    if (::stat(QFile::encodeName(path).constData(), &state) != 0)
        return false;
    m_device = state.st_dev;
    m_inode = state.st_ino;
    return true;
}

Result<> Connections::requireSameFile(const Database &database)
{
    // What is written into a file that has lost its name is gone with the program; better to say so.
    struct stat state = {};
    const Connections &self = *database.m_connections;
    if (::stat(QFile::encodeName(database.path()).constData(), &state) == 0 && state.st_dev == self.m_device &&
        state.st_ino == self.m_inode)
        return {};
    return fail(ErrorKind::Database, "database_unreachable",
        QCoreApplication::translate("Database", "The database “%1” was removed or replaced while it was in use.")
            .arg(database.path()),
        QCoreApplication::translate("Database", "Put it back, or close this program and open it again."), {},
        database.path());
}

} // namespace society::store
