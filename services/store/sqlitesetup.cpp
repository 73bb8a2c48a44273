// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/sqlitesetup_p.h"

#include "services/store/sqlerror_p.h"
#include "services/store/sqliteplace_p.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>
#include <QVariant>

namespace society::store {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

Result<QString> pragma(const QSqlDatabase &database, const QString &text)
{
    QSqlQuery query(database);
    if (!query.exec(QStringLiteral("PRAGMA ") + text))
        return fail(sqlError(query.lastError(), database.databaseName(), text));
    return query.next() ? query.value(0).toString() : QString();
}

} // namespace

Result<> enterWriteAheadMode(const QSqlDatabase &database, int busyMs)
{
    QElapsedTimer timer;
    timer.start();
    for (;;) {
        auto mode = pragma(database, QStringLiteral("journal_mode = WAL"));
        if (mode && *mode == u"wal")
            return {};
        if (mode)
            return unreachable(database.databaseName(),
                tr("The database “%1” cannot be shared safely between programs where it is.")
                    .arg(database.databaseName()),
                tr("Put the workspace on a local disk."));
        if (mode.error().code != u"database_locked" || timer.elapsed() > busyMs)
            return fail(mode.error());
        QThread::msleep(10);
    }
}

Result<> setUp(const QSqlDatabase &database, const Database::Options &options)
{
    // recursive_triggers: so that REPLACE fires the delete triggers; trusted_schema: a database is input, too.
    for (const char *text : {"synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON",
             "trusted_schema = OFF", "cell_size_check = ON"})
        SOCIETY_TRY(pragma(database, QLatin1String(text)));
    SOCIETY_ASSIGN(const QString keys, pragma(database, QStringLiteral("foreign_keys")));
    if (keys != u"1")
        return unreachable(database.databaseName(), tr("This SQLite library knows no foreign keys."),
            tr("Install the SQLite library of your system."));
    if (options.readOnly)
        SOCIETY_TRY(pragma(database, QStringLiteral("query_only = ON")));
    return {};
}

} // namespace society::store
