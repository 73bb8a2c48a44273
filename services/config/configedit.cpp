// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/configrows.h"
#include "services/config/configstore.h"
#include "services/store/transaction.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace society::config {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigStore", text);
}

// Keys leave for the keychain before anything is written: where that fails nothing has been made.
Result<> handOver(const Prepared &prepared, const ConfigId &id, const ImportOptions &options, QList<Problem> &notes)
{
    for (const TakenKey &taken : prepared.keys) {
        if (options.storeSecret) {
            SOCIETY_TRY(options.storeSecret(id, taken.number, taken.key));
        } else {
            notes.append({Severity::Warning, {}, u"key_dropped"_s, tr("A key was left out of the document"),
                tr("Set the key of this LLM.")});
        }
    }
    return {};
}

QSet<int> numbersIn(const QString &text)
{
    static const QRegularExpression reference(u"@secret:([0-9]{1,9})"_s);
    QSet<int> numbers;
    for (auto match = reference.globalMatch(text); match.hasNext();)
        numbers.insert(match.next().captured(1).toInt());
    return numbers;
}

// One of an import: where it goes, and whether it is new.
struct Planned {
    Prepared prepared;
    Imported made;
};

} // namespace

Result<ImportReport> ConfigStore::importPrepared(const QList<Prepared> &list, const ImportOptions &options)
{
    if (list.isEmpty())
        return fail(ErrorKind::Refused, "import_empty", tr("There is nothing to import"),
            tr("Choose a file with a configuration."));
    QString given;
    if (!options.name.isEmpty()) {
        SOCIETY_ASSIGN(given, checkedName(options.name));
    }
    ImportReport report;
    QList<Planned> plan;
    for (const Prepared &prepared : list) {
        SOCIETY_ASSIGN(const auto same, sameAs(m_database, options.tenant, prepared.kind, prepared.text));
        Planned planned{prepared, {prepared.kind, ConfigId::random(), 1, {}, true}};
        if (same)
            planned.made = {prepared.kind, same->id, same->version, same->name, false};
        for (const Planned &earlier : std::as_const(plan)) {
            if (earlier.prepared.kind == prepared.kind && earlier.prepared.text == prepared.text) {
                planned.made = earlier.made;
                planned.made.created = false;
            }
        }
        SOCIETY_TRY(handOver(prepared, planned.made.id, options, report.notes));
        report.notes += prepared.notes;
        plan.append(planned);
    }
    SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(m_database));
    const QDateTime now = m_clock.now();
    for (Planned &planned : plan) {
        if (planned.made.created) {
            const QString proposed = given.isEmpty() ? planned.prepared.name : given;
            QString name = proposed;
            if (given.isEmpty()) {
                SOCIETY_ASSIGN(name, freeName(m_database, options.tenant, planned.made.kind, proposed));
            }
            const QString description =
                options.description.isEmpty() ? planned.prepared.description : options.description;
            planned.made.name = name;
            SOCIETY_TRY(insertConfig(m_database,
                {planned.made.kind, options.tenant, planned.made.id, name, description, 1, now, now, 0},
                planned.prepared.text, options.author));
        } else if (planned.made.name.isEmpty()) { // the same as another of this import
            for (const Planned &earlier : std::as_const(plan)) {
                if (earlier.made.id == planned.made.id && earlier.made.created)
                    planned.made.name = earlier.made.name;
            }
        }
        report.made.append(planned.made);
    }
    SOCIETY_TRY(transaction.commit());
    return report;
}

Result<ImportReport> ConfigStore::importFiles(const QStringList &files, const ImportOptions &options)
{
    QList<Prepared> list;
    for (const QString &file : files) {
        SOCIETY_ASSIGN(const QList<Prepared> found, prepareFile(file, options.kind, options.folder, m_workspace));
        list += found;
    }
    return importPrepared(list, options);
}

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
        return fail(ErrorKind::Refused, "name_taken", tr("There is a configuration named “%1” already").arg(checked),
            tr("Choose another name."));
    }
    return rowOf(m_database, tenant, id);
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
