// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/clock.h"
#include "services/ledger/values.h"

#include <QTimeZone>

class QIODevice;

namespace society::store {
class Database;
}

namespace society::ledger {

class StatementReader;
struct Statement;
struct StatementPeriod;

/// Accounts, bills, holds and prices: the only way to a tenant's money. Bills are only ever added; every balance is the
/// sum of its bills. Each writing call is one transaction, or joins the caller's store::Transaction (so that an
/// experiment's row and its hold are one). Any thread but the one that paints. Errors of every function besides its
/// own: as store::Query.
class Ledger {
public:
    Ledger(store::Database &database, const Clock &clock)
        : m_database(database)
        , m_clock(clock)
    {
    }

    /// @name Tenants
    /// @{
    /// Makes a tenant and its account with balance 0; an empty name: its id. Errors: `tenant_invalid`, `tenant_exists`.
    [[nodiscard]] Result<Tenant> addTenant(const QString &id, const QString &name = {});
    /// All but the public one, by id.
    [[nodiscard]] Result<QList<Tenant>> tenants() const;
    /// Error: NotFound `tenant_unknown`. The public tenant is one, too.
    [[nodiscard]] Result<Tenant> requireTenant(const TenantId &id) const;
    /// Every tenant with its money and what goes on, by id, in one frozen view. The month is that of now in `zone`.
    [[nodiscard]] Result<QList<TenantSummary>> tenantSummaries(const QTimeZone &zone) const;
    /// @}

    /// @name Money
    /// @{
    /// Error: `tenant_unknown`.
    [[nodiscard]] Result<Account> account(const TenantId &tenant) const;
    /// Adds money, at least 0.01. Errors: `amount_too_small`, `note_too_long`, `tenant_unknown`, `amount_too_large`.
    [[nodiscard]] Result<Bill> recharge(const TenantId &tenant, Money amount, const QString &note = {});
    /// Adds `amount` (of either sign) in a bill that names the one it corrects. Errors in this order: `amount_zero`,
    /// `note_missing`, `note_too_long`, `tenant_unknown`, `bill_unknown`, Forbidden `bill_foreign`, `amount_too_large`.
    [[nodiscard]] Result<Bill> correct(const TenantId &tenant, const BillId &bill, Money amount, const QString &note);
    /// @}

    /// @name Holds
    /// @{
    /// Sets money aside, or refuses with ErrorKind::Funds `funds`. A hold of 0 (practice) is always granted.
    /// Errors: `amount_negative`, `tenant_unknown`, `hold_exists`, `experiment_settled`.
    [[nodiscard]] Result<Hold> placeHold(
        const TenantId &tenant, const ExperimentId &experiment, Money amount, const QString &reason);
    /// Gives a hold back without a bill (the start failed; an orphan). One that was released before stays as it is.
    /// Errors: `hold_unknown`, Forbidden `hold_foreign`.
    [[nodiscard]] Result<Hold> releaseHold(
        const TenantId &tenant, const ExperimentId &experiment, const QString &reason);
    /// The same, as a person asks for it: only of a run that cannot use the money any more. Errors in this order:
    /// `note_missing`, `note_too_long`, `hold_unknown`, Forbidden `hold_foreign`, `hold_released`, `hold_in_use`.
    [[nodiscard]] Result<Hold> releaseOrphan(
        const TenantId &tenant, const ExperimentId &experiment, const QString &reason);
    /// Newest first. Error: `tenant_unknown`.
    [[nodiscard]] Result<QList<Hold>> holds(const TenantId &tenant, bool openOnly = true) const;
    /// @}

    /// Writes a run's bills, changes the balance and releases the hold in one transaction, once: a later call changes
    /// nothing and gives the first one's bills, whatever it was handed. Each amount is −priceOf(quantity, unit price,
    /// unit size), truncated toward zero by itself; free items have amount 0. The balance may become negative.
    /// Errors: `usage_invalid` (a quantity < 0, a unit size < 1, a price < 0, an item twice or not of a run),
    /// `tenant_unknown`, Forbidden `experiment_foreign` (settled or held by another tenant), `amount_too_large`.
    [[nodiscard]] Result<Settled> settle(const Settlement &settlement);

