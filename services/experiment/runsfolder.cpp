// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/runsfolder.h"

#include "services/core/files.h"
#include "services/experiment/rows.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace society::experiment {

namespace {

constexpr QLatin1String Marker{"/.runs"};

QString tr(const char *text)
{
    return QCoreApplication::translate("Experiment", text);
}

/// 0, ENOENT, or why else the folder is not one that can be looked into.
int whatIsWrongWith(const QString &folder)
{
    const QByteArray name = QFile::encodeName(folder);
    struct stat found {};
    if (::stat(name.constData(), &found) != 0)
        return errno;
    if (!S_ISDIR(found.st_mode))
        return ENOTDIR;
    return ::access(name.constData(), R_OK | X_OK) == 0 ? 0 : errno;
}

bool isMarked(const QString &folder)
{
    return QFileInfo::exists(folder + Marker);
}

/// Those from before there were markers are told by what is in them.
bool hasRuns(const QString &folder)
{
    const QStringList names = QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return std::any_of(
        names.cbegin(), names.cend(), [](const QString &name) { return ExperimentId::parse(name).has_value(); });
}

Result<> mark(const QString &folder)
{
    return writeFileAtomically(folder + Marker, "The folders beside this file are runs. It tells a folder without runs "
                                                "from a disk that is not mounted.\n");
}

tl::unexpected<Error> unreachable(const Experiment &experiment)
{
    const QString remedy = isEnded(experiment.state)
                               ? tr("Connect the disk that it is on. Until then the run stays as it is. Where it is "
                                    "gone for good, give its "
                                    "bill up with a reason: Experiments › Give up its bill…, or “society-cli abandon”.")
                               : tr("Connect the disk that it is on. Until then the run stays as it is. Where it is "
                                    "gone for good, give the "
                                    "run up with a reason: Experiments › Give up for lost…, or “society-cli abandon”.");
    return fail(ErrorKind::Refused, "run_unreachable",
        tr("The folder of “%1” is out of reach: %2").arg(experiment.name, experiment.runDirectory), remedy, {},
        experiment.runDirectory);
}

tl::unexpected<Error> unreadable(const Experiment &experiment, int code)
{
    return fail(ErrorKind::Refused, "run_unreadable",
        tr("The folder of “%1” cannot be read: %2").arg(experiment.name, experiment.runDirectory),
        tr("See that you may read it, and that its disk is well. Until then the run stays as it is."),
        QString::fromLocal8Bit(std::strerror(code)), experiment.runDirectory);
}

/// Whether what is missing in the folder above the run's is gone.
Result<> requireFolderAbove(const Experiment &experiment)
{
    const QString above = QFileInfo(experiment.runDirectory).path();
    const int wrong = whatIsWrongWith(above);
    if (wrong != 0 && wrong != ENOENT)
        return unreadable(experiment, wrong);
    if (wrong == ENOENT || (!isMarked(above) && !hasRuns(above)))
        return unreachable(experiment);
    return {};
}

} // namespace

Result<> prepareRunsFolder(const Services &services, const TenantId &tenant)
{
    const QString folder = services.workspace.runs(tenant);
    if (isMarked(folder))
        return {};
    if (hasRuns(folder))
        return mark(folder);
    SOCIETY_ASSIGN(const QList<Experiment> all, Rows(services.database, services.workspace).all(tenant));
    bool isKnown = false;
    const Experiment *waiting = nullptr;
    for (const Experiment &run : all) {
        const bool isHere = run.tenant == tenant && !run.elsewhere;
        isKnown = isKnown || isHere;
        if (isHere && !run.settled && !waiting)
            waiting = &run;
    }
    if (isKnown && !isMarked(folder)) // another start may have made it meanwhile
        return fail(ErrorKind::Refused, "run_unreachable",
            tr("The folder of this tenant's runs is out of reach: %1").arg(folder),
            waiting
                ? tr("Connect the disk that it is on. Where that is gone for good, first give up what waits there "
                     "for its bill, such as “%1”: Experiments › Give up its bill… or Give up for lost…, or "
                     "“society-cli abandon”.")
                      .arg(waiting->name)
                : tr("Connect the disk that it is on. Where that is gone for good, or the folder was removed, begin "
                     "a new one: make it, with an empty file “.runs” in it."),
            {}, folder);
    SOCIETY_TRY(makePrivateFolder(folder));
    return mark(folder);
}

// With mkdir alone: with its parents a folder would be made that hides what is on a disk that has gone just now.
Result<> makeRunDirectory(const Experiment &experiment)
{
    if (::mkdir(QFile::encodeName(experiment.runDirectory).constData(), 0700) == 0 || errno == EEXIST)
        return {};
    if (errno == ENOENT)
        return unreachable(experiment);
    return writeFailed(experiment.runDirectory, QString::fromLocal8Bit(std::strerror(errno)));
}

Result<bool> isRemoved(const Experiment &experiment)
{
    SOCIETY_TRY(requireFolderAbove(experiment));
    const int wrong = whatIsWrongWith(experiment.runDirectory);
    if (wrong == 0 || wrong == ENOENT)
        return wrong == ENOENT;
    return unreadable(experiment, wrong);
}

} // namespace society::experiment
