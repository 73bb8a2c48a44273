// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is not surely understood gives the careful answer: no rewriting, no required text. Lines are matched one by
// one then.
#include "services/log/patternshape.h"

#include <QByteArrayList>
#include <algorithm>

namespace society::log {

namespace {

class ShapeReader {
public:
    explicit ShapeReader(const QByteArray &source)
        : m_source(source)
    {
    }

    [[nodiscard]] PatternShape read()
    {
        while (m_at < m_source.size() && !m_isStrange)
            readOne();
        endRun();
        PatternShape shape;
        if (m_isStrange || m_depth != 0)
            return shape;
        if (!m_crosses)
            shape.withinLines = m_out;
        if (!m_hasAlternatives && m_best.size() >= 2)
            shape.required = m_best;
        return shape;
    }

private:
    [[nodiscard]] char at(qsizetype offset = 0) const
    {
        return m_at + offset < m_source.size() ? m_source[m_at + offset] : '\0';
    }

    void take(qsizetype count)
    {
        m_out += m_source.sliced(m_at, count);
        m_at += count;
    }

    void replace(qsizetype count, const char *by)
    {
        m_out += by;
        m_at += count;
    }

    /// Something that is no literal character.
    void endRun()
    {
        if (m_run.size() > m_best.size())
            m_best = m_run;
        m_run.clear();
        m_lastLength = 0;
    }

    void takeLiteral(qsizetype sourceLength, QByteArrayView bytes)
    {
        if (m_depth == 0) {
            m_run += bytes.toByteArray();
            m_lastLength = bytes.size();
        }
        take(sourceLength);
    }

    /// The character before need not be there.
    void dropLast()
    {
        m_run.chop(m_lastLength);
        endRun();
    }

    void readOne()
    {
        const char c = at();
        switch (c) {
        case '\\':
            return readEscape();
        case '[':
            return readClass();
        case '(':
            return readGroup();
        case ')':
            endRun();
            --m_depth;
            m_isStrange = m_isStrange || m_depth < 0;
            return take(1);
        case '|':
            endRun();
            m_hasAlternatives = m_hasAlternatives || m_depth == 0;
            return take(1);
        case '*':
        case '?':
            dropLast();
            return take(1);
        case '{':
            dropLast();
            return take(bracesLength());
        case '+':
        case '^':
        case '$':
        case '.':
            endRun();
            return take(1);
        case '\n':
            m_crosses = true;
            endRun();
            return take(1);
        default:
            break;
        }
        qsizetype length = 1;
        while (static_cast<unsigned char>(c) >= 0xc0 && (static_cast<unsigned char>(at(length)) & 0xc0) == 0x80)
            ++length;
        takeLiteral(length, QByteArrayView(m_source).sliced(m_at, length));
    }

    /// Of "{2,3}", where a quantifier may be; 1 where it is only a brace.
    [[nodiscard]] qsizetype bracesLength() const
    {
        qsizetype end = 1;
        while ((at(end) >= '0' && at(end) <= '9') || at(end) == ',' || at(end) == ' ')
            ++end;
        return at(end) == '}' ? end + 1 : 1;
    }

    void readEscape()
    {
        const char c = at(1);
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool isDigit = c >= '0' && c <= '9';
        if (c > ' ' && c < '\x7f' && !isLetter && !isDigit)
            return takeLiteral(2, QByteArrayView(m_source).sliced(m_at + 1, 1));
        endRun();
        if (c == 's')
            return replace(2, "[^\\S\\n]");
        if (c == 'W')
            return replace(2, "[^\\w\\n]");
        if (c == 'D')
            return replace(2, "[^\\d\\n]");
        if (c == 'H')
            return replace(2, "[^\\h\\n]");
        if (isLetter && QByteArrayView("dwhbBSVtrfea").contains(c))
            return take(2);
        if (isDigit && c != '0' && (at(2) < '0' || at(2) > '9'))
            return take(2); // what a group matched
        if (isLetter && QByteArrayView("AZzGRXvn").contains(c)) {
            m_crosses = true;
            return take(2);
        }
        m_isStrange = true;
    }

