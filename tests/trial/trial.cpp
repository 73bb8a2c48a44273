// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trial/trial.h"

#include "tests/trial/carrier.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QJsonArray>
#include <QThread>

#include <cstdio>
#include <map>
#include <memory>
#include <vector>

namespace society::trial {

namespace {

const QString Python = QStringLiteral("/usr/bin/python3");

QString checker()
{
    return qEnvironmentVariable("SOCIETY_SOURCE") + QStringLiteral("/tests/trial/check_trial.py");
}

int openRuns(const test::CliProgram &cli)
{
    int open = 0;
    for (const QJsonValue &run :
        cli.json({QStringLiteral("experiments"), QStringLiteral("--limit"), QStringLiteral("100000")}).array())
        open += run.toObject().value(QLatin1String("settled")).toBool() ? 0 : 1;
    return open;
}

} // namespace

Trial::Trial(Wish wish, Extent extent, const Folder &folder)
    : m_wish(std::move(wish))
    , m_extent(extent)
    , m_folder(folder)
{
}

int Trial::perform()
{
    m_clock.start();
    Folder::write(
        m_folder.file("keys", QStringLiteral("passphrase")), "pass-" + canary(m_wish.seed).toLatin1() + "phrase\n");
    const QJsonObject facts{{QStringLiteral("seed"), QString::number(m_wish.seed)},
        {QStringLiteral("real"), m_wish.real}, {QStringLiteral("canary"), canary(m_wish.seed)}};
    Folder::write(m_folder.root() + QStringLiteral("/trial.json"), QJsonDocument(facts).toJson());
    const Place main(m_folder, QStringLiteral("main"), {}, m_wish.real);
    if (!main.problem().isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(main.problem()));
        return 2;
    }
    if (!watch())
        return 2;
    std::vector<std::unique_ptr<QThread>> lanes;
    for (int lane = 0; lane < m_extent.atOnce; ++lane) {
        lanes.emplace_back(QThread::create([this, lane] { carryRuns(lane); }));
        lanes.back()->start();
    }
    for (const auto &lane : lanes)
        lane->wait();
    settleAll();
    const int code = check();
    for (const QString &name : workspaces())
        for (const char *disk : {"/runs", ""}) // at most one of them is one
            unmountSmallDisk(m_folder.root() + u'/' + name + QLatin1String(disk));
    return code;
}

QStringList Trial::workspaces() const
{
    return QDir(m_folder.root()).entryList({QStringLiteral("main"), QStringLiteral("small-*")}, QDir::Dirs);
}

/// Each lane has its own command line and its own small disks; the ordinary workspace is everybody's.
void Trial::carryRuns(int lane)
{
    std::map<QString, std::unique_ptr<Place>> places;
    while (m_extent.minutes == 0 || m_clock.elapsed() < m_extent.minutes * 60'000LL) {
        const int number = m_next++;
        if (number >= m_extent.runs)
            return;
        const Plan plan = planOf(m_wish, number);
        std::unique_ptr<Place> &place = places[plan.disk];
        if (!place) {
            const QString name =
                plan.disk.isEmpty() ? QStringLiteral("main") : QStringLiteral("small-%1-%2").arg(plan.disk).arg(lane);
            place = std::make_unique<Place>(m_folder, name, plan.disk, m_wish.real);
        }
        if (!place->problem().isEmpty()) {
            note(place->problem());
            return;
        }
        const bool carried = Carrier(plan, m_folder, *place).carryOut();
        lookAfter(plan.token);
        const QMutexLocker lock(&m_mutex);
        std::fprintf(stderr, "%7.1f s  %4d  %s  %s%s\n", static_cast<double>(m_clock.elapsed()) / 1000, ++m_carried,
            qPrintable(plan.token), qPrintable(plan.end), carried ? "" : "  (not carried out)");
    }
}

bool Trial::watch()
{
    m_watch.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_watch.start(Python, {checker(), QStringLiteral("--watch"), m_folder.root()});
    if (m_watch.waitForReadyRead(30'000))
        return true;
    std::fprintf(stderr, "the checker did not come up: %s\n", qPrintable(m_watch.errorString()));
    return false;
}

void Trial::lookAfter(const QString &token)
{
    QProcess look;
    look.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    look.start(Python, {checker(), QStringLiteral("--after"), token, m_folder.root()});
    if (!look.waitForFinished(60'000) || look.exitCode() != 0)
        note(QStringLiteral("the checker could not look after ") + token);
}

/// The window opens once more: whatever was cut short is found, and ended, a minute after its start.
void Trial::settleAll()
{
    constexpr unsigned long pauseMs = 500;
    for (const QString &name : workspaces()) {
        const test::CliProgram cli(m_folder.root() + u'/' + name);
        const QDeadlineTimer deadline(150'000);
        test::CliOutcome found = cli.json({QStringLiteral("reconcile")});
        while ((found.code != 0 || openRuns(cli) > 0) && !deadline.hasExpired()) {
            QThread::msleep(pauseMs);
            found = cli.json({QStringLiteral("reconcile")});
        }
        if (found.code != 0)
            note(QString::fromUtf8("reconcile: " + found.words()));
        if (const test::CliOutcome audit = cli.json({QStringLiteral("audit")}); audit.code != 0)
            note(QString::fromUtf8("the product's own audit: " + audit.words()));
    }
}

int Trial::check()
{
    m_watch.closeWriteChannel();
    m_watch.waitForFinished(30'000);
    const QJsonObject end{{QStringLiteral("troubles"), QJsonArray::fromStringList(m_troubles)},
        {QStringLiteral("seconds"), m_clock.elapsed() / 1000}, {QStringLiteral("carried"), m_carried.load()}};
    Folder::write(m_folder.root() + QStringLiteral("/end.json"), QJsonDocument(end).toJson());
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(Python, {checker(), m_folder.root()});
    process.waitForFinished(600'000);
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : 2;
}

void Trial::note(const QString &trouble)
{
    const QMutexLocker lock(&m_mutex);
    m_troubles.append(trouble);
}

} // namespace society::trial
