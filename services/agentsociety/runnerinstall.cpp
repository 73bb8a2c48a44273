// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/childprocess.h"
#include "services/agentsociety/runnerkit_p.h"
#include "services/core/files.h"
#include "services/core/freespace.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QRegularExpression>
#include <QStandardPaths>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSpaceNeeded = 1'500'000'000;   // bytes: 0.85 GB of packages, and pip's own copies while it works
constexpr auto kMarker = ".society-complete"_L1; // in the environment, only when it is whole

QString tr(const char *text)
{
    return QCoreApplication::translate("RunnerKit", text);
}

tl::unexpected<Error> cancelledError()
{
    return fail(
        ErrorKind::Runner, "cancelled", tr("The installation was cancelled."), tr("Start it again when it suits."));
}

tl::unexpected<Error> spaceError(const QString &path)
{
    return fail(ErrorKind::Runner, "disk_full", tr("There is not enough space for the runner in “%1”.").arg(path),
        tr("Free %1 GB and try again.").arg(QLocale().toString(static_cast<double>(kSpaceNeeded) / 1e9, 'f', 1)), {},
        path);
}

/// A Python that can make environments. The system's own comes first: an environment lasts as long as its interpreter.
Result<QString> findPython(const std::atomic_bool &cancelled)
{
    QStringList candidates;
    for (const QString &name : {u"python3.11"_s, u"python3.12"_s, u"python3"_s}) {
        candidates << u"/usr/bin/"_s + name;
        if (const QString found = QStandardPaths::findExecutable(name); !found.isEmpty())
            candidates << found;
    }
    candidates.removeDuplicates();
    const QString test =
        u"import sys; sys.exit(3) if sys.version_info[:2] not in ((3, 11), (3, 12)) else None; import venv, ensurepip"_s;
    bool lacksVenv = false;
    for (const QString &candidate : std::as_const(candidates)) {
        if (!QFileInfo(candidate).isExecutable())
            continue;
        ChildCommand command;
        command.program = candidate;
        command.arguments = {u"-I"_s, u"-c"_s, test};
        command.deadline = std::chrono::seconds(30);
        command.cancelled = &cancelled;
        const ChildEnd end = runChild(command);
        if (end.succeeded())
            return candidate;
        if (end.how == ChildEnd::How::Cancelled)
            return cancelledError();
        lacksVenv = lacksVenv || (end.how == ChildEnd::How::Exited && end.exitCode == 1);
    }
    if (lacksVenv)
        return fail(ErrorKind::Runner, "python_venv_missing",
            tr("This machine's Python cannot make virtual environments."),
            tr("Install the package python3-venv (as root: apt install python3-venv)."));
    return fail(ErrorKind::Runner, "python_missing", tr("There is no Python 3.11 or 3.12 on this machine."),
        tr("Install the packages python3 and python3-venv (as root: apt install python3 python3-venv)."));
}

/// Turns pip's lines into a percentage: one line per package while it collects, then packages as they appear.
class PipProgress {
public:
    PipProgress(const RunnerKit::Progress &report, const QString &environment, int packages)
        : m_report(report)
        , m_environment(environment)
        , m_packages(qMax(1, packages))
    {
    }

    void takeLine(const QByteArray &line)
    {
        if (line.startsWith("Collecting "))
            advance(5 + 65 * ++m_collected / m_packages,
                tr("Downloading %1").arg(QString::fromUtf8(line.mid(11).split(' ').value(0))));
        else if (line.startsWith("Installing collected packages"))
            m_installing = true;
    }

    void tick()
    {
        if (!m_installing || ++m_ticks % 5 != 0)
            return;
        const QStringList lib = QDir(m_environment + "/lib"_L1).entryList({u"python3*"_s}, QDir::Dirs);
        if (lib.isEmpty())
            return;
        const QDir packages(m_environment + "/lib/"_L1 + lib.first() + "/site-packages"_L1);
        const auto done = static_cast<int>(packages.entryList({u"*.dist-info"_s}, QDir::Dirs).size());
        advance(70 + 25 * done / m_packages,
            tr("Unpacking packages: %1 of %2").arg(qMin(done, m_packages)).arg(m_packages));
    }

private:
    void advance(int percent, const QString &step)
    {
        m_percent = qBound(m_percent, percent, 95);
        m_report(m_percent, step);
    }

    const RunnerKit::Progress &m_report;
    QString m_environment;
    int m_packages;
    int m_percent = 5;
    int m_collected = 0;
    int m_ticks = 0;
    bool m_installing = false;
};

Result<> makeEnvironment(const QString &environment, const std::atomic_bool &cancelled)
{
    SOCIETY_ASSIGN(const QString python, findPython(cancelled));
    // What an interrupted installation left cannot be told from whole packages, so it goes.
    if (!QDir(environment).removeRecursively())
        return fail(ErrorKind::Runner, "install_failed", tr("“%1” could not be removed.").arg(environment),
            tr("Remove the folder and try again."), {}, environment);
    ChildCommand command;
    command.program = python;
    command.arguments = {u"-m"_s, u"venv"_s, environment};
    command.cancelled = &cancelled;
    const ChildEnd end = runChild(command);
    if (end.how == ChildEnd::How::Cancelled)
        return cancelledError();
    if (!end.succeeded())
        return fail(installError(end.out, end.err + end.startText.toUtf8()));
    return {};
}

