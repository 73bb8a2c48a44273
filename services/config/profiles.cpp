// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/profiles.h"

#include "services/config/profiles_p.h"
#include "services/core/files.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLocale>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigProfiles", text);
}

} // namespace

tl::unexpected<Error> unreadableProfiles(const QString &message, const QString &detail)
{
    return fail(ErrorKind::Refused, "profile_unreadable", message, tr("Correct the file at this place."), detail);
}

QByteArray ProfileTable::toJson() const
{
    return QJsonDocument(rows).toJson(QJsonDocument::Indented);
}

Result<ProfileTable> parseProfiles(const QByteArray &bytes, const QString &suffix)
{
    if (bytes.size() > MaxProfileBytes) {
        return fail(ErrorKind::Refused, "profile_too_large",
            tr("The profile file is larger than %1").arg(QLocale().formattedDataSize(MaxProfileBytes)),
            tr("Split it."));
    }
    ProfileTable table;
    if (suffix == QLatin1String("csv")) {
        SOCIETY_ASSIGN(table.rows, profileTable(bytes, table.problems));
    } else if (suffix == QLatin1String("jsonl")) {
        SOCIETY_ASSIGN(table.rows, profileLines(bytes));
    } else if (suffix == QLatin1String("json")) {
        SOCIETY_ASSIGN(table.rows, profileList(bytes));
    } else {
        return fail(ErrorKind::Refused, "profile_file_type",
            tr("AgentSociety reads no profile files of type “%1”").arg(suffix),
            tr("Use a .json list, .jsonl or, for import, .csv."));
    }
    table.columns = columnsOf(table.rows);
    table.problems += checkProfiles(table);
    return table;
}

Result<ProfileTable> readProfiles(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return fail(ErrorKind::NotFound, "profile_missing", tr("The profile file %1 is missing").arg(path),
            tr("Put the file there, or choose another."), {}, path);
    }
    if (info.size() > MaxProfileBytes) {
        return fail(ErrorKind::Refused, "profile_too_large",
            tr("The profile file %1 is larger than %2").arg(path, QLocale().formattedDataSize(MaxProfileBytes)),
            tr("Split it."), {}, path);
    }
    auto bytes = readFile(path, MaxProfileBytes);
    if (!bytes)
        return fail(ErrorKind::Refused, "profile_unreadable", bytes.error().message, bytes.error().remedy,
            bytes.error().detail, path);
    auto table = parseProfiles(*bytes, info.suffix().toLower());
    if (!table)
        table.error().path = path;
    return table;
}

} // namespace society::config
