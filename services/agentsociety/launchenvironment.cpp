// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/launch_p.h"
#include "services/agentsociety/runnerkit_p.h"

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kNowhere = "http://127.0.0.1:9"_L1; // the discard port: refused at once, so nobody waits for a timeout

constexpr auto kLoopback = "127.0.0.1,localhost,::1"_L1;

void passOn(QMap<QString, QString> &environment, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (const QString value = qEnvironmentVariable(name); !value.isEmpty())
            environment.insert(QLatin1String(name), value);
    }
}

bool forks(const LaunchOptions &options)
{
    if (options.workers == LightWorkers::ByPopulation)
        return options.citizens >= ForkFromCitizens;
    return options.workers == LightWorkers::Forked;
}

QMap<QString, QString> networkFor(bool mustDownload)
{
    QMap<QString, QString> environment = closedNetwork();
    if (!mustDownload)
        return environment;
    for (const auto &name : {"http_proxy"_L1, "https_proxy"_L1, "all_proxy"_L1}) {
        environment.remove(name);
        environment.remove(QString(name).toUpper());
    }
    passOn(environment, {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY",
                            "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"});
    return environment;
}

} // namespace

QMap<QString, QString> closedNetwork()
{
    QMap<QString, QString> environment{{u"NO_PROXY"_s, kLoopback}, {u"no_proxy"_s, kLoopback},
        {u"HF_HUB_OFFLINE"_s, u"1"_s}, {u"HF_ENDPOINT"_s, kNowhere}};
    for (const auto &name : {"http_proxy"_L1, "https_proxy"_L1, "all_proxy"_L1}) {
        environment.insert(name, kNowhere);
        environment.insert(QString(name).toUpper(), kNowhere);
    }
    return environment;
}

QMap<QString, QString> environmentFor(const RunnerKit &kit, const LaunchOptions &options, const QString &rayFolder)
{
    QMap<QString, QString> environment = networkFor(kit.mustDownload(options.city));
    const QString seed = QString::number(options.seed);
    environment.insert(
        {{u"HOME"_s, options.runDirectory + "/home"_L1}, {u"LANG"_s, u"C.UTF-8"_s}, {u"PATH"_s, u"/usr/bin:/bin"_s},
            {u"PYTHONHASHSEED"_s, seed}, {u"PYTHONNOUSERSITE"_s, u"1"_s}, {u"PYTHONPATH"_s, kit.startFolder()},
            {u"PYTHONSAFEPATH"_s, u"1"_s}, {u"PYTHONUNBUFFERED"_s, u"1"_s}, {u"SOCIETY_SEED"_s, seed}});
    passOn(environment, {"TZ"}); // the log's times are local
    if (options.mode == RunMode::Light) {
        environment[u"PYTHONPATH"_s] += u':' + kit.lightFolder();
        environment.insert(u"SOCIETY_LIGHT"_s, forks(options) ? u"forked"_s : u"threads"_s);
        return environment;
    }
    environment.insert(
        {{u"RAY_COLOR_PREFIX"_s, u"0"_s}, {u"RAY_DEDUP_LOGS"_s, u"0"_s}, {u"RAY_USAGE_STATS_ENABLED"_s, u"0"_s},
            // Workers stay in the run's process group, so that one signal reaches all of them.
            {u"RAY_process_group_cleanup_enabled"_s, u"0"_s}});
    if (options.rayAddress.isEmpty())
        environment.insert({{u"RAY_TMPDIR"_s, rayFolder}, {u"SOCIETY_RAY"_s, u"own"_s}});
    else
        environment.insert(u"RAY_ADDRESS"_s, options.rayAddress);
    return environment;
}

} // namespace society::agentsociety
