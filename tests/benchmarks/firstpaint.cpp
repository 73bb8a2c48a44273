// SPDX-License-Identifier: GPL-3.0-or-later
// Starts a program and tells, as one JSON object, how many milliseconds later its window was painted and looked as it
// looked in the end; from outside, by what the X server says of the window, so the program needs nothing for it.
//
//   first-paint [--key CODE] [--settle MS] [--image FILE] -- PROGRAM [ARGUMENT…]
//
// --key presses Ctrl and the key of that code once the window is painted, and `settled` is then what came of it. The
// window has settled when a strip down its middle has not changed for --settle ms (1000). --image: the strip, as PPM.
#include "tests/benchmarks/figures.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <xcb/damage.h>
#include <xcb/xcb.h>

using namespace society::bench;

namespace {

constexpr double patience = 30'000;
constexpr std::uint16_t stripWidth = 60;

struct Free {
    void operator()(void *memory) const { std::free(memory); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

class Watcher {
public:
    Watcher()
        : m_connection(xcb_connect(nullptr, nullptr))
    {
        if (xcb_connection_has_error(m_connection) != 0)
            return;
        m_screen = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data;
        const auto *damage = xcb_get_extension_data(m_connection, &xcb_damage_id);
        if (damage == nullptr || damage->present == 0)
            return;
        m_damageEvent = damage->first_event + XCB_DAMAGE_NOTIFY;
        const Owned<xcb_damage_query_version_reply_t> version(
            xcb_damage_query_version_reply(m_connection, xcb_damage_query_version(m_connection, 1, 1), nullptr));
        const std::uint32_t mask = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY;
        xcb_change_window_attributes(m_connection, m_screen->root, XCB_CW_EVENT_MASK, &mask);
        sync();
        m_isReady = version != nullptr;
    }
    ~Watcher() { xcb_disconnect(m_connection); }
    Watcher(const Watcher &) = delete;
    Watcher &operator=(const Watcher &) = delete;

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] double painted() const { return m_painted; }
    [[nodiscard]] double settled() const { return m_settled; }

    /// Follows windows until one is painted and has settled. False: that does not happen.
    bool follow(double settleMs, int key)
    {
        const double deadline = nowMs() + patience;
        while (nowMs() < deadline && xcb_connection_has_error(m_connection) == 0) {
            bool isChanged = false;
            while (const Owned<xcb_generic_event_t> event{xcb_poll_for_event(m_connection)})
                isChanged = take(*event) || isChanged;
            if (isChanged && m_painted > 0 && !m_wasPressed && key != 0)
                press(key);
            else if (isChanged && m_painted > 0)
                lookAtStrip();
            if (m_painted > 0 && nowMs() - m_lastChange > settleMs)
                return true;
            pollfd ready = {xcb_get_file_descriptor(m_connection), POLLIN, 0};
            ::poll(&ready, 1, m_painted > 0 ? 20 : 100);
        }
        return false;
    }

    void writeImage(const std::string &name) const
    {
        FILE *const file = std::fopen(name.c_str(), "wb");
        if (file == nullptr)
            return;
        std::fprintf(file, "P6 %d %d 255\n", int(stripWidth), int(m_strip.size() / 4 / stripWidth));
        for (std::size_t i = 0; i + 3 < m_strip.size(); i += 4) {
            const char pixel[] = {m_strip[i + 2], m_strip[i + 1], m_strip[i]};
            std::fwrite(pixel, 1, sizeof pixel, file);
        }
        std::fclose(file);
    }

private:
    /// Notes what an event says; whether something was painted in the window.
    bool take(const xcb_generic_event_t &event)
    {
        const int type = event.response_type & 0x7f;
        if (type == XCB_CREATE_NOTIFY) {
            const auto &created = reinterpret_cast<const xcb_create_notify_event_t &>(event);
            if (created.parent == m_screen->root) {
                xcb_damage_create(m_connection, xcb_generate_id(m_connection), created.window,
                    XCB_DAMAGE_REPORT_LEVEL_RAW_RECTANGLES);
                xcb_flush(m_connection);
            }
        } else if (type == XCB_MAP_NOTIFY) {
            m_mapped[reinterpret_cast<const xcb_map_notify_event_t &>(event).window] = true;
        } else if (type == m_damageEvent) {
            return takeDamage(reinterpret_cast<const xcb_damage_notify_event_t &>(event));
        }
        return false;
    }

    bool takeDamage(const xcb_damage_notify_event_t &damage)
    {
        const auto areaOf = [](const xcb_rectangle_t &rectangle) {
            return int(rectangle.width) * int(rectangle.height);
        };
        const bool isLarge = areaOf(damage.geometry) > 300 * 200; // no helper window, no splash
        if (m_painted == 0 && m_mapped.count(damage.drawable) != 0 && isLarge &&
            2 * areaOf(damage.area) >= areaOf(damage.geometry)) {
            m_window = damage.drawable;
            m_geometry = damage.geometry;
            m_painted = m_settled = m_lastChange = nowMs();
        }
        return damage.drawable == m_window;
    }

    void press(int key)
    {
        m_wasPressed = true;
        xcb_set_input_focus(m_connection, XCB_INPUT_FOCUS_PARENT, m_window, XCB_CURRENT_TIME);
        xcb_key_press_event_t event = {};
        event.detail = static_cast<xcb_keycode_t>(key);
        event.root = m_screen->root;
        event.event = m_window;
        event.state = XCB_MOD_MASK_CONTROL;
        event.same_screen = 1;
        for (const int type : {XCB_KEY_PRESS, XCB_KEY_RELEASE}) {
            event.response_type = static_cast<std::uint8_t>(type);
            xcb_send_event(m_connection, 0, m_window, XCB_EVENT_MASK_NO_EVENT, reinterpret_cast<const char *>(&event));
        }
        xcb_flush(m_connection);
    }

    void lookAtStrip()
    {
        const auto left = static_cast<std::int16_t>(m_geometry.width * 4 / 10);
        const Owned<xcb_get_image_reply_t> image(xcb_get_image_reply(m_connection,
            xcb_get_image(
                m_connection, XCB_IMAGE_FORMAT_Z_PIXMAP, m_window, left, 0, stripWidth, m_geometry.height, ~0U),
            nullptr));
        if (!image)
            return;
        const std::string strip(reinterpret_cast<const char *>(xcb_get_image_data(image.get())),
            static_cast<std::size_t>(xcb_get_image_data_length(image.get())));
        if (strip == m_strip)
            return;
        m_strip = strip;
        m_settled = m_lastChange = nowMs();
    }

    void sync() const
    {
        const Owned<xcb_get_input_focus_reply_t> reply(
            xcb_get_input_focus_reply(m_connection, xcb_get_input_focus(m_connection), nullptr));
    }

    xcb_connection_t *m_connection;
    const xcb_screen_t *m_screen = nullptr;
    bool m_isReady = false;
    int m_damageEvent = 0;
    std::map<xcb_window_t, bool> m_mapped;
    xcb_window_t m_window = 0;
    xcb_rectangle_t m_geometry = {};
    double m_painted = 0;
    double m_settled = 0;
    double m_lastChange = 0;
    bool m_wasPressed = false;
    std::string m_strip;
};

void end(pid_t pid)
{
    ::kill(pid, SIGTERM);
    for (int i = 0; i < 100 && ::waitpid(pid, nullptr, WNOHANG) == 0; ++i) {
        ::poll(nullptr, 0, 20);
        if (i == 99)
            ::kill(pid, SIGKILL);
    }
    ::waitpid(pid, nullptr, 0);
}

} // namespace

int main(int argc, char **argv)
{
    int program = 1;
    while (program < argc && std::strcmp(argv[program], "--") != 0)
        ++program;
    Watcher watcher;
    if (++program >= argc || !watcher.isReady()) {
        std::fputs("first-paint: no program, or no display with the extension DAMAGE\n", stderr);
        return 2;
    }
    const double begin = nowMs();
    pid_t pid = 0;
    if (::posix_spawnp(&pid, argv[program], nullptr, nullptr, argv + program, environ) != 0) {
        std::perror(argv[program]);
        return 1;
    }
    const bool isShown = watcher.follow(option(program, argv, "settle", 1000), option(program, argv, "key", 0));
    end(pid);
    if (const std::string image = option(program, argv, "image", ""); !image.empty())
        watcher.writeImage(image);
    std::printf("{\"painted\": %.2f, \"settled\": %.2f}\n", watcher.painted() - begin, watcher.settled() - begin);
    return isShown ? 0 : 1;
}
