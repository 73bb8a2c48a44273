// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/workspace.h"

#include "services/core/files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace society {

Workspace::Workspace(const QString &root) : m_root(QDir(root).absolutePath()) {}

QString Workspace::defaultRoot()
{
    const QString fromEnvironment = qEnvironmentVariable("SOCIETY_WORKSPACE");
    if (!fromEnvironment.isEmpty())
        return QDir(fromEnvironment).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/society-workbench");
}

QString Workspace::path(const char *name) const
{
    return m_root + u'/' + QLatin1String(name);
}

QString Workspace::runs(const TenantId &tenant) const
{
    return path("runs") + u'/' + (tenant.isEmpty() ? QStringLiteral("_") : tenant);
}

QString Workspace::runDirectory(const TenantId &tenant, const ExperimentId &id) const
{
    return runs(tenant) + u'/' + id.text();
}

Result<> Workspace::create() const
{
    for (const QString &folder : {m_root, path("runs"), runner(), maps(), profiles()})
        SOCIETY_TRY(makePrivateFolder(folder));
    return {};
}

Result<QString> findProgram(const QString &name)
{
    const QString here = QCoreApplication::applicationDirPath();
    QStringList folders{here, here + QStringLiteral("/../libexec/society-workbench")};
    if (const QString set = qEnvironmentVariable("SOCIETY_BIN"); !set.isEmpty())
        folders.prepend(set);
    for (const QString &folder : std::as_const(folders)) {
        const QFileInfo file(QDir(folder), name);
        if (file.isFile() && file.isExecutable())
            return QDir::cleanPath(file.absoluteFilePath());
    }
    return fail(ErrorKind::Refused, "program_missing",
        QCoreApplication::translate("Workspace", "The program “%1” is missing.").arg(name),
        QCoreApplication::translate("Workspace", "Install Society Workbench again."), folders.join(u':'));
}

} // namespace society
