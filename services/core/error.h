// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <tl/expected.hpp>
#include <utility>

namespace society {

/// What sort of failure it is: decides society-cli's exit code (docs/cli.md) and what a caller may do about it.
enum class ErrorKind {
    Refused,   ///< a rule, a bad input or a failed operation (exit 1)
    Usage,     ///< wrong usage of a program (exit 2)
    NotFound,  ///< no such thing (exit 3)
    Forbidden, ///< another tenant's, or the role forbids it (exit 4)
    Funds,     ///< not enough money (exit 5)
    Runner,    ///< runner missing or broken (exit 6)
    Database,  ///< unreachable, locked, damaged, newer (exit 7)
    TimedOut,  ///< waited in vain (exit 8)
};

/// A failure as a value: a stable word for programs, sentences for people. Immutable by habit; any thread.
struct Error {
    ErrorKind kind = ErrorKind::Refused;
    QString code;    ///< stable lower-case word, such as "map_missing"; callers and tests branch on it
    QString message; ///< what happened: one translated sentence, no trailing advice
    QString remedy;  ///< what to do about it: one translated sentence; may be empty
    QString detail;  ///< for the developer: system text, SQL, a line number; never a secret
    QString path;    ///< the field or file it is about, such as "exp.workflow.0.days"; may be empty

    bool operator==(const Error &) const = default;
};

/// A value or an Error. Every function that returns one is [[nodiscard]].
template <class T = void>
using Result = tl::expected<T, Error>;

/// Makes the failed side of a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, const char *code, QString message, QString remedy = {},
    QString detail = {}, QString path = {})
{
    return tl::unexpected<Error>(Error{kind, QString::fromLatin1(code), std::move(message), std::move(remedy),
        std::move(detail), std::move(path)});
}

/// Hands an existing Error on, as the failed side of another Result type.
[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace society

/// Returns the error of a Result-valued expression from the enclosing function; otherwise goes on.
#define SOCIETY_TRY(expression)                                                                                       \
    do {                                                                                                               \
        if (auto societyTry = (expression); !societyTry)                                                              \
            return ::society::fail(std::move(societyTry).error());                                                    \
    } while (false)

#define SOCIETY_CONCAT_INNER(a, b) a##b
#define SOCIETY_CONCAT(a, b) SOCIETY_CONCAT_INNER(a, b)
/// `SOCIETY_ASSIGN(auto x, f());` declares x as the value of f(), or returns f()'s error.
#define SOCIETY_ASSIGN(declaration, expression) SOCIETY_ASSIGN_INNER(SOCIETY_CONCAT(societyResult, __LINE__), declaration, expression)
#define SOCIETY_ASSIGN_INNER(name, declaration, expression)                                                           \
    auto name = (expression);                                                                                          \
    if (!name)                                                                                                         \
        return ::society::fail(std::move(name).error());                                                              \
    declaration = std::move(*name)
