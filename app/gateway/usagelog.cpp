// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/usagelog.h"

#include "app/gateway/practice/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace society::gateway {

namespace {

using Json = nlohmann::ordered_json;
using namespace std::chrono_literals;

constexpr std::int64_t kLineRoom = 2048; // more than the longest line
constexpr std::size_t kUsualLine = 320;
constexpr std::int64_t kReserveStep = std::int64_t{256} * 1024;
constexpr auto kSyncPause = 150ms; // with the sync itself, below the 200 ms promised

/// Words from outside, short enough for a line.
std::string_view shortened(const std::string &text, std::size_t codePoints)
{
    return practice::firstCodePoints(text, codePoints);
}

void appendIso(std::string &text, const timespec &now)
{
    tm parts{};
    ::gmtime_r(&now.tv_sec, &parts);
    std::array<char, 80> written{};
    const int length =
        std::snprintf(written.data(), written.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ", parts.tm_year + 1900,
            parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, now.tv_nsec / 1'000'000);
    text.append(written.data(), static_cast<std::size_t>(length));
}

/// A text in JSON's quotes; what is no UTF-8 is replaced.
void appendQuoted(std::string &line, std::string_view text)
{
    const bool isPlain =
        std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; });
    if (isPlain)
        line.append("\"").append(text).append("\"");
    else
        line += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// As the library would write it; a line for each call is worth doing without a document.
std::string lineOf(std::int64_t seq, const CallRecord &record)
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    std::string line;
    line.reserve(kUsualLine);
    const auto number = [&line](std::string_view name, auto value) {
        std::array<char, 24> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        line.append(name).append(digits.data(), end);
    };
    const auto words = [&line](std::string_view name, std::string_view value) {
        line.append(name);
        appendQuoted(line, value);
    };
    number("{\"seq\":", seq);
    line.append(",\"t\":\"");
    appendIso(line, now);
    number("\",\"entry\":", record.entry);
    words(",\"model\":", shortened(record.model, 128));
    words(",\"kind\":", record.kind);
    number(",\"tokens_in\":", record.tokensIn);
    number(",\"tokens_out\":", record.tokensOut);
    line.append(record.estimated ? ",\"estimated\":true" : ",\"estimated\":false");
    number(",\"cached_in\":", record.cachedIn);
    number(",\"reasoning\":", record.reasoning);
    number(",\"latency_ms\":", record.latencyMs);
    number(",\"status\":", record.status);
    number(",\"retries\":", 0);
    words(",\"upstream_id\":", shortened(record.upstreamId, 128));
    words(",\"error\":", record.error);
    return line.append("}\n");
}

/// What an existing file holds.
struct Found {
    std::int64_t lastSeq = 0;
    bool anyLine = false;
    bool endsCut = false;
    std::string trouble; ///< why it cannot be continued
};

void readFoundLine(Found &found, const std::string &text, const std::string &experiment)
{
    const Json line = Json::parse(text, nullptr, false);
    if (!found.anyLine) {
        found.anyLine = true;
        if (!line.is_object() || !line.contains("schema") || !line.at("schema").is_number_integer())
            found.trouble = "usage.jsonl has no header";
        else if (line.at("schema") > 1)
            found.trouble = "usage.jsonl is of a newer program";
        else if (line.value("experiment", std::string()) != experiment)
            found.trouble = "usage.jsonl is another experiment's";
    } else if (line.is_object() && line.contains("seq") && line.at("seq").is_number_integer()) {
        found.lastSeq = std::max(found.lastSeq, line.at("seq").get<std::int64_t>());
    }
}

/// Reads the file in blocks; a line longer than any of ours is passed over.
Found inspect(int fd, const std::string &experiment)
{
    Found found;
    std::string line;
    std::array<char, 65536> block{};
    off_t at = 0;
    for (;;) {
        const ssize_t count = ::pread(fd, block.data(), block.size(), at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) { // not its end: what is not seen would be numbered again, or cut off
            found.trouble = std::string("usage.jsonl: read: ") + std::strerror(errno);
            return found;
        }
        if (count == 0)
            break;
        at += count;
        for (const char byte : std::string_view(block.data(), static_cast<std::size_t>(count))) {
            if (byte != '\n') {
                if (line.size() < 65536)
                    line.push_back(byte);
                continue;
            }
            readFoundLine(found, line, experiment);
            if (!found.trouble.empty())
                return found;
            line.clear();
        }
    }
    found.endsCut = !line.empty();
    return found;
}

void syncFolderOf(const std::string &path)
{
    const int folder = ::open(path.substr(0, path.rfind('/') + 1).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
}

} // namespace

