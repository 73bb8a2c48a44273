// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QByteArray>
#include <QString>

#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace society::bench {

/// The value; ends the program, with words, where there is none.
template <class Value>
Value must(Result<Value> result)
{
    if (!result) {
        std::fprintf(stderr, "%s %s\n", qPrintable(result.error().message), qPrintable(result.error().detail));
        std::exit(1);
    }
    if constexpr (!std::is_void_v<Value>)
        return std::move(*result);
}

/// A plain SQLite connection, as a program without this project's code has it; ends the program on any error.
class Raw {
public:
    explicit Raw(const QString &path);
    ~Raw();
    Raw(const Raw &) = delete;
    Raw &operator=(const Raw &) = delete;

    void run(const QByteArray &sql);
    [[nodiscard]] qint64 number(const QByteArray &sql);
    [[nodiscard]] sqlite3_stmt *prepare(const QByteArray &sql);
    /// Steps a statement that gives no rows and makes it ready again.
    void step(sqlite3_stmt *statement);

private:
    sqlite3 *m_database = nullptr;
};

/// Fills a new ledger with so many bills of the tenant `lab`, as two years of runs leave them: each run eight bills for
/// tokens of four models and one for its time, a recharge now and then. Every audit finds it right.
void makeBook(const QString &path, qint64 bills);

} // namespace society::bench
