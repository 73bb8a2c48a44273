// SPDX-License-Identifier: GPL-3.0-or-later
// society-cli: everything that the window does, without a display. docs/cli.md is its contract.
#include "app/cli/helpformatter.h"
#include "app/cli/verbs.h"

#include <QLocale>
#include <QTranslator>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <span>

namespace society::cli {

namespace {

/// The language to speak: Chinese where the system's first known one is; English has a file too, for its plural forms.
QString language()
{
    for (const QString &wanted : QLocale::system().uiLanguages()) {
        if (wanted.startsWith(QLatin1String("zh")))
            return QStringLiteral("zh_CN");
        if (wanted.startsWith(QLatin1String("en")))
            break;
    }
    return QStringLiteral("en");
}

/// `-5` is an amount and no option: CLI11 would look for an option 5. A blank before it is trimmed by who reads it.
std::vector<std::string> protectedArguments(std::span<char *> arguments)
{
    std::vector<std::string> list;
    for (const char *argument : arguments.subspan(1)) {
        const std::string text = argument;
        const bool isNegative =
            text.size() > 1 && text.at(0) == '-' && (std::isdigit(static_cast<unsigned char>(text.at(1))) != 0);
        list.push_back(isNegative ? ' ' + text : text);
    }
    return list;
}

void addGlobals(CLI::App &app, std::string &workspace, std::string &tenant, bool &json)
{
    app.add_option("--workspace", workspace,
           help(Cli::tr("Folder of the workspace (else SOCIETY_WORKSPACE, else in your data folder)")))
        ->type_name("DIR");
    app.add_option("--tenant", tenant, help(Cli::tr("Whose configurations, experiments and money")))
        ->type_name("ID")
        ->capture_default_str();
    app.add_flag("--json", json, help(Cli::tr("Print one JSON document")));
    app.set_version_flag("--version", "society-cli " SOCIETY_VERSION, help(Cli::tr("Print the version")));
    app.set_help_flag("-h,--help", help(Cli::tr("Print this help")));
}

/// What was wrong with the command line, in our words where the commonest mistakes are concerned.
Error usageError(const CLI::ParseError &error, const CLI::App &app)
{
    QString what = Cli::tr("The command line cannot be read: %1").arg(QString::fromUtf8(error.what()));
    if (app.get_subcommands().empty()) {
        const std::vector<std::string> unknown = app.remaining();
        what = unknown.empty() ? Cli::tr("A verb is missing") : Cli::tr("“%1” is no verb").arg(text(unknown.front()));
    } else if (dynamic_cast<const CLI::ExtrasError *>(&error) != nullptr) {
        QStringList unknown;
        for (const std::string &argument : app.remaining(true))
            unknown.append(text(argument));
        what = Cli::tr("“%1” is not understood here").arg(unknown.join(u' '));
    }
    return Error{ErrorKind::Usage, QStringLiteral("usage"), what,
        Cli::tr("See “society-cli --help” or “society-cli VERB --help”"), QString::fromUtf8(error.what()), {}};
}

int run(std::span<char *> arguments)
{
    CLI::App app(help(Cli::tr("Runs and manages AgentSociety simulations without a window.")), "society-cli");
    std::string workspace;
    std::string tenant = "default";
    bool json = false;
    Action chosen;
    addGlobals(app, workspace, tenant, json);
    app.require_subcommand(1);
    app.fallthrough();
    for (const auto add : {addSetupVerbs, addConfigVerbs, addSecretVerbs, addRunVerbs, addExperimentVerbs,
             addResultVerbs, addMoneyVerbs, addBillVerbs, addHoldVerbs, addPriceVerbs, addTenantVerbs, addBackupVerbs,
             addDatabaseVerbs, addMemberVerbs})
        add(app, chosen);
    speak(app, std::make_shared<HelpFormatter>());
    try {
        std::vector<std::string> list = protectedArguments(arguments);
        std::reverse(list.begin(), list.end()); // CLI11 takes them from the back
        app.parse(std::move(list));
    } catch (const CLI::Success &success) { // --help, --version
        return app.exit(success);
    } catch (const CLI::ParseError &error) {
        // The flag itself may stand behind the mistake.
        const bool wantsJson =
            std::any_of(arguments.begin(), arguments.end(), [](const char *a) { return std::string(a) == "--json"; });
        Output(wantsJson).error(usageError(error, app));
        return exitCode(ErrorKind::Usage);
    }
    Session session(Globals{text(workspace), text(tenant), json});
    const Result<int> result = chosen(session);
    if (result)
        return *result;
    session.out.error(result.error());
    return exitCode(result.error().kind);
}

} // namespace

QString text(const std::string &argument)
{
    return QString::fromStdString(argument);
}

std::string help(const QString &text)
{
    return text.toStdString();
}

} // namespace society::cli

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("society-cli"));
    QTranslator translator;
    if (translator.load(QStringLiteral(":/translations/society_%1.qm").arg(society::cli::language())))
        QCoreApplication::installTranslator(&translator);
    try {
        return society::cli::run({argv, static_cast<size_t>(argc)});
    } catch (const std::exception &unforeseen) { // out of memory, above all; everything foreseen is a Result
        std::fprintf(stderr, "society-cli: %s\n", unforeseen.what());
        return 1;
    }
}
