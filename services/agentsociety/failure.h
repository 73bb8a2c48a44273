// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <optional>

namespace society::agentsociety {

/// All that is known when a run has ended, as strings from outside: nothing of it is trusted, only matched.
struct RunEnd {
    std::optional<int> exitCode;
    std::optional<int> signal;
    QString keeperCode;      ///< reason_code of status.json
    QString keeperDetail;    ///< reason of status.json
    QString databaseError;   ///< as_experiment.error, possibly of many lines
    int databaseStatus = -1; ///< as_experiment.status; -1: no row
    QString lastError;       ///< last_error of status.json
    QString phase;           ///< in which it failed: LogProgress::errorPhase, else the last that began
};

/// Why a run ended: a stable word and what it is about. The words for people are made where it is shown.
struct Failure {
    QString code;
    QMap<QString, QString> parameters; ///< such as {"agent": "99"}; never a secret

    bool operator==(const Failure &) const = default;
};

/// Refines the keeper's reason where AgentSociety's own error or the log's last true error tell more (contract §9.4,
/// §9.5). Only `exit` and `signal` are refined: who asked for the end, or which rule ended the run, stays as the
/// keeper said. In this order: the database's error, the log's last error, the phase. Pure; any thread.
///
/// Codes: the keeper's (docs/run-directory.md), and `map_missing`, `map_unreadable`, `map_no_areas`, `target_unknown`
/// (agent), `position_missing`, `ticks_zero`, `distribution_incomplete` (distribution), `profile_file_type`,
/// `profile_file_missing` (file), `profile_too_few`, `config_rejected` (count), `config_unreadable`, `class_unknown`
/// (name), `institution_class`, `supervisor_missing`, `institution_month`, `logging_level` (name), `simulator_missing`,
/// `simulator_not_executable`, `word_list_missing`, `llm_key_refused`, `llm_rate_limited`, `llm_unreachable`,
/// `llm_failed` (status), `database_locked`, `disk_full`, `home_not_writable`, `ray_timeout`, `ray_folder_too_long`,
/// `ray_failed`, `module_missing` (name), `out_of_memory`, `too_many_files`, `database_unopened`, `error` (detail:
/// AgentSociety's own words).
[[nodiscard]] Failure explain(const RunEnd &end);

/// A warning of status.json about a run that goes on, as something to put into words: what reads as the end of a run
/// elsewhere leaves a choice here. `detail` as the warning has it.
[[nodiscard]] Failure warningOf(const QString &code, const QString &detail = {});
/// Whether a warning is to be said of a run that has ended, too: of what it has left behind, or what it lacks.
[[nodiscard]] bool outlastsRun(const QString &code);

/// Why, in one translated sentence without trailing advice. An unknown code gives a sentence that names it.
[[nodiscard]] QString reasonText(const Failure &failure);
/// What to do about it, in one translated sentence; empty where there is nothing to do.
[[nodiscard]] QString remedyText(const Failure &failure);

} // namespace society::agentsociety
