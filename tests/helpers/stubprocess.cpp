// SPDX-License-Identifier: GPL-3.0-or-later
// A program whose behaviour is its arguments, done one after the other: stands in for a runner or a companion.
//
//   print TEXT        a line to standard output          raw TEXT      the same without a newline
//   error TEXT        a line to standard error           lines N TEXT  N numbered lines
//   long N TEXT       a line of N bytes, then TEXT       sleep MS
//   append FILE N     N bytes to a file                  wait FILE     until the file is there
//   write FILE TEXT   a line to a file, at once
//   exit N            abort                              raise SIGNAL  to itself
//   ignore SIGNAL     from now on                        on SIGNAL N   at the signal print "closing" and exit N
//   input FILE        standard input, to its end, into the file (written whole, then renamed)
//   report FILE       what it was given: environment, folder, streams, signals, session, descriptors
//   child PIDFILE …   the rest of the arguments, up to "end", in a child; its pid into the file
//   orphan PIDFILE …  the same in a child whose parent is gone, in its own session, deaf to SIGTERM and SIGINT
//   named NAME        nothing: the name stands in /proc/PID/cmdline

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

using Arguments = std::vector<std::string>;

volatile std::sig_atomic_t exitCode = 0;

void say(int fd, const std::string &text)
{
    if (::write(fd, text.data(), text.size()) < 0 && errno == EPIPE)
        std::exit(9);
}

