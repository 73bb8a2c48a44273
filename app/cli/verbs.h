// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/session.h"

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace society::cli {

/// What a verb does when the command line has been read; its exit code, or the error that is shown.
using Action = std::function<Result<int>(Session &)>;

// Each adds its group of verbs to the program; the one that is on the command line puts its action into `chosen`.

void addSetupVerbs(CLI::App &app, Action &chosen);      ///< setup, doctor
void addConfigVerbs(CLI::App &app, Action &chosen);     ///< config …
void addSecretVerbs(CLI::App &app, Action &chosen);     ///< secret …
void addRunVerbs(CLI::App &app, Action &chosen);        ///< run, rerun
void addExperimentVerbs(CLI::App &app, Action &chosen); ///< experiments, status, stop, delete, reconcile
void addResultVerbs(CLI::App &app, Action &chosen);     ///< log, results, export
void addMoneyVerbs(CLI::App &app, Action &chosen);      ///< account, recharge, correct, audit
void addBillVerbs(CLI::App &app, Action &chosen);       ///< bills, statement
void addHoldVerbs(CLI::App &app, Action &chosen);       ///< holds, hold …
void addPriceVerbs(CLI::App &app, Action &chosen);      ///< price …
void addTenantVerbs(CLI::App &app, Action &chosen);     ///< tenant …
void addBackupVerbs(CLI::App &app, Action &chosen);     ///< backup, restore
void addDatabaseVerbs(CLI::App &app, Action &chosen);   ///< database …
void addMemberVerbs(CLI::App &app, Action &chosen);     ///< member …

/// An argument as it came, in UTF-8.
[[nodiscard]] QString text(const std::string &argument);
/// A description for help.
[[nodiscard]] std::string help(const QString &text);

} // namespace society::cli
