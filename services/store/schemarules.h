// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/store/database.h"

#include <QList>

namespace society::store {

/// A rule by which the database keeps its entries, and what is wrong with it.
struct RuleFault {
    enum class What {
        Missing, ///< the migrations make it, and it is not there or not in force
        Changed, ///< it is there, and says something else
        Unknown, ///< the migrations make none of this name: it may undo what others keep
    };
    What what = What::Missing;
    QString kind; ///< `table`, `key`, `check`, `reference`, `index`, `trigger`, `policy`, `row_security`, `function`
    QString name; ///< as the database has it; for a check or reference the table
    QString table;
    bool operator==(const RuleFault &) const = default;
};

/// Compares tables, keys, checks, indexes, triggers and on a server row security, its policies and functions with what
/// the migrations of this version make: those for files are run in memory, those for a server are read. What a rule of
/// a server says is compared by the names and texts in it, since a server writes it down in its own words. Indexes and
/// functions that are unknown do no harm, and are no faults. Errors: as Query.
[[nodiscard]] Result<QList<RuleFault>> ruleFaults(Database &database);

} // namespace society::store
