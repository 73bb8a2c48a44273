// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/server.h"

#include "services/core/files.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QSysInfo>
#include <QUuid>
#include <arpa/inet.h>

namespace society::store {

namespace {

constexpr qint64 LargestFile = 64 << 10;

QString tr(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

tl::unexpected<Error> invalid(const char *field, const QString &message, const QString &remedy)
{
    return fail(ErrorKind::Refused, "server_invalid", message, remedy, {}, QString::fromLatin1(field));
}

/// Characters that would end a value in the driver's list of options, or mean several hosts.
bool isPlain(const QString &text, QLatin1String forbidden)
{
    for (const QChar c : text)
        if (c.unicode() < 0x20 || c.unicode() == 0x7f || forbidden.contains(c))
            return false;
    return true;
}

} // namespace

bool Server::isLoopback() const
{
    if (host.startsWith(u'/') || host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
        return true;
    // Another name may lead anywhere, even one that begins with 127.
    const QByteArray address = host.toLatin1();
    in_addr four = {};
    in6_addr six = {};
    if (::inet_pton(AF_INET, address.constData(), &four) == 1)
        return ntohl(four.s_addr) >> 24 == 127;
    return ::inet_pton(AF_INET6, address.constData(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

QString Server::tlsMode() const
{
    if (!caFile.isEmpty())
        return QStringLiteral("verify-full");
    return isLoopback() ? QStringLiteral("prefer") : QStringLiteral("require");
}

QString Server::text() const
{
    const QString where = host.contains(u':') ? u'[' + host + u']' : host;
    return QStringLiteral("%1@%2:%3/%4").arg(user, where).arg(port).arg(database);
}

Result<Server> checkedServer(Server server)
{
    for (QString *text : {&server.host, &server.database, &server.user, &server.caFile})
        *text = text->trimmed();
    if (server.host.isEmpty() || !isPlain(server.host, QLatin1String(",;'\\ ")))
        return invalid("host", tr("“%1” is not the name or address of a server.").arg(server.host.left(80)),
            tr("Enter a host name such as db.example.org, or an address."));
    if (server.port < 1 || server.port > 65'535)
        return invalid("port", tr("%1 is not a port.").arg(server.port), tr("Enter a number from 1 to 65535."));
    if (server.database.isEmpty() || !isPlain(server.database, QLatin1String("=")) ||
        server.database.contains(QLatin1String("://")))
        return invalid("database", tr("“%1” is not the name of a database.").arg(server.database.left(80)),
            tr("Enter the name of the database on the server."));
    if (server.user.isEmpty() || !isPlain(server.user, QLatin1String("")))
        return invalid("user", tr("“%1” is not a login.").arg(server.user.left(80)),
            tr("Enter the name with which you log in to the server."));
    if (!isPlain(server.caFile, QLatin1String(";'\\")))
        return invalid("ca_file", tr("“%1” cannot be used as a path here.").arg(server.caFile.left(80)),
            tr("Put the certificate where the path has no semicolon, quote or backslash."));
    if (server.connectSeconds < 1 || server.connectSeconds > 300)
        return invalid("connect_seconds", tr("%1 is not a time to wait in seconds.").arg(server.connectSeconds),
            tr("Enter a number from 1 to 300."));
    return server;
}

QJsonObject toJson(const Server &server)
{
    return {{QStringLiteral("schema"), 1}, {QStringLiteral("host"), server.host}, {QStringLiteral("port"), server.port},
        {QStringLiteral("database"), server.database}, {QStringLiteral("user"), server.user},
        {QStringLiteral("ca_file"), server.caFile}, {QStringLiteral("connect_seconds"), server.connectSeconds},
        {QStringLiteral("workspace"), server.home}};
}

QString newHome()
{
    return QSysInfo::machineHostName().left(60) + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Result<std::optional<Server>> loadServer(const QString &path)
{
    if (!QFile::exists(path))
        return std::nullopt;
    SOCIETY_ASSIGN(const QJsonObject object, readJsonObject(path, LargestFile));
    const Server defaults;
    Server server;
    server.host = object.value(QLatin1String("host")).toString();
    server.port = object.value(QLatin1String("port")).toInt(defaults.port);
    server.database = object.value(QLatin1String("database")).toString();
    server.user = object.value(QLatin1String("user")).toString();
    server.caFile = object.value(QLatin1String("ca_file")).toString();
    server.connectSeconds = object.value(QLatin1String("connect_seconds")).toInt(defaults.connectSeconds);
    server.home = object.value(QLatin1String("workspace")).toString();
    auto checked = checkedServer(server);
    if (checked && server.home.isEmpty()) // it would take others' runs for its own, and their folders for lost
        checked = invalid("workspace", tr("“%1” does not say which workspace this is.").arg(path), {});
    if (!checked) {
        Error error = checked.error();
        error.kind = ErrorKind::Database;
        error.remedy = tr("Mend the file “%1”, or write it anew by “society-cli database use”.").arg(path);
        return fail(std::move(error));
    }
    return std::optional(*checked);
}

Result<> saveServer(const QString &path, const Server &server)
{
    return writeFileAtomically(path, QJsonDocument(toJson(server)).toJson());
}

} // namespace society::store
