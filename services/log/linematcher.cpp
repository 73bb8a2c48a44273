// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/linematcher.h"

#include "services/log/linetext.h"

#include <QCoreApplication>

#include <cctype>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace society::log {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LineMatcher", text);
}

/// How much work one line may cost, in PCRE2's steps: about 0.1 s.
constexpr quint32 MatchLimit = 2'000'000;
/// The just-in-time matcher's own stack; the default of 32 KiB gives up on ordinary patterns over long lines.
constexpr size_t JitStackBytes = 1 << 20;

quint32 compileOptions(const LogPattern &pattern)
{
    constexpr quint32 options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    return pattern.isCaseSensitive ? options : options | PCRE2_CASELESS;
}

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

QByteArray sourceOf(const LogPattern &pattern)
{
    const QByteArray text = pattern.text.toUtf8();
    return pattern.isRegularExpression ? text : quoted(text);
}

QString pcreMessage(int code)
{
    char8_t buffer[256] = {};
    pcre2_get_error_message(code, reinterpret_cast<PCRE2_UCHAR *>(buffer), sizeof(buffer));
    return QString::fromUtf8(buffer);
}

} // namespace

struct LineMatcher::Compiled {
    ~Compiled()
    {
        pcre2_match_data_free(data);
        pcre2_match_context_free(context);
        pcre2_jit_stack_free(stack);
        pcre2_code_free(code);
    }

    /// PCRE2's answer: a count > 0, PCRE2_ERROR_NOMATCH or another error.
    int match(QByteArrayView line, qsizetype from)
    {
        static const char nothing = 0;
        const char *text = line.isEmpty() ? &nothing : line.data();
        return pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text), static_cast<PCRE2_SIZE>(line.size()),
            static_cast<PCRE2_SIZE>(from), 0, data, context);
    }

    pcre2_code *code = nullptr;
    pcre2_match_data *data = nullptr;
    pcre2_match_context *context = nullptr;
    pcre2_jit_stack *stack = nullptr;
};

LineMatcher::LineMatcher(std::unique_ptr<Compiled> compiled)
    : m_compiled(std::move(compiled))
{
}

LineMatcher::LineMatcher(LineMatcher &&other) noexcept = default;
LineMatcher &LineMatcher::operator=(LineMatcher &&other) noexcept = default;
LineMatcher::~LineMatcher() = default;

Result<LineMatcher> LineMatcher::compile(const LogPattern &pattern)
{
    const QByteArray source = sourceOf(pattern);
    int code = 0;
    PCRE2_SIZE place = 0;
    auto compiled = std::make_unique<Compiled>();
    compiled->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(source.constData()),
        static_cast<PCRE2_SIZE>(source.size()), compileOptions(pattern), &code, &place, nullptr);
    if (!compiled->code) {
        return fail(ErrorKind::Refused, "pattern_invalid",
            tr("The pattern “%1” is not a regular expression: %2.").arg(pattern.text, pcreMessage(code)),
            tr("Correct it, or search for the text as it stands."), QStringLiteral("offset %1").arg(place));
    }
    // Without just-in-time compilation (a system that forbids it) matching is slower and the same.
    pcre2_jit_compile(compiled->code, PCRE2_JIT_COMPLETE);
    compiled->data = pcre2_match_data_create_from_pattern(compiled->code, nullptr);
    compiled->context = pcre2_match_context_create(nullptr);
    compiled->stack = pcre2_jit_stack_create(JitStackBytes / 32, JitStackBytes, nullptr);
    pcre2_set_match_limit(compiled->context, MatchLimit);
    pcre2_jit_stack_assign(compiled->context, nullptr, compiled->stack);
    return LineMatcher(std::move(compiled));
}

Result<bool> LineMatcher::matches(QByteArrayView line)
{
    QByteArray plain;
    if (line.contains('\x1b')) {
        plain = withoutAnsi(line);
        line = plain;
    }
    const int answer = m_compiled->match(line, 0);
    if (answer < 0 && answer != PCRE2_ERROR_NOMATCH) {
        return fail(ErrorKind::Refused, "pattern_too_costly", tr("The pattern takes too long on this log."),
            tr("Make it simpler: repeated groups inside repeated groups are the usual cause."), pcreMessage(answer));
    }
    return answer >= 0;
}

QList<LineMatcher::Range> LineMatcher::ranges(QByteArrayView line, qsizetype limit)
{
    QList<Range> found;
    for (qsizetype from = 0; found.size() < limit && from <= line.size();) {
        if (m_compiled->match(line, from) < 0)
            break;
        const PCRE2_SIZE *bounds = pcre2_get_ovector_pointer(m_compiled->data);
        const auto first = static_cast<qsizetype>(bounds[0]);
        const auto end = static_cast<qsizetype>(bounds[1]);
        if (end > first)
            found.append({first, end - first});
        from = std::max(end, from);
        if (end <= first) { // an empty match: go on at the next character
            do {
                ++from;
            } while (from < line.size() && (static_cast<unsigned char>(line[from]) & 0xC0) == 0x80);
        }
    }
    return found;
}

} // namespace society::log
