// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/workspacefiles.h"

#include "services/config/mapfile.h"
#include "services/config/parts.h"
#include "services/config/profiles.h"
#include "services/core/files.h"

#include <QDir>
#include <QFileInfo>

namespace society::config {

namespace {

Result<QString> copyByHash(
    const QString &file, const QString &suffix, const QString &folder, const Workspace &workspace)
{
    SOCIETY_ASSIGN(const QString hash, sha256OfFile(file));
    const QString target = folder + u'/' + hash + u'.' + suffix;
    if (!QFileInfo::exists(target)) {
        SOCIETY_TRY(makePrivateFolder(folder));
        SOCIETY_ASSIGN(const QByteArray bytes, readFile(file, MaxMapBytes));
        SOCIETY_TRY(writeFileAtomically(target, bytes));
    }
    return insideWorkspace(QDir::cleanPath(target), workspace);
}

Result<QString> storeBytes(
    const QByteArray &bytes, const QString &suffix, const QString &folder, const Workspace &workspace)
{
    const QString hash = sha256(bytes);
    const QString target = folder + u'/' + hash + u'.' + suffix;
    if (!QFileInfo::exists(target)) {
        SOCIETY_TRY(makePrivateFolder(folder));
        SOCIETY_TRY(writeFileAtomically(target, bytes));
    }
    return insideWorkspace(QDir::cleanPath(target), workspace);
}

} // namespace

QString insideWorkspace(const QString &path, const Workspace &workspace)
{
    const QString root = QDir(workspace.root()).absolutePath() + u'/';
    return path.startsWith(root) ? path.mid(root.size()) : QString();
}

Result<QString> storeMap(const QString &file, const Workspace &workspace)
{
    return copyByHash(file, QStringLiteral("pb"), workspace.maps(), workspace);
}

Result<QString> storeProfiles(const QString &file, const Workspace &workspace)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix != QLatin1String("csv"))
        return copyByHash(file, suffix, workspace.profiles(), workspace);
    SOCIETY_ASSIGN(const ProfileTable table, readProfiles(file));
    return storeBytes(table.toJson(), QStringLiteral("json"), workspace.profiles(), workspace);
}

} // namespace society::config
