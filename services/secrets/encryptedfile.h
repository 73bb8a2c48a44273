// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/secrets/secretbytes.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <map>
#include <optional>

namespace society::secrets {

/// The workspace's `secrets.enc`: names and keys, encrypted as a whole (XChaCha20-Poly1305) under a key derived from a
/// passphrase by Argon2id. Its header holds the derivation's parameters, a salt and a checksum, so that a wrong
/// passphrase and a damaged file are told apart. Written atomically, mode 0600; several processes may use it at once.
/// One thread at a time.
class EncryptedFile {
public:
    /// What deriving the key costs. The default takes some 0.2 s.
    struct Cost {
        std::uint64_t operations = 3;
        std::uint64_t memoryBytes = std::uint64_t{128} << 20;
        bool operator==(const Cost &) const = default;
    };

    explicit EncryptedFile(QString path);
    EncryptedFile(QString path, Cost cost);

    /// Whether the file is there; then a passphrase has been chosen.
    [[nodiscard]] bool exists() const;
    [[nodiscard]] bool isOpen() const { return !m_passphrase.isEmpty(); }

    /// Takes the passphrase, and checks it where the file is there. Errors: `passphrase_empty`, `passphrase_wrong`,
    /// `secrets_damaged`, `secrets_newer`, `read_failed`, `memory_short`.
    [[nodiscard]] Result<> open(const SecretBytes &passphrase);
    void close();

    // These need an open file, else `passphrase_needed`. Errors besides: as `open`.

    /// Sorted.
    [[nodiscard]] Result<QStringList> names();
    /// Nothing where there is no such name.
    [[nodiscard]] Result<std::optional<SecretBytes>> read(const QString &name);
    /// Errors also: `write_failed`, `disk_full`, `secrets_busy`, `secrets_full`.
    [[nodiscard]] Result<> write(const QString &name, const SecretBytes &secret);
    /// A name that is not there is no error. Errors also: as `write`.
    [[nodiscard]] Result<> remove(const QString &name);

private:
    using Entries = std::map<QString, SecretBytes>;
    /// What the passphrase became, for one salt.
    struct Derived {
        QByteArray salt;
        Cost cost;
        SecretBytes key;
        QByteArray check; ///< tells a wrong passphrase; says nothing about the key
    };
    struct Header;

    [[nodiscard]] Result<> derive(const QByteArray &salt, Cost cost);
    [[nodiscard]] Result<Entries> load();
    [[nodiscard]] Result<> save(const Entries &entries);

    QString m_path;
    Cost m_cost;
    SecretBytes m_passphrase;
    std::optional<Derived> m_derived;
};

} // namespace society::secrets
