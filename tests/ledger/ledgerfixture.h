// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/ledger.h"
#include "services/store/database.h"
#include "services/store/query.h"
#include "tests/support/postgresserver.h"
#include "tests/support/results.h"

#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace society;
using namespace society::ledger;
using test::codeOf;
using test::must;
using namespace Qt::StringLiterals;

/// A clock that stands still until it is moved.
class TestClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return m_now; }
    void set(const QString &iso) { m_now = fromIso(iso); }
    void advance(qint64 ms) { m_now = m_now.addMSecs(ms); }

private:
    QDateTime m_now = fromIso(QStringLiteral("2026-03-01T12:00:00.000Z"));
};

/// A database of its own with the tenant `lab`, and the ledger over it.
class Book {
public:
    Book() { must(ledger.addTenant(u"lab"_s, u"The lab"_s)); }

    /// What a helper program needs to open the same book.
    [[nodiscard]] QString path() const
    {
        return place.server ? u"server:%1:%2"_s.arg(place.server->port).arg(place.server->database) : place.file;
    }
    [[nodiscard]] bool isOnServer() const { return place.server.has_value(); }
    void sql(const QString &text, const QVariantList &values = {}) const
    {
        must(store::execute(*database, text, values));
    }
    /// The same as who owns the tables, and may change them.
    void ownerSql(const QStringList &texts) const
    {
        if (isOnServer())
            test::PostgresServer::shared().sql(place.server->database, texts);
        for (const QString &text : isOnServer() ? QStringList() : texts)
            must(store::Query::run(*database, text));
    }
    /// Power cuts are not what the test is about; the test's server has no sync.
    void doNotSync() const
    {
        if (!isOnServer())
            ownerSql({u"PRAGMA synchronous = OFF"_s});
    }
    /// An experiment's row, as the service for experiments writes it.
    ExperimentId experiment(const QString &state = u"running"_s, const QString &tenant = u"lab"_s) const
    {
        const auto id = ExperimentId::random();
        sql(u"INSERT INTO experiments (id, tenant, name, state, created_at) VALUES (?, ?, ?, ?, ?)"_s,
            {id.text(), tenant, u"Run "_s + id.text().left(4), state, toIso(clock.now())});
        return id;
    }
    [[nodiscard]] qint64 number(const QString &text, const QVariantList &values = {}) const
    {
        return must(store::first(*database, text, values, [](const store::Query &row) {
            return row.integer(0);
        })).value_or(-1);
    }
    /// Closes the database, as another program's start finds it after `between`, and opens it again.
    template <class Between>
    void reopen(Between between)
    {
        std::destroy_at(&ledger);
        database.reset();
        between();
        database = must(store::Database::open(place));
        std::construct_at(&ledger, *database, clock);
    }
    [[nodiscard]] Account account(const QString &tenant = u"lab"_s) const { return must(ledger.account(tenant)); }

    QTemporaryDir dir;
    TestClock clock;
    store::Place place = test::newPlace(dir.path());
    std::unique_ptr<store::Database> database = must(store::Database::open(place));
    Ledger ledger{*database, clock};
};

inline Money yuan(const char *decimal)
{
    return must(Money::parse(QString::fromLatin1(decimal)));
}

inline Usage usage(Item item, qint64 quantity, const QString &model = {}, bool free = false)
{
    const bool isTime = item == Item::RunTime;
    return {item, isTime ? QString() : model, quantity, isTime ? yuan("0.001") : yuan("3"), unitSizeOf(item), {}, free};
}

inline Money sumOf(const QList<Bill> &bills)
{
    Money sum;
    for (const Bill &bill : bills)
        sum = must(sum.plus(bill.amount));
    return sum;
}
