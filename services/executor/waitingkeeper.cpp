// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/waitingkeeper.h"

#include "services/executor/childinput.h"

#include <QFile>
#include <QProcess>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace society::executor {

namespace {

int left(const QDeadlineTimer &deadline)
{
    return static_cast<int>(std::min<qint64>(deadline.remainingTime(), 60'000));
}

} // namespace

WaitingKeeper::WaitingKeeper() = default;

WaitingKeeper::~WaitingKeeper()
{
    if (m_answer >= 0)
        ::close(m_answer);
}

std::unique_ptr<WaitingKeeper> WaitingKeeper::start(const QString &program, QDeadlineTimer deadline)
{
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return nullptr;
    std::unique_ptr<WaitingKeeper> keeper(new WaitingKeeper);
    keeper->m_answer = ends[0];
    QProcess front;
    keeper->m_input = std::make_unique<ChildInput>(front);
    // Its answer must outlive the QProcess, which belongs to this thread.
    front.setStandardOutputFile(QStringLiteral("/proc/self/fd/%1").arg(ends[1]));
    front.setStandardErrorFile(QProcess::nullDevice());
    front.start(program, {QStringLiteral("--wait")});
    const bool waits = front.waitForFinished(left(deadline)) && front.exitStatus() == QProcess::NormalExit &&
                       front.exitCode() == EXIT_SUCCESS;
    ::close(ends[1]);
    if (front.state() != QProcess::NotRunning) {
        front.kill();
        front.waitForFinished(1000);
    }
    return waits ? std::move(keeper) : nullptr;
}

WaitingKeeper::Reply WaitingKeeper::own(
    const QString &runDirectory, QByteArrayView secretsJson, QDeadlineTimer deadline, QString &answer)
{
    const QByteArray directory = QFile::encodeName(runDirectory);
    const QByteArray length = QByteArray::number(directory.size()) + '\n';
    const bool isHandedOver = m_input->write({length, directory, secretsJson}, deadline);
    QByteArray said;
    for (;;) {
        pollfd ready{m_answer, POLLIN, 0};
        const int found = ::poll(&ready, 1, left(deadline));
        if (found < 0 && errno == EINTR)
            continue;
        if (found <= 0 && deadline.hasExpired())
            return Reply::Late;
        char block[512];
        const ssize_t count = found <= 0 ? 0 : ::read(m_answer, block, sizeof block);
        if (found == 0 || (count < 0 && errno == EINTR))
            continue;
        if (count <= 0)
            break;
        said.append(block, count);
    }
    answer = QString::fromUtf8(said).trimmed();
    if (answer.isEmpty() && !isHandedOver)
        return Reply::Gone;
    if (answer.isEmpty())
        answer = QStringLiteral("error io the keeper died while it started"); // as its front says of any other
    return Reply::Said;
}

} // namespace society::executor