    /// @name Bills
    /// @{
    /// Errors: `tenant_unknown`, `cursor_invalid`.
    [[nodiscard]] Result<BillPage> bills(const BillFilter &filter) const;
    /// What a selection comes to (limit and cursor are ignored), in parts: items in their order, models by name, days
    /// and months of `zone` newest first, experiments the dearest first and at most `most` of them. Errors:
    /// `tenant_unknown`.
    [[nodiscard]] Result<QList<BillGroup>> groups(
        const BillFilter &filter, GroupBy by, const QTimeZone &zone, int most = 1000) const;
    /// Into how many groups the experiments of a selection fall, recharges being one. Error: `tenant_unknown`.
    [[nodiscard]] Result<qint64> experimentGroups(const BillFilter &filter) const;
    /// Everything an experiment was billed, corrections included, oldest first; empty where it is unknown.
    [[nodiscard]] Result<QList<Bill>> billsOf(const TenantId &tenant, const ExperimentId &experiment) const;
    /// Writes the whole selection (limit and cursor are ignored), newest first, as RFC 4180 in UTF-8 with a header
    /// line; texts that a spreadsheet would run as a formula are made harmless. The number of bills. Errors:
    /// `tenant_unknown`, `write_failed`.
    [[nodiscard]] Result<qint64> exportCsv(const BillFilter &filter, QIODevice &device) const;
    /// Sums per day of `zone` and item, from a day to a day (both inclusive), by day; days without bills are left out.
    [[nodiscard]] Result<QList<DaySpend>> spendPerDay(
        const TenantId &tenant, QDate from, QDate to, const QTimeZone &zone) const;
    /// What a selection (limit and cursor are ignored) is made of, by day or month of `zone`. Error: `tenant_unknown`.
    [[nodiscard]] Result<Spending> spending(const BillFilter &filter, bool months, const QTimeZone &zone) const;
    /// Reads the bills of a period in one frozen view and hands them to `reader` one by one (statement.h). Errors:
    /// `tenant_unknown`, `period_invalid` (it ends before it begins), `statement_too_long`, the reader's own.
    [[nodiscard]] Result<Statement> statement(const StatementPeriod &period, StatementReader &reader) const;
    /// Months of `zone` that have bills, newest first, at most `count`.
    [[nodiscard]] Result<QList<MonthTotal>> monthTotals(
        const TenantId &tenant, const QTimeZone &zone, int count = 24) const;
    /// @}

    /// @name Prices
    /// @{
    /// By item and model, newest first within.
    [[nodiscard]] Result<QList<Price>> priceList() const;
    /// Adds a price that holds from a moment on (invalid: now). Bills that are written stay as they are.
    /// Errors: `item_not_priced`, `name_invalid` (the model), `amount_negative`.
    [[nodiscard]] Result<Price> setPrice(Item item, const QString &model, Money amount, const QDateTime &from = {});
    /// Adds several, all or none: item, model, amount and the moment from which it holds (invalid: now). Errors: as
    /// setPrice().
    [[nodiscard]] Result<QList<Price>> setPrices(const QList<Price> &prices);
    /// The price in force at a time: the model's own, else that of every model. Error: NotFound `price_missing`.
    [[nodiscard]] Result<Price> priceAt(Item item, const QString &model, const QDateTime &time) const;
    /// @}

    /// Reads the sign that stands before amounts in this workspace and takes it into use in this process.
    [[nodiscard]] Result<QString> takeCurrencySign() const;
    /// Keeps another one and takes it into use; empty: `¥`. Errors: `currency_invalid`.
    [[nodiscard]] Result<QString> setCurrencySign(const QString &sign);

    /// Recomputes everything from the rows, in one frozen view: every tenant, or one. Codes of differences are listed
    /// in docs/ledger.md. Errors: `tenant_unknown`.
    [[nodiscard]] Result<AuditReport> audit(
        const std::optional<TenantId> &tenant = {}, const QList<RunFact> &facts = {}) const;
    /// Does what an audit of the same tenant and facts proposed for these differences, all or nothing; those without a
    /// proposal are passed over. A later audit knows these corrections and no longer finds the differences. How many
    /// proposals were followed. Errors: `audit_changed` (one of them is not there any more), and those of correct().
    [[nodiscard]] Result<qint64> putRight(const QList<Difference> &differences,
        const std::optional<TenantId> &tenant = {}, const QList<RunFact> &facts = {});

private:
    store::Database &m_database;
    const Clock &m_clock;
};

} // namespace society::ledger
