// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonvalues.h"
#include "app/cli/times.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/core/files.h"
#include "services/experiment/experimentservice.h"
#include "services/ledger/ledger.h"

#include <CLI/CLI.hpp>
#include <QFile>
#include <QLocale>
#include <QSaveFile>
#include <QTimeZone>
#include <algorithm>
#include <array>
#include <climits>

namespace society::cli {

namespace {

Result<int> showAccount(Session &session)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const ledger::Account account, session.ledger().account(session.tenant()));
    QJsonObject object{{QStringLiteral("tenant"), account.tenant}};
    addMoney(object, QStringLiteral("balance"), account.balance);
    addMoney(object, QStringLiteral("held"), account.held);
    addMoney(object, QStringLiteral("available"), account.available);
    session.out.document(object);
    const QLocale locale;
    session.out.fields({{Cli::tr("Tenant"), account.tenant}, {Cli::tr("Balance"), account.balance.toDisplay(locale)},
        {Cli::tr("Set aside for runs"), account.held.toDisplay(locale)},
        {Cli::tr("Available"), account.available.toDisplay(locale)}});
    return 0;
}

void showBill(Session &session, const ledger::Bill &bill)
{
    session.out.document(billObject(bill));
    const QLocale locale;
    session.out.fields({{Cli::tr("Bill"), bill.id.text()}, {Cli::tr("Item"), ledger::itemWord(bill.item)},
        {Cli::tr("Amount"), bill.amount.toDisplay(locale)}, {Cli::tr("Balance"), bill.balanceAfter.toDisplay(locale)},
        {Cli::tr("Description"), bill.description}});
}

Result<int> recharge(Session &session, const QString &amount, const QString &note)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const Money money, Money::parse(amount));
    SOCIETY_ASSIGN(const ledger::Bill bill, session.ledger().recharge(session.tenant(), money, note));
    showBill(session, bill);
    return 0;
}

/// A bill by its id or the beginning of one, of any tenant, so that another's is refused and not missing.
Result<BillId> findBill(Session &session, const QString &reference)
{
    if (auto id = BillId::parse(reference))
        return *id;
    constexpr int LeastPrefix = 4;
    constexpr int Shown = 10;
    QStringList found;
    if (reference.size() >= LeastPrefix) {
        ledger::BillFilter filter;
        filter.tenant = session.tenant();
        filter.text = reference.toLower();
        do {
            SOCIETY_ASSIGN(const ledger::BillPage page, session.ledger().bills(filter));
            for (const ledger::Bill &bill : page.bills)
                if (bill.id.text().startsWith(filter.text))
                    found.append(bill.id.text());
            filter.after = page.next;
        } while (!filter.after.isEmpty() && found.size() < Shown);
    }
    if (found.size() == 1)
        return BillId::parse(found.first());
    if (found.isEmpty())
        return fail(ErrorKind::NotFound, "bill_unknown", Cli::tr("There is no bill “%1”.").arg(reference),
            Cli::tr("“society-cli bills” lists them."));
    return fail(ErrorKind::Refused, "bill_ambiguous",
        Cli::tr("“%1” may mean several bills: %2.").arg(reference, found.join(QStringLiteral(", "))),
        Cli::tr("Write more of the id."));
}

Result<int> correct(Session &session, const QString &reference, const QString &amount, const QString &note)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const Money money, Money::parse(amount));
    SOCIETY_ASSIGN(const BillId id, findBill(session, reference));
    SOCIETY_ASSIGN(const ledger::Bill bill, session.ledger().correct(session.tenant(), id, money, note));
    showBill(session, bill);
    return 0;
}

struct BillArguments {
    std::string item, experiment, model, text, from, to, least, most, after, csv, by;
    int limit = 100;
};

