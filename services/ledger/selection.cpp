// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/selection_p.h"

#include "services/ledger/book_p.h"

#include <QRegularExpression>

namespace society::ledger {

using store::Query;

namespace {

constexpr qsizetype ShortestId = 4; ///< of fewer digits an id says nothing, and a great part of all begins with them

/// A column as it is, or so that no index is looked up by it.
QString column(const char *name, bool byIndex, const char *none = "''")
{
    const QString column = QStringLiteral("b.") + QLatin1String(name);
    return byIndex ? column : QStringLiteral("coalesce(%1, %2)").arg(column, QLatin1String(none));
}

Clause operator+(Clause a, const Clause &b)
{
    a.sql += b.sql;
    a.values += b.values;
    return a;
}

Result<QStringList> modelsWith(store::Database &database, const BillFilter &filter, const QString &anywhere)
{
    QVariantList values{filter.tenant, anywhere};
    if (filter.model)
        values << *filter.model;
    return store::rows(database,
        QStringLiteral("SELECT DISTINCT model FROM bill_totals WHERE tenant = ? AND grain = 'month' AND model LIKE ? "
                       "ESCAPE '\\'") +
            (filter.model ? QStringLiteral(" AND model = ?") : QString()),
        values, [](const Query &row) { return row.text(0); });
}

/// The runs in whose names a text is, as `(SELECT id …)`; nothing where there are none. Names are often the same, or
/// numbered: from one to the next by the index is quicker than through all runs, unless nearly all differ.
Result<std::optional<Clause>> runsNamed(store::Database &database, const TenantId &tenant, const QString &anywhere)
{
    SOCIETY_ASSIGN(const auto names,
        store::rows(database,
            QStringLiteral(
                "WITH RECURSIVE names (name) AS (SELECT min(name) FROM experiments WHERE tenant = ? "
                "UNION ALL SELECT (SELECT min(e.name) FROM experiments e WHERE e.tenant = ? AND e.name > "
                "names.name) FROM names WHERE names.name IS NOT NULL) "
                "SELECT name, CASE WHEN name LIKE ? ESCAPE '\\' THEN 1 ELSE 0 END FROM (SELECT name FROM names WHERE "
                "name IS NOT NULL LIMIT %1) all_names")
                .arg(selectionLimits().names + 1),
            {tenant, tenant, anywhere}, [](const Query &row) { return std::pair(row.text(0), row.boolean(1)); }));
    QVariantList found{tenant};
    for (const auto &[name, isFound] : names)
        if (isFound)
            found << name;
    if (names.size() > selectionLimits().names || found.size() - 1 > selectionLimits().namesBound)
        return Clause{QStringLiteral("(SELECT id FROM experiments WHERE tenant = ? AND name LIKE ? ESCAPE '\\')"),
            {tenant, anywhere}};
    if (found.size() == 1)
        return std::nullopt;
    return Clause{QStringLiteral("(SELECT id FROM experiments WHERE tenant = ? AND name IN (%1))")
                      .arg(store::placesFor(found.size() - 1)),
        found};
}

bool isStartOfId(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^[0-9a-f-]+$"));
    return text.size() >= ShortestId && form.match(text).hasMatch();
}

/// The bills with a text in their note, or at the start of their id or their run's: as numbers, since all three are
/// few.
Clause byNoteOrId(const TenantId &tenant, const QString &text, const QString &anywhere)
{
    Clause numbers{QStringLiteral("SELECT seq FROM bills WHERE tenant = ? AND description <> '' AND description LIKE ? "
                                  "ESCAPE '\\'"),
        {tenant, anywhere}};
    if (const QString first = text.toLower(); isStartOfId(first)) {
        const QString beyond = first + u'g'; // after every digit
        numbers =
            numbers + Clause{QStringLiteral(" UNION SELECT seq FROM bills WHERE id >= ? AND id < ? UNION SELECT seq "
                                            "FROM bills WHERE experiment >= ? AND experiment < ?"),
                          {first, beyond, first, beyond}};
    }
    return Clause{QStringLiteral(" AND b.seq IN ("), {}} + numbers + Clause{QStringLiteral(")"), {}};
}

} // namespace

SelectionLimits &selectionLimits()
{
    static SelectionLimits limits;
    return limits;
}

bool Part::isKept() const
{
    return also.sql.isEmpty() && !filter.experiment && !filter.least && !filter.most;
}

bool Part::isKeptByAmount() const
{
    return also.sql.isEmpty() && !filter.experiment && (filter.least || filter.most);
}

Result<QList<Part>> partsOf(store::Database &database, const BillFilter &filter)
{
    const QString text = filter.text.trimmed();
    if (text.isEmpty()) {
        Part all{filter};
        SOCIETY_ASSIGN(all.amounts, amountsOf(database, filter));
        return QList<Part>{all};
    }
    const QString anywhere = store::containing(text);
    QList<Part> parts;
    Clause others; // of no model with the text
    SOCIETY_ASSIGN(const QStringList models, modelsWith(database, filter, anywhere));
    if (models.size() > selectionLimits().models)
        parts.append({filter, {QStringLiteral(" AND b.model LIKE ? ESCAPE '\\'"), {anywhere}}, true});
    else
        for (const QString &model : models) {
            parts.append({filter});
            parts.last().filter.model = model;
        }
    if (!models.isEmpty())
        others = {QStringLiteral(" AND b.model NOT LIKE ? ESCAPE '\\'"), {anywhere}};
    SOCIETY_ASSIGN(const auto runs, runsNamed(database, filter.tenant, anywhere));
    if (runs) {
        parts.append({filter, Clause{QStringLiteral(" AND b.experiment IN "), {}} + *runs + others});
        others =
            others + Clause{QStringLiteral(" AND NOT EXISTS (SELECT 1 FROM experiments e WHERE e.id = b.experiment AND "
                                           "e.tenant = b.tenant AND e.name LIKE ? ESCAPE '\\')"),
                         {anywhere}};
    }
    parts.append({filter, byNoteOrId(filter.tenant, text, anywhere) + others});
    return parts;
}

Clause conditionOf(const Part &part, Order order)
{
    const BillFilter &filter = part.filter;
    // A run's bills, and those that a text was looked up for, are few, wherever they are: not to be looked for among
    // all of the tenant's. And the newest first are read in the order of their numbers, not sorted from those of a
    // time.
    const bool isFewest =
        (filter.experiment && !filter.experiment->isNull()) || (!part.also.sql.isEmpty() && !part.isMany);
    const bool isOneStep = part.amounts == Amounts::OneStep;
    const bool anyIndex = !isFewest && !isOneStep && order == Order::Any;
    Clause where{QStringLiteral("%1 = ?").arg(column("tenant", !isFewest)), {filter.tenant}};
    const auto narrow = [&where](const QString &sql, const QVariantList &values) {
        where = where + Clause{QStringLiteral(" AND ") + sql, values};
    };
    if (filter.item)
        narrow(column("item", !isOneStep) + QStringLiteral(" = ?"), {itemWord(*filter.item)});
    if (filter.experiment && filter.experiment->isNull())
        narrow(QStringLiteral("b.experiment IS NULL"), {});
    else if (filter.experiment)
        narrow(QStringLiteral("b.experiment = ?"), {filter.experiment->text()});
    if (filter.model)
        narrow(column("model", !isOneStep) + QStringLiteral(" = ?"), {*filter.model});
    if (filter.from.isValid())
        narrow(column("created_at", anyIndex) + QStringLiteral(" >= ?"), {toIso(filter.from)});
    if (filter.to.isValid())
        narrow(column("created_at", anyIndex) + QStringLiteral(" < ?"), {toIso(filter.to)});
    // Of many bills each would be looked up by an index over amounts.
    const QString amount = column("amount_micro", part.amounts != Amounts::Many, "0");
    if (filter.least)
        narrow(amount + QStringLiteral(" >= ?"), {number(*filter.least)});
    if (filter.most)
        narrow(amount + QStringLiteral(" <= ?"), {number(*filter.most)});
    return where + part.also;
}

Clause selectFrom(const QList<Part> &parts, const QString &columns)
{
    Clause all;
    for (const Part &part : parts) {
        const Clause select{QStringLiteral("SELECT %1 FROM bills b WHERE ").arg(columns), {}};
        unite(all, select + conditionOf(part, Order::Any));
    }
    return all;
}

void unite(Clause &all, const Clause &select)
{
    if (!all.sql.isEmpty())
        all.sql += QStringLiteral(" UNION ALL ");
    all = all + select;
}

} // namespace society::ledger
