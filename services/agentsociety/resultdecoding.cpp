// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/resultdecoding.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace society::agentsociety {

using namespace Qt::StringLiterals;
using Kind = ResultColumn::Kind;

namespace {

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
    const double value = raw.toDouble(&ok); // AgentSociety keeps seconds of the day as a float
    if (!ok)
        return raw.toString();
    return kind == Kind::Real ? QVariant(value) : QVariant(static_cast<qint64>(value));
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

QVariantList decodeRow(ResultTable table, const QVariantList &raw)
{
    const QList<ResultColumn> columns = resultColumns(table);
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
        const QString packed = answer.toString();
        answers << (packed.isEmpty() ? answer : parseValue(packed).value_or(answer));
    }
    return answers;
}

} // namespace society::agentsociety
