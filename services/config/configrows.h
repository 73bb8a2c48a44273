// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/configstore.h"
#include "services/config/parts.h"
#include "services/config/prepare.h"
#include "services/core/names.h"
#include "services/store/query.h"

namespace society::config {

// What several of ConfigStore's functions share.

/// A sentence of ConfigStore's, translated.
[[nodiscard]] QString tr(const char *text);

/// Gives the keys of a document away (ImportOptions::storeSecret); where that is not wanted, a note says so. Keys leave
/// for the keychain before anything is written: where that fails nothing has been made.
[[nodiscard]] Result<> handOver(
    const Prepared &prepared, const ConfigId &id, const ImportOptions &options, QList<Problem> &notes);

/// SELECT … FROM configurations c; first value: the tenant whose experiments count.
[[nodiscard]] QString selectRows();
[[nodiscard]] ConfigRow readRow(const store::Query &query);
/// `config_not_found`, by what was asked for.
[[nodiscard]] tl::unexpected<Error> configNotFound(const QString &reference);
/// Errors: `config_not_found`, `config_foreign`.
[[nodiscard]] Result<ConfigRow> rowOf(
    store::Database &database, const TenantId &tenant, const ConfigId &id, bool deletedToo = false);
/// The same for a change. Error too: `public_read_only`.
[[nodiscard]] Result<ConfigRow> ownRowOf(store::Database &database, const TenantId &tenant, const ConfigId &id);
/// Experiments of the tenant (the admin: of all) that name a configuration, newest first.
[[nodiscard]] Result<QList<UsedBy>> experimentsOf(
    store::Database &database, const TenantId &tenant, const ConfigId &id);

/// A version of the tenant with this text; empty where there is none.
struct Same {
    ConfigId id;
    int version = 0;
    QString name;
};
[[nodiscard]] Result<std::optional<Same>> sameAs(
    store::Database &database, const TenantId &tenant, Kind kind, const QByteArray &text);

/// The name, or with a number after it where it is taken.
[[nodiscard]] Result<QString> freeName(
    store::Database &database, const TenantId &tenant, Kind kind, const QString &name);

/// `name_taken`.
[[nodiscard]] tl::unexpected<Error> nameTaken(const QString &name);
/// Inserts into both tables. Errors: `name_taken`.
[[nodiscard]] Result<> insertConfig(
    store::Database &database, const ConfigRow &row, const QByteArray &text, const QString &author);
[[nodiscard]] Result<> insertVersion(store::Database &database, const ConfigId &id, int version, const QByteArray &text,
    const QString &author, const QDateTime &time);

} // namespace society::config
