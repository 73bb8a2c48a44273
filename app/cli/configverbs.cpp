// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/configcheck.h"
#include "app/cli/jsonvalues.h"
#include "app/cli/keys.h"
#include "app/cli/times.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/config/configstore.h"
#include "services/core/files.h"

#include <CLI/CLI.hpp>
#include <QFileInfo>

namespace society::cli {

namespace {

using config::ConfigRow;
using config::StoredConfig;

/// Who acts on a configuration: on one machine, the person at it may also change what is public, if that is said.
TenantId actor(const Session &session, bool isPublic)
{
    return isPublic ? TenantId() : session.tenant();
}

Result<std::optional<config::Kind>> kindArgument(const std::string &argument)
{
    if (argument.empty())
        return std::optional<config::Kind>();
    if (const auto kind = config::kindFromName(text(argument)))
        return kind;
    QStringList names;
    for (const config::Kind kind : config::allKinds())
        names.append(config::kindName(kind));
    return fail(ErrorKind::Usage, "kind_unknown", Cli::tr("“%1” is no kind of configuration").arg(text(argument)),
        Cli::tr("There are: %1").arg(names.join(QStringLiteral(", "))));
}

void show(Session &session, const StoredConfig &stored)
{
    QJsonObject object = configObject(stored.row);
    object.insert(QStringLiteral("version"), stored.version);
    object.insert(QStringLiteral("newest_version"), stored.row.version);
    object.insert(QStringLiteral("sha256"), stored.sha256);
    object.insert(QStringLiteral("author"), stored.author);
    object.insert(QStringLiteral("document"), stored.document.value({}));
    session.out.document(object);
    session.out.fields({{Cli::tr("Name"), stored.row.name}, {Cli::tr("Kind"), config::kindTitle(stored.row.kind)},
        {Cli::tr("Id"), stored.row.id.text()}, {Cli::tr("Version"), QString::number(stored.version)},
        {Cli::tr("Tenant"), stored.row.tenant.isEmpty() ? Cli::tr("public") : stored.row.tenant},
        {Cli::tr("Changed"), localTime(stored.row.updatedAt)},
        {Cli::tr("Used by"), Cli::tr("%n experiment(s)", nullptr, stored.row.usedBy)}});
    // Line by line: a text from outside must not command the terminal.
    for (const QByteArray &line : stored.document.text().split('\n'))
        session.out.line(printable(QString::fromUtf8(line)));
}

Result<int> list(Session &session, const std::string &kindName)
{
    SOCIETY_ASSIGN(const auto kind, kindArgument(kindName));
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const QList<ConfigRow> rows, session.configs().list(session.tenant(), kind));
    QJsonArray array;
    TextTable table(
        {{Cli::tr("Kind")}, {Cli::tr("Id")}, {Cli::tr("Name")}, {Cli::tr("Version"), TextTable::Align::Right},
            {Cli::tr("Tenant")}, {Cli::tr("Changed")}, {Cli::tr("Used"), TextTable::Align::Right}});
    for (const ConfigRow &row : rows) {
        array.append(configObject(row));
        constexpr int IdDigits = 8;
        table.add({config::kindName(row.kind), row.id.text().left(IdDigits), row.name, QString::number(row.version),
            row.tenant.isEmpty() ? Cli::tr("public") : row.tenant, localTime(row.updatedAt),
            QString::number(row.usedBy)});
    }
    session.out.document(array);
    session.out.table(table, Cli::tr("There are no configurations. Import some by “society-cli config import”."));
    return 0;
}

Result<int> showOne(Session &session, const QString &reference, int version)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const ConfigRow row, session.configs().find(session.tenant(), reference));
    SOCIETY_ASSIGN(const StoredConfig stored, session.configs().show(session.tenant(), {row.id, version}));
    show(session, stored);
    return 0;
}

struct ImportArguments {
    std::vector<std::string> files;
    std::string kind, name;
    bool isPublic = false;
};

