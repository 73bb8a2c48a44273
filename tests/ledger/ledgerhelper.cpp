// SPDX-License-Identifier: GPL-3.0-or-later
// Another program on the same ledger, for tests. Waits for a line on standard input, then
//   ledgerhelper hold PATH TENANT AMOUNT EXPERIMENT   places a hold and prints `ok` or the error's code
//   ledgerhelper settle PATH TENANT EXPERIMENT…       settles each in turn and prints a line for each
#include "services/ledger/ledger.h"
#include "services/store/database.h"

#include <QCoreApplication>

#include <cstdio>

using namespace society;
using namespace society::ledger;

namespace {

Result<> hold(Ledger &ledger, const QStringList &arguments)
{
    SOCIETY_ASSIGN(const Money amount, Money::parse(arguments.value(4)));
    SOCIETY_ASSIGN(const auto experiment, ExperimentId::parse(arguments.value(5)));
    SOCIETY_TRY(ledger.placeHold(arguments.value(3), experiment, amount, QStringLiteral("cap")));
    return {};
}

Result<> settle(Ledger &ledger, const QStringList &arguments)
{
    for (const QString &each : arguments.mid(4)) {
        SOCIETY_ASSIGN(const auto experiment, ExperimentId::parse(each));
        Settlement settlement{arguments.value(3), experiment, {}};
        for (const Item item : {Item::InputTokens, Item::OutputTokens, Item::RunTime})
            settlement.items.append({item, {}, 1'000, Money::fromMicro(item == Item::RunTime ? 1'000 : 3'000'000),
                unitSizeOf(item), {}, false});
        SOCIETY_ASSIGN(const Settled settled, ledger.settle(settlement));
        std::puts(settled.already ? "already" : "settled");
        std::fflush(stdout);
    }
    return {};
}

/// A file, or `server:PORT:DATABASE`, whose password comes by the environment: a server of the tests has nothing to
/// hide.
store::Place placeOf(const QString &argument)
{
    if (!argument.startsWith(QLatin1String("server:")))
        return {argument, {}, {}};
    store::Server server;
    server.host = QStringLiteral("127.0.0.1");
    server.port = argument.section(u':', 1, 1).toInt();
    server.database = argument.section(u':', 2);
    server.user = QStringLiteral("admin");
    return {{}, server, qEnvironmentVariable("SOCIETY_TEST_PASSWORD")};
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const SystemClock clock;
    auto database = store::Database::open(placeOf(arguments.value(2)));
    Result<> done;
    if (database) {
        std::puts("ready");
        std::fflush(stdout);
        (void)std::getchar();
        Ledger ledger(**database, clock);
        done = arguments.value(1) == QLatin1String("hold") ? hold(ledger, arguments) : settle(ledger, arguments);
    } else {
        done = fail(database.error());
    }
    std::puts(done ? "ok" : qPrintable(done.error().code));
    return done ? 0 : 1;
}
