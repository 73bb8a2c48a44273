// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QString Name = QStringLiteral("lab/0f8fad5b-d9cb-469f-a165-70867728950e/0");
constexpr QByteArrayView Canary = "sk-canary-c0ffee42";

struct Outcome {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

} // namespace

/// The store with a real Secret Service (gnome-keyring) on a bus of its own.
class TestKeychain : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    /// Runs a shell script in a session of this kind; in it, `$H` is the helper with the workspace, `$N` the key's
    /// name.
    Outcome session(const QString &kind, const QString &script, const QByteArray &passphrase = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("H"),
            QStringLiteral(SECRET_HELPER) + u' ' + m_folder->filePath(QStringLiteral("workspace")));
        environment.insert(QStringLiteral("N"), Name);
        environment.insert(QStringLiteral("KEY"), QString::fromLatin1(Canary));
        environment.remove(QStringLiteral("SOCIETY_KEYCHAIN"));
        environment.remove(QStringLiteral("SOCIETY_PASSPHRASE_FILE"));
        if (!passphrase.isEmpty()) {
            const QString path = m_folder->filePath(QStringLiteral("passphrase"));
            QFile file(path);
            if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
                file.write(passphrase);
            environment.insert(QStringLiteral("SOCIETY_PASSPHRASE_FILE"), path);
        }
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(KEYRING_SESSION), {kind, QStringLiteral("bash"), QStringLiteral("-euc"), script});
        constexpr int Patience = 60'000;
        if (!process.waitForFinished(Patience))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keepsInTheKeychain()
    {
        const Outcome outcome = session(QStringLiteral("unlocked"), QStringLiteral(R"(
            $H where
            printf %s "$KEY" | $H write $N
            $H list
            $H read $N; echo
            command -v secret-tool >&2
            secret-tool search --all server society-workbench 2>&1 | grep -c "$N"
            $H remove $N
            $H remove $N
            $H list
            ! $H read $N 2>&1
        )"));
        const QByteArray expected = "keychain\n0\n" + Name.toUtf8() + "\n" + Canary.toByteArray() +
                                    "\n1\nsecret_missing (" + Name.toUtf8() + ")\n";
        QCOMPARE(outcome.out, expected);
        QCOMPARE(outcome.code, 0);
    }
    void leavesNothingOnDisk()
    {
        const Outcome outcome = session(QStringLiteral("unlocked"), QStringLiteral(R"(
            command -v secret-tool >&2
            printf %s "$KEY" | $H write $N
            secret-tool search --all server society-workbench 2>&1 | grep -c canary/ || true
        )"));
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, QByteArray("0\n0\n")); // the canary of the trial is gone
        QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int seen = 0;
        for (; files.hasNext(); ++seen) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(Canary), qPrintable(file.fileName()));
        }
        QVERIFY(seen > 0);
    }
    void tellsAClosedKeychainFromAMissingKey()
    {
        // Written where the keychain was open; read where it is not: a locked one must not look like "no key".
        QCOMPARE(session(QStringLiteral("unlocked"), QStringLiteral("printf %s \"$KEY\" | $H write $N")).code, 0);
        for (const QString &kind : {QStringLiteral("locked"), QStringLiteral("none"), QStringLiteral("nobus")}) {
            const Outcome outcome = session(kind, QStringLiteral("$H where 2>/dev/null; $H list; ! $H read $N 2>&1"));
            QVERIFY2(outcome.out.startsWith("nowhere\n" + Name.toUtf8() + "\nkeychain_unavailable ("),
                qPrintable(kind + QStringLiteral(": ") + QString::fromUtf8(outcome.out + outcome.err)));
            QCOMPARE(outcome.code, 0);
        }
    }
    void noticesAKeychainThatComesLater()
    {
        const Outcome outcome = session(QStringLiteral("none"), QStringLiteral(R"sh(
            mkfifo "$HOME/go"
            exec 3< <(printf %s "$KEY" | $H later $N "$HOME/go")
            read -r first <&3
            printf 'login password' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
            daemon=$!
            until printf %s warm | secret-tool store --label=warm test warm &&
                [ "$(secret-tool lookup test warm)" = warm ]; do :; done 2>/dev/null
            : >"$HOME/go"
            read -r second <&3
            echo "$first $second"
            $H read $N
            kill $daemon
        )sh"));
        QCOMPARE(outcome.out, "2 0\n" + Canary.toByteArray()); // in memory, then in the keychain, where others find it
        QCOMPARE(outcome.code, 0);
    }
    void fallsBackToTheFile_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("locked") << QStringLiteral("locked");
        QTest::newRow("no service") << QStringLiteral("none");
        QTest::newRow("no bus") << QStringLiteral("nobus");
    }
    void fallsBackToTheFile()
    {
        QFETCH(QString, kind);
        const Outcome outcome = session(kind, QStringLiteral(R"(
            $H where 2>/dev/null
            printf %s "$KEY" | $H write $N
            $H read $N
        )"),
            "a passphrase");
        QCOMPARE(outcome.out, "file\n1\n" + Canary.toByteArray());
        QCOMPARE(outcome.code, 0);
    }
    void theNewerKeyWins()
    {
        const QString write = QStringLiteral("printf %s \"$KEY\"-%1 | $H write $N");
        QCOMPARE(session(QStringLiteral("none"), write.arg(1), "p").out, QByteArray("1\n"));
        // In the keychain now, and the older one in the file is forgotten.
        QCOMPARE(session(QStringLiteral("unlocked"), write.arg(2) + QStringLiteral("; $H read $N"), "p").out,
            "0\n" + Canary.toByteArray() + "-2");
        QCOMPARE(session(QStringLiteral("none"), write.arg(3), "p").out, QByteArray("1\n"));
        QCOMPARE(
            session(QStringLiteral("unlocked"), QStringLiteral("$H read $N"), "p").out, Canary.toByteArray() + "-3");
    }
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
