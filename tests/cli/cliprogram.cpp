// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cliprogram.h"

#include <QFile>

namespace society::test {

namespace {

constexpr int PatienceMs = 120'000;

} // namespace

QJsonDocument CliOutcome::document() const
{
    return QJsonDocument::fromJson(out); // fails where anything follows the document
}

QString CliOutcome::error() const
{
    return object().value(QStringLiteral("error")).toObject().value(QStringLiteral("code")).toString();
}

QByteArray CliOutcome::words() const
{
    return "exit code " + QByteArray::number(code) + "\n" + out + err;
}

CliProgram::CliProgram(const QString &workspace)
    : m_workspace(workspace.isEmpty() ? path(QStringLiteral("workspace")) : workspace)
    , m_environment(QProcessEnvironment::systemEnvironment())
{
    // A user of its own: no keychain, no workspace but ours, English.
    m_environment.insert(QStringLiteral("SOCIETY_KEYCHAIN"), QStringLiteral("off"));
    m_environment.insert(QStringLiteral("HOME"), m_folder.path());
    m_environment.insert(QStringLiteral("XDG_DATA_HOME"), path(QStringLiteral("data")));
    m_environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    m_environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    m_environment.remove(QStringLiteral("SOCIETY_WORKSPACE"));
    m_environment.remove(QStringLiteral("SOCIETY_PASSPHRASE_FILE"));
}

CliProgram::~CliProgram()
{
    if (!m_workspace.startsWith(m_folder.path()) || !QFile::exists(workspace() + QStringLiteral("/society.db")))
        return;
    for (const QJsonValue &tenant : json({QStringLiteral("tenant"), QStringLiteral("list")}).array()) {
        const QString id = tenant.toObject().value(QStringLiteral("id")).toString();
        for (const QJsonValue &experiment :
            json({QStringLiteral("--tenant"), id, QStringLiteral("experiments")}).array())
            if (experiment.toObject().value(QStringLiteral("ended_at")).isNull())
                (void)run({QStringLiteral("--tenant"), id, QStringLiteral("stop"),
                    experiment.toObject().value(QStringLiteral("id")).toString(), QStringLiteral("--grace"),
                    QStringLiteral("0")});
    }
}

QString CliProgram::write(const QString &name, const QByteArray &text) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        return {};
    return file.fileName();
}

std::unique_ptr<QProcess> CliProgram::start(const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->start(qEnvironmentVariable("SOCIETY_BIN") + QStringLiteral("/society-cli"),
        QStringList{QStringLiteral("--workspace"), workspace()} + arguments);
    return process;
}

CliOutcome CliProgram::run(const QStringList &arguments, const QByteArray &input) const
{
    const auto process = start(arguments);
    process->write(input);
    process->closeWriteChannel();
    if (!process->waitForFinished(PatienceMs) || process->exitStatus() != QProcess::NormalExit)
        return {-1, process->readAllStandardOutput(), process->readAllStandardError()};
    return {process->exitCode(), process->readAllStandardOutput(), process->readAllStandardError()};
}

CliOutcome CliProgram::json(const QStringList &arguments, const QByteArray &input) const
{
    return run(QStringList{QStringLiteral("--json")} + arguments, input);
}

CliOutcome CliProgram::setUp() const
{
    return json({QStringLiteral("setup"), QStringLiteral("--runner"),
        qEnvironmentVariable("SOCIETY_SOURCE") + QStringLiteral("/tests/helpers/stub-runner/bin/python3")});
}

CliOutcome CliProgram::practice(const QString &name, const QStringList &options) const
{
    return json(QStringList{QStringLiteral("run"), QStringLiteral("--llm"), QStringLiteral("Practice model"),
                    QStringLiteral("--agents"), QStringLiteral("Four people"), QStringLiteral("--map"),
                    QStringLiteral("Practice town"), QStringLiteral("--workflow"), QStringLiteral("A short morning"),
                    QStringLiteral("--name"), name} +
                options);
}

QString keysOf(const QJsonObject &object)
{
    return object.keys().join(u' ');
}

QString missingKeys(const QJsonObject &object, const QString &keys)
{
    QStringList missing;
    for (const QString &key : keys.split(u' ', Qt::SkipEmptyParts))
        if (!object.contains(key))
            missing.append(key);
    return missing.join(u' ');
}

} // namespace society::test
