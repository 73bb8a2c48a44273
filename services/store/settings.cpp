// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/settings.h"

#include "services/store/query.h"

namespace society::store {

namespace {

Result<std::optional<QString>> stored(Database &database, const QString &key)
{
    return first(database, QStringLiteral("SELECT value FROM settings WHERE key = ?"), {key},
        [](const Query &row) { return row.text(0); });
}

} // namespace

Result<QString> Settings::text(const QString &key, const QString &fallback) const
{
    SOCIETY_ASSIGN(const auto value, stored(m_database, key));
    return value.value_or(fallback);
}

Result<bool> Settings::boolean(const QString &key, bool fallback) const
{
    SOCIETY_ASSIGN(const auto value, stored(m_database, key));
    if (value == QLatin1String("true"))
        return true;
    return value == QLatin1String("false") ? false : fallback;
}

Result<Money> Settings::money(const QString &key, Money fallback) const
{
    SOCIETY_ASSIGN(const auto value, stored(m_database, key));
    return value ? Money::parse(*value).value_or(fallback) : fallback;
}

Result<> Settings::setText(const QString &key, const QString &value)
{
    SOCIETY_TRY(execute(m_database,
        QStringLiteral(
            "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"),
        {key, value}));
    return {};
}

Result<> Settings::setBoolean(const QString &key, bool value)
{
    return setText(key, value ? QStringLiteral("true") : QStringLiteral("false"));
}

Result<> Settings::setMoney(const QString &key, Money value)
{
    return setText(key, value.toDecimal());
}

} // namespace society::store
