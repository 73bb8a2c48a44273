// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <cstddef>

namespace society::secrets {

/// A key or a passphrase in memory: not swapped out where the system allows it, wiped when it goes, moved but never
/// copied by accident, never printed. A value; one thread at a time.
class SecretBytes {
public:
    SecretBytes() = default;
    /// Takes the bytes in. The caller's copy stays as it is: see `take`.
    explicit SecretBytes(QByteArrayView bytes);
    /// Takes the bytes in and wipes the caller's copy (a QByteArray that shares its data with another wipes only its
    /// own).
    [[nodiscard]] static SecretBytes take(QByteArray &bytes);
    ~SecretBytes();
    SecretBytes(SecretBytes &&other) noexcept;
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;

    /// A second copy, where one is really wanted.
    [[nodiscard]] SecretBytes clone() const;
    /// The bytes, valid as long as this object; whoever copies them out must wipe the copy (`wipe`).
    [[nodiscard]] QByteArrayView view() const;
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_size); }
    /// The same without white space at both ends: what a person pastes or a file's last line feed leaves there.
    [[nodiscard]] SecretBytes trimmed() const;
    /// A hash of some public words and the secret, to know both again by; nothing of the secret stays behind.
    [[nodiscard]] QByteArray hashedWith(QByteArrayView words) const;

private:
    unsigned char *m_data = nullptr;
    std::size_t m_size = 0;
};

/// Appends the JSON text of a UTF-8 string, quotes included, byte by byte: a secret never becomes a QString, which
/// nobody can wipe. Six bytes reserved for each of the string's, and two, keep `out` from moving and leaving a copy
/// behind.
void appendJsonString(QByteArray &out, QByteArrayView text);

/// Overwrites a QByteArray's own memory with zeros and empties it.
void wipe(QByteArray &bytes);

} // namespace society::secrets
