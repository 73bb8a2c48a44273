// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/spawn.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace society::keeper {

namespace {

/// Where the child failed; the parent names it.
enum class Step { Session, Streams, Log, Folder, Program };

struct Report {
    Step step = Step::Session;
    int error = 0; ///< 0: it did not
};

std::vector<char *> pointers(const std::vector<std::string> &texts)
{
    std::vector<char *> result;
    result.reserve(texts.size() + 1);
    for (const std::string &text : texts)
        result.push_back(const_cast<char *>(text.c_str())); // execve's type, which writes to nothing
    result.push_back(nullptr);
    return result;
}

struct Pipe {
    Fd read;
    Fd write;
};

Errno<Pipe> makePipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return tl::unexpected(errno);
    return Pipe{Fd(ends[0]), Fd(ends[1])};
}

void setDefaultSignals()
{
    for (int signal = 1; signal < NSIG; ++signal)
        ::signal(signal, SIG_DFL); // who started us may have had some ignored, and that is inherited
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// What the child does between vfork and exec, in our own memory; only calls that are safe there. Returns where it
/// failed.
class Child {
public:
    Child(const SpawnPlan &plan, const Pipe &input, const Pipe &output)
        : m_plan(plan)
        , m_arguments(pointers(plan.argv))
        , m_environment(plan.environment ? pointers(*plan.environment) : std::vector<char *>())
        , m_input(input.read.get())
        , m_output(output.write.get())
        , m_parent(::getpid())
    {
    }

    [[nodiscard]] Report run() const
    {
        if (::prctl(PR_SET_PDEATHSIG, m_plan.signalOnOurDeath) != 0 || ::setsid() < 0)
            return {Step::Session, errno};
        if (::getppid() != m_parent) // it died before the line above
            return {Step::Session, ESRCH};
        if (Report report = streams(); report.error != 0)
            return report;
        if (::chdir(m_plan.cwd.c_str()) != 0)
            return {Step::Folder, errno};
        ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
        setDefaultSignals();
        ::execve(m_arguments.front(), m_arguments.data(), m_plan.environment ? m_environment.data() : environ);
        return {Step::Program, errno};
    }

private:
    [[nodiscard]] Report streams() const
    {
        const int input = m_input >= 0 ? m_input : ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (input < 0 || ::dup2(input, 0) < 0)
            return {Step::Streams, errno};
        if (!m_plan.log.empty()) {
            const int log = ::open(m_plan.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
            if (log < 0)
                return {Step::Log, errno};
            return ::dup2(log, 1) < 0 || ::dup2(log, 2) < 0 ? Report{Step::Streams, errno} : Report{};
        }
        return m_output >= 0 && ::dup2(m_output, 1) < 0 ? Report{Step::Streams, errno} : Report{};
    }

    const SpawnPlan &m_plan;
    std::vector<char *> m_arguments;
    std::vector<char *> m_environment;
    int m_input;
    int m_output;
    pid_t m_parent;
};

tl::unexpected<Trouble> failure(const SpawnPlan &plan, const Report &report)
{
    const std::string text = ": " + words(report.error);
    switch (report.step) {
    case Step::Log:
        return trouble(isFull(report.error) ? "disk_full" : "exec", plan.log + text);
    case Step::Folder:
        return trouble("exec", plan.cwd + text);
    case Step::Program:
        return trouble("exec", plan.argv.front() + text);
    case Step::Session:
    case Step::Streams:
        break;
    }
    return trouble("exec", "a process could not be prepared" + text);
}

void reap(pid_t pid)
{
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
}

} // namespace

Maybe<Spawned> spawn(const SpawnPlan &plan)
{
    Errno<Pipe> input = plan.pipeInput ? makePipe() : Pipe{};
    Errno<Pipe> output = plan.pipeOutput ? makePipe() : Pipe{};
    for (const auto *pipe : {&input, &output}) {
        if (!*pipe)
            return failure(plan, {Step::Streams, pipe->error()});
    }
    const Child child(plan, *input, *output);
    // The child borrows our memory, and we stand still, until its exec: nothing is copied that the exec would throw
    // away (a third of the time of a start), and what it says of a failure is simply here.
    volatile Step failedStep = Step::Session;
    volatile int failedWith = 0;
    // What the checkers warn of is why it is so quick; the child calls nothing but the kernel (see Child::run).
    const pid_t pid = ::vfork(); // NOLINT(clang-analyzer-security.insecureAPI.vfork)
    if (pid < 0)
        return failure(plan, {Step::Session, errno});
    if (pid == 0) {
        const Report failed = child.run(); // NOLINT(clang-analyzer-unix.Vfork)
        failedStep = failed.step;
        failedWith = failed.error;
        ::_exit(127);
    }
    if (failedWith != 0) {
        reap(pid);
        return failure(plan, {failedStep, failedWith});
    }
    const auto facts = procfs::processFacts(pid); // ours and not reaped, so /proc has it, if only as a zombie
    Spawned spawned{{pid, facts ? facts->id.startTicks : 0}, std::move(input->write), std::move(output->read)};
    for (const Fd *fd : {&spawned.input, &spawned.output}) {
        if (*fd)
            ::fcntl(fd->get(), F_SETFL, O_NONBLOCK);
    }
    return spawned;
}

} // namespace society::keeper
