// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonvalues.h"
#include "app/cli/times.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/core/currency.h"
#include "services/core/files.h"
#include "services/ledger/pricefile.h"

#include <CLI/CLI.hpp>
#include <QLocale>
#include <algorithm>
#include <cstdio>

namespace society::cli {

namespace {

Result<int> listPrices(Session &session)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const QList<ledger::Price> prices, session.ledger().priceList());
    QJsonArray array;
    TextTable table({{Cli::tr("Item")}, {Cli::tr("Model")}, {Cli::tr("Price"), TextTable::Align::Right},
        {Cli::tr("For")}, {Cli::tr("Holds from")}});
    const QLocale locale;
    for (const ledger::Price &price : prices) {
        array.append(priceObject(price));
        table.add({ledger::itemWord(price.item), price.model.isEmpty() ? Cli::tr("every model") : price.model,
            price.amount.toDisplay(locale), locale.toString(price.unitSize) + u' ' + ledger::unitOf(price.item),
            localTime(price.validFrom)});
    }
    session.out.document(array);
    session.out.table(table, Cli::tr("There are no prices."));
    return 0;
}

struct PriceArguments {
    std::string item, amount, model, from;
    bool agreed = false;
};

/// What to do about an unlikely price here.
Error withOption(Error error)
{
    if (error.code == u"price_unlikely")
        error.remedy = Cli::tr("A price is for a million tokens or for a second. If it is meant, add --yes.");
    return error;
}

Result<int> setPrice(Session &session, const PriceArguments &arguments)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const ledger::Item which, ledger::itemFromWord(text(arguments.item)));
    SOCIETY_ASSIGN(const Money money, ledger::parsePrice(text(arguments.amount)));
    SOCIETY_ASSIGN(const QDateTime validFrom, timeArgument(arguments.from));
    const QString model = text(arguments.model);
    if (!arguments.agreed) {
        const auto likely = ledger::requireLikelyPrice(
            session.ledger(), which, model, money, validFrom.isValid() ? validFrom : session.clock().now());
        if (!likely)
            return fail(withOption(likely.error()));
    }
    SOCIETY_ASSIGN(const ledger::Price price, session.ledger().setPrice(which, model, money, validFrom));
    session.out.document(priceObject(price));
    session.out.line(Cli::tr("From %1 on: %2 for %3 %4")
                         .arg(localTime(price.validFrom), price.amount.toDisplay(QLocale()),
                             QLocale().toString(price.unitSize), ledger::unitOf(price.item)));
    return 0;
}

Result<int> exportPrices(Session &session, const QString &path)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const QByteArray csv, ledger::pricesAsCsv(session.ledger()));
    if (path == u"-") {
        if (!session.out.bytes(csv))
            return fail(ErrorKind::Refused, "write_failed", Cli::tr("Standard output is closed."));
        return 0;
    }
    constexpr unsigned ReadableByAll = 0644;
    SOCIETY_TRY(writeFileAtomically(path, csv, ReadableByAll));
    const auto prices = csv.count('\n') - 1;
    session.out.document(QJsonObject{{QStringLiteral("file"), path}, {QStringLiteral("prices"), prices}});
    session.out.line(Cli::tr("%n price(s) were written to “%1”.", nullptr, static_cast<int>(prices)).arg(path));
    return 0;
}

QJsonObject changeObject(const ledger::PriceChange &change)
{
    QJsonObject object{{QStringLiteral("line"), change.line},
        {QStringLiteral("item"), ledger::itemWord(change.price.item)}, {QStringLiteral("model"), change.price.model},
        {QStringLiteral("valid_from"), timeValue(change.price.validFrom)}, {QStringLiteral("known"), change.known},
        {QStringLiteral("unlikely"), change.unlikely.has_value()}};
    addMoney(object, QStringLiteral("price"), change.price.amount);
    if (change.before)
        addMoney(object, QStringLiteral("before"), *change.before);
    return object;
}

struct ImportArguments {
    std::string file;
    bool agreed = false;
    bool dryRun = false;
};

