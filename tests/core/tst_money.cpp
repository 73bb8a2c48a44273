// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/money.h"

#include <QRandomGenerator>
#include <QTest>

#include <array>

using namespace society;
using namespace Qt::StringLiterals;

namespace {

/// Amounts of every size, the ends included.
qint64 anyMicro(QRandomGenerator &random)
{
    static constexpr std::array<qint64, 10> special{
        0, 1, -1, 999'999, 1'000'000, -1'000'001, INT64_MAX, INT64_MIN, INT64_MAX - 1, INT64_MIN + 1};
    if (random.bounded(20) == 0)
        return special.at(random.bounded(static_cast<quint32>(special.size())));
    return static_cast<qint64>(random.generate64()) >> random.bounded(64);
}

/// The decimal of a number of micros, by moving the point in its digits.
QString decimalOf(qint64 micro)
{
    QString digits = QString::number(micro);
    const bool negative = digits.startsWith(u'-');
    if (negative)
        digits.remove(0, 1);
    digits = digits.rightJustified(7, u'0');
    digits.insert(digits.size() - 6, u'.');
    while (digits.endsWith(u'0') && digits.size() - digits.indexOf(u'.') > 3)
        digits.chop(1);
    return (negative ? u"-"_s : u""_s) + digits;
}

/// quantity × price / unit by long multiplication in 32-bit digits and long division bit by bit; the quotient's high
/// and low 64 bits.
std::pair<quint64, quint64> bigDivide(quint64 quantity, quint64 price, quint64 unit)
{
    const std::array<quint64, 2> a{quantity & 0xffffffff, quantity >> 32};
    const std::array<quint64, 2> b{price & 0xffffffff, price >> 32};
    std::array<quint64, 4> product{};
    for (size_t i = 0; i < 2; ++i)
        for (size_t j = 0; j < 2; ++j) {
            quint64 carry = a.at(i) * b.at(j);
            for (size_t k = i + j; k < 4 && carry != 0; ++k) {
                carry += product.at(k);
                product.at(k) = carry & 0xffffffff;
                carry >>= 32;
            }
        }
    quint64 rest = 0;
    std::array<quint64, 2> quotient{};
    for (int bit = 127; bit >= 0; --bit) {
        const auto at = static_cast<size_t>(bit);
        const bool carry = rest >> 63 != 0;
        rest = (rest << 1) | ((product.at(at / 32) >> (at % 32)) & 1);
        if (carry || rest >= unit) {
            rest -= unit;
            quotient.at(at / 64) |= quint64(1) << (at % 64);
        }
    }
    return {quotient.at(1), quotient.at(0)};
}

QString codeOf(const Result<Money> &money)
{
    return money ? QString() : money.error().code;
}

} // namespace

/// Money: read, printed, added and multiplied exactly.
class TestMoney : public QObject {
    Q_OBJECT
private slots:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void printsAndReadsBack();
    void localesReadWhatTheyShow_data();
    void localesReadWhatTheyShow();
    void locales_data();
    void locales();
    void shows_data();
    void shows();
    void adds();
    void prices();
    void priceTable_data();
    void priceTable();
};

void TestMoney::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("micro");
    const auto row = [](const char *text, qint64 micro) { QTest::newRow(text) << QString::fromUtf8(text) << micro; };
    row("0", 0);
    row("-0", 0);
    row("-0.000000", 0);
    row("1", 1'000'000);
    row("+1", 1'000'000);
    row("12.5", 12'500'000);
    row("-0.000001", -1);
    row("0.0000010", 1);
    row("1.500000000000", 1'500'000);
    row("007", 7'000'000);
    row("  2.25\t", 2'250'000);
    row("9223372036854.775807", INT64_MAX);
    row("-9223372036854.775808", INT64_MIN);
    row("000000000000000000000000000000001", 1'000'000);
}

void TestMoney::parses()
{
    QFETCH(QString, text);
    QFETCH(qint64, micro);
    const auto money = Money::parse(text);
    QVERIFY2(money.has_value(), qPrintable(codeOf(money)));
    QCOMPARE(money->micro(), micro);
}

