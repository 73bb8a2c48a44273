// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/configrows.h"
#include "services/config/configstore.h"
#include "services/store/transaction.h"

namespace society::config {

using namespace Qt::StringLiterals;

namespace {

// One of an import: where it goes, and whether it is new.
struct Planned {
    Prepared prepared;
    Imported made;
};

} // namespace

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

} // namespace society::config
