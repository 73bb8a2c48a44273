// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <optional>

namespace society::log {

/// What can be told of a regular expression by reading it, so that many lines can be searched at once.
struct PatternShape {
    /// An equal expression no part of which matches a line break, so that it finds in a text of many lines (with ^ and
    /// $ at line breaks) just what it finds in each of them. Nothing where that cannot be told.
    std::optional<QByteArray> withinLines;
    /// Bytes that stand in whatever it matches, at least two; empty where none are known.
    QByteArray required;
};

/// Reads an expression (UTF-8, PCRE2's syntax without its extended mode). Pure.
[[nodiscard]] PatternShape shapeOf(const QByteArray &source);

/// Whether it may have \G or a verb such as (*COMMIT), by which a place at which it is tried tells of others. True
/// where that cannot be told. Pure.
[[nodiscard]] bool usesStart(QByteArrayView source);

} // namespace society::log
