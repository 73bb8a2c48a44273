// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/rows.h"

#include "services/experiment/databaseplace.h"
#include "services/store/query.h"

#include <QCoreApplication>

namespace society::experiment {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Experiment", text);
}

constexpr QLatin1String Columns(
    "e.id, e.tenant, e.name, e.state, e.practice, e.reason_code, e.reason, e.exit_code, e.signal, e.created_at, "
    "e.started_at, "
    "e.ended_at, e.seed, e.llm, e.llm_version, e.llm_name, e.agents, e.agents_version, e.agents_name, e.map, "
    "e.map_version, "
    "e.map_name, e.workflow, e.workflow_version, e.workflow_name, e.agents_count, e.steps_total, e.step, e.day, "
    "e.second_of_day, e.phase, e.calls, e.tokens_in, e.tokens_out, e.cost_micro, e.run_ms, e.settled, e.mode, e.note, "
    "h.amount_micro, cl.tenant, ca.tenant, cm.tenant, cw.tenant, e.deleted_at, e.executor");
constexpr int DeletedAt = 44; // their places among the columns
constexpr int Executor = 45;

constexpr QLatin1String Joined(
    " FROM experiments e LEFT JOIN holds h ON h.experiment = e.id LEFT JOIN configurations cl ON cl.id = e.llm "
    "LEFT JOIN configurations ca ON ca.id = e.agents LEFT JOIN configurations cm ON cm.id = e.map "
    "LEFT JOIN configurations cw ON cw.id = e.workflow");
constexpr QLatin1String Kept(" WHERE e.deleted_at IS NULL");

constexpr QLatin1String Unended("state IN ('queued', 'starting', 'running', 'stopping')");

std::optional<int> optionalInt(const store::Query &row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(static_cast<int>(row.integer(column)));
}

ConfigUse configUse(const store::Query &row, int column, int tenantColumn)
{
    return {ConfigId::parse(row.text(column)).value_or(ConfigId()), row.text(tenantColumn), row.text(column + 2),
        static_cast<int>(row.integer(column + 1))};
}

Experiment read(const store::Query &row, const Workspace &workspace, const QString &executor)
{
    const auto number = [&row](int column) { return static_cast<int>(row.integer(column)); };
    Experiment e;
    e.id = ExperimentId::parse(row.text(0)).value_or(ExperimentId());
    e.tenant = row.text(1);
    e.name = row.text(2);
    e.state = parseState(row.text(3)).value_or(State::Lost);
    e.practice = row.boolean(4);
    e.reasonCode = row.text(5);
    e.reason = row.text(6);
    e.exitCode = optionalInt(row, 7);
    e.signal = optionalInt(row, 8);
    e.createdAt = row.time(9);
    e.startedAt = row.time(10);
    e.endedAt = row.time(11);
    e.seed = static_cast<quint32>(row.integer(12));
    e.llm = configUse(row, 13, 40);
    e.agents = configUse(row, 16, 41);
    e.map = configUse(row, 19, 42);
    e.workflow = configUse(row, 22, 43);
    e.agentCount = number(25);
    e.stepsTotal = number(26);
    e.step = number(27);
    e.day = number(28);
    e.secondOfDay = number(29);
    e.phase = row.text(30);
    e.calls = row.integer(31);
    e.tokensIn = row.integer(32);
    e.tokensOut = row.integer(33);
    e.cost = row.money(34);
    e.runMs = row.integer(35);
    e.settled = row.boolean(36);
    e.mode = row.text(37);
    e.note = row.text(38);
    e.hold = row.money(39);
    e.elsewhere = row.text(Executor) != executor;
    e.runDirectory = workspace.runDirectory(e.tenant, e.id);
    return e;
}

QVariant orNull(const std::optional<int> &value)
{
    return value ? QVariant(*value) : QVariant();
}

QVariant orNull(const QDateTime &time)
{
    return time.isValid() ? QVariant(toIso(time)) : QVariant();
}

/// The values of what changes while a run goes on, in the order of ProgressSet.
QVariantList progressValues(const Experiment &e)
{
    return {stateWord(e.state), e.reasonCode, e.reason, orNull(e.exitCode), orNull(e.signal), orNull(e.startedAt),
        orNull(e.endedAt), e.stepsTotal, e.step, e.day, e.secondOfDay, e.phase, e.calls, e.tokensIn, e.tokensOut,
        QVariant::fromValue<qlonglong>(e.cost.micro()), e.runMs};
}

constexpr QLatin1String ProgressSet(
    "UPDATE experiments SET state = ?, reason_code = ?, reason = ?, exit_code = ?, signal = ?, started_at = ?, "
    "ended_at = ?, "
    "steps_total = ?, step = ?, day = ?, second_of_day = ?, phase = ?, calls = ?, tokens_in = ?, tokens_out = ?, "
    "cost_micro = ?, run_ms = ?");

tl::unexpected<Error> unknown(const QString &reference)
{
    return fail(ErrorKind::NotFound, "experiment_unknown", tr("There is no experiment “%1”.").arg(reference.left(80)),
        tr("Look for its id or name in the list of experiments."));
}

} // namespace

