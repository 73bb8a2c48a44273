// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/secrets/secretbytes.h"

#include <QString>
#include <chrono>
#include <memory>
#include <optional>

namespace society::secrets {

/// The desktop's keychain, service "society-workbench", by blocking calls with a deadline. It has a thread of its own,
/// because QtKeychain needs an event loop and the caller's must not run meanwhile. Any thread, one call at a time.
class Keychain {
public:
    explicit Keychain(std::chrono::milliseconds deadline);
    ~Keychain();
    Keychain(const Keychain &) = delete;
    Keychain &operator=(const Keychain &) = delete;

    /// Writes, reads back and deletes a canary: the only way to know, since a locked keychain answers a read as an
    /// empty one does. Error: `keychain_unavailable`, the reason in `detail`.
    [[nodiscard]] Result<> probe();

    /// The key's bytes, or nothing where there is no such entry. Error: `keychain_failed`.
    [[nodiscard]] Result<std::optional<SecretBytes>> read(const QString &name);
    /// Error: `keychain_failed`.
    [[nodiscard]] Result<> write(const QString &name, const SecretBytes &secret);
    /// An entry that is not there is no error. Error: `keychain_failed`.
    [[nodiscard]] Result<> remove(const QString &name);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace society::secrets
