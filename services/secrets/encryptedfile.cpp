// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/secrets/encryptedfile.h"

#include "services/core/files.h"
#include "services/secrets/filelock.h"
#include "services/secrets/words_p.h"

#include <QFile>
#include <QtEndian>
#include <array>
#include <cstring>
#include <sodium.h>
#include <utility>

namespace society::secrets {

namespace {

constexpr QByteArrayView Magic = "SOCIETYK";
constexpr quint32 Version = 1;
constexpr char Context[] = "secrets"; // crypto_kdf's eight bytes, with the final zero
constexpr qsizetype CheckBytes = 16;
constexpr qsizetype SaltBytes = crypto_pwhash_argon2id_SALTBYTES;
constexpr qsizetype NonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype TagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
// magic, version, operations, memory, salt, check, payload's size, nonce, checksum of all before
constexpr qsizetype HeaderBytes = 8 + 4 + 8 + 8 + SaltBytes + CheckBytes + 8 + NonceBytes + CheckBytes;
constexpr qsizetype MaxFileBytes = 16 << 20;
// A file from elsewhere must not make this program take all memory or work for hours.
constexpr quint64 MaxOperations = 64;
constexpr quint64 MaxMemory = quint64{1} << 30;

tl::unexpected<Error> damaged(const QString &path, const char *detail)
{
    return fail(ErrorKind::Refused, "secrets_damaged", Words::tr("The file of keys “%1” is damaged.").arg(path),
        Words::tr("Restore it from a copy, or move it away and enter the keys again."), QString::fromLatin1(detail),
        path);
}

const unsigned char *bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

unsigned char *bytesOf(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}

unsigned long long sizeOf(QByteArrayView view)
{
    return static_cast<unsigned long long>(view.size());
}

template <class T>
void append(QByteArray &to, T number)
{
    std::array<char, sizeof(T)> bytes{};
    qToLittleEndian(number, bytes.data());
    to.append(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

/// Reads one thing after another; says false for ever once there was too little left.
class Reader {
public:
    explicit Reader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    QByteArrayView take(quint64 size)
    {
        if (!m_good || size > static_cast<quint64>(m_bytes.size())) {
            m_good = false;
            return {};
        }
        const QByteArrayView taken = m_bytes.first(static_cast<qsizetype>(size));
        m_bytes = m_bytes.sliced(static_cast<qsizetype>(size));
        return taken;
    }
    template <class T>
    T number()
    {
        const QByteArrayView bytes = take(sizeof(T));
        return bytes.isEmpty() ? T{} : qFromLittleEndian<T>(bytes.data());
    }
    [[nodiscard]] bool isGood() const { return m_good; }
    [[nodiscard]] bool atEnd() const { return m_bytes.isEmpty(); }

private:
    QByteArrayView m_bytes;
    bool m_good = true;
};

QByteArray checksum(QByteArrayView bytes)
{
    QByteArray sum(CheckBytes, Qt::Uninitialized);
    crypto_generichash(bytesOf(sum), static_cast<size_t>(sum.size()), bytesOf(bytes), sizeOf(bytes), nullptr, 0);
    return sum;
}

} // namespace

struct EncryptedFile::Header {
    Cost cost;
    QByteArray salt;
    QByteArray check;
    quint64 payload = 0;
    QByteArray nonce;

    [[nodiscard]] QByteArray toBytes() const
    {
        QByteArray bytes = Magic.toByteArray();
        append(bytes, Version);
        append(bytes, quint64{cost.operations});
        append(bytes, quint64{cost.memoryBytes});
        bytes += salt + check;
        append(bytes, payload);
        bytes += nonce;
        return bytes + checksum(bytes);
    }

    static Result<Header> parse(QByteArrayView file, const QString &path)
    {
        Reader reader(file);
        if (reader.take(quint64(Magic.size())) != Magic)
            return damaged(path, "not such a file");
        // Before the checksum: a newer form may have its own.
        const auto version = reader.number<quint32>();
        if (reader.isGood() && version > Version)
            return fail(ErrorKind::Refused, "secrets_newer",
                Words::tr("The file of keys “%1” was made by a newer version.").arg(path),
                Words::tr("Use the newer version of Society Workbench."), QString::number(version), path);
        Header header;
        header.cost.operations = reader.number<quint64>();
        header.cost.memoryBytes = reader.number<quint64>();
        header.salt = reader.take(SaltBytes).toByteArray();
        header.check = reader.take(CheckBytes).toByteArray();
        header.payload = reader.number<quint64>();
        header.nonce = reader.take(NonceBytes).toByteArray();
        const QByteArrayView sum = reader.take(CheckBytes);
        if (!reader.isGood() || version != Version || sum != checksum(file.first(HeaderBytes - CheckBytes)))
            return damaged(path, "header");
        if (header.cost.operations > MaxOperations || header.cost.memoryBytes > MaxMemory)
            return damaged(path, "cost");
        if (header.payload != static_cast<quint64>(file.size() - HeaderBytes))
            return damaged(path, "size");
        return header;
    }
};

EncryptedFile::EncryptedFile(QString path)
    : EncryptedFile(std::move(path), Cost{})
{
}

EncryptedFile::EncryptedFile(QString path, Cost cost)
    : m_path(std::move(path))
    , m_cost(cost)
{
}

bool EncryptedFile::exists() const
{
    return QFile::exists(m_path);
}

Result<> EncryptedFile::open(const SecretBytes &passphrase)
{
    if (passphrase.isEmpty())
        return fail(
            ErrorKind::Refused, "passphrase_empty", Words::tr("The passphrase is empty."), Words::tr("Enter one."));
    close();
    m_passphrase = passphrase.clone();
    if (!exists())
        return {};
    if (auto entries = load(); !entries) {
        close();
        return fail(std::move(entries).error());
    }
    return {};
}

void EncryptedFile::close()
{
    m_passphrase = SecretBytes();
    m_derived.reset();
}

Result<> EncryptedFile::derive(const QByteArray &salt, Cost cost)
{
    if (m_derived && m_derived->salt == salt && m_derived->cost == cost)
        return {};
    const QByteArrayView pass = m_passphrase.view();
    SecretBytes main(QByteArray(crypto_kdf_KEYBYTES, '\0'));
    SecretBytes key(QByteArray(crypto_aead_xchacha20poly1305_ietf_KEYBYTES, '\0'));
    QByteArray check(CheckBytes, '\0');
    auto *mainBytes = const_cast<unsigned char *>(bytesOf(main.view())); // its own memory, filled in place
    if (crypto_pwhash(mainBytes, crypto_kdf_KEYBYTES, pass.data(), sizeOf(pass), bytesOf(salt), cost.operations,
            static_cast<size_t>(cost.memoryBytes), crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(ErrorKind::Refused, "memory_short",
            Words::tr("The file of keys could not be opened: too little memory."),
            Words::tr("Close other programs and try again."),
            QStringLiteral("argon2id, %1 bytes").arg(cost.memoryBytes), m_path);
    crypto_kdf_derive_from_key(const_cast<unsigned char *>(bytesOf(key.view())),
        crypto_aead_xchacha20poly1305_ietf_KEYBYTES, 1, Context, mainBytes);
    crypto_kdf_derive_from_key(bytesOf(check), CheckBytes, 2, Context, mainBytes);
    m_derived = Derived{salt, cost, std::move(key), check};
    return {};
}

Result<EncryptedFile::Entries> EncryptedFile::load()
{
    if (!isOpen())
        return fail(ErrorKind::Refused, "passphrase_needed", Words::tr("The file of keys is closed."),
            Words::tr("Enter its passphrase, or name a file that holds it in SOCIETY_PASSPHRASE_FILE."), {}, m_path);
    if (!exists())
        return Entries();
    SOCIETY_ASSIGN(const QByteArray file, readFile(m_path, MaxFileBytes));
    SOCIETY_ASSIGN(const Header header, Header::parse(file, m_path));
    if (header.payload < static_cast<quint64>(TagBytes))
        return damaged(m_path, "payload");
    SOCIETY_TRY(derive(header.salt, header.cost));
    if (sodium_memcmp(m_derived->check.constData(), header.check.constData(), CheckBytes) != 0) {
        m_derived.reset();
        return fail(ErrorKind::Refused, "passphrase_wrong", Words::tr("The passphrase does not open the file of keys."),
            Words::tr("Enter the passphrase it was made with."), {}, m_path);
    }
    const QByteArrayView head = QByteArrayView(file).first(HeaderBytes);
    const QByteArrayView cipher = QByteArrayView(file).sliced(HeaderBytes);
    const SecretBytes plain(QByteArray(cipher.size() - TagBytes, '\0'));
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(const_cast<unsigned char *>(bytesOf(plain.view())), nullptr, nullptr,
            bytesOf(cipher), sizeOf(cipher), bytesOf(head), sizeOf(head), bytesOf(header.nonce),
            bytesOf(m_derived->key.view())) != 0)
        return damaged(m_path, "payload");
    Entries entries;
    Reader reader(plain.view());
    const auto count = reader.number<quint32>();
    for (quint32 i = 0; i < count && reader.isGood(); ++i) {
        const QByteArrayView name = reader.take(reader.number<quint32>());
        const QByteArrayView secret = reader.take(reader.number<quint32>());
        entries.insert_or_assign(QString::fromUtf8(name), SecretBytes(secret));
    }
    if (!reader.isGood() || !reader.atEnd())
        return damaged(m_path, "entries");
    return entries;
}

Result<> EncryptedFile::save(const Entries &entries)
{
    if (!m_derived) {
        QByteArray salt(SaltBytes, Qt::Uninitialized);
        randombytes_buf(salt.data(), static_cast<size_t>(salt.size()));
        SOCIETY_TRY(derive(salt, m_cost));
    }
    QByteArray plain;
    qsizetype room = 4;
    for (const auto &[name, secret] : entries)
        room += 8 + name.toUtf8().size() + secret.size();
    plain.reserve(room); // once, so that no half of it stays behind in memory that was given back
    append(plain, static_cast<quint32>(entries.size()));
    for (const auto &[name, secret] : entries) {
        const QByteArray text = name.toUtf8();
        append(plain, static_cast<quint32>(text.size()));
        plain += text;
        append(plain, static_cast<quint32>(secret.size()));
        plain.append(secret.view());
    }
    Header header{m_derived->cost, m_derived->salt, m_derived->check, static_cast<quint64>(plain.size() + TagBytes),
        QByteArray(NonceBytes, Qt::Uninitialized)};
    randombytes_buf(header.nonce.data(), NonceBytes);
    const QByteArray head = header.toBytes();
    QByteArray cipher(plain.size() + TagBytes, Qt::Uninitialized);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytesOf(cipher), nullptr, bytesOf(plain), sizeOf(plain), bytesOf(head),
        sizeOf(head), nullptr, bytesOf(header.nonce), bytesOf(m_derived->key.view()));
    wipe(plain);
    if (head.size() + cipher.size() > MaxFileBytes)
        return fail(ErrorKind::Refused, "secrets_full", Words::tr("The file of keys is full."),
            Words::tr("Delete keys that are not used."), {}, m_path);
    return writeFileAtomically(m_path, head + cipher, 0600);
}

Result<QStringList> EncryptedFile::names()
{
    SOCIETY_ASSIGN(const Entries entries, load());
    QStringList names;
    for (const auto &entry : entries)
        names.append(entry.first);
    return names;
}

Result<std::optional<SecretBytes>> EncryptedFile::read(const QString &name)
{
    SOCIETY_ASSIGN(Entries entries, load());
    const auto found = entries.find(name);
    if (found == entries.end())
        return std::optional<SecretBytes>();
    return std::optional<SecretBytes>(std::move(found->second));
}

Result<> EncryptedFile::write(const QString &name, const SecretBytes &secret)
{
    SOCIETY_ASSIGN(const FileLock lock, FileLock::take(m_path + QStringLiteral(".lock")));
    SOCIETY_ASSIGN(Entries entries, load());
    entries.insert_or_assign(name, secret.clone());
    return save(entries);
}

Result<> EncryptedFile::remove(const QString &name)
{
    SOCIETY_ASSIGN(const FileLock lock, FileLock::take(m_path + QStringLiteral(".lock")));
    SOCIETY_ASSIGN(Entries entries, load());
    if (entries.erase(name) == 0)
        return {};
    return save(entries);
}

} // namespace society::secrets
