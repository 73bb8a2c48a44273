// SPDX-License-Identifier: GPL-3.0-or-later
// Another program that uses a database, for tests: storehelper open|nobody|hold|commit PATH
#include "services/store/query.h"
#include "services/store/transaction.h"

#include <QCoreApplication>

#include <cstdio>
#include <unistd.h>

using namespace society;
using namespace society::store;

namespace {

int report(const Error &error)
{
    std::printf("%s\n", qPrintable(error.code));
    return 1;
}

void waitForLine()
{
    std::puts("ready");
    std::fflush(stdout);
    (void)std::getchar();
}

/// Begins a transaction, writes, says so, and waits to be killed; with `keep` it commits first.
Result<> write(Database &database, bool keep)
{
    SOCIETY_ASSIGN(Transaction transaction, Transaction::begin(database));
    SOCIETY_TRY(execute(database, QStringLiteral("INSERT INTO settings (key, value) VALUES ('child', 'was here')")));
    if (keep)
        SOCIETY_TRY(transaction.commit());
    waitForLine();
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString verb = arguments.value(1);
    if (verb == QLatin1String("open"))
        waitForLine(); // all at once
    if (verb == QLatin1String("nobody") && ::geteuid() == 0 && ::setuid(65534) != 0)
        return 2;
    auto database = Database::open(arguments.value(2));
    if (!database)
        return report(database.error());
    Result<> done;
    if (verb == QLatin1String("hold") || verb == QLatin1String("commit"))
        done = write(**database, verb == QLatin1String("commit"));
    return done ? 0 : report(done.error());
}
