// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/configrows.h"
#include "services/config/configstore.h"
#include "services/store/transaction.h"

namespace society::config {

Result<StoredConfig> ConfigStore::create(Kind kind, const QByteArray &text, const ImportOptions &options)
{
    SOCIETY_ASSIGN(const QString name, checkedName(options.name));
    SOCIETY_ASSIGN(const Document document, Document::parseAny(text, name));
    SOCIETY_ASSIGN(const Prepared prepared,
        prepare(kind, document, options.folder.isEmpty() ? m_workspace.root() : options.folder, m_workspace));
    const ConfigId id = ConfigId::random();
    QList<Problem> notes;
    SOCIETY_TRY(handOver(prepared, id, options, notes));
    SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(m_database));
    const QDateTime now = m_clock.now();
    SOCIETY_TRY(insertConfig(m_database, {kind, options.tenant, id, name, options.description, 1, now, now, 0},
        prepared.text, options.author));
    SOCIETY_TRY(transaction.commit());
    return show(options.tenant, {id, 1});
}

Result<StoredConfig> ConfigStore::duplicate(
    const TenantId &tenant, const ConfigId &id, const QString &name, const QString &author)
{
    SOCIETY_ASSIGN(const QString checked, checkedName(name));
    SOCIETY_ASSIGN(const StoredConfig source, show(tenant, {id, 0}));
    const ConfigId copy = ConfigId::random();
    const QDateTime now = m_clock.now();
    SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(m_database));
    SOCIETY_TRY(
        insertConfig(m_database, {source.row.kind, tenant, copy, checked, source.row.description, 1, now, now, 0},
            source.document.text(), author));
    SOCIETY_TRY(transaction.commit());
    return show(tenant, {copy, 1});
}

} // namespace society::config
