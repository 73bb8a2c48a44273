// SPDX-License-Identifier: GPL-3.0-or-later
// A whole block is searched for what most lines do not have, and only the lines where it is are looked at. Lines whose
// letters fold to ASCII are always looked at, as bytes do not tell of them, and so are those where an escape sequence
// stands where it might part the text.
#include "services/log/linefinder.h"

#include "services/log/compiledpattern.h"
#include "services/log/linetext.h"
#include "services/log/threadtime.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace society::log {

namespace {

using Hits = std::vector<LineHit>;

/// After so much it is looked whether to stop.
constexpr qsizetype MarkedBytes = 1 << 20;
/// How much an expression is given at once: little enough that a slow one is noticed soon.
constexpr qsizetype PieceBytes = 32 << 10;
/// An expression that needs longer for a piece goes line by line, where it can be stopped and limited.
constexpr qint64 PieceBudgetNs = 10'000'000;
constexpr quint32 PieceEffort = 20'000;
/// Where the required text is in more lines than one for each so many bytes, the expression finds lines sooner itself,
constexpr qsizetype PayingBytes = 1024;
/// and for so many pieces the text is not tried again.
constexpr int PiecesWithout = 31;

const char *startOf(const char *at, const char *begin)
{
    const void *newline = ::memrchr(begin, '\n', static_cast<size_t>(at - begin));
    return newline ? static_cast<const char *>(newline) + 1 : begin;
}

const char *endOf(const char *at, const char *end)
{
    const void *newline = std::memchr(at, '\n', static_cast<size_t>(end - at));
    return newline ? static_cast<const char *>(newline) : end;
}

/// The end of the last line that ends at or before `wanted`; of the first one if that is longer.
const char *pieceEnd(const char *begin, const char *wanted, const char *end)
{
    if (end <= wanted)
        return end;
    const char *const last = startOf(wanted, begin);
    return last > begin ? last : std::min(endOf(wanted, end) + 1, end);
}

class PatternFinder final : public LineFinder {
public:
    explicit PatternFinder(std::shared_ptr<const CompiledPattern> pattern)
        : m_pattern(std::move(pattern))
    {
    }

    [[nodiscard]] std::unique_ptr<LineFinder> clone() const override
    {
        return std::make_unique<PatternFinder>(m_pattern);
    }

    [[nodiscard]] Result<qint64> find(QByteArrayView text, Hits &hits, const std::atomic_bool &stop) override
    {
        m_begin = text.begin();
        m_stop = &stop;
        const auto &terms = m_pattern->terms;
        if (terms.empty())
            m_line = static_cast<quint32>(byteScan().count(text.begin(), text.end(), '\n'));
        if (terms.size() == 1 && !m_pattern->isInverse) {
            SOCIETY_TRY(findTerm(terms[0], text, hits));
            return m_line;
        }
        m_hits.clear();
        for (size_t i = 0; i < terms.size() && !stop; ++i) {
            if (i == 0) {
                SOCIETY_TRY(findTerm(terms[i], text, m_hits));
                continue;
            }
            Hits other;
            SOCIETY_TRY(findTerm(terms[i], text, other));
            join(other);
        }
        if (m_pattern->isInverse)
            invert(text);
        hits.insert(hits.end(), m_hits.begin(), m_hits.end());
        return m_line;
    }

    [[nodiscard]] Result<qint64> mark(QByteArrayView text, LineBits &bits, const std::atomic_bool &stop) override
    {
        const auto &terms = m_pattern->terms;
        const bool isPlain = m_isDense && terms.size() == 1 && !m_pattern->isInverse && terms[0].text &&
                             !terms[0].isWholeWord && !terms[0].text->folds();
        if (!isPlain)
            return LineFinder::mark(text, bits, stop);
        m_stop = &stop;
        SOCIETY_ASSIGN(const quint32 newlines, markText(terms[0], *terms[0].text, text, bits));
        return newlines;
    }

private:
    /// As byText(), for a text that is in so many lines that what is done for each counts.
    Result<quint32> markText(const CompiledTerm &term, const Literal &literal, QByteArrayView text, LineBits &bits)
    {
        LineMarks marks;
        marks.bits = std::move(bits);
        marks.bits.clear();
        marks.escapes = std::move(m_escapes);
        marks.escapes.clear();
        while (marks.at < text.size() && !*m_stop) {
            const qsizetype until = std::min(marks.at + MarkedBytes, text.size());
            byteScan().mark(text.begin(), text.end(), literal.bytes(), until, marks);
        }
        const quint32 newlines = marks.line();
        m_isDense = marks.places * DenseBytes > text.size();
        marks.bits.push_back(marks.open);
        bits = std::move(marks.bits);
        m_escapes = std::move(marks.escapes);
        SOCIETY_TRY(checkEscapes(term, literal, text, bits));
        return newlines;
    }

