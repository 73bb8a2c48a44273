// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/ids.h"
#include "services/core/money.h"

#include <QDate>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <optional>

namespace society::ledger {

/// What a bill is for. Stored, and shown to API users, as its word: see itemWord().
enum class Item { Recharge, InputTokens, OutputTokens, RunTime, Correction };

/// `recharge`, `llm_input_token`, `llm_output_token`, `run_time`, `correction`.
[[nodiscard]] QString itemWord(Item item);
/// The reverse. Error: `item_unknown`, with the words there are.
[[nodiscard]] Result<Item> itemFromWord(QStringView word);
/// `token`, `ms`, or empty: what a bill's quantity counts.
[[nodiscard]] QString unitOf(Item item);
/// How many of these a price is for: 1,000,000 tokens, 1,000 ms (one second), 1.
[[nodiscard]] qint64 unitSizeOf(Item item);

/// Who owns money and experiments. The public tenant (empty id) has no account.
struct Tenant {
    TenantId id;
    QString name;
    QDateTime createdAt;
    bool operator==(const Tenant &) const = default;
};

/// A tenant's money at one moment.
struct Account {
    TenantId tenant;
    Money balance;   ///< sum of its bills; may be negative
    Money held;      ///< open holds
    Money available; ///< balance − held
    bool operator==(const Account &) const = default;
};

/// One immutable charge (negative) or top-up (positive) of an account.
struct Bill {
    qint64 sequence = 0; ///< order in which bills were written, over all tenants
    BillId id;
    TenantId tenant;
    ExperimentId experiment; ///< null for a recharge
    QString experimentName;  ///< as it is called now; empty where unknown
    Item item = Item::Recharge;
    QString model; ///< empty for what no model causes
    Money amount;
    Money unitPrice; ///< for unitSize of the unit
    qint64 quantity = 0;
    QString unit; ///< `token`, `ms` or empty
    qint64 unitSize = 1;
    bool free = false; ///< own key or practice: amount 0 whatever the price
    QString description;
    QDateTime createdAt;
    BillId corrects; ///< the bill that a correction names; else null
    Money balanceAfter;
    bool operator==(const Bill &) const = default;
};

/// Whether the run that money is held for can still use it.
enum class HoldRun {
    Living,  ///< its experiment has not ended
    Ended,   ///< it has ended, and its bill has not been made
    Unknown, ///< it was deleted, or is no experiment of the tenant
};

/// Money set aside for a run that has not been settled.
struct Hold {
    ExperimentId experiment;
    QString experimentName;
    TenantId tenant;
    Money amount;
    QString reason;
    QDateTime createdAt;
    QDateTime releasedAt; ///< invalid while it is open
    QString releaseReason;
    HoldRun run = HoldRun::Living;
    [[nodiscard]] bool isOpen() const { return !releasedAt.isValid(); }
    /// Open, and nothing will ever release it by itself.
    [[nodiscard]] bool isOrphan() const { return isOpen() && run != HoldRun::Living; }
    bool operator==(const Hold &) const = default;
};

/// What one run used of one thing, to be billed.
struct Usage {
    Item item = Item::RunTime;
    QString model;       ///< empty for run time
    qint64 quantity = 0; ///< tokens or milliseconds
    Money unitPrice;     ///< for unitSize of these; the one in force when the run started
    qint64 unitSize = 1;
    QString description;
    bool free = false; ///< own key or practice
    bool operator==(const Usage &) const = default;
};

/// All that one run is billed for. May have no items (the runner was never started): then only the hold is released.
struct Settlement {
    TenantId tenant;
    ExperimentId experiment;
    QList<Usage> items; ///< at most one per item and model
};

/// What a settlement came to.
struct Settled {
    QList<Bill> bills;
    Money total;          ///< sum of their amounts: zero or negative
    bool already = false; ///< it had been settled before: these are the bills of then
    bool operator==(const Settled &) const = default;
};

/// Which bills; unset fields do not narrow.
struct BillFilter {
    TenantId tenant = {};
    std::optional<Item> item = {};
    std::optional<ExperimentId> experiment = {}; ///< a null id: bills of no experiment
    std::optional<QString> model = {};
    QString text = {};   ///< anywhere in description, model or experiment's name; or an id's first 4 digits or more
    QDateTime from = {}; ///< inclusive
    QDateTime to = {};   ///< exclusive
    std::optional<Money> least = {}; ///< inclusive; a charge is negative
    std::optional<Money> most = {};  ///< inclusive
    int limit = 100;
    QString after = {}; ///< BillPage::next of the page before
};

/// One page of bills, newest first, with the totals of the whole selection.
struct BillPage {
    qint64 total = 0;
    Money sum;
    QList<Bill> bills;
    QString next; ///< for BillFilter::after; empty on the last page
};

/// By what a selection of bills is added up.
enum class GroupBy { Item, Model, Experiment, Day, Month };

/// The bills of a selection that have something in common.
struct BillGroup {
    std::optional<Item> item = {};               ///< for GroupBy::Item
    QString model = {};                          ///< for GroupBy::Model; empty: what no model causes
    std::optional<ExperimentId> experiment = {}; ///< for GroupBy::Experiment; null: recharges
    QString experimentName = {};                 ///< as it is called now; empty where unknown
    QDate day = {};                              ///< for GroupBy::Day, and the first one for GroupBy::Month
    qint64 bills = 0;
    Money sum;
    bool operator==(const BillGroup &) const = default;
};

/// The sum of one item's bills on one day of the time zone that was asked for.
struct DaySpend {
    QDate day;
    Item item = Item::RunTime;
    Money amount; ///< negative: spent
    bool operator==(const DaySpend &) const = default;
};

/// The bills of one day, or of one month, that have item and model in common.
struct SpendPart {
    QDate day; ///< of a month: its first
    Item item = Item::RunTime;
    QString model;
    bool ofRun = false; ///< false: recharges and what corrects them
    qint64 bills = 0;
    Money amount;
    bool operator==(const SpendPart &) const = default;
};

/// What a selection of bills is made of, by day, and the account's balance at the same moment.
struct Spending {
    QList<SpendPart> parts; ///< by day, item and model
    Money balance;
    QDate firstCharge = {}; ///< of the whole account, whatever is selected; invalid: none yet
};

/// A tenant as the admin sees it.
struct TenantSummary {
    Tenant tenant;
    Account account;
    Money monthSpent;   ///< charges of the month with their corrections: zero or negative, unless more was given back
    QDateTime lastBill; ///< invalid where there is none
    qint64 runs = 0;    ///< that have not ended
    bool operator==(const TenantSummary &) const = default;
};

/// One calendar month.
struct MonthTotal {
    QDate month;     ///< its first day
    Money spent;     ///< charges with their corrections: zero or negative, unless more was given back
    Money recharged; ///< with corrections of recharges
    bool operator==(const MonthTotal &) const = default;
};

/// A price and the moment from which it holds.
struct Price {
    Item item = Item::RunTime;
    QString model; ///< empty: every model that has no price of its own
    Money amount;  ///< for unitSize of the unit
    qint64 unitSize = 1;
    QDateTime validFrom;
    QDateTime createdAt;
    bool operator==(const Price &) const = default;
};

/// What something outside the database (a run directory) says about a run, for the audit to compare with.
struct RunFact {
    TenantId tenant;
    ExperimentId experiment;
    bool ended = false;
    QList<Usage> used; ///< compared by item and model: quantity, price, free; empty: only `ended` is compared
    QString unread;    ///< why it could not be read, one sentence: then nothing is compared; else empty
};

/// What would put a difference right: see Ledger::putRight().
struct Proposal {
    enum class Kind {
        Correct, ///< a correcting bill
        Release, ///< the hold is given back
        Recount, ///< balance and kept totals of the tenant are made anew from its bills
    };
    Kind kind = Kind::Correct;
    BillId bill = {};  ///< the one to correct; else null
    Money amount = {}; ///< what to add to it; else what is given back, or 0
    QString note = {}; ///< of the correction or the release; begins with what it is for, in brackets
    bool operator==(const Proposal &) const = default;
};

/// One thing that does not agree.
struct Difference {
    QString code; ///< stable word, such as `balance_wrong`
    TenantId tenant;
    ExperimentId experiment; ///< null where it is about an account
    QString words;           ///< one translated sentence
    Money expected;
    Money found;
    std::optional<Proposal> proposal; ///< none where only people can say what is right
    bool operator==(const Difference &) const = default;
};

/// What an audit looked at, and what differs.
struct AuditReport {
    qint64 accounts = 0;
    qint64 bills = 0;
    QList<Difference> differences;
    QList<RunFact> unread; ///< runs whose bills stand by themselves: there was nothing to compare them with
    [[nodiscard]] bool isOk() const { return differences.isEmpty(); }
};

} // namespace society::ledger

Q_DECLARE_METATYPE(society::ledger::Bill)
Q_DECLARE_METATYPE(society::ledger::Hold)
Q_DECLARE_METATYPE(society::ledger::Account)
