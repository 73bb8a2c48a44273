// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/resultdecoding.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace society::agentsociety {

using namespace Qt::StringLiterals;
using Kind = ResultColumn::Kind;

namespace {

struct TableForm {
    ResultTable table;
    QString name;         // for people and programs
    QString databaseName; // AgentSociety's
    QString sql;
    QList<ResultColumn> columns;
};

const QList<TableForm> &forms()
{
    static const QList<TableForm> all{
        {ResultTable::Profile, u"profile"_s, u"agent_profile"_s, u"id, name, profile"_s,
            {{u"id"_s, Kind::Integer}, {u"name"_s, Kind::Text}, {u"profile"_s, Kind::Json}}},
        {ResultTable::Status, u"status"_s, u"agent_status"_s,
            u"id, day, t, lng, lat, parent_id, action, status, created_at"_s,
            {{u"id"_s, Kind::Integer}, {u"day"_s, Kind::Integer}, {u"second"_s, Kind::Integer}, {u"lng"_s, Kind::Real},
                {u"lat"_s, Kind::Real}, {u"parent_id"_s, Kind::Integer}, {u"action"_s, Kind::Text},
                {u"status"_s, Kind::Text}, {u"created_at"_s, Kind::Time}}},
        {ResultTable::Dialog, u"dialog"_s, u"agent_dialog"_s, u"id, day, t, type, speaker, content, created_at"_s,
            {{u"id"_s, Kind::Integer}, {u"day"_s, Kind::Integer}, {u"second"_s, Kind::Integer},
                {u"type"_s, Kind::Integer}, {u"speaker"_s, Kind::Text}, {u"content"_s, Kind::Text},
                {u"created_at"_s, Kind::Time}}},
        {ResultTable::Survey, u"survey"_s, u"agent_survey"_s, u"id, day, t, survey_id, result, created_at"_s,
            {{u"id"_s, Kind::Integer}, {u"day"_s, Kind::Integer}, {u"second"_s, Kind::Integer},
                {u"survey_id"_s, Kind::Text}, {u"answers"_s, Kind::Json}, {u"created_at"_s, Kind::Time}}},
        {ResultTable::Metric, u"metric"_s, u"metric"_s, u"step, \"key\", value, created_at"_s,
            {{u"step"_s, Kind::Integer}, {u"key"_s, Kind::Text}, {u"value"_s, Kind::Real},
                {u"created_at"_s, Kind::Time}}},
        {ResultTable::Prompt, u"prompt"_s, u"global_prompt"_s, u"day, t, prompt, created_at"_s,
            {{u"day"_s, Kind::Integer}, {u"second"_s, Kind::Integer}, {u"prompt"_s, Kind::Text},
                {u"created_at"_s, Kind::Time}}},
        {ResultTable::Artifacts, u"artifacts"_s, {}, {}, {{u"key"_s, Kind::Text}, {u"value"_s, Kind::Json}}},
    };
    return all;
}

const TableForm &formOf(ResultTable table)
{
    return forms().at(static_cast<qsizetype>(table));
}

/// Any JSON value, also a bare string or number, which QJsonDocument does not take.
std::optional<QJsonValue> parseValue(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson('[' + text.toUtf8() + ']');
    if (document.isArray() && document.array().size() == 1)
        return document.array().first();
    return std::nullopt;
}

/// A JSON string's text; anything else as it is.
QString decodeOnce(const QString &text)
{
    const auto value = parseValue(text);
    return value && value->isString() ? value->toString() : text;
}

/// The dashes that SQLAlchemy leaves out; an id that SQLite took for a number (contract §3.4) stays as it is.
QString withDashes(const QString &digits)
{
    const auto id = ExperimentId::parse(digits);
    return id ? id->text() : digits;
}

QDateTime timeFromText(const QString &text, Qt::TimeSpec zone)
{
    QDateTime time = QDateTime::fromString(text.left(23), u"yyyy-MM-dd HH:mm:ss.zzz"_s);
    if (!time.isValid())
        time = QDateTime::fromString(text.left(19), u"yyyy-MM-dd HH:mm:ss"_s);
    time.setTimeSpec(zone);
    return time.toUTC();
}

QVariant decodeNumber(Kind kind, const QVariant &raw)
{
    bool ok = false;
    if (kind == Kind::Real) {
        const double value = raw.toDouble(&ok);
        return ok ? QVariant(value) : QVariant(raw.toString());
    }
    const double value = raw.toDouble(&ok); // AgentSociety keeps seconds of the day as a float
    return ok ? QVariant(static_cast<qint64>(value)) : QVariant(raw.toString());
}

QVariant decodeValue(ResultTable table, const ResultColumn &column, const QVariant &raw)
{
    if (raw.isNull())
        return {};
    switch (column.kind) {
    case Kind::Integer:
    case Kind::Real:
        return decodeNumber(column.kind, raw);
    case Kind::Time: {
        // Metrics alone are stamped in local time (contract §3.4).
        const QDateTime time = timeFromText(raw.toString(), table == ResultTable::Metric ? Qt::LocalTime : Qt::UTC);
        return time.isValid() ? QVariant(time) : QVariant(raw.toString());
    }
    case Kind::Json:
        return table == ResultTable::Survey ? QVariant::fromValue(QJsonValue(decodeAnswers(raw.toString())))
                                            : QVariant::fromValue(decodeTwice(raw.toString()));
    case Kind::Text:
        if (table == ResultTable::Status && column.name == "status"_L1)
            return decodeOnce(raw.toString());
        if (column.name == "survey_id"_L1)
            return withDashes(raw.toString());
        return raw.toString();
    }
    return {};
}

} // namespace

