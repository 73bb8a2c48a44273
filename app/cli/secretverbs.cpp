// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonvalues.h"
#include "app/cli/keyinput.h"
#include "app/cli/problemtext.h"
#include "app/cli/verbs.h"
#include "app/cli/words.h"
#include "services/config/configstore.h"
#include "services/experiment/experimentservice.h"
#include "services/secrets/secretstore.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace society::cli {

namespace {

QString placeWord(secrets::Place place)
{
    switch (place) {
    case secrets::Place::Keychain:
        return QStringLiteral("keychain");
    case secrets::Place::EncryptedFile:
        return QStringLiteral("file");
    case secrets::Place::SessionOnly:
        break;
    }
    return QStringLiteral("nowhere");
}

/// An entry of a stored LLM configuration, and the number under which its key is kept.
struct Entry {
    config::StoredConfig stored;
    int index = 0;
    int number = -1; ///< -1: the document has no reference yet
    int unused = 0;  ///< the first number that no entry has
};

Result<Entry> entryOf(Session &session, const QString &reference, int index)
{
    SOCIETY_ASSIGN(const config::ConfigRow row, session.configs().find(session.tenant(), reference, config::Kind::Llm));
    SOCIETY_ASSIGN(config::StoredConfig stored, session.configs().show(session.tenant(), {row.id, 0}));
    SOCIETY_ASSIGN(const QList<config::LlmEntry> entries, config::llmEntries(stored.document));
    if (index < 0 || index >= entries.size())
        return fail(ErrorKind::NotFound, "llm_entry_unknown", Cli::tr("“%1” has no entry %2.").arg(row.name).arg(index),
            Cli::tr("Its entries are numbered from 0 to %1.").arg(entries.size() - 1));
    Entry entry{std::move(stored), index, entries.at(index).secret, 0};
    for (const config::LlmEntry &other : entries)
        entry.unused = std::max(entry.unused, other.secret + 1);
    return entry;
}

/// Makes the document's entry refer to key `number`: a new version, since versions do not change.
Result<> refer(Session &session, const Entry &entry, int number)
{
    const QString list = entry.stored.document.contains(QStringLiteral("llm")) ? QStringLiteral("llm.") : QString();
    SOCIETY_ASSIGN(const config::Document document,
        entry.stored.document.with(list + QString::number(entry.index) + QStringLiteral(".api_key"),
            "\"@secret:" + QByteArray::number(number) + '"'));
    config::ImportOptions options;
    options.tenant = entry.stored.row.tenant;
    SOCIETY_TRY(session.configs().save(
        entry.stored.row.tenant, entry.stored.row.id, entry.stored.version, document.text(), options));
    return {};
}

Result<int> setSecret(Session &session, const QString &reference, int index)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const Entry entry, entryOf(session, reference, index));
    const secrets::Whereabouts where = session.secrets().where();
    if (where.place == secrets::Place::SessionOnly)
        return fail(ErrorKind::Refused, "secret_nowhere",
            Cli::tr("There is no place to keep the key: %1").arg(where.sentence), where.remedy, where.detail);
    SOCIETY_ASSIGN(const secrets::SecretBytes key, readKey(Cli::tr("Key for “%1”:").arg(entry.stored.row.name), -1));
    const int number = entry.number < 0 ? entry.unused : entry.number;
    const secrets::SecretName name{entry.stored.row.tenant, entry.stored.row.id, number};
    SOCIETY_ASSIGN(const secrets::Place place, session.secrets().write(name, key));
    if (entry.number < 0)
        SOCIETY_TRY(refer(session, entry, number));
    session.out.document(
        QJsonObject{{QStringLiteral("id"), entry.stored.row.id.text()}, {QStringLiteral("name"), entry.stored.row.name},
            {QStringLiteral("index"), index}, {QStringLiteral("kept_in"), placeWord(place)}});
    session.out.line(Cli::tr("The key of “%1” is kept. %2").arg(printable(entry.stored.row.name), where.sentence));
    return 0;
}

