// SPDX-License-Identifier: GPL-3.0-or-later
// The rules that a server's migrations make, from their text. They are ours, so it need understand no more SQL than
// they use; a test compares with a server that has run them.
#include "services/store/serverrules_p.h"

#include <QRegularExpression>

namespace society::store {

namespace {

using Match = QRegularExpressionMatch;

Match match(const QString &statement, const char *pattern)
{
    return QRegularExpression(QLatin1String(pattern),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption)
        .match(statement);
}

/// At the commas that are in no bracket.
QStringList parts(const QString &list)
{
    QStringList found{QString()};
    int depth = 0;
    for (const QChar c : list) {
        depth += c == u'(' ? 1 : c == u')' ? -1 : 0;
        if (c == u',' && depth == 0)
            found.append(QString());
        else
            found.last() += c;
    }
    for (QString &part : found)
        part = part.trimmed();
    return found;
}

QStringList columnsIn(const QString &list)
{
    QStringList columns = parts(list);
    columns.sort();
    return columns;
}

} // namespace

QSet<QString> wordsOf(const QString &sql)
{
    static const QSet<QString> dropped{QStringLiteral("society"), QStringLiteral("text"), QStringLiteral("bigint"),
        QStringLiteral("any"), QStringLiteral("all"), QStringLiteral("array"), QStringLiteral("in"),
        QStringLiteral("c"), QStringLiteral("as"), QStringLiteral("btree"), QStringLiteral("using"),
        QStringLiteral("collate")};
    static const QRegularExpression word(QStringLiteral("\\w+"));
    static const QRegularExpression notIn(QStringLiteral("\\bNOT\\s+IN\\b"), QRegularExpression::CaseInsensitiveOption);
    QString text = sql;
    text.remove(notIn); // there it is `<> ALL`
    QSet<QString> words;
    for (auto each = word.globalMatch(text); each.hasNext();) {
        const QString found = each.next().captured().toLower();
        if (!dropped.contains(found))
            words.insert(found);
    }
    return words;
}

void ServerRules::read(const QStringList &statements)
{
    for (const QString &statement : statements)
        readStatement(statement);
}

void ServerRules::add(const QString &kind, const QString &name, const QString &table, const QString &statement)
{
    rules.insert(idOf(kind, name, table), {kind, name, table, wordsOf(statement), {}});
}

void ServerRules::readStatement(const QString &statement)
{
    if (const Match table = match(statement, "^CREATE\\s+TABLE\\s+(\\w+)\\s*\\((.*)\\)$"); table.hasMatch())
        return readTable(table.captured(1), table.captured(2));
    if (const Match made = match(statement, "^CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+(\\w+)\\s+ON\\s+(\\w+)");
        made.hasMatch())
        return add(QStringLiteral("index"), made.captured(1), made.captured(2), statement);
    if (const Match made = match(statement, "^CREATE\\s+(?:OR\\s+REPLACE\\s+)?TRIGGER\\s+(\\w+)\\s.*?\\sON\\s+(\\w+)");
        made.hasMatch())
        return add(QStringLiteral("trigger"), made.captured(1), made.captured(2), statement);
    if (const Match made = match(statement, "^CREATE\\s+POLICY\\s+(\\w+)\\s+ON\\s+(\\w+)\\s+FOR\\s+(.*)$");
        made.hasMatch())
        return add(QStringLiteral("policy"), made.captured(1), made.captured(2), made.captured(3));
    if (const Match secured = match(statement, "^ALTER\\s+TABLE\\s+(\\w+)\\s+ENABLE\\s+ROW\\s+LEVEL\\s+SECURITY");
        secured.hasMatch())
        return add(QStringLiteral("row_security"), secured.captured(1), secured.captured(1), QString());
    if (const Match made =
            match(statement, "^CREATE\\s+(?:OR\\s+REPLACE\\s+)?FUNCTION\\s+(\\w+)\\s*\\(.*?\\$\\$(.*)\\$\\$");
        made.hasMatch()) {
        const Id id = idOf(QStringLiteral("function"), made.captured(1), QString());
        rules.insert(id, {QStringLiteral("function"), made.captured(1), {}, {}, made.captured(2)});
        return;
    }
    if (const Match renamed = match(statement, "^ALTER\\s+TABLE\\s+(\\w+)\\s+RENAME\\s+TO\\s+(\\w+)");
        renamed.hasMatch())
        return renameTable(renamed.captured(1), renamed.captured(2));
    const Match dropped = match(statement,
        "^DROP\\s+(TABLE|TRIGGER|POLICY|INDEX|FUNCTION)\\s+(?:IF\\s+EXISTS\\s+)?(.*?)(?:\\s+ON\\s+(\\w+))?$");
    if (!dropped.hasMatch())
        return;
    for (const QString &each : parts(dropped.captured(2))) {
        const QString name = match(each, "^\\w+").captured();
        if (dropped.captured(1).compare(QLatin1String("table"), Qt::CaseInsensitive) == 0)
            dropTable(name);
        else
            rules.removeIf([&](const QMap<Id, Rule>::iterator &rule) {
                return rule->kind == dropped.captured(1).toLower() && rule->name == name &&
                       (dropped.captured(3).isEmpty() || rule->table == dropped.captured(3));
            });
    }
}

void ServerRules::renameTable(const QString &from, const QString &to)
{
    const QMap<Id, Rule> before = rules;
    for (const Rule &old : before) {
        if (old.table != from)
            continue;
        rules.remove(idOf(old.kind, old.name, old.table));
        Rule rule = old;
        rule.name = rule.name == from ? to : rule.name;
        rule.table = to;
        rule.words.remove(from);
        rules.insert(idOf(rule.kind, rule.name, rule.table), rule);
    }
    keys.insert(to, keys.take(from));
    checks.insert(to, checks.take(from));
    references.insert(to, references.take(from));
}

void ServerRules::readTable(const QString &table, const QString &columns)
{
    add(QStringLiteral("table"), table, table, QString());
    for (const QString &part : parts(columns)) {
        const Match whole = match(part, "^(?:PRIMARY\\s+KEY|UNIQUE)\\s*\\(([^)]*)\\)");
        if (whole.hasMatch())
            keys[table] += columnsIn(whole.captured(1));
        else if (match(part, "\\b(PRIMARY\\s+KEY|UNIQUE)\\b").hasMatch())
            keys[table] += QStringList{part.section(u' ', 0, 0)};
        checks[table] += static_cast<int>(part.count(QLatin1String("CHECK (")));
        references[table] += static_cast<int>(part.count(QLatin1String("REFERENCES ")));
    }
}

void ServerRules::dropTable(const QString &table)
{
    rules.removeIf([&](const QMap<Id, Rule>::iterator &each) { return each->table == table; });
    keys.remove(table);
    checks.remove(table);
    references.remove(table);
}

} // namespace society::store
