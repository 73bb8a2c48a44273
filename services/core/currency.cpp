// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/currency.h"

#include <QCoreApplication>
#include <QMutex>
#include <QMutexLocker>
#include <algorithm>

namespace society {

namespace {

constexpr int LongestSign = 12;

QString defaultSign()
{
    return QStringLiteral("¥");
}

struct Shared {
    QMutex mutex;
    QString sign = defaultSign();
};

Shared &shared()
{
    static Shared only;
    return only;
}

bool mayStand(QChar c)
{
    return c.isLetter() || c.category() == QChar::Symbol_Currency || c == u' ' || c == u'$' || c == u'/';
}

} // namespace

QString currencySign()
{
    const QMutexLocker lock(&shared().mutex);
    return shared().sign;
}

void setCurrencySign(const QString &sign)
{
    const QMutexLocker lock(&shared().mutex);
    shared().sign = sign.isEmpty() ? defaultSign() : sign;
}

Result<QString> checkedCurrencySign(const QString &sign)
{
    const QString trimmed = sign.trimmed();
    if (trimmed.size() > LongestSign || !std::all_of(trimmed.cbegin(), trimmed.cend(), mayStand))
        return fail(ErrorKind::Refused, "currency_invalid",
            QCoreApplication::translate("Money", "“%1” cannot stand before amounts.").arg(trimmed.left(40)),
            QCoreApplication::translate("Money", "Use at most %1 letters or currency signs.").arg(LongestSign));
    return trimmed;
}

} // namespace society
