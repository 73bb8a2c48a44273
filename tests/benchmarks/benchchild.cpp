// SPDX-License-Identifier: GPL-3.0-or-later
// The child that is started, of which only the start counts: linked statically, it writes one line, the time on the
// monotonic clock in nanoseconds, and ends. Asked with `-c` it answers as a Python with AgentSociety would, so that
// society's own way of starting a run takes it for a runner.
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <unistd.h>

int main(int argc, char **argv)
{
    bool isRun = false;
    bool isProbe = false;
    for (int i = 1; i < argc; ++i) {
        isRun = isRun || std::strcmp(argv[i], "-m") == 0;
        isProbe = isProbe || std::strcmp(argv[i], "-c") == 0;
    }
    std::string text;
    if (isProbe && !isRun) {
        char program[4096] = {};
        if (::readlink("/proc/self/exe", program, sizeof program - 1) < 0)
            return 1;
        text = R"({"python": "3.11.2", "agentsociety": "1.5.7", "community": "0.3.3", "error": "", "metadata": ")" +
               std::string(program) + "\"}\n";
    } else {
        timespec now = {};
        ::clock_gettime(CLOCK_MONOTONIC, &now);
        text = std::to_string(now.tv_sec * 1'000'000'000 + now.tv_nsec) + "\n";
    }
    return ::write(1, text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1;
}
