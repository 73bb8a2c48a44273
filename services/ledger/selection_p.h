// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/values.h"
#include "services/store/query.h"

#include <QVariantList>

namespace society::ledger {

/// A piece of SQL, and its values.
struct Clause {
    QString sql;
    QVariantList values;
};

/// Beyond what a selection is looked for in another way; smaller in tests, so that each way is gone.
struct SelectionLimits {
    qsizetype models = 50;        ///< with a text, each a part of its own
    qsizetype names = 20'000;     ///< different ones, gone through from one to the next
    qsizetype namesBound = 1'000; ///< with a text, each bound as a value
    qint64 few = 5'000;           ///< bills that are gathered and sorted for a page
    qint64 near = 50'000;         ///< numbers that are looked through for a page
    qint64 sampled = 100'000;     ///< numbers of which some are looked at, to learn how many bills amounts select
};
[[nodiscard]] SelectionLimits &selectionLimits();

/// How bills are wanted, which decides by which index they are found.
enum class Order {
    Any,         ///< all of them, to be added up
    NewestFirst, ///< the first of many
};

/// How many of the tenant's bills a filter's amounts select, whatever else it asks: a guess, which decides only how
/// they are looked for.
enum class Amounts {
    Few,
    Many,    ///< not to be looked for by their amounts
    OneStep, ///< some amounts of one step: looked for by these alone, as that index has all else that a filter asks
};

/// Some of the bills that a filter selects.
struct Part {
    BillFilter filter;                 ///< limit, cursor and text are not looked at
    Clause also = {};                  ///< what is asked beside it, ` AND …` over bills `b`
    bool isMany = false;               ///< what is asked beside it narrows little: the tenant's index serves best
    Amounts amounts = Amounts::Few;    ///< Few where nothing is known
    [[nodiscard]] bool isKept() const; ///< whether the kept totals alone can say what it comes to
    [[nodiscard]] bool isKeptByAmount() const; ///< whether those by amounts can, but for some of the bills
};

/// The bills that a filter selects (limit and cursor are not looked at), as parts that have no bill in common. A text
/// is looked up among the tenant's models and its runs' names, which are few, so that each part is found by an index.
/// Inside a transaction only, as what was looked up must stay true.
[[nodiscard]] Result<QList<Part>> partsOf(store::Database &database, const BillFilter &filter);

/// From some of the tenant's bills; Few where it has not many, and for a filter without amounts or of one run.
[[nodiscard]] Result<Amounts> amountsOf(store::Database &database, const BillFilter &filter);

/// What a WHERE over bills `b` asks for a part.
[[nodiscard]] Clause conditionOf(const Part &part, Order order);

/// All parts as one SELECT of `columns` of bills `b`.
[[nodiscard]] Clause selectFrom(const QList<Part> &parts, const QString &columns);

/// Adds a SELECT to those before it.
void unite(Clause &all, const Clause &select);

} // namespace society::ledger
