// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/secrets/encryptedfile.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <thread>
#include <vector>

using namespace society;
using namespace society::secrets;

namespace {

constexpr QByteArrayView Canary = "sk-canary-7f3a9c1e";

/// The cheapest derivation that the library allows: what is tested here is not its slowness.
EncryptedFile::Cost cheap()
{
    return {1, 8192};
}

SecretBytes secret(QByteArrayView text)
{
    return SecretBytes(text);
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestEncryptedFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_number = 0;

    QString freshPath() { return m_folder.filePath(QStringLiteral("secrets-%1.enc").arg(++m_number)); }
    /// A file with two keys, passphrase "open sesame".
    QString sample()
    {
        const QString path = freshPath();
        EncryptedFile file(path, cheap());
        const bool made = file.open(secret("open sesame")) && file.write(QStringLiteral("a/1"), secret(Canary)) &&
                          file.write(QStringLiteral("b/2"), secret("另一个密钥"));
        return made ? path : QString();
    }
    static QString codeOfOpening(const QString &path, QByteArrayView passphrase)
    {
        EncryptedFile file(path, cheap());
        const auto opened = file.open(secret(passphrase));
        // No partial data: what did not open gives nothing.
        if (!opened && (file.isOpen() || file.names() || file.read(QStringLiteral("a/1"))))
            return QStringLiteral("gives data away");
        return opened ? QString() : opened.error().code;
    }

private slots:
    void keepsKeys()
    {
        const QString path = sample();
        EncryptedFile file(path, cheap());
        QVERIFY(file.exists());
        QVERIFY(file.open(secret("open sesame")));
        QCOMPARE(*file.names(), QStringList({QStringLiteral("a/1"), QStringLiteral("b/2")}));
        QCOMPARE((*file.read(QStringLiteral("a/1")))->view(), Canary);
        QCOMPARE((*file.read(QStringLiteral("b/2")))->view(), QByteArrayView("另一个密钥"));
        QVERIFY(!file.read(QStringLiteral("c/3"))->has_value());
        QVERIFY(file.write(QStringLiteral("a/1"), secret("newer")));
        QVERIFY(file.remove(QStringLiteral("b/2")));
        QVERIFY(file.remove(QStringLiteral("never there")));
        EncryptedFile again(path, cheap());
        QVERIFY(again.open(secret("open sesame")));
        QCOMPARE(*again.names(), QStringList(QStringLiteral("a/1")));
        QCOMPARE((*again.read(QStringLiteral("a/1")))->view(), QByteArrayView("newer"));
    }
    void isPrivateAndUnreadable()
    {
        const QString path = sample();
        QCOMPARE(QFileInfo(path).permissions() & ~(QFile::ReadUser | QFile::WriteUser),
            QFile::ReadOwner | QFile::WriteOwner);
        const QByteArray bytes = contents(path);
        QVERIFY(!bytes.contains(Canary));
        QVERIFY(!bytes.contains(Canary.toByteArray().toBase64()));
        QVERIFY(!bytes.contains("open sesame"));
        QVERIFY(!bytes.contains("a/1"));
        // Nor in anything that writing left behind.
        for (const QFileInfo &info : QDir(m_folder.path()).entryInfoList(QDir::Files | QDir::Hidden))
            QVERIFY2(!contents(info.filePath()).contains(Canary), qPrintable(info.filePath()));
    }
    void neverWritesTheSameTwice()
    {
        const QString path = sample();
        const QByteArray before = contents(path);
        EncryptedFile file(path, cheap());
        QVERIFY(file.open(secret("open sesame")));
        QVERIFY(file.write(QStringLiteral("a/1"), secret(Canary)));
        QCOMPARE(contents(path).size(), before.size());
        QVERIFY(contents(path).right(64) != before.right(64));
    }
    void tellsAWrongPassphrase_data()
    {
        QTest::addColumn<QByteArray>("passphrase");
        QTest::addColumn<QString>("code");
        QTest::newRow("right") << QByteArray("open sesame") << QString();
        QTest::newRow("wrong") << QByteArray("open Sesame") << QStringLiteral("passphrase_wrong");
        QTest::newRow("prefix") << QByteArray("open") << QStringLiteral("passphrase_wrong");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("passphrase_empty");
    }
    void tellsAWrongPassphrase()
    {
        QFETCH(QByteArray, passphrase);
        QTEST(codeOfOpening(sample(), passphrase), "code");
    }
    void refusesEveryTruncation()
    {
        const QString path = sample();
        const QByteArray whole = contents(path);
        QVERIFY(whole.size() > 120);
        for (qsizetype size = 0; size < whole.size(); ++size) {
            overwrite(path, whole.left(size));
            QVERIFY2(codeOfOpening(path, "open sesame") == u"secrets_damaged", qPrintable(QString::number(size)));
        }
        overwrite(path, whole + "x");
        QCOMPARE(codeOfOpening(path, "open sesame"), QStringLiteral("secrets_damaged"));
        overwrite(path, whole);
        QCOMPARE(codeOfOpening(path, "open sesame"), QString());
    }
    void refusesEveryChangedByte()
    {
        const QString path = sample();
        const QByteArray whole = contents(path);
        for (qsizetype at = 0; at < whole.size(); ++at) {
            QByteArray changed = whole;
            changed[at] = static_cast<char>(changed.at(at) ^ 0x40);
            overwrite(path, changed);
            const QString code = codeOfOpening(path, "open sesame");
            // The four bytes after the name are the version: a larger one is a newer file's.
            const QString expected =
                at >= 8 && at < 12 ? QStringLiteral("secrets_newer") : QStringLiteral("secrets_damaged");
            QVERIFY2(code == expected, qPrintable(QStringLiteral("%1: %2").arg(at).arg(code)));
        }
    }
    void leavesADamagedFileAlone()
    {
        const QString path = sample();
        EncryptedFile file(path, cheap());
        QVERIFY(file.open(secret("open sesame")));
        const QByteArray torn = contents(path).chopped(1);
        overwrite(path, torn);
        QCOMPARE(file.write(QStringLiteral("c/3"), secret("x")).error().code, QStringLiteral("secrets_damaged"));
        QCOMPARE(contents(path), torn);
    }
    void needsAPassphrase()
    {
        EncryptedFile file(sample(), cheap());
        QCOMPARE(file.names().error().code, QStringLiteral("passphrase_needed"));
        QCOMPARE(file.read(QStringLiteral("a/1")).error().code, QStringLiteral("passphrase_needed"));
        QCOMPARE(file.write(QStringLiteral("a/1"), secret("x")).error().code, QStringLiteral("passphrase_needed"));
        QCOMPARE(file.remove(QStringLiteral("a/1")).error().code, QStringLiteral("passphrase_needed"));
    }
    void followsAFileMadeAnewElsewhere()
    {
        // Another process may have moved the file away and begun a new one: another salt, perhaps another passphrase.
        const QString path = sample();
        EncryptedFile file(path, cheap());
        QVERIFY(file.open(secret("open sesame")));
        QVERIFY(QFile::remove(path));
        EncryptedFile other(path, {2, 16384});
        QVERIFY(other.open(secret("open sesame")));
        QVERIFY(other.write(QStringLiteral("n/1"), secret("new")));
        QCOMPARE((*file.read(QStringLiteral("n/1")))->view(), QByteArrayView("new"));
        QVERIFY(QFile::remove(path));
        EncryptedFile foreign(path, cheap());
        QVERIFY(foreign.open(secret("another")));
        QVERIFY(foreign.write(QStringLiteral("n/1"), secret("new")));
        QCOMPARE(file.read(QStringLiteral("n/1")).error().code, QStringLiteral("passphrase_wrong"));
    }
    void losesNoKeyOfParallelWriters()
    {
        const QString path = freshPath();
        constexpr int Writers = 4;
        constexpr int Keys = 8;
        {
            EncryptedFile first(path, cheap());
            QVERIFY(first.open(secret("p")));
            QVERIFY(first.write(QStringLiteral("first"), secret("x")));
        }
        std::atomic<int> failures = 0;
        std::vector<std::thread> threads;
        for (int writer = 0; writer < Writers; ++writer)
            threads.emplace_back([&failures, &path, writer] {
                EncryptedFile file(path, cheap());
                if (!file.open(secret("p")))
                    ++failures;
                for (int key = 0; key < Keys; ++key)
                    if (!file.write(QStringLiteral("%1/%2").arg(writer).arg(key), secret("x")))
                        ++failures;
            });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        EncryptedFile file(path, cheap());
        QVERIFY(file.open(secret("p")));
        QCOMPARE(file.names()->size(), Writers * Keys + 1);
    }
    void opensWithTheDefaultCost()
    {
        const QString path = freshPath();
        EncryptedFile file(path);
        QVERIFY(file.open(secret("p")));
        QVERIFY(file.write(QStringLiteral("a/1"), secret(Canary)));
        EncryptedFile again(path);
        QCOMPARE(again.open(secret("q")).error().code, QStringLiteral("passphrase_wrong"));
        QVERIFY(again.open(secret("p")));
        QCOMPARE((*again.read(QStringLiteral("a/1")))->view(), Canary);
    }
};

QTEST_GUILESS_MAIN(TestEncryptedFile)
#include "tst_encryptedfile.moc"
