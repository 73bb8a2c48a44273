// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/secrets/secretstore.h"

#include "services/core/files.h"
#include "services/secrets/encryptedfile.h"
#include "services/secrets/keychain.h"
#include "services/secrets/secretindex.h"
#include "services/secrets/words_p.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QMutexLocker>
#include <QSet>
#include <algorithm>
#include <map>
#include <utility>

namespace society::secrets {

namespace {

constexpr qint64 MaxPassphraseBytes = 64 << 10;

tl::unexpected<Error> missing(const SecretName &name)
{
    return fail(ErrorKind::NotFound, "secret_missing", Words::tr("The key of this LLM is not stored."),
        Words::tr("Enter it in the LLM's configuration, or by “society-cli secret set”."), name.text());
}

/// A file's first line, as a passphrase.
Result<SecretBytes> passphraseIn(const QString &path)
{
    SOCIETY_ASSIGN(QByteArray bytes, readFile(path, MaxPassphraseBytes));
    const qsizetype end = bytes.indexOf('\n');
    QByteArrayView line = QByteArrayView(bytes).first(end < 0 ? bytes.size() : end);
    if (line.endsWith('\r'))
        line.chop(1);
    SecretBytes passphrase(line);
    wipe(bytes);
    if (passphrase.isEmpty())
        return fail(ErrorKind::Refused, "passphrase_empty", Words::tr("The passphrase file “%1” is empty.").arg(path),
            Words::tr("Write the passphrase into its first line."), {}, path);
    return passphrase;
}

/// When something was looked for in vain. It may come later: a keychain is unlocked, a file written. Not asked for at
/// every call, and the less often the longer an answer takes, since the caller waits for it.
class Look {
public:
    [[nodiscard]] bool isDue(std::chrono::milliseconds after) const
    {
        constexpr int share = 10;
        return !m_ended.isValid() || after <= after.zero() ||
               m_ended.elapsed() >= std::max<qint64>(after.count(), share * m_took);
    }
    void begin() { m_begun.start(); }
    void end()
    {
        m_took = m_begun.elapsed();
        m_ended.start();
    }

private:
    QElapsedTimer m_begun;
    QElapsedTimer m_ended;
    qint64 m_took = 0;
};

} // namespace

class SecretStore::Private {
public:
    Private(const Workspace &workspace, Options given)
        : root(workspace.root())
        , options(std::move(given))
        , file(workspace.secrets())
        , index(workspace.root() + QStringLiteral("/secrets.json"))
    {
    }

    bool hasKeychain();
    bool hasFile();
    Whereabouts where();
    tl::unexpected<Error> closed() const;
    Result<std::optional<SecretBytes>> readFrom(SecretIndex::Where where, const QString &name);
    Result<> removeFrom(SecretIndex::Where where, const QString &name);
    Result<> keep(const QString &name, const SecretBytes &secret, Place place); // a place other than memory
    Result<> keepSession(Place place);
    Result<QSet<QString>> names();

