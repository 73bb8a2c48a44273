// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace society::bench {

/// Length of the first whole HTTP message (head and body, by Content-Length) in `text`; 0 while it is not all there.
[[nodiscard]] std::size_t wholeMessage(std::string_view text);

/// A descriptor that becomes readable at a time; nowMs() tells the time. -1 where there is none to be had.
[[nodiscard]] int makeTimer();
/// Sets it to a time, which may have passed; 0 switches it off.
void setTimer(int timer, double atMs);

/// Watches a descriptor for being readable, with `data` in the events.
void watch(int epoll, int fd, std::uint64_t data);

/// Makes a socket that listens on loopback, at a port of the system's choice. The port; 0: none is to be had.
[[nodiscard]] int listenOnLoopback(int &listener);
/// The next connection that waits there, not blocking, without Nagle's delay; -1: there is none.
[[nodiscard]] int acceptNext(int listener);
/// Connects to a port of loopback; the same kind of descriptor. -1: nobody listens.
[[nodiscard]] int connectToLoopback(int port);

/// A server's life: prints its port, then calls `ready` with each descriptor of `epoll` that can be read, until
/// standard input, which it watches too, ends. The exit code; 1 where there is no port.
[[nodiscard]] int serve(int port, int epoll, const std::function<void(int fd)> &ready);

/// Writes it all; a connection's buffer holds what is written here at once.
[[nodiscard]] bool sendAll(int fd, std::string_view text);

} // namespace society::bench
