// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document.h"

#include <QHash>
#include <nlohmann/json.hpp>

namespace society::config {

using Json = nlohmann::ordered_json;

/// The parsed form of a Document. Only .cpp files of services/config include this.
struct Document::Tree { // NOLINT(bugprone-exception-escape): the move that the compiler makes, as nlohmann's does
    QByteArray text;
    Format format = Format::Json;
    Json root;
    QHash<QString, Position> positions; ///< by dotted path; YAML only
    QStringList duplicates;
};

/// The value at a path below `root`; null where there is none.
[[nodiscard]] const Json *find(const Json &root, const QStringList &path);
[[nodiscard]] const Json *find(const Document &document, const QString &path);
/// The member of an object; null where it is missing or `json` is no object.
[[nodiscard]] const Json *member(const Json &json, const char *key);

[[nodiscard]] QString text(const Json &json); ///< of a string; empty otherwise
[[nodiscard]] QString keyText(const std::string &key);
[[nodiscard]] QByteArray dump(const Json &json, int indent = 2);
/// The text as a JSON string.
[[nodiscard]] inline QByteArray quoted(const QString &text)
{
    return dump(Json(text.toStdString()), -1);
}
[[nodiscard]] QJsonValue toQt(const Json &json);
/// A whole number that 64 bits hold, also where it is written as `5.0`; empty otherwise.
[[nodiscard]] std::optional<qint64> integer(const Json &json);

/// Parses JSON of any size. Errors: `document_too_deep`, `json_invalid`.
[[nodiscard]] Result<Json> parseJson(const QByteArray &text, const QString &name);
/// Fills `tree` from YAML text as PyYAML's safe loader reads it. Errors: `yaml_invalid`, `document_too_deep`,
/// `document_too_large` (aliases that multiply).
[[nodiscard]] Result<> parseYaml(const QByteArray &text, const QString &name, Document::Tree &tree);
/// "“file”, line 3, column 5".
[[nodiscard]] QString placeText(const QString &name, Position position);

} // namespace society::config
