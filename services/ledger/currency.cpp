// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/currency.h"

#include "services/ledger/ledger.h"
#include "services/store/settings.h"

namespace society::ledger {

namespace {

constexpr QLatin1String SignKey("money.sign");

} // namespace

Result<QString> Ledger::takeCurrencySign() const
{
    SOCIETY_ASSIGN(const QString kept, store::Settings(m_database).text(SignKey));
    // A hand may have written anything; amounts must stay readable.
    society::setCurrencySign(checkedCurrencySign(kept).value_or(QString()));
    return currencySign();
}

Result<QString> Ledger::setCurrencySign(const QString &sign)
{
    SOCIETY_ASSIGN(const QString checked, checkedCurrencySign(sign));
    SOCIETY_TRY(store::Settings(m_database).setText(SignKey, checked));
    return takeCurrencySign();
}

} // namespace society::ledger
