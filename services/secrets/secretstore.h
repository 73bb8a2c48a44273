// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/core/workspace.h"
#include "services/secrets/secretbytes.h"
#include "services/secrets/secretname.h"

#include <QList>
#include <QString>
#include <chrono>
#include <memory>

namespace society::secrets {

/// Where keys are kept.
enum class Place {
    Keychain,      ///< the desktop's: Secret Service or KWallet
    EncryptedFile, ///< `secrets.enc` of the workspace, opened by a passphrase
    SessionOnly,   ///< this program's memory: gone when it ends
};

/// Where a key written now would go, and why.
struct Whereabouts {
    Place place = Place::SessionOnly;
    QString code;     ///< "keychain", "file", or for SessionOnly: "passphrase_needed" (the file is there, but closed),
                      ///< "passphrase_wrong", "passphrase_file" (it cannot be read), "nowhere"
    QString sentence; ///< for people: where keys are kept
    QString remedy;   ///< what to do where that is memory alone; else empty
    QString detail;   ///< for the developer: why there is no keychain
};

/// The keys of all configurations of a workspace: kept in the keychain; where there is none, in an encrypted file; with
/// neither, in memory. Never in clear on disk, never logged.
///
/// Any thread, one call at a time (a mutex inside). Calls block: the keychain may ask the person to unlock it and has
/// `Options::deadline` to answer, opening the file derives a key (0.2 s). So never from the GUI thread: use a Worker.
class SecretStore {
public:
    struct Options {
        bool keychain = true;                       ///< ask the desktop's keychain
        QString passphraseFile;                     ///< its first line opens the encrypted file; empty: none
        std::chrono::milliseconds deadline{30'000}; ///< for one answer of the keychain
        /// A keychain or passphrase file that was not there is looked for again when a call needs one, but no sooner,
        /// and later where looking takes long; 0: at every call.
        std::chrono::milliseconds lookAgainAfter{10'000};
    };
    /// `SOCIETY_PASSPHRASE_FILE`, and no keychain where `SOCIETY_KEYCHAIN` is "off".
    [[nodiscard]] static Options optionsFromEnvironment();

    explicit SecretStore(const Workspace &workspace, Options options = optionsFromEnvironment());
    ~SecretStore();
    SecretStore(const SecretStore &) = delete;
    SecretStore &operator=(const SecretStore &) = delete;

    /// Where a key written now would go. The first call tries the keychain out with a canary (write, read, delete);
    /// keys that could only be kept in memory so far go there as soon as there is such a place.
    [[nodiscard]] Whereabouts where();

    /// Opens the encrypted file (or says what will open it, where there is none yet), as `where` does. Errors besides
    /// those of `write`: `passphrase_empty`, `passphrase_wrong`, `secrets_damaged`, `secrets_newer`, `read_failed`.
    [[nodiscard]] Result<> setPassphrase(const SecretBytes &passphrase);

    /// A stored key. Errors: `secret_missing` (NotFound), `keychain_unavailable` or `passphrase_needed` where it is
    /// kept in a place that is closed now, `keychain_failed`, `passphrase_wrong`, `secrets_damaged`, `secrets_newer`.
    [[nodiscard]] Result<SecretBytes> read(const SecretName &name);
    /// Keeps a key, replacing one of this name in every place, and says where it is. Errors: `secret_empty`,
    /// `keychain_failed`, `write_failed`, `disk_full`, `secrets_busy`, `secrets_full`, `secrets_damaged`,
    /// `secrets_newer`.
    [[nodiscard]] Result<Place> write(const SecretName &name, const SecretBytes &secret);
    /// Forgets a key in every place; one that is not there is no error. Errors: as `read`.
    [[nodiscard]] Result<> remove(const SecretName &name);
    /// Names (never values) whose text begins with `prefix`, sorted. What a closed file or keychain holds is known from
    /// a list beside it. Errors: `secrets_damaged`, `secrets_newer`, `read_failed`.
    [[nodiscard]] Result<QList<SecretName>> list(const QString &prefix = {});
    /// Whether `read` would look for the key somewhere: cheap, without opening the keychain for it. Errors: as `list`.
    [[nodiscard]] Result<bool> contains(const SecretName &name);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace society::secrets