Result<ledger::BillFilter> billFilter(Session &session, const BillArguments &arguments)
{
    ledger::BillFilter filter;
    filter.tenant = session.tenant();
    filter.limit = arguments.limit;
    filter.after = text(arguments.after);
    if (!arguments.item.empty()) {
        SOCIETY_ASSIGN(filter.item, ledger::itemFromWord(text(arguments.item)));
    }
    if (!arguments.experiment.empty()) {
        // The bills of a deleted experiment stay: its whole id still finds them.
        if (auto id = ExperimentId::parse(text(arguments.experiment))) {
            filter.experiment = *id;
        } else {
            SOCIETY_ASSIGN(const auto found, session.experiments().find(session.tenant(), text(arguments.experiment)));
            filter.experiment = found.id;
        }
    }
    filter.text = text(arguments.text);
    if (!arguments.model.empty())
        filter.model = text(arguments.model);
    if (!arguments.least.empty()) {
        SOCIETY_ASSIGN(filter.least, Money::parse(text(arguments.least)));
    }
    if (!arguments.most.empty()) {
        SOCIETY_ASSIGN(filter.most, Money::parse(text(arguments.most)));
    }
    SOCIETY_ASSIGN(filter.from, timeArgument(arguments.from));
    SOCIETY_ASSIGN(filter.to, timeArgument(arguments.to));
    return filter;
}

Result<int> writeCsv(Session &session, const ledger::BillFilter &filter, const QString &path)
{
    if (path == u"-") {
        QFile standardOutput;
        if (!standardOutput.open(stdout, QIODevice::WriteOnly))
            return fail(ErrorKind::Refused, "write_failed", Cli::tr("Standard output is closed."));
        SOCIETY_TRY(session.ledger().exportCsv(filter, standardOutput));
        return 0;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return writeFailed(path, file.errorString());
    SOCIETY_ASSIGN(const qint64 count, session.ledger().exportCsv(filter, file));
    if (!file.commit())
        return writeFailed(path, file.errorString());
    session.out.document(QJsonObject{{QStringLiteral("file"), path}, {QStringLiteral("bills"), count}});
    session.out.line(Cli::tr("%n bill(s) were written to “%1”.", nullptr, static_cast<int>(count)).arg(path));
    return 0;
}

struct Grouping {
    const char *word;
    ledger::GroupBy by;
};
constexpr std::array groupings{Grouping{"item", ledger::GroupBy::Item}, Grouping{"model", ledger::GroupBy::Model},
    Grouping{"experiment", ledger::GroupBy::Experiment}, Grouping{"day", ledger::GroupBy::Day},
    Grouping{"month", ledger::GroupBy::Month}};

/// What a group has in common, as JSON has it: a word, an id, a date.
QString keyOf(const ledger::BillGroup &group, ledger::GroupBy by)
{
    switch (by) {
    case ledger::GroupBy::Item:
        return group.item ? ledger::itemWord(*group.item) : QString();
    case ledger::GroupBy::Model:
        return group.model;
    case ledger::GroupBy::Experiment:
        return group.experiment && !group.experiment->isNull() ? group.experiment->text() : QString();
    case ledger::GroupBy::Day:
        return group.day.toString(Qt::ISODate);
    case ledger::GroupBy::Month:
        return group.day.toString(QStringLiteral("yyyy-MM"));
    }
    return {};
}

/// Days and months are those of UTC, as every time that society-cli takes and gives.
Result<int> listGroups(Session &session, const ledger::BillFilter &filter, const std::string &word)
{
    const auto *const chosen =
        std::find_if(groupings.cbegin(), groupings.cend(), [&](const Grouping &each) { return word == each.word; });
    SOCIETY_ASSIGN(
        const QList<ledger::BillGroup> groups, session.ledger().groups(filter, chosen->by, QTimeZone::utc(), INT_MAX));
    QJsonArray array;
    TextTable table({{Cli::tr("What")}, {Cli::tr("Bills"), TextTable::Align::Right},
        {Cli::tr("Amount"), TextTable::Align::Right}, {Cli::tr("Experiment")}});
    const QLocale locale;
    for (const ledger::BillGroup &group : groups) {
        const QString key = keyOf(group, chosen->by);
        QJsonObject object{{text(word), key}, {QStringLiteral("bills"), group.bills}};
        if (chosen->by == ledger::GroupBy::Experiment)
            object.insert(QStringLiteral("experiment_name"), group.experimentName);
        addMoney(object, QStringLiteral("sum"), group.sum);
        array.append(object);
        table.add({key, locale.toString(group.bills), group.sum.toDisplay(locale), group.experimentName});
    }
    session.out.document(array);
    session.out.table(table, Cli::tr("There are no such bills."));
    return 0;
}

Result<int> listBills(Session &session, const BillArguments &arguments)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const ledger::BillFilter filter, billFilter(session, arguments));
    if (!arguments.csv.empty())
        return writeCsv(session, filter, text(arguments.csv));
    if (!arguments.by.empty())
        return listGroups(session, filter, arguments.by);
    SOCIETY_ASSIGN(const ledger::BillPage page, session.ledger().bills(filter));
    QJsonArray bills;
    const QLocale locale;
    TextTable table({{Cli::tr("Time")}, {Cli::tr("Bill")}, {Cli::tr("Item")}, {Cli::tr("Model")},
        {Cli::tr("Quantity"), TextTable::Align::Right}, {Cli::tr("Amount"), TextTable::Align::Right},
        {Cli::tr("Experiment")}, {Cli::tr("Description")}});
    for (const ledger::Bill &bill : page.bills) {
        bills.append(billObject(bill));
        constexpr int IdDigits = 8;
        table.add({localTime(bill.createdAt), bill.id.text().left(IdDigits), ledger::itemWord(bill.item), bill.model,
            bill.unit.isEmpty() ? QString() : locale.toString(bill.quantity) + u' ' + bill.unit,
            bill.amount.toDisplay(locale), bill.experimentName, bill.description});
    }
    QJsonObject object{{QStringLiteral("total"), page.total}, {QStringLiteral("bills"), bills},
        {QStringLiteral("next"), page.next.isEmpty() ? QJsonValue() : QJsonValue(page.next)}};
    addMoney(object, QStringLiteral("sum"), page.sum);
    session.out.document(object);
    session.out.table(table, Cli::tr("There are no such bills."));
    session.out.line(
        Cli::tr("%n bill(s), together %1", nullptr, static_cast<int>(page.total)).arg(page.sum.toDisplay(locale)));
    if (!page.next.isEmpty())
        session.out.line(Cli::tr("More of them: add --after %1").arg(page.next));
    return 0;
}

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

