// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/keys.h"

#include "app/cli/words.h"
#include "services/config/configstore.h"
#include "services/secrets/secretstore.h"

#include <algorithm>
#include <array>
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

std::function<Result<>(const ConfigId &, int, const QByteArray &)> keyKeeper(Session &session, const TenantId &tenant)
{
    return [&session, tenant](const ConfigId &config, int number, const QByteArray &key) -> Result<> {
        SOCIETY_ASSIGN(
            const secrets::Place place, session.secrets().write({tenant, config, number}, secrets::SecretBytes(key)));
        if (place == secrets::Place::SessionOnly) {
            const secrets::Whereabouts where = session.secrets().where();
            session.out.remark(Cli::tr("The key is not kept: %1 %2").arg(where.sentence, where.remedy));
        }
        return {};
    };
}

Result<> askForMissingKeys(Session &session, const QString &llm)
{
    SOCIETY_ASSIGN(const config::ConfigRow row, session.configs().find(session.tenant(), llm, config::Kind::Llm));
    SOCIETY_ASSIGN(const config::StoredConfig stored, session.configs().show(session.tenant(), {row.id, 0}));
    const auto entries = config::llmEntries(stored.document);
    if (!entries)
        return {}; // preflight says what is wrong with the document
    for (const config::LlmEntry &entry : *entries) {
        const secrets::SecretName name{row.tenant, row.id, entry.secret};
        if (entry.secret < 0)
            continue;
        SOCIETY_ASSIGN(const bool isStored, session.secrets().contains(name));
        if (isStored || session.secrets().where().place != secrets::Place::SessionOnly)
            continue;                  // stored, or to be stored by `secret set`: preflight says so
        constexpr int Patience = 3000; // ms; nobody may be at the other end of standard input
        auto key = readKey(Cli::tr("Key for “%1” (kept for this run only):").arg(entry.model), Patience);
        if (!key && key.error().code == u"secret_empty")
            continue;
        if (!key)
            return fail(std::move(key).error());
        SOCIETY_TRY(session.secrets().write(name, *key));
    }
    return {};
}

} // namespace society::cli
