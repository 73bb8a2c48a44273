// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/settlement.h"

#include <QCoreApplication>

namespace society::experiment {

namespace {

using ledger::Item;
using ledger::Usage;

QString tr(const char *text)
{
    return QCoreApplication::translate("Settlement", text);
}

/// What is paid for needs a price: without one in the record it would be given away, and nobody would see it.
Result<Usage> usage(
    const Record &record, Item item, const QString &model, const QString &billedModel, qint64 quantity, bool free)
{
    Usage usage;
    usage.item = item;
    usage.model = billedModel;
    usage.quantity = quantity;
    usage.unitSize = ledger::unitSizeOf(item);
    usage.free = free;
    if (const ledger::Price *price = record.price(item, model)) {
        usage.unitPrice = price->amount;
        usage.unitSize = price->unitSize;
    } else if (!free && quantity > 0) {
        return fail(ErrorKind::Refused, "price_missing",
            model.isEmpty()
                ? tr("The experiment's record has no price for %1.").arg(ledger::itemWord(item))
                : tr("The experiment's record has no price for %1 of “%2”.").arg(ledger::itemWord(item), model),
            tr("Put back the run's own record.json: it has the prices since the start."));
    }
    return usage;
}

/// One model's share; free and paid tokens of a model that has both kinds of entries are kept apart by the name.
struct Share {
    QString model;
    bool free = false;
    qint64 in = 0;
    qint64 out = 0;
    qint64 estimated = 0;
};

QList<Share> shares(const Record &record, const QList<UsageTotal> &totals)
{
    QList<Share> all;
    for (const UsageTotal &total : totals) {
        const RecordEntry *entry =
            total.entry >= 0 && total.entry < record.entries.size() ? &record.entries.at(total.entry) : nullptr;
        const bool free = entry && entry->free;
        // As the record names it: a line of usage.jsonl holds no more than the beginning of a long name.
        const QString model = entry && !entry->llm.model.isEmpty() ? entry->llm.model : total.model;
        auto at =
            std::find_if(all.begin(), all.end(), [&](const Share &s) { return s.model == model && s.free == free; });
        if (at == all.end()) {
            all.append(Share{model, free});
            at = std::prev(all.end());
        }
        at->in += total.tokensIn;
        at->out += total.tokensOut;
        at->estimated += total.estimated;
    }
    return all;
}

/// Adds a remark to a bill's description.
void remark(QString &description, const QString &words)
{
    description += (description.isEmpty() ? QString() : QStringLiteral("; ")) + words;
}

QString freeReason(const Record &record)
{
    return record.practice ? tr("practice: free") : tr("own key: tokens free");
}

} // namespace

Result<QList<Usage>> usageOf(
    const Record &record, const QList<UsageTotal> &totals, const executor::RunStatus &status, int unread)
{
    QList<Usage> items;
    const QList<Share> all = shares(record, totals);
    for (const Share &share : all) {
        const bool paidTwin = share.free && std::any_of(all.begin(), all.end(),
                                                [&](const Share &s) { return !s.free && s.model == share.model; });
        const QString billed = paidTwin ? share.model + QStringLiteral(" (free)") : share.model;
        QString description = share.free ? freeReason(record) : QString();
        if (share.estimated > 0)
            remark(description, tr("%1 calls estimated: the provider sent no usage").arg(share.estimated));
        for (auto [item, quantity] :
            {std::pair(Item::InputTokens, share.in), std::pair(Item::OutputTokens, share.out)}) {
            SOCIETY_ASSIGN(Usage one, usage(record, item, share.model, billed, quantity, share.free));
            one.description = description;
            items.append(one);
        }
    }
    if (status.hasStarted() || status.runMs > 0) {
        SOCIETY_ASSIGN(
            Usage time, usage(record, Item::RunTime, {}, {}, std::max(qint64(0), status.runMs), record.practice));
        time.description = record.practice ? freeReason(record) : QString();
        if (status.outcome == executor::Outcome::Lost)
            remark(time.description, tr("until the last sign of life: the run was lost"));
        if (status.suspendedMs > 0)
            remark(
                time.description, tr("without %1 s in which the machine slept").arg((status.suspendedMs + 999) / 1000));
        if (unread > 0)
            remark(time.description, tr("lines of usage.jsonl that could not be read: %1").arg(unread));
        items.append(time);
    }
    return items;
}

Result<Money> costOf(const QList<Usage> &items)
{
    Money sum;
    for (const Usage &item : items) {
        if (item.free)
            continue;
        SOCIETY_ASSIGN(const Money amount, priceOf(item.quantity, item.unitPrice, item.unitSize));
        SOCIETY_ASSIGN(sum, sum.plus(amount));
    }
    return sum;
}

} // namespace society::experiment
