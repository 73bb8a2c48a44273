// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/wire.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace society::bench {

namespace {

sockaddr_in loopback(int port)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void sendAtOnce(int fd)
{
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

} // namespace

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

int listenOnLoopback(int &listener)
{
    listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address = loopback(0);
    auto *const generic = reinterpret_cast<sockaddr *>(&address);
    socklen_t size = sizeof address;
    if (::bind(listener, generic, size) != 0 || ::listen(listener, 1024) != 0 ||
        ::getsockname(listener, generic, &size) != 0)
        return 0;
    return ntohs(address.sin_port);
}

int acceptNext(int listener)
{
    const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    sendAtOnce(fd);
    return fd;
}

int connectToLoopback(int port)
{
    const sockaddr_in address = loopback(port);
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sendAtOnce(fd);
    if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0 &&
        ::fcntl(fd, F_SETFL, O_NONBLOCK) == 0)
        return fd;
    ::close(fd);
    return -1;
}

int serve(int port, int epoll, const std::function<void(int fd)> &ready)
{
    if (port == 0)
        return 1;
    std::printf("%d\n", port);
    std::fflush(stdout);
    watch(epoll, 0, 0);
    epoll_event events[256];
    for (;;) {
        const int count = ::epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < count; ++i) {
            const auto fd = static_cast<int>(events[i].data.u64);
            if (fd == 0)
                return 0;
            ready(fd);
        }
    }
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
