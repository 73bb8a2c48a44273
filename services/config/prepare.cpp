// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/prepare.h"

#include "services/config/findings.h"
#include "services/config/mapfile.h"
#include "services/config/parts.h"
#include "services/config/prepare_p.h"
#include "services/config/profiles.h"
#include "services/config/workspacefiles.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigImport", text);
}

// Where a document names a file: copied in, named by its place in the workspace; a missing one is said and kept.
Result<Document> takeFile(Document document, const QString &path, const char *missing, const QString &folder,
    const Workspace &workspace, Prepared &prepared)
{
    const QString named = document.value(path).toString();
    if (named.isEmpty())
        return document;
    const QString file = absolutePath(folder, named);
    QString stored = insideWorkspace(file, workspace);
    if (!QFileInfo::exists(file)) {
        prepared.notes.append(
            {Severity::Warning, path, QString::fromLatin1(missing), tr("The file %1 is missing").arg(file),
                tr("Put the file there, or import the document again where it is.")});
        stored = stored.isEmpty() ? file : stored;
    } else if (stored.isEmpty()) {
        if (path == QLatin1String("file_path")) {
            SOCIETY_ASSIGN(stored, storeMap(file, workspace));
        } else {
            SOCIETY_ASSIGN(stored, storeProfiles(file, workspace));
        }
    }
    return stored == named ? document : document.with(path, quoted(stored));
}

Result<Document> takeProfiles(
    const Document &source, const QString &folder, const Workspace &workspace, Prepared &prepared)
{
    Document document = source;
    for (const AgentEntry &entry : agentEntries(source)) {
        SOCIETY_ASSIGN(document, takeFile(document, entry.path + QStringLiteral(".memory_from_file"), "profile_missing",
                                     folder, workspace, prepared));
    }
    return document;
}

Result<Document> asJson(const Document &document)
{
    return document.format() == Format::Json ? Result<Document>(document)
                                             : Document::parse(document.toJson(), Format::Json);
}

} // namespace

Result<Prepared> prepare(
    Kind kind, const Document &source, const QString &folder, const Workspace &workspace, const Earlier &earlier)
{
    Prepared prepared;
    prepared.kind = kind;
    SOCIETY_ASSIGN(Document document, asJson(source));
    if (kind == Kind::Llm) {
        SOCIETY_ASSIGN(document, takeKeys(document, earlier, prepared));
    } else if (kind == Kind::Agents) {
        SOCIETY_ASSIGN(document, takeProfiles(document, folder, workspace, prepared));
    } else if (kind == Kind::Map || kind == Kind::Profile) {
        const char *missing = kind == Kind::Map ? "map_missing" : "profile_missing";
        SOCIETY_ASSIGN(document, takeFile(document, QStringLiteral("file_path"), missing, folder, workspace, prepared));
    }
    prepared.text = document.text();
    return prepared;
}

Result<Prepared> prepareProfiles(const QString &file, const Workspace &workspace)
{
    SOCIETY_ASSIGN(const ProfileTable table, readProfiles(file));
    Json columns = Json::array();
    for (const ProfileColumn &column : table.columns) {
        static const char *const types[] = {"integer", "number", "boolean", "text", "structure"};
        columns.push_back({{"name", column.name.toStdString()}, {"type", types[static_cast<int>(column.type)]},
            {"filled", column.filled}});
    }
    SOCIETY_ASSIGN(const QString stored, storeProfiles(file, workspace));
    Prepared prepared;
    prepared.kind = Kind::Profile;
    prepared.name = QFileInfo(file).completeBaseName();
    prepared.text =
        dump(Json{{"file_path", stored.toStdString()}, {"count", table.rows.size()}, {"columns", columns}}) + '\n';
    prepared.notes = table.problems;
    return prepared;
}

Result<Prepared> prepareMapFile(const QString &file, const Workspace &workspace)
{
    SOCIETY_ASSIGN(const MapFile map, readMap(file));
    Prepared prepared;
    prepared.kind = Kind::Map;
    prepared.name = QFileInfo(file).completeBaseName();
    QString stored = insideWorkspace(QFileInfo(file).absoluteFilePath(), workspace);
    if (stored.isEmpty()) {
        SOCIETY_ASSIGN(stored, storeMap(file, workspace));
    }
    prepared.text = dump(Json{{"file_path", stored.toStdString()}}) + '\n';
    prepared.notes = checkMap(map, QStringLiteral("file_path"));
    return prepared;
}

} // namespace society::config
