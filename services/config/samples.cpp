// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/configrows.h"
#include "services/config/configstore.h"
#include "services/store/transaction.h"

#include <algorithm>

namespace society::config {

Result<ImportReport> ConfigStore::installSamples(const QList<Sample> &samples)
{
    ImportReport report;
    const QDateTime now = m_clock.now();
    SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(m_database));
    SOCIETY_ASSIGN(const QList<ConfigRow> rows, list({}));
    for (const Sample &sample : samples) {
        SOCIETY_ASSIGN(const Document document, Document::parseAny(sample.document, sample.name));
        SOCIETY_ASSIGN(const Prepared prepared, prepare(sample.kind, document, sample.folder, m_workspace));
        report.notes += prepared.notes;
        const auto row = std::find_if(rows.begin(), rows.end(),
            [&](const ConfigRow &one) { return one.kind == sample.kind && one.name == sample.name; });
        if (row == rows.end()) {
            const ConfigId id = ConfigId::random();
            SOCIETY_TRY(insertConfig(
                m_database, {sample.kind, {}, id, sample.name, sample.description, 1, now, now, 0}, prepared.text, {}));
            report.made.append({sample.kind, id, 1, sample.name, true});
            continue;
        }
        // A text that was there once stays as the administrator left it.
        SOCIETY_ASSIGN(const auto known,
            store::first(m_database,
                QStringLiteral("SELECT version FROM configuration_versions WHERE configuration = ? AND sha256 = ?"),
                {row->id.text(), sha256(prepared.text)}, [](const store::Query &query) { return query.integer(0); }));
        if (!known) {
            SOCIETY_TRY(store::execute(m_database,
                QStringLiteral("UPDATE configurations SET version = ?, updated_at = ? WHERE id = ?"),
                {row->version + 1, toIso(now), row->id.text()}));
            SOCIETY_TRY(insertVersion(m_database, row->id, row->version + 1, prepared.text, {}, now));
        }
        report.made.append({sample.kind, row->id, known ? row->version : row->version + 1, sample.name, !known});
    }
    SOCIETY_TRY(transaction.commit());
    return report;
}

} // namespace society::config
