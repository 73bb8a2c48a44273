// SPDX-License-Identifier: GPL-3.0-or-later
// secret-helper WORKSPACE where|list|read NAME|write NAME|remove NAME: one call of the store, keys by standard input
// and output, an error's code on standard error. `later NAME FIFO`: writes, says where that is kept now, and again once
// somebody has opened FIFO for writing. For tests.
#include "services/secrets/secretstore.h"

#include <QCoreApplication>
#include <QFile>
#include <cstdio>

// For builds with sanitizers: GLib keeps the error of a call to a service that is not there.
extern "C" {
const char *__asan_default_options();
const char *__lsan_default_suppressions();
const char *__asan_default_options()
{
    return "fast_unwind_on_malloc=0"; // else its frames are not seen
}
const char *__lsan_default_suppressions()
{
    return "leak:libgio-2.0\n";
}
}

using namespace society;
using namespace society::secrets;

namespace {

int failed(const Error &error)
{
    std::fprintf(stderr, "%s (%s)\n", qPrintable(error.code), qPrintable(error.detail));
    return 1;
}

int run(SecretStore &store, const QStringList &arguments)
{
    const QString &verb = arguments.at(2);
    if (verb == u"where") {
        const Whereabouts where = store.where();
        std::printf("%s\n", qPrintable(where.code));
        std::fprintf(stderr, "%s\n", qPrintable(where.detail));
        return 0;
    }
    if (verb == u"list") {
        const auto names = store.list();
        if (!names)
            return failed(names.error());
        for (const SecretName &name : *names)
            std::printf("%s\n", qPrintable(name.text()));
        return 0;
    }
    const auto name = SecretName::parse(arguments.at(3));
    if (!name)
        return failed(name.error());
    if (verb == u"read") {
        const auto secret = store.read(*name);
        if (!secret)
            return failed(secret.error());
        std::fwrite(secret->view().data(), 1, static_cast<size_t>(secret->size()), stdout);
        return 0;
    }
    if (verb == u"write" || verb == u"later") {
        QFile in;
        if (!in.open(stdin, QIODevice::ReadOnly))
            return 2;
        QByteArray bytes = in.readAll();
        const auto place = store.write(*name, SecretBytes::take(bytes));
        if (!place)
            return failed(place.error());
        std::printf("%d\n", static_cast<int>(*place));
        if (verb == u"later") {
            std::fflush(stdout);
            QFile fifo(arguments.at(4));
            if (!fifo.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
                return 2;
            const Whereabouts where = store.where();
            std::printf("%d\n", static_cast<int>(where.place));
            std::fprintf(stderr, "%s\n", qPrintable(where.detail));
        }
        return 0;
    }
    const auto removed = store.remove(*name);
    return removed ? 0 : failed(removed.error());
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    SecretStore::Options options = SecretStore::optionsFromEnvironment();
    options.deadline = std::chrono::seconds(5);
    options.lookAgainAfter = {};
    SecretStore store(Workspace(QCoreApplication::arguments().at(1)), options);
    return run(store, QCoreApplication::arguments());
}