    /// Looks again at lines that have an escape sequence which the text may be a part of, or which may be a part of it.
    Result<> checkEscapes(const CompiledTerm &term, const Literal &literal, QByteArrayView text, LineBits &bits)
    {
        for (auto escape = m_escapes.begin(); escape != m_escapes.end() && !*m_stop;) {
            const quint32 line = escape->line;
            const char *const at = text.begin() + escape->offset;
            bool isUnsure = hasLine(bits, line);
            for (; escape != m_escapes.end() && escape->line == line; ++escape) {
                const char *const here = text.begin() + escape->offset;
                isUnsure = isUnsure || (here > text.begin() && literal.mayGoOnBehind(here[-1]));
            }
            if (isUnsure) {
                SOCIETY_ASSIGN(
                    const bool isHit, check(term, QByteArrayView(startOf(at, text.begin()), endOf(at, text.end()))));
                setLine(bits, line, isHit);
            }
        }
        return {};
    }

    void join(const Hits &other)
    {
        Hits both;
        if (m_pattern->needsAll)
            std::set_intersection(m_hits.begin(), m_hits.end(), other.begin(), other.end(), std::back_inserter(both));
        else
            std::set_union(m_hits.begin(), m_hits.end(), other.begin(), other.end(), std::back_inserter(both));
        m_hits.swap(both);
    }

    void invert(QByteArrayView text)
    {
        Hits others;
        auto hit = m_hits.begin();
        quint32 line = 0;
        for (const char *at = text.begin(); at < text.end(); at = endOf(at, text.end()) + 1, ++line) {
            if (hit != m_hits.end() && hit->line == line)
                ++hit;
            else
                others.push_back({line, static_cast<quint32>(at - m_begin)});
        }
        m_hits.swap(others);
    }

    /// m_line is the number of its newlines then.
    Result<> findTerm(const CompiledTerm &term, QByteArrayView text, Hits &hits)
    {
        m_line = 0;
        if (term.text)
            return byText(term, *term.text, text.begin(), text.end(), term.isWholeWord, hits);
        for (const char *at = text.begin(); at < text.end() && !*m_stop;) {
            const char *const end = pieceEnd(at, at + PieceBytes, text.end());
            SOCIETY_TRY(findInPiece(term, at, end, hits));
            at = end;
        }
        return {};
    }

    Result<> findInPiece(const CompiledTerm &term, const char *begin, const char *end, Hits &hits)
    {
        const bool hasLines = term.utfLines && m_expressionPays && end - begin <= 2 * PieceBytes;
        if (term.required && (m_piecesWithout == 0 || !hasLines)) {
            m_checked = 0;
            SOCIETY_TRY(byText(term, *term.required, begin, end, true, hits));
            if (m_checked * PayingBytes > end - begin)
                m_piecesWithout = PiecesWithout;
            return {};
        }
        SOCIETY_TRY(withoutText(term, begin, end, hasLines, hits));
        m_line += static_cast<quint32>(byteScan().count(begin, end, '\n'));
        return {};
    }

    Result<> withoutText(const CompiledTerm &term, const char *begin, const char *end, bool hasLines, Hits &hits)
    {
        m_piecesWithout = std::max(0, m_piecesWithout - 1);
        if (hasLines) {
            const size_t before = hits.size();
            const qint64 begun = threadTimeNs();
            SOCIETY_ASSIGN(const bool done, byExpression(term, begin, end, hits));
            m_expressionPays = done && threadTimeNs() - begun < PieceBudgetNs;
            if (done)
                return {};
            hits.resize(before);
        }
        return lineByLine(term, begin, end, hits);
    }

    /// What the places of one line tell.
    enum Sign : unsigned {
        Hit = 1,    // the text stands there
        Escape = 2, // there are escape sequences, one of which the text may be a part of
        Unsure = 4, // the bytes do not tell
    };