tl::expected<std::unique_ptr<UsageLog>, std::string> UsageLog::open(
    const std::string &path, const std::string &experiment)
{
    const auto trouble = [](const char *what) {
        return tl::unexpected(std::string("usage.jsonl: ") + what + ": " + std::strerror(errno));
    };
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return trouble("open");
    std::unique_ptr<UsageLog> log(new UsageLog(fd, 0, 0));
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
        return trouble("another gateway writes it");
    const Found found = inspect(fd, experiment);
    if (!found.trouble.empty())
        return tl::unexpected(found.trouble);
    std::string first;
    if (!found.anyLine) {
        // Nothing whole is in it: a header that was cut holds no call and may go.
        if (::ftruncate(fd, 0) != 0)
            return trouble("truncate");
        first = Json{{"schema", 1}, {"experiment", experiment}}.dump() + "\n";
    } else if (found.endsCut) {
        first = "\n";
    }
    log->m_seq = found.lastSeq;
    struct stat info {};
    if (::fstat(fd, &info) != 0)
        return trouble("stat");
    log->m_size = log->m_reserved = info.st_size;
    if (!first.empty() && !log->writeLine(first))
        return trouble("write");
    if (::fdatasync(fd) != 0)
        return trouble("sync");
    syncFolderOf(path);
    if (!log->hasRoom(1))
        return trouble("no room");
    return log;
}

UsageLog::UsageLog(int fd, std::int64_t size, std::int64_t lastSeq)
    : m_fd(fd)
    , m_size(size)
    , m_reserved(size)
    , m_seq(lastSeq)
    , m_syncer([this] { syncInGroups(); })
{
}

UsageLog::~UsageLog()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_syncer.join();
    if (m_reserved > m_size && ::ftruncate(m_fd, m_size) != 0)
        std::fprintf(stderr, "gateway: usage.jsonl keeps unused room: %s\n", std::strerror(errno));
    ::fdatasync(m_fd);
    ::close(m_fd);
}

bool UsageLog::hasRoom(std::size_t calls)
{
    if (m_failure != 0)
        return false;
    const std::int64_t needed = m_size + static_cast<std::int64_t>(calls) * kLineRoom;
    if (!m_canReserve || needed <= m_reserved)
        return true;
    rlimit size{}; // reserving does not heed it, writing does
    if (::getrlimit(RLIMIT_FSIZE, &size) == 0 && static_cast<rlim_t>(needed) > size.rlim_cur)
        return failed(EFBIG);
    const std::int64_t until = (needed / kReserveStep + 1) * kReserveStep;
    if (::fallocate(m_fd, FALLOC_FL_KEEP_SIZE, m_size, until - m_size) == 0) {
        m_reserved = until;
        return true;
    }
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG || errno == EIO)
        return failed(errno);
    m_canReserve = false; // a file system without reservation (network, some fuse): append() finds out instead
    return true;
}

bool UsageLog::append(const CallRecord &record)
{
    if (!writeLine(lineOf(m_seq + 1, record)))
        return false;
    ++m_seq;
    ++m_written;
    return true;
}

bool UsageLog::writeLine(std::string_view line)
{
    std::size_t done = 0;
    while (done < line.size()) { // once, but where the disk fills up: what is missing then tells why
        const ssize_t count = ::write(m_fd, line.data() + done, line.size() - done);
        if (count > 0) {
            done += static_cast<std::size_t>(count);
        } else if (count == 0 || errno != EINTR) {
            const int error = count < 0 ? errno : ENOSPC;
            if (done > 0 && ::ftruncate(m_fd, m_size) != 0)
                std::fprintf(stderr, "gateway: usage.jsonl ends in a cut line: %s\n", std::strerror(errno));
            errno = error;
            return failed(error);
        }
    }
    m_size += static_cast<std::int64_t>(line.size());
    bool wasDirty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasDirty = std::exchange(m_dirty, true);
    }
    // While a group is gathering, its thread sleeps: waking it for each line would cost more than the line.
    if (!wasDirty)
        m_wake.notify_one();
    return true;
}

bool UsageLog::failed(int error)
{
    int none = 0;
    m_failure.compare_exchange_strong(none, error);
    return false;
}

void UsageLog::syncInGroups()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_dirty || m_ending; });
        if (!m_dirty)
            return;
        m_wake.wait_for(lock, kSyncPause, [this] { return m_ending; });
        m_dirty = false;
        lock.unlock();
        if (::fdatasync(m_fd) != 0)
            failed(errno);
        lock.lock();
    }
}

} // namespace society::gateway