void TestMoney::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    for (const char *text : {"", " ", "-", "+", ".", "-.", "5.", ".5", "1e9", "1E3", "0x10", "1,234.56", "1,5", "1 000",
             "1.2.3", "--1", "+-1", "1-", "1.-5", "nan", "inf", "¥1", "1元", "１２", "１.５", "٣", "1'000", "1_000",
             "−5", "1.5f", "½", "1\n2"})
        QTest::newRow(text) << QString::fromUtf8(text) << u"amount_invalid"_s;
    QTest::newRow("NUL") << u"1\0002"_s << u"amount_invalid"_s;
    for (const char *text : {"0.0000001", "1.0000001", "99999999999999999999.0000001"})
        QTest::newRow(text) << QString::fromUtf8(text) << u"amount_too_precise"_s;
    for (const char *text : {"9223372036854.775808", "-9223372036854.775809", "10000000000000", "10000000000000000000",
             "-99999999999999999999999999"})
        QTest::newRow(text) << QString::fromUtf8(text) << u"amount_too_large"_s;
    QTest::newRow("a million digits") << QString(1'000'000, u'9') << u"amount_too_large"_s;
}

void TestMoney::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    const auto money = Money::parse(text);
    QCOMPARE(codeOf(money), code);
    QVERIFY(!money.error().message.isEmpty());
    QVERIFY(money.error().message.size() < 200);
    QVERIFY(!money.error().remedy.isEmpty());
}

void TestMoney::printsAndReadsBack()
{
    QRandomGenerator random(1);
    for (int i = 0; i < 200'000; ++i) {
        const qint64 micro = anyMicro(random);
        const QString text = Money::fromMicro(micro).toDecimal();
        QCOMPARE(text, decimalOf(micro));
        const auto money = Money::parse(text);
        QVERIFY2(money && money->micro() == micro, qPrintable(text));
    }
}

void TestMoney::localesReadWhatTheyShow_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"C", "en_US", "zh_CN", "de_DE", "fr_FR", "de_CH", "ru_RU"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestMoney::localesReadWhatTheyShow()
{
    QFETCH(QString, name);
    const QLocale locale(name);
    QRandomGenerator random(2);
    for (int i = 0; i < 20'000; ++i) {
        const Money money = Money::fromMicro(anyMicro(random));
        QString text = money.toDisplay(locale);
        QCOMPARE(text.startsWith(u'−'), money.isNegative());
        text.replace(u'−', u'-').remove(u"¥ "_s);
        const auto again = Money::parse(text, locale);
        QVERIFY2(again && *again == money, qPrintable(text));
    }
}

