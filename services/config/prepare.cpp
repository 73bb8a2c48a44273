// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/prepare.h"

#include "services/config/findings.h"
#include "services/config/mapfile.h"
#include "services/config/parts.h"
#include "services/config/profiles.h"
#include "services/core/files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <algorithm>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigImport", text);
}

QByteArray quoted(const QString &text)
{
    return dump(Json(text.toStdString()), -1);
}

// "maps/x.pb" for a file of the workspace; empty for others.
QString insideWorkspace(const QString &path, const Workspace &workspace)
{
    const QString root = QDir(workspace.root()).absolutePath() + u'/';
    return path.startsWith(root) ? path.mid(root.size()) : QString();
}

// Copies by content: the same file is there once, whoever imports it.
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

// The profile file in a form that AgentSociety reads: CSV becomes JSON.
Result<QString> storeProfiles(const QString &file, const Workspace &workspace)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix != QLatin1String("csv"))
        return copyByHash(file, suffix, workspace.profiles(), workspace);
    SOCIETY_ASSIGN(const ProfileTable table, readProfiles(file));
    return storeBytes(table.toJson(), QStringLiteral("json"), workspace.profiles(), workspace);
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
            SOCIETY_ASSIGN(stored, copyByHash(file, QStringLiteral("pb"), workspace.maps(), workspace));
        } else {
            SOCIETY_ASSIGN(stored, storeProfiles(file, workspace));
        }
    }
    return stored == named ? document : document.with(path, quoted(stored));
}

// The number of the key that the edited version had for this entry; -1: it had none, or went to another address.
int keptNumber(qsizetype index, const Json &entry, const Earlier &earlier, const QSet<int> &taken)
{
    if (!earlier.base)
        return -1;
    const View before = llmView(*earlier.base);
    if (!before.json || !before.json->is_array() || index >= static_cast<qsizetype>(before.json->size()))
        return -1;
    const Json &old = (*before.json)[static_cast<size_t>(index)];
    const bool isSame =
        textOf(old, "provider") == textOf(entry, "provider") && textOf(old, "base_url") == textOf(entry, "base_url");
    const int number = secretNumber(textOf(old, "api_key"));
    return isSame && !taken.contains(number) ? number : -1;
}

// An edited entry that still goes to the same address keeps the number of its key; a new one gets a number that no
// version has used, so that an old version never sends the new key to the old address.
int numberFor(qsizetype index, const Json &entry, const Earlier &earlier, QSet<int> &taken)
{
    int number = keptNumber(index, entry, earlier, taken);
    if (number < 0) {
        number = static_cast<int>(index);
        while (taken.contains(number) || earlier.numbers.contains(number))
            ++number;
    }
    taken.insert(number);
    return number;
}

bool isMasked(const QString &key)
{
    return !key.isEmpty() &&
           std::all_of(key.begin(), key.end(), [](QChar c) { return c == u'*' || c == u'•' || c == u'●'; });
}

Result<Document> takeKeys(const Document &source, const Earlier &earlier, Prepared &prepared)
{
    Document document = source;
    const View entries = llmView(source);
    QSet<int> taken; // by entries that keep their reference
    for (qsizetype i = 0; i < source.size(entries.path); ++i)
        taken.insert(secretNumber(textOf((*entries.json)[static_cast<size_t>(i)], "api_key")));
    for (qsizetype i = 0; i < source.size(entries.path); ++i) {
        const Json &entry = (*entries.json)[static_cast<size_t>(i)];
        if (!entry.is_object())
            continue;
        const QString path = below(below(entries.path, i), QStringLiteral("api_key"));
        const Json *value = member(entry, "api_key");
        const QString key = value ? text(*value) : QString();
        if (secretNumber(key) >= 0 || (value && !value->is_string()))
            continue;
        const bool isAbsent = isNoKey(key) || isMasked(key);
        // An export leaves keys empty: coming back from one, an entry has its key still.
        const bool isKept = (isMasked(key) || (value && key.isEmpty())) && keptNumber(i, entry, earlier, taken) >= 0;
        if (isAbsent && !isKept && !isMasked(key) && !needsKey(textOf(entry, "provider")))
            continue;
        const int number = numberFor(i, entry, earlier, taken);
        SOCIETY_ASSIGN(document, document.with(path, quoted(QStringLiteral("@secret:%1").arg(number))));
        if (!isAbsent)
            prepared.keys.append({number, key.toUtf8()});
        else if (!isKept)
            prepared.notes.append({Severity::Warning, path, QStringLiteral("key_missing"),
                tr("The key of “%1” is not in the document").arg(textOf(entry, "model")), tr("Set it.")});
    }
    return document;
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
        SOCIETY_ASSIGN(stored, copyByHash(file, QStringLiteral("pb"), workspace.maps(), workspace));
    }
    prepared.text = dump(Json{{"file_path", stored.toStdString()}}) + '\n';
    prepared.notes = checkMap(map, QStringLiteral("file_path"));
    return prepared;
}

} // namespace society::config
