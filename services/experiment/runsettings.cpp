// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/runsettings.h"

#include "services/store/settings.h"
#include "services/store/transaction.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace society::experiment {

namespace {

using agentsociety::LightWorkers;
using agentsociety::RunMode;

constexpr QLatin1String HoldKey("run.hold");
constexpr QLatin1String ModeKey("run.mode");
constexpr QLatin1String WorkersKey("run.workers");
constexpr QLatin1String CityKey("run.city");
constexpr QLatin1String RayKey("run.ray_address");
constexpr QLatin1String StalledKey("run.end_stalled");

QString workersWord(LightWorkers workers)
{
    switch (workers) {
    case LightWorkers::Threads:
        return QStringLiteral("threads");
    case LightWorkers::Forked:
        return QStringLiteral("forked");
    case LightWorkers::ByPopulation:
        break;
    }
    return QStringLiteral("population");
}

LightWorkers workersFromWord(const QString &word)
{
    for (const LightWorkers workers : {LightWorkers::Threads, LightWorkers::Forked})
        if (word == workersWord(workers))
            return workers;
    return LightWorkers::ByPopulation;
}

} // namespace

QString modeWord(RunMode mode)
{
    return mode == RunMode::Ray ? QStringLiteral("ray") : QStringLiteral("light");
}

RunMode modeFromWord(const QString &word)
{
    return word == modeWord(RunMode::Ray) ? RunMode::Ray : RunMode::Light;
}

Result<RunSettings> loadRunSettings(store::Database &database)
{
    const store::Settings settings(database);
    RunSettings run;
    SOCIETY_ASSIGN(run.hold, settings.money(HoldKey, run.hold));
    SOCIETY_ASSIGN(const QString mode, settings.text(ModeKey));
    run.mode = modeFromWord(mode);
    SOCIETY_ASSIGN(const QString workers, settings.text(WorkersKey));
    run.workers = workersFromWord(workers);
    SOCIETY_ASSIGN(const QString city, settings.text(CityKey));
    run.city = agentsociety::cityFromName(city).value_or(run.city);
    SOCIETY_ASSIGN(run.rayAddress, settings.text(RayKey));
    SOCIETY_ASSIGN(run.endStalled, settings.boolean(StalledKey, run.endStalled));
    return run;
}

Result<> saveRunSettings(store::Database &database, const RunSettings &run)
{
    if (run.hold.isNegative())
        return fail(ErrorKind::Refused, "amount_negative",
            QCoreApplication::translate("Experiment", "What a start sets aside cannot be negative."),
            QCoreApplication::translate("Experiment", "Give 0 or more."));
    static const QRegularExpression hostAndPort(QStringLiteral(R"(^([^\s:/\[\]]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})$)"));
    const QRegularExpressionMatch address = hostAndPort.match(run.rayAddress);
    if (!run.rayAddress.isEmpty() && (!address.hasMatch() || address.captured(2).toUShort() == 0))
        return fail(ErrorKind::Refused, "ray_address_invalid",
            QCoreApplication::translate("Experiment", "“%1” is no address of a Ray cluster.").arg(run.rayAddress),
            QCoreApplication::translate("Experiment", "Write host:port, such as 10.0.0.1:6379, or leave it empty."));
    store::Settings settings(database);
    SOCIETY_ASSIGN(auto transaction, store::Transaction::begin(database));
    SOCIETY_TRY(settings.setMoney(HoldKey, run.hold));
    SOCIETY_TRY(settings.setText(ModeKey, modeWord(run.mode)));
    SOCIETY_TRY(settings.setText(WorkersKey, workersWord(run.workers)));
    SOCIETY_TRY(settings.setText(CityKey, agentsociety::cityName(run.city)));
    SOCIETY_TRY(settings.setText(RayKey, run.rayAddress));
    SOCIETY_TRY(settings.setBoolean(StalledKey, run.endStalled));
    return transaction.commit();
}

} // namespace society::experiment
