// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/literal.h"

#include <QString>
#include <algorithm>
#include <string_view>

namespace society::log {

namespace {

constexpr char CaseBit = 0x20;

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// How common a byte is in logs: 0 for the most common one.
qsizetype rankOf(char c, bool eitherCase)
{
    static constexpr std::string_view Common =
        " eotainsr0-1:2gdmclhpfu345678,.9ybwv()_'\"IAENTORSkL/=xFDMCPWjqzBGUHVY[]{}KJXZQ\n\t";
    const auto rank = [](char byte) {
        const size_t at = Common.find(byte);
        // Of a character outside of ASCII the last byte varies most.
        return static_cast<qsizetype>(at != std::string_view::npos               ? at
                                      : static_cast<unsigned char>(byte) >= 0xc0 ? 60
                                                                                 : 90);
    };
    return eitherCase ? std::min(rank(c), rank(static_cast<char>(c ^ CaseBit))) : rank(c);
}

/// Whether all characters outside of ASCII are written one way only. Certain for Chinese, Japanese and Korean.
bool hasOneCase(const QByteArray &text)
{
    const QString characters = QString::fromUtf8(text);
    return std::all_of(characters.begin(), characters.end(), [](QChar c) {
        return c.unicode() < 0x80 || (c.unicode() >= 0x2e80 && c.unicode() < 0xa640) ||
               (c.unicode() >= 0xac00 && c.unicode() < 0xd7a4);
    });
}

} // namespace

std::optional<Literal> Literal::of(const QByteArray &text, bool isCaseSensitive)
{
    if (text.isEmpty() || text.contains('\n') || (!isCaseSensitive && !hasOneCase(text)))
        return std::nullopt;
    Literal literal;
    literal.m_text = isCaseSensitive ? text : text.toLower();
    literal.m_ignored = QByteArray(text.size(), '\0');
    for (qsizetype i = 0; i < text.size() && !isCaseSensitive; ++i)
        literal.m_ignored[i] = isLetter(text[i]) ? CaseBit : '\0';
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(literal.m_text[i]);
        literal.m_inner.set(byte);
        if (literal.m_ignored[i] != 0)
            literal.m_inner.set(byte ^ static_cast<unsigned char>(CaseBit));
    }
    if (text.contains('\x1b')) // what stands between its parts may be a part of it
        literal.m_inner.set();
    literal.m_folds = !isCaseSensitive && (literal.m_text.contains('k') || literal.m_text.contains('s'));

    // The rarest byte, and the rarest of those that differ from it: "ll" is more common than its letters suggest.
    const auto rank = [&](qsizetype i) { return rankOf(literal.m_text[i], literal.m_ignored[i] != 0); };
    qsizetype rarest = 0;
    for (qsizetype i = 1; i < text.size(); ++i)
        rarest = rank(i) > rank(rarest) ? i : rarest;
    qsizetype next = rarest;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (literal.m_text[i] != literal.m_text[rarest] && (next == rarest || rank(i) > rank(next)))
            next = i;
    }
    if (next == rarest && text.size() > 1)
        next = rarest == 0 ? text.size() - 1 : 0; // all the same
    literal.m_first = std::min(rarest, next);
    const qsizetype second = std::max(rarest, next);
    const auto byte = [](const QByteArray &bytes, qsizetype i) { return static_cast<unsigned char>(bytes[i]); };
    literal.m_pair = {byte(literal.m_text, literal.m_first), byte(literal.m_ignored, literal.m_first),
        byte(literal.m_text, second), byte(literal.m_ignored, second), second - literal.m_first};
    const unsigned char value = byte(literal.m_text, rarest);
    const unsigned char ignored = byte(literal.m_ignored, rarest);
    literal.m_rarest = {value, ignored, value, ignored, 0};
    return literal;
}

bool Literal::mayBeIn(const char *begin, const char *end) const
{
    return byteScan().findPair(begin, end, m_rarest) != end;
}

const char *Literal::find(const char *begin, const char *end) const
{
    // The pair is looked for where a whole text around it has room.
    const qsizetype before = m_first;
    const qsizetype after = m_text.size() - m_first - m_pair.distance - 1;
    if (end - begin < m_text.size())
        return end;
    const char *const stop = end - after;
    for (const char *at = begin + before;; ++at) {
        at = byteScan().findPair(at, stop, m_pair);
        if (at == stop)
            return end;
        if (isAt(at - before))
            return at - before;
    }
}

} // namespace society::log
