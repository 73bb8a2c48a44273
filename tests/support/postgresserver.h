// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/store/database.h"

#include <QProcess>
#include <QStringList>

class QSqlQuery;

namespace society::test {

/// A PostgreSQL server on 127.0.0.1 with logins of its own, gone with the test program. A server that does not start
/// ends the test program. One thread.
class PostgresServer {
public:
    /// `arguments`: of tests/support/postgres-server.
    explicit PostgresServer(const QStringList &arguments = {});
    ~PostgresServer();
    PostgresServer(const PostgresServer &) = delete;
    PostgresServer &operator=(const PostgresServer &) = delete;
    /// One for the whole program, made when it is first asked for.
    [[nodiscard]] static PostgresServer &shared();

    [[nodiscard]] int port() const { return m_port; }
    /// Of every login.
    [[nodiscard]] const QString &password() const { return m_password; }
    /// The certificate that it shows, where it has one.
    [[nodiscard]] QString certificate() const { return m_folder + QStringLiteral("/server.crt"); }
    [[nodiscard]] store::Server server(const QString &database, const QString &login = QStringLiteral("root")) const;
    [[nodiscard]] store::Place place(const QString &database, const QString &login = QStringLiteral("root")) const;

    /// A database, with a ledger or empty. In a ledger the login `admin` is its admin (and no superuser).
    [[nodiscard]] QString newDatabase(bool withLedger = true);
    /// Makes a login, unless it is there.
    void addLogin(const QString &login);
    /// Runs statements as the superuser, with the ledger's tables in sight.
    void sql(const QString &database, const QStringList &statements);
    /// The rows of a question as the superuser, each as its columns' texts.
    [[nodiscard]] QList<QStringList> rows(const QString &database, const QString &sql);

    void kill();  ///< SIGKILL
    void stop();  ///< in good order
    void start(); ///< again, on the same port

private:
    void tell(const char *word);
    QProcess m_process;
    int m_port = 0;
    QString m_password;
    QString m_folder;
    int m_made = 0;
};

/// Every row that a query gives, each as its columns' texts.
[[nodiscard]] QList<QStringList> allRows(QSqlQuery &query);

/// Whether this run of the tests is to use a server (SOCIETY_TEST_SERVER).
[[nodiscard]] bool isOnServer();
/// A new, empty place for a ledger: a file in `folder`, or a database of the shared server, by isOnServer().
[[nodiscard]] store::Place newPlace(const QString &folder);

} // namespace society::test
