// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/configcheck.h"

#include "app/cli/problemtext.h"
#include "app/cli/words.h"
#include "services/config/check.h"
#include "services/config/mapfile.h"
#include "services/config/preflight.h"
#include "services/config/profiles.h"
#include "services/experiment/experimentservice.h"

#include <QFileInfo>

namespace society::cli {

namespace {

using config::Problem;

Result<QList<Problem>> problemsOfDocument(const QString &file, std::optional<config::Kind> kind)
{
    SOCIETY_ASSIGN(const config::Document document, config::Document::read(file));
    const QString folder = QFileInfo(file).absolutePath();
    config::MapCache maps;
    if (!kind && config::isRunFile(document)) {
        QList<Problem> notes;
        SOCIETY_ASSIGN(const config::Parts parts, config::splitRun(document, folder, &notes));
        return config::preflight(parts, maps) + notes;
    }
    if (!kind)
        kind = config::detectKind(document);
    if (!kind)
        return fail(ErrorKind::Refused, "kind_unknown", Cli::tr("What “%1” describes cannot be seen from it").arg(file),
            Cli::tr("Say what it is by --kind"), {}, file);
    return config::check(*kind, document, {folder, &maps});
}

Result<QList<Problem>> problemsOfFile(const QString &file, std::optional<config::Kind> kind)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix == u"pb") {
        SOCIETY_ASSIGN(const config::MapFile map, config::readMap(file));
        return config::checkMap(map, file);
    }
    if (kind == config::Kind::Profile || suffix == u"csv" || suffix == u"jsonl") {
        SOCIETY_ASSIGN(const config::ProfileTable table, config::readProfiles(file));
        return table.problems;
    }
    return problemsOfDocument(file, kind);
}

Result<QList<Problem>> problemsOfSelection(Session &session, const CheckRequest &request)
{
    SOCIETY_TRY(session.open());
    experiment::Request start;
    start.tenant = session.tenant();
    start.llm = request.llm;
    start.agents = request.agents;
    start.map = request.map;
    start.workflow = request.workflow;
    SOCIETY_ASSIGN(experiment::Check check, session.experiments().check(start, true));
    // Whether there is money is no property of the configuration, and may be another tomorrow.
    for (Problem &problem : check.problems)
        if (problem.code == u"funds" && problem.severity == config::Severity::Error)
            problem.severity = config::Severity::Warning;
    return check.problems;
}

} // namespace

Result<int> checkConfiguration(Session &session, const CheckRequest &request)
{
    const QStringList references{request.llm, request.agents, request.map, request.workflow};
    const bool hasAll = !references.contains(QString());
    const bool hasNone = references.join(QString()).isEmpty();
    if (request.file.isEmpty() ? !hasAll : !hasNone)
        return fail(ErrorKind::Usage, "usage", Cli::tr("Give a file, or all of --llm, --agents, --map and --workflow"));
    SOCIETY_ASSIGN(const QList<Problem> problems,
        request.file.isEmpty() ? problemsOfSelection(session, request) : problemsOfFile(request.file, request.kind));
    return showProblems(session.out, problems);
}

} // namespace society::cli