Result<int> import(Session &session, const ImportArguments &arguments)
{
    config::ImportOptions options;
    SOCIETY_ASSIGN(options.kind, kindArgument(arguments.kind));
    SOCIETY_TRY(session.open());
    options.tenant = actor(session, arguments.isPublic);
    options.name = text(arguments.name);
    options.storeSecret = keyKeeper(session, options.tenant);
    QStringList files;
    for (const std::string &file : arguments.files)
        files.append(text(file));
    SOCIETY_ASSIGN(const config::ImportReport report, session.configs().importFiles(files, options));
    QJsonArray array;
    for (const config::Imported &made : report.made) {
        array.append(QJsonObject{{QStringLiteral("kind"), config::kindName(made.kind)},
            {QStringLiteral("id"), made.id.text()}, {QStringLiteral("version"), made.version},
            {QStringLiteral("name"), made.name}, {QStringLiteral("created"), made.created}});
        const QString words =
            made.created ? Cli::tr("%1 “%2”, version %3: imported") : Cli::tr("%1 “%2”, version %3: is there already");
        session.out.line(words.arg(config::kindTitle(made.kind), printable(made.name)).arg(made.version));
    }
    for (const config::Problem &note : report.notes)
        session.out.remark(note.path + QStringLiteral(": ") + note.message, note.remedy);
    session.out.document(array);
    return 0;
}

Result<int> exportParts(Session &session, const std::vector<std::string> &arguments)
{
    SOCIETY_TRY(session.open());
    QList<config::ConfigRef> references;
    for (size_t i = 0; i + 1 < arguments.size(); ++i) {
        SOCIETY_ASSIGN(const ConfigRow row, session.configs().find(session.tenant(), text(arguments[i])));
        references.append({row.id, 0});
    }
    const QString file = text(arguments.back());
    SOCIETY_TRY(session.configs().exportFile(session.tenant(), references, file));
    session.out.document(QJsonObject{{QStringLiteral("file"), QFileInfo(file).absoluteFilePath()}});
    session.out.line(Cli::tr("Written to “%1”, without keys.").arg(printable(file)));
    return 0;
}

Result<int> save(Session &session, const QString &reference, const QString &file, bool isPublic)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const ConfigRow row, session.configs().find(session.tenant(), reference));
    SOCIETY_ASSIGN(const QByteArray bytes, readFile(file, config::MaxDocumentBytes));
    config::ImportOptions options;
    options.tenant = actor(session, isPublic);
    options.folder = QFileInfo(file).absolutePath();
    options.storeSecret = keyKeeper(session, row.tenant);
    SOCIETY_ASSIGN(const StoredConfig stored, session.configs().save(options.tenant, row.id, 0, bytes, options));
    show(session, stored);
    return 0;
}

Result<int> rename(Session &session, const QString &reference, const QString &name, bool isPublic)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const ConfigRow row, session.configs().find(session.tenant(), reference));
    SOCIETY_TRY(session.configs().rename(actor(session, isPublic), row.id, name));
    SOCIETY_ASSIGN(const StoredConfig stored, session.configs().show(session.tenant(), {row.id, 0}));
    show(session, stored);
    return 0;
}

Result<int> duplicate(Session &session, const QString &reference, const QString &name, bool)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const ConfigRow row, session.configs().find(session.tenant(), reference));
    SOCIETY_ASSIGN(const StoredConfig stored, session.configs().duplicate(session.tenant(), row.id, name));
    show(session, stored);
    return 0;
}

Result<int> remove(Session &session, const QString &reference, const QString &, bool isPublic)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const ConfigRow row, session.configs().find(session.tenant(), reference));
    SOCIETY_TRY(session.configs().remove(actor(session, isPublic), row.id));
    session.out.document(QJsonObject{{QStringLiteral("id"), row.id.text()}, {QStringLiteral("deleted"), true}});
    session.out.line(Cli::tr("“%1” was deleted.").arg(printable(row.name)));
    return 0;
}

/// A verb that changes one configuration: `config NAME REF [SECOND]`.
void addChange(CLI::App &group, Action &chosen, const char *name, const QString &description, const char *second,
    bool mayBePublic, Result<int> (*action)(Session &, const QString &, const QString &, bool))
{
    struct Arguments {
        std::string reference, second;
        bool isPublic = false;
    };
    const auto arguments = std::make_shared<Arguments>();
    auto *verb = group.add_subcommand(name, help(description));
    verb->add_option("REF", arguments->reference, help(Cli::tr("An id, its beginning, or a name")))->required();
    if (second != nullptr)
        verb->add_option(second, arguments->second)->required();
    if (mayBePublic)
        verb->add_flag("--public", arguments->isPublic, help(Cli::tr("One that is for all tenants")));
    verb->callback([&chosen, arguments, action] {
        chosen = [arguments, action](Session &session) {
            return action(session, text(arguments->reference), text(arguments->second), arguments->isPublic);
        };
    });
}

