// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runexport.h"

#include "services/core/files.h"
#include "services/core/zip.h"
#include "services/experiment/record.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>

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

Result<> copyFile(const QString &from, const QString &to)
{
    if (!QFile::exists(from))
        return {};
    QFile::remove(to);
    QFile source(from);
    if (!source.copy(to))
        return writeFailed(to, source.errorString());
    return {};
}

/// Every table that the run has, and its calls, as CSV files in a folder.
Result<> saveTables(const QString &folder, const QString &runDirectory, const ExperimentId &id, const TenantId &tenant,
    const std::atomic_bool *cancelled)
{
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
    return {};
}

/// The map and the profiles that the record names; one that is no longer there is left out, its sum stays in the
/// record.
QList<ZipEntry> inputFiles(const QString &folder, const experiment::Record &record)
{
    QList<ZipEntry> entries;
    for (const experiment::RecordFile &file : QList{record.mapFile} + record.profiles)
        if (QFileInfo(file.path).isFile())
            entries.append({folder + QStringLiteral("/files/") + QFileInfo(file.path).fileName(), file.path});
    return entries;
}

} // namespace

Result<QString> exportRun(const QString &parent, const QString &name, const QString &runDirectory,
    const ExperimentId &id, const TenantId &tenant, const std::atomic_bool *cancelled)
{
    const QString folder = parent + u'/' + folderName(name, id);
    if (!QDir().mkpath(folder))
        return writeFailed(folder, {});
    for (const char *file : {"log.txt", "record.json"}) {
        const QString plain = u'/' + QString::fromLatin1(file);
        SOCIETY_TRY(copyFile(runDirectory + plain, folder + plain));
    }
    SOCIETY_TRY(saveTables(folder, runDirectory, id, tenant, cancelled));
    return folder;
}

Result<> bundleRun(const QString &zipFile, const experiment::Experiment &run, const std::atomic_bool *cancelled)
{
    if (!isEnded(run.state))
        return fail(ErrorKind::Refused, "experiment_unfinished",
            QCoreApplication::translate("RunExport", "“%1” has not ended yet.").arg(run.name),
            QCoreApplication::translate("RunExport", "Wait for its end, or stop it."));
    const QTemporaryDir tables(QFileInfo(zipFile).absolutePath() + QStringLiteral("/.tables-XXXXXX"));
    if (!tables.isValid())
        return writeFailed(zipFile, tables.errorString());
    SOCIETY_ASSIGN(const experiment::Record record, experiment::readRecord(run.runDirectory));
    SOCIETY_TRY(saveTables(tables.path(), run.runDirectory, run.id, run.tenant, cancelled));

    const QString folder = folderName(run.name, run.id);
    QList<ZipEntry> entries;
    for (const char *file : {"record.json", "status.json", "log.txt", "usage.jsonl", "home/sqlite.db"}) {
        const QString name = QString::fromLatin1(file);
        if (const QString path = run.runDirectory + u'/' + name; QFile::exists(path))
            entries.append({folder + u'/' + QFileInfo(name).fileName(), path});
    }
    for (const QFileInfo &table : QDir(tables.path()).entryInfoList(QDir::Files, QDir::Name))
        entries.append({folder + QStringLiteral("/tables/") + table.fileName(), table.filePath()});
    return writeZip(zipFile, entries + inputFiles(folder, record), cancelled);
}

} // namespace society::models