    /// Places where the text may be, line by line. m_line is behind them then.
    Result<> byText(const CompiledTerm &term, const Literal &literal, const char *begin, const char *end,
        bool isOnlyHint, Hits &hits)
    {
        const unsigned hit = isOnlyHint ? Hit | Unsure : Hit;
        const bool folds = literal.folds();
        const qsizetype pairAt = literal.pairAt();
        const qsizetype last = end - begin - literal.size(); // where the text can start at most
        PlaceScan scan{0, m_line, m_isDense};
        LineHit here{UINT32_MAX, 0};
        unsigned signs = 0;
        const auto endLine = [&]() -> Result<> {
            bool isHit = signs == Hit;
            if ((signs & Unsure) != 0 || signs == (Hit | Escape)) {
                const char *const at = m_begin + here.at;
                SOCIETY_ASSIGN(isHit, check(term, QByteArrayView(startOf(at, begin), endOf(at, end))));
            }
            if (isHit)
                hits.push_back(here);
            return {};
        };
        while (scan.at < end - begin && !*m_stop) {
            const size_t count =
                byteScan().places(begin, end, literal.pair(), folds, scan, m_places.data(), m_places.size());
            for (const LinePlace place : std::span(m_places).first(count)) {
                const char *const at = begin + place.offset;
                if (place.line != here.line) {
                    if (signs == Hit) {
                        hits.push_back(here);
                    } else if (signs != 0) {
                        SOCIETY_TRY(endLine());
                    }
                    here = {place.line, static_cast<quint32>(at - m_begin)};
                    signs = 0;
                }
                if (*at == '\x1b') {
                    signs |= Escape;
                    if (at > begin && literal.mayGoOnBehind(at[-1]))
                        signs |= Unsure;
                } else if (folds && static_cast<unsigned char>(*at) >= 0x80) {
                    signs |= Unsure;
                } else if ((signs & (Hit | Unsure)) == 0) {
                    const qsizetype start = place.offset - pairAt;
                    if (start >= 0 && start <= last && literal.isAt(begin + start))
                        signs |= hit;
                }
            }
        }
        m_line = scan.line;
        m_isDense = scan.isDense;
        return endLine();
    }

    /// False where the expression took too long.
    Result<bool> byExpression(const CompiledTerm &term, const char *begin, const char *end, Hits &hits)
    {
        const bool isAscii = term.asciiLines && byteScan().isAscii(begin, end);
        const pcre2_real_code_8 *const code = isAscii ? term.asciiLines.get() : term.utfLines.get();
        const QByteArrayView text(begin, end);
        bool isTooCostly = false;
        m_pace.begin();
        const auto next = [&](const char *at, const char *stop) {
            // Behind the last newline there is no line.
            for (qsizetype from = at - begin; begin + from < stop && !isTooCostly && !*m_stop;) {
                Matching::Place place;
                const qsizetype behind = from + m_pace.places();
                const qsizetype last = behind < text.size() ? behind - 1 : text.size(); // also where the text ends
                const auto answer = m_matching.find(code, text, from, last, PieceEffort, place);
                m_pace.took();
                isTooCostly = answer == Matching::Answer::TooCostly;
                // Behind the text: the end of an unfinished line, or the line that does not begin there.
                if (answer == Matching::Answer::Found)
                    return begin + place.first == stop && stop[-1] != '\n' ? stop - 1 : begin + place.first;
                from = characterFrom(text, last + 1);
            }
            return stop;
        };
        SOCIETY_TRY(sweep(term, begin, end, false, next, hits));
        return !isTooCostly;
    }

    Result<> lineByLine(const CompiledTerm &term, const char *begin, const char *end, Hits &hits)
    {
        const auto next = [](const char *at, const char *) { return at; };
        return sweep(term, begin, end, true, next, hits);
    }

    /// Goes through the places that `next` names and those of escape sequences, and adds their lines.
    template <class Next>
    Result<> sweep(const CompiledTerm &term, const char *begin, const char *end, bool isOnlyHint, Next next, Hits &hits)
    {
        quint32 line = m_line;
        const char *at = begin;
        const char *special = byteScan().findSpecial(at, end, false);
        const char *place = next(at, end);
        while ((place < end || special < end) && !*m_stop) {
            const char *const first = std::min(place, special);
            const char *const start = startOf(first, at);
            const char *const stop = endOf(first, end);
            line += static_cast<quint32>(byteScan().count(at, start, '\n'));
            bool hit = true;
            if (isOnlyHint || special < stop) {
                SOCIETY_ASSIGN(hit, check(term, QByteArrayView(start, stop)));
                if (!isOnlyHint)
                    m_pace.resume();
            }
            if (hit)
                hits.push_back({line, static_cast<quint32>(start - m_begin)});
            if (stop == end)
                break;
            at = stop + 1;
            ++line;
            if (special < at)
                special = byteScan().findSpecial(at, end, false);
            if (place < at)
                place = next(at, end);
        }
        return {};
    }

