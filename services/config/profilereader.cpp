// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/profilereader.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigProfiles", text);
}

} // namespace

const Result<ProfileTable> &ProfileReader::load(const QString &path)
{
    const auto found = m_tables.constFind(path);
    if (found != m_tables.constEnd())
        return *found;
    // Case matters: AgentSociety compares the end of the name.
    if (!path.endsWith(QLatin1String(".json")) && !path.endsWith(QLatin1String(".jsonl"))) {
        return *m_tables.insert(
            path, fail(ErrorKind::Refused, "profile_file_type",
                      tr("AgentSociety reads .json and .jsonl profile files, not %1").arg(QFileInfo(path).fileName()),
                      tr("Import the file as a profile: it becomes JSON."), {}, path));
    }
    return *m_tables.insert(path, readProfiles(path));
}

} // namespace society::config
