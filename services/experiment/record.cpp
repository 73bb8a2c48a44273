// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/record.h"

#include "services/config/document.h"
#include "services/core/clock.h"
#include "services/core/files.h"
#include "services/experiment/runsettings.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace society::experiment {

namespace {

constexpr qint64 RecordBytesMax = 64 << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("Record", text);
}

QJsonObject toJson(const ConfigUse &use)
{
    return {{QStringLiteral("id"), use.id.text()}, {QStringLiteral("tenant"), use.tenant},
        {QStringLiteral("name"), use.name}, {QStringLiteral("version"), use.version}};
}

ConfigUse configUse(const QJsonObject &json)
{
    return {ConfigId::parse(json.value(QLatin1String("id")).toString()).value_or(ConfigId()),
        json.value(QLatin1String("tenant")).toString(), json.value(QLatin1String("name")).toString(),
        json.value(QLatin1String("version")).toInt()};
}

QJsonObject toJson(const RecordEntry &entry)
{
    return {{QStringLiteral("provider"), entry.llm.provider}, {QStringLiteral("base_url"), entry.llm.baseUrl},
        {QStringLiteral("model"), entry.llm.model}, {QStringLiteral("concurrency"), entry.llm.concurrency},
        {QStringLiteral("secret_number"), entry.llm.secret}, {QStringLiteral("secret"), entry.secret},
        {QStringLiteral("free"), entry.free}};
}

RecordEntry recordEntry(const QJsonObject &json)
{
    RecordEntry entry;
    entry.llm.provider = json.value(QLatin1String("provider")).toString();
    entry.llm.baseUrl = json.value(QLatin1String("base_url")).toString();
    entry.llm.model = json.value(QLatin1String("model")).toString();
    entry.llm.concurrency = json.value(QLatin1String("concurrency")).toInt(200);
    entry.llm.secret = json.value(QLatin1String("secret_number")).toInt(-1);
    entry.secret = json.value(QLatin1String("secret")).toString();
    entry.free = json.value(QLatin1String("free")).toBool();
    return entry;
}

QJsonObject toJson(const RecordFile &file)
{
    return {{QStringLiteral("path"), file.path}, {QStringLiteral("sha256"), file.sha256}};
}

RecordFile recordFile(const QJsonObject &json)
{
    return {json.value(QLatin1String("path")).toString(), json.value(QLatin1String("sha256")).toString()};
}

QJsonObject toJson(const ledger::Price &price)
{
    return {{QStringLiteral("item"), ledger::itemWord(price.item)}, {QStringLiteral("model"), price.model},
        {QStringLiteral("amount_micro"), static_cast<qint64>(price.amount.micro())},
        {QStringLiteral("unit_size"), price.unitSize}};
}

tl::unexpected<Error> invalid(const QString &detail);

Result<ledger::Price> price(const QJsonObject &json)
{
    ledger::Price price;
    SOCIETY_ASSIGN(price.item, ledger::itemFromWord(json.value(QLatin1String("item")).toString()));
    price.model = json.value(QLatin1String("model")).toString();
    // No likely figure for one that is missing: 0 would give the run away, a unit of 1 make it a million times dearer.
    price.amount = Money::fromMicro(json.value(QLatin1String("amount_micro")).toInteger(-1));
    price.unitSize = json.value(QLatin1String("unit_size")).toInteger(0);
    if (price.amount.isNegative() || price.unitSize < 1)
        return invalid(QStringLiteral("price of %1 %2").arg(ledger::itemWord(price.item), price.model));
    return price;
}

template <class List, class Function>
QJsonArray arrayOf(const List &list, Function function)
{
    QJsonArray array;
    for (const auto &item : list)
        array.append(function(item));
    return array;
}

tl::unexpected<Error> invalid(const QString &detail)
{
    return fail(ErrorKind::Refused, "record_invalid", tr("The experiment's record cannot be read."),
        tr("Restore its record.json from a copy. Bills that were made stay; where the run is not billed yet, its bill "
           "waits "
           "for that."),
        detail);
}

} // namespace

QByteArray Record::toJson() const
{
    const QJsonObject json{{QStringLiteral("schema"), Schema}, {QStringLiteral("id"), id.text()},
        {QStringLiteral("tenant"), tenant}, {QStringLiteral("name"), name},
        {QStringLiteral("created_at"), toIso(createdAt)}, {QStringLiteral("seed"), static_cast<qint64>(seed)},
        {QStringLiteral("practice"), practice}, {QStringLiteral("hold_micro"), static_cast<qint64>(hold.micro())},
        {QStringLiteral("mode"), modeWord(mode)}, {QStringLiteral("city"), agentsociety::cityName(city)},
        {QStringLiteral("versions"), QJsonObject{{QStringLiteral("llm"), experiment::toJson(llm)},
                                         {QStringLiteral("agents"), experiment::toJson(agents)},
                                         {QStringLiteral("map"), experiment::toJson(map)},
                                         {QStringLiteral("workflow"), experiment::toJson(workflow)}}},
        {QStringLiteral("changes"), arrayOf(changes,
                                        [](const auto &change) {
                                            return QJsonObject{{QStringLiteral("path"), change.first},
                                                {QStringLiteral("value"), change.second}};
                                        })},
        {QStringLiteral("llm"), arrayOf(entries, [](const RecordEntry &entry) { return experiment::toJson(entry); })},
        {QStringLiteral("map_file"), experiment::toJson(mapFile)},
        {QStringLiteral("profiles"),
            arrayOf(profiles, [](const RecordFile &file) { return experiment::toJson(file); })},
        {QStringLiteral("runner"),
            QJsonObject{{QStringLiteral("path"), runner.path}, {QStringLiteral("version"), runner.version},
                {QStringLiteral("community_version"), runner.communityVersion},
                {QStringLiteral("python_version"), runner.pythonVersion}}},
        {QStringLiteral("prices"),
            arrayOf(prices, [](const ledger::Price &price) { return experiment::toJson(price); })},
        {QStringLiteral("citizens"), citizens}, {QStringLiteral("agents"), agentCount},
        {QStringLiteral("steps_total"), stepsTotal}};
    // Spliced in as text: the order of keys decides the order of random draws, so it must not change.
    const auto document = config::Document::parse(QJsonDocument(json).toJson(), config::Format::Json);
    const auto whole = document ? document->with(QStringLiteral("configuration"), configuration) : document;
    return whole ? whole->text() : QByteArray();
}

