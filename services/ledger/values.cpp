// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/values.h"

#include <QCoreApplication>
#include <array>

namespace society::ledger {

namespace {

constexpr std::array words{"recharge", "llm_input_token", "llm_output_token", "run_time", "correction"};

bool isTokens(Item item)
{
    return item == Item::InputTokens || item == Item::OutputTokens;
}

} // namespace

QString itemWord(Item item)
{
    return QString::fromLatin1(words.at(static_cast<size_t>(item)));
}

Result<Item> itemFromWord(QStringView word)
{
    for (size_t i = 0; i < words.size(); ++i)
        if (word == QLatin1String(words.at(i)))
            return static_cast<Item>(i);
    QStringList known;
    for (const char *each : words)
        known.append(QString::fromLatin1(each));
    return fail(ErrorKind::Refused, "item_unknown",
        QCoreApplication::translate("Ledger", "“%1” is not what a bill can be for.").arg(word.left(60)),
        QCoreApplication::translate("Ledger", "Use one of: %1.").arg(known.join(QStringLiteral(", "))));
}

QString unitOf(Item item)
{
    if (isTokens(item))
        return QStringLiteral("token");
    return item == Item::RunTime ? QStringLiteral("ms") : QString();
}

qint64 unitSizeOf(Item item)
{
    if (isTokens(item))
        return 1'000'000;
    return item == Item::RunTime ? 1'000 : 1;
}

} // namespace society::ledger
