// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/failure.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace society::agentsociety {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    const char *code;
    const char *reason; // {name} stands for a parameter
    const char *remedy;
};

// clang-format off
constexpr Words kWords[] = {
    // What the keeper says.
    {"finished", QT_TRANSLATE_NOOP("Failure", "Finished."), ""},
    {"stopped_user", QT_TRANSLATE_NOOP("Failure", "Stopped by you."), ""},
    {"stopped_budget", QT_TRANSLATE_NOOP("Failure", "Stopped because its budget was reached."),
        QT_TRANSLATE_NOOP("Failure", "Start it again with a larger cap, or with a smaller workflow.")},
    {"shutdown", QT_TRANSLATE_NOOP("Failure", "Ended because the machine was shutting down, or because somebody ended the run's keeper."),
        QT_TRANSLATE_NOOP("Failure", "Run it again; what it wrote until then is kept.")},
    {"exit", QT_TRANSLATE_NOOP("Failure", "The runner ended with exit code {exit_code}."),
        QT_TRANSLATE_NOOP("Failure", "Look at the end of the log.")},
    {"signal", QT_TRANSLATE_NOOP("Failure", "Ended by signal {signal} from outside."),
        QT_TRANSLATE_NOOP("Failure", "Somebody or the system ended it; with too little memory the system uses signal 9. Look into the system's log.")},
    {"runner_missing", QT_TRANSLATE_NOOP("Failure", "The runner could not be started: {detail}"),
        QT_TRANSLATE_NOOP("Failure", "Install the runner again (society-cli setup).")},
    {"companion_failed", QT_TRANSLATE_NOOP("Failure", "The gateway to the LLM did not start ({detail})."),
        QT_TRANSLATE_NOOP("Failure", "Look into keeper.log in the run's folder; install Society Workbench again if the program is missing.")},
    {"companion_died", QT_TRANSLATE_NOOP("Failure", "The gateway to the LLM ended before the run."),
        QT_TRANSLATE_NOOP("Failure", "Look into keeper.log in the run's folder, then run it again.")},
    {"folder_gone", QT_TRANSLATE_NOOP("Failure", "Its folder was removed while it ran."),
        QT_TRANSLATE_NOOP("Failure", "Run it again, and leave its folder alone while it runs.")},
    {"stalled", QT_TRANSLATE_NOOP("Failure", "It gave no sign of life for too long."),
        QT_TRANSLATE_NOOP("Failure", "Test the LLM, then run it again.")},
    {"still_failing", QT_TRANSLATE_NOOP("Failure", "It has given no sign of life for a while but calls to the LLM that fail ({calls} of them, the last with status {status})."),
        QT_TRANSLATE_NOOP("Failure", "The provider may be overloaded or away: wait, or stop it, test the LLM and run it again.")},
    {"still", QT_TRANSLATE_NOOP("Failure", "It has given no sign of life for a while."),
        QT_TRANSLATE_NOOP("Failure", "It may only be slow: wait, or stop it, test the LLM and run it again.")},
    {"simulator_gone", QT_TRANSLATE_NOOP("Failure", "The city simulator ended before the run."),
        QT_TRANSLATE_NOOP("Failure", "Run it again; if it happens again, choose the practice city.")},
    {"llm_retries", QT_TRANSLATE_NOOP("Failure", "The LLM failed to answer three times in a row."),
        QT_TRANSLATE_NOOP("Failure", "Test the LLM in its configuration, then run it again.")},
    {"lost_keeper", QT_TRANSLATE_NOOP("Failure", "The program that watched over the run was ended, and the run with it."),
        QT_TRANSLATE_NOOP("Failure", "Run it again; what it wrote until then is kept.")},
    {"lost_reboot", QT_TRANSLATE_NOOP("Failure", "The machine was restarted while it ran."),
        QT_TRANSLATE_NOOP("Failure", "Run it again; what it wrote until then is kept.")},
    // What the keeper warns of.
    {"usage_unwritable", QT_TRANSLATE_NOOP("Failure", "The use of the LLM could not be written down, so its calls were refused ({detail})."),
        QT_TRANSLATE_NOOP("Failure", "See that the run's folder can be written to, then run it again.")},
    {"turn", QT_TRANSLATE_NOOP("Failure", "It started without waiting for the others' starts to end ({detail})."),
        QT_TRANSLATE_NOOP("Failure", "Starts may be slow when there are many at once; see that the workspace can be written to.")},
    {"process_left", QT_TRANSLATE_NOOP("Failure", "A process of the run could not be ended ({detail})."),
        QT_TRANSLATE_NOOP("Failure", "It may be waiting for a disk or a device; if it stays, restart the machine.")},
    {"folder_left", QT_TRANSLATE_NOOP("Failure", "Temporary files of the run could not be removed ({detail})."),
        QT_TRANSLATE_NOOP("Failure", "Remove them by hand.")},
    // What AgentSociety's error means.
    {"exit_after_finish", QT_TRANSLATE_NOOP("Failure", "The workflow was completed, but the runner then ended with exit code {exit_code}."),
        QT_TRANSLATE_NOOP("Failure", "The results are complete; look at the end of the log for what went wrong after them.")},
    {"map_missing", QT_TRANSLATE_NOOP("Failure", "The map file is missing."),
        QT_TRANSLATE_NOOP("Failure", "Import the map again, or choose another one.")},
    {"map_unreadable", QT_TRANSLATE_NOOP("Failure", "The map file is not a map."),
        QT_TRANSLATE_NOOP("Failure", "Choose a map in AgentSociety's format (.pb).")},
    {"map_no_areas", QT_TRANSLATE_NOOP("Failure", "The map file has no areas."),
        QT_TRANSLATE_NOOP("Failure", "Choose a map with at least one area (AOI) where people can live and work.")},
    {"target_unknown", QT_TRANSLATE_NOOP("Failure", "The workflow names agent {agent}, and there is none with this id."),
        QT_TRANSLATE_NOOP("Failure", "Correct the target: built-in citizens begin at 5, people from a profile file keep the file's ids.")},
    {"position_missing", QT_TRANSLATE_NOOP("Failure", "A message was sent to people who had no place in the city yet."),
        QT_TRANSLATE_NOOP("Failure", "Put a step or run before the first message in the workflow.")},
    {"ticks_zero", QT_TRANSLATE_NOOP("Failure", "A workflow entry has ticks_per_step below 1."),
        QT_TRANSLATE_NOOP("Failure", "Set ticks_per_step to 1 or more.")},
    {"distribution_incomplete", QT_TRANSLATE_NOOP("Failure", "A distribution of the agents lacks what its type ({distribution}) needs."),
        QT_TRANSLATE_NOOP("Failure", "Complete the distribution in the agents' configuration.")},
    {"profile_file_type", QT_TRANSLATE_NOOP("Failure", "The profile file is neither .json nor .jsonl."),
        QT_TRANSLATE_NOOP("Failure", "Import the profiles: the workbench converts CSV.")},
    {"profile_file_missing", QT_TRANSLATE_NOOP("Failure", "The profile file “{file}” is missing."),
        QT_TRANSLATE_NOOP("Failure", "Import the profiles again.")},
    {"profile_too_few", QT_TRANSLATE_NOOP("Failure", "The profile file has fewer people than the group asks for."),
        QT_TRANSLATE_NOOP("Failure", "Lower the number of the group, or add people to the file.")},
    {"config_rejected", QT_TRANSLATE_NOOP("Failure", "AgentSociety did not accept the configuration ({count} errors)."),
        QT_TRANSLATE_NOOP("Failure", "The log's end lists each error with its place in the configuration.")},
    {"config_unreadable", QT_TRANSLATE_NOOP("Failure", "AgentSociety could not read the configuration file."),
        QT_TRANSLATE_NOOP("Failure", "Run it again; if it happens again, check the disk.")},
    {"class_unknown", QT_TRANSLATE_NOOP("Failure", "AgentSociety knows no class, block or function “{name}”."),
        QT_TRANSLATE_NOOP("Failure", "Correct the name; capitals count.")},
    {"institution_class", QT_TRANSLATE_NOOP("Failure", "An institution has an agent class that AgentSociety does not know."),
        QT_TRANSLATE_NOOP("Failure", "Use firm, bank, nbs and government, each in its own list.")},
    {"institution_month", QT_TRANSLATE_NOOP("Failure", "AgentSociety failed at the end of the institutions' month, a fault of its own."),
        QT_TRANSLATE_NOOP("Failure", "Run fewer than 30 simulated days, or set a larger time_diff for all institutions.")},
    {"supervisor_missing", QT_TRANSLATE_NOOP("Failure", "The supervisor has no profile file and so was not made."),
        QT_TRANSLATE_NOOP("Failure", "Give the supervisor a memory_from_file, or leave it out.")},
    {"logging_level", QT_TRANSLATE_NOOP("Failure", "There is no logging level “{name}”."),
        QT_TRANSLATE_NOOP("Failure", "Use DEBUG, INFO, WARNING, ERROR or CRITICAL.")},
    {"simulator_missing", QT_TRANSLATE_NOOP("Failure", "AgentSociety's city simulator could not be downloaded."),
        QT_TRANSLATE_NOOP("Failure", "Connect this machine to the internet for the first such run, or choose the practice city.")},
    {"simulator_not_executable", QT_TRANSLATE_NOOP("Failure", "The city simulator may not be executed."),
        QT_TRANSLATE_NOOP("Failure", "Keep the workspace on a file system that allows programs (not mounted noexec).")},
    {"word_list_missing", QT_TRANSLATE_NOOP("Failure", "The word lists for the agents' memory are missing."),
        QT_TRANSLATE_NOOP("Failure", "Run “society-cli setup” to restore what runs share.")},
    {"llm_key_refused", QT_TRANSLATE_NOOP("Failure", "The LLM endpoint refused the key."),
        QT_TRANSLATE_NOOP("Failure", "Set the right key in the LLM's configuration and test it.")},
    {"llm_rate_limited", QT_TRANSLATE_NOOP("Failure", "The LLM endpoint refused further calls: too many, or the provider's quota is used up."),
        QT_TRANSLATE_NOOP("Failure", "Lower the LLM's concurrency, or see to the account at the provider.")},
    {"llm_unreachable", QT_TRANSLATE_NOOP("Failure", "The LLM endpoint could not be reached."),
        QT_TRANSLATE_NOOP("Failure", "Check the address and the network, and test the LLM in its configuration.")},
    {"llm_failed", QT_TRANSLATE_NOOP("Failure", "The LLM failed to answer a call for good. {status}"),
        QT_TRANSLATE_NOOP("Failure", "Test the LLM in its configuration; the log has the endpoint's words.")},
    {"database_locked", QT_TRANSLATE_NOOP("Failure", "Another program kept the run's database locked."),
        QT_TRANSLATE_NOOP("Failure", "Close what has opened sqlite.db of this run, then run it again.")},
    {"disk_full", QT_TRANSLATE_NOOP("Failure", "The machine is out of disk space."),
        QT_TRANSLATE_NOOP("Failure", "Free some space, then run it again.")},
    {"home_not_writable", QT_TRANSLATE_NOOP("Failure", "The run's folder could not be written to."),
        QT_TRANSLATE_NOOP("Failure", "Check that the workspace's disk is not mounted read-only.")},
    {"ray_timeout", QT_TRANSLATE_NOOP("Failure", "Ray did not start in time: the machine was too busy."),
        QT_TRANSLATE_NOOP("Failure", "Start fewer runs at once, or use light start.")},
    {"ray_folder_too_long", QT_TRANSLATE_NOOP("Failure", "The folder for Ray's files has too long a name."),
        QT_TRANSLATE_NOOP("Failure", "Choose one with at most 39 characters.")},
    {"ray_failed", QT_TRANSLATE_NOOP("Failure", "Ray failed."), QT_TRANSLATE_NOOP("Failure", "Look at the end of the log; light start does without Ray.")},
    {"module_missing", QT_TRANSLATE_NOOP("Failure", "The runner lacks the Python module “{name}”."),
        QT_TRANSLATE_NOOP("Failure", "Install the runner again (society-cli setup).")},
    {"out_of_memory", QT_TRANSLATE_NOOP("Failure", "The machine is out of memory."),
        QT_TRANSLATE_NOOP("Failure", "Run fewer experiments at once, or one with fewer agents.")},
    {"too_many_files", QT_TRANSLATE_NOOP("Failure", "The runner could open no more files: the limit for one program is reached."),
        QT_TRANSLATE_NOOP("Failure", "Raise the limit (ulimit -n) where Society Workbench is started, then run it again.")},
    {"database_unopened", QT_TRANSLATE_NOOP("Failure", "AgentSociety could not open the run's database any more."),
        QT_TRANSLATE_NOOP("Failure", "See that the run's folder can be written to and that programs may open enough files (ulimit -n), then run it again.")},
    {"error", QT_TRANSLATE_NOOP("Failure", "AgentSociety failed: {detail}"), QT_TRANSLATE_NOOP("Failure", "Look at the last error in the log.")},
};
// clang-format on

