// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/wire.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <ctime>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

namespace society::bench {

std::size_t wholeMessage(std::string_view text)
{
    constexpr std::string_view name = "content-length:";
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return 0;
    const std::string_view head = text.substr(0, end);
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    const auto found = std::search(head.begin(), head.end(), name.begin(), name.end(), same);
    std::size_t length = 0;
    if (found != head.end()) {
        std::string_view value = head.substr(static_cast<std::size_t>(found - head.begin()) + name.size());
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        std::from_chars(value.data(), value.data() + value.size(), length);
    }
    const std::size_t whole = end + 4 + length;
    return text.size() >= whole ? whole : 0;
}

int makeTimer()
{
    return ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
}

void setTimer(int timer, double atMs)
{
    itimerspec time = {};
    const double seconds = std::floor(atMs / 1e3);
    time.it_value.tv_sec = static_cast<time_t>(seconds);
    time.it_value.tv_nsec = static_cast<long>((atMs - seconds * 1e3) * 1e6);
    ::timerfd_settime(timer, TFD_TIMER_ABSTIME, &time, nullptr);
}

void watch(int epoll, int fd, std::uint64_t data)
{
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = data;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

bool sendAll(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t n = ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) {
            pollfd ready = {fd, POLLOUT, 0};
            ::poll(&ready, 1, -1);
        } else if (n < 0 && errno != EINTR) {
            return false;
        } else if (n > 0) {
            text.remove_prefix(static_cast<std::size_t>(n));
        }
    }
    return true;
}

} // namespace society::bench
