// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonvalues.h"

#include "services/core/clock.h"

namespace society::cli {

namespace {

template <class T>
QJsonValue orNull(const std::optional<T> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonObject useObject(const experiment::ConfigUse &use)
{
    return {{QStringLiteral("id"), use.id.text()}, {QStringLiteral("tenant"), use.tenant},
        {QStringLiteral("name"), use.name}, {QStringLiteral("version"), use.version}};
}

QJsonValue idOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

void addMoney(QJsonObject &object, const QString &key, Money amount)
{
    object.insert(key + QStringLiteral("_micro"), static_cast<qint64>(amount.micro()));
    object.insert(key, amount.toDecimal());
}

QJsonValue timeValue(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(toIso(time)) : QJsonValue();
}

QJsonObject experimentObject(const experiment::Experiment &experiment)
{
    QJsonObject object{
        {QStringLiteral("id"), experiment.id.text()},
        {QStringLiteral("tenant"), experiment.tenant},
        {QStringLiteral("name"), experiment.name},
        {QStringLiteral("state"), experiment::stateWord(experiment.state)},
        {QStringLiteral("practice"), experiment.practice},
        {QStringLiteral("reason"), experiment::reasonText(experiment)},
        {QStringLiteral("reason_code"), experiment.reasonCode},
        {QStringLiteral("reason_detail"), experiment.reason},
        {QStringLiteral("remedy"), experiment::remedyText(experiment)},
        {QStringLiteral("exit_code"), orNull(experiment.exitCode)},
        {QStringLiteral("signal"), orNull(experiment.signal)},
        {QStringLiteral("created_at"), timeValue(experiment.createdAt)},
        {QStringLiteral("started_at"), timeValue(experiment.startedAt)},
        {QStringLiteral("ended_at"), timeValue(experiment.endedAt)},
        {QStringLiteral("seed"), static_cast<qint64>(experiment.seed)},
        {QStringLiteral("llm"), useObject(experiment.llm)},
        {QStringLiteral("agents"), useObject(experiment.agents)},
        {QStringLiteral("map"), useObject(experiment.map)},
        {QStringLiteral("workflow"), useObject(experiment.workflow)},
        {QStringLiteral("agent_count"), experiment.agentCount},
        {QStringLiteral("day"), experiment.day},
        {QStringLiteral("second_of_day"), experiment.secondOfDay},
        {QStringLiteral("step"), experiment.step},
        {QStringLiteral("steps_total"), experiment.stepsTotal},
        {QStringLiteral("phase"), experiment.phase},
        {QStringLiteral("calls"), experiment.calls},
        {QStringLiteral("tokens_in"), experiment.tokensIn},
        {QStringLiteral("tokens_out"), experiment.tokensOut},
        {QStringLiteral("run_ms"), experiment.runMs},
        {QStringLiteral("settled"), experiment.settled},
        {QStringLiteral("mode"), experiment.mode},
        {QStringLiteral("note"), experiment.note},
        {QStringLiteral("run_directory"), experiment.runDirectory},
    };
    addMoney(object, QStringLiteral("cost"), experiment.cost);
    addMoney(object, QStringLiteral("hold"), experiment.hold);
    return object;
}

QJsonObject billObject(const ledger::Bill &bill)
{
    QJsonObject object{
        {QStringLiteral("id"), bill.id.text()},
        {QStringLiteral("experiment"), idOrNull(bill.experiment.text())},
        {QStringLiteral("experiment_name"), bill.experimentName},
        {QStringLiteral("item"), ledger::itemWord(bill.item)},
        {QStringLiteral("model"), bill.model},
        {QStringLiteral("quantity"), bill.quantity},
        {QStringLiteral("unit"), bill.unit},
        {QStringLiteral("unit_size"), bill.unitSize},
        {QStringLiteral("free"), bill.free},
        {QStringLiteral("description"), bill.description},
        {QStringLiteral("created_at"), timeValue(bill.createdAt)},
        {QStringLiteral("corrects"), idOrNull(bill.corrects.text())},
    };
    addMoney(object, QStringLiteral("amount"), bill.amount);
    addMoney(object, QStringLiteral("unit_price"), bill.unitPrice);
    addMoney(object, QStringLiteral("balance_after"), bill.balanceAfter);
    return object;
}

QJsonObject priceObject(const ledger::Price &price)
{
    QJsonObject object{
        {QStringLiteral("item"), ledger::itemWord(price.item)},
        {QStringLiteral("model"), price.model},
        {QStringLiteral("unit"), ledger::unitOf(price.item)},
        {QStringLiteral("unit_size"), price.unitSize},
        {QStringLiteral("valid_from"), timeValue(price.validFrom)},
        {QStringLiteral("created_at"), timeValue(price.createdAt)},
    };
    addMoney(object, QStringLiteral("amount"), price.amount);
    return object;
}

QJsonObject configObject(const config::ConfigRow &row)
{
    return {
        {QStringLiteral("kind"), config::kindName(row.kind)},
        {QStringLiteral("tenant"), row.tenant},
        {QStringLiteral("id"), row.id.text()},
        {QStringLiteral("name"), row.name},
        {QStringLiteral("version"), row.version},
        {QStringLiteral("description"), row.description},
        {QStringLiteral("created_at"), timeValue(row.createdAt)},
        {QStringLiteral("updated_at"), timeValue(row.updatedAt)},
        {QStringLiteral("used_by"), row.usedBy},
    };
}

QJsonObject problemObject(const config::Problem &problem)
{
    return {
        {QStringLiteral("severity"), config::severityName(problem.severity)},
        {QStringLiteral("path"), problem.path},
        {QStringLiteral("code"), problem.code},
        {QStringLiteral("message"), problem.message},
        {QStringLiteral("remedy"), problem.remedy},
    };
}

} // namespace society::cli