void addReading(CLI::App &group, Action &chosen)
{
    auto *all = group.add_subcommand("list", help(Cli::tr("Configurations, own and public")));
    const auto kind = std::make_shared<std::string>();
    all->add_option("--kind", *kind, help(Cli::tr("llm, agents, map, workflow, survey, profile or template")));
    all->callback([&chosen, kind] { chosen = [kind](Session &session) { return list(session, *kind); }; });

    struct Arguments {
        std::string reference;
        int version = 0;
    };
    auto *one = group.add_subcommand("show", help(Cli::tr("The document; keys are masked")));
    const auto arguments = std::make_shared<Arguments>();
    one->add_option("REF", arguments->reference, help(Cli::tr("An id, its beginning, or a name")))->required();
    one->add_option("--version", arguments->version, help(Cli::tr("An older version")))->check(CLI::PositiveNumber);
    one->callback([&chosen, arguments] {
        chosen = [arguments](
                     Session &session) { return showOne(session, text(arguments->reference), arguments->version); };
    });

    auto *out = group.add_subcommand(
        "export", help(Cli::tr("One part, or (llm, agents, map and workflow) a run file; without keys")));
    const auto names = std::make_shared<std::vector<std::string>>();
    constexpr int LeastNames = 2;
    constexpr int MostNames = 5;
    out->add_option("REF… FILE", *names, help(Cli::tr("References, then the file")))
        ->required()
        ->expected(LeastNames, MostNames);
    out->callback([&chosen, names] { chosen = [names](Session &session) { return exportParts(session, *names); }; });
}

void addCheck(CLI::App &group, Action &chosen)
{
    auto *verb = group.add_subcommand("check", help(Cli::tr("Everything that would forbid a start, or is odd")));
    struct Arguments {
        std::string file, kind;
        std::string llm, agents, map, workflow;
    };
    const auto arguments = std::make_shared<Arguments>();
    verb->add_option("FILE", arguments->file, help(Cli::tr("A run file, or one part")));
    verb->add_option(
        "--kind", arguments->kind, help(Cli::tr("What part the file is, where its content does not tell")));
    verb->add_option("--llm", arguments->llm)->type_name("REF");
    verb->add_option("--agents", arguments->agents)->type_name("REF");
    verb->add_option("--map", arguments->map)->type_name("REF");
    verb->add_option("--workflow", arguments->workflow)->type_name("REF");
    verb->callback([&chosen, arguments] {
        chosen = [arguments](Session &session) -> Result<int> {
            SOCIETY_ASSIGN(const auto kind, kindArgument(arguments->kind));
            return checkConfiguration(
                session, {text(arguments->file), kind, text(arguments->llm), text(arguments->agents),
                             text(arguments->map), text(arguments->workflow)});
        };
    });
}

} // namespace

void addConfigVerbs(CLI::App &app, Action &chosen)
{
    auto *group = app.add_subcommand(
        "config", help(Cli::tr("Configurations: language models, agents, maps, workflows, surveys, profiles")));
    group->require_subcommand(1);
    addReading(*group, chosen);
    addCheck(*group, chosen);

    auto *in =
        group->add_subcommand("import", help(Cli::tr("Files of AgentSociety: parts, run files, maps, profiles")));
    const auto arguments = std::make_shared<ImportArguments>();
    in->add_option("FILE", arguments->files, help(Cli::tr("JSON, YAML, .pb maps, CSV or JSON profiles")))->required();
    in->add_option("--kind", arguments->kind, help(Cli::tr("What they are, where the content does not tell")));
    in->add_option("--name", arguments->name, help(Cli::tr("The name it gets")));
    in->add_flag("--public", arguments->isPublic, help(Cli::tr("For all tenants")));
    in->callback(
        [&chosen, arguments] { chosen = [arguments](Session &session) { return import(session, *arguments); }; });

    addChange(*group, chosen, "save", Cli::tr("A new version from a file"), "FILE", true, save);
    addChange(*group, chosen, "rename", Cli::tr("A new name"), "NAME", true, rename);
    addChange(
        *group, chosen, "duplicate", Cli::tr("A copy that is your own, without its key"), "NAME", false, duplicate);
    addChange(*group, chosen, "delete", Cli::tr("Refused while experiments use it"), nullptr, true, remove);
}

} // namespace society::cli
