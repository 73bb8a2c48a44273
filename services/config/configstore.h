// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document.h"
#include "services/config/kind.h"
#include "services/config/preflight.h"
#include "services/config/problem.h"
#include "services/core/clock.h"
#include "services/core/error.h"
#include "services/core/ids.h"
#include "services/core/workspace.h"

#include <QDateTime>
#include <QList>
#include <functional>
#include <optional>

namespace society::store {
class Database;
}

namespace society::config {

struct Prepared;

/// A configuration in a list: its newest version.
struct ConfigRow {
    Kind kind = Kind::Llm;
    TenantId tenant; ///< empty: public
    ConfigId id;
    QString name;
    QString description;
    int version = 0;
    QDateTime createdAt;
    QDateTime updatedAt;
    int usedBy = 0; ///< experiments that name it (deleted ones aside)

    bool operator==(const ConfigRow &) const = default;
};

/// One version of a configuration with its document.
struct StoredConfig {
    ConfigRow row; ///< row.version is the newest one
    int version = 0;
    Document document; ///< keys are references (`@secret:N`)
    QString sha256;
    QString author;
    QDateTime createdAt; ///< of this version
};

/// An entry of a configuration's history.
struct VersionRow {
    int version = 0;
    QString sha256;
    QString author;
    QDateTime createdAt;
};

/// An experiment that names a configuration.
struct UsedBy {
    ExperimentId id;
    QString name;
};

/// What an import made, or found to be there already (`created` false).
struct Imported {
    Kind kind = Kind::Llm;
    ConfigId id;
    int version = 0;
    QString name;
    bool created = false;
};

/// What an import came to.
struct ImportReport {
    QList<Imported> made;
    QList<Problem> notes; ///< what was left out or could not be found; paths begin with the file's name
};

/// For whom a document is imported, and what is to become of its key.
struct ImportOptions {
    TenantId tenant;          ///< who gets it; empty: public (the caller has checked that this is allowed)
    std::optional<Kind> kind; ///< empty: found from the content
    QString name;             ///< empty: exp.name, else the file's name
    QString description;
    QString author;
    QString folder; ///< from which relative paths count; empty: the file's own folder
    /// Takes a key out of a document: the key goes to the keychain under the configuration and its number. An error
    /// ends the import, and nothing is made. Not set: keys are dropped, and a note says so.
    std::function<Result<>(const ConfigId &, int number, const QByteArray &key)> storeSecret;
};

/// A configuration that the program brings along.
struct Sample {
    Kind kind = Kind::Llm;
    QString name;
    QString description;
    QByteArray document;
    QString folder; ///< from which relative paths in it count
};

/// The configurations of a workspace: named, versioned, never changed in place. No key is ever stored. Any thread;
/// every call is short SQL, so not the thread that paints.
///
/// `tenant` is who asks: it sees its own configurations and the public ones, and changes its own. The empty tenant is
/// the admin acting on public ones. A `ref` is an id, an exact name, or a unique prefix of an id (at least 4
/// characters). Errors of every `ref`: `config_not_found` (NotFound), `config_ambiguous` (lists the candidates),
/// `config_foreign` (Forbidden), `config_kind` (another kind than the one asked for).
class ConfigStore {
public:
    ConfigStore(store::Database &database, Workspace workspace, const Clock &clock);

    /// Newest versions, own and public, by kind, then name. Deleted ones are left out.
    [[nodiscard]] Result<QList<ConfigRow>> list(const TenantId &tenant, std::optional<Kind> kind = {}) const;
    /// The newest version's row. Errors: those of a `ref`.
    [[nodiscard]] Result<ConfigRow> find(
        const TenantId &tenant, const QString &ref, std::optional<Kind> kind = {}) const;
    /// Version 0 is the newest. Error: `version_not_found`. Reads deleted configurations by id too, since records name
    /// them.
    [[nodiscard]] Result<StoredConfig> show(const TenantId &tenant, const ConfigRef &ref) const;
    /// Newest first.
    [[nodiscard]] Result<QList<VersionRow>> versions(const TenantId &tenant, const ConfigId &id) const;
    /// The tenant's experiments that used any version of it, newest first. Errors: those of a `ref`.
    [[nodiscard]] Result<QList<UsedBy>> usedBy(const TenantId &tenant, const ConfigId &id) const;

    /// The documents of a selection, ready for preflight() and merge().
    [[nodiscard]] Result<Parts> parts(const TenantId &tenant, const Selection &selection) const;

    /// Imports files: parts and whole run files as JSON or YAML, `.pb` maps, profiles as CSV, JSON or JSONL. All or
    /// nothing. Errors: those of Document, readMap() and readProfiles(); `kind_unknown`, `name_taken`, `import_empty`.
    [[nodiscard]] Result<ImportReport> importFiles(const QStringList &files, const ImportOptions &options);

    /// A new configuration of a text. Errors: `name_taken`, `name_invalid`, Document's.
    [[nodiscard]] Result<StoredConfig> create(Kind kind, const QByteArray &text, const ImportOptions &options);
    /// A new version. `base` is the version that was edited: another newest one is `version_conflict`; 0: whatever it
    /// is. Equal text makes nothing new. A key in the text goes where storeSecret puts it. Errors too:
    /// `public_read_only` (Forbidden).
    [[nodiscard]] Result<StoredConfig> save(
        const TenantId &tenant, const ConfigId &id, int base, const QByteArray &text, const ImportOptions &options);
    /// Errors: `name_taken`, `name_invalid`, `public_read_only`.
    [[nodiscard]] Result<ConfigRow> rename(const TenantId &tenant, const ConfigId &id, const QString &name);
    /// A copy of the newest version that belongs to `tenant`. The key is not copied. Errors: `name_taken`,
    /// `name_invalid`.
    [[nodiscard]] Result<StoredConfig> duplicate(
        const TenantId &tenant, const ConfigId &id, const QString &name, const QString &author = {});
    /// Error: `config_used`, with the experiments in the message; `public_read_only`.
    [[nodiscard]] Result<> remove(const TenantId &tenant, const ConfigId &id);

    /// One part's text, or (llm, agents, map and workflow) the whole run file; keys are left empty.
    /// Errors: `export_parts` (neither one nor these four).
    [[nodiscard]] Result<QByteArray> exportText(const TenantId &tenant, const QList<ConfigRef> &refs) const;
    /// Writes it to a file; a `.pb` file gets the map itself.
    [[nodiscard]] Result<> exportFile(const TenantId &tenant, const QList<ConfigRef> &refs, const QString &file) const;

    /// Makes samples public configurations. One that is there with the same text, also as an older version, is left
    /// alone; a changed one gets a new version. Safe to repeat. Files already in the workspace are named where they
    /// are.
    [[nodiscard]] Result<ImportReport> installSamples(const QList<Sample> &samples);

    [[nodiscard]] const Workspace &workspace() const { return m_workspace; }

private:
    [[nodiscard]] Result<ImportReport> importPrepared(const QList<Prepared> &list, const ImportOptions &options);

    store::Database &m_database;
    Workspace m_workspace;
    const Clock &m_clock;
};

} // namespace society::config
