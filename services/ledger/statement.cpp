// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/statement.h"

#include "services/core/csv.h"
#include "services/ledger/book_p.h"
#include "services/ledger/ledger.h"
#include "services/ledger/totals_p.h"
#include "services/store/transaction.h"

#include <QIODevice>
#include <algorithm>

namespace society::ledger {

using store::Query;
using store::Transaction;

namespace {

Result<QList<BillGroup>> itemsOf(store::Database &database, const BillFilter &filter)
{
    const Clause source = totalsOf({{filter}}, {QStringLiteral("item")});
    SOCIETY_ASSIGN(QList<BillGroup> items,
        store::rows(database,
            QStringLiteral("SELECT item, sum(bills), sum(amount_micro) FROM (%1) t GROUP BY item").arg(source.sql),
            source.values, [](const Query &row) {
                BillGroup group;
                group.item = itemFromWord(row.text(0)).value_or(Item::Correction);
                group.bills = row.integer(1);
                group.sum = row.money(2);
                return group;
            }));
    std::sort(items.begin(), items.end(), [](const BillGroup &a, const BillGroup &b) { return a.item < b.item; });
    return items;
}

Result<> readRows(store::Database &database, const BillFilter &filter, Money balance, StatementReader &reader)
{
    const Clause where = conditionOf({filter}, Order::Any);
    SOCIETY_ASSIGN(Query query,
        Query::run(database, selectBills() + QStringLiteral("WHERE %1 ORDER BY b.created_at, b.seq").arg(where.sql),
            where.values));
    for (;;) {
        SOCIETY_ASSIGN(const bool more, query.next());
        if (!more)
            return {};
        const Bill bill = readBill(query);
        SOCIETY_ASSIGN(balance, balance.plus(bill.amount));
        SOCIETY_TRY(reader.row(bill, balance));
    }
}

class Keeper final : public StatementReader {
public:
    [[nodiscard]] Result<> head(const Statement &statement) override
    {
        rows.reserve(statement.bills);
        return {};
    }
    [[nodiscard]] Result<> row(const Bill &bill, Money balance) override
    {
        rows.append({bill, balance});
        return {};
    }
    QList<std::pair<Bill, Money>> rows;
};

class CsvWriter final : public StatementReader {
public:
    explicit CsvWriter(QIODevice &device)
        : m_device(device)
    {
    }

    [[nodiscard]] Result<> head(const Statement &statement) override
    {
        m_zone = statement.period.zone;
        QByteArray lines("line,time,item,experiment,experiment_name,model,quantity,unit,unit_price,unit_size,amount,"
                         "balance,description,bill,corrects\r\n");
        lines += about("tenant", {}, statement.tenant.id);
        lines += about("name", {}, statement.tenant.name);
        lines += about("zone", {}, QString::fromLatin1(m_zone.id()));
        if (statement.period.from.isValid())
            lines += about("from", statement.period.from, {});
        lines += about("to", statement.period.to, {});
        lines += about("created", statement.createdAt, {});
        lines += money("opening", {}, {}, {}, statement.opening);
        return write(lines);
    }

    [[nodiscard]] Result<> row(const Bill &bill, Money balance) override
    {
        return write(csvLine({QStringLiteral("bill"), timeText(bill.createdAt), itemWord(bill.item),
            bill.experiment.text(), bill.experimentName, bill.model, QString::number(bill.quantity), bill.unit,
            bill.unitPrice.toDecimal(), QString::number(bill.unitSize), bill.amount.toDecimal(), balance.toDecimal(),
            bill.description, bill.id.text(), bill.corrects.text()}));
    }

    [[nodiscard]] Result<> end(const Statement &statement)
    {
        QByteArray lines;
        for (const BillGroup &item : statement.items)
            lines += money("sum", itemWord(*item.item), QString::number(item.bills), item.sum, {});
        lines += money("closing", {}, QString::number(statement.bills), statement.sum, statement.closing);
        return write(lines);
    }

private:
    [[nodiscard]] QString timeText(const QDateTime &time) const
    {
        return time.toTimeZone(m_zone)
            .toOffsetFromUtc(time.toTimeZone(m_zone).offsetFromUtc())
            .toString(Qt::ISODateWithMs);
    }

