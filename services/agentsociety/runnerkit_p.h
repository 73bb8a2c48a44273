// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/runnerkit.h"

#include <QJsonObject>
#include <QMap>

namespace society::agentsociety {

/// A file of resources/runner, such as "requirements.txt"; it is compiled in, so it is always there.
[[nodiscard]] QByteArray runnerResource(const QString &name);

/// Variables with which nothing outside this machine is reached: AgentSociety asks a model hub at every import.
[[nodiscard]] QMap<QString, QString> closedNetwork();

/// What was given to adopt(), and the interpreter behind it.
struct RunnerPlace {
    QString path;
    QString interpreter;
};

/// Errors: `runner_not_found`, `runner_interpreter`.
[[nodiscard]] Result<RunnerPlace> findRunner(const QString &path);

/// What the interpreter tells of itself and its packages (resources/runner/probe.py). Errors: `runner_broken`,
/// `runner_python`, `runner_version`, `runner_community_missing`.
[[nodiscard]] Result<QJsonObject> askInterpreter(const RunnerPlace &place);

/// What tells that the runner may have changed since it was probed: times and sizes of its files.
[[nodiscard]] QString runnerStamp(const QString &interpreter, const QString &metadata);

/// The number of packages that a requirements file names.
[[nodiscard]] int countRequirements(const QByteArray &requirements);

/// What pip's words mean. Errors: `disk_full`, `network_unreachable`, `install_failed`.
[[nodiscard]] Error installError(const QByteArray &out, const QByteArray &err);

} // namespace society::agentsociety
