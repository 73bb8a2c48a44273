// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gateway/practice/practicemodel.h"
#include "app/gateway/practice/pythonform.h"
#include "app/gateway/practice/text.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace society::gateway::practice;
using namespace Qt::StringLiterals;

/// The practice model says exactly what its Python twin says.
class PracticeModelTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhatThePythonTwinSays();
    void writesFloatsAsPython_data();
    void writesFloatsAsPython();
    void cutsByCodePoints();
    void anotherSeedAnotherDay();

private:
    static QString differences(const QJsonObject &expected);
};

QString PracticeModelTest::differences(const QJsonObject &expected)
{
    const std::string body = expected["body"_L1].toString().toStdString();
    const auto answer = answerTo(Json::parse(body), expected["seed"_L1].toString().toStdString());
    if (expected["kind"_L1].isNull())
        return answer ? u"answered what must be refused"_s : QString();
    if (!answer)
        return u"refused"_s;
    QStringList wrong;
    const auto compare = [&](QLatin1StringView name, const std::string &is) {
        const QString should = expected[name].toString();
        if (should.toStdString() != is)
            wrong << u"%1: %2 instead of %3"_s.arg(name, QString::fromStdString(is), should);
    };
    compare("kind"_L1, answer->kind);
    compare("text"_L1, answer->content);
    compare("tool"_L1, answer->toolName);
    compare("id"_L1, answer->callId);
    if (expected["in"_L1].toInteger() != answer->tokensIn || expected["out"_L1].toInteger() != answer->tokensOut)
        wrong << u"tokens %1, %2"_s.arg(answer->tokensIn).arg(answer->tokensOut);
    return wrong.join(u"; "_s);
}

void PracticeModelTest::saysWhatThePythonTwinSays()
{
    QProcess corpus;
    corpus.start(u"/usr/bin/python3"_s,
        {qEnvironmentVariable("SOCIETY_SOURCE") + u"/tests/support/practice_corpus.py"_s, u"8000"_s});
    QVERIFY(corpus.waitForFinished(50000));
    QCOMPARE(corpus.exitCode(), 0);
    const QList<QByteArray> lines = corpus.readAllStandardOutput().trimmed().split('\n');

    QCOMPARE(lines.size(), 8000);
    QMap<QString, int> kinds;
    QStringList wrong;
    for (const QByteArray &line : lines) {
        const QJsonObject expected = QJsonDocument::fromJson(line).object();
        ++kinds[expected["kind"_L1].toString()];
        const QString difference = differences(expected);
        if (!difference.isEmpty())
            wrong << difference + u"\n  for "_s + expected["body"_L1].toString();
    }
    QVERIFY2(wrong.isEmpty(),
        qPrintable(
            u"%1 of %2 differ, such as\n%3"_s.arg(wrong.size()).arg(lines.size()).arg(wrong.mid(0, 5).join(u'\n'))));
    // 30 named kinds (two rows say chat_text), tool, unknown, and the refused: the corpus must not quietly lose one.
    QCOMPARE(kinds.size(), 33);
    for (auto kind = kinds.cbegin(); kind != kinds.cend(); ++kind)
        QVERIFY2(kind.value() >= 40, qPrintable(kind.key()));
}

void PracticeModelTest::writesFloatsAsPython_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("share") << 0.8 << QByteArray("0.8");
    QTest::newRow("whole") << 1.0 << QByteArray("1.0");
    QTest::newRow("zero") << 0.0 << QByteArray("0.0");
    QTest::newRow("minus zero") << -0.0 << QByteArray("-0.0");
    QTest::newRow("sum") << 0.1 + 0.2 << QByteArray("0.30000000000000004");
    QTest::newRow("last plain small") << 0.0001 << QByteArray("0.0001");
    QTest::newRow("small") << 0.00001 << QByteArray("1e-05");
    QTest::newRow("last plain large") << 1234567890123456.0 << QByteArray("1234567890123456.0");
    QTest::newRow("large") << 1e16 << QByteArray("1e+16");
    QTest::newRow("larger") << 1.5e300 << QByteArray("1.5e+300");
    QTest::newRow("hundred thousand") << 100000.0 << QByteArray("100000.0");
    QTest::newRow("negative") << -2.5 << QByteArray("-2.5");
}

void PracticeModelTest::writesFloatsAsPython()
{
    QFETCH(double, value);
    QTEST(QByteArray::fromStdString(pythonFloat(value)), "text");
}

void PracticeModelTest::cutsByCodePoints()
{
    QCOMPARE(codePoints("a你😀"), 3U);
    QCOMPARE(QByteArray::fromStdString(std::string(firstCodePoints("a你😀b", 3))), QByteArray("a你😀"));
    QCOMPARE(tokens("你好你好你"), 2);
    QCOMPARE(tokens(""), 0);
    QCOMPARE(pieces("你好吗", 2).size(), 2U);
    QCOMPARE(whole("１２"), 12);
    QCOMPARE(decimal("0.85.", 0.5), 0.85);
    QCOMPARE(twoDecimals(0.125), 0.12);
}

void PracticeModelTest::anotherSeedAnotherDay()
{
    const Json request = Json::parse(R"({"messages": [{"role": "user", "content": "{\"radius\": 10000}"}]})");
    QSet<QByteArray> said;
    for (int seed = 0; seed < 40; ++seed) {
        const auto answer = answerTo(request, std::to_string(seed));
        QVERIFY(answer);
        QCOMPARE(answer->content, answerTo(request, std::to_string(seed))->content);
        said.insert(QByteArray::fromStdString(answer->content));
    }
    QCOMPARE(said.size(), 8); // all eight radii
}

QTEST_GUILESS_MAIN(PracticeModelTest)
#include "tst_practicemodel.moc"
