// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/configrows.h"
#include "services/config/configstore.h"

#include <QRegularExpression>

namespace society::config {

using namespace Qt::StringLiterals;

namespace {

// One of several rows, or the words that list them.
Result<ConfigRow> only(const QList<ConfigRow> &rows, const QString &ref)
{
    if (rows.size() == 1)
        return rows.first();
    QStringList candidates;
    for (const ConfigRow &row : rows.mid(0, 8))
        candidates.append(QStringLiteral("%1 %2 (%3)").arg(kindName(row.kind), row.name, row.id.text()));
    return fail(ErrorKind::Refused, "config_ambiguous",
        tr("“%1” can mean: %2").arg(ref, candidates.join(QStringLiteral("; "))), tr("Give the id, or more of it."));
}

} // namespace

Result<ConfigRow> ConfigStore::find(const TenantId &tenant, const QString &ref, std::optional<Kind> kind) const
{
    if (const auto id = ConfigId::parse(ref)) {
        SOCIETY_ASSIGN(const ConfigRow row, rowOf(m_database, tenant, *id));
        if (kind && row.kind != *kind) {
            return fail(ErrorKind::Refused, "config_kind",
                tr("“%1” is of the kind %2").arg(row.name, kindName(row.kind)),
                tr("Choose one of the kind %1.").arg(kindName(*kind)));
        }
        return row;
    }
    SOCIETY_ASSIGN(const QList<ConfigRow> rows, list(tenant, kind));
    QList<ConfigRow> found;
    for (const ConfigRow &row : rows) {
        if (row.name == ref)
            found.append(row);
    }
    static const QRegularExpression prefix(u"^[0-9a-fA-F-]{4,36}$"_s);
    if (found.isEmpty() && prefix.match(ref).hasMatch()) {
        for (const ConfigRow &row : rows) {
            if (row.id.text().startsWith(ref, Qt::CaseInsensitive) ||
                row.id.digits().startsWith(ref, Qt::CaseInsensitive))
                found.append(row);
        }
    }
    if (found.isEmpty())
        return configNotFound(ref);
    return only(found, ref);
}

} // namespace society::config
