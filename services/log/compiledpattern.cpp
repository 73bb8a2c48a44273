// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/compiledpattern.h"

#include "services/log/linetext.h"
#include "services/log/threadtime.h"

#include <QCoreApplication>
#include <algorithm>
#include <chrono>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace society::log {

namespace {

/// The just-in-time matcher's own stack; the default of 32 KiB gives up on ordinary patterns over long lines.
constexpr size_t JitStackBytes = 1 << 20;
/// How long a place may be tried without asking whether to stop.
constexpr std::chrono::milliseconds LongestUnasked{20};
constexpr quint32 EffortGrowth = 5;
/// What one line may take.
constexpr qint64 LineBudgetNs = 1'000'000'000;

Result<bool> tooCostly()
{
    return fail(ErrorKind::Refused, "pattern_too_costly",
        QCoreApplication::translate("LineMatcher", "The pattern takes too long on this log."),
        QCoreApplication::translate(
            "LineMatcher", "Make it simpler: repeated groups inside repeated groups are the usual cause."));
}

int stopIfWanted(pcre2_callout_block *, void *data)
{
    const auto *stop = static_cast<const std::atomic_bool *>(data);
    return stop && *stop ? PCRE2_ERROR_CALLOUT : 0;
}

} // namespace

void PcreDeleter::operator()(pcre2_code *code) const
{
    pcre2_code_free(code);
}

void PcreDeleter::operator()(pcre2_match_data *data) const
{
    pcre2_match_data_free(data);
}

void PcreDeleter::operator()(pcre2_match_context *context) const
{
    pcre2_match_context_free(context);
}

void PcreDeleter::operator()(pcre2_jit_stack *stack) const
{
    pcre2_jit_stack_free(stack);
}

Matching::Matching()
    : m_context(pcre2_match_context_create(nullptr))
    , m_data(pcre2_match_data_create(1, nullptr)) // where the whole match is
    , m_stack(pcre2_jit_stack_create(JitStackBytes / 32, JitStackBytes, nullptr))
{
    pcre2_jit_stack_assign(m_context.get(), nullptr, m_stack.get());
}

Matching::Answer Matching::find(
    const pcre2_code *code, QByteArrayView text, qsizetype from, qsizetype last, quint32 effort, Place &place)
{
    static const char nothing = 0;
    const char *bytes = text.isEmpty() ? &nothing : text.data();
    pcre2_set_match_limit(m_context.get(), effort);
    pcre2_set_offset_limit(m_context.get(), static_cast<PCRE2_SIZE>(last));
    const int answer = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(bytes), static_cast<PCRE2_SIZE>(text.size()),
        static_cast<PCRE2_SIZE>(from), 0, m_data.get(), m_context.get());
    if (answer == PCRE2_ERROR_NOMATCH)
        return Answer::NotFound;
    if (answer < 0)
        return Answer::TooCostly;
    const PCRE2_SIZE *bounds = pcre2_get_ovector_pointer(m_data.get());
    place = {static_cast<qsizetype>(bounds[0]), static_cast<qsizetype>(bounds[1])};
    return Answer::Found;
}

Matching::Answer Matching::find(const CompiledTerm &term, QByteArrayView text, qsizetype from, qsizetype last,
    Place &place, const std::atomic_bool *stop)
{
    // The form that can be stopped takes several times as long, and reaches its limit sooner. So it is for steps that
    // take long; more of those that do not are tried.
    auto effort = static_cast<quint32>(
        std::clamp<qsizetype>(UnaskedBytes / std::max<qsizetype>(text.size(), 1), LeastEffort, UnaskedEffort));
    Answer answer = find(term.exact.get(), text, from, last, effort, place);
    bool isQuick = true;
    while (answer == Answer::TooCostly && isQuick && effort < LineEffort && !(stop && *stop)) {
        effort = std::min(EffortGrowth * effort, LineEffort);
        const auto begun = std::chrono::steady_clock::now();
        answer = find(term.exact.get(), text, from, last, effort, place);
        isQuick = std::chrono::steady_clock::now() - begun < LongestUnasked / EffortGrowth;
    }
    if (answer != Answer::TooCostly || effort == LineEffort || (stop && *stop))
        return answer;
    pcre2_set_callout(m_context.get(), stopIfWanted, const_cast<std::atomic_bool *>(stop));
    return find(term.careful ? term.careful.get() : term.exact.get(), text, from, last, LineEffort, place);
}

Result<bool> Matching::isInByExpression(const CompiledTerm &term, QByteArrayView line, const std::atomic_bool *stop)
{
    Place place;
    qint64 begun = -1; // asking costs more than most lines do
    m_pace.begin();
    for (qsizetype from = 0; from <= line.size();) {
        qsizetype start = from; // not inside a character
        while (start < line.size() && start > 0 && (static_cast<unsigned char>(line[start]) & 0xC0) == 0x80)
            ++start;
        const qsizetype places = term.usesStart ? line.size() + 1 : m_pace.places();
        const Answer answer = find(term, line, start, from + places - 1, place, stop);
        if (stop && *stop)
            return false;
        if (answer == Answer::TooCostly)
            return tooCostly();
        if (answer == Answer::Found)
            return true;
        from += places;
        m_pace.took();
        if (begun < 0 && m_pace.elapsedNs() > LineBudgetNs / 100)
            begun = threadTimeNs();
        else if (m_pace.elapsedNs() > LineBudgetNs && threadTimeNs() - begun > LineBudgetNs)
            return tooCostly();
    }
    return false;
}

Result<bool> Matching::isIn(const CompiledTerm &term, QByteArrayView line, const std::atomic_bool *stop)
{
    const std::optional<Literal> &literal = term.text ? term.text : term.required;
    if (!literal)
        return isInByExpression(term, line, stop);
    const bool isThere = literal->find(line.begin(), line.end()) != line.end();
    if (isThere && term.text && !term.isWholeWord)
        return true;
    if (!isThere && !(literal->folds() && !byteScan().isAscii(line.begin(), line.end())))
        return false;
    return isInByExpression(term, line, stop);
}

Result<bool> Matching::matches(const CompiledPattern &pattern, QByteArrayView line, const std::atomic_bool *stop)
{
    QByteArray plain;
    if (line.contains('\x1b')) {
        plain = withoutAnsi(line);
        line = plain;
    }
    bool hit = pattern.needsAll;
    for (const CompiledTerm &term : pattern.terms) {
        SOCIETY_ASSIGN(hit, isIn(term, line, stop));
        if (hit != pattern.needsAll)
            break;
    }
    return hit != pattern.isInverse;
}

} // namespace society::log
