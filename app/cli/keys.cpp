// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/keys.h"

#include "app/cli/keyinput.h"
#include "app/cli/words.h"
#include "services/config/configstore.h"
#include "services/secrets/secretstore.h"

namespace society::cli {

std::function<Result<>(const ConfigId &, int, const QByteArray &)> keyKeeper(Session &session, const TenantId &tenant)
{
    return [&session, tenant](const ConfigId &config, int number, const QByteArray &key) -> Result<> {
        SOCIETY_ASSIGN(
            const secrets::Place place, session.secrets().write({tenant, config, number}, secrets::SecretBytes(key)));
        if (place == secrets::Place::SessionOnly) {
            const secrets::Whereabouts where = session.secrets().where();
            session.out.remark(Cli::tr("The key is not kept: %1 %2").arg(where.sentence, where.remedy));
        }
        return {};
    };
}

Result<> askForMissingKeys(Session &session, const QString &llm)
{
    SOCIETY_ASSIGN(const config::ConfigRow row, session.configs().find(session.tenant(), llm, config::Kind::Llm));
    SOCIETY_ASSIGN(const config::StoredConfig stored, session.configs().show(session.tenant(), {row.id, 0}));
    const auto entries = config::llmEntries(stored.document);
    if (!entries)
        return {}; // preflight says what is wrong with the document
    for (const config::LlmEntry &entry : *entries) {
        const secrets::SecretName name{row.tenant, row.id, entry.secret};
        if (entry.secret < 0)
            continue;
        SOCIETY_ASSIGN(const bool isStored, session.secrets().contains(name));
        if (isStored || session.secrets().where().place != secrets::Place::SessionOnly)
            continue;                  // stored, or to be stored by `secret set`: preflight says so
        constexpr int Patience = 3000; // ms; nobody may be at the other end of standard input
        auto key = readKey(Cli::tr("Key for “%1” (kept for this run only):").arg(entry.model), Patience);
        if (!key && key.error().code == u"secret_empty")
            continue;
        if (!key)
            return fail(std::move(key).error());
        SOCIETY_TRY(session.secrets().write(name, *key));
    }
    return {};
}

} // namespace society::cli