const Words *wordsFor(const QString &code)
{
    for (const Words &words : kWords) {
        if (code == QLatin1String(words.code))
            return &words;
    }
    return nullptr;
}

QString filledIn(const char *text, const Failure &failure)
{
    QString sentence = QCoreApplication::translate("Failure", text);
    for (auto it = failure.parameters.begin(); it != failure.parameters.end(); ++it)
        sentence.replace(u'{' + it.key() + u'}', it.value());
    // What the run did not tell.
    static const QRegularExpression left(u"\\s*[(（“]?\\{[a-z_]+\\}[)）”]?"_s);
    return sentence.remove(left);
}

} // namespace

Failure warningOf(const QString &code, const QString &detail)
{
    Failure failure{code == "stalled"_L1 ? u"still"_s : code, {}};
    static const QRegularExpression failing(u"; failed calls: (\\d+), the last with status (\\d+)$"_s);
    if (const auto calls = failing.match(detail); failure.code == "still"_L1 && calls.hasMatch())
        return {u"still_failing"_s, {{u"calls"_s, calls.captured(1)}, {u"status"_s, calls.captured(2)}}};
    if (!detail.isEmpty())
        failure.parameters.insert(u"detail"_s, detail);
    return failure;
}

bool outlastsRun(const QString &code)
{
    return code == "process_left"_L1 || code == "folder_left"_L1 || code == "usage_unwritable"_L1;
}

QString reasonText(const Failure &failure)
{
    if (failure.code.isEmpty())
        return {};
    const Words *words = wordsFor(failure.code);
    if (!words)
        return QCoreApplication::translate(
            "Failure", "The run ended for a reason that this version does not know (%1).")
            .arg(failure.code);
    return filledIn(words->reason, failure);
}

QString remedyText(const Failure &failure)
{
    const Words *words = wordsFor(failure.code);
    return words && *words->remedy != '\0' ? filledIn(words->remedy, failure) : QString();
}

} // namespace society::agentsociety
