// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/databaseplace.h"

#include <QUuid>

namespace society::experiment {

QString serverFile(const Workspace &workspace)
{
    return workspace.root() + QStringLiteral("/database.json");
}

Result<store::Place> databasePlace(const Workspace &workspace, secrets::SecretStore &secrets)
{
    SOCIETY_ASSIGN(const auto server, store::loadServer(serverFile(workspace)));
    if (!server)
        return store::Place{workspace.database(), {}, {}};
    return placeOf(*server, secrets);
}

Result<store::Place> placeOf(const store::Server &server, secrets::SecretStore &secrets)
{
    store::Place place{{}, server, {}};
    const secrets::SecretName name = passwordName(server);
    SOCIETY_ASSIGN(const bool isStored, secrets.contains(name));
    if (!isStored)
        return place;
    SOCIETY_ASSIGN(const secrets::SecretBytes password, secrets.read(name));
    place.password = QString::fromUtf8(password.view()); // as Qt's driver takes it
    return place;
}

QString executorOf(const store::Database &database)
{
    const QString home = database.server() ? database.server()->home : QString();
    return home.isEmpty() ? QStringLiteral("local") : QStringLiteral("local:") + home;
}

// Keys are named by a configuration; a login's password by a UUID that follows from the login.
secrets::SecretName passwordName(const store::Server &server)
{
    static const QUuid space(QStringLiteral("5e3f2c1a-8d0b-4c6e-9a47-b1d2c3e4f506"));
    const QString login = QStringLiteral("%1@%2:%3").arg(server.user, server.host.toLower()).arg(server.port);
    const QUuid uuid = QUuid::createUuidV5(space, login);
    return {{}, ConfigId::parse(uuid.toString(QUuid::WithoutBraces)).value_or(ConfigId()), 0};
}

} // namespace society::experiment
