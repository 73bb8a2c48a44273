// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document_p.h"
#include "services/config/preflight.h"

namespace society::config {

/// A value inside a document and the dotted path at which it stands.
struct View {
    const Json *json = nullptr; ///< null where it is missing
    QString path;
};

/// The list of LLM entries: the document itself, or its `llm`.
[[nodiscard]] View llmView(const Document &llm);
/// The list of steps: the document itself, or its `workflow`.
[[nodiscard]] View workflowView(const Document &workflow);
/// `environment` and `logging_level`; missing where the document is a bare list.
[[nodiscard]] View environmentView(const Document &workflow);
[[nodiscard]] View loggingLevelView(const Document &workflow);

/// The entries of one list of an agents document ("citizens"), the supervisor as a list of one.
struct AgentEntry {
    QString list;
    QString path;
    const Json *json = nullptr;
};
[[nodiscard]] QList<AgentEntry> agentEntries(const Document &agents);

[[nodiscard]] QString textOf(const Json &object, const char *key);
/// The class of the institutions of a list ("firm" for "firms"); empty for other lists.
[[nodiscard]] QString institutionClass(const QString &list);
[[nodiscard]] bool isBuiltInCitizen(const QString &agentClass);
/// An absolute, clean path; relative ones count from `folder`.
[[nodiscard]] QString absolutePath(const QString &folder, const QString &path);
/// The part's document with `file_path` and every `memory_from_file` made absolute.
[[nodiscard]] Result<Document> withAbsolutePaths(const Part &part);
/// Lower-case hex SHA-256.
[[nodiscard]] QString sha256(const QByteArray &bytes);
/// The number of an api_key that is a reference (`@secret:N`); -1: it is none.
[[nodiscard]] int secretNumber(const QString &apiKey);
/// Whether an api_key is one that stands for "no key" (empty, "none", "EMPTY").
[[nodiscard]] bool isNoKey(const QString &apiKey);

} // namespace society::config
