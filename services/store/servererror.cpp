// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/servererror_p.h"

#include <QCoreApplication>
#include <QSqlError>
#include <algorithm>
#include <array>

namespace society::store {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

Error make(ErrorKind kind, const char *code, const QString &message, const QString &remedy)
{
    return {kind, QString::fromLatin1(code), message, remedy, {}, {}};
}

QString place(const Server &server)
{
    return server.host + u':' + QString::number(server.port);
}

Error unreachableError(const Server &server)
{
    return make(ErrorKind::Database, "database_unreachable",
        tr("The database server at %1 could not be reached.").arg(place(server)),
        tr("Check that the server runs, and the network; what was begun was not saved and can be done again."));
}

bool isOneOf(const QString &state, std::initializer_list<const char *> states)
{
    return std::any_of(states.begin(), states.end(), [&](const char *each) { return state == QLatin1String(each); });
}

Error ruleError(const QString &state)
{
    if (state == u"23505")
        return make(ErrorKind::Refused, "unique", tr("There is such an entry already."), tr("Choose another name."));
    if (state == u"SW001")
        return make(ErrorKind::Refused, "immutable", tr("This entry is kept as it was written."),
            tr("Add a new entry instead of changing this one."));
    if (state == u"SW003")
        return make(ErrorKind::NotFound, "login_unknown", tr("The server has no such login."),
            tr("Its administrator makes one, for example by “createuser --pwprompt NAME”."));
    if (state == u"SW004")
        return make(ErrorKind::Refused, "last_admin", tr("This is the last admin of the ledger."),
            tr("Make another login an admin first."));
    return make(ErrorKind::Refused, "constraint", tr("The database refused the entry, as it breaks one of its rules."),
        tr("Check the values."));
}

Error errorFor(const QString &state, const Server &server)
{
    if (state.isEmpty() || state.startsWith(u"08") || isOneOf(state, {"57P01", "57P02", "57P03", "57P05", "25P03"}))
        return unreachableError(server);
    if (state.startsWith(u"23") || state.startsWith(u"SW"))
        return ruleError(state);
    if (state == u"42501")
        return make(ErrorKind::Forbidden, "role_forbids",
            tr("Your role in the shared ledger does not allow this (login “%1”).").arg(server.user),
            tr("Ask an owner of the tenant, or the admin."));
    // Another program holds the lock for too long, or the server had to end one of two that waited for each other.
    if (isOneOf(state, {"55P03", "40001", "40P01"}))
        return make(ErrorKind::Database, "database_locked",
            tr("Another program is writing to the database on %1.").arg(place(server)),
            tr("Nothing was saved; try again in a moment."));
    if (state == u"53100")
        return make(ErrorKind::Refused, "disk_full", tr("The disk of the server at %1 is full.").arg(place(server)),
            tr("Ask its administrator to free some space, then try again."));
    if (state == u"25006")
        return make(ErrorKind::Database, "database_unwritable",
            tr("The database on %1 may only be read now.").arg(place(server)),
            tr("Ask the administrator of the server."));
    if (state.startsWith(u"XX00"))
        return make(ErrorKind::Database, "database_damaged", tr("The database on %1 is damaged.").arg(place(server)),
            tr("Ask the administrator of the server."));
    return make(ErrorKind::Database, "database_failed", tr("The database on %1 failed.").arg(place(server)),
        tr("Try again; if it happens again, report it with the details."));
}

} // namespace

Error serverError(const QSqlError &error, const Server &server, const QString &sql)
{
    Error made = errorFor(error.nativeErrorCode(), server);
    // Its first line alone: the next ones quote values.
    made.detail = QStringLiteral("%1 (%2)").arg(error.databaseText().section(u'\n', 0, 0), error.nativeErrorCode());
    if (!sql.isEmpty())
        made.detail += QStringLiteral(": ") + sql.simplified().left(500);
    if (made.kind == ErrorKind::Database)
        made.path = server.text();
    return made;
}

Error connectError(const QSqlError &error, const Server &server)
{
    const QString words = error.databaseText();
    const auto says = [&](std::initializer_list<const char *> texts) {
        return std::any_of(texts.begin(), texts.end(),
            [&](const char *text) { return words.contains(QString::fromUtf8(text), Qt::CaseInsensitive); });
    };
    Error made = unreachableError(server);
    if (says({"does not support SSL", "certificate", "SSL error", "SSL connection is required", "no encryption"}))
        made = make(ErrorKind::Database, "tls_refused",
            tr("The server at %1 offers no encrypted connection that can be trusted.").arg(place(server)),
            server.caFile.isEmpty()
                ? tr("Ask its administrator to switch TLS on: without it nothing is sent to another machine.")
                : tr("Check that “%1” is the certificate of the authority that signed the server's, and that the "
                     "server is called by the name in its certificate.")
                      .arg(server.caFile));
    else if (says({"password authentication failed", "no password supplied", "authentication failed", "密码",
                 "pg_hba.conf"}) ||
             (says({"role \""}) && says({"does not exist"})))
        made = make(ErrorKind::Database, "login_refused",
            tr("The server at %1 does not let “%2” in.").arg(place(server), server.user),
            tr("Check the login, and store its password by “society-cli database password”."));
    else if (says({"database \""}) && says({"does not exist"}))
        made = make(ErrorKind::Database, "database_unknown",
            tr("The server at %1 has no database “%2”.").arg(place(server), server.database),
            tr("Check the name, or ask the administrator to make it, for example by “createdb %1”.")
                .arg(server.database));
    else if (says({"session is read-only", "session is not read-only"}))
        made = make(ErrorKind::Database, "database_unwritable",
            tr("The database on %1 may only be read now.").arg(place(server)),
            tr("Ask the administrator of the server."));
    made.detail = words.simplified();
    made.path = server.text();
    return made;
}

} // namespace society::store
