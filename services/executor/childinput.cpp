// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/childinput.h"

#include <QProcess>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace society::executor {

namespace {

void closeEnd(int &fd)
{
    if (fd >= 0)
        ::close(std::exchange(fd, -1));
}

/// A child that ends without reading must not end this program; QProcess does the same at its first write.
void ignoreClosedPipes()
{
    [[maybe_unused]] static const auto before = ::signal(SIGPIPE, SIG_IGN);
}

} // namespace

ChildInput::ChildInput(QProcess &process)
{
    ignoreClosedPipes();
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) == 0) {
        m_read = ends[0];
        m_write = ends[1];
        ::fcntl(m_write, F_SETFL, O_NONBLOCK);
        // By name, not by a function between fork and exec: with such a one QProcess copies the whole address space.
        process.setStandardInputFile(QStringLiteral("/proc/self/fd/%1").arg(m_read));
    } else {
        process.setStandardInputFile(QProcess::nullDevice());
    }
}

ChildInput::~ChildInput()
{
    closeEnd(m_read);
    closeEnd(m_write);
}

bool ChildInput::write(std::initializer_list<QByteArrayView> parts, QDeadlineTimer deadline)
{
    closeEnd(m_read); // the child has its own by now
    const bool isWhole =
        std::all_of(parts.begin(), parts.end(), [&](QByteArrayView part) { return writePart(part, deadline); });
    closeEnd(m_write);
    return isWhole;
}

bool ChildInput::writePart(QByteArrayView bytes, QDeadlineTimer deadline) const
{
    while (m_write >= 0 && !bytes.isEmpty()) {
        const ssize_t count = ::write(m_write, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (count > 0) {
            bytes = bytes.sliced(count);
            continue;
        }
        pollfd writable{m_write, POLLOUT, 0};
        const auto left = static_cast<int>(std::min<qint64>(deadline.remainingTime(), 60'000));
        const bool mayGoOn = errno == EINTR || (errno == EAGAIN && ::poll(&writable, 1, left) != 0);
        if (!mayGoOn || deadline.hasExpired())
            break;
    }
    return m_write >= 0 && bytes.isEmpty();
}

} // namespace society::executor
