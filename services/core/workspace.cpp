// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/workspace.h"

#include "services/core/files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace society {

Workspace::Workspace(const QString &root)
    : m_root(QDir(root).absolutePath())
{
}

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
    return runs() + u'/' + (tenant.isEmpty() ? QStringLiteral("_") : tenant);
}

QString Workspace::runDirectory(const TenantId &tenant, const ExperimentId &id) const
{
    return runs(tenant) + u'/' + id.text();
}

Result<> Workspace::create() const
{
    for (const QString &folder : {m_root, runs(), runner(), maps(), profiles()})
        SOCIETY_TRY(makePrivateFolder(folder));
    return {};
}

Result<> Workspace::requireDatabase() const
{
    // Where it is on a server, database.json says so.
    if (QFileInfo(database()).size() > 0 || QFileInfo::exists(path("database.json")))
        return {};
    if (const QString coming = path("database.json.moving"); QFileInfo::exists(coming))
        return fail(ErrorKind::Database, "database_gone",
            QCoreApplication::translate(
                "Workspace", "The move of this workspace's database to a server was interrupted at its last step."),
            QCoreApplication::translate(
                "Workspace", "Everything is there: rename “%1” to “database.json”, and the workspace uses it.")
                .arg(coming),
            {}, database());
    const QDir runs(this->runs());
    for (const QString &tenant : runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (QDir(runs.filePath(tenant)).isEmpty(QDir::Dirs | QDir::NoDotAndDotDot))
            continue;
        return fail(ErrorKind::Database, "database_gone",
            QCoreApplication::translate("Workspace", "The database “%1” is gone or empty, but this workspace has runs.")
                .arg(database()),
            QCoreApplication::translate(
                "Workspace", "Put it back from a copy; to begin anew, move the folder “%1” away first.")
                .arg(runs.path()),
            {}, database());
    }
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
