// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/secrets/secretbytes.h"
#include "services/secrets/secretname.h"

#include <QTest>
#include <type_traits>

using namespace society;
using namespace society::secrets;

static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
static_assert(!std::is_convertible_v<QByteArrayView, SecretBytes>);

class TestSecretBytes : public QObject {
    Q_OBJECT
private slots:
    void takesAndWipesTheCallersCopy()
    {
        QByteArray source("sk-canary-0123456789");
        const char *memory = source.constData();
        const auto secret = SecretBytes::take(source);
        QCOMPARE(secret.view(), QByteArrayView("sk-canary-0123456789"));
        QVERIFY(source.isEmpty());
        Q_UNUSED(memory)
    }
    void knowsAgain()
    {
        const SecretBytes key(QByteArrayView("sk-1"));
        const QByteArray hash = key.hashedWith("words");
        QCOMPARE(SecretBytes(QByteArrayView("sk-1")).hashedWith("words"), hash);
        QVERIFY(SecretBytes(QByteArrayView("sk-2")).hashedWith("words") != hash);
        QVERIFY(key.hashedWith("other words") != hash);
        QVERIFY(SecretBytes(QByteArrayView("k-1")).hashedWith("wordss") != hash);
        QVERIFY(SecretBytes().hashedWith("words") != SecretBytes().hashedWith({}));
    }
    void movesAndClones()
    {
        SecretBytes first(QByteArrayView("key"));
        SecretBytes second(std::move(first));
        QCOMPARE(second.view(), QByteArrayView("key"));
        SecretBytes third;
        third = std::move(second);
        QCOMPARE(third.clone().view(), QByteArrayView("key"));
        QCOMPARE(third.size(), 3);
        QVERIFY(SecretBytes().isEmpty());
        QVERIFY(SecretBytes(QByteArrayView()).view().isEmpty());
    }
    void trims_data()
    {
        QTest::addColumn<QByteArray>("in");
        QTest::addColumn<QByteArray>("out");
        QTest::newRow("line feed") << QByteArray("key\n") << QByteArray("key");
        QTest::newRow("both ends") << QByteArray(" \t key with blank \r\n") << QByteArray("key with blank");
        QTest::newRow("nothing left") << QByteArray(" \n ") << QByteArray();
        QTest::newRow("empty") << QByteArray() << QByteArray();
    }
    void trims()
    {
        QFETCH(QByteArray, in);
        QFETCH(QByteArray, out);
        QCOMPARE(SecretBytes(in).trimmed().view().toByteArray(), out);
    }
    void namesRoundTrip_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        const QString id = QStringLiteral("0f8fad5b-d9cb-469f-a165-70867728950e");
        QTest::newRow("tenant") << QString(QStringLiteral("default/") + id + QStringLiteral("/0")) << true;
        QTest::newRow("public") << QString(QStringLiteral("_/") + id + QStringLiteral("/12")) << true;
        QTest::newRow("empty tenant") << QString(u'/' + id + QStringLiteral("/0")) << false;
        QTest::newRow("upper case") << QString(QStringLiteral("Default/") + id + QStringLiteral("/0")) << false;
        QTest::newRow("no id") << QStringLiteral("default/x/0") << false;
        QTest::newRow("negative") << QString(QStringLiteral("default/") + id + QStringLiteral("/-1")) << false;
        QTest::newRow("huge") << QString(QStringLiteral("default/") + id + QStringLiteral("/10000")) << false;
        QTest::newRow("canary") << QStringLiteral("canary/1") << false;
        QTest::newRow("nothing") << QString() << false;
    }
    void namesRoundTrip()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        const auto name = SecretName::parse(text);
        QCOMPARE(name.has_value(), good);
        if (good)
            QCOMPARE(name->text(), text);
        else
            QCOMPARE(name.error().code, QStringLiteral("secret_name_invalid"));
    }
};

QTEST_GUILESS_MAIN(TestSecretBytes)
#include "tst_secretbytes.moc"
