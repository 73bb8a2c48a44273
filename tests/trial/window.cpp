// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trial/window.h"

#include "services/config/configstore.h"
#include "services/core/clock.h"
#include "services/executor/localexecutor.h"
#include "services/experiment/experimentservice.h"
#include "services/ledger/ledger.h"
#include "services/secrets/secretstore.h"
#include "services/store/database.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <poll.h>
#include <unistd.h>

namespace society::trial {

namespace {

constexpr int ApartMs = 250;

void say(const QJsonObject &json)
{
    const QByteArray line = QJsonDocument(json).toJson(QJsonDocument::Compact);
    std::fprintf(stdout, "%s\n", line.constData());
    std::fflush(stdout);
}

void say(const char *kind, const Error &error)
{
    say(QJsonObject{{QLatin1String(kind), error.code},
        {QStringLiteral("words"), error.message + u' ' + error.remedy + u' ' + error.detail}});
}

experiment::Request requestOf(const QByteArray &line)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    const auto text = [&json](const char *key) { return json.value(QLatin1String(key)).toString(); };
    experiment::Request request;
    request.tenant = QStringLiteral("default");
    request.llm = text("llm");
    request.agents = text("agents");
    request.map = text("map");
    request.workflow = text("workflow");
    request.name = text("name");
    request.seed = static_cast<quint32>(json.value(QLatin1String("seed")).toInteger());
    if (const auto cap = Money::parse(text("cap")); cap && !text("cap").isEmpty())
        request.cap = *cap;
    return request;
}

/// One line of standard input within `timeoutMs`: empty where none came; nothing at its end.
std::optional<QByteArray> readLine(int timeoutMs)
{
    pollfd input = {STDIN_FILENO, POLLIN, 0};
    if (::poll(&input, 1, timeoutMs) <= 0)
        return QByteArray();
    QByteArray line;
    for (char byte = 0; byte != '\n'; line += byte)
        if (::read(STDIN_FILENO, &byte, 1) != 1)
            return std::nullopt;
    return line;
}

} // namespace

int runWindow(const QString &folder)
{
    const Workspace workspace(folder);
    const SystemClock clock;
    auto database = store::Database::open(workspace.database());
    if (!database) {
        say("trouble", database.error());
        return 1;
    }
    ledger::Ledger ledger(**database, clock);
    config::ConfigStore configs(**database, workspace, clock);
    secrets::SecretStore secrets(workspace);
    executor::LocalExecutor executor;
    experiment::ExperimentService experiments({workspace, **database, ledger, configs, secrets, executor, clock});
    if (const auto found = experiments.reconcile(); !found) // as the window does when it opens
        say("trouble", found.error());
    while (const auto line = readLine(ApartMs)) {
        if (line->isEmpty()) {
            executor.prepare(); // the next start finds a keeper that waits, as in the window
        } else {
            const auto started = experiments.start(requestOf(*line));
            if (started)
                say(QJsonObject{{QStringLiteral("id"), started->id.text()}});
            else
                say("error", started.error());
        }
        (void)experiments.refreshUnfinished({});
    }
    return 0;
}

} // namespace society::trial
