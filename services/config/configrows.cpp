// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/configrows.h"

#include <QCoreApplication>

namespace society::config {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigStore", text);
}

QString selectRows()
{
    // One index per column: a count over all four at once would read every experiment.
    const auto count = [](const char *column) {
        const QString name = QString::fromLatin1(column);
        return u" WHEN '%1' THEN (SELECT count(*) FROM experiments e WHERE e.%1 = c.id AND e.deleted_at IS NULL AND (who.id = '' OR e.tenant = who.id))"_s
            .arg(name);
    };
    return u"SELECT c.id, c.tenant, c.kind, c.name, c.description, c.version, c.created_at, c.updated_at, CASE c.kind"_s +
           count("llm") + count("agents") + count("map") + count("workflow") +
           u" ELSE 0 END FROM configurations c, (SELECT ? AS id) who"_s;
}

ConfigRow readRow(const store::Query &query)
{
    ConfigRow row;
    row.id = ConfigId::parse(query.text(0)).value_or(ConfigId());
    row.tenant = query.text(1);
    row.kind = kindFromName(query.text(2)).value_or(Kind::Template);
    row.name = query.text(3);
    row.description = query.text(4);
    row.version = static_cast<int>(query.integer(5));
    row.createdAt = query.time(6);
    row.updatedAt = query.time(7);
    row.usedBy = static_cast<int>(query.integer(8));
    return row;
}

tl::unexpected<Error> configNotFound(const QString &reference)
{
    return fail(ErrorKind::NotFound, "config_not_found", tr("There is no configuration “%1”").arg(reference),
        tr("Look at the list of configurations for its name or id."));
}

Result<ConfigRow> rowOf(store::Database &database, const TenantId &tenant, const ConfigId &id, bool deletedToo)
{
    const QString alive = deletedToo ? QString() : u" AND c.deleted_at IS NULL"_s;
    SOCIETY_ASSIGN(const auto row,
        store::first(database, selectRows() + u" WHERE c.id = ?"_s + alive, {tenant, id.text()}, readRow));
    if (!row)
        return configNotFound(id.text());
    if (!row->tenant.isEmpty() && row->tenant != tenant) {
        return fail(ErrorKind::Forbidden, "config_foreign",
            tr("The configuration %1 belongs to another tenant").arg(id.text()),
            tr("Choose one of your own, or a public one."));
    }
    return *row;
}

Result<ConfigRow> ownRowOf(store::Database &database, const TenantId &tenant, const ConfigId &id)
{
    SOCIETY_ASSIGN(const ConfigRow row, rowOf(database, tenant, id));
    if (row.tenant != tenant) {
        return fail(ErrorKind::Forbidden, "public_read_only",
            tr("“%1” is public and is changed only by the administrator").arg(row.name),
            tr("Make a copy, and change that."));
    }
    return row;
}

Result<QList<UsedBy>> experimentsOf(store::Database &database, const TenantId &tenant, const ConfigId &id)
{
    return store::rows(database,
        u"SELECT id, name FROM experiments WHERE deleted_at IS NULL AND ? IN (llm, agents, map, workflow) AND (? = '' "
        u"OR tenant = ?)"
        " ORDER BY created_at DESC"_s,
        {id.text(), tenant, tenant}, [](const store::Query &query) {
            return UsedBy{ExperimentId::parse(query.text(0)).value_or(ExperimentId()), query.text(1)};
        });
}

Result<std::optional<Same>> sameAs(store::Database &database, const TenantId &tenant, Kind kind, const QByteArray &text)
{
    return store::first(database,
        u"SELECT c.id, v.version, c.name FROM configuration_versions v JOIN configurations c ON c.id = v.configuration"
        " WHERE v.sha256 = ? AND c.tenant = ? AND c.kind = ? AND c.deleted_at IS NULL"
        " ORDER BY CASE WHEN v.version = c.version THEN 0 ELSE 1 END, c.updated_at DESC, v.version DESC LIMIT 1"_s,
        {sha256(text), tenant, kindName(kind)}, [](const store::Query &query) {
            return Same{
                ConfigId::parse(query.text(0)).value_or(ConfigId()), static_cast<int>(query.integer(1)), query.text(2)};
        });
}

} // namespace society::config
