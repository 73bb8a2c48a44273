// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/auditkeys_p.h"
#include "services/ledger/book_p.h"

#include <QHash>
#include <QRandomGenerator>
#include <QSet>
#include <array>
#include <set>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace society::store {
class ScanRow;
}

namespace society::ledger {

/// A sum that stops near the ends of 64 bits (so that it can be negated): what lies beyond is a difference anyway.
[[nodiscard]] Money added(Money a, Money b);

/// One audit: reads every row once, in their order, and gathers what differs. Inside a transaction of its caller's.
/// Made for ten million bills: of each run it keeps some fifty bytes, and looks closer only where something is strange.
class Auditor {
public:
    Auditor(store::Database &database, const std::optional<TenantId> &tenant);
    [[nodiscard]] Result<AuditReport> run(const QList<RunFact> &facts);

private:
    struct Sum {
        Money sum;         ///< of the amounts, as they are
        Money lastBalance; ///< as the bill before says
    };
    /// What a run was charged, without corrections.
    struct Charged {
        int tenant = -1;
        int bills = 0;
        Money sum;
        bool settled = false;
    };
    struct Known {
        int tenant = -1;
        bool ended = false;
    };
    /// A bill as it passes by.
    struct Passing {
        const store::ScanRow &row;
        int tenant = -1;
        int item = -1;
        int model = -1;
        Money amount;
        [[nodiscard]] QString id() const;
        [[nodiscard]] ExperimentId experiment() const;
    };
    /// A charge that is not what its quantity and price come to; whether that was put right is known later.
    struct Suspect {
        BillId bill;
        TenantId tenant;
        ExperimentId experiment;
        std::optional<Money> expected;
        Money amount;
    };
    struct Correction {
        qint64 sequence = 0;
        QString id;
        TenantId tenant;
        QString experiment;
        Money amount;
        QString corrects;
        QString note;
    };
    /// What earlier proposals added to a bill, or to a use that has none.
    struct Fix {
        Money amount;
        bool byUse = false; ///< as the run's directory was said to have it, which outweighs the bill's own figures
    };

    [[nodiscard]] Result<> readPrices();
    [[nodiscard]] Result<> checkRules();
    [[nodiscard]] Result<> checkBills();
    void checkBill(const store::ScanRow &row);
    void checkCharge(const Passing &bill);
    void addToTotals(const Passing &bill);
    void flushQuarter();
    void readFixes();
    void checkSuspects();
    [[nodiscard]] Result<> checkStrange();
    void checkTwice(const QList<Bill> &bills);
    [[nodiscard]] Result<> checkAmounts();
    /// Of some bills on one step, what the prints of their parts come to together; another in each audit, so that
    /// nobody can make two of the same.
    [[nodiscard]] Print printOf(Money step, qint64 bills, Money amount) const;
    [[nodiscard]] Result<> checkTotals();
    void compareTotal(const TotalKey &key, const Total &expected, const Total &kept);
    [[nodiscard]] Result<> checkSequence();
    [[nodiscard]] Result<> checkAccounts();
    [[nodiscard]] Result<> checkCorrections();
    [[nodiscard]] Result<> checkSettlements();
    void checkSettlement(const store::ScanRow &row);
    [[nodiscard]] Result<> checkExperiments();
    void checkExperiment(const store::ScanRow &row);
    /// Scans without an order, which costs a look-up for each row, and brings what differs into that of the runs.
    [[nodiscard]] Result<> scanRuns(const QString &sql, void (Auditor::*check)(const store::ScanRow &row));
    [[nodiscard]] Result<> checkHolds();
    [[nodiscard]] Result<> compare(const RunFact &fact);
    void compareUsage(const RunFact &fact, const Usage &used, const std::optional<Bill> &bill, const QList<Bill> &all);
    /// The charges of one run, oldest first.
    [[nodiscard]] Result<QList<Bill>> chargesOf(const QString &experiment);

    void differ(const char *code, const TenantId &tenant, const ExperimentId &experiment, const QString &words,
        Money expected = {}, Money found = {}, const std::optional<Proposal> &proposal = {});
    /// A correction of a bill by what earlier ones left, unless it would be of nothing or cannot be told; `key`: of
    /// m_fixes; `what` stands in brackets in its note.
    [[nodiscard]] std::optional<Proposal> correction(const BillId &bill, const QString &key, Money expected,
        Money found, const QString &what, const QString &words) const;
    /// Whether earlier corrections make of what was found what it should be.
    [[nodiscard]] bool wasPutRight(const QString &key, Money expected, Money found) const;
    /// Keeps to proposals that cannot make it worse.
    void weighProposals();
    /// The part of a WHERE that keeps to the tenant audited, and its value.
    [[nodiscard]] QString only(const QString &column) const;
    [[nodiscard]] QVariantList values() const;
    /// The key of a run's id; remembers what is no UUID, so that it can be named.
    [[nodiscard]] RunKey keyOf(QByteArrayView text);
    /// The run's id as the database has it.
    [[nodiscard]] QString nameOf(const RunKey &key) const;
    /// Null where the database has no UUID there.
    [[nodiscard]] ExperimentId idOf(const RunKey &key) const;

    store::Database &m_database;
    std::optional<TenantId> m_tenant;
    AuditReport m_report;
    AuditWords m_words;
    std::set<std::tuple<int, int, qint64, qint64>> m_prices; ///< item, model, micro-CNY, unit size
    std::unordered_map<int, Sum> m_sums;                     ///< by tenant
    QHash<RunKey, Charged> m_charged;
    QHash<RunKey, QString> m_oddIds; ///< those that are no UUIDs: somebody's hand wrote them
    QByteArray m_block;              ///< the run whose bills pass by
    RunKey m_blockKey;
    Charged *m_blockCharged = nullptr; ///< in m_charged, which gets a new run only with a new block
    std::vector<std::pair<int, int>> m_blockItems;
    QSet<RunKey> m_strange; ///< runs whose bills do not stand together, or came twice, or are of several tenants
    QHash<RunKey, QList<Bill>> m_strangeBills;
    std::vector<Suspect> m_suspects;
    std::vector<Correction> m_corrections;
    QHash<QString, Fix> m_fixes;  ///< by the bill's id, or for what was not billed by experiment and note
    QHash<QString, Money> m_used; ///< what bills should be by the run directories that were read
    QByteArray m_quarter;         ///< the one that passes by
    std::vector<std::pair<TotalKey, Total>> m_quarterTotals;
    std::unordered_map<TotalKey, Total, TotalKey::Hash> m_totals; ///< of months, days and quarters of an hour
    const std::array<quint64, 2> m_printKeys{
        QRandomGenerator::system()->generate64(), QRandomGenerator::system()->generate64()};
    QHash<RunKey, Known> m_experiments;
    int m_charges[3] = {}; ///< the words of what a run is charged for
    int m_noModel = -1;
};

} // namespace society::ledger
