// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/doctor.h"

#include "app/cli/words.h"
#include "services/agentsociety/runnerkit.h"
#include "services/core/freespace.h"
#include "services/ledger/ledger.h"
#include "services/secrets/secretstore.h"
#include "services/store/database.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>

namespace society::cli {

namespace {

struct Finding {
    QString name; ///< stable word
    bool ok = false;
    QString detail;
    QString remedy;
};

Finding found(const char *name, const QString &detail)
{
    return {QString::fromLatin1(name), true, detail, {}};
}

Finding missing(const char *name, const Error &error)
{
    return {QString::fromLatin1(name), false, error.message, error.remedy};
}

Finding checkWorkspace(const Session &session)
{
    const QFileInfo folder(session.workspace.root());
    if (!folder.isDir())
        return {QStringLiteral("workspace"), false, Cli::tr("There is no folder “%1”.").arg(folder.filePath()),
            Cli::tr("Make it by “society-cli setup”.")};
    if (!folder.isWritable())
        return {QStringLiteral("workspace"), false, Cli::tr("“%1” may not be written to.").arg(folder.filePath()),
            Cli::tr("Take the right to write to it, or choose another.")};
    return found("workspace", folder.filePath());
}

Finding checkSpace(const Session &session)
{
    // The workspace may not be there yet: then its nearest parent tells.
    QDir folder(session.workspace.root());
    while (!folder.exists() && folder.path() != folder.rootPath())
        folder.setPath(QFileInfo(folder.path()).path());
    constexpr qint64 Least = qint64{1} << 30;
    const std::optional<qint64> bytes = freeSpace(folder.path());
    const QString detail = bytes ? Cli::tr("%1 free").arg(QLocale().formattedDataSize(*bytes)) : QString();
    if (bytes && *bytes < Least)
        return {
            QStringLiteral("disk"), false, detail, Cli::tr("Free some space: a run may write hundreds of megabytes.")};
    return found("disk", detail);
}

Finding checkDatabase(Session &session)
{
    if (const auto opened = session.openDatabase(); !opened)
        return missing("database", opened.error());
    return found("database", Cli::tr("version %1").arg(session.database().version()));
}

Finding checkTenant(Session &session)
{
    const auto account = session.ledger().account(session.tenant());
    if (!account)
        return missing("tenant", account.error());
    return found(
        "tenant", Cli::tr("“%1” has %2 available").arg(account->tenant, account->available.toDisplay(QLocale())));
}

Finding checkRunner(Session &session)
{
    const auto runner = session.runner().installed();
    if (!runner)
        return missing("runner", runner.error());
    return found("runner", Cli::tr("AgentSociety %1 (%2)").arg(runner->version, runner->path));
}

Finding checkProgram(const char *name)
{
    const auto program = findProgram(QLatin1String("society-") + QLatin1String(name));
    return program ? found(name, *program) : missing(name, program.error());
}

Finding checkPractice(const Session &session)
{
    const QFileInfo map(session.workspace.maps() + QStringLiteral("/practice-town.pb"));
    if (!map.isFile())
        return {QStringLiteral("practice"), false, Cli::tr("The practice town is not there."),
            Cli::tr("Make it by “society-cli setup”.")};
    return found("practice", map.filePath());
}

/// Keys are needed for other than practice runs only: no place for them is told, and forbids nothing.
Finding checkKeys(Session &session)
{
    const secrets::Whereabouts where = session.secrets().where();
    return {QStringLiteral("keys"), true, where.sentence, where.remedy};
}

} // namespace

Result<int> doctor(Session &session)
{
    QList<Finding> findings{checkWorkspace(session), checkSpace(session)};
    findings.append(checkDatabase(session));
    if (findings.last().ok)
        findings.append(checkTenant(session));
    findings += {checkRunner(session), checkProgram("keeper"), checkProgram("gateway"), checkPractice(session),
        checkKeys(session)};
    bool isOk = true;
    QJsonArray checks;
    TextTable table({{Cli::tr("Check")}, {Cli::tr("Result")}, {Cli::tr("Detail")}});
    for (const Finding &finding : findings) {
        isOk = isOk && finding.ok;
        checks.append(QJsonObject{{QStringLiteral("name"), finding.name}, {QStringLiteral("ok"), finding.ok},
            {QStringLiteral("detail"), finding.detail}, {QStringLiteral("remedy"), finding.remedy}});
        table.add({finding.name, finding.ok ? Cli::tr("ok") : Cli::tr("missing"),
            finding.remedy.isEmpty() ? finding.detail : finding.detail + u' ' + finding.remedy});
    }
    session.out.document(QJsonObject{{QStringLiteral("ok"), isOk}, {QStringLiteral("checks"), checks}});
    session.out.table(table, {});
    session.out.line(isOk ? Cli::tr("Everything that a run needs is there.") : Cli::tr("Something is missing."));
    return isOk ? 0 : 1;
}

} // namespace society::cli
