// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/configrows.h"

namespace society::config {

using namespace Qt::StringLiterals;

tl::unexpected<Error> nameTaken(const QString &name)
{
    return fail(ErrorKind::Refused, "name_taken", tr("There is a configuration named “%1” already").arg(name),
        tr("Choose another name."));
}

Result<QString> freeName(store::Database &database, const TenantId &tenant, Kind kind, const QString &name)
{
    SOCIETY_ASSIGN(const QStringList taken,
        store::rows(database, u"SELECT name FROM configurations WHERE tenant = ? AND kind = ? AND deleted_at IS NULL"_s,
            {tenant, kindName(kind)}, [](const store::Query &query) { return query.text(0); }));
    QString free = name.simplified().left(LongestName);
    if (free.isEmpty())
        free = kindTitle(kind);
    for (int number = 2; taken.contains(free); ++number)
        free = u"%1 %2"_s.arg(name.simplified().left(LongestName - 8)).arg(number);
    return free;
}

Result<> insertConfig(store::Database &database, const ConfigRow &row, const QByteArray &text, const QString &author)
{
    const auto inserted = store::execute(database,
        u"INSERT INTO configurations (id, tenant, kind, name, description, version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {row.id.text(), row.tenant, kindName(row.kind), row.name, row.description, row.version, toIso(row.createdAt),
            toIso(row.updatedAt)});
    if (!inserted) {
        if (inserted.error().code == u"unique")
            return nameTaken(row.name);
        return fail(inserted.error());
    }
    return insertVersion(database, row.id, row.version, text, author, row.createdAt);
}

Result<> insertVersion(store::Database &database, const ConfigId &id, int version, const QByteArray &text,
    const QString &author, const QDateTime &time)
{
    SOCIETY_TRY(store::execute(database,
        u"INSERT INTO configuration_versions (configuration, version, text, sha256, author, created_at) VALUES (?, ?, ?, ?, ?, ?)"_s,
        {id.text(), version, QString::fromUtf8(text), sha256(text), author, toIso(time)}));
    return {};
}

} // namespace society::config
