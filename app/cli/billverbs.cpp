// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonvalues.h"
#include "app/cli/times.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/core/csv.h"
#include "services/core/files.h"
#include "services/experiment/experimentservice.h"
#include "services/ledger/ledger.h"
#include "services/ledger/statement.h"

#include <CLI/CLI.hpp>
#include <QFile>
#include <QLocale>
#include <QSaveFile>
#include <QTimeZone>
#include <algorithm>
#include <array>
#include <climits>
#include <functional>

namespace society::cli {

namespace {

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

/// Writes a whole file or none; `-` is standard output.
Result<> writeTo(const QString &path, const std::function<Result<>(QIODevice &)> &write)
{
    if (path == u"-") {
        QFile standardOutput;
        if (!standardOutput.open(stdout, QIODevice::WriteOnly))
            return fail(ErrorKind::Refused, "write_failed", Cli::tr("Standard output is closed."));
        return write(standardOutput);
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return writeFailed(path, file.errorString());
    SOCIETY_TRY(write(file));
    if (!file.commit())
        return writeFailed(path, file.errorString());
    return {};
}

Result<int> writeCsv(Session &session, const ledger::BillFilter &filter, const QString &path)
{
    qint64 count = 0;
    SOCIETY_TRY(writeTo(path, [&](QIODevice &device) -> Result<> {
        SOCIETY_ASSIGN(count, session.ledger().exportCsv(filter, device));
        return {};
    }));
    if (path == u"-")
        return 0;
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

Result<int> writeGroups(
    Session &session, const QList<ledger::BillGroup> &groups, const Grouping &by, const QString &path)
{
    const bool isRun = by.by == ledger::GroupBy::Experiment;
    QByteArray lines = csvLine(QStringList{QString::fromLatin1(by.word)} +
                               (isRun ? QStringList{QStringLiteral("experiment_name")} : QStringList()) +
                               QStringList{QStringLiteral("bills"), QStringLiteral("sum")});
    for (const ledger::BillGroup &group : groups)
        lines +=
            csvLine(QStringList{keyOf(group, by.by)} + (isRun ? QStringList{group.experimentName} : QStringList()) +
                    QStringList{QString::number(group.bills), group.sum.toDecimal()});
    SOCIETY_TRY(writeTo(path, [&](QIODevice &device) -> Result<> {
        return device.write(lines) == lines.size() ? Result<>() : writeFailed(path, device.errorString());
    }));
    if (path == u"-")
        return 0;
    session.out.document(QJsonObject{{QStringLiteral("file"), path}, {QStringLiteral("groups"), groups.size()}});
    session.out.line(Cli::tr("%n group(s) were written to “%1”.", nullptr, static_cast<int>(groups.size())).arg(path));
    return 0;
}

/// Days and months are those of UTC, as every time that society-cli takes and gives.
Result<int> listGroups(
    Session &session, const ledger::BillFilter &filter, const std::string &word, const std::string &csv)
{
    const auto *const chosen =
        std::find_if(groupings.cbegin(), groupings.cend(), [&](const Grouping &each) { return word == each.word; });
    SOCIETY_ASSIGN(
        const QList<ledger::BillGroup> groups, session.ledger().groups(filter, chosen->by, QTimeZone::utc(), INT_MAX));
    if (!csv.empty())
        return writeGroups(session, groups, *chosen, text(csv));
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
    if (!arguments.by.empty())
        return listGroups(session, filter, arguments.by, arguments.csv);
    if (!arguments.csv.empty())
        return writeCsv(session, filter, text(arguments.csv));
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

struct StatementArguments {
    std::string from, to, csv;
};

Result<int> writeStatement(Session &session, const StatementArguments &arguments)
{
    SOCIETY_TRY(session.open());
    ledger::StatementPeriod period;
    period.tenant = session.tenant();
    SOCIETY_ASSIGN(period.from, timeArgument(arguments.from));
    SOCIETY_ASSIGN(period.to, timeArgument(arguments.to));
    const QString path = text(arguments.csv);
    ledger::Statement statement;
    SOCIETY_TRY(writeTo(path, [&](QIODevice &device) -> Result<> {
        SOCIETY_ASSIGN(statement, ledger::writeStatementCsv(session.ledger(), period, device));
        return {};
    }));
    if (path == u"-")
        return 0;
    QJsonObject object{{QStringLiteral("file"), path}, {QStringLiteral("bills"), statement.bills},
        {QStringLiteral("from"), timeValue(statement.period.from)},
        {QStringLiteral("to"), timeValue(statement.period.to)}};
    addMoney(object, QStringLiteral("opening"), statement.opening);
    addMoney(object, QStringLiteral("sum"), statement.sum);
    addMoney(object, QStringLiteral("closing"), statement.closing);
    session.out.document(object);
    const QLocale locale;
    session.out.line(Cli::tr("%n bill(s) were written to “%1”.", nullptr, static_cast<int>(statement.bills)).arg(path));
    session.out.line(Cli::tr("Opening balance %1, closing balance %2")
                         .arg(statement.opening.toDisplay(locale), statement.closing.toDisplay(locale)));
    return 0;
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

void addStatement(CLI::App &app, Action &chosen)
{
    auto *verb = app.add_subcommand(
        "statement", help(Cli::tr("A period's bills with opening and closing balance, days of UTC")));
    const auto arguments = std::make_shared<StatementArguments>();
    verb->add_option("--from", arguments->from, help(Cli::tr("From a day or time on; else from the first bill on")));
    verb->add_option("--to", arguments->to, help(Cli::tr("Before a day or time; else up to now")));
    verb->add_option("--csv", arguments->csv, help(Cli::tr("The file; - is standard output")))->required();
    verb->callback([&chosen, arguments] {
        chosen = [arguments](Session &session) { return writeStatement(session, *arguments); };
    });
}

} // namespace

void addBillVerbs(CLI::App &app, Action &chosen)
{
    addBills(app, chosen);
    addStatement(app, chosen);
}

} // namespace society::cli
