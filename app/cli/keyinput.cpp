// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/keyinput.h"

#include "app/cli/words.h"

#include <QByteArray>
#include <algorithm>
#include <array>
#include <cstdio>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace society::cli {

namespace {

constexpr qsizetype MaxKeyBytes = 64 << 10;

/// Keeps what is typed off the screen as long as it lives.
class Silence {
public:
    Silence()
    {
        m_works = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        m_works = m_works && ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    }
    ~Silence()
    {
        if (m_works)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    Silence(const Silence &) = delete;
    Silence &operator=(const Silence &) = delete;

private:
    termios m_before{};
    bool m_works = false;
};

/// Standard input up to its end, or up to the end of the line where a person types.
QByteArray readAll(bool oneLine, int patienceMs)
{
    QByteArray bytes;
    bytes.reserve(MaxKeyBytes + 1); // never moved, so that no copy stays behind
    pollfd input{STDIN_FILENO, POLLIN, 0};
    while (bytes.size() <= MaxKeyBytes && ::poll(&input, 1, patienceMs) > 0) {
        std::array<char, 1024> block{};
        const ssize_t n = ::read(
            STDIN_FILENO, block.data(), std::min(block.size(), static_cast<size_t>(MaxKeyBytes + 1 - bytes.size())));
        if (n <= 0)
            break;
        bytes.append(block.data(), n);
        block.fill('\0');
        if (oneLine && bytes.endsWith('\n'))
            break;
    }
    return bytes;
}

} // namespace

Result<secrets::SecretBytes> readKey(const QString &prompt, int patienceMs)
{
    const bool isTerminal = ::isatty(STDIN_FILENO) == 1;
    QByteArray bytes;
    if (isTerminal) {
        const Silence silence;
        const QByteArray question = prompt.toUtf8() + ' ';
        std::fwrite(question.constData(), 1, static_cast<size_t>(question.size()), stderr);
        std::fflush(stderr);
        bytes = readAll(true, -1);
        std::fputc('\n', stderr);
    } else {
        bytes = readAll(false, patienceMs);
    }
    const secrets::SecretBytes key = secrets::SecretBytes::take(bytes).trimmed();
    if (key.isEmpty())
        return fail(ErrorKind::Refused, "secret_empty", Cli::tr("No key was given."),
            Cli::tr("Type it when asked, or give it by standard input: society-cli … < FILE"));
    const QByteArrayView view = key.view();
    const bool isOdd =
        std::any_of(view.begin(), view.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; });
    if (isOdd || key.size() > MaxKeyBytes)
        return fail(ErrorKind::Refused, "secret_invalid",
            Cli::tr("What was given is no key: it has several lines or control characters."),
            Cli::tr("Give the key alone."));
    return key.clone();
}

} // namespace society::cli