void TestMoney::locales_data()
{
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("micro"); // −1: refused
    int number = 0;
    const auto row = [&number](const char *locale, const char *text, qint64 micro) {
        QTest::addRow("%d %s %s", ++number, locale, text)
            << QString::fromLatin1(locale) << QString::fromUtf8(text) << micro;
    };
    row("en_US", "1,234.56", 1'234'560'000);
    row("zh_CN", "1,234.56", 1'234'560'000);
    row("de_DE", "1.234,56", 1'234'560'000);
    row("de_DE", "1234,56", 1'234'560'000);
    row("de_DE", "12,5", 12'500'000);
    row("en_US", "1,234,567", 1'234'567'000'000);
    row("en_US", "-1,234.5", -1'234'500'000);
    // A comma for a point in the wrong locale must not become a hundredfold.
    row("en_US", "12,5", -1);
    row("en_US", "12,50", -1);
    row("zh_CN", "12,50", -1);
    row("de_DE", "12.5", -1);
    row("en_US", "1.234,56", -1);
    row("en_US", "1234,567", -1);
    row("en_US", ",123", -1);
    row("en_US", "-,123", -1);
    row("en_US", "1,,234", -1);
    row("en_US", "1,23,456", -1);
    row("en_US", "1,2345", -1);
    row("en_US", "1,234,", -1);
    row("en_US", "0.123,456", -1);
    row("en_US", "1e9", -1);
    row("zh_CN", "１２", -1);
    row("de_DE", "1,2,3", -1);
}

void TestMoney::locales()
{
    QFETCH(QString, locale);
    QFETCH(QString, text);
    QFETCH(qint64, micro);
    const auto money = Money::parse(text, QLocale(locale));
    QCOMPARE(codeOf(money), micro == -1 ? u"amount_invalid"_s : QString());
    if (money)
        QCOMPARE(money->micro(), micro);
    else
        QVERIFY2(money.error().message.contains(text), "the words quote what was typed");
}

void TestMoney::shows_data()
{
    QTest::addColumn<qint64>("micro");
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64(0) << u"en_US"_s << u"¥ 0.00"_s;
    QTest::newRow("half") << qint64(500'000) << u"en_US"_s << u"¥ 0.50"_s;
    QTest::newRow("one micro") << qint64(1) << u"en_US"_s << u"¥ 0.000001"_s;
    QTest::newRow("exact") << qint64(12'345'678) << u"zh_CN"_s << u"¥ 12.345678"_s;
    QTest::newRow("grouped") << qint64(-1'234'567'800'000) << u"en_US"_s << u"−¥ 1,234,567.80"_s;
    QTest::newRow("German") << qint64(1'234'500'000) << u"de_DE"_s << u"¥ 1.234,50"_s;
    QTest::newRow("least") << qint64(INT64_MIN) << u"en_US"_s << u"−¥ 9,223,372,036,854.775808"_s;
}

void TestMoney::shows()
{
    QFETCH(qint64, micro);
    QFETCH(QString, locale);
    QFETCH(QString, text);
    QCOMPARE(Money::fromMicro(micro).toDisplay(QLocale(locale)), text);
}

void TestMoney::adds()
{
    QRandomGenerator random(3);
    for (int i = 0; i < 100'000; ++i) {
        const qint64 a = anyMicro(random);
        const qint64 b = anyMicro(random);
        const auto sum = Money::fromMicro(a).plus(Money::fromMicro(b));
        const bool fits = b >= 0 ? a <= INT64_MAX - b : a >= INT64_MIN - b;
        QCOMPARE(codeOf(sum), fits ? QString() : u"amount_too_large"_s);
        if (fits)
            QCOMPARE(sum->micro() - b, a);
    }
}

void TestMoney::prices()
{
    QRandomGenerator random(4);
    for (int i = 0; i < 100'000; ++i) {
        const qint64 quantity = anyMicro(random) & INT64_MAX;
        const qint64 price = anyMicro(random) & INT64_MAX;
        const qint64 unit = random.bounded(3) == 0 ? 1'000'000 : qMax<qint64>(1, anyMicro(random) & INT64_MAX);
        const auto [high, low] =
            bigDivide(static_cast<quint64>(quantity), static_cast<quint64>(price), static_cast<quint64>(unit));
        const bool fits = high == 0 && low <= static_cast<quint64>(INT64_MAX);
        const auto money = priceOf(quantity, Money::fromMicro(price), unit);
        QCOMPARE(codeOf(money), fits ? QString() : u"amount_too_large"_s);
        if (fits)
            QCOMPARE(static_cast<quint64>(money->micro()), low);
    }
}

void TestMoney::priceTable_data()
{
    QTest::addColumn<qint64>("quantity");
    QTest::addColumn<qint64>("price");
    QTest::addColumn<qint64>("unit");
    QTest::addColumn<qint64>("micro");
    QTest::newRow("79 tokens") << qint64(79) << qint64(3'000'000) << qint64(1'000'000) << qint64(237);
    QTest::newRow("below one micro") << qint64(1) << qint64(999'999) << qint64(1'000'000) << qint64(0);
    QTest::newRow("toward zero") << qint64(1'999'999) << qint64(-1) << qint64(1'000'000) << qint64(-1);
    QTest::newRow("beyond a double") << qint64(9'007'199'254'740'993) << qint64(1) << qint64(1)
                                     << qint64(9'007'199'254'740'993);
    QTest::newRow("largest") << qint64(INT64_MAX) << qint64(INT64_MAX) << qint64(INT64_MAX) << qint64(INT64_MAX);
}

void TestMoney::priceTable()
{
    QFETCH(qint64, quantity);
    QFETCH(qint64, price);
    QFETCH(qint64, unit);
    QFETCH(qint64, micro);
    const auto money = priceOf(quantity, Money::fromMicro(price), unit);
    QVERIFY(money.has_value());
    QCOMPARE(money->micro(), micro);
}

QTEST_GUILESS_MAIN(TestMoney)
#include "tst_money.moc"
