// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QByteArray>
#include <QJsonValue>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>

namespace society::config {

enum class Format { Json, Yaml };

/// A place in a source text, both counted from 1; columns count characters.
struct Position {
    int line = 0;
    int column = 0;

    bool operator==(const Position &) const = default;
};

/// Limits of every document that is read: larger or deeper ones are refused.
inline constexpr qint64 MaxDocumentBytes = 16 * 1024 * 1024;
inline constexpr int MaxDocumentDepth = 64;

/// The keys and indexes of a dotted path such as "exp.workflow.0.days", in order. A dot inside a key is written `\.`, a
/// backslash `\\`.
[[nodiscard]] QStringList splitPath(QStringView path);
/// The dotted path of keys and indexes.
[[nodiscard]] QString joinPath(const QStringList &parts);

/// A configuration text that was parsed: keeps the text itself, key order and numbers as written. An immutable value
/// that is cheap to copy; any thread.
class Document {
public:
    struct Tree; ///< the parsed form, private to services/config (document_p.h)

    /// An empty document, as if the text were `null`.
    Document();

    /// Parses UTF-8 text. `name` stands in messages (a file name). Errors, in this order: `document_too_large`,
    /// `not_utf8`, `json_invalid` or `yaml_invalid` (message with line and column), `document_too_deep`.
    [[nodiscard]] static Result<Document> parse(const QByteArray &text, Format format, const QString &name = {});
    /// Parses JSON, and YAML where the text does not begin as JSON does. Errors as parse().
    [[nodiscard]] static Result<Document> parseAny(const QByteArray &text, const QString &name = {});
    /// Reads a file: .yaml and .yml as YAML, all others as JSON. Errors as parse(), and readFile()'s.
    [[nodiscard]] static Result<Document> read(const QString &file);

    [[nodiscard]] Format format() const;
    /// The source, byte for byte.
    [[nodiscard]] const QByteArray &text() const;
    /// The same content as JSON text: the source itself where it is JSON, else indented JSON in the same key order.
    [[nodiscard]] QByteArray toJson() const;

    /// Where the value of a path stands in the source; the nearest parent that is there, where it is not.
    [[nodiscard]] Position position(const QString &path) const;
    /// Paths of keys that occur twice in one object of the source (the last one counts).
    [[nodiscard]] QStringList duplicateKeys() const;

    [[nodiscard]] bool contains(const QString &path) const;
    /// The value at a path, Undefined where there is none. Key order and exact large numbers do not survive in it.
    [[nodiscard]] QJsonValue value(const QString &path) const;
    /// The keys of the object at a path, in their order; empty where it is no object.
    [[nodiscard]] QStringList keys(const QString &path) const;
    /// The number of elements of the list (or keys of the object) at a path; 0 for anything else.
    [[nodiscard]] qsizetype size(const QString &path) const;
    /// The JSON text of the value at a path as it stands in the source, its lines moved to the left margin.
    [[nodiscard]] QByteArray slice(const QString &path) const;

    /// The document with the value of `path` replaced by (or, where the parent is there, with it added as) JSON text;
    /// everything else of the text stays as it is. Works on JSON (a YAML document becomes JSON first).
    /// Errors: `path_missing`, `json_invalid`.
    [[nodiscard]] Result<Document> with(const QString &path, const QByteArray &json) const;
    /// The document without the key or element of `path`. Error: `path_missing`.
    [[nodiscard]] Result<Document> without(const QString &path) const;

    [[nodiscard]] const Tree &tree() const { return *m_tree; }

private:
    explicit Document(std::shared_ptr<const Tree> tree);
    std::shared_ptr<const Tree> m_tree;
};

} // namespace society::config

Q_DECLARE_METATYPE(society::config::Document)
