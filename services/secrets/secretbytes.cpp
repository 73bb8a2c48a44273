// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/secrets/secretbytes.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <new>
#include <sodium.h>
#include <utility>

namespace society::secrets {

namespace {

/// libsodium's own memory: between guard pages, locked into RAM where the limit allows, wiped when freed.
unsigned char *allocate(std::size_t size)
{
    if (sodium_init() < 0)
        throw std::bad_alloc();
    void *memory = sodium_malloc(size);
    if (memory == nullptr)
        throw std::bad_alloc();
    return static_cast<unsigned char *>(memory);
}

} // namespace

SecretBytes::SecretBytes(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    m_size = static_cast<std::size_t>(bytes.size());
    m_data = allocate(m_size);
    std::memcpy(m_data, bytes.data(), m_size);
}

SecretBytes SecretBytes::take(QByteArray &bytes)
{
    SecretBytes secret{QByteArrayView(bytes)};
    wipe(bytes);
    return secret;
}

SecretBytes::~SecretBytes()
{
    if (m_data != nullptr)
        sodium_free(m_data);
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
{
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

SecretBytes SecretBytes::clone() const
{
    return SecretBytes(view());
}

QByteArrayView SecretBytes::view() const
{
    return {m_data, static_cast<qsizetype>(m_size)};
}

SecretBytes SecretBytes::trimmed() const
{
    QByteArrayView bytes = view();
    const auto isSpace = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!bytes.isEmpty() && isSpace(bytes.front()))
        bytes = bytes.sliced(1);
    while (!bytes.isEmpty() && isSpace(bytes.back()))
        bytes.chop(1);
    return SecretBytes(bytes);
}

QByteArray SecretBytes::hashedWith(QByteArrayView words) const
{
    // libsodium's own: QCryptographicHash leaves the last block of what it hashed in freed memory.
    QByteArray hash(crypto_generichash_BYTES, '\0');
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, static_cast<std::size_t>(hash.size()));
    const auto add = [&state](const void *data, std::size_t size) {
        crypto_generichash_update(&state, static_cast<const unsigned char *>(data), size);
    };
    const auto size = static_cast<quint64>(words.size()); // or the end of the words could be the secret's beginning
    add(&size, sizeof size);
    add(words.data(), static_cast<std::size_t>(words.size()));
    add(m_data, m_size);
    crypto_generichash_final(
        &state, reinterpret_cast<unsigned char *>(hash.data()), static_cast<std::size_t>(hash.size()));
    sodium_memzero(&state, sizeof state);
    return hash;
}

void appendJsonString(QByteArray &out, QByteArrayView text)
{
    static constexpr char Hex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += Hex[byte >> 4];
            out += Hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void wipe(QByteArray &bytes)
{
    if (!bytes.isEmpty())
        sodium_memzero(bytes.data(), static_cast<std::size_t>(bytes.size()));
    bytes.clear();
}

} // namespace society::secrets