Result<int> deleteSecret(Session &session, const QString &reference, int index)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const Entry entry, entryOf(session, reference, index));
    const secrets::SecretName name{entry.stored.row.tenant, entry.stored.row.id, entry.number};
    bool wasThere = false;
    if (entry.number >= 0) {
        SOCIETY_ASSIGN(wasThere, session.secrets().contains(name));
    }
    if (!wasThere)
        return fail(
            ErrorKind::NotFound, "secret_missing", Cli::tr("No key of “%1” is stored.").arg(entry.stored.row.name));
    SOCIETY_TRY(session.secrets().remove(name));
    session.out.document(
        QJsonObject{{QStringLiteral("id"), entry.stored.row.id.text()}, {QStringLiteral("name"), entry.stored.row.name},
            {QStringLiteral("index"), index}, {QStringLiteral("deleted"), true}});
    session.out.line(Cli::tr("The key of “%1” was deleted.").arg(printable(entry.stored.row.name)));
    return 0;
}

Result<int> listSecrets(Session &session)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const QList<config::ConfigRow> rows, session.configs().list(session.tenant(), config::Kind::Llm));
    SOCIETY_ASSIGN(const QList<secrets::SecretName> names, session.secrets().list());
    QJsonArray array;
    TextTable table(
        {{Cli::tr("Configuration")}, {Cli::tr("Entry")}, {Cli::tr("Tenant")}, {Cli::tr("Model")}, {Cli::tr("Key")}});
    for (const config::ConfigRow &row : rows) {
        SOCIETY_ASSIGN(const config::StoredConfig stored, session.configs().show(session.tenant(), {row.id, 0}));
        const auto entries = config::llmEntries(stored.document);
        for (qsizetype i = 0; entries && i < entries->size(); ++i) {
            const config::LlmEntry &entry = entries->at(i);
            if (entry.secret < 0)
                continue;
            const bool isStored = names.contains(secrets::SecretName{row.tenant, row.id, entry.secret});
            array.append(QJsonObject{{QStringLiteral("id"), row.id.text()}, {QStringLiteral("name"), row.name},
                {QStringLiteral("tenant"), row.tenant}, {QStringLiteral("index"), i},
                {QStringLiteral("provider"), entry.provider}, {QStringLiteral("model"), entry.model},
                {QStringLiteral("stored"), isStored}});
            table.add({row.name, QString::number(i), row.tenant.isEmpty() ? Cli::tr("public") : row.tenant, entry.model,
                isStored ? Cli::tr("stored") : Cli::tr("missing")});
        }
    }
    session.out.document(array);
    session.out.table(table, Cli::tr("No configuration here needs a key."));
    return 0;
}

Result<int> testSecret(Session &session, const QString &reference)
{
    SOCIETY_TRY(session.open());
    SOCIETY_ASSIGN(const QList<config::Problem> problems, session.experiments().testLlm(session.tenant(), reference));
    return showProblems(session.out, problems);
}

} // namespace

void addSecretVerbs(CLI::App &app, Action &chosen)
{
    auto *group = app.add_subcommand("secret", help(Cli::tr("Keys of language models")));
    group->require_subcommand(1);
    struct Arguments {
        std::string reference;
        int index = 0;
    };
    const auto add = [&](const char *name, const QString &description, bool oneEntry,
                         Result<int> (*action)(Session &, const QString &, int)) {
        auto *verb = group->add_subcommand(name, help(description));
        const auto arguments = std::make_shared<Arguments>();
        verb->add_option(
                "LLM", arguments->reference, help(Cli::tr("A configuration: its id, the beginning of it, or its name")))
            ->required();
        if (oneEntry)
            verb->add_option("--index", arguments->index, help(Cli::tr("Which entry of its list, from 0")))
                ->capture_default_str();
        verb->callback([&chosen, arguments, action] {
            chosen = [arguments, action](
                         Session &session) { return action(session, text(arguments->reference), arguments->index); };
        });
    };
    add("set", Cli::tr("Keeps a key, read from standard input"), true, setSecret);
    add("test", Cli::tr("Asks the provider for its list of models; costs nothing"), false,
        [](Session &session, const QString &reference, int) { return testSecret(session, reference); });
    add("delete", Cli::tr("Forgets a key"), true, deleteSecret);
    group->add_subcommand("list", help(Cli::tr("Which keys are stored; never the keys")))->callback([&chosen] {
        chosen = listSecrets;
    });
}

} // namespace society::cli
