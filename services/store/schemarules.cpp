// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/schemarules.h"

#include "services/store/migrations_p.h"
#include "services/store/query.h"
#include "services/store/serverrules_p.h"
#include "services/store/sqlerror_p.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

namespace society::store {

namespace {

using What = RuleFault::What;

struct Entry {
    QString kind;
    QString name;
    QString table;
    QString sql;
};

constexpr QLatin1String FileRules(
    "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE type IN ('table', 'index', 'trigger') AND "
    "substr(name, 1, 7) <> 'sqlite_' ORDER BY type, name");

/// A file's rules as the migrations make them, in memory.
Result<QList<Entry>> expectedOfFile()
{
    const QString name = QStringLiteral("rules-") + QUuid::createUuid().toString(QUuid::Id128);
    const auto read = [&]() -> Result<QList<Entry>> {
        QSqlDatabase memory = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        memory.setDatabaseName(QStringLiteral(":memory:"));
        if (!memory.open())
            return fail(sqlError(memory.lastError(), memory.databaseName()));
        SOCIETY_TRY(migrate(memory, Database::Options().migrations, false));
        QSqlQuery query(memory);
        if (!query.exec(FileRules))
            return fail(sqlError(query.lastError(), memory.databaseName()));
        QList<Entry> entries;
        while (query.next())
            entries.append({query.value(0).toString(), query.value(1).toString(), query.value(2).toString(),
                query.value(3).toString().simplified()});
        return entries;
    };
    auto entries = read();
    QSqlDatabase::removeDatabase(name);
    return entries;
}

Result<QList<RuleFault>> faultsOfFile(Database &database)
{
    SOCIETY_ASSIGN(const QList<Entry> expected, expectedOfFile());
    SOCIETY_ASSIGN(const QList<Entry> found, rows(database, FileRules, {}, [](const Query &row) {
        return Entry{row.text(0), row.text(1), row.text(2), row.text(3).simplified()};
    }));
    const auto keyed = [](const QList<Entry> &entries) {
        QMap<QString, Entry> map;
        for (const Entry &entry : entries)
            map.insert(entry.kind + u' ' + entry.name, entry);
        return map;
    };
    const QMap<QString, Entry> wanted = keyed(expected);
    const QMap<QString, Entry> there = keyed(found);
    QList<RuleFault> faults;
    for (auto each = wanted.cbegin(); each != wanted.cend(); ++each) {
        const auto other = there.constFind(each.key());
        if (other == there.cend() || other->sql != each->sql)
            faults.append({other == there.cend() ? What::Missing : What::Changed, each->kind, each->name, each->table});
    }
    for (auto each = there.cbegin(); each != there.cend(); ++each)
        if (each->kind == QLatin1String("trigger") && !wanted.contains(each.key()))
            faults.append({What::Unknown, each->kind, each->name, each->table});
    return faults;
}

/// What a server has, in the same form: kind, name, table, text, and whether it is in force.
constexpr QLatin1String ServerRulesThere(
    "SELECT 'table', relname, relname, '', true FROM pg_class WHERE relnamespace = 'society'::regnamespace AND relkind "
    "= "
    "'r' UNION ALL "
    "SELECT 'row_security', relname, relname, '', relrowsecurity FROM pg_class WHERE relnamespace = "
    "'society'::regnamespace AND relkind = 'r' UNION ALL "
    "SELECT 'index', i.relname, t.relname, pg_get_indexdef(i.oid), x.indisvalid FROM pg_index x JOIN pg_class i ON "
    "i.oid = "
    "x.indexrelid JOIN pg_class t ON t.oid = x.indrelid WHERE t.relnamespace = 'society'::regnamespace UNION ALL "
    "SELECT 'trigger', g.tgname, t.relname, pg_get_triggerdef(g.oid), g.tgenabled IN ('O', 'A') FROM pg_trigger g JOIN "
    "pg_class t ON t.oid = g.tgrelid WHERE t.relnamespace = 'society'::regnamespace AND NOT g.tgisinternal UNION ALL "
    "SELECT 'policy', policyname, tablename, cmd || ' ' || coalesce('USING (' || qual || ')', '') || coalesce(' WITH "
    "CHECK "
    "(' || with_check || ')', ''), permissive = 'PERMISSIVE' FROM pg_policies WHERE schemaname = 'society' UNION ALL "
    "SELECT 'function', proname, '', prosrc, true FROM pg_proc WHERE pronamespace = 'society'::regnamespace");

/// The columns of each key of a table, and how many checks and references it has.
constexpr QLatin1String ServerConstraints(
    "SELECT t.relname, c.contype, coalesce((SELECT string_agg(a.attname, ',' ORDER BY a.attname COLLATE \"C\") FROM "
    "pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (c.conkey)), '') FROM pg_constraint c JOIN pg_class t "
    "ON "
    "t.oid = c.conrelid WHERE t.relnamespace = 'society'::regnamespace AND c.convalidated");

struct Found {
    ServerRules::Rule rule;
    bool inForce = false;
};

/// A server says a rule in its own words: those of ours must be in it, and it no others of its own but the table's
/// name.
bool saysTheSame(const ServerRules::Rule &wanted, const ServerRules::Rule &there)
{
    if (wanted.kind == QLatin1String("function"))
        return wanted.body == there.body;
    QSet<QString> ours = wanted.words;
    QSet<QString> theirs = there.words;
    ours.remove(wanted.table);
    theirs.remove(wanted.table);
    return ours == theirs;
}

Result<QMap<QString, Found>> rulesThere(Database &database)
{
    SOCIETY_ASSIGN(const QList<Found> list, rows(database, ServerRulesThere, {}, [](const Query &row) {
        const bool isFunction = row.text(0) == QLatin1String("function");
        return Found{{row.text(0), row.text(1), row.text(2), isFunction ? QSet<QString>() : wordsOf(row.text(3)),
                         isFunction ? row.text(3) : QString()},
            row.boolean(4)};
    }));
    QMap<QString, Found> found;
    for (const Found &each : list)
        found.insert(ServerRules::idOf(each.rule.kind, each.rule.name, each.rule.table), each);
    return found;
}

Result<QList<RuleFault>> keyFaults(Database &database, const ServerRules &wanted)
{
    SOCIETY_ASSIGN(const auto list, rows(database, ServerConstraints, {}, [](const Query &row) {
        return std::tuple(row.text(0), row.text(1), row.text(2).split(u','));
    }));
    ServerRules there;
    for (const auto &[table, kind, columns] : list) {
        if (kind == QLatin1String("c"))
            ++there.checks[table];
        else if (kind == QLatin1String("f"))
            ++there.references[table];
        else
            there.keys[table] += columns;
    }
    QList<RuleFault> faults;
    for (auto table = wanted.keys.cbegin(); table != wanted.keys.cend(); ++table)
        for (const QStringList &columns : *table)
            if (!there.keys.value(table.key()).contains(columns))
                faults.append({What::Missing, QStringLiteral("key"), columns.join(QStringLiteral(", ")), table.key()});
    const auto count = [&](const char *kind, const QMap<QString, int> &ours, const QMap<QString, int> &theirs) {
        for (auto table = ours.cbegin(); table != ours.cend(); ++table)
            if (theirs.value(table.key()) < *table)
                faults.append({What::Missing, QLatin1String(kind), table.key(), table.key()});
    };
    count("check", wanted.checks, there.checks);
    count("reference", wanted.references, there.references);
    return faults;
}

Result<QList<RuleFault>> faultsOfServer(Database &database)
{
    ServerRules wanted;
    SOCIETY_ASSIGN(const QStringList statements,
        migrationStatements(Database::Options().migrations + QStringLiteral("/postgresql")));
    wanted.read(QStringList{VersionsTable} + statements);
    SOCIETY_ASSIGN(const auto there, rulesThere(database));
    SOCIETY_ASSIGN(QList<RuleFault> faults, keyFaults(database, wanted));
    for (auto each = wanted.rules.cbegin(); each != wanted.rules.cend(); ++each) {
        const auto other = there.constFind(each.key());
        if (other == there.cend() || !other->inForce)
            faults.append({What::Missing, each->kind, each->name, each->table});
        else if (!saysTheSame(*each, other->rule))
            faults.append({What::Changed, each->kind, each->name, each->table});
    }
    for (auto each = there.cbegin(); each != there.cend(); ++each) {
        const QString &kind = each->rule.kind;
        if ((kind == QLatin1String("trigger") || kind == QLatin1String("policy")) && !wanted.rules.contains(each.key()))
            faults.append({What::Unknown, kind, each->rule.name, each->rule.table});
    }
    return faults;
}

} // namespace

Result<QList<RuleFault>> ruleFaults(Database &database)
{
    return database.dialect() == Dialect::Sqlite ? faultsOfFile(database) : faultsOfServer(database);
}

} // namespace society::store
