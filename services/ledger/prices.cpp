// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/names.h"
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/store/transaction.h"

namespace society::ledger {

using store::Query;
using store::Transaction;

namespace {

QString selectPrices()
{
    return QStringLiteral("SELECT item, model, amount_micro, unit_size, valid_from, created_at FROM prices ");
}

Price readPrice(const Query &row)
{
    return {itemFromWord(row.text(0)).value_or(Item::RunTime), row.text(1), row.money(2), row.integer(3), row.time(4),
        row.time(5)};
}

} // namespace

tl::unexpected<Error> priceNegative()
{
    return fail(ErrorKind::Refused, "amount_negative", tr("A price cannot be negative."),
        tr("Enter an amount of zero or more."));
}

Result<> checkPriced(Item item, const QString &model, Money amount)
{
    const bool isTokens = item == Item::InputTokens || item == Item::OutputTokens;
    if (!isTokens && (item != Item::RunTime || !model.isEmpty()))
        return fail(ErrorKind::Refused, "item_not_priced", tr("There is no price for “%1”.").arg(itemWord(item)),
            tr("Prices are for llm_input_token and llm_output_token, of every model or of one, and for run_time."));
    if (const auto name = checkedName(model); !model.isEmpty() && (!name || *name != model))
        return fail(ErrorKind::Refused, "name_invalid",
            tr("A model's name has 1 to %1 characters, all on one line and without blanks at its ends.")
                .arg(LongestName),
            tr("Write the model as the configuration of the LLM has it."));
    if (amount.isNegative())
        return priceNegative();
    return {};
}

Result<QList<Price>> Ledger::priceList() const
{
    return store::rows(
        m_database, selectPrices() + QStringLiteral("ORDER BY item, model, valid_from DESC, seq DESC"), {}, readPrice);
}

Result<Price> Ledger::setPrice(Item item, const QString &model, Money amount, const QDateTime &from)
{
    Price wanted;
    wanted.item = item;
    wanted.model = model;
    wanted.amount = amount;
    wanted.validFrom = from;
    SOCIETY_ASSIGN(const QList<Price> written, setPrices({wanted}));
    return written.constFirst();
}

Result<QList<Price>> Ledger::setPrices(const QList<Price> &prices)
{
    const QString now = toIso(m_clock.now());
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(m_database));
    QList<Price> written;
    for (const Price &price : prices) {
        SOCIETY_TRY(checkPriced(price.item, price.model, price.amount));
        const QString validFrom = price.validFrom.isValid() ? toIso(price.validFrom) : now;
        SOCIETY_TRY(store::execute(m_database,
            QStringLiteral("INSERT INTO prices (item, model, amount_micro, unit_size, valid_from, created_at) VALUES "
                           "(?, ?, ?, ?, ?, ?)"),
            {itemWord(price.item), price.model, number(price.amount), unitSizeOf(price.item), validFrom, now}));
        written.append(
            {price.item, price.model, price.amount, unitSizeOf(price.item), fromIso(validFrom), fromIso(now)});
    }
    SOCIETY_TRY(transaction.commit());
    return written;
}

Result<Price> Ledger::priceAt(Item item, const QString &model, const QDateTime &time) const
{
    // Of two that hold from the same moment the later written one counts: it was meant to replace the other.
    SOCIETY_ASSIGN(
        const auto price, store::first(m_database,
                              selectPrices() + QStringLiteral("WHERE item = ? AND model IN (?, '') AND valid_from <= ? "
                                                              "ORDER BY model = '', valid_from DESC, seq DESC LIMIT 1"),
                              {itemWord(item), model, toIso(time)}, readPrice));
    if (!price)
        return fail(ErrorKind::NotFound, "price_missing",
            tr("The price book has no price for “%1” at that time.").arg(itemWord(item)),
            tr("Add a price that holds from an earlier date."));
    return *price;
}

} // namespace society::ledger
