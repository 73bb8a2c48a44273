// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document.h"

#include <QByteArray>
#include <QStringList>
#include <functional>
#include <optional>

namespace society::config {

/// Bytes of a JSON source: where a value stands, and its key where it has one.
struct JsonSpan {
    qsizetype keyBegin = -1; ///< the opening quote; -1: an element, or the whole
    qsizetype begin = 0;
    qsizetype end = 0;

    [[nodiscard]] qsizetype mark() const { return keyBegin >= 0 ? keyBegin : begin; }
};

/// A member or element inside its parent, with what is needed to take it out.
struct JsonPlace {
    JsonSpan span;
    qsizetype depth = 0;        ///< how many parts of the path were found; all: the value itself
    qsizetype previousEnd = -1; ///< end of the value before it in the parent; -1: it is the first
    qsizetype nextBegin = -1;   ///< beginning of the next member or element; -1: it is the last
};

/// Walks JSON text that a real parser has accepted already, to find the bytes of values. No recursion. Any thread.
class JsonText {
public:
    explicit JsonText(const QByteArray &text)
        : m_text(text)
    {
    }

    /// The value at a path, or its nearest parent that is there (`depth` tells).
    [[nodiscard]] JsonPlace locate(const QStringList &path) const;
    /// The end of the last member or element of the object or list that begins at `begin`; -1 where it is empty.
    [[nodiscard]] qsizetype lastEnd(qsizetype begin) const;
    /// Calls with every value in text order: its path and bytes; a parent comes before its children.
    void visit(const std::function<void(const QStringList &path, const JsonSpan &span, bool repeated)> &found) const;

    /// The spaces and tabs at the beginning of the line in which a byte stands.
    [[nodiscard]] QByteArray indentation(qsizetype offset) const;
    [[nodiscard]] Position position(qsizetype offset) const;

private:
    struct Cursor;
    [[nodiscard]] qsizetype skipSpace(qsizetype at) const;
    [[nodiscard]] qsizetype skipValue(qsizetype at) const;
    [[nodiscard]] qsizetype skipString(qsizetype at) const;
    [[nodiscard]] QString keyAt(qsizetype begin, qsizetype end) const;
    [[nodiscard]] char charAt(qsizetype at) const { return at < m_text.size() ? m_text.at(at) : '\0'; }

    const QByteArray &m_text;
};

/// Line and column of a byte, for any UTF-8 text.
[[nodiscard]] Position positionOf(const QByteArray &text, qsizetype offset);

} // namespace society::config
