// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/endpointtest.h"
#include "app/gateway/events.h"
#include "app/gateway/gateway.h"
#include "app/gateway/providers.h"
#include "app/gateway/settings.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <curl/curl.h>
#include <exception>
#include <fcntl.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace society::gateway;

namespace {

constexpr std::size_t kMostInput = 1U << 20;

constexpr const char *kUsage =
    "society-gateway DIR              the LLM endpoint of the run in this directory (docs/run-directory.md)\n"
    "society-gateway --test-endpoint  tries the endpoint that standard input names, prints a JSON line\n"
    "society-gateway --providers      prints the table of providers as JSON\n";

/// Ends with who started it, leaves no core with keys in it, survives closed pipes, may have many connections open.
void setUpProcess()
{
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__     // LeakSanitizer must trace its own process
    ::prctl(PR_SET_DUMPABLE, 0); // the runner is the same user's: it must not read the keys in this memory
#endif
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = std::min<rlim_t>(files.rlim_max, 16384);
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a limit on file sizes is an error of write(2) for us, as a full disk is
}

tl::expected<std::string, std::string> readFile(const std::string &path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return tl::unexpected(std::string(std::strerror(errno)));
    auto text = readWhole(fd, kMostInput);
    ::close(fd);
    return text;
}

int serveDirectory(const std::string &directory)
{
    Events events;
    const auto failed = [&events](const std::string &why) {
        std::fprintf(stderr, "gateway: %s\n", why.c_str());
        events.notReady(why);
        return 1;
    };
    auto secrets = readWhole(STDIN_FILENO, kMostInput);
    if (!secrets)
        return failed("standard input: " + secrets.error());
    const auto config = readFile(directory + "/gateway.json");
    if (!config)
        return failed("gateway.json: " + config.error());
    const auto settings = readSettings(*config, *secrets);
    wipe(*secrets);
    if (!settings)
        return failed(settings.error());
    return serve(*settings, directory + "/usage.jsonl", events);
}

int run(std::string_view what)
{
    if (what == "--providers") {
        std::puts(providersJson().c_str());
        return 0;
    }
    if (what == "--test-endpoint") {
        auto request = readWhole(STDIN_FILENO, kMostInput);
        const std::string verdict = testEndpoint(request ? std::string_view(*request) : std::string_view());
        if (request)
            wipe(*request);
        std::puts(verdict.c_str());
        return 0;
    }
    if (what == "--help") {
        std::fputs(kUsage, stdout);
        return 0;
    }
    return serveDirectory(std::string(what));
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2 || argv[1][0] == '\0' || (argv[1][0] == '-' && argv[1][1] != '-')) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    setUpProcess();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    int exitCode = 1;
    try {
        exitCode = run(argv[1]);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "gateway: %s\n", error.what());
    }
    curl_global_cleanup();
    return exitCode;
}
