// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/linematcher.h"
#include "services/log/literal.h"
#include "services/log/placepace.h"

#include <memory>
#include <optional>
#include <vector>

struct pcre2_real_code_8;
struct pcre2_real_match_data_8;
struct pcre2_real_match_context_8;
struct pcre2_real_jit_stack_8;

namespace society::log {

/// PCRE2's objects, freed by their own functions. Private to the library, as is the whole header.
struct PcreDeleter {
    void operator()(pcre2_real_code_8 *code) const;
    void operator()(pcre2_real_match_data_8 *data) const;
    void operator()(pcre2_real_match_context_8 *context) const;
    void operator()(pcre2_real_jit_stack_8 *stack) const;
};
using PcreCode = std::unique_ptr<pcre2_real_code_8, PcreDeleter>;

/// One text of a pattern in all the forms that it is looked for in.
struct CompiledTerm {
    PcreCode exact;                  // for one line; all others are short cuts that give the same lines
    PcreCode careful;                // the same, asking at each of its items whether to stop; slower
    PcreCode asciiLines;             // for many lines of ASCII; null where it would not be the same
    PcreCode utfLines;               // for many lines
    std::optional<Literal> text;     // the whole pattern, where bytes can tell it
    std::optional<Literal> required; // what each line that matches has
    bool isWholeWord = false;
    bool usesStart = false; // \G or a verb such as (*COMMIT): what is tried at one place tells of the others
};

/// A pattern, compiled. Immutable; any thread.
struct CompiledPattern {
    std::vector<CompiledTerm> terms;
    bool needsAll = false;
    bool isInverse = false;
};

/// The start of the first character that begins at `at` or behind it.
[[nodiscard]] qsizetype characterFrom(QByteArrayView text, qsizetype at);

/// What one thread needs to match.
class Matching {
public:
    Matching();

    /// Whether a term matches anywhere in a line without escape sequences. Given up once `stop` is true (the answer
    /// means nothing then). Error: `pattern_too_costly`.
    [[nodiscard]] Result<bool> isIn(const CompiledTerm &term, QByteArrayView line, const std::atomic_bool *stop);
    /// The same for a pattern and a line as it is.
    [[nodiscard]] Result<bool> matches(
        const CompiledPattern &pattern, QByteArrayView line, const std::atomic_bool *stop);

    /// Where a code matches next: false where it does not, an error where it takes too long.
    struct Place {
        qsizetype first = 0;
        qsizetype end = 0;
    };
    enum class Answer { Found, NotFound, TooCostly };
    /// Looks for matches that begin in [from, last]. `effort`: how many of PCRE2's steps a place may take.
    [[nodiscard]] Answer find(const pcre2_real_code_8 *code, QByteArrayView text, qsizetype from, qsizetype last,
        quint32 effort, Place &place);
    /// The same for the one-line form of a term: with LineEffort where steps are quick, else for a second of the
    /// thread's time. Ends within a moment, as TooCostly, once `stop` (may be null) is true. Steps may be long: each
    /// may run over the whole text.
    [[nodiscard]] Answer find(const CompiledTerm &term, QByteArrayView text, qsizetype from, qsizetype last,
        Place &place, const std::atomic_bool *stop);

    /// Whether to go on with a costly place.
    struct Asking {
        const std::atomic_bool *stop = nullptr;
        qint64 endNs = 0; ///< of the thread's time
        unsigned count = 0;

        [[nodiscard]] bool isStopped() const;
        [[nodiscard]] bool isOver() const;
    };

private:
    [[nodiscard]] Answer findCostly(const CompiledTerm &term, QByteArrayView text, qsizetype from, qsizetype last,
        quint32 effort, Place &place, Asking &asking);
    [[nodiscard]] Answer findAtCostly(
        const CompiledTerm &term, QByteArrayView text, qsizetype at, quint32 effort, Place &place, Asking &asking);
    [[nodiscard]] Answer findAsked(
        const CompiledTerm &term, QByteArrayView text, qsizetype from, qsizetype last, Place &place, Asking &asking);
    [[nodiscard]] Result<bool> isInByExpression(
        const CompiledTerm &term, QByteArrayView line, const std::atomic_bool *stop);

    std::unique_ptr<pcre2_real_match_context_8, PcreDeleter> m_context;
    std::unique_ptr<pcre2_real_match_data_8, PcreDeleter> m_data;
    std::unique_ptr<pcre2_real_jit_stack_8, PcreDeleter> m_stack;
    PlacePace m_pace;
};

/// Steps at one place of a line before a pattern counts as too costly: about 10 ms.
constexpr quint32 LineEffort = 1'000'000;
/// Steps that a place is given at first; almost none takes as many.
constexpr quint32 UnaskedEffort = 20'000;
/// Of a long line it is fewer, as each may go over all of it: this many bytes in all, which takes some 3 ms.
constexpr qsizetype UnaskedBytes = 2'500'000;
constexpr quint32 LeastEffort = 16;

} // namespace society::log
