// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/auditkeys_p.h"

#include <QLatin1String>

namespace society::ledger {

namespace {

constexpr qsizetype UuidLength = 36;

/// The value of a hex digit; −1 for anything else.
int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

bool isDash(qsizetype at)
{
    return at == 8 || at == 13 || at == 18 || at == 23;
}

} // namespace

int AuditWords::of(QByteArrayView text)
{
    const std::string_view view(text.data(), static_cast<std::size_t>(text.size()));
    if (const auto found = m_numbers.find(view); found != m_numbers.end())
        return found->second;
    const int number = static_cast<int>(m_texts.size());
    m_texts.emplace_back(view);
    m_numbers.emplace(m_texts.back(), number);
    return number;
}

QString AuditWords::text(int word) const
{
    return word < 0 ? QString() : QString::fromStdString(m_texts.at(static_cast<std::size_t>(word)));
}

RunKey RunKey::of(QByteArrayView text, bool *wasUuid)
{
    quint64 halves[2] = {0, 0};
    int digits = 0;
    bool isUuid = text.size() == UuidLength;
    for (qsizetype at = 0; isUuid && at < UuidLength; ++at) {
        if (isDash(at)) {
            isUuid = text[at] == '-';
            continue;
        }
        const int digit = digitOf(text[at]);
        isUuid = digit >= 0;
        halves[digits < 16 ? 0 : 1] = halves[digits < 16 ? 0 : 1] << 4U | static_cast<quint64>(digit);
        ++digits;
    }
    if (wasUuid)
        *wasUuid = isUuid;
    if (isUuid)
        return {halves[0], halves[1]};
    return {qHash(QLatin1String(text.data(), text.size()), 1), qHash(QLatin1String(text.data(), text.size()), 2)};
}

ExperimentId RunKey::id() const
{
    const QString digits =
        QStringLiteral("%1%2").arg(high, 16, 16, QLatin1Char('0')).arg(low, 16, 16, QLatin1Char('0'));
    return ExperimentId::parse(digits).value_or(ExperimentId());
}

} // namespace society::ledger
