// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonvalues.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "models/auditreportmodel.h"
#include "services/experiment/experimentservice.h"
#include "services/ledger/ledger.h"

#include <CLI/CLI.hpp>
#include <QLocale>
#include <algorithm>

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

Result<int> audit(Session &session, bool putRight)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const QList<ledger::RunFact> facts, session.experiments().runFacts({}));
    SOCIETY_ASSIGN(ledger::AuditReport report, session.ledger().audit({}, facts));
    const auto canBe = std::count_if(report.differences.cbegin(), report.differences.cend(),
        [](const ledger::Difference &difference) { return difference.proposal.has_value(); });
    if (putRight) {
        SOCIETY_ASSIGN(const qint64 followed, session.ledger().putRight(report.differences, {}, facts));
        session.out.line(Cli::tr("%n difference(s) put right.", nullptr, static_cast<int>(followed)));
        SOCIETY_ASSIGN(report, session.ledger().audit({}, facts));
    }
    for (const ledger::Difference &difference : report.differences)
        session.out.line(printable(difference.words));
    for (const ledger::RunFact &run : report.unread)
        session.out.line(Cli::tr("Not compared with its folder: %1").arg(printable(run.unread)));
    session.out.document(models::auditJson(report));
    session.out.line(report.isOk()
                         ? Cli::tr("Every amount is right: %1 accounts, %2 bills, %3 runs.")
                               .arg(report.accounts)
                               .arg(report.bills)
                               .arg(facts.size() - report.unread.size())
                         : Cli::tr("%n difference(s).", nullptr, static_cast<int>(report.differences.size())));
    if (canBe > 0 && !putRight)
        session.out.line(Cli::tr("“society-cli audit --put-right” follows what is proposed for %n of them.", nullptr,
            static_cast<int>(canBe)));
    return report.isOk() ? 0 : 1;
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
    auto *check = app.add_subcommand("audit", help(Cli::tr("Recomputes every balance and settlement")));
    const auto putRight = std::make_shared<bool>(false);
    check->add_flag("--put-right", *putRight,
        help(Cli::tr("Write the correcting bills and the rest that is proposed, then audit again")));
    check->callback(
        [&chosen, putRight] { chosen = [putRight](Session &session) { return audit(session, *putRight); }; });
}

} // namespace society::cli