Result<> installPackages(const QString &environment, const QString &requirementsFile, int packages,
    const RunnerKit::Progress &report, const std::atomic_bool &cancelled, const QString &logFile)
{
    PipProgress progress(report, environment, packages);
    ChildCommand command;
    command.program = environment + "/bin/python"_L1;
    command.arguments = {u"-m"_s, u"pip"_s, u"install"_s, u"--no-input"_s, u"--disable-pip-version-check"_s,
        u"--progress-bar"_s, u"off"_s, u"--only-binary"_s, u":all:"_s, u"--retries"_s, u"3"_s, u"--timeout"_s, u"20"_s,
        u"-r"_s, requirementsFile};
    command.cancelled = &cancelled;
    command.onLine = [&progress](const QByteArray &line) { progress.takeLine(line); };
    command.onTick = [&progress] { progress.tick(); };
    const ChildEnd end = runChild(command);
    // For whoever has to find out why; failing to keep it changes nothing about the installation.
    (void)writeFileAtomically(logFile, end.out + end.err);
    if (end.how == ChildEnd::How::Cancelled)
        return cancelledError();
    if (!end.succeeded())
        return fail(installError(end.out, end.err + end.startText.toUtf8()));
    return {};
}

bool containsOneOf(const QByteArray &text, std::initializer_list<const char *> words)
{
    return std::any_of(words.begin(), words.end(), [&text](const char *word) { return text.contains(word); });
}

} // namespace

int countRequirements(const QByteArray &requirements)
{
    int count = 0;
    for (const QByteArray &line : requirements.split('\n')) {
        const QByteArray text = line.trimmed();
        if (!text.isEmpty() && !text.startsWith('#'))
            ++count;
    }
    return count;
}

Error installError(const QByteArray &out, const QByteArray &err)
{
    const QByteArray all = out + '\n' + err;
    QStringList errors;
    for (const QByteArray &line : all.split('\n')) {
        if (line.startsWith("ERROR:") || line.startsWith("OSError"))
            errors << QString::fromUtf8(line.trimmed());
    }
    const QString detail =
        errors.isEmpty() ? QString::fromUtf8(all.trimmed().right(1000)) : errors.join(u'\n').right(1000);
    if (all.contains("No space left on device") || all.contains("Disk quota exceeded"))
        return {ErrorKind::Runner, u"disk_full"_s, tr("The disk became full while the runner was being installed."),
            tr("Free %1 GB and try again.").arg(QLocale().toString(static_cast<double>(kSpaceNeeded) / 1e9, 'f', 1)),
            detail, {}};
    if (containsOneOf(
            all, {"NewConnectionError", "NameResolutionError", "ConnectTimeout", "ReadTimeout", "Read timed out",
                     "ConnectionResetError", "Connection refused", "ProxyError", "Network is unreachable",
                     "Temporary failure in name resolution", "SSLError", "RemoteDisconnected"}))
        return {ErrorKind::Runner, u"network_unreachable"_s, tr("The Python package index could not be reached."),
            tr("Check the network and the proxy settings (HTTPS_PROXY, pip's configuration), then try again; what was "
               "already downloaded is kept."),
            detail, {}};
    return {ErrorKind::Runner, u"install_failed"_s, tr("The runner could not be installed."),
        tr("Look into install.log in the folder runner of the workspace, then try again."), detail, {}};
}

Result<InstalledRunner> RunnerKit::install(const Progress &progress, const std::atomic_bool &cancelled) const
{
    const Progress report = [&progress](int percent, const QString &step) {
        if (progress)
            progress(percent, step);
    };
    const QString environment = m_workspace.runner() + "/venv"_L1;
    const QString marker = environment + u'/' + kMarker;
    const QString script = environment + "/bin/agentsociety"_L1;
    const QByteArray requirements = runnerResource(u"requirements.txt"_s);
    const QByteArray wanted = QCryptographicHash::hash(requirements, QCryptographicHash::Sha256).toHex();

    SOCIETY_TRY(makePrivateFolder(m_workspace.root()));
    SOCIETY_TRY(makePrivateFolder(m_workspace.runner()));
    QLockFile lock(m_workspace.runner() + "/install.lock"_L1);
    lock.setStaleLockTime(0); // only a dead owner's lock is stale, however long an installation takes
    if (!lock.tryLock(0))
        return fail(ErrorKind::Runner, "install_busy", tr("Another program is installing this workspace's runner."),
            tr("Wait until it has finished, then try again."), {}, environment);

    const auto present = readFile(marker, 1024);
    if (!present || *present != wanted) {
        if (freeSpace(m_workspace.runner()).value_or(kSpaceNeeded) < kSpaceNeeded)
            return spaceError(m_workspace.runner());
        report(1, tr("Making a virtual environment"));
        QFile::remove(marker);
        if (!present)
            SOCIETY_TRY(makeEnvironment(environment, cancelled));
        report(5, tr("Asking for the packages"));
        const QString requirementsFile = m_workspace.runner() + "/requirements.txt"_L1;
        SOCIETY_TRY(writeFileAtomically(requirementsFile, requirements));
        SOCIETY_TRY(installPackages(environment, requirementsFile, countRequirements(requirements), report, cancelled,
            m_workspace.runner() + "/install.log"_L1));
    }
    report(96, tr("Starting the runner for the first time"));
    auto runner = installed(); // costs nothing where nothing changed
    if (!runner || !runner->inWorkspace)
        runner = adopt(script);
    if (!runner)
        return runner;
    SOCIETY_TRY(writeFileAtomically(marker, wanted));
    report(100, tr("AgentSociety %1 is installed").arg(runner->version));
    return runner;
}

} // namespace society::agentsociety
