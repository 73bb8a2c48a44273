// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/linematcher.h"

#include "services/log/compiledpattern.h"
#include "services/log/patternshape.h"

#include <QCoreApplication>
#include <algorithm>

#include <cctype>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace society::log {

namespace {

constexpr quint32 UtfOptions = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;

/// Steps at a place of a line that is shown: what needs more is a hit, and is not marked in its line.
constexpr quint32 ShownEffort = 20'000;

/// A literal as a regular expression. \Q…\E would end at an \E in the text.
QByteArray quoted(const QByteArray &text)
{
    QByteArray result;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x80 && !std::isalnum(static_cast<unsigned char>(c)) && c != '_')
            result.append('\\');
        result.append(c);
    }
    return result;
}

QByteArray asWord(const QByteArray &source)
{
    return "(?<!\\w)(?:" + source + ")(?!\\w)";
}

QString pcreMessage(int code)
{
    char8_t buffer[256] = {};
    pcre2_get_error_message(code, reinterpret_cast<PCRE2_UCHAR *>(buffer), sizeof(buffer));
    return QString::fromUtf8(buffer);
}

struct Problem {
    int code = 0;
    PCRE2_SIZE place = 0;
};

PcreCode compileCode(const QByteArray &source, quint32 options, Problem &problem)
{
    // Only a newline ends a line, whatever this PCRE2 was built with.
    const std::unique_ptr<pcre2_compile_context, decltype(&pcre2_compile_context_free)> context(
        pcre2_compile_context_create(nullptr), &pcre2_compile_context_free);
    pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
    PcreCode code(
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(source.constData()), static_cast<PCRE2_SIZE>(source.size()),
            options | PCRE2_USE_OFFSET_LIMIT, &problem.code, &problem.place, context.get()));
    // Without just-in-time compilation (a system that forbids it) matching is slower and the same.
    if (code)
        pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
    return code;
}

/// The forms of an expression that are for many lines at once, and what it requires.
void addShortCuts(CompiledTerm &term, const QByteArray &source, const LogPattern &pattern)
{
    PatternShape shape = shapeOf(source);
    if (!shape.required.isEmpty())
        term.required = Literal::of(shape.required, pattern.isCaseSensitive);
    if (!shape.withinLines)
        return;
    const QByteArray lines = pattern.isWholeWord ? asWord(*shape.withinLines) : *shape.withinLines;
    const quint32 options = PCRE2_MULTILINE | (pattern.isCaseSensitive ? 0 : PCRE2_CASELESS);
    Problem ignored;
    if (byteScan().isAscii(source.begin(), source.end()))
        term.asciiLines = compileCode(lines, options | PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C, ignored);
    term.utfLines = compileCode(lines, options | UtfOptions, ignored);
}

Result<CompiledTerm> compileTerm(const QString &text, const LogPattern &pattern)
{
    CompiledTerm term;
    term.isWholeWord = pattern.isWholeWord;
    const QByteArray bytes = text.toUtf8();
    const QByteArray source = pattern.isRegularExpression ? bytes : quoted(bytes);
    const quint32 options = UtfOptions | (pattern.isCaseSensitive ? 0 : PCRE2_CASELESS);
    Problem problem;
    term.usesStart = usesStart(source);
    term.exact = compileCode(source, options, problem);
    if (term.exact && pattern.isWholeWord)
        term.exact = compileCode(asWord(source), options, problem);
    if (!term.exact) {
        return fail(ErrorKind::Refused, "pattern_invalid",
            QCoreApplication::translate("LineMatcher", "The pattern “%1” is not a regular expression: %2.")
                .arg(text, pcreMessage(problem.code)),
            QCoreApplication::translate("LineMatcher", "Correct it, or search for the text as it stands."),
            QStringLiteral("offset %1").arg(problem.place));
    }
    if (pattern.isRegularExpression) {
        // Nothing else ends a match on its way: a limit of steps says nothing of how long a step is.
        Problem ignored;
        term.careful =
            compileCode(pattern.isWholeWord ? asWord(source) : source, options | PCRE2_AUTO_CALLOUT, ignored);
    }
    if (!pattern.isRegularExpression)
        term.text = Literal::of(bytes, pattern.isCaseSensitive);
    if (!term.text)
        addShortCuts(term, source, pattern);
    return term;
}

} // namespace

QStringList LogPattern::texts() const
{
    QStringList all = moreTexts;
    all.prepend(text);
    all.removeAll(QString());
    return all;
}

LineMatcher::LineMatcher(std::shared_ptr<const CompiledPattern> compiled)
    : m_compiled(std::move(compiled))
    , m_matching(std::make_unique<Matching>())
{
}

LineMatcher::LineMatcher(LineMatcher &&other) noexcept = default;
LineMatcher &LineMatcher::operator=(LineMatcher &&other) noexcept = default;
LineMatcher::~LineMatcher() = default;

Result<LineMatcher> LineMatcher::compile(const LogPattern &pattern)
{
    auto compiled = std::make_shared<CompiledPattern>();
    compiled->needsAll = pattern.needsAll;
    compiled->isInverse = pattern.isInverse;
    for (const QString &text : pattern.texts()) {
        SOCIETY_ASSIGN(CompiledTerm term, compileTerm(text, pattern));
        compiled->terms.push_back(std::move(term));
    }
    return LineMatcher(std::move(compiled));
}

LineMatcher LineMatcher::clone() const
{
    return LineMatcher(m_compiled);
}

Result<bool> LineMatcher::matches(QByteArrayView line)
{
    return m_matching->matches(*m_compiled, line, nullptr);
}

QList<LineMatcher::Range> LineMatcher::ranges(QByteArrayView line, qsizetype limit)
{
    QList<Range> found;
    if (m_compiled->isInverse)
        return found;
    for (const CompiledTerm &term : m_compiled->terms) {
        Matching::Place place;
        for (qsizetype from = 0, count = 0; count < limit && from <= line.size();) {
            if (m_matching->find(term.exact.get(), line, from, line.size(), ShownEffort, place) !=
                Matching::Answer::Found)
                break;
            if (place.end > place.first) {
                found.append({place.first, place.end - place.first});
                ++count;
            }
            from = std::max(place.end, from);
            if (place.end <= place.first)
                from = characterFrom(line, from + 1); // an empty match: go on at the next one
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Range &a, const Range &b) { return a.first < b.first; });
    QList<Range> apart; // of two that overlap the first one
    for (const Range &range : found) {
        if (apart.size() < limit && (apart.isEmpty() || apart.last().first + apart.last().length <= range.first))
            apart.append(range);
    }
    return apart;
}

} // namespace society::log
