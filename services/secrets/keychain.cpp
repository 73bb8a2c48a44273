// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/secrets/keychain.h"
#include "services/secrets/words_p.h"

#include <QObject>
#include <QRandomGenerator>
#include <QThread>
#include <functional>
#include <future>
#include <qt6keychain/keychain.h>
#include <utility>

namespace society::secrets {

namespace {

QString service()
{
    return QStringLiteral("society-workbench");
}

/// How a job ended; `data` for a read.
struct Answer {
    QKeychain::Error error = QKeychain::OtherError;
    QString text;
    std::shared_ptr<SecretBytes> data;
};

using Promise = std::shared_ptr<std::promise<Answer>>;

tl::unexpected<Error> failed(const Answer &answer)
{
    return fail(ErrorKind::Refused, "keychain_failed", Words::tr("The keychain did not do as asked."),
        Words::tr("Unlock the desktop's keychain, then try again."),
        QStringLiteral("%1: %2").arg(static_cast<int>(answer.error)).arg(answer.text));
}

void start(QKeychain::Job *job, const Promise &promise)
{
    // Jobs delete themselves; one that nobody waits for any more may still answer, into a promise that it shares.
    QObject::connect(job, &QKeychain::Job::finished, job, [promise](QKeychain::Job *ended) {
        Answer answer{ended->error(), ended->errorString(), {}};
        if (const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(ended);
            read && answer.error == QKeychain::NoError) {
            QByteArray bytes = read->binaryData();
            answer.data = std::make_shared<SecretBytes>(SecretBytes::take(bytes));
        }
        promise->set_value(std::move(answer));
    });
    job->start();
}

} // namespace

class Keychain::Private {
public:
    explicit Private(std::chrono::milliseconds deadlineToUse)
        : deadline(deadlineToUse)
        , thread(new QThread)
        , inside(new QObject)
    {
        thread->setObjectName(QStringLiteral("keychain"));
        inside->moveToThread(thread);
        QObject::connect(thread, &QThread::finished, inside, &QObject::deleteLater);
        thread->start();
    }
    ~Private()
    {
        thread->quit();
        constexpr unsigned long Patience = 2000; // ms
        // A keychain that hangs inside a call cannot be interrupted; its thread is then left to the process's end.
        if (thread->wait(Patience))
            delete thread;
    }
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    /// Makes a job in the keychain's thread and waits for its end.
    Answer ask(const std::function<QKeychain::Job *()> &make)
    {
        const auto promise = std::make_shared<std::promise<Answer>>();
        std::future<Answer> future = promise->get_future();
        QMetaObject::invokeMethod(
            inside, [make, promise] { start(make(), promise); }, Qt::QueuedConnection);
        if (future.wait_for(deadline) != std::future_status::ready)
            return {QKeychain::OtherError, QStringLiteral("no answer within %1 ms").arg(deadline.count()), {}};
        return future.get();
    }

    std::chrono::milliseconds deadline;
    QThread *thread;
    QObject *inside;
};

Keychain::Keychain(std::chrono::milliseconds deadline)
    : d(std::make_unique<Private>(deadline))
{
}

Keychain::~Keychain() = default;

Result<> Keychain::probe()
{
    const auto unavailable = [](const QString &detail) {
        return fail(ErrorKind::Refused, "keychain_unavailable", Words::tr("There is no keychain that can be used."),
            Words::tr("Log in to a desktop with a keychain and unlock it, or use a passphrase."), detail);
    };
    const QString number = QString::number(QRandomGenerator::system()->generate64(), 36);
    const QString name = QStringLiteral("canary/") + number;
    const SecretBytes canary(number.toLatin1());
    if (const auto written = write(name, canary); !written)
        return unavailable(written.error().detail);
    const auto back = read(name);
    const auto removed = remove(name);
    if (!back)
        return unavailable(back.error().detail);
    if (!*back || (*back)->view() != canary.view())
        return unavailable(QStringLiteral("it lost what was written"));
    if (!removed)
        return unavailable(removed.error().detail);
    return {};
}

Result<std::optional<SecretBytes>> Keychain::read(const QString &name)
{
    Answer answer = d->ask([name] {
        auto *job = new QKeychain::ReadPasswordJob(service());
        job->setKey(name);
        return job;
    });
    if (answer.error == QKeychain::EntryNotFound)
        return std::optional<SecretBytes>();
    if (answer.error != QKeychain::NoError)
        return failed(answer);
    return std::optional<SecretBytes>(std::move(*answer.data));
}

Result<> Keychain::write(const QString &name, const SecretBytes &secret)
{
    const auto shared = std::make_shared<SecretBytes>(secret.clone());
    const Answer answer = d->ask([name, shared] {
        auto *job = new QKeychain::WritePasswordJob(service());
        job->setKey(name);
        job->setBinaryData(shared->view().toByteArray());
        return job;
    });
    if (answer.error != QKeychain::NoError)
        return failed(answer);
    return {};
}

Result<> Keychain::remove(const QString &name)
{
    const Answer answer = d->ask([name] {
        auto *job = new QKeychain::DeletePasswordJob(service());
        job->setKey(name);
        return job;
    });
    if (answer.error != QKeychain::NoError && answer.error != QKeychain::EntryNotFound)
        return failed(answer);
    return {};
}

} // namespace society::secrets