Result<Record> Record::fromJson(const QByteArray &text)
{
    const auto document = config::Document::parse(text, config::Format::Json);
    if (!document)
        return invalid(document.error().message);
    const QJsonObject json = document->value(QString()).toObject();
    if (json.value(QLatin1String("schema")).toInt() > Schema)
        return fail(ErrorKind::Refused, "record_newer",
            tr("The experiment was made by a newer version of this program."), tr("Update Society Workbench."));
    Record record;
    const auto id = ExperimentId::parse(json.value(QLatin1String("id")).toString());
    if (!id || !document->contains(QStringLiteral("configuration")))
        return invalid(QStringLiteral("id or configuration missing"));
    record.id = *id;
    record.tenant = json.value(QLatin1String("tenant")).toString();
    record.name = json.value(QLatin1String("name")).toString();
    record.createdAt = fromIso(json.value(QLatin1String("created_at")).toString());
    record.seed = static_cast<quint32>(json.value(QLatin1String("seed")).toInteger());
    record.practice = json.value(QLatin1String("practice")).toBool();
    record.hold = Money::fromMicro(json.value(QLatin1String("hold_micro")).toInteger());
    record.mode = modeFromWord(json.value(QLatin1String("mode")).toString());
    record.city =
        agentsociety::cityFromName(json.value(QLatin1String("city")).toString()).value_or(agentsociety::City::Practice);
    const QJsonObject versions = json.value(QLatin1String("versions")).toObject();
    record.llm = configUse(versions.value(QLatin1String("llm")).toObject());
    record.agents = configUse(versions.value(QLatin1String("agents")).toObject());
    record.map = configUse(versions.value(QLatin1String("map")).toObject());
    record.workflow = configUse(versions.value(QLatin1String("workflow")).toObject());
    const QJsonArray changes = json.value(QLatin1String("changes")).toArray();
    for (const QJsonValue &change : changes)
        record.changes.append({change.toObject().value(QLatin1String("path")).toString(),
            change.toObject().value(QLatin1String("value")).toString()});
    const QJsonArray entries = json.value(QLatin1String("llm")).toArray();
    for (const QJsonValue &entry : entries)
        record.entries.append(recordEntry(entry.toObject()));
    record.mapFile = recordFile(json.value(QLatin1String("map_file")).toObject());
    const QJsonArray profiles = json.value(QLatin1String("profiles")).toArray();
    for (const QJsonValue &file : profiles)
        record.profiles.append(recordFile(file.toObject()));
    const QJsonObject runner = json.value(QLatin1String("runner")).toObject();
    record.runner.path = runner.value(QLatin1String("path")).toString();
    record.runner.version = runner.value(QLatin1String("version")).toString();
    record.runner.communityVersion = runner.value(QLatin1String("community_version")).toString();
    record.runner.pythonVersion = runner.value(QLatin1String("python_version")).toString();
    const QJsonArray prices = json.value(QLatin1String("prices")).toArray();
    for (const QJsonValue &value : prices) {
        SOCIETY_ASSIGN(const ledger::Price one, experiment::price(value.toObject()));
        record.prices.append(one);
    }
    record.citizens = json.value(QLatin1String("citizens")).toInt();
    record.agentCount = json.value(QLatin1String("agents")).toInt();
    record.stepsTotal = json.value(QLatin1String("steps_total")).toInt();
    record.configuration = document->slice(QStringLiteral("configuration"));
    return record;
}

const ledger::Price *Record::price(ledger::Item item, const QString &model) const
{
    const ledger::Price *general = nullptr;
    for (const ledger::Price &price : prices) {
        if (price.item != item)
            continue;
        if (price.model == model)
            return &price;
        if (price.model.isEmpty())
            general = &price;
    }
    return general;
}

Result<Record> readRecord(const QString &runDirectory)
{
    SOCIETY_ASSIGN(const QByteArray text, readFile(runDirectory + QStringLiteral("/record.json"), RecordBytesMax));
    return Record::fromJson(text);
}

bool isRecordOf(const Record &record, const Experiment &experiment)
{
    return record.id == experiment.id && record.tenant == experiment.tenant && record.practice == experiment.practice;
}

} // namespace society::experiment
