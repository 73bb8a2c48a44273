// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/pricefile.h"

#include "services/core/csv.h"
#include "services/core/csvreader.h"
#include "services/ledger/book_p.h"

#include <QLocale>
#include <QSet>
#include <algorithm>
#include <array>

namespace society::ledger {

namespace {

constexpr qint64 Slip = 100;

enum Column { ItemColumn, ModelColumn, PriceColumn, UnitColumn, FromColumn, ColumnCount };
constexpr std::array<QLatin1String, ColumnCount> names{QLatin1String("item"), QLatin1String("model"),
    QLatin1String("price"), QLatin1String("unit_size"), QLatin1String("valid_from")};

using Places = std::array<qsizetype, ColumnCount>;

/// The same error, and the line it is in.
tl::unexpected<Error> inLine(int line, Error error)
{
    error.message = tr("Line %L1: %2").arg(line).arg(error.message);
    error.path = QString::number(line);
    return fail(std::move(error));
}

tl::unexpected<Error> invalid(int line, const QString &words)
{
    QStringList columns;
    for (const QLatin1String name : names)
        columns.append(name);
    return inLine(
        line, Error{ErrorKind::Refused, QStringLiteral("prices_invalid"), words,
                  tr("The first line names the columns: %1. Nothing was changed.").arg(columns.join(u',')), {}, {}});
}

Result<Places> placesOf(const QStringList &header)
{
    Places places;
    places.fill(-1);
    for (qsizetype i = 0; i < header.size(); ++i) {
        const QString name = header.at(i).trimmed().toLower();
        const auto *const found = std::find(names.cbegin(), names.cend(), name);
        if (found == names.cend() || places.at(static_cast<size_t>(found - names.cbegin())) >= 0)
            return invalid(1, tr("“%1” is no column of a price file, or is there twice.").arg(name.left(40)));
        places.at(static_cast<size_t>(found - names.cbegin())) = i;
    }
    for (const Column needed : {ItemColumn, PriceColumn})
        if (places.at(needed) < 0)
            return invalid(1, tr("The column “%1” is missing.").arg(names.at(needed)));
    return places;
}

Result<QDateTime> timeOf(const QString &text)
{
    if (text.isEmpty())
        return QDateTime();
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid())
        return fail(ErrorKind::Refused, "time_invalid", tr("“%1” is not a time.").arg(text.left(40)),
            tr("Write it as 2026-11-24 or 2026-11-24T08:00:00Z. Nothing was changed."));
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC); // as every time that is written without a zone
    return time.toUTC();
}

/// What a spreadsheet's safety put before a text (csv.h) is taken off again.
QString plain(QString text)
{
    text = text.trimmed();
    if (text.size() > 1 && text.front() == u'\'' && QStringLiteral("=+-@").contains(text.at(1)))
        text.remove(0, 1);
    return text;
}

Result<Price> priceOfLine(const QStringList &fields, const Places &places)
{
    const auto field = [&](Column column) {
        const qsizetype at = places.at(column);
        return at < 0 ? QString() : plain(fields.at(at));
    };
    Price price;
    SOCIETY_ASSIGN(price.item, itemFromWord(field(ItemColumn)));
    price.model = field(ModelColumn);
    SOCIETY_ASSIGN(price.amount, parsePrice(field(PriceColumn)));
    price.unitSize = unitSizeOf(price.item);
    SOCIETY_ASSIGN(price.validFrom, timeOf(field(FromColumn)));
    SOCIETY_TRY(checkPriced(price.item, price.model, price.amount));
    if (const QString unit = field(UnitColumn); !unit.isEmpty() && unit != QString::number(price.unitSize))
        return fail(ErrorKind::Refused, "prices_invalid",
            tr("The unit size of %1 is %L2, not %3.").arg(itemWord(price.item)).arg(price.unitSize).arg(unit.left(40)),
            tr("Give the price for that many. Nothing was changed."));
    return price;
}

Result<std::optional<Price>> priceBefore(const Ledger &ledger, Item item, const QString &model, const QDateTime &time)
{
    const auto found = ledger.priceAt(item, model, time);
    if (!found && found.error().code == u"price_missing")
        return std::nullopt;
    SOCIETY_TRY(found);
    return *found;
}

