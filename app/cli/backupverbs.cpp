// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/core/files.h"
#include "services/experiment/databaseplace.h"
#include "services/store/backup.h"

#include <CLI/CLI.hpp>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

namespace society::cli {

namespace {

Result<int> backUp(Session &session, const QString &file)
{
    SOCIETY_TRY(session.openDatabase());
    QString path = QFileInfo(file).absoluteFilePath();
    if (file.isEmpty()) {
        SOCIETY_TRY(makePrivateFolder(session.workspace.backups()));
        path = QDir(session.workspace.backups())
                   .filePath(QStringLiteral("by-hand-%1.db")
                                 .arg(session.clock().now().toString(QStringLiteral("yyyyMMdd-HHmmss"))));
    }
    SOCIETY_TRY(store::backUp(session.database(), path));
    const qint64 bytes = QFileInfo(path).size();
    session.out.document(QJsonObject{{QStringLiteral("file"), path}, {QStringLiteral("bytes"), bytes}});
    session.out.line(
        Cli::tr("A copy of the database, %1, was written to “%2”.").arg(QLocale().formattedDataSize(bytes), path));
    return 0;
}

Result<int> restore(Session &session, const QString &file)
{
    if (QFile::exists(experiment::serverFile(session.workspace)))
        return fail(ErrorKind::Refused, "backup_on_server", Cli::tr("The database of this workspace is on a server."),
            Cli::tr("Its administrator puts copies back, for example by pg_restore."));
    SOCIETY_TRY(session.workspace.create());
    SOCIETY_ASSIGN(const QString kept,
        store::restore(QFileInfo(file).absoluteFilePath(), session.workspace.database(), session.clock().now()));
    session.out.document(QJsonObject{
        {QStringLiteral("file"), file}, {QStringLiteral("kept"), kept.isEmpty() ? QJsonValue() : QJsonValue(kept)}});
    session.out.line(Cli::tr("The workspace has the database of “%1”.").arg(file));
    if (!kept.isEmpty())
        session.out.line(Cli::tr("What it had before is kept as “%1”.").arg(kept));
    session.out.line(Cli::tr("“society-cli audit” tells which runs are newer than the copy."));
    return 0;
}

} // namespace

void addBackupVerbs(CLI::App &app, Action &chosen)
{
    auto *backup = app.add_subcommand("backup", help(Cli::tr("Copies the database while it is used")));
    const auto target = std::make_shared<std::string>();
    backup->add_option("FILE", *target, help(Cli::tr("Where to; else the workspace's folder backups")));
    backup->callback(
        [&chosen, target] { chosen = [target](Session &session) { return backUp(session, text(*target)); }; });

    auto *put = app.add_subcommand("restore", help(Cli::tr("Puts a copy in the place of the database")));
    const auto copy = std::make_shared<std::string>();
    put->add_option("FILE", *copy, help(Cli::tr("A copy that was made by backup, or a daily one")))->required();
    put->callback([&chosen, copy] { chosen = [copy](Session &session) { return restore(session, text(*copy)); }; });
}

} // namespace society::cli
