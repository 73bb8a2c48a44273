// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/store/schemarules.h"

#include <QHash>
#include <QMap>
#include <QSet>
#include <QStringList>

namespace society::store {

/// The names and texts that a rule is made of, without what a server adds or writes in another way (casts, schema,
/// `IN` as `= ANY (ARRAY …)`, brackets).
[[nodiscard]] QSet<QString> wordsOf(const QString &sql);

/// What a server's migrations make, one after the other.
class ServerRules {
public:
    struct Rule {
        QString kind;
        QString name;
        QString table;
        QSet<QString> words;
        QString body; ///< of a function
    };
    using Id = QString; ///< kind, name and table: a trigger's name is its table's own

    static Id idOf(const QString &kind, const QString &name, const QString &table)
    {
        return kind + u' ' + name + u' ' + table;
    }
    void read(const QStringList &statements);

    QMap<Id, Rule> rules;
    QMap<QString, QList<QStringList>> keys; ///< of a table: the columns of each, sorted
    QMap<QString, int> checks;              ///< of a table
    QMap<QString, int> references;

private:
    void readStatement(const QString &statement);
    void readTable(const QString &table, const QString &columns);
    void add(const QString &kind, const QString &name, const QString &table, const QString &statement);
    void dropTable(const QString &table);
    void renameTable(const QString &from, const QString &to);
};

} // namespace society::store
