// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/store/database.h"
#include "services/store/transaction.h"

#include <QMutex>
#include <QSet>

namespace society::store {

/// What a thread knows of its connection to one Database. Its own thread only.
struct ThreadConnection {
    std::weak_ptr<Connections> owner;
    QString name;
    int depth = 0; ///< transactions begun and not ended
    Transaction::Mode mode = Transaction::Mode::Write;
    bool doomed = false; ///< an inner transaction was rolled back: the outer one cannot commit
    bool broken = false; ///< the database has rolled back by itself, or may have: nothing more may run as if not
    bool lost = false;   ///< the connection to a server has died in a transaction: nothing is left to roll back
    QString number;      ///< of the write transaction, on a server: to ask what became of it
    QString token;       ///< of the same, that no other has
};

/// The connections of one Database, kept in common by it and by the threads, so that whichever ends first closes.
class Connections {
public:
    Connections();

    /// The calling thread's entry; null before its first use of the connection.
    [[nodiscard]] static ThreadConnection *ofThisThread(const Database &database);
    /// Makes the calling thread's entry, and forgets those of Databases that are gone.
    static void add(const std::shared_ptr<Connections> &connections, const QString &name);
    /// A name that no connection has had.
    [[nodiscard]] QString newName();

    /// Closes one, if it is still there. Any thread: its own, or the one in which the Database dies.
    void close(const QString &name);
    void closeAll();
    [[nodiscard]] int count() const;

    /// Remembers which file the path names now; false where there is none.
    bool rememberFile(const QString &path);
    /// Error: `database_unreachable`, where the path no longer names that file.
    [[nodiscard]] static Result<> requireSameFile(const Database &database);

private:
    const quint64 m_id; // never used twice, unlike an address
    mutable QMutex m_mutex;
    QSet<QString> m_names;
    int m_made = 0;
    quint64 m_device = 0;
    quint64 m_inode = 0;
};

} // namespace society::store
