// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/document.h"
#include "services/config/findings.h"
#include "services/config/profiles_p.h"
#include "services/config/schema.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonObject>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigProfiles", text);
}

constexpr int MostRowProblems = 100; // a broken file of a million rows says enough with these

void checkNetwork(const QJsonValue &network, qsizetype row, Findings &findings)
{
    const QString path = QString::number(row) + QStringLiteral(".social_network");
    static const QStringList kinds = namesOf("relations");
    if (!network.isArray()) {
        findings.error(path, "profile_value_type", tr("Row %1: “social_network” must be a list").arg(row + 1),
            tr("Give a list of {\"target_id\", \"kind\", \"strength\"}."));
        return;
    }
    const QJsonArray ties = network.toArray();
    for (const QJsonValue &tie : ties) {
        const QJsonValue strength = tie[QLatin1String("strength")];
        const bool good = tie.isObject() && tie[QLatin1String("target_id")].isDouble() &&
                          kinds.contains(tie[QLatin1String("kind")].toString()) &&
                          (strength.isUndefined() || strength.isNull() ||
                              (strength.isDouble() && strength.toDouble() >= 0 && strength.toDouble() <= 1));
        if (!good) {
            findings.error(path, "profile_value_type",
                tr("Row %1: a tie of “social_network” is not complete").arg(row + 1),
                tr("Give target_id (an id), kind (one of %1) and strength (0 to 1).")
                    .arg(kinds.join(QStringLiteral(", "))));
            return;
        }
    }
}

void checkRow(const QJsonValue &row, qsizetype index, QHash<qint64, qsizetype> &ids, Findings &findings)
{
    const QString path = QString::number(index) + QStringLiteral(".id");
    if (!row.isObject()) {
        findings.error(QString::number(index), "profile_value_type", tr("Row %1 is no object").arg(index + 1),
            tr("Give each person as {\"id\": …}."));
        return;
    }
    const QJsonValue id = row[QLatin1String("id")];
    if (id.isUndefined() || id.isNull()) {
        findings.error(path, "profile_id_missing", tr("Row %1 has no id").arg(index + 1),
            tr("Give every person an id, a whole number."));
    } else if (!id.isDouble() || valueType(id) != ColumnType::Integer) {
        findings.error(path, "profile_id_type", tr("Row %1: the id must be a whole number").arg(index + 1),
            tr("Write it without quotation marks."));
    } else if (id.toInteger() < 1 || id.toInteger() > MaxAgentId) {
        findings.error(path, "profile_id_range",
            tr("Row %1: the id %2 is not between 1 and %3").arg(index + 1).arg(id.toInteger()).arg(MaxAgentId),
            tr("Choose an id in this range."));
    } else if (ids.contains(id.toInteger())) {
        findings.error(path, "profile_id_duplicate",
            tr("Rows %1 and %2 have the same id %3")
                .arg(ids.value(id.toInteger()) + 1)
                .arg(index + 1)
                .arg(id.toInteger()),
            tr("Give every person an id of their own."));
    } else {
        ids.insert(id.toInteger(), index);
    }
    if (const QJsonValue network = row[QLatin1String("social_network")]; !network.isUndefined())
        checkNetwork(network, index, findings);
}

} // namespace

QList<Problem> checkProfiles(const ProfileTable &table)
{
    Findings findings;
    QHash<qint64, qsizetype> ids;
    for (qsizetype i = 0; i < table.rows.size() && findings.problems().size() < MostRowProblems; ++i)
        checkRow(table.rows.at(i), i, ids, findings);
    for (const ProfileColumn &column : table.columns) {
        if (!column.kept) {
            findings.warning(QStringLiteral("0.") + joinPath({column.name}), "profile_column_dropped",
                tr("AgentSociety drops the column “%1”").arg(column.name),
                tr("Put it into background_story, or into a column that AgentSociety knows."));
        }
    }
    return findings.problems();
}

} // namespace society::config
