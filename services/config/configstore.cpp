// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/configstore.h"

#include "services/config/configrows.h"
#include "services/store/query.h"

#include <algorithm>

namespace society::config {

using namespace Qt::StringLiterals;

ConfigStore::ConfigStore(store::Database &database, Workspace workspace, const Clock &clock)
    : m_database(database)
    , m_workspace(std::move(workspace))
    , m_clock(clock)
{
}

Result<QList<ConfigRow>> ConfigStore::list(const TenantId &tenant, std::optional<Kind> kind) const
{
    const QString where = kind ? u" AND c.kind = ?"_s : QString();
    QVariantList values{tenant, tenant};
    if (kind)
        values.append(kindName(*kind));
    SOCIETY_ASSIGN(auto rows,
        store::rows(m_database, selectRows() + u" WHERE c.deleted_at IS NULL AND c.tenant IN (?, '')"_s + where, values,
            readRow));
    std::stable_sort(rows.begin(), rows.end(), [](const ConfigRow &a, const ConfigRow &b) {
        return a.kind != b.kind ? a.kind < b.kind : QString::localeAwareCompare(a.name, b.name) < 0;
    });
    return rows;
}

Result<StoredConfig> ConfigStore::show(const TenantId &tenant, const ConfigRef &ref) const
{
    SOCIETY_ASSIGN(const ConfigRow row, rowOf(m_database, tenant, ref.id, true));
    const int version = ref.version > 0 ? ref.version : row.version;
    struct Version {
        QByteArray text;
        QString sha256;
        QString author;
        QDateTime createdAt;
    };
    SOCIETY_ASSIGN(const auto found,
        store::first(m_database,
            u"SELECT text, sha256, author, created_at FROM configuration_versions WHERE configuration = ? AND version = ?"_s,
            {ref.id.text(), version}, [](const store::Query &query) {
                return Version{query.text(0).toUtf8(), query.text(1), query.text(2), query.time(3)};
            }));
    if (!found) {
        return fail(ErrorKind::NotFound, "version_not_found", tr("“%1” has no version %2").arg(row.name).arg(version),
            tr("Choose a version from 1 to %1.").arg(row.version));
    }
    SOCIETY_ASSIGN(const Document document, Document::parse(found->text, Format::Json, row.name));
    return StoredConfig{row, version, document, found->sha256, found->author, found->createdAt};
}

Result<QList<VersionRow>> ConfigStore::versions(const TenantId &tenant, const ConfigId &id) const
{
    SOCIETY_TRY(rowOf(m_database, tenant, id, true));
    return store::rows(m_database,
        u"SELECT version, sha256, author, created_at FROM configuration_versions WHERE configuration = ? ORDER BY version DESC"_s,
        {id.text()}, [](const store::Query &query) {
            return VersionRow{static_cast<int>(query.integer(0)), query.text(1), query.text(2), query.time(3)};
        });
}

Result<QList<UsedBy>> ConfigStore::usedBy(const TenantId &tenant, const ConfigId &id) const
{
    SOCIETY_TRY(rowOf(m_database, tenant, id, true));
    return experimentsOf(m_database, tenant, id);
}

Result<Parts> ConfigStore::parts(const TenantId &tenant, const Selection &selection) const
{
    Parts parts;
    const auto load = [&](Kind kind, const ConfigRef &ref, Part &part) -> Result<QString> {
        SOCIETY_ASSIGN(const StoredConfig stored, show(tenant, ref));
        if (stored.row.kind != kind) {
            return fail(ErrorKind::Refused, "config_kind",
                tr("“%1” is of the kind %2").arg(stored.row.name, kindName(stored.row.kind)),
                tr("Choose one of the kind %1.").arg(kindName(kind)));
        }
        part = {stored.document, m_workspace.root()};
        return stored.row.name;
    };
    SOCIETY_TRY(load(Kind::Llm, selection.llm, parts.llm));
    SOCIETY_TRY(load(Kind::Agents, selection.agents, parts.agents));
    SOCIETY_TRY(load(Kind::Map, selection.map, parts.map));
    SOCIETY_ASSIGN(parts.name, load(Kind::Workflow, selection.workflow, parts.workflow));
    return parts;
}

} // namespace society::config
