// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/agentsociety/realrun.h"

#include "services/agentsociety/samples.h"
#include "services/core/files.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>

#include <csignal>
#include <unistd.h>

namespace society::test {

using namespace agentsociety;
using namespace Qt::StringLiterals;

namespace {

QJsonDocument sampleDocument(const Workspace &workspace, const QString &kind, const QString &name)
{
    for (const SampleDocument &document : sampleDocuments(workspace)) {
        if (document.kind == kind && document.name == name)
            return QJsonDocument::fromJson(document.document);
    }
    return {};
}

} // namespace

QJsonObject sampleConfiguration(const Workspace &workspace, const QString &experiment)
{
    for (const SampleExperiment &sample : sampleExperiments()) {
        if (sample.name != experiment)
            continue;
        QJsonObject agents = sampleDocument(workspace, u"agents"_s, sample.agents).object();
        QJsonArray citizens = agents["citizens"_L1].toArray();
        QJsonObject group = citizens[0].toObject();
        if (const QString file = group["memory_from_file"_L1].toString(); !file.isEmpty()) {
            group["memory_from_file"_L1] = workspace.profiles() + u'/' + file;
            citizens[0] = group;
            agents["citizens"_L1] = citizens;
        }
        const QJsonObject workflow = sampleDocument(workspace, u"workflow"_s, sample.workflow).object();
        return {{u"agents"_s, agents},
            {u"exp"_s, QJsonObject{{u"name"_s, sample.name}, {u"workflow"_s, workflow["workflow"_L1]},
                           {u"environment"_s, workflow["environment"_L1]}}}};
    }
    return {};
}

DirectRun::DirectRun(const RunnerKit &kit, const QJsonObject &configuration, const QString &llm,
    const std::function<void(LaunchOptions &)> &change)
    : m_id(ExperimentId::random())
{
    LaunchOptions options;
    options.seed = 7;
    options.tenant = u"lab"_s;
    options.runDirectory = m_folder.path();
    if (change)
        change(options);
    const auto runner = kit.installed();
    if (const auto linked = kit.linkHome(home(), options.city, kit.practiceTown()); !runner || !linked)
        qFatal("cannot prepare a run: %s", qPrintable(runner ? linked.error().message : runner.error().message));
    m_launch = launchFor(*runner, kit, options);

    QJsonObject whole = configuration;
    whole[u"env"_s] = QJsonObject{{u"db"_s, QJsonObject()}, {u"home_dir"_s, u"home"_s}};
    if (!whole.contains(u"llm"_s))
        whole[u"llm"_s] = QJsonArray{QJsonObject{
            {u"provider"_s, u"vllm"_s}, {u"base_url"_s, llm}, {u"api_key"_s, u"none"_s}, {u"model"_s, u"practice"_s}}};
    if (!whole.contains(u"map"_s))
        whole[u"map"_s] = QJsonObject{{u"file_path"_s, u"home/map.pb"_s}};
    QJsonObject experiment = whole["exp"_L1].toObject();
    experiment[u"id"_s] = m_id.text();
    whole[u"exp"_s] = experiment;
    if (!writeFileAtomically(m_folder.filePath(u"runner.json"_s), QJsonDocument(whole).toJson()))
        qFatal("cannot write runner.json");

    QProcessEnvironment environment;
    for (auto it = m_launch.environment.begin(); it != m_launch.environment.end(); ++it)
        environment.insert(it.key(), it.value());
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(m_launch.workingDirectory);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(logFile());
    m_process.setChildProcessModifier([] {
        ::setsid();
        ::signal(SIGINT, SIG_DFL);
    });
    m_process.start(m_launch.argv.first(), m_launch.argv.mid(1));
}

DirectRun::~DirectRun()
{
    if (m_process.processId() > 0)
        ::kill(static_cast<pid_t>(-m_process.processId()), SIGKILL);
    m_process.waitForFinished(5000);
    for (const QString &folder : m_launch.removeAfter)
        QDir(folder).removeRecursively();
}

bool DirectRun::waitForEnd(std::chrono::seconds most)
{
    if (hasEnded() || m_process.waitForFinished(static_cast<int>(std::chrono::milliseconds(most).count())))
        return true;
    ::kill(static_cast<pid_t>(-m_process.processId()), SIGKILL);
    m_process.waitForFinished(5000);
    return false;
}

QByteArray DirectRun::log() const
{
    QFile file(logFile());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList DirectRun::rows() const
{
    QStringList all;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"rows"_s);
        database.setDatabaseName(home() + u"/sqlite.db"_s);
        database.setConnectOptions(u"QSQLITE_OPEN_READONLY"_s);
        if (!database.open())
            return {};
        for (const QString &table : database.tables()) {
            QString name = table;
            name.replace(QString(m_id.text()).replace(u'-', u'_'), u"ID"_s);
            QSqlQuery query(u"select * from \""_s + table + u'"', database);
            while (query.next()) {
                QStringList row{name};
                for (int i = 0; i < query.record().count(); ++i) {
                    const QString column = query.record().fieldName(i);
                    if (!column.endsWith("_at"_L1) &&
                        !(name == "as_experiment"_L1 && (column == "id"_L1 || column == "config"_L1)))
                        row << column + u'=' + query.value(i).toString();
                }
                all << row.join(u" | "_s);
            }
        }
    }
    QSqlDatabase::removeDatabase(u"rows"_s);
    all.sort();
    return all;
}

} // namespace society::test