    [[nodiscard]] QByteArray about(const char *line, const QDateTime &time, const QString &words) const
    {
        return csvLine({QString::fromLatin1(line), time.isValid() ? timeText(time) : QString(), {}, {}, {}, {}, {}, {},
            {}, {}, {}, {}, words, {}, {}});
    }

    [[nodiscard]] static QByteArray money(const char *line, const QString &item, const QString &bills,
        const std::optional<Money> &amount, const std::optional<Money> &balance)
    {
        return csvLine({QString::fromLatin1(line), {}, item, {}, {}, {}, bills,
            bills.isEmpty() ? QString() : QStringLiteral("bill"), {}, {}, amount ? amount->toDecimal() : QString(),
            balance ? balance->toDecimal() : QString(), {}, {}, {}});
    }

    [[nodiscard]] Result<> write(const QByteArray &data)
    {
        if (m_device.write(data) == data.size())
            return {};
        return fail(ErrorKind::Refused, "write_failed", tr("The statement could not be written."),
            tr("Check that the folder exists, may be written to, and has free space."), m_device.errorString());
    }

    QIODevice &m_device;
    QTimeZone m_zone;
};

} // namespace

Result<Statement> Ledger::statement(const StatementPeriod &period, StatementReader &reader) const
{
    SOCIETY_ASSIGN(Transaction view, Transaction::begin(m_database, Transaction::Mode::Read));
    Statement statement;
    statement.period = period;
    statement.createdAt = m_clock.now();
    SOCIETY_TRY(balanceOf(m_database, period.tenant));
    SOCIETY_ASSIGN(statement.tenant, requireTenant(period.tenant));
    if (!period.to.isValid())
        statement.period.to = statement.createdAt.addMSecs(1); // a bill of this very millisecond is in it
    if (period.from.isValid() && statement.period.to <= period.from)
        return fail(ErrorKind::Refused, "period_invalid", tr("The period ends before it begins."),
            tr("Choose an end after the beginning."));
    if (period.from.isValid()) {
        BillFilter before;
        before.tenant = period.tenant;
        before.to = period.from;
        SOCIETY_ASSIGN(const Extent total, extentOf(m_database, before, {{before}}));
        statement.opening = total.sum;
    }
    BillFilter within;
    within.tenant = period.tenant;
    within.from = period.from;
    within.to = statement.period.to;
    SOCIETY_ASSIGN(const Extent total, extentOf(m_database, within, {{within}}));
    statement.bills = total.bills;
    statement.sum = total.sum;
    if (statement.bills > period.mostBills)
        return fail(ErrorKind::Refused, "statement_too_long",
            tr("The period has %L1 bills, more than the %L2 of one document.")
                .arg(statement.bills)
                .arg(period.mostBills),
            tr("Choose a shorter period, or CSV, which has no such limit."));
    SOCIETY_ASSIGN(statement.closing, statement.opening.plus(statement.sum));
    SOCIETY_ASSIGN(statement.items, itemsOf(m_database, within));
    SOCIETY_TRY(reader.head(statement));
    SOCIETY_TRY(readRows(m_database, within, statement.opening, reader));
    SOCIETY_TRY(view.commit());
    return statement;
}

Result<StatementRows> readStatement(const Ledger &ledger, const StatementPeriod &period)
{
    Keeper keeper;
    StatementRows all;
    SOCIETY_ASSIGN(all.statement, ledger.statement(period, keeper));
    all.rows = std::move(keeper.rows);
    return all;
}

Result<Statement> writeStatementCsv(const Ledger &ledger, const StatementPeriod &period, QIODevice &device)
{
    CsvWriter writer(device);
    SOCIETY_ASSIGN(Statement statement, ledger.statement(period, writer));
    SOCIETY_TRY(writer.end(statement));
    return statement;
}

} // namespace society::ledger