Result<int> importPrices(Session &session, const ImportArguments &arguments)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const QByteArray bytes, readFile(text(arguments.file), ledger::MaxPriceFile));
    SOCIETY_ASSIGN(const auto changes, ledger::readPriceFile(session.ledger(), bytes, session.clock().now()));
    const bool slips = std::any_of(changes.cbegin(), changes.cend(),
        [](const ledger::PriceChange &change) { return change.unlikely.has_value(); });
    QJsonArray array;
    const QLocale locale;
    TextTable table({{Cli::tr("Line"), TextTable::Align::Right}, {Cli::tr("Item")}, {Cli::tr("Model")},
        {Cli::tr("In force"), TextTable::Align::Right}, {Cli::tr("In the file"), TextTable::Align::Right},
        {Cli::tr("Holds from")}, {Cli::tr("What it is")}});
    for (const ledger::PriceChange &change : changes) {
        array.append(changeObject(change));
        table.add({locale.toString(change.line), ledger::itemWord(change.price.item),
            change.price.model.isEmpty() ? Cli::tr("every model") : change.price.model,
            change.before ? change.before->toDisplay(locale) : QString(), change.price.amount.toDisplay(locale),
            change.price.validFrom.isValid() ? localTime(change.price.validFrom) : Cli::tr("now"),
            change.unlikely ? Cli::tr("unlikely")
            : change.known  ? Cli::tr("as it is")
                            : Cli::tr("new")});
    }
    QJsonObject object{{QStringLiteral("changes"), array}, {QStringLiteral("written"), 0}};
    if (arguments.dryRun) {
        session.out.document(object);
        session.out.table(table, Cli::tr("There are no prices."));
        return slips && !arguments.agreed ? 1 : 0;
    }
    const auto written = ledger::importPrices(session.ledger(), changes, arguments.agreed);
    if (!written)
        return fail(withOption(written.error()));
    object.insert(QStringLiteral("written"), written->size());
    session.out.document(object);
    session.out.table(table, Cli::tr("There are no prices."));
    session.out.line(Cli::tr("%n price(s) were added.", nullptr, static_cast<int>(written->size())));
    return 0;
}

Result<int> currency(Session &session, const std::optional<QString> &sign)
{
    SOCIETY_TRY(session.open());
    if (sign)
        SOCIETY_TRY(session.ledger().setCurrencySign(*sign));
    session.out.document(QJsonObject{{QStringLiteral("sign"), currencySign()}});
    session.out.line(Cli::tr("Amounts are written as %1").arg(Money::fromMicro(1'000'000).toDisplay(QLocale())));
    return 0;
}

void addSet(CLI::App &group, Action &chosen)
{
    const auto arguments = std::make_shared<PriceArguments>();
    auto *set = group.add_subcommand("set", help(Cli::tr("A new price; bills that are written stay")));
    set->add_option("ITEM", arguments->item,
           help(Cli::tr("llm_input_token or llm_output_token (for a million), run_time (a second)")))
        ->required();
    set->add_option("AMOUNT", arguments->amount, help(Cli::tr("In yuan, with a decimal point")))->required();
    set->add_option("--model", arguments->model, help(Cli::tr("For one model only")));
    set->add_option("--from", arguments->from, help(Cli::tr("From a day or time on; else from now")));
    set->add_flag(
        "--yes", arguments->agreed, help(Cli::tr("Also where it is a hundred times more or less than before")));
    set->callback(
        [&chosen, arguments] { chosen = [arguments](Session &session) { return setPrice(session, *arguments); }; });
}

void addFiles(CLI::App &group, Action &chosen)
{
    const auto path = std::make_shared<std::string>();
    auto *save = group.add_subcommand("export", help(Cli::tr("All prices as CSV")));
    save->add_option("FILE", *path, help(Cli::tr("The file; - is standard output")))->required();
    save->callback(
        [&chosen, path] { chosen = [path](Session &session) { return exportPrices(session, text(*path)); }; });
    const auto arguments = std::make_shared<ImportArguments>();
    auto *load = group.add_subcommand("import", help(Cli::tr("Adds the prices of a CSV file, all or none")));
    load->add_option("FILE", arguments->file, help(Cli::tr("Columns: item,model,price,unit_size,valid_from")))
        ->required();
    load->add_flag(
        "--yes", arguments->agreed, help(Cli::tr("Also where one is a hundred times more or less than before")));
    load->add_flag("--dry-run", arguments->dryRun, help(Cli::tr("Only say what would change")));
    load->callback(
        [&chosen, arguments] { chosen = [arguments](Session &session) { return importPrices(session, *arguments); }; });
}

} // namespace

void addPriceVerbs(CLI::App &app, Action &chosen)
{
    auto *group = app.add_subcommand("price", help(Cli::tr("The price book")));
    group->require_subcommand(1);
    group->add_subcommand("list", help(Cli::tr("All prices and since when they hold")))->callback([&chosen] {
        chosen = listPrices;
    });
    addSet(*group, chosen);
    addFiles(*group, chosen);
    auto *sign = group->add_subcommand("sign", help(Cli::tr("What stands before amounts; nothing is converted")));
    const auto text = std::make_shared<std::optional<std::string>>();
    sign->add_option("TEXT", *text, help(Cli::tr("Another one; an empty text is ¥ again")));
    sign->callback([&chosen, text] {
        chosen = [text](Session &session) {
            return currency(session, *text ? std::optional(cli::text(**text)) : std::nullopt);
        };
    });
}

} // namespace society::cli
