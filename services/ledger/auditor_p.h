// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/book_p.h"

#include <QHash>
#include <QSet>
#include <compare>
#include <map>
#include <set>

namespace society::ledger {

/// A sum that stops near the ends of 64 bits (so that it can be negated): what lies beyond is a difference anyway.
[[nodiscard]] Money added(Money a, Money b);

/// One audit: reads every row once and gathers what differs. Inside a transaction of its caller's.
class Auditor {
public:
    Auditor(store::Database &database, const std::optional<TenantId> &tenant);
    [[nodiscard]] Result<AuditReport> run(const QList<RunFact> &facts);

private:
    struct PriceKey {
        QString item;
        QString model;
        qint64 amount = 0;
        qint64 unitSize = 0;
        std::strong_ordering operator<=>(const PriceKey &) const = default; // NOLINT(modernize-use-nullptr)
    };
    struct Sum {
        Money sum;         ///< of the amounts, as they are
        Money lastBalance; ///< as the bill before says
    };
    struct Charged {
        TenantId tenant;
        Money sum; ///< without corrections
        QList<Bill> bills;
    };
    /// What the bills of one start, item and model come to; ordered as the kept rows are read.
    struct TotalKey {
        TenantId tenant;
        QString start;
        QString item;
        QString model;
        bool ofRun = false;
        std::strong_ordering operator<=>(const TotalKey &) const = default; // NOLINT(modernize-use-nullptr)
    };
    struct Total {
        qint64 bills = 0;
        Money amount;
    };
    struct Known {
        TenantId tenant;
        bool ended = false;
    };

    [[nodiscard]] Result<> readPrices();
    [[nodiscard]] Result<> checkBills();
    void checkBill(const Bill &bill);
    void checkAmount(const Bill &bill);
    void addToTotals(const Bill &bill);
    [[nodiscard]] Result<> checkTotals();
    void compareTotal(const TotalKey &key, const Total &expected, const Total &kept);
    [[nodiscard]] Result<> checkSequence();
    [[nodiscard]] Result<> checkAccounts();
    [[nodiscard]] Result<> checkCorrections();
    [[nodiscard]] Result<> checkSettlements();
    [[nodiscard]] Result<> checkExperiments();
    [[nodiscard]] Result<> checkHolds();
    void compare(const RunFact &fact);
    void compareUsage(const RunFact &fact, const Usage &used, const std::optional<Bill> &bill);

    void differ(const char *code, const TenantId &tenant, const ExperimentId &experiment, const QString &words,
        Money expected = {}, Money found = {});
    /// The part of a WHERE that keeps to the tenant audited, and its value.
    [[nodiscard]] QString only(const QString &column) const;
    [[nodiscard]] QVariantList values() const;

    store::Database &m_database;
    std::optional<TenantId> m_tenant;
    AuditReport m_report;
    std::set<PriceKey> m_prices;
    QHash<TenantId, Sum> m_sums;
    QHash<ExperimentId, Charged> m_charged;
    std::map<TotalKey, Total> m_totals; ///< of days and of quarters of an hour
    QSet<ExperimentId> m_settled;
    QHash<ExperimentId, Known> m_experiments;
};

} // namespace society::ledger
