// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/terminator.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>

namespace society::test {

Terminator::Terminator(const store::Place &superuser, const QString &database)
    : m_place(superuser)
    , m_database(database)
    , m_thread([this] { serve(); })
{
}

Terminator::~Terminator()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ends = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void Terminator::strikeAfter(int microseconds)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_delay = microseconds;
    }
    m_changed.notify_all();
}

void Terminator::wait()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_delay < 0; });
}

void Terminator::serve()
{
    const QString name = QStringLiteral("terminator");
    {
        QSqlDatabase server = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), name);
        server.setHostName(m_place.server->host);
        server.setPort(m_place.server->port);
        server.setDatabaseName(m_place.server->database);
        server.setUserName(m_place.server->user);
        server.setPassword(m_place.password);
        if (!server.open())
            qFatal("%s", qPrintable(server.lastError().text()));
        for (;;) {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_ends || m_delay >= 0; });
            if (m_ends)
                break;
            QThread::usleep(static_cast<unsigned long>(m_delay));
            // Waits until they are gone: who comes next must find the rows as they have left them.
            QSqlQuery strike(server);
            if (!strike.exec(
                    QStringLiteral("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename "
                                   "= 'admin' AND datname = '%1'")
                        .arg(m_database)))
                qFatal("%s", qPrintable(strike.lastError().text()));
            m_delay = -1;
            m_changed.notify_all();
        }
    }
    QSqlDatabase::removeDatabase(name);
}

} // namespace society::test