    QMutex mutex;
    const QString root;
    const Options options;
    std::unique_ptr<Keychain> keychain;
    bool keychainWorks = false;
    Look keychainLook;
    QString keychainDetail;
    EncryptedFile file;
    Look fileLook;
    std::optional<Error> fileError; // why the passphrase file did not open it
    SecretIndex index;
    std::map<QString, SecretBytes> session;
};

bool SecretStore::Private::hasKeychain()
{
    if (keychainWorks)
        return true;
    if (!options.keychain) {
        keychainDetail = QStringLiteral("switched off");
        return false;
    }
    if (!keychainLook.isDue(options.lookAgainAfter))
        return false;
    keychainLook.begin();
    // One for the program's life: QtKeychain's queue belongs to the thread of its first job, and ends with it.
    if (!keychain)
        keychain = std::make_unique<Keychain>(options.deadline);
    const auto probed = keychain->probe();
    keychainLook.end();
    keychainWorks = probed.has_value();
    keychainDetail = probed ? QString() : probed.error().detail;
    return keychainWorks;
}

bool SecretStore::Private::hasFile()
{
    if (file.isOpen())
        return true;
    if (options.passphraseFile.isEmpty() || !fileLook.isDue(options.lookAgainAfter))
        return false;
    fileLook.begin();
    fileError.reset();
    auto passphrase = passphraseIn(options.passphraseFile);
    if (!passphrase)
        fileError = passphrase.error();
    else if (auto opened = file.open(*passphrase); !opened)
        fileError = opened.error();
    fileLook.end();
    return file.isOpen();
}

Whereabouts SecretStore::Private::where()
{
    if (hasKeychain())
        return {Place::Keychain, QStringLiteral("keychain"), Words::tr("Keys are kept in this desktop's keychain."), {},
            {}};
    if (hasFile())
        return {Place::EncryptedFile, QStringLiteral("file"),
            Words::tr("Keys are kept in the workspace's encrypted file, because there is no keychain here."), {},
            keychainDetail};
    if (fileError)
        return {Place::SessionOnly,
            fileError->path == options.passphraseFile ? QStringLiteral("passphrase_file") : fileError->code,
            Words::tr("Keys are kept in memory only: %1").arg(fileError->message), fileError->remedy, keychainDetail};
    if (file.exists())
        return {Place::SessionOnly, QStringLiteral("passphrase_needed"),
            Words::tr("Keys are kept in memory only: the encrypted file of keys is closed."),
            Words::tr("Enter its passphrase, or name a file that holds it in SOCIETY_PASSPHRASE_FILE."),
            keychainDetail};
    return {Place::SessionOnly, QStringLiteral("nowhere"),
        Words::tr("Keys are kept in memory only: there is no keychain here, and no passphrase for an encrypted file."),
        Words::tr("Choose a passphrase, or name a file that holds one in SOCIETY_PASSPHRASE_FILE."), keychainDetail};
}

tl::unexpected<Error> SecretStore::Private::closed() const
{
    if (fileError)
        return fail(*fileError);
    return fail(ErrorKind::Refused, "passphrase_needed", Words::tr("The encrypted file of keys is closed."),
        Words::tr("Enter its passphrase, or name a file that holds it in SOCIETY_PASSPHRASE_FILE."), {}, {});
}

Result<std::optional<SecretBytes>> SecretStore::Private::readFrom(SecretIndex::Where where, const QString &name)
{
    if (where == SecretIndex::Where::File) {
        if (!hasFile())
            return closed();
        return file.read(name);
    }
    if (!hasKeychain())
        return fail(ErrorKind::Refused, "keychain_unavailable",
            Words::tr("The key is in a keychain that cannot be opened here."),
            Words::tr("Log in to the desktop and unlock its keychain, or enter the key again."), keychainDetail);
    return keychain->read(name);
}

Result<> SecretStore::Private::removeFrom(SecretIndex::Where where, const QString &name)
{
    if (where == SecretIndex::Where::File) {
        if (!hasFile())
            return closed();
        return file.remove(name);
    }
    if (!hasKeychain())
        return fail(ErrorKind::Refused, "keychain_unavailable",
            Words::tr("The key is in a keychain that cannot be opened here."),
            Words::tr("Log in to the desktop and unlock its keychain, then try again."), keychainDetail);
    return keychain->remove(name);
}

Result<> SecretStore::Private::keep(const QString &name, const SecretBytes &secret, Place place)
{
    SOCIETY_TRY(makePrivateFolder(root));
    if (place == Place::Keychain) {
        SOCIETY_TRY(keychain->write(name, secret));
        SOCIETY_TRY(index.note(name, SecretIndex::Where::Keychain));
        return file.exists() && hasFile() ? file.remove(name) : Result<>();
    }
    SOCIETY_TRY(file.write(name, secret));
    return index.note(name, SecretIndex::Where::File);
}

/// What could only be remembered until now has a place.
Result<> SecretStore::Private::keepSession(Place place)
{
    if (place == Place::SessionOnly)
        return {};
    for (auto entry = session.begin(); entry != session.end(); entry = session.erase(entry))
        SOCIETY_TRY(keep(entry->first, entry->second, place));
    return {};
}

Result<QSet<QString>> SecretStore::Private::names()
{
    SOCIETY_ASSIGN(const auto indexed, index.all());
    QSet<QString> all(indexed.keyBegin(), indexed.keyEnd());
    for (const auto &entry : session)
        all.insert(entry.first);
    // The index may have been lost; an open file knows its own names.
    if (file.exists() && hasFile()) {
        SOCIETY_ASSIGN(const QStringList inFile, file.names());
        all.unite(QSet<QString>(inFile.begin(), inFile.end()));
    }
    return all;
}

SecretStore::Options SecretStore::optionsFromEnvironment()
{
    Options options;
    options.keychain = qEnvironmentVariable("SOCIETY_KEYCHAIN") != u"off";
    options.passphraseFile = qEnvironmentVariable("SOCIETY_PASSPHRASE_FILE");
    return options;
}

SecretStore::SecretStore(const Workspace &workspace, Options options)
    : d(std::make_unique<Private>(workspace, std::move(options)))
{
}

SecretStore::~SecretStore() = default;

Whereabouts SecretStore::where()
{
    const QMutexLocker lock(&d->mutex);
    Whereabouts where = d->where();
    (void)d->keepSession(where.place); // what cannot be kept there stays in memory
    return where;
}

Result<> SecretStore::setPassphrase(const SecretBytes &passphrase)
{
    const QMutexLocker lock(&d->mutex);
    SOCIETY_TRY(d->file.open(passphrase));
    d->fileError.reset();
    return d->keepSession(d->where().place);
}

Result<SecretBytes> SecretStore::read(const SecretName &name)
{
    const QMutexLocker lock(&d->mutex);
    const QString text = name.text();
    // A key of this session is always the newest: it is kept only where no other place was open.
    if (const auto found = d->session.find(text); found != d->session.end())
        return found->second.clone();
    SOCIETY_ASSIGN(const auto indexed, d->index.all());
    const auto hint = indexed.constFind(text);
    if (hint != indexed.cend()) {
        SOCIETY_ASSIGN(auto secret, d->readFrom(*hint, text));
        if (secret)
            return std::move(*secret);
        return missing(name);
    }
    // Not in the list, which may have been lost: look wherever it is open without asking anybody.
    if (d->file.exists() && d->hasFile()) {
        SOCIETY_ASSIGN(auto secret, d->file.read(text));
        if (secret)
            return std::move(*secret);
    }
    if (d->hasKeychain()) {
        SOCIETY_ASSIGN(auto secret, d->keychain->read(text));
        if (secret)
            return std::move(*secret);
    }
    return missing(name);
}

Result<Place> SecretStore::write(const SecretName &name, const SecretBytes &secret)
{
    const QMutexLocker lock(&d->mutex);
    if (secret.isEmpty())
        return fail(ErrorKind::Refused, "secret_empty", Words::tr("The key is empty."),
            Words::tr("Enter the key that the provider gave you."));
    const QString text = name.text();
    const Place place = d->where().place;
    if (place == Place::SessionOnly) {
        d->session.insert_or_assign(text, secret.clone());
        return place;
    }
    SOCIETY_TRY(d->keep(text, secret, place));
    d->session.erase(text);
    return place;
}

Result<> SecretStore::remove(const SecretName &name)
{
    const QMutexLocker lock(&d->mutex);
    const QString text = name.text();
    d->session.erase(text);
    SOCIETY_ASSIGN(const auto indexed, d->index.all());
    const auto hint = indexed.constFind(text);
    const bool isListed = hint != indexed.cend();
    if (isListed)
        SOCIETY_TRY(d->removeFrom(*hint, text));
    // Then the places that are open anyway: an older copy of the key may be there.
    if (d->file.exists() && d->hasFile())
        SOCIETY_TRY(d->file.remove(text));
    if (d->keychainWorks)
        SOCIETY_TRY(d->keychain->remove(text));
    return isListed ? d->index.note(text, std::nullopt) : Result<>();
}

Result<QList<SecretName>> SecretStore::list(const QString &prefix)
{
    const QMutexLocker lock(&d->mutex);
    SOCIETY_ASSIGN(const QSet<QString> names, d->names());
    QList<SecretName> list;
    for (const QString &text : names)
        if (const auto name = SecretName::parse(text); name && text.startsWith(prefix))
            list.append(*name);
    std::sort(list.begin(), list.end());
    return list;
}

Result<bool> SecretStore::contains(const SecretName &name)
{
    const QMutexLocker lock(&d->mutex);
    SOCIETY_ASSIGN(const QSet<QString> names, d->names());
    return names.contains(name.text());
}

} // namespace society::secrets