Result<int> setPrice(
    Session &session, const QString &item, const QString &amount, const QString &model, const std::string &from)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const ledger::Item which, ledger::itemFromWord(item));
    SOCIETY_ASSIGN(const Money money, Money::parse(amount));
    SOCIETY_ASSIGN(const QDateTime validFrom, timeArgument(from));
    SOCIETY_ASSIGN(const ledger::Price price, session.ledger().setPrice(which, model, money, validFrom));
    session.out.document(priceObject(price));
    session.out.line(Cli::tr("From %1 on: %2 for %3 %4")
                         .arg(localTime(price.validFrom), price.amount.toDisplay(QLocale()),
                             QLocale().toString(price.unitSize), ledger::unitOf(price.item)));
    return 0;
}

Result<int> audit(Session &session)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const QList<ledger::RunFact> facts, session.experiments().runFacts({}));
    SOCIETY_ASSIGN(const ledger::AuditReport report, session.ledger().audit({}, facts));
    QJsonArray differences;
    for (const ledger::Difference &difference : report.differences) {
        QJsonObject object{{QStringLiteral("code"), difference.code}, {QStringLiteral("tenant"), difference.tenant},
            {QStringLiteral("experiment"),
                difference.experiment.isNull() ? QJsonValue() : QJsonValue(difference.experiment.text())},
            {QStringLiteral("message"), difference.words}};
        addMoney(object, QStringLiteral("expected"), difference.expected);
        addMoney(object, QStringLiteral("found"), difference.found);
        differences.append(object);
        session.out.line(printable(difference.words));
    }
    QJsonArray unread;
    for (const ledger::RunFact &run : report.unread) {
        unread.append(QJsonObject{{QStringLiteral("tenant"), run.tenant},
            {QStringLiteral("experiment"), run.experiment.text()}, {QStringLiteral("message"), run.unread}});
        session.out.line(Cli::tr("Not compared with its folder: %1").arg(printable(run.unread)));
    }
    session.out.document(QJsonObject{{QStringLiteral("ok"), report.isOk()},
        {QStringLiteral("accounts"), report.accounts}, {QStringLiteral("bills"), report.bills},
        {QStringLiteral("differences"), differences}, {QStringLiteral("unread"), unread}});
    session.out.line(report.isOk()
                         ? Cli::tr("Every amount is right: %1 accounts, %2 bills, %3 runs.")
                               .arg(report.accounts)
                               .arg(report.bills)
                               .arg(facts.size() - report.unread.size())
                         : Cli::tr("%n difference(s).", nullptr, static_cast<int>(report.differences.size())));
    return report.isOk() ? 0 : 1;
}

