// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/runsfolder.h"

#include "services/core/files.h"
#include "services/experiment/rows.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <algorithm>

namespace society::experiment {

namespace {

constexpr QLatin1String Marker{".runs"};

QString tr(const char *text)
{
    return QCoreApplication::translate("Experiment", text);
}

bool mayBeRead(const QFileInfo &folder)
{
    return folder.isDir() && folder.isReadable() && folder.isExecutable();
}

bool isInUse(const QString &folder)
{
    return mayBeRead(QFileInfo(folder)) &&
           !QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

} // namespace

Result<> prepareRunsFolder(const Services &services, const TenantId &tenant)
{
    const QString folder = services.workspace.runs(tenant);
    if (isInUse(folder))
        return {};
    SOCIETY_ASSIGN(const QList<Experiment> open, Rows(services.database, services.workspace).unfinished(tenant));
    const auto waiting = std::find_if(open.cbegin(), open.cend(),
        [&](const Experiment &run) { return run.tenant == tenant && !run.settled && !run.elsewhere; });
    if (waiting != open.cend() && !isInUse(folder)) // another start may have made it meanwhile
        return fail(ErrorKind::Refused, "run_unreachable",
            tr("The folder of this tenant's runs is out of reach: %1").arg(folder),
            tr("Connect the disk that it is on. Where that is gone for good, first give up what waits there for its "
               "bill, such as “%1”: Experiments › Give up for lost…, or “society-cli abandon”.")
                .arg(waiting->name),
            {}, folder);
    SOCIETY_TRY(makePrivateFolder(folder));
    return writeFileAtomically(folder + u'/' + Marker,
        "The folders beside this file are runs. It tells a folder without runs from a disk that "
        "is not mounted.\n");
}

Result<> requireReachable(const Experiment &experiment)
{
    const QFileInfo directory(experiment.runDirectory);
    if (isInUse(directory.path()) && (mayBeRead(directory) || (!directory.exists() && !directory.isSymLink())))
        return {};
    return fail(ErrorKind::Refused, "run_unreachable",
        tr("The folder of “%1” is out of reach: %2").arg(experiment.name, experiment.runDirectory),
        tr("Connect the disk that it is on, and see that you may read it. Until then the run stays as it is. Where it "
           "is "
           "gone for good, give the run up with a reason: Experiments › Give up for lost…, or “society-cli abandon”."),
        {}, experiment.runDirectory);
}

} // namespace society::experiment
