// SPDX-License-Identifier: GPL-3.0-or-later
// The rules by which the database keeps what was written: who drops one can change entries that agree ever after.
#include "services/ledger/auditor_p.h"
#include "services/ledger/ledger.h"
#include "services/store/schemarules.h"

namespace society::ledger {

namespace {

QString kindText(const QString &kind)
{
    if (kind == QLatin1String("table"))
        return tr("the table");
    if (kind == QLatin1String("key"))
        return tr("the unique key");
    if (kind == QLatin1String("check"))
        return tr("a check");
    if (kind == QLatin1String("reference"))
        return tr("a reference");
    if (kind == QLatin1String("index"))
        return tr("the index");
    if (kind == QLatin1String("policy"))
        return tr("the policy");
    if (kind == QLatin1String("row_security"))
        return tr("the row security");
    return kind == QLatin1String("function") ? tr("the function") : tr("the trigger");
}

QString ruleText(const store::RuleFault &fault)
{
    const bool isOfTable = !fault.table.isEmpty() && fault.table != fault.name;
    return isOfTable ? tr("%1 “%2” of “%3”").arg(kindText(fault.kind), fault.name, fault.table)
                     : tr("%1 “%2”").arg(kindText(fault.kind), fault.name);
}

QString sentence(const store::RuleFault &fault)
{
    switch (fault.what) {
    case store::RuleFault::What::Missing:
        return tr("A rule of the database is missing: %1. What it keeps may have been changed: compare with a copy.")
            .arg(ruleText(fault));
    case store::RuleFault::What::Changed:
        return tr("A rule of the database was changed: %1. What it keeps may have been changed: compare with a copy.")
            .arg(ruleText(fault));
    case store::RuleFault::What::Unknown:
        return tr("The database has a rule that is not of this program: %1. It may undo what others keep: remove it.")
            .arg(ruleText(fault));
    }
    return {};
}

} // namespace

Result<> Auditor::checkRules()
{
    SOCIETY_ASSIGN(const QList<store::RuleFault> faults, store::ruleFaults(m_database));
    for (const store::RuleFault &fault : faults)
        differ(
            fault.what == store::RuleFault::What::Unknown ? "rules_unknown" : "rules_missing", {}, {}, sentence(fault));
    return {};
}

} // namespace society::ledger
