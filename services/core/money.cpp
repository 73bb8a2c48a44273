// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/money.h"

#include "services/core/currency.h"

#include <QCoreApplication>

namespace society {

namespace {

constexpr std::int64_t MicroPerYuan = 1'000'000;
constexpr int Decimals = 6;
__extension__ typedef __int128 Wide; // `using` takes no __extension__

QString tr(const char *text)
{
    return QCoreApplication::translate("Money", text);
}

tl::unexpected<Error> invalid(QStringView text)
{
    return fail(ErrorKind::Refused, "amount_invalid", tr("“%1” is not an amount.").arg(text.left(40)),
        tr("Write digits with at most one decimal point, such as 12.50."));
}

tl::unexpected<Error> tooLarge()
{
    return fail(ErrorKind::Refused, "amount_too_large", tr("The amount is too large."),
        tr("The largest amount is 9,223,372,036,854.775807 yuan."));
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// The absolute value's decimal text, with at least `least` decimals.
QString decimalText(std::int64_t micro, int least, const QString &point)
{
    // Through unsigned: the smallest 64-bit number has no positive twin.
    const auto absolute = micro < 0 ? 0 - static_cast<std::uint64_t>(micro) : static_cast<std::uint64_t>(micro);
    QString fraction = QString::number(absolute % MicroPerYuan).rightJustified(Decimals, u'0');
    while (fraction.size() > least && fraction.endsWith(u'0'))
        fraction.chop(1);
    const QString whole = QString::number(absolute / MicroPerYuan);
    return fraction.isEmpty() ? whole : whole + point + fraction;
}

} // namespace

Result<Money> Money::parse(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    QStringView digits = trimmed;
    const bool negative = digits.startsWith(u'-');
    if (negative || digits.startsWith(u'+'))
        digits = digits.mid(1);
    const qsizetype point = digits.indexOf(u'.');
    const QStringView whole = point < 0 ? digits : digits.left(point);
    QStringView fraction = point < 0 ? QStringView() : digits.mid(point + 1);
    if (whole.isEmpty() || (point >= 0 && fraction.isEmpty()))
        return invalid(text);
    for (const QStringView part : {whole, fraction})
        for (const QChar c : part)
            if (!isDigit(c))
                return invalid(text);
    while (fraction.size() > Decimals && fraction.endsWith(u'0'))
        fraction.chop(1);
    if (fraction.size() > Decimals)
        return fail(ErrorKind::Refused, "amount_too_precise", tr("“%1” has more than six decimals.").arg(text.left(40)),
            tr("The smallest amount is 0.000001 yuan."));
    Wide micro = 0;
    constexpr Wide Limit = static_cast<Wide>(INT64_MAX) + 1;
    const auto append = [&micro](QStringView part) {
        for (const QChar c : part) {
            micro = micro * 10 + (c.unicode() - u'0');
            if (micro > Limit)
                micro = Limit + 1;
        }
    };
    append(whole);
    append(fraction);
    for (qsizetype i = fraction.size(); i < Decimals; ++i)
        append(u"0");
    if (micro > (negative ? Limit : Limit - 1))
        return tooLarge();
    return Money(static_cast<std::int64_t>(negative ? -micro : micro));
}

Result<Money> Money::parse(QStringView text, const QLocale &locale)
{
    QString plain = text.trimmed().toString();
    const QString group = locale.groupSeparator();
    const QString point = locale.decimalPoint();
    // A group separator is taken only where grouping puts one: "1,234" is a thousand, "1,5" is a slip, not fifteen.
    const qsizetype pointAt = plain.indexOf(point);
    QString whole = pointAt < 0 ? plain : plain.left(pointAt);
    if (!group.isEmpty() && whole.contains(group)) {
        const QStringList parts = whole.split(group);
        const qsizetype sign = whole.startsWith(u'-') || whole.startsWith(u'+') ? 1 : 0;
        const qsizetype leading = parts.constFirst().size() - sign;
        if (leading < 1 || leading > 3)
            return invalid(text);
        for (qsizetype i = 1; i < parts.size(); ++i)
            if (parts.at(i).size() != 3)
                return invalid(text);
        whole = parts.join(QString());
    }
    plain = pointAt < 0 ? whole : whole + u'.' + plain.mid(pointAt + point.size());
    if (auto money = parse(plain); money || money.error().code != u"amount_invalid")
        return money;
    return invalid(text);
}

QString Money::toDecimal() const
{
    return (isNegative() ? QStringLiteral("-") : QString()) + decimalText(m_micro, 2, QStringLiteral("."));
}

QString Money::toDisplay(const QLocale &locale) const
{
    QString number = decimalText(m_micro, 2, locale.decimalPoint());
    qsizetype wholeEnd = number.indexOf(locale.decimalPoint());
    for (qsizetype at = wholeEnd - 3; at > 0; at -= 3)
        number.insert(at, locale.groupSeparator());
    return (isNegative() ? QStringLiteral("−") : QString()) + currencySign() + u' ' + number;
}

Result<Money> Money::plus(Money other) const
{
    std::int64_t sum = 0;
    if (__builtin_add_overflow(m_micro, other.m_micro, &sum))
        return tooLarge();
    return Money(sum);
}

Result<Money> priceOf(std::int64_t quantity, Money unitPrice, std::int64_t unit)
{
    // C++ division truncates toward zero, which is the rule of rounding here.
    const Wide micro = static_cast<Wide>(quantity) * unitPrice.micro() / unit;
    if (micro > INT64_MAX || micro < INT64_MIN)
        return tooLarge();
    return Money::fromMicro(static_cast<std::int64_t>(micro));
}

} // namespace society
