// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/endpointtest.h"

#include "services/core/workspace.h"
#include "services/executor/childinput.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace society::experiment {

namespace {

constexpr int DeadlineMs = 15000; // the gateway's own is 10 s
constexpr qint64 RememberSeconds = 300;

QByteArray questionKey(const QString &provider, const QString &baseUrl, const secrets::SecretBytes &key)
{
    return key.hashedWith(provider.toUtf8() + '\0' + baseUrl.toUtf8());
}

tl::unexpected<Error> gatewayFailed(const QString &detail)
{
    return fail(ErrorKind::Refused, "gateway_failed",
        QCoreApplication::translate("Experiment", "The provider could not be asked: the gateway gave no answer."),
        QCoreApplication::translate("Experiment", "Try again; install Society Workbench again if this stays."), detail);
}

} // namespace

Result<EndpointAnswer> EndpointTest::ask(
    const QString &provider, const QString &baseUrl, const secrets::SecretBytes &key)
{
    {
        const QMutexLocker lock(&m_mutex);
        const auto found = m_answers.constFind(questionKey(provider, baseUrl, key));
        if (found != m_answers.constEnd() && found->at.secsTo(m_clock.now()) < RememberSeconds)
            return found->answer;
    }
    return askAgain(provider, baseUrl, key);
}

Result<EndpointAnswer> EndpointTest::askAgain(
    const QString &provider, const QString &baseUrl, const secrets::SecretBytes &key)
{
    SOCIETY_ASSIGN(const QString program, findProgram(QStringLiteral("society-gateway")));
    QByteArray question = "{\"provider\":";
    secrets::appendJsonString(question, provider.toUtf8());
    question += ",\"base_url\":";
    secrets::appendJsonString(question, baseUrl.toUtf8());
    question += ",\"key\":";
    question.reserve(question.size() + 6 * key.size() + 3); // no reallocation leaves a copy of the key behind
    secrets::appendJsonString(question, key.view());
    question += '}';

    QProcess process;
    executor::ChildInput input(process);
    process.start(program, {QStringLiteral("--test-endpoint")});
    const bool started = process.waitForStarted(DeadlineMs);
    if (started)
        (void)input.write({question}, QDeadlineTimer(DeadlineMs));
    secrets::wipe(question);
    const bool ended = started && process.waitForFinished(DeadlineMs);
    if (!ended) {
        const QString detail = process.errorString();
        process.kill();
        process.waitForFinished(1000);
        return gatewayFailed(detail);
    }
    const QJsonObject json = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    if (!json.contains(QLatin1String("ok")))
        return gatewayFailed(QString::fromUtf8(process.readAllStandardError().left(2000)));
    EndpointAnswer answer;
    answer.ok = json.value(QLatin1String("ok")).toBool();
    answer.status = json.value(QLatin1String("status")).toInt();
    answer.code = json.value(QLatin1String("code")).toString();
    answer.detail = json.value(QLatin1String("detail")).toString();
    const QJsonArray models = json.value(QLatin1String("models")).toArray();
    for (const QJsonValue &model : models)
        answer.models.append(model.toString());
    const QMutexLocker lock(&m_mutex);
    if (answer.ok) // a fault that was mended must not be remembered
        m_answers.insert(questionKey(provider, baseUrl, key), {m_clock.now(), answer});
    else
        m_answers.remove(questionKey(provider, baseUrl, key));
    return answer;
}

} // namespace society::experiment
