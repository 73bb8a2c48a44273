// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testworkspace.h"

#include "services/agentsociety/runnerkit.h"
#include "services/agentsociety/samples.h"
#include "services/core/files.h"
#include "services/experiment/practice.h"
#include "tests/support/postgresserver.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

namespace society::test {

QString runnerWorkspace()
{
    const QString set = qEnvironmentVariable("SOCIETY_TEST_RUNNER_WORKSPACE");
    return set.isEmpty() ? qEnvironmentVariable("SOCIETY_SOURCE") + QStringLiteral("/build/test-workspace") : set;
}

QString stubRunner()
{
    return qEnvironmentVariable("SOCIETY_SOURCE") + QStringLiteral("/tests/helpers/stub-runner/bin/python3");
}

bool makeUnbillable(const QString &runDirectory)
{
    const QString path = runDirectory + QStringLiteral("/usage.jsonl");
    QFile before(path);
    if (!before.open(QIODevice::ReadOnly))
        return false;
    QByteArray lines = before.readAll();
    lines.truncate(lines.lastIndexOf('\n') + 1); // behind it lies what the gateway has set aside
    lines += R"({"entry": 99, "model": "x", "status": 200, "tokens_in": 1})" "\n";
    // Another file: at its end the gateway cuts its own off behind its last line.
    return writeFileAtomically(path, lines).has_value();
}

QStringList processesOf(const QString &folder)
{
    QStringList found;
    const QStringList pids = QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
    for (const QString &pid : pids) {
        const QString proc = QStringLiteral("/proc/") + pid;
        QFile file(proc + QStringLiteral("/cmdline"));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QString command = QString::fromLocal8Bit(file.readAll().replace('\0', ' ')).trimmed();
        const QString cwd = QFileInfo(proc + QStringLiteral("/cwd")).symLinkTarget();
        if (!command.isEmpty() && (command.contains(folder) || cwd.startsWith(folder)))
            found.append(pid + u' ' + command);
    }
    return found;
}

QStringList processesLeftOf(const QString &folder)
{
    QStringList left;
    std::ignore = QTest::qWaitFor(
        [&] {
            left = processesOf(folder);
            return left.isEmpty();
        },
        20000);
    return left;
}

TestWorkspace::TestWorkspace()
    : m_workspace(m_folder.path())
{
    if (auto made = m_workspace.create(); !made) {
        note(made.error());
        return;
    }
    auto database = store::Database::open(newPlace(m_workspace.root()));
    if (!database) {
        note(database.error());
        return;
    }
    m_database = std::move(*database);
    m_ledger = std::make_unique<ledger::Ledger>(*m_database, m_clock);
    m_configs = std::make_unique<config::ConfigStore>(*m_database, m_workspace, m_clock);
    secrets::SecretStore::Options options;
    options.keychain = false;
    m_secrets = std::make_unique<secrets::SecretStore>(m_workspace, options);
    m_experiments = std::make_unique<experiment::ExperimentService>(
        experiment::Services{m_workspace, *m_database, *m_ledger, *m_configs, *m_secrets, m_executor, m_clock});
    if (auto tenant = m_ledger->addTenant(Tenant); !tenant)
        note(tenant.error());
}

TestWorkspace::~TestWorkspace()
{
    if (!m_experiments)
        return;
    experiment::Query all;
    all.tenant = Tenant;
    if (const auto open = m_experiments->list(all))
        for (const experiment::Experiment &experiment : *open)
            if (!isEnded(experiment.state))
                (void)m_experiments->stop(experiment.id, 0);
}

void TestWorkspace::note(const Error &error)
{
    m_error = error.code + QStringLiteral(": ") + error.message + u' ' + error.remedy + u' ' + error.detail;
}

bool TestWorkspace::useRealRunner()
{
    agentsociety::RunnerKit shared{Workspace(runnerWorkspace())};
    const auto installed = shared.installed();
    if (!installed) {
        m_error = QStringLiteral("no AgentSociety in %1 (%2): run installer/test, which installs it")
                      .arg(runnerWorkspace(), installed.error().message);
        return false;
    }
    return useRunner(installed->path);
}

bool TestWorkspace::useRunner(const QString &path)
{
    agentsociety::RunnerKit kit(m_workspace);
    if (auto adopted = kit.adopt(path); !adopted) {
        note(adopted.error());
        return false;
    }
    if (auto practice = experiment::installPractice(m_workspace, *m_configs); !practice) {
        note(practice.error());
        return false;
    }
    return true;
}

experiment::Request TestWorkspace::practiceRequest() const
{
    const agentsociety::SampleExperiment sample = agentsociety::sampleExperiments().constFirst();
    experiment::Request request;
    request.tenant = Tenant;
    request.llm = sample.llm;
    request.agents = sample.agents;
    request.map = sample.map;
    request.workflow = sample.workflow;
    request.name = sample.name;
    request.seed = 1;
    return request;
}

QString TestWorkspace::import(config::Kind kind, const QString &name, const QByteArray &text, bool isPublic)
{
    config::ImportOptions options;
    options.tenant = isPublic ? TenantId() : Tenant;
    options.kind = kind;
    options.name = name;
    options.storeSecret = [this, &options](const ConfigId &id, int number, const QByteArray &key) -> Result<> {
        SOCIETY_TRY(m_secrets->write({options.tenant, id, number}, secrets::SecretBytes(key)));
        return {};
    };
    const auto made = m_configs->create(kind, text, options);
    if (!made) {
        note(made.error());
        return {};
    }
    return made->row.id.text();
}

} // namespace society::test
