// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/book_p.h"

#include "services/ledger/limits.h"

#include <QCoreApplication>
#include <QHash>
#include <array>

namespace society::ledger {

using store::Query;

namespace {

constexpr qsizetype BillsAtOnce = 500; ///< fifteen values each, of the 32,766 that SQLite takes

} // namespace

QVariant number(Money money)
{
    return QVariant::fromValue<qlonglong>(money.micro());
}

QString tr(const char *text)
{
    return QCoreApplication::translate("Ledger", text);
}

QString selectBills()
{
    return QStringLiteral(
        "SELECT b.seq, b.id, b.tenant, b.experiment, coalesce(e.name, ''), b.item, b.model, b.amount_micro, "
        "b.unit_price_micro, b.quantity, b.unit, b.unit_size, b.free, b.description, b.created_at, b.corrects, "
        "b.balance_after_micro FROM bills b LEFT JOIN experiments e ON e.id = b.experiment AND "
        "e.tenant = b.tenant ");
}

Bill readBill(const Query &row)
{
    Bill bill;
    bill.sequence = row.integer(0);
    bill.id = readId<BillId>(row, 1);
    bill.tenant = row.text(2);
    bill.experiment = readId<ExperimentId>(row, 3);
    bill.experimentName = row.text(4);
    bill.item = itemFromWord(row.text(5)).value_or(Item::Correction); // the table admits no other word
    bill.model = row.text(6);
    bill.amount = row.money(7);
    bill.unitPrice = row.money(8);
    bill.quantity = row.integer(9);
    bill.unit = row.text(10);
    bill.unitSize = row.integer(11);
    bill.free = row.boolean(12);
    bill.description = row.text(13);
    bill.createdAt = row.time(14);
    bill.corrects = readId<BillId>(row, 15);
    bill.balanceAfter = row.money(16);
    return bill;
}

QString selectHolds()
{
    return QStringLiteral(
        "SELECT h.experiment, coalesce(e.name, ''), h.tenant, h.amount_micro, h.reason, h.created_at, "
        "h.released_at, h.release_reason, CASE WHEN e.id IS NULL OR e.tenant <> h.tenant OR e.deleted_at IS NOT NULL "
        "THEN 2 WHEN e.state IN ('finished', 'failed', 'stopped', 'lost') THEN 1 ELSE 0 END "
        "FROM holds h LEFT JOIN experiments e ON e.id = h.experiment ");
}

Hold readHold(const Query &row)
{
    Hold hold;
    hold.experiment = readId<ExperimentId>(row, 0);
    hold.experimentName = row.text(1);
    hold.tenant = row.text(2);
    hold.amount = row.money(3);
    hold.reason = row.text(4);
    hold.createdAt = row.time(5);
    hold.releasedAt = row.time(6);
    hold.releaseReason = row.text(7);
    constexpr std::array states{HoldRun::Living, HoldRun::Ended, HoldRun::Unknown};
    hold.run = states.at(static_cast<size_t>(row.integer(8)));
    return hold;
}

Result<Money> balanceOf(store::Database &database, const TenantId &tenant)
{
    SOCIETY_ASSIGN(const auto balance,
        store::first(database, QStringLiteral("SELECT balance_micro FROM accounts WHERE tenant = ?"), {tenant},
            [](const Query &row) { return row.money(0); }));
    if (!balance)
        return tenantUnknown(tenant);
    return *balance;
}

Result<std::optional<Hold>> holdOf(store::Database &database, const ExperimentId &experiment)
{
    return store::first(
        database, selectHolds() + QStringLiteral("WHERE h.experiment = ?"), {experiment.text()}, readHold);
}

Result<std::optional<TenantId>> settledFor(store::Database &database, const ExperimentId &experiment)
{
    return store::first(database, QStringLiteral("SELECT tenant FROM settlements WHERE experiment = ?"),
        {experiment.text()}, [](const Query &row) { return row.text(0); });
}

namespace {

/// Inserts bills and gives their numbers by their ids.
Result<QHash<QString, qint64>> insertBills(store::Database &database, const QList<Bill> &bills)
{
    QVariantList values;
    for (const Bill &bill : bills)
        values << bill.id.text() << bill.tenant << idOrNull(bill.experiment) << itemWord(bill.item) << bill.model
               << number(bill.amount) << number(bill.unitPrice) << bill.quantity << bill.unit << bill.unitSize
               << (bill.free ? 1 : 0) << bill.description << toIso(bill.createdAt) << idOrNull(bill.corrects)
               << number(bill.balanceAfter);
    const QString row = QStringLiteral("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    SOCIETY_ASSIGN(const auto given,
        store::rows(database,
            QStringLiteral(
                "INSERT INTO bills (id, tenant, experiment, item, model, amount_micro, unit_price_micro, quantity, "
                "unit, unit_size, free, description, created_at, corrects, balance_after_micro) VALUES %1 RETURNING "
                "id, seq")
                .arg(QStringList(bills.size(), row).join(QStringLiteral(", "))),
            values, [](const Query &result) { return std::pair(result.text(0), result.integer(1)); }));
    QHash<QString, qint64> numbers;
    for (const auto &[id, number] : given) // in any order
        numbers.insert(id, number);
    return numbers;
}

} // namespace

Result<QList<Bill>> writeBills(store::Database &database, const Clock &clock, Money balance, const QList<Bill> &bills)
{
    if (bills.isEmpty())
        return QList<Bill>();
    const QString now = toIso(clock.now());
    QList<Bill> written = bills;
    for (Bill &bill : written) {
        SOCIETY_ASSIGN(balance, balance.plus(bill.amount));
        bill.balanceAfter = balance;
        bill.id = BillId::random();
        bill.createdAt = fromIso(now); // as it will be read again: whole milliseconds
    }
    for (qsizetype at = 0; at < written.size(); at += BillsAtOnce) {
        SOCIETY_ASSIGN(const auto numbers, insertBills(database, written.mid(at, BillsAtOnce)));
        for (qsizetype each = at; each < qMin(at + BillsAtOnce, written.size()); ++each)
            written[each].sequence = numbers.value(written.at(each).id.text());
    }
    if (database.dialect() == store::Dialect::PostgreSql)
        return written; // there a trigger keeps the balance: nobody who uses the ledger may change an account
    SOCIETY_TRY(store::execute(database,
        QStringLiteral("UPDATE accounts SET balance_micro = ?, updated_at = ? WHERE tenant = ?"),
        {number(balance), now, written.constFirst().tenant}));
    return written;
}

Result<Bill> writeBill(store::Database &database, const Clock &clock, const Bill &bill)
{
    SOCIETY_ASSIGN(const Money balance, balanceOf(database, bill.tenant));
    SOCIETY_ASSIGN(const QList<Bill> written, writeBills(database, clock, balance, {bill}));
    return written.constFirst();
}

Result<> endHold(store::Database &database, const Clock &clock, const ExperimentId &experiment, const QString &reason)
{
    SOCIETY_TRY(store::execute(database,
        QStringLiteral(
            "UPDATE holds SET released_at = ?, release_reason = ? WHERE experiment = ? AND released_at IS NULL"),
        {toIso(clock.now()), reason, experiment.text()}));
    return {};
}

tl::unexpected<Error> tenantUnknown(const TenantId &tenant)
{
    return fail(ErrorKind::NotFound, "tenant_unknown", tr("There is no tenant “%1”.").arg(tenant.left(80)),
        tr("Choose one from the list of tenants, or add it."));
}

Result<QString> checkedNote(const QString &note)
{
    if (note.size() > LongestNote)
        return fail(ErrorKind::Refused, "note_too_long", tr("The note is longer than %L1 characters.").arg(LongestNote),
            tr("Shorten it."));
    QString text = note.trimmed();
    return text.replace(QChar(0), u' ');
}

} // namespace society::ledger