void pauseFor(long ms)
{
    timespec left = {ms / 1000, ms % 1000 * 1'000'000};
    while (::nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
}

int signalNumber(const std::string &name)
{
    return name == "TERM" ? SIGTERM : name == "INT" ? SIGINT : name == "KILL" ? SIGKILL : SIGSEGV;
}

void onSignal(int)
{
    const char text[] = "closing\n";
    if (::write(1, text, sizeof text - 1) >= 0)
        ::_exit(exitCode);
}

void writeWhole(const std::string &name, const std::string &text)
{
    const std::string temporary = name + ".part";
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    say(fd, text);
    ::close(fd);
    ::rename(temporary.c_str(), name.c_str());
}

std::string readAll(int fd)
{
    std::string text;
    char block[4096];
    for (ssize_t n = 0; (n = ::read(fd, block, sizeof block)) > 0;)
        text.append(block, static_cast<std::size_t>(n));
    return text;
}

std::string linkOf(const std::string &path)
{
    char target[PATH_MAX];
    const ssize_t n = ::readlink(path.c_str(), target, sizeof target);
    return n > 0 ? std::string(target, static_cast<std::size_t>(n)) : std::string();
}

/// Lines KEY VALUE.
std::string report()
{
    std::string text;
    for (char **variable = environ; *variable; ++variable)
        text += std::string("env ") + *variable + "\n";
    text += "cwd " + linkOf("/proc/self/cwd") + "\n";
    for (const char *stream : {"0", "1", "2"})
        text += std::string("stream") + stream + " " + linkOf(std::string("/proc/self/fd/") + stream) + "\n";
    text += "append1 " + std::to_string((::fcntl(1, F_GETFL) & O_APPEND) != 0) + "\n";
    text += "append2 " + std::to_string((::fcntl(2, F_GETFL) & O_APPEND) != 0) + "\n";
    text += "pid " + std::to_string(::getpid()) + "\nsession " + std::to_string(::getsid(0)) + "\n";
    const int status = ::open("/proc/self/status", O_RDONLY);
    const std::string lines = readAll(status);
    ::close(status);
    for (const char *field : {"SigBlk:", "SigIgn:"}) {
        const std::size_t at = lines.find(field);
        text += lines.substr(at, lines.find('\n', at) - at) + "\n";
    }
    DIR *folder = ::opendir("/proc/self/fd");
    while (const dirent *entry = ::readdir(folder)) {
        if (std::atoi(entry->d_name) > 2 && std::atoi(entry->d_name) != ::dirfd(folder))
            text += std::string("descriptor ") + entry->d_name + "\n";
    }
    ::closedir(folder);
    return text;
}

class Script {
public:
    explicit Script(Arguments arguments)
        : m_arguments(std::move(arguments))
    {
    }

    int run()
    {
        while (m_next < m_arguments.size())
            step(take());
        return 0;
    }

private:
    std::string take() { return m_next < m_arguments.size() ? m_arguments[m_next++] : std::string(); }
    long number() { return std::atol(take().c_str()); }

    void step(const std::string &command)
    {
        if (command == "print")
            say(1, take() + "\n");
        else if (command == "raw")
            say(1, take());
        else if (command == "error")
            say(2, take() + "\n");
        else if (command == "lines" || command == "long")
            print(command == "long");
        else if (command == "sleep")
            pauseFor(number());
        else if (command == "append" || command == "wait")
            file(command == "wait");
        else if (command == "write")
            write();
        else if (command == "exit")
            std::exit(static_cast<int>(number()));
        else if (command == "abort")
            std::abort();
        else if (command == "raise")
            ::raise(signalNumber(take()));
        else if (command == "ignore")
            ::signal(signalNumber(take()), SIG_IGN);
        else if (command == "on")
            handle();
        else if (command == "input" || command == "report")
            save(command == "input");
        else if (command == "child" || command == "orphan")
            start(command == "orphan");
        else if (command == "named")
            take();
        else
            std::exit(99);
    }

    void write()
    {
        const std::string path = take();
        const std::string text = take() + "\n";
        const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (fd < 0)
            std::exit(98);
        say(fd, text);
        ::close(fd);
    }

    void print(bool isLong)
    {
        const long count = number();
        const std::string text = take();
        if (isLong) {
            say(1, std::string(static_cast<std::size_t>(count), 'x') + text + "\n");
            return;
        }
        for (long i = 0; i < count; ++i)
            say(1, text + std::to_string(i) + "\n");
    }

    void file(bool onlyWait)
    {
        const std::string name = take();
        struct stat facts = {};
        if (onlyWait) {
            while (::stat(name.c_str(), &facts) != 0)
                pauseFor(10);
            return;
        }
        const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        say(fd, std::string(static_cast<std::size_t>(number()), 'd'));
        ::close(fd);
    }

    void handle()
    {
        const int signal = signalNumber(take());
        exitCode = static_cast<int>(number());
        ::signal(signal, onSignal);
    }

    void save(bool input)
    {
        const std::string name = take();
        writeWhole(name, input ? readAll(0) : report());
    }

    void start(bool orphan)
    {
        const std::string pidFile = take();
        Arguments own;
        for (std::string argument = take(); !argument.empty() && argument != "end"; argument = take())
            own.push_back(argument);
        const pid_t child = ::fork();
        if (child == 0) {
            if (orphan && ::fork() != 0)
                ::_exit(0);
            if (orphan) {
                ::setsid();
                ::signal(SIGTERM, SIG_IGN);
                ::signal(SIGINT, SIG_IGN);
            }
            execute(pidFile, own);
        }
        if (orphan)
            ::waitpid(child, nullptr, 0);
    }

    /// As a program of its own, so that its arguments can be seen.
    [[noreturn]] static void execute(const std::string &pidFile, const Arguments &own)
    {
        const std::string program = linkOf("/proc/self/exe");
        std::vector<char *> argv{const_cast<char *>(program.c_str())};
        for (const std::string &argument : own)
            argv.push_back(const_cast<char *>(argument.c_str()));
        argv.push_back(nullptr);
        writeWhole(pidFile, std::to_string(::getpid()) + "\n");
        ::execv(program.c_str(), argv.data());
        ::_exit(98);
    }

    Arguments m_arguments;
    std::size_t m_next = 0;
};

} // namespace

int main(int argc, char **argv)
{
    return Script(Arguments(argv + 1, argv + argc)).run();
}
