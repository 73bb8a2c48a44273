// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/configrows.h"
#include "services/config/configstore.h"
#include "services/store/transaction.h"

#include <QRegularExpression>

namespace society::config {

using namespace Qt::StringLiterals;

namespace {

QSet<int> numbersIn(const QString &text)
{
    static const QRegularExpression reference(u"@secret:([0-9]{1,9})"_s);
    QSet<int> numbers;
    for (auto match = reference.globalMatch(text); match.hasNext();)
        numbers.insert(match.next().captured(1).toInt());
    return numbers;
}

} // namespace

Result<StoredConfig> ConfigStore::save(
    const TenantId &tenant, const ConfigId &id, int base, const QByteArray &text, const ImportOptions &options)
{
    SOCIETY_ASSIGN(const ConfigRow row, ownRowOf(m_database, tenant, id));
    const auto conflict = [&](int newest) {
        return fail(ErrorKind::Refused, "version_conflict",
            tr("“%1” was changed meanwhile: version %2 is there").arg(row.name).arg(newest),
            tr("Look at the newer version, and save your changes again."));
    };
    if (base > 0 && base != row.version)
        return conflict(row.version);
    SOCIETY_ASSIGN(const Document document, Document::parseAny(text, row.name));
    SOCIETY_ASSIGN(const StoredConfig newest, show(tenant, {id, 0}));
    Earlier earlier{{}, newest.document};
    if (row.kind == Kind::Llm) {
        SOCIETY_ASSIGN(const QStringList texts,
            store::rows(m_database, u"SELECT text FROM configuration_versions WHERE configuration = ?"_s, {id.text()},
                [](const store::Query &query) { return query.text(0); }));
        for (const QString &version : texts)
            earlier.numbers += numbersIn(version);
    }
    SOCIETY_ASSIGN(const Prepared prepared,
        prepare(
            row.kind, document, options.folder.isEmpty() ? m_workspace.root() : options.folder, m_workspace, earlier));
    QList<Problem> notes;
    SOCIETY_TRY(handOver(prepared, id, options, notes));
    if (prepared.text == newest.document.text())
        return newest;
    SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(m_database));
    const QDateTime now = m_clock.now();
    SOCIETY_ASSIGN(const qint64 changed,
        store::execute(m_database,
            u"UPDATE configurations SET version = ?, updated_at = ? WHERE id = ? AND version = ?"_s,
            {row.version + 1, toIso(now), id.text(), row.version}));
    if (changed == 0)
        return conflict(row.version + 1);
    SOCIETY_TRY(insertVersion(m_database, id, row.version + 1, prepared.text, options.author, now));
    SOCIETY_TRY(transaction.commit());
    return show(tenant, {id, 0});
}

Result<ConfigRow> ConfigStore::rename(const TenantId &tenant, const ConfigId &id, const QString &name)
{
    SOCIETY_ASSIGN(const QString checked, checkedName(name));
    SOCIETY_TRY(ownRowOf(m_database, tenant, id));
    const auto renamed =
        store::execute(m_database, u"UPDATE configurations SET name = ?, updated_at = ? WHERE id = ?"_s,
            {checked, toIso(m_clock.now()), id.text()});
    if (!renamed) {
        if (renamed.error().code != u"unique")
            return fail(renamed.error());
        return nameTaken(checked);
    }
    return rowOf(m_database, tenant, id);
}

Result<> ConfigStore::remove(const TenantId &tenant, const ConfigId &id)
{
    SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(m_database));
    SOCIETY_ASSIGN(const ConfigRow row, ownRowOf(m_database, tenant, id));
    SOCIETY_ASSIGN(const QList<UsedBy> users, experimentsOf(m_database, {}, id));
    if (!users.isEmpty()) {
        QStringList names;
        for (const UsedBy &user : users.mid(0, 5))
            names.append(u"“%1” (%2)"_s.arg(user.name, user.id.text().left(8)));
        if (users.size() > 5)
            names.append(u"…"_s);
        return fail(ErrorKind::Refused, "config_used",
            tr("“%1” is used by %2 experiments: %3").arg(row.name).arg(users.size()).arg(names.join(u", "_s)),
            tr("Delete these experiments first, or keep the configuration."));
    }
    SOCIETY_TRY(store::execute(
        m_database, u"UPDATE configurations SET deleted_at = ? WHERE id = ?"_s, {toIso(m_clock.now()), id.text()}));
    return transaction.commit();
}

} // namespace society::config