std::optional<Error> slip(Item item, const QString &model, Money amount, const std::optional<Price> &inForce)
{
    const Money before = inForce ? inForce->amount : Money();
    if (before.isZero() || amount.isZero())
        return std::nullopt;
    const bool dear = amount.micro() / Slip >= before.micro();
    const bool cheap = amount.micro() <= before.micro() / Slip;
    if (!dear && !cheap)
        return std::nullopt;
    const QLocale locale;
    const QString what = model.isEmpty() ? itemWord(item) : itemWord(item) + u' ' + model;
    const QString times = locale.toString(dear ? amount.micro() / before.micro() : before.micro() / amount.micro());
    return Error{ErrorKind::Refused, QStringLiteral("price_unlikely"),
        (dear ? tr("%1: %2 is %4 times the %3 in force.") : tr("%1: the %3 in force is %4 times %2."))
            .arg(what, amount.toDisplay(locale), before.toDisplay(locale), times),
        tr("If it is meant, say so expressly; a price is for a million tokens or for a second."), {}, {}};
}

Result<Money> withoutMinus(QStringView text, Result<Money> amount)
{
    if (amount && (amount->isNegative() || text.trimmed().startsWith(u'-')))
        return priceNegative();
    return amount;
}

} // namespace

Result<Money> parsePrice(QStringView text)
{
    return withoutMinus(text, Money::parse(text));
}

Result<Money> parsePrice(QStringView text, const QLocale &locale)
{
    return withoutMinus(text, Money::parse(text, locale));
}

Result<> requireLikelyPrice(const Ledger &ledger, Item item, const QString &model, Money amount, const QDateTime &from)
{
    SOCIETY_TRY(checkPriced(item, model, amount));
    SOCIETY_ASSIGN(const auto before, priceBefore(ledger, item, model, from));
    if (auto unlikely = slip(item, model, amount, before))
        return fail(std::move(*unlikely));
    return {};
}

Result<QByteArray> pricesAsCsv(const Ledger &ledger)
{
    SOCIETY_ASSIGN(const QList<Price> prices, ledger.priceList());
    QByteArray csv("item,model,price,unit_size,valid_from\r\n");
    for (const Price &price : prices)
        csv += csvLine({itemWord(price.item), price.model, price.amount.toDecimal(), QString::number(price.unitSize),
            toIso(price.validFrom)});
    return csv;
}

Result<QList<PriceChange>> readPriceFile(const Ledger &ledger, const QByteArray &bytes, const QDateTime &now)
{
    QList<int> lines;
    SOCIETY_ASSIGN(const QList<QStringList> rows, readCsv(bytes, &lines));
    if (rows.isEmpty())
        return invalid(1, tr("The file has no prices."));
    SOCIETY_ASSIGN(const Places places, placesOf(rows.constFirst()));
    SOCIETY_ASSIGN(const QList<Price> book, ledger.priceList());
    const auto keyOf = [](const Price &price) {
        return QStringList{
            itemWord(price.item), price.model, price.validFrom.isValid() ? toIso(price.validFrom) : QString()};
    };
    QHash<QStringList, Money> written; // the newest of each moment comes first in the list
    for (const Price &price : book)
        if (!written.contains(keyOf(price)))
            written.insert(keyOf(price), price.amount);
    QSet<QStringList> seen;
    QList<PriceChange> changes;
    for (qsizetype i = 1; i < rows.size(); ++i) {
        if (rows.at(i).size() != rows.constFirst().size())
            return invalid(lines.at(i), tr("It has %L1 fields where the first line has %L2.")
                                            .arg(rows.at(i).size())
                                            .arg(rows.constFirst().size()));
        auto price = priceOfLine(rows.at(i), places);
        if (!price)
            return inLine(lines.at(i), std::move(price).error());
        PriceChange change;
        change.line = lines.at(i);
        change.price = *price;
        const QStringList key = keyOf(*price);
        if (seen.contains(key))
            return invalid(change.line, tr("The same item, model and date come twice."));
        seen.insert(key);
        const bool isDated = price->validFrom.isValid();
        SOCIETY_ASSIGN(
            const auto before, priceBefore(ledger, price->item, price->model, isDated ? price->validFrom : now));
        if (before)
            change.before = before->amount;
        const auto same = written.constFind(key);
        change.known = isDated ? same != written.cend() && *same == price->amount
                               : before && before->model == price->model && before->amount == price->amount;
        if (!change.known)
            change.unlikely = slip(price->item, price->model, price->amount, before);
        changes.append(change);
    }
    return changes;
}

Result<QList<Price>> importPrices(Ledger &ledger, const QList<PriceChange> &changes, bool agreed)
{
    QList<Price> prices;
    for (const PriceChange &change : changes) {
        if (change.unlikely && !agreed)
            return inLine(change.line, *change.unlikely);
        if (!change.known)
            prices.append(change.price);
    }
    return ledger.setPrices(prices);
}

} // namespace society::ledger
