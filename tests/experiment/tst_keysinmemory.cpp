// SPDX-License-Identifier: GPL-3.0-or-later
// A key that went to another program is nowhere in this one's memory afterwards: not in freed blocks either.
#include "services/core/clock.h"
#include "services/executor/localexecutor.h"
#include "services/experiment/endpointtest.h"
#include "tests/support/scriptedllm.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cstring>

using namespace society;
using society::test::ScriptedLlm;

namespace {

/// The key is made where it is wanted, so that no constant of the program, nor the test's own copy, is found instead.
template <class Take>
void withKey(Take take)
{
    QByteArray key(20, '\0');
    for (qsizetype i = 0; i < key.size(); ++i)
        key[i] = static_cast<char>("sk-memory-9d3c1f7b5e"[i]);
    take(key);
    secrets::wipe(key);
}

/// How often the key, but for its first characters, stands in the writable memory of this process.
int timesInMemory()
{
    static std::array<char, 1 << 20> block; // known, so that it is not searched itself
    const std::array<unsigned char, 12> mirrored{
        0x92, 0x90, 0x8d, 0x86, 0xd2, 0xc6, 0x9b, 0xcc, 0x9c, 0xce, 0x99, 0xc8}; // "mory-9d3c1f7", each byte inverted
    QFile maps(QStringLiteral("/proc/self/maps"));
    QFile memory(QStringLiteral("/proc/self/mem"));
    if (!maps.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return -1;
    const QList<QByteArray> lines = maps.readAll().split('\n');
    int found = 0;
    for (const QByteArray &line : lines) {
        if (line.mid(line.indexOf(' ') + 1, 2) != "rw")
            continue;
        const quint64 begin = line.left(line.indexOf('-')).toULongLong(nullptr, 16);
        const quint64 end =
            line.mid(line.indexOf('-') + 1, line.indexOf(' ') - line.indexOf('-') - 1).toULongLong(nullptr, 16);
        if (end - begin > quint64(256) << 20)
            continue; // a sanitizer's map of memory, not memory of ours
        const auto own = reinterpret_cast<quint64>(block.data());
        for (quint64 at = begin; at < end; at += block.size() - mirrored.size()) {
            if (at < own + block.size() && at + block.size() > own)
                continue;
            memory.seek(static_cast<qint64>(at));
            const qint64 count =
                memory.read(block.data(), static_cast<qint64>(std::min<quint64>(block.size(), end - at)));
            for (qint64 i = 0; i + static_cast<qint64>(mirrored.size()) <= count; ++i) {
                std::size_t same = 0;
                while (same < mirrored.size() &&
                       static_cast<unsigned char>(~block[static_cast<std::size_t>(i) + same]) == mirrored[same])
                    ++same;
                found += same == mirrored.size() ? 1 : 0;
            }
        }
    }
    block.fill(0);
    return found;
}

} // namespace

class TestKeysInMemory : public QObject {
    Q_OBJECT

private slots:
    void seesAKeyThatIsThere()
    {
        withKey([](const QByteArray &) { QVERIFY(timesInMemory() > 0); });
        QCOMPARE(timesInMemory(), 0);
    }

    void askingAProvider()
    {
        const ScriptedLlm provider;
        QVERIFY(provider.isReady());
        const SystemClock clock;
        experiment::EndpointTest endpoints(clock);
        for (const QString &url : {provider.baseUrl(), QStringLiteral("http://127.0.0.1:1/v1")})
            withKey([&](QByteArray &key) {
                const auto answer = endpoints.askAgain(QStringLiteral("custom"), url, secrets::SecretBytes::take(key));
                QVERIFY(answer);
                QCOMPARE(answer->ok, url == provider.baseUrl());
            });
        QCOMPARE(timesInMemory(), 0);
    }

    void startingAKeeper()
    {
        const QTemporaryDir folder; // no run directory: the keeper says so, after it has read what it was given
        withKey([&](QByteArray &key) {
            QByteArray json;
            json.reserve(200);
            json.append("{\"gateway\":{\"keys\":{\"0\":\"").append(key).append("\"}}}");
            executor::LocalExecutor executor;
            QVERIFY(!executor.start(folder.path(), json));
            secrets::wipe(json);
        });
        QCOMPARE(timesInMemory(), 0);
    }
};

QTEST_GUILESS_MAIN(TestKeysInMemory)
#include "tst_keysinmemory.moc"
