// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>
#include <atomic>
#include <memory>

namespace society::log {

/// What to look for in a line. How a line is matched:
///
/// - A line is the bytes between two newlines. Its escape sequences (colours) are taken out first, nothing else: of a
///   progress bar all states are seen, and the carriage return of a CRLF is there.
/// - Characters are UTF-8. Bytes that are no UTF-8 match nothing, the rest of the line still does.
/// - An expression is PCRE2's; ^ and $ are the ends of the line, no match goes beyond it. \w, \d and \b know all
/// scripts.
/// - Where case does not matter, it is that of all scripts.
/// - A whole word has no letter, digit or underscore of any script on either side.
/// - Of a line of more than 128 MiB only that much is looked at.
struct LogPattern {
    QString text;
    bool isRegularExpression = false; ///< PCRE2's; else the text itself
    bool isCaseSensitive = false;
    bool isWholeWord = false;
    bool isInverse = false;     ///< the lines that do not match are wanted
    QStringList moreTexts = {}; ///< further texts of the same kind; empty ones do not count
    bool needsAll = false;      ///< all texts must be in the line, in any order; else one of them

    /// Whether there is nothing to look for.
    [[nodiscard]] bool isEmpty() const { return texts().isEmpty(); }
    /// All texts that are not empty.
    [[nodiscard]] QStringList texts() const;
    bool operator==(const LogPattern &) const = default;
};

struct CompiledPattern;
class Matching;

/// A compiled pattern. Patterns that explode are ended by a limit. Move-only; one thread at a time; clone() for others.
class LineMatcher {
public:
    /// A stretch of bytes.
    struct Range {
        qsizetype first = 0;
        qsizetype length = 0;
        bool operator==(const Range &) const = default;
    };

    /// Error: `pattern_invalid`, with the place in its detail.
    [[nodiscard]] static Result<LineMatcher> compile(const LogPattern &pattern);
    /// Another one for another thread.
    [[nodiscard]] LineMatcher clone() const;

    LineMatcher(LineMatcher &&other) noexcept;
    LineMatcher &operator=(LineMatcher &&other) noexcept;
    ~LineMatcher();

    /// Whether the line is one that is looked for. Error: `pattern_too_costly`.
    [[nodiscard]] Result<bool> matches(QByteArrayView line);
    /// Where texts of it are in a line without escape sequences, left to right, at most `limit` of them; nothing past
    /// the limit of cost, nothing for an inverse pattern.
    [[nodiscard]] QList<Range> ranges(QByteArrayView line, qsizetype limit);

    [[nodiscard]] const std::shared_ptr<const CompiledPattern> &compiled() const { return m_compiled; }

private:
    explicit LineMatcher(std::shared_ptr<const CompiledPattern> compiled);
    std::shared_ptr<const CompiledPattern> m_compiled;
    std::unique_ptr<Matching> m_matching;
};

} // namespace society::log
