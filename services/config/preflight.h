// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/check.h"
#include "services/config/document.h"
#include "services/config/population.h"
#include "services/config/problem.h"
#include "services/core/ids.h"

#include <QByteArray>
#include <QList>

namespace society::config {

/// A version of a configuration.
struct ConfigRef {
    ConfigId id;
    int version = 0; ///< 0: the newest

    bool operator==(const ConfigRef &) const = default;
};

/// The four configurations of an experiment.
struct Selection {
    ConfigRef llm;
    ConfigRef agents;
    ConfigRef map;
    ConfigRef workflow;

    bool operator==(const Selection &) const = default;
};

/// A document and the folder from which its relative paths count (the workspace, for a stored one).
struct Part {
    Document document;
    QString folder;
};

/// The documents of an experiment (ConfigStore::parts(), or splitRun() of a file).
struct Parts {
    Part llm;
    Part agents;
    Part map;
    Part workflow;
    QString name; ///< exp.name of a run file; may be empty
};

/// One LLM entry as the gateway serves it; its place in the list is its path (`/0/v1`).
struct LlmEntry {
    QString provider; ///< one of providerNames()
    QString baseUrl;  ///< empty: the provider's own
    QString model;
    int secret = -1; ///< number of the key in the configuration (`@secret:N`); -1: no key
    int concurrency = 200;

    bool operator==(const LlmEntry &) const = default;
};

/// The entries of an LLM document (a list, or an object with `llm`), in order. Error: `merge_invalid` (not such a
/// document).
[[nodiscard]] Result<QList<LlmEntry>> llmEntries(const Document &llm);

/// Whether a provider refuses calls without a key: not the practice model, nor servers of one's own (vllm, custom).
[[nodiscard]] bool needsKey(const QString &provider);

/// What of a run is fixed by who starts it.
struct MergeOptions {
    ExperimentId id;
    QString name;
    QString home = QStringLiteral("home");           ///< AgentSociety's home_dir; relative to the run directory
    QString mapPath = QStringLiteral("home/map.pb"); ///< what stands in map.file_path
};

/// A run's configuration as AgentSociety takes it, and what belongs to it.
struct Merged {
    /// Indented JSON for runner.json: every LLM entry is `vllm` at `@GATEWAY@/N/v1` with key `@TOKEN@`; keys that
    /// AgentSociety does not know are left out. Holds no secret.
    QByteArray runnerJson;
    QList<LlmEntry> entries;
    QString mapFile;          ///< absolute path of the map to be linked as `mapPath`
    QStringList profileFiles; ///< absolute paths that runnerJson names
    Population population;
    bool practice = false; ///< every entry is the practice model
};

/// Merges the parts. What preflight() finds no error in, AgentSociety's own validator accepts. Error: `merge_invalid`
/// (parts of a shape that preflight() refuses).
[[nodiscard]] Result<Merged> merge(const Parts &parts, const MergeOptions &options);

/// One list over the merged document: each part's check() and the rules between parts (targets name agents that exist
/// and can take the step, `message` after a step, home and work in the map, points where MobilityBlock is, thirty
/// days…). Paths are the run file's: "llm.0.provider", "agents.citizens.0.number", "map.file_path",
/// "exp.workflow.2.target_agent". `others` (runner, secrets, funds: found by who starts) are put in at their place.
/// Order: errors, warnings, then what is well; inside these by part and document order. Under 50 ms for practice
/// documents; any thread.
[[nodiscard]] QList<Problem> preflight(const Parts &parts, MapCache &maps, const QList<Problem> &others = {});

/// Whether a document is a run file: has `exp` or `env`, or two of `llm`, `agents` and `map`, as keys of the whole.
[[nodiscard]] bool isRunFile(const Document &document);

/// The kind of a part, from its content; empty where nothing tells.
[[nodiscard]] std::optional<Kind> detectKind(const Document &document);

/// A run file in its parts; parts that it lacks are documents `null`. `notes` gets what is left out (env, exp.id).
/// Paths inside the parts count from `folder`. Error: `not_a_run_file`.
[[nodiscard]] Result<Parts> splitRun(const Document &run, const QString &folder, QList<Problem> *notes = nullptr);

/// An LLM document with every key left empty.
[[nodiscard]] Result<Document> withoutKeys(const Document &llm);

/// The whole run file of the parts, for AgentSociety without this program: no keys, `env` with SQLite and a home
/// folder, absolute paths. Parts that came from splitRun() come out of it again byte for byte. Error: `merge_invalid`.
[[nodiscard]] Result<QByteArray> composeRun(const Parts &parts);

/// The path inside a part's own document of a run file's path: kind, and "workflow.0.days" for "exp.workflow.0.days".
struct PartPath {
    Kind kind = Kind::Workflow;
    QString path;
};
/// For "Go there". Empty for paths outside the four parts.
[[nodiscard]] std::optional<PartPath> partPath(const Parts &parts, const QString &runPath);

} // namespace society::config
