// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept beside the bills, made anew from them.
#include "services/ledger/steps_p.h"
#include "services/ledger/totals_p.h"

namespace society::ledger {

namespace {

// Days from the bills, months from these; one after the other, as in the migration.
Result<> recountAmounts(store::Database &database, const TenantId &tenant)
{
    SOCIETY_TRY(store::execute(database, QStringLiteral("DELETE FROM amount_totals WHERE tenant = ?"), {tenant}));
    const QString insert = QStringLiteral("INSERT INTO amount_totals (tenant, grain, start, item, model, of_run, "
                                          "step_micro, bills, amount_micro) SELECT tenant, ");
    SOCIETY_TRY(store::execute(database,
        insert + QStringLiteral("'day', substr(created_at, 1, 10), item, model, CASE WHEN experiment IS NULL THEN 0 "
                                "ELSE 1 END, %1, 1, amount_micro FROM bills WHERE tenant = ? ORDER BY seq ON CONFLICT "
                                "(tenant, grain, start, item, model, of_run, step_micro) DO UPDATE SET bills = bills + "
                                "1, amount_micro = amount_micro + excluded.amount_micro")
                     .arg(stepSql(QStringLiteral("amount_micro"))),
        {tenant}));
    SOCIETY_TRY(store::execute(database,
        insert + QStringLiteral("'month', substr(start, 1, 8) || '01', item, model, of_run, step_micro, sum(bills), "
                                "sum(amount_micro) FROM amount_totals WHERE tenant = ? AND grain = 'day' GROUP BY 1, "
                                "2, 3, 4, 5, 6, 7"),
        {tenant}));
    return {};
}

} // namespace

Result<> recount(store::Database &database, const Clock &clock, const TenantId &tenant)
{
    if (database.dialect() == store::Dialect::PostgreSql) { // there nobody may write kept sums; the database does it
        SOCIETY_TRY(store::execute(database, QStringLiteral("SELECT recount(?, ?)"), {tenant, toIso(clock.now())}));
        return {};
    }
    SOCIETY_TRY(store::execute(database,
        QStringLiteral("UPDATE accounts SET balance_micro = (SELECT coalesce(sum(amount_micro), 0) FROM bills WHERE "
                       "tenant = ?), updated_at = ? WHERE tenant = ?"),
        {tenant, toIso(clock.now()), tenant}));
    SOCIETY_TRY(store::execute(database, QStringLiteral("DELETE FROM bill_totals WHERE tenant = ?"), {tenant}));
    // Quarters of an hour from the bills, days from these, months from those.
    const auto keep = [&](const char *grain, const QString &start, const char *rest) {
        return store::execute(database,
            QStringLiteral(
                "INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro, "
                "first_seq, last_seq) SELECT b.tenant, '%1', %2, b.item, b.model, %3 GROUP BY 1, 2, 3, 4, 5, 6")
                .arg(QLatin1String(grain), start, QLatin1String(rest)),
            {tenant});
    };
    SOCIETY_TRY(keep("quarter", quarterSql(),
        "CASE WHEN b.experiment IS NULL THEN 0 ELSE 1 END, count(*), sum(b.amount_micro), min(b.seq), max(b.seq) FROM "
        "bills b WHERE b.tenant = ?"));
    SOCIETY_TRY(keep("day", QStringLiteral("substr(b.start, 1, 10)"),
        "b.of_run, sum(b.bills), sum(b.amount_micro), min(b.first_seq), max(b.last_seq) FROM bill_totals b WHERE "
        "b.tenant = ? AND b.grain = 'quarter'"));
    SOCIETY_TRY(keep("month", QStringLiteral("substr(b.start, 1, 8) || '01'"),
        "b.of_run, sum(b.bills), sum(b.amount_micro), min(b.first_seq), max(b.last_seq) FROM bill_totals b WHERE "
        "b.tenant = ? AND b.grain = 'day'"));
    return recountAmounts(database, tenant);
}

} // namespace society::ledger
