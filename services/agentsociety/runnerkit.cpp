// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/runnerkit.h"

#include "services/agentsociety/runnerkit_p.h"
#include "services/core/files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

// Names that AgentSociety looks for in its home.
constexpr auto kSimulator = "agentsociety-sim-oss"_L1;
constexpr auto kWordLists = "huggingface_cache"_L1;
// A revision of our own in the layout of the hub's cache; AgentSociety reads the folder that refs/main names.
constexpr auto kWordRevision = "0000000000000000000000000000000000000000"_L1;
constexpr qint64 kSimulatorLimit = 512 * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("RunnerKit", text);
}

Result<> makeFolder(const QString &path)
{
    if (QDir().mkpath(path))
        return {};
    return fail(ErrorKind::Refused, "write_failed", tr("The folder “%1” could not be made.").arg(path),
        tr("Check that the folder above it may be written to."), {}, path);
}

/// Writes only what differs, so that a file that runs are reading is not replaced for nothing.
Result<> writeIfDifferent(const QString &path, const QByteArray &data, unsigned mode = 0600)
{
    const auto present = readFile(path, data.size() + 1);
    if (present && *present == data)
        return {};
    SOCIETY_TRY(makeFolder(QFileInfo(path).absolutePath()));
    return writeFileAtomically(path, data, mode);
}

Result<> link(const QString &target, const QString &name)
{
    if (QFileInfo(name).symLinkTarget() == target)
        return {};
    if (::symlink(QFile::encodeName(target).constData(), QFile::encodeName(name).constData()) == 0)
        return {};
    return writeFailed(name, QString::fromLocal8Bit(std::strerror(errno)));
}

QByteArray quotedForShell(QString text)
{
    return '\'' + text.replace(u'\'', "'\\''"_L1).toUtf8() + '\'';
}

/// Whole as AgentSociety downloaded it: it makes the file executable only after the last byte is written.
bool isDownloadedSimulator(const QFileInfo &file)
{
    if (file.isSymLink() || !file.isFile() || !file.isExecutable())
        return false;
    QFile content(file.absoluteFilePath());
    return content.open(QIODevice::ReadOnly) && content.read(4) == "\x7f"
                                                                   "ELF";
}

} // namespace

QByteArray runnerResource(const QString &name)
{
    QFile file(u":/society/runner/"_s + name);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "runnerResource", qPrintable(name));
    return opened ? file.readAll() : QByteArray();
}

QString cityName(City city)
{
    return city == City::Own ? u"own"_s : u"practice"_s;
}

Result<City> cityFromName(const QString &name)
{
    for (const City city : {City::Practice, City::Own}) {
        if (cityName(city) == name)
            return city;
    }
    return fail(
        ErrorKind::Refused, "city_invalid", tr("There is no city “%1”.").arg(name), tr("Use “practice” or “own”."));
}

RunnerKit::RunnerKit(const Workspace &workspace)
    : m_workspace(workspace)
{
}

QString RunnerKit::shared(const QString &name) const
{
    return m_workspace.runner() + "/shared/"_L1 + name;
}

QString RunnerKit::recordFile() const
{
    return m_workspace.runner() + "/installed.json"_L1;
}

QString RunnerKit::startFolder() const
{
    return shared(u"start"_s);
}

QString RunnerKit::lightFolder() const
{
    return shared(u"light"_s);
}

QString RunnerKit::practiceTown() const
{
    return m_workspace.maps() + "/practice-town.pb"_L1;
}

QString RunnerKit::practicePeople() const
{
    return m_workspace.profiles() + "/practice-people.json"_L1;
}

Result<> RunnerKit::prepareShared() const
{
    SOCIETY_TRY(m_workspace.create());
    for (const QString &name :
        {u"start/sitecustomize.py"_s, u"light/ray/__init__.py"_s, u"light/ray/actor.py"_s, u"light/ray/_threads.py"_s,
            u"light/ray/_forked.py"_s, u"light/ray/_outside.py"_s, u"light/ray/_turns.py"_s, u"practice_city.py"_s})
        SOCIETY_TRY(writeIfDifferent(shared(name), runnerResource(name)));
    const QString words = shared(kWordLists + "/models--Qdrant--bm25"_L1);
    SOCIETY_TRY(makeFolder(words + "/snapshots/"_L1 + kWordRevision));
    // No line end: it would become part of the folder's name.
    SOCIETY_TRY(writeIfDifferent(words + "/refs/main"_L1, QByteArray(kWordRevision.data(), kWordRevision.size())));
    // Only where they are missing: both lie among the user's own files and may have been changed.
    if (!QFileInfo::exists(practiceTown()))
        SOCIETY_TRY(writeFileAtomically(practiceTown(), runnerResource(u"practice-town.pb"_s)));
    if (!QFileInfo::exists(practicePeople()))
        SOCIETY_TRY(writeFileAtomically(practicePeople(), runnerResource(u"practice_people.json"_s)));
    return {};
}

bool RunnerKit::mustDownload(City city) const
{
    return city == City::Own && !QFileInfo::exists(shared(u"own/"_s + kSimulator));
}

Result<> RunnerKit::linkHome(const QString &home, City city, const QString &mapFile) const
{
    if (!QFileInfo(mapFile).isFile())
        return fail(ErrorKind::NotFound, "map_missing", tr("There is no map “%1”.").arg(mapFile),
            tr("Choose another map, or import it again."), {}, mapFile);
    SOCIETY_TRY(makePrivateFolder(home));
    SOCIETY_TRY(link(shared(kWordLists), home + u'/' + kWordLists));
    SOCIETY_TRY(link(QFileInfo(mapFile).absoluteFilePath(), home + "/map.pb"_L1));
    const QString simulator = home + u'/' + kSimulator;
    if (city == City::Own)
        return mustDownload(city) ? Result<>() : link(shared(u"own/"_s + kSimulator), simulator);
    SOCIETY_ASSIGN(const InstalledRunner runner, installed());
    const QByteArray script = "#!/bin/sh\nexec " + quotedForShell(runner.interpreter) + ' ' +
                              quotedForShell(shared(u"practice_city.py"_s)) + " \"$@\"\n";
    return writeIfDifferent(simulator, script, 0700);
}

Result<> RunnerKit::keepDownloads(const QString &home) const
{
    const QString downloaded = home + u'/' + kSimulator;
    const QString kept = shared(u"own/"_s + kSimulator);
    if (!isDownloadedSimulator(QFileInfo(downloaded)) || QFileInfo::exists(kept))
        return {};
    SOCIETY_TRY(makeFolder(QFileInfo(kept).absolutePath()));
    if (::link(QFile::encodeName(downloaded).constData(), QFile::encodeName(kept).constData()) == 0 || errno == EEXIST)
        return {};
    // Another file system, or one without hard links.
    SOCIETY_ASSIGN(const QByteArray content, readFile(downloaded, kSimulatorLimit));
    return writeFileAtomically(kept, content, 0700);
}

} // namespace society::agentsociety
