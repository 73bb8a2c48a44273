// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/resultdecoding.h"

#include <QCoreApplication>

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

} // namespace society::agentsociety