Result<> Rows::insert(const Experiment &e)
{
    const auto config = [](const ConfigUse &use) { return QVariantList{use.id.text(), use.version, use.name}; };
    QVariantList values{e.id.text(), e.tenant, e.name, stateWord(e.state), e.practice ? 1 : 0, toIso(e.createdAt),
        static_cast<qlonglong>(e.seed)};
    values += config(e.llm) + config(e.agents) + config(e.map) + config(e.workflow);
    values += QVariantList{e.agentCount, e.stepsTotal, e.mode, e.note, executorOf(m_database)};
    SOCIETY_TRY(store::execute(m_database,
        QStringLiteral(
            "INSERT INTO experiments (id, tenant, name, state, practice, created_at, seed, llm, llm_version, llm_name, "
            "agents, agents_version, agents_name, map, map_version, map_name, workflow, workflow_version, "
            "workflow_name, agents_count, steps_total, mode, note, executor) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        values));
    return {};
}

Result<> Rows::update(const Experiment &e)
{
    SOCIETY_TRY(store::execute(m_database, ProgressSet + QStringLiteral(" WHERE id = ? AND ") + Unended,
        progressValues(e) + QVariantList{e.id.text()}));
    return {};
}

Result<> Rows::settle(const Experiment &e)
{
    SOCIETY_TRY(store::execute(m_database,
        ProgressSet + QStringLiteral(" WHERE id = ? AND settled = 0 AND (state = 'lost' OR ") + Unended + u')',
        progressValues(e) + QVariantList{e.id.text()}));
    SOCIETY_TRY(store::execute(m_database,
        QStringLiteral("UPDATE experiments SET calls = ?, tokens_in = ?, tokens_out = ?, cost_micro = ?, run_ms = ?, "
                       "settled = 1 WHERE id = ? AND settled = 0"),
        {e.calls, e.tokensIn, e.tokensOut, QVariant::fromValue<qlonglong>(e.cost.micro()), e.runMs, e.id.text()}));
    return {};
}

Result<> Rows::setReason(const ExperimentId &id, const QString &code, const QString &reason)
{
    SOCIETY_TRY(store::execute(m_database,
        QStringLiteral("UPDATE experiments SET reason_code = ?, reason = ? WHERE id = ?"), {code, reason, id.text()}));
    return {};
}

Result<> Rows::rename(const ExperimentId &id, const QString &name)
{
    SOCIETY_TRY(
        store::execute(m_database, QStringLiteral("UPDATE experiments SET name = ? WHERE id = ?"), {name, id.text()}));
    return {};
}

Result<> Rows::setNote(const ExperimentId &id, const QString &note)
{
    SOCIETY_TRY(
        store::execute(m_database, QStringLiteral("UPDATE experiments SET note = ? WHERE id = ?"), {note, id.text()}));
    return {};
}

Result<> Rows::markDeleted(const ExperimentId &id, const QDateTime &at)
{
    SOCIETY_TRY(store::execute(
        m_database, QStringLiteral("UPDATE experiments SET deleted_at = ? WHERE id = ?"), {toIso(at), id.text()}));
    return {};
}

Result<QList<Experiment>> Rows::select(const QString &where, const QVariantList &values) const
{
    return store::rows(m_database, QStringLiteral("SELECT ") + Columns + Joined + Kept + where, values,
        [this, executor = executorOf(m_database)](
            const store::Query &row) { return read(row, m_workspace, executor); });
}

Result<Experiment> Rows::get(const ExperimentId &id) const
{
    SOCIETY_ASSIGN(const QList<Experiment> found, select(QStringLiteral(" AND e.id = ?"), {id.text()}));
    if (found.isEmpty())
        return unknown(id.text());
    return found.first();
}

Result<std::optional<Removed>> Rows::removed(const ExperimentId &id) const
{
    return store::first(m_database,
        QStringLiteral("SELECT ") + Columns + Joined + QStringLiteral(" WHERE e.deleted_at IS NOT NULL AND e.id = ?"),
        {id.text()}, [this](const store::Query &row) {
            return Removed{read(row, m_workspace, executorOf(m_database)), row.time(DeletedAt)};
        });
}

Result<Experiment> Rows::find(const TenantId &tenant, const QString &reference) const
{
    if (const auto id = ExperimentId::parse(reference)) {
        SOCIETY_ASSIGN(const Experiment found, get(*id));
        if (found.tenant != tenant)
            return fail(ErrorKind::Forbidden, "experiment_forbidden", tr("This experiment belongs to another tenant."),
                tr("Choose that tenant, or another experiment."));
        return found;
    }
    SOCIETY_ASSIGN(QList<Experiment> found,
        select(QStringLiteral(" AND e.tenant = ? AND e.name = ? ORDER BY e.created_at DESC"), {tenant, reference}));
    if (found.isEmpty() && reference.size() >= 4) {
        // A prefix of an id: only its own characters, so that no wildcard slips in.
        SOCIETY_ASSIGN(
            found, select(QStringLiteral(" AND e.tenant = ? AND substr(e.id, 1, ?) = ? ORDER BY e.created_at DESC"),
                       {tenant, static_cast<int>(reference.size()), reference.toLower()}));
    }
    if (found.isEmpty())
        return unknown(reference);
    if (found.size() > 1) {
        QStringList candidates;
        for (const Experiment &e : std::as_const(found).first(std::min<qsizetype>(found.size(), 10)))
            candidates.append(QStringLiteral("%1 (%2)").arg(e.id.text(), e.name));
        return fail(ErrorKind::Refused, "experiment_ambiguous",
            tr("“%1” means more than one experiment: %2.").arg(reference, candidates.join(QStringLiteral(", "))),
            tr("Give the id, or enough of its first characters."));
    }
    return found.first();
}

Result<QList<Experiment>> Rows::list(const Query &query) const
{
    QString where = QStringLiteral(" AND e.tenant = ?");
    QVariantList values{query.tenant};
    if (query.state) {
        where += QStringLiteral(" AND e.state = ?");
        values.append(stateWord(*query.state));
    }
    if (!query.text.isEmpty()) {
        where += QStringLiteral(" AND e.name LIKE ? ESCAPE '\\'");
        values.append(store::containing(query.text));
    }
    if (query.before) {
        SOCIETY_ASSIGN(const Experiment mark, get(*query.before));
        where += QStringLiteral(" AND (e.created_at < ? OR (e.created_at = ? AND e.id < ?))");
        values += QVariantList{toIso(mark.createdAt), toIso(mark.createdAt), mark.id.text()};
    }
    where += QStringLiteral(" ORDER BY e.created_at DESC, e.id DESC LIMIT ?");
    values.append(query.limit);
    return select(where, values);
}

Result<QList<Experiment>> Rows::unfinished(const TenantId &tenant) const
{
    QString where = QStringLiteral(" AND (e.settled = 0 OR e.") + Unended + u')';
    QVariantList values;
    if (!tenant.isEmpty()) {
        where += QStringLiteral(" AND e.tenant = ?");
        values.append(tenant);
    }
    return select(where + QStringLiteral(" ORDER BY e.created_at"), values);
}

Result<QList<Experiment>> Rows::all(const TenantId &tenant) const
{
    if (tenant.isEmpty())
        return select(QStringLiteral(" ORDER BY e.created_at"), {});
    return select(QStringLiteral(" AND e.tenant = ? ORDER BY e.created_at"), {tenant});
}

Result<QList<Rows::Unbilled>> Rows::unbilled(const TenantId &tenant) const
{
    // Of a run that was started there is a bill of its run time at least, be it of 0.
    const QString byPerson = QStringLiteral("e.reason_code IN ('given_up', 'disk_gone', 'workspace_gone')");
    QString sql = QStringLiteral(
        "SELECT e.id, e.tenant, e.name, h.release_reason, e.note, CASE WHEN %1 THEN e.reason ELSE '' END "
        "FROM settlements s JOIN experiments e ON e.id = s.experiment LEFT JOIN holds h ON h.experiment = e.id "
        "WHERE s.bills = 0 AND (h.release_reason LIKE '[given_up] %' OR %1 OR "
        "(e.practice = 0 AND e.started_at IS NOT NULL))")
                      .arg(byPerson);
    QVariantList values;
    if (!tenant.isEmpty()) {
        sql += QStringLiteral(" AND e.tenant = ?");
        values.append(tenant);
    }
    return store::rows(
        m_database, sql + QStringLiteral(" ORDER BY e.created_at, e.id"), values, [](const store::Query &row) {
            // On its hold, which nobody can change; where that had been given back before, what its row says of its
            // end, or, where a failure's own cause stands there, the note's first line.
            QString reason = row.text(3).startsWith(GivenUp) ? row.text(3).mid(GivenUp.size()) : row.text(5);
            if (const QString line = row.text(4).section(u'\n', 0, 0); reason.isEmpty() && line.startsWith(GivenUp))
                reason = line.mid(GivenUp.size());
            return Unbilled{
                ExperimentId::parse(row.text(0)).value_or(ExperimentId()), row.text(1), row.text(2), reason};
        });
}

Result<bool> Rows::isElsewhere(const ExperimentId &id) const
{
    SOCIETY_ASSIGN(
        const auto executor, store::first(m_database, QStringLiteral("SELECT executor FROM experiments WHERE id = ?"),
                                 {id.text()}, [](const store::Query &row) { return row.text(0); }));
    return executor && *executor != executorOf(m_database);
}

Result<> Rows::requireHere(const ExperimentId &id) const
{
    SOCIETY_ASSIGN(const bool elsewhere, isElsewhere(id));
    if (!elsewhere)
        return {};
    return fail(ErrorKind::Refused, "experiment_elsewhere",
        tr("Its run is in another workspace that shares this ledger."),
        tr("Do it there: only there are its processes and files."));
}

} // namespace society::experiment
