// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <memory>

namespace society::log {

/// What to look for in a line.
struct LogPattern {
    QString text;
    bool isRegularExpression = false; ///< PCRE2's; else the text itself
    bool isCaseSensitive = false;

    [[nodiscard]] bool isEmpty() const { return text.isEmpty(); }
    bool operator==(const LogPattern &) const = default;
};

/// A compiled pattern. Works on the bytes of a line as UTF-8 (what is no UTF-8 matches nothing, the rest of the line
/// still does), without the escape sequences that colour it. Patterns that explode are ended by a limit. Move-only; one
/// thread at a time.
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

    LineMatcher(LineMatcher &&other) noexcept;
    LineMatcher &operator=(LineMatcher &&other) noexcept;
    ~LineMatcher();

    /// Whether it matches anywhere in the line. Error: `pattern_too_costly`.
    [[nodiscard]] Result<bool> matches(QByteArrayView line);
    /// Where it matches, left to right, at most `limit` of them; nothing past the limit of cost.
    [[nodiscard]] QList<Range> ranges(QByteArrayView line, qsizetype limit);

private:
    struct Compiled;
    explicit LineMatcher(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> m_compiled;
};

} // namespace society::log