const QList<ResultTable> &resultTables()
{
    static const QList<ResultTable> all = [] {
        QList<ResultTable> tables;
        for (const TableForm &form : forms())
            tables << form.table;
        return tables;
    }();
    return all;
}

QString resultTableName(ResultTable table)
{
    return formOf(table).name;
}

Result<ResultTable> resultTableFromName(const QString &name)
{
    QStringList names;
    for (const TableForm &form : forms()) {
        if (form.name == name)
            return form.table;
        names << form.name;
    }
    return fail(ErrorKind::NotFound, "table_unknown",
        QCoreApplication::translate("ResultDatabase", "There is no table “%1”.").arg(name),
        QCoreApplication::translate("ResultDatabase", "Use one of: %1.").arg(names.join(", "_L1)));
}

QList<ResultColumn> resultColumns(ResultTable table)
{
    return formOf(table).columns;
}

QString databaseTable(ResultTable table)
{
    return formOf(table).databaseName;
}

QString databaseColumns(ResultTable table)
{
    return formOf(table).sql;
}

QVariantList decodeRow(ResultTable table, const QVariantList &raw)
{
    const QList<ResultColumn> &columns = formOf(table).columns;
    QVariantList row;
    for (qsizetype i = 0; i < columns.size(); ++i)
        row << decodeValue(table, columns[i], raw.value(i));
    return row;
}

QDateTime timeFromUtcText(const QString &text)
{
    return timeFromText(text, Qt::UTC);
}

QJsonValue decodeTwice(const QString &text)
{
    const auto first = parseValue(text);
    if (!first)
        return text;
    if (!first->isString())
        return *first;
    return parseValue(first->toString()).value_or(*first);
}

QJsonArray decodeAnswers(const QString &text)
{
    const QJsonArray list = decodeTwice(text).toArray();
    QJsonArray answers;
    for (const QJsonValue &answer : list) {
        if (answer.isString() && !answer.toString().isEmpty())
            answers << parseValue(answer.toString()).value_or(answer);
        else
            answers << answer;
    }
    return answers;
}

} // namespace society::agentsociety