void addBills(CLI::App &app, Action &chosen)
{
    auto *bills = app.add_subcommand("bills", help(Cli::tr("What was charged and paid, newest first")));
    const auto arguments = std::make_shared<BillArguments>();
    bills->add_option("--item", arguments->item,
        help(Cli::tr("recharge, llm_input_token, llm_output_token, run_time or correction")));
    bills->add_option("--experiment", arguments->experiment, help(Cli::tr("Those of one experiment")));
    bills->add_option("--model", arguments->model, help(Cli::tr("Those of one model")));
    bills->add_option("--text", arguments->text, help(Cli::tr("With a text in note, model or experiment's name")));
    bills->add_option("--least", arguments->least, help(Cli::tr("From an amount on; charges are negative")));
    bills->add_option("--most", arguments->most, help(Cli::tr("Up to an amount")));
    bills->add_option("--by", arguments->by, help(Cli::tr("Sums by item, model, experiment, day or month instead")))
        ->check(CLI::IsMember({"item", "model", "experiment", "day", "month"}));
    bills->add_option("--from", arguments->from, help(Cli::tr("From a day or time on (UTC unless it says else)")));
    bills->add_option("--to", arguments->to, help(Cli::tr("Before a day or time")));
    bills->add_option("--limit", arguments->limit, help(Cli::tr("At most so many")))
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    bills->add_option("--after", arguments->after, help(Cli::tr("The page after: “next” of the page before")));
    bills->add_option("--csv", arguments->csv, help(Cli::tr("Write all of them to a file; - is standard output")));
    bills->callback(
        [&chosen, arguments] { chosen = [arguments](Session &session) { return listBills(session, *arguments); }; });
}

void addPrices(CLI::App &app, Action &chosen)
{
    auto *group = app.add_subcommand("price", help(Cli::tr("The price book")));
    group->require_subcommand(1);
    group->add_subcommand("list", help(Cli::tr("All prices and since when they hold")))->callback([&chosen] {
        chosen = listPrices;
    });
    struct Arguments {
        std::string item, amount, model, from;
    };
    const auto arguments = std::make_shared<Arguments>();
    auto *set = group->add_subcommand("set", help(Cli::tr("A new price; bills that are written stay")));
    set->add_option("ITEM", arguments->item,
           help(Cli::tr("llm_input_token or llm_output_token (for a million), run_time (a second)")))
        ->required();
    set->add_option("AMOUNT", arguments->amount, help(Cli::tr("In yuan, with a decimal point")))->required();
    set->add_option("--model", arguments->model, help(Cli::tr("For one model only")));
    set->add_option("--from", arguments->from, help(Cli::tr("From a day or time on; else from now")));
    set->callback([&chosen, arguments] {
        chosen = [arguments](Session &session) {
            return setPrice(
                session, text(arguments->item), text(arguments->amount), text(arguments->model), arguments->from);
        };
    });
}

} // namespace

void addMoneyVerbs(CLI::App &app, Action &chosen)
{
    app.add_subcommand("account", help(Cli::tr("Balance, what is set aside, what is available")))->callback([&chosen] {
        chosen = showAccount;
    });

    struct Arguments {
        std::string bill, amount, note;
    };
    auto *add = app.add_subcommand("recharge", help(Cli::tr("Adds money to the account")));
    const auto added = std::make_shared<Arguments>();
    add->add_option("AMOUNT", added->amount, help(Cli::tr("In yuan, with a decimal point; at least 0.01")))->required();
    add->add_option("--note", added->note, help(Cli::tr("What it is for")));
    add->callback([&chosen, added] {
        chosen = [added](Session &session) { return recharge(session, text(added->amount), text(added->note)); };
    });

    auto *change = app.add_subcommand("correct", help(Cli::tr("A new bill that corrects another")));
    const auto changed = std::make_shared<Arguments>();
    change->add_option("BILL", changed->bill, help(Cli::tr("Its id, or the beginning of it")))->required();
    change->add_option("AMOUNT", changed->amount, help(Cli::tr("In yuan, with a decimal point; either sign")))
        ->required();
    change->add_option("--note", changed->note, help(Cli::tr("Why")))->required();
    change->callback([&chosen, changed] {
        chosen = [changed](Session &session) {
            return correct(session, text(changed->bill), text(changed->amount), text(changed->note));
        };
    });
    addBills(app, chosen);
    addPrices(app, chosen);
    app.add_subcommand("audit", help(Cli::tr("Recomputes every balance and settlement")))->callback([&chosen] {
        chosen = audit;
    });
}

} // namespace society::cli
