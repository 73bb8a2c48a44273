// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runexport.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace society::models {

namespace {

constexpr qsizetype longestName = 60; // characters; file systems take 255 bytes

/// A name for people as one for a folder: no separators, nothing hidden, not too long.
QString folderName(const QString &name, const ExperimentId &id)
{
    static const QRegularExpression unfit(QStringLiteral("[\\x00-\\x1f/\\\\:*?\"<>|]+"));
    QString plain = name.simplified().left(longestName);
    plain.replace(unfit, QStringLiteral("_"));
    while (plain.startsWith(u'.'))
        plain.remove(0, 1);
    return (plain.isEmpty() ? QStringLiteral("run") : plain) + u'-' + id.text().left(8);
}

tl::unexpected<Error> writeError(const QString &path, const QString &detail)
{
    return fail(ErrorKind::Refused, "write_failed",
        QCoreApplication::translate("RunExport", "“%1” could not be written.").arg(path),
        QCoreApplication::translate("RunExport", "Check that the folder exists, may be written to and has space."),
        detail, path);
}

Result<> copyFile(const QString &from, const QString &to)
{
    if (!QFile::exists(from))
        return {};
    QFile::remove(to);
    QFile source(from);
    if (!source.copy(to))
        return writeError(to, source.errorString());
    return {};
}

} // namespace

Result<QString> exportRun(const QString &parent, const QString &name, const QString &runDirectory,
    const ExperimentId &id, const TenantId &tenant, const std::atomic_bool *cancelled)
{
    const QString folder = parent + u'/' + folderName(name, id);
    if (!QDir().mkpath(folder))
        return writeError(folder, {});
    for (const char *file : {"log.txt", "record.json"}) {
        const QString plain = u'/' + QString::fromLatin1(file);
        SOCIETY_TRY(copyFile(runDirectory + plain, folder + plain));
    }
    const QString home = runDirectory + QStringLiteral("/home");
    for (const agentsociety::ResultTable table : agentsociety::resultTables()) {
        const QString target = folder + u'/' + agentsociety::resultTableName(table) + QStringLiteral(".csv");
        const Result<qint64> saved = saveCsv(resultRows(home, id, tenant, table), target, cancelled);
        if (!saved && saved.error().code != QLatin1String("results_none"))
            return fail(saved.error());
    }
    const QString usage = runDirectory + QStringLiteral("/usage.jsonl");
    if (QFile::exists(usage))
        SOCIETY_TRY(saveCsv(callRows(usage), folder + QStringLiteral("/calls.csv"), cancelled));
    return folder;
}

} // namespace society::models
