// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/compiledpattern.h"

#include "services/log/linetext.h"
#include "services/log/threadtime.h"

#include <QCoreApplication>
#include <algorithm>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace society::log {

namespace {

/// The just-in-time matcher's own stack; the default of 32 KiB gives up on ordinary patterns over long lines.
constexpr size_t JitStackBytes = 1 << 20;
/// How long a place may be tried without asking whether to stop.
constexpr double LongestUnaskedNs = 20'000'000;
/// How many times as many steps the next try has.
constexpr double MostGrowth = 5;
constexpr double LeastGrowth = 1.5;
/// Of the form that is asked between its steps: some minutes, so that it is its time that ends it.
constexpr quint32 CarefulEffort = 4'000'000'000;
/// What one line may take.
constexpr qint64 LineBudgetNs = 1'000'000'000;

Result<bool> tooCostly()
{
    return fail(ErrorKind::Refused, "pattern_too_costly",
        QCoreApplication::translate("LineMatcher", "The pattern takes too long on this log."),
        QCoreApplication::translate(
            "LineMatcher", "Make it simpler: repeated groups inside repeated groups are the usual cause."));
}

/// What is asked between the steps of an expression.
struct Asking {
    const std::atomic_bool *stop = nullptr;
    qint64 endNs = 0; // of the thread's time
    unsigned count = 0;
};

int stopIfWanted(pcre2_callout_block *, void *data)
{
    constexpr unsigned StepsBetweenLooks = 1024; // at the time: that takes longer than most steps
    auto *const asking = static_cast<Asking *>(data);
    const bool isLate = ++asking->count % StepsBetweenLooks == 0 && threadTimeNs() > asking->endNs;
    return isLate || (asking->stop && *asking->stop) ? PCRE2_ERROR_CALLOUT : 0;
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
    // The form that can be stopped takes several times as long. So it is for steps that take long; more of those that
    // do not are tried.
    auto effort = static_cast<quint32>(
        std::clamp<qsizetype>(UnaskedBytes / std::max<qsizetype>(text.size(), 1), LeastEffort, UnaskedEffort));
    Answer answer = find(term.exact.get(), text, from, last, effort, place);
    double growth = MostGrowth; // so that the next try takes LongestUnaskedNs at most
    while (answer == Answer::TooCostly && growth > LeastGrowth && effort < LineEffort && !(stop && *stop)) {
        effort = static_cast<quint32>(std::min<double>(growth * effort, LineEffort));
        const qint64 begun = threadTimeNs();
        answer = find(term.exact.get(), text, from, last, effort, place);
        growth =
            std::min(MostGrowth, LongestUnaskedNs / static_cast<double>(std::max<qint64>(threadTimeNs() - begun, 1)));
    }
    if (answer != Answer::TooCostly || effort == LineEffort || (stop && *stop))
        return answer;
    if (!term.careful)
        return find(term.exact.get(), text, from, last, LineEffort, place);
    // Its steps are smaller ones, and say nothing of the time that they take: it has as much as the line.
    Asking asking{stop, threadTimeNs() + LineBudgetNs};
    pcre2_set_callout(m_context.get(), stopIfWanted, &asking);
    answer = find(term.careful.get(), text, from, last, CarefulEffort, place);
    pcre2_set_callout(m_context.get(), nullptr, nullptr); // a pattern may have calls of its own in its other forms
    return answer;
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