    Result<bool> check(const CompiledTerm &term, QByteArrayView line)
    {
        ++m_checked;
        if (!line.contains('\x1b'))
            return m_matching.isIn(term, line, m_stop);
        const std::optional<Literal> &text = term.text ? term.text : term.required;
        if (text && !text->folds() && !text->mayBeIn(line.begin(), line.end()))
            return false;
        withoutAnsi(line, m_plain);
        return m_matching.isIn(term, m_plain, m_stop);
    }

    std::shared_ptr<const CompiledPattern> m_pattern;
    Matching m_matching;
    Hits m_hits;
    QByteArray m_plain; // a line without its escape sequences
    std::array<LinePlace, 256> m_places;
    std::vector<LinePlace> m_escapes;
    const char *m_begin = nullptr;
    quint32 m_line = 0; // where the present piece starts
    bool m_isDense = false;
    const std::atomic_bool *m_stop = nullptr;
    PlacePace m_pace;
    qsizetype m_checked = 0;
    int m_piecesWithout = 0;
    bool m_expressionPays = true;
};

class FunctionFinder final : public LineFinder {
public:
    explicit FunctionFinder(std::function<bool(QByteArrayView)> isWanted)
        : m_isWanted(std::move(isWanted))
    {
    }

    [[nodiscard]] std::unique_ptr<LineFinder> clone() const override
    {
        return std::make_unique<FunctionFinder>(m_isWanted);
    }

    [[nodiscard]] Result<qint64> find(QByteArrayView text, Hits &hits, const std::atomic_bool &stop) override
    {
        quint32 line = 0;
        for (const char *at = text.begin(); at < text.end() && !stop;) {
            const char *const end = endOf(at, text.end());
            if (m_isWanted(QByteArrayView(at, end)))
                hits.push_back({line, static_cast<quint32>(at - text.begin())});
            line += end < text.end() ? 1U : 0U;
            at = end + 1;
        }
        return line;
    }

private:
    std::function<bool(QByteArrayView)> m_isWanted;
};

/// Of the lines that another one finds, those of a level.
class LevelFinder final : public LineFinder {
public:
    LevelFinder(std::unique_ptr<LineFinder> finder, Level atLeast)
        : m_finder(std::move(finder))
        , m_atLeast(atLeast)
    {
    }

    [[nodiscard]] std::unique_ptr<LineFinder> clone() const override
    {
        return std::make_unique<LevelFinder>(m_finder->clone(), m_atLeast);
    }

    [[nodiscard]] Result<qint64> find(QByteArrayView text, Hits &hits, const std::atomic_bool &stop) override
    {
        const auto before = static_cast<std::ptrdiff_t>(hits.size());
        SOCIETY_ASSIGN(const qint64 newlines, m_finder->find(text, hits, stop));
        const auto isLess = [&](const LineHit &hit) {
            const char *const at = text.begin() + hit.at;
            const qsizetype newline = text.first(hit.at).lastIndexOf('\n');
            return levelOf(QByteArrayView(text.begin() + newline + 1, endOf(at, text.end()))) < m_atLeast;
        };
        hits.erase(std::remove_if(hits.begin() + before, hits.end(), isLess), hits.end());
        return newlines;
    }

private:
    std::unique_ptr<LineFinder> m_finder;
    Level m_atLeast;
};

} // namespace

Result<qint64> LineFinder::mark(QByteArrayView text, LineBits &bits, const std::atomic_bool &stop)
{
    m_found.clear();
    bits.clear();
    SOCIETY_ASSIGN(const qint64 newlines, find(text, m_found, stop));
    for (const LineHit &hit : m_found)
        setLine(bits, hit.line);
    return newlines;
}

std::unique_ptr<LineFinder> finderOf(const LineMatcher &matcher)
{
    return std::make_unique<PatternFinder>(matcher.compiled());
}

std::unique_ptr<LineFinder> finderOf(const LineMatcher &matcher, Level atLeast)
{
    return std::make_unique<LevelFinder>(finderOf(matcher), atLeast);
}

std::unique_ptr<LineFinder> finderOf(std::function<bool(QByteArrayView line)> isWanted)
{
    return std::make_unique<FunctionFinder>(std::move(isWanted));
}

} // namespace society::log
