// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/parts.h"
#include "services/config/rules.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>
#include <QSet>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigSurvey", text);
}

// SQLite takes an id for a number where its digits read as one: only digits, or exactly one `e` between digits.
bool readsAsNumber(const QString &digits)
{
    static const QRegularExpression number(QStringLiteral("^[0-9]+(e[0-9]+)?$"));
    return number.match(digits).hasMatch();
}

void checkId(const Json &survey, const QString &path, Findings &findings)
{
    const Json *id = member(survey, "id");
    if (!id || !id->is_string())
        return;
    const QString digits = text(*id).toLower().remove(u'-');
    static const QRegularExpression hex(QStringLiteral("^[0-9a-f]{32}$"));
    if (!hex.match(digits).hasMatch()) {
        findings.error(below(path, QStringLiteral("id")), "survey_id_invalid",
            tr("“%1” is not a UUID").arg(text(*id).left(50)),
            tr("Use an id such as 6ad0dbc2-1f0e-4b41-9f2b-3c8f2e7b1a55."));
    } else if (readsAsNumber(digits)) {
        findings.warning(below(path, QStringLiteral("id")), "survey_id_digits",
            tr("The id reads as a number, so AgentSociety stores another one with the answers"),
            tr("Put a letter a, b, c, d or f into the id."));
    }
}

bool hasEntries(const Json &question, const char *key)
{
    const Json *list = member(question, key);
    return list && list->is_array() && !list->empty();
}

void checkQuestion(const Json &question, const QString &path, QSet<QString> &names, Findings &findings)
{
    const QString type = textOf(question, "type");
    const QString name = textOf(question, "name");
    if (!name.isEmpty() && names.contains(name)) {
        findings.warning(below(path, QStringLiteral("name")), "survey_name_twice",
            tr("Two questions are named “%1”").arg(name), tr("Give each question a name of its own."));
    }
    names.insert(name);
    const Json *title = member(question, "title");
    if (title && title->is_string() && text(*title).trimmed().isEmpty())
        findings.warning(below(path, QStringLiteral("title")), "survey_title_empty", tr("The question is empty"),
            tr("Write what the agents are asked."));
    if ((type == QLatin1String("radiogroup") || type == QLatin1String("checkbox")) && !hasEntries(question, "choices"))
        findings.warning(below(path, QStringLiteral("choices")), "survey_no_choices", tr("The question has no choices"),
            tr("Add choices."));
    if (type == QLatin1String("matrix") && (!hasEntries(question, "rows") || !hasEntries(question, "columns")))
        findings.warning(
            path, "survey_no_choices", tr("The matrix has no rows or no columns"), tr("Add rows and columns."));
    const Json *low = member(question, "min_rating");
    const Json *high = member(question, "max_rating");
    const qint64 least = low ? integer(*low).value_or(1) : 1;
    const qint64 most = high ? integer(*high).value_or(5) : 5;
    if (type == QLatin1String("rating") && least >= most)
        findings.warning(below(path, QStringLiteral("max_rating")), "survey_rating_order",
            tr("The highest rating is not above the lowest"), tr("Exchange them."));
}

} // namespace

void checkSurveyRules(const Json &survey, const QString &path, Findings &findings)
{
    checkId(survey, path, findings);
    const Json *made = member(survey, "created_at");
    if (made && made->is_string() && !QDateTime::fromString(text(*made), Qt::ISODateWithMs).isValid()) {
        findings.error(below(path, QStringLiteral("created_at")), "wrong_value", tr("“created_at” is not a time"),
            tr("Take it away, or write it as 2026-01-31T12:00:00Z."));
    }
    const Json *pages = member(survey, "pages");
    if (!pages || !pages->is_array())
        return;
    QSet<QString> names;
    const QString base = below(path, QStringLiteral("pages"));
    qsizetype questions = 0;
    for (size_t page = 0; page < pages->size(); ++page) {
        const Json *elements = member((*pages)[page], "elements");
        if (!elements || !elements->is_array())
            continue;
        const QString list = below(base, static_cast<qsizetype>(page)) + QStringLiteral(".elements");
        for (size_t i = 0; i < elements->size(); ++i, ++questions) {
            if ((*elements)[i].is_object())
                checkQuestion((*elements)[i], below(list, static_cast<qsizetype>(i)), names, findings);
        }
    }
    if (questions == 0)
        findings.warning(base, "survey_empty", tr("The survey has no questions"), tr("Add a question."));
}

} // namespace society::config
