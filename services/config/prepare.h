// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document.h"
#include "services/config/kind.h"
#include "services/config/problem.h"
#include "services/core/workspace.h"

#include <QByteArray>
#include <QList>
#include <QSet>
#include <optional>

namespace society::config {

/// A key that was taken out of a document, and the number of its reference.
struct TakenKey {
    int number = 0;
    QByteArray key;
};

/// A document as it goes into the store: JSON, keys replaced by references, files copied into the workspace.
struct Prepared {
    Kind kind = Kind::Llm;
    QString name; ///< proposed
    QString description;
    QByteArray text;
    QList<TakenKey> keys;
    QList<Problem> notes;
};

/// What prepare() must know of a configuration's earlier versions: their numbers are not given again to another
/// address.
struct Earlier {
    QSet<int> numbers;
    std::optional<Document> base; ///< the version that was edited
};

/// Prepares a part's document. Relative paths count from `folder`; files that are there are copied into the workspace
/// by hash and named relative to it. Errors: those of files, readProfiles().
[[nodiscard]] Result<Prepared> prepare(Kind kind, const Document &document, const QString &folder,
    const Workspace &workspace, const Earlier &earlier = {});
/// A profile file (.json, .jsonl, .csv) as a document of kind Profile.
[[nodiscard]] Result<Prepared> prepareProfiles(const QString &file, const Workspace &workspace);
/// A `.pb` file as a document of kind Map. Errors: as readMap().
[[nodiscard]] Result<Prepared> prepareMapFile(const QString &file, const Workspace &workspace);
/// A file of any kind, a run file as its parts. Errors: `kind_unknown`, and those above.
[[nodiscard]] Result<QList<Prepared>> prepareFile(
    const QString &file, std::optional<Kind> kind, const QString &folder, const Workspace &workspace);
/// A document that is a part, a run file or a row of AgentSociety's own store. `name` stands for the file's name.
[[nodiscard]] Result<QList<Prepared>> prepareAny(const Document &document, std::optional<Kind> kind,
    const QString &name, const QString &folder, const Workspace &workspace);

} // namespace society::config
