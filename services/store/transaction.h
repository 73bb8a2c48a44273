// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

namespace society::store {

class Database;

/// One transaction of the calling thread; rolled back by the destructor unless committed. One that begins while the
/// thread has another open on the same Database joins it: its commit leaves the work to the outer one, its rollback
/// dooms the outer one. So services compose: each opens its own, and a caller may put one round several.
class Transaction {
public:
    enum class Mode {
        Write, ///< takes the write lock at once (BEGIN IMMEDIATE; on a server a lock that all writers of ours share)
        Read,  ///< a frozen view for several queries; refuses to be joined by a Write
    };

    /// Errors: `database_locked` (another program writes for longer than the busy time), `transaction_mode` (a Write
    /// inside a Read), and as Database::connection.
    [[nodiscard]] static Result<Transaction> begin(Database &database, Mode mode = Mode::Write);
    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&) = delete;
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    ~Transaction();

    /// Makes it durable (the outermost) or hands it to the outer one. After an error nothing of it is kept.
    /// Errors: `transaction_doomed` (one that joined was rolled back), `disk_full`, `database_locked`,
    /// `database_failed`; on a server `commit_unknown`, where the connection broke at this moment and the server cannot
    /// be asked within twice the busy time whether it was saved.
    [[nodiscard]] Result<> commit();

private:
    Transaction(Database *database, Mode mode);
    void rollBack();
    Database *m_database; // null when ended or moved from
    Mode m_mode;
};

} // namespace society::store
