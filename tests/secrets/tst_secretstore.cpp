// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/secrets/secretstore.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::secrets;

namespace {

constexpr QByteArrayView Canary = "sk-canary-51d2e8b0";

SecretName nameOf(const TenantId &tenant, int index)
{
    static const ConfigId id = *ConfigId::parse(u"0f8fad5b-d9cb-469f-a165-70867728950e");
    return {tenant, id, index};
}

SecretBytes canary()
{
    return SecretBytes(Canary);
}

} // namespace

/// The store where there is no keychain: encrypted file and memory.
class TestSecretStore : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    Workspace workspace() const { return Workspace(m_folder->filePath(QStringLiteral("workspace"))); }
    SecretStore::Options options(const QByteArray &passphrase) const
    {
        SecretStore::Options options;
        options.keychain = false;
        if (!passphrase.isNull()) {
            options.passphraseFile = m_folder->filePath(QStringLiteral("passphrase"));
            QFile file(options.passphraseFile);
            if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
                file.write(passphrase);
        }
        return options;
    }
    bool isOnDisk(QByteArrayView what) const
    {
        QDirIterator files(workspace().root(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(what))
                return true;
        }
        return false;
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keepsInTheEncryptedFile()
    {
        {
            SecretStore store(workspace(), options("a passphrase\nsecond line\n"));
            QCOMPARE(store.where().place, Place::EncryptedFile);
            QCOMPARE(*store.write(nameOf(QStringLiteral("lab"), 0), canary()), Place::EncryptedFile);
            QCOMPARE(*store.write(nameOf({}, 1), SecretBytes(QByteArrayView("public"))), Place::EncryptedFile);
        }
        QVERIFY(!isOnDisk(Canary));
        QVERIFY(QFile::exists(workspace().secrets()));
        SecretStore store(workspace(), options("a passphrase"));
        QCOMPARE(store.read(nameOf(QStringLiteral("lab"), 0))->view(), Canary);
        QCOMPARE(*store.list(), QList<SecretName>({nameOf({}, 1), nameOf(QStringLiteral("lab"), 0)}));
        QCOMPARE(*store.list(QStringLiteral("lab/")), QList<SecretName>({nameOf(QStringLiteral("lab"), 0)}));
        QVERIFY(*store.contains(nameOf({}, 1)));
        QVERIFY(!*store.contains(nameOf({}, 2)));
        QVERIFY(store.remove(nameOf({}, 1)));
        QVERIFY(store.remove(nameOf({}, 1)));
        QVERIFY(!*store.contains(nameOf({}, 1)));
        const auto gone = store.read(nameOf({}, 1));
        QCOMPARE(gone.error().code, QStringLiteral("secret_missing"));
        QCOMPARE(gone.error().kind, ErrorKind::NotFound);
    }
    void keepsInMemoryOnly()
    {
        {
            SecretStore store(workspace(), options({}));
            const Whereabouts where = store.where();
            QCOMPARE(where.place, Place::SessionOnly);
            QCOMPARE(where.code, QStringLiteral("nowhere"));
            QVERIFY(!where.sentence.isEmpty() && !where.remedy.isEmpty());
            QCOMPARE(*store.write(nameOf({}, 0), canary()), Place::SessionOnly);
            QCOMPARE(store.read(nameOf({}, 0))->view(), Canary);
            QCOMPARE(store.list()->size(), 1);
            QVERIFY(store.remove(nameOf({}, 0)));
            QVERIFY(!*store.contains(nameOf({}, 0)));
            QCOMPARE(*store.write(nameOf({}, 0), canary()), Place::SessionOnly);
        }
        QVERIFY(!isOnDisk(Canary));
        SecretStore store(workspace(), options({}));
        QCOMPARE(store.read(nameOf({}, 0)).error().code, QStringLiteral("secret_missing"));
    }
    void saysWhyTheFileIsClosed_data()
    {
        QTest::addColumn<QByteArray>("passphrase");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("error");
        QTest::newRow("none") << QByteArray() << QStringLiteral("passphrase_needed")
                              << QStringLiteral("passphrase_needed");
        QTest::newRow("wrong") << QByteArray("other") << QStringLiteral("passphrase_wrong")
                               << QStringLiteral("passphrase_wrong");
        QTest::newRow("empty") << QByteArray("") << QStringLiteral("passphrase_file")
                               << QStringLiteral("passphrase_empty");
        QTest::newRow("empty line") << QByteArray("\nlater") << QStringLiteral("passphrase_file")
                                    << QStringLiteral("passphrase_empty");
    }
    void saysWhyTheFileIsClosed()
    {
        QFETCH(QByteArray, passphrase);
        {
            SecretStore store(workspace(), options("right"));
            QVERIFY(store.write(nameOf({}, 0), canary()));
        }
        SecretStore store(workspace(), options(passphrase));
        QTEST(store.where().code, "where");
        QCOMPARE(store.where().place, Place::SessionOnly);
        QTEST(store.read(nameOf({}, 0)).error().code, "error");
        QTEST(store.remove(nameOf({}, 0)).error().code, "error");
        // What is in the closed file is still known by name.
        QVERIFY(*store.contains(nameOf({}, 0)));
        QVERIFY(store.setPassphrase(SecretBytes(QByteArrayView("right"))));
        QCOMPARE(store.where().place, Place::EncryptedFile);
        QCOMPARE(store.read(nameOf({}, 0))->view(), Canary);
    }
    void missingPassphraseFile()
    {
        SecretStore::Options given = options({});
        given.passphraseFile = m_folder->filePath(QStringLiteral("no such file"));
        SecretStore store(workspace(), given);
        QCOMPARE(store.where().code, QStringLiteral("passphrase_file"));
        QVERIFY(store.where().sentence.contains(given.passphraseFile));
    }
    void windowSetsThePassphrase()
    {
        SecretStore store(workspace(), options({}));
        QCOMPARE(*store.write(nameOf({}, 0), SecretBytes(QByteArrayView("session"))), Place::SessionOnly);
        QCOMPARE(store.setPassphrase(SecretBytes()).error().code, QStringLiteral("passphrase_empty"));
        QVERIFY(store.setPassphrase(SecretBytes(QByteArrayView("chosen"))));
        // What was in memory only is kept now.
        {
            SecretStore other(workspace(), options("chosen"));
            QCOMPARE(other.read(nameOf({}, 0))->view(), QByteArrayView("session"));
        }
        QCOMPARE(*store.write(nameOf({}, 0), canary()), Place::EncryptedFile);
        QCOMPARE(store.read(nameOf({}, 0))->view(), Canary);
        SecretStore other(workspace(), options("chosen"));
        QCOMPARE(other.read(nameOf({}, 0))->view(), Canary);
    }
    void looksAgainAtThePassphraseFile()
    {
        SecretStore::Options given = options("");
        SecretStore patient(workspace(), given);
        given.lookAgainAfter = {};
        SecretStore store(workspace(), given);
        for (SecretStore *each : {&patient, &store})
            QCOMPARE(each->where().code, QStringLiteral("passphrase_file"));
        QCOMPARE(*store.write(nameOf({}, 0), canary()), Place::SessionOnly);
        Q_UNUSED(options("now there"))
        QCOMPARE(store.where().code, QStringLiteral("file"));
        QCOMPARE(patient.where().code, QStringLiteral("passphrase_file")); // not at every call
        // What was in memory only is kept now.
        SecretStore other(workspace(), given);
        QCOMPARE(other.read(nameOf({}, 0))->view(), Canary);
    }
    void findsKeysWhoseListIsLost()
    {
        const QString list = workspace().root() + QStringLiteral("/secrets.json");
        {
            SecretStore store(workspace(), options("p"));
            QVERIFY(store.write(nameOf({}, 0), canary()));
        }
        QVERIFY(QFile::remove(list));
        SecretStore store(workspace(), options("p"));
        QCOMPARE(store.list()->size(), 1);
        QCOMPARE(store.read(nameOf({}, 0))->view(), Canary);
    }
    void saysThatItsListIsDamaged()
    {
        QVERIFY(workspace().create());
        QFile list(workspace().root() + QStringLiteral("/secrets.json"));
        QVERIFY(list.open(QIODevice::WriteOnly));
        list.write("{\"schema\": 1, \"ke");
        list.close();
        SecretStore store(workspace(), options("p"));
        QCOMPARE(store.list().error().code, QStringLiteral("secrets_damaged"));
        QCOMPARE(store.read(nameOf({}, 0)).error().code, QStringLiteral("secrets_damaged"));
    }
    void refusesAnEmptyKey()
    {
        SecretStore store(workspace(), options("p"));
        QCOMPARE(store.write(nameOf({}, 0), SecretBytes()).error().code, QStringLiteral("secret_empty"));
        QVERIFY(!QFile::exists(workspace().secrets()));
    }
    void readsTheEnvironment()
    {
        qputenv("SOCIETY_KEYCHAIN", "off");
        qputenv("SOCIETY_PASSPHRASE_FILE", "/some/file");
        const SecretStore::Options options = SecretStore::optionsFromEnvironment();
        qunsetenv("SOCIETY_KEYCHAIN");
        qunsetenv("SOCIETY_PASSPHRASE_FILE");
        QVERIFY(!options.keychain);
        QCOMPARE(options.passphraseFile, QStringLiteral("/some/file"));
        QVERIFY(SecretStore::optionsFromEnvironment().keychain);
    }
};

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"