    void readClass()
    {
        endRun();
        const bool isNegated = at(1) == '^';
        qsizetype end = isNegated ? 2 : 1;
        const char first = at(end);
        if (first == ']') // stands for itself there
            ++end;
        bool isPlain = first != '-' && first != ']';
        for (; m_at + end < m_source.size() && at(end) != ']'; ++end) {
            const char c = at(end);
            if (c == '[')
                m_isStrange = true; // [:name:], or a bracket that only looks so
            if (c == '\\') {
                ++end;
                isPlain = isPlain &&
                          (isNegated ? QByteArrayView("dwshSWDHtrfea.-]\\/[^\"'") : QByteArrayView("dwhS.-]\\/[^\"'"))
                              .contains(at(end));
                m_isStrange = m_isStrange || QByteArrayView("QEbpPxoNcgkuLU0123456789").contains(at(end));
            } else if (static_cast<unsigned char>(c) < 0x20 && !isNegated) {
                isPlain = false; // such as the first of a range that has the line break in it
            }
        }
        if (m_at + end >= m_source.size()) {
            m_isStrange = true;
            return;
        }
        m_crosses = m_crosses || !isPlain;
        if (isNegated && isPlain)
            replace(2, "[^\\n"), take(end + 1 - 2);
        else
            take(end + 1);
    }

    void readGroup()
    {
        endRun();
        ++m_depth;
        if (at(1) == '*') {
            m_isStrange = true;
            return;
        }
        if (at(1) != '?')
            return take(1);
        static const QByteArrayList Known = {"(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?|"};
        for (const QByteArray &known : Known) {
            if (QByteArrayView(m_source).sliced(m_at).startsWith(known))
                return take(known.size());
        }
        const qsizetype close = m_source.indexOf('>', m_at);
        const bool isNamed = (at(2) == '<' || (at(2) == 'P' && at(3) == '<')) && close > 0;
        if (isNamed)
            return take(close + 1 - m_at);
        m_isStrange = true; // options, conditions, recursion, comments
    }

    const QByteArray &m_source;
    qsizetype m_at = 0;
    QByteArray m_out;
    QByteArray m_run; // literal characters one after the other outside of groups
    QByteArray m_best;
    qsizetype m_lastLength = 0;
    int m_depth = 0;
    bool m_hasAlternatives = false; // outside of groups
    bool m_crosses = false;         // may match a line break
    bool m_isStrange = false;       // not understood
};

/// Behind the escape sequence that begins at `at`.
qsizetype behindEscape(QByteArrayView source, qsizetype at)
{
    const char kind = at + 1 < source.size() ? source[at + 1] : '\0';
    if (kind == 'c')
        return at + 3;
    if (kind != 'Q')
        return at + 2;
    const qsizetype end = source.indexOf("\\E", at + 2);
    return end < 0 ? source.size() : end + 2;
}

/// Behind the class that begins at `at`; -1 where that is not sure.
qsizetype behindClass(QByteArrayView source, qsizetype at)
{
    qsizetype end = at + 1;
    if (source.sliced(end).startsWith('^'))
        ++end;
    if (source.sliced(end).startsWith(']')) // stands for itself there
        ++end;
    while (end < source.size() && source[end] != ']') {
        if (source[end] == '[')
            return -1; // [:name:], or a bracket that only looks so
        end = source[end] == '\\' ? behindEscape(source, end) : end + 1;
    }
    return end < source.size() ? end + 1 : -1;
}

} // namespace

bool usesStart(QByteArrayView source)
{
    const auto mayHave = [](QByteArrayView part) { return part.contains("\\G") || part.contains("(*"); };
    // Comments, what callouts are given, and classes with blanks that do not count (as of (?xx)) are not read here.
    if (!mayHave(source) || source.contains('#') || source.contains("(?C") || source.contains("xx"))
        return mayHave(source);
    for (qsizetype at = 0; at < source.size();) {
        const QByteArrayView rest = source.sliced(at);
        if (rest.startsWith("\\G") || rest.startsWith("(*"))
            return true;
        const qsizetype next = rest[0] == '\\'  ? behindEscape(source, at)
                               : rest[0] == '[' ? behindClass(source, at)
                                                : at + 1;
        if (next < 0)
            return mayHave(rest);
        at = next;
    }
    return false;
}

PatternShape shapeOf(const QByteArray &source)
{
    return ShapeReader(source).read();
}

} // namespace society::log
