// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/bytescan.h"

#include <QByteArray>
#include <bitset>
#include <cstring>
#include <optional>

namespace society::log {

/// A text to be found in bytes, in either case of its ASCII letters if wanted. A value; its functions are pure, any
/// thread.
class Literal {
public:
    /// Nothing where bytes cannot tell: either case of a letter outside of ASCII, an empty text, a line break.
    [[nodiscard]] static std::optional<Literal> of(const QByteArray &text, bool isCaseSensitive);

    /// Where it first begins in [begin, end); `end` if nowhere.
    [[nodiscard]] const char *find(const char *begin, const char *end) const;
    [[nodiscard]] qsizetype size() const { return m_text.size(); }
    /// The bytes that byteScan() looks for, and how far into the text the first of them is.
    [[nodiscard]] const BytePair &pair() const { return m_pair; }
    [[nodiscard]] qsizetype pairAt() const { return m_first; }
    /// The same for byteScan() to mark lines by; valid as long as this is.
    [[nodiscard]] ByteText bytes() const
    {
        return {m_pair, m_first, m_text.size(), m_text.constData(), m_ignored.constData()};
    }
    /// Whether it stands at `at`, from where size() bytes can be read.
    [[nodiscard]] bool isAt(const char *at) const
    {
        const char *const text = m_text.constData();
        const char *const ignored = m_ignored.constData();
        const qsizetype size = m_text.size();
        if (size >= qsizetype(sizeof(quint64))) { // eight at a time, the last ones perhaps twice
            const auto differ = [&](qsizetype i) {
                return (eightAt(at + i) | eightAt(ignored + i)) != eightAt(text + i);
            };
            qsizetype i = 0;
            for (; size - i > qsizetype(sizeof(quint64)); i += qsizetype(sizeof(quint64))) {
                if (differ(i))
                    return false;
            }
            return !differ(size - qsizetype(sizeof(quint64)));
        }
        for (qsizetype i = 0; i < size; ++i) {
            if (static_cast<char>(at[i] | ignored[i]) != text[i])
                return false;
        }
        return true;
    }
    /// Whether its rarest byte is in [begin, end): it can be there in pieces then, with something between them.
    [[nodiscard]] bool mayBeIn(const char *begin, const char *end) const;
    /// Whether it could go on behind this byte with something in between that does not count: an escape sequence there
    /// may stand inside of it.
    [[nodiscard]] bool mayGoOnBehind(char byte) const { return m_inner[static_cast<unsigned char>(byte)]; }
    /// Whether a character outside of ASCII is the other case of one of its letters (K as in kelvin, long s): lines
    /// that have such a character are for the regular expression.
    [[nodiscard]] bool folds() const { return m_folds; }

private:
    static quint64 eightAt(const char *at)
    {
        quint64 bytes = 0;
        std::memcpy(&bytes, at, sizeof(bytes));
        return bytes;
    }

    QByteArray m_text;        // letters in lower case where case is ignored
    QByteArray m_ignored;     // what is ignored of each byte
    BytePair m_pair;          // its two rarest bytes
    qsizetype m_first = 0;    // where the first of them is
    BytePair m_rarest;        // the rarest one alone
    std::bitset<256> m_inner; // all of its bytes but the last, in either case where that is ignored
    bool m_folds = false;
};

} // namespace society::log
