// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/core/money.h"

#include <QString>

namespace society::store {

class Database;

/// The workspace's settings: one text per key, in the database, so that window and society-cli see the same. No
/// secrets. A value that cannot be read as the type asked for counts as absent. Any thread. Errors: as Query.
class Settings {
public:
    explicit Settings(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<QString> text(const QString &key, const QString &fallback = {}) const;
    [[nodiscard]] Result<bool> boolean(const QString &key, bool fallback) const;
    [[nodiscard]] Result<Money> money(const QString &key, Money fallback) const;

    [[nodiscard]] Result<> setText(const QString &key, const QString &value);
    [[nodiscard]] Result<> setBoolean(const QString &key, bool value);
    [[nodiscard]] Result<> setMoney(const QString &key, Money value);

private:
    Database &m_database;
};

} // namespace society::store
