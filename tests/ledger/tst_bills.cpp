// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/selection_p.h"
#include "tests/ledger/ledgerfixture.h"

#include <QBuffer>
#include <QMap>
#include <QRandomGenerator>
#include <QScopeGuard>

namespace {

/// The fields of one RFC 4180 text, read by the book.
QList<QStringList> parseCsv(const QString &text)
{
    QList<QStringList> lines;
    QStringList line;
    QString field;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (quoted && c == u'"' && text.mid(i + 1, 1) == u"\""_s) {
            field += c;
            ++i;
        } else if (c == u'"') {
            quoted = !quoted;
        } else if (!quoted && (c == u',' || c == u'\n')) {
            line.append(std::exchange(field, {}));
            if (c == u'\n')
                lines.append(std::exchange(line, {}));
        } else if (quoted || c != u'\r') {
            field += c;
        }
    }
    return lines;
}

QString csvOf(const Book &book, const BillFilter &filter)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    must(book.ledger.exportCsv(filter, buffer));
    return QString::fromUtf8(buffer.data());
}

/// Takes only so many bytes, like a full disk.
class FullDevice final : public QIODevice {
public:
    FullDevice() { open(QIODevice::WriteOnly | QIODevice::Unbuffered); }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override { return qMin<qint64>(size, 10); }
};

} // namespace

Q_DECLARE_METATYPE(society::ledger::SelectionLimits)
Q_DECLARE_METATYPE(std::optional<society::Money>)

/// The list of bills: filters, pages, totals, CSV, sums per day and month.
class TestBills : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void filters_data();
    void filters();
    void amountsOfManyBills_data();
    void amountsOfManyBills();
    void randomFilters_data();
    void randomFilters();
    void daysAndMonthsOfAnyZone();
    void groupsOfExperimentsAreBounded();
    void pages();
    void pageStaysWhileBillsArrive();
    void badCursor_data();
    void badCursor();
    void tenantsAreApart();
    void csv();
    void csvIsHarmless_data();
    void csvIsHarmless();
    void csvToAFullDisk();
    void days_data();
    void days();
    void months();

private:
    /// The bills that pass, found without SQL.
    [[nodiscard]] QList<Bill> byHand(const BillFilter &filter) const;
    [[nodiscard]] static QList<BillGroup> groupsByHand(const QList<Bill> &bills, GroupBy by, const QTimeZone &zone);
    Book m_book;
    QList<Bill> m_all; // newest first
    QList<ExperimentId> m_runs;
};

void TestBills::initTestCase()
{
    QRandomGenerator random(7);
    m_book.doNotSync();
    must(m_book.ledger.addTenant(u"other"_s));
    const QStringList notes{
        u""_s, u"100% of it"_s, u"a_b"_s, u"第一次充值"_s, u"=1+1"_s, u"with \"quotes\", and a comma"_s};
    for (int i = 0; i < 60; ++i) {
        m_book.clock.advance(random.bounded(1, 4) * 7'000'000);
        const QString tenant = i % 5 == 4 ? u"other"_s : u"lab"_s;
        const Bill recharged =
            must(m_book.ledger.recharge(tenant, Money::fromMicro(10'000 + random.bounded(1'000'000)), notes.at(i % 6)));
        const auto run = m_book.experiment(u"finished"_s, tenant);
        const QString model = QStringList{u"qwen-plus"_s, u"glm%4"_s, u"practice"_s}.at(i % 3);
        must(m_book.ledger.settle({tenant, run,
            {usage(Item::InputTokens, random.bounded(900'000), model),
                usage(Item::OutputTokens, random.bounded(900'000), model, i % 3 == 2),
                usage(Item::RunTime, random.bounded(900'000))}}));
        if (i % 10 == 0)
            must(m_book.ledger.correct(tenant, recharged.id, yuan("-0.005"), u"typo"_s));
        if (tenant == u"lab")
            m_runs.append(run);
    }
    BillFilter filter;
    filter.tenant = u"lab"_s;
    filter.limit = 10'000;
    m_all = must(m_book.ledger.bills(filter)).bills;
    QCOMPARE(m_all.size(), 48 * 4 + 6);
}

QList<Bill> TestBills::byHand(const BillFilter &filter) const
{
    QList<Bill> passed;
    const QString text = filter.text.trimmed();
    for (const Bill &bill : m_all) {
        const bool hasText =
            bill.description.contains(text, Qt::CaseInsensitive) || bill.model.contains(text, Qt::CaseInsensitive) ||
            bill.experimentName.contains(text, Qt::CaseInsensitive) ||
            (text.size() >= 4 && (bill.id.text().startsWith(text) || bill.experiment.text().startsWith(text)));
        if ((!filter.item || bill.item == *filter.item) &&
            (!filter.experiment || bill.experiment == *filter.experiment) &&
            (!filter.model || bill.model == *filter.model) &&
            (!filter.from.isValid() || bill.createdAt >= filter.from) &&
            (!filter.to.isValid() || bill.createdAt < filter.to) && (!filter.least || bill.amount >= *filter.least) &&
            (!filter.most || bill.amount <= *filter.most) && (text.isEmpty() || hasText))
            passed.append(bill);
    }
    return passed;
}

void TestBills::filters_data()
{
    QTest::addColumn<BillFilter>("filter");
    QTest::addColumn<bool>("finds");
    const auto row = [](const char *name, bool finds, auto set) {
        BillFilter filter;
        filter.tenant = u"lab"_s;
        filter.limit = 10'000;
        set(filter);
        QTest::newRow(name) << filter << finds;
    };
    row("all", true, [](BillFilter &) {});
    row("item", true, [](BillFilter &f) { f.item = Item::OutputTokens; });
    row("corrections", true, [](BillFilter &f) { f.item = Item::Correction; });
    row("experiment", true, [this](BillFilter &f) { f.experiment = m_runs.at(3); });
    row("no such experiment", false, [](BillFilter &f) { f.experiment = ExperimentId::random(); });
    row("model", true, [](BillFilter &f) { f.model = u"qwen-plus"_s; });
    row("no model", true, [](BillFilter &f) { f.model = u""_s; });
    row("from", true, [this](BillFilter &f) { f.from = m_all.at(50).createdAt; });
    row("to", true, [this](BillFilter &f) { f.to = m_all.at(50).createdAt; });
    row("between, in another zone", true, [this](BillFilter &f) {
        f.from = m_all.at(80).createdAt.toTimeZone(QTimeZone("Asia/Shanghai"));
        f.to = m_all.at(20).createdAt.toTimeZone(QTimeZone("America/St_Johns"));
    });
    row("from after to", false, [this](BillFilter &f) {
        f.from = m_all.at(20).createdAt;
        f.to = m_all.at(80).createdAt;
    });
    row("at least", true, [](BillFilter &f) { f.least = yuan("0"); });
    row("charges between", true, [](BillFilter &f) {
        f.least = yuan("-2");
        f.most = yuan("-0.000001");
    });
    row("within one quarter of an hour", true, [this](BillFilter &f) {
        f.from = m_all.at(60).createdAt;
        f.to = f.from.addMSecs(1);
    });
    row("text in the note", true, [](BillFilter &f) { f.text = u"充值"_s; });
    row("percent means itself", true, [](BillFilter &f) { f.text = u"0% o"_s; });
    row("percent alone", true, [](BillFilter &f) { f.text = u"%"_s; });
    row("underscore", true, [](BillFilter &f) { f.text = u"_"_s; });
    row("text in the model", true, [](BillFilter &f) { f.text = u"QWEN"_s; });
    row("an experiment's name", true, [this](BillFilter &f) { f.text = u"run "_s + m_runs.at(5).text().left(4); });
    row("start of an id", true, [this](BillFilter &f) { f.text = m_all.at(9).id.text().left(9); });
    row("quote", false, [](BillFilter &f) { f.text = u"' OR 1=1 --"_s; });
    row("combined", true, [this](BillFilter &f) {
        f.item = Item::InputTokens;
        f.model = u"glm%4"_s;
        f.from = m_all.at(150).createdAt;
        f.text = u"glm"_s;
    });
}

void TestBills::filters()
{
    QFETCH(BillFilter, filter);
    QFETCH(bool, finds);
    const BillPage page = must(m_book.ledger.bills(filter));
    const QList<Bill> expected = byHand(filter);
    QCOMPARE(page.bills, expected);
    QCOMPARE(page.total, expected.size());
    QCOMPARE(!expected.isEmpty(), finds);
    QCOMPARE(page.sum, sumOf(expected));
    QVERIFY(page.next.isEmpty());
}

void TestBills::amountsOfManyBills_data()
{
    QTest::addColumn<std::optional<Money>>("least");
    QTest::addColumn<std::optional<Money>>("most");
    using Bound = std::optional<Money>;
    const auto row = [](const char *name, Bound least, Bound most) { QTest::newRow(name) << least << most; };
    row("all", yuan("-1000"), yuan("1000"));
    row("at least, nearly all", yuan("-2.5"), {});
    row("at most, nearly all", {}, yuan("0.9"));
    row("but the ends", yuan("-2.5"), yuan("0.9"));
    row("half", yuan("-0.005"), {});
    row("few", {}, yuan("-2.5"));
    row("none", {}, yuan("-1000"));
    row("least above most", yuan("0.9"), yuan("-2.5"));
    row("the least that there is", Money::fromMicro(INT64_MIN), Money::fromMicro(INT64_MAX));
}

void TestBills::amountsOfManyBills()
{
    QFETCH(std::optional<Money>, least);
    QFETCH(std::optional<Money>, most);
    const SelectionLimits usual = std::exchange(selectionLimits(), SelectionLimits{.sampled = 0});
    const auto restore = qScopeGuard([&usual] { selectionLimits() = usual; });
    for (const std::optional<Item> item : {std::optional<Item>(), std::optional(Item::InputTokens)})
        for (const bool isLater : {false, true}) {
            BillFilter filter;
            filter.tenant = u"lab"_s;
            filter.limit = 10'000;
            filter.item = item;
            filter.from = isLater ? m_all.at(m_all.size() / 2).createdAt : QDateTime();
            filter.least = least;
            filter.most = most;
            const BillPage page = must(m_book.ledger.bills(filter));
            const QList<Bill> expected = byHand(filter);
            QCOMPARE(page.bills, expected);
            QCOMPARE(page.total, expected.size());
            QCOMPARE(page.sum, sumOf(expected));
        }
}

void TestBills::randomFilters_data()
{
    // Each way of looking is gone, however few bills there are.
    QTest::addColumn<SelectionLimits>("limits");
    QTest::addColumn<int>("rounds");
    QTest::newRow("as they are") << SelectionLimits() << 300;
    QTest::newRow("a page near, or each part's newest") << SelectionLimits{.few = 0, .near = 40} << 100;
    QTest::newRow("each part's newest") << SelectionLimits{.few = 0, .near = 0} << 60;
    QTest::newRow("too many models") << SelectionLimits{.models = 0, .few = 0} << 60;
    QTest::newRow("too many names with the text") << SelectionLimits{.namesBound = 0} << 60;
    QTest::newRow("amounts, as some of the bills have them") << SelectionLimits{.few = 0, .sampled = 0} << 100;
    QTest::newRow("too many names") << SelectionLimits{.names = 3, .few = 0, .near = 10} << 60;
}

void TestBills::randomFilters()
{
    QFETCH(SelectionLimits, limits);
    QFETCH(int, rounds);
    const SelectionLimits usual = std::exchange(selectionLimits(), limits);
    const auto restore = qScopeGuard([&usual] { selectionLimits() = usual; });
    const QList<QByteArray> zones{"UTC", "Asia/Shanghai", "America/St_Johns", "Asia/Kathmandu"};
    QRandomGenerator random(11);
    for (int i = 0; i < rounds; ++i) {
        BillFilter filter;
        filter.tenant = u"lab"_s;
        filter.limit = 10'000;
        if (random.bounded(2) == 0)
            filter.item = static_cast<Item>(random.bounded(5));
        if (random.bounded(3) == 0)
            filter.model = m_all.at(random.bounded(m_all.size())).model;
        if (random.bounded(4) == 0)
            filter.experiment = m_runs.at(random.bounded(m_runs.size()));
        if (random.bounded(2) == 0)
            filter.from = m_all.at(random.bounded(m_all.size())).createdAt;
        if (random.bounded(2) == 0)
            filter.to = m_all.at(random.bounded(m_all.size())).createdAt;
        if (random.bounded(3) == 0)
            filter.text =
                QStringList{u"a"_s, u"%"_s, u"Run"_s, u"typo"_s, u"\\"_s, u"n"_s, m_runs.at(3).text().left(5)}.at(
                    random.bounded(7));
        if (random.bounded(4) == 0)
            filter.least = Money::fromMicro(-random.bounded(3'000'000));
        if (random.bounded(4) == 0)
            filter.most = m_all.at(random.bounded(m_all.size())).amount;
        const BillPage page = must(m_book.ledger.bills(filter));
        const QList<Bill> expected = byHand(filter);
        QCOMPARE(page.bills, expected);
        QCOMPARE(page.total, expected.size());
        QCOMPARE(page.sum, sumOf(expected));
        QList<Bill> read; // page by page
        BillFilter part = filter;
        part.limit = 1 + static_cast<int>(expected.size() / 3);
        do {
            const BillPage some = must(m_book.ledger.bills(part));
            read += some.bills;
            part.after = some.next;
        } while (!part.after.isEmpty());
        QCOMPARE(read, expected);
        for (const GroupBy by : {GroupBy::Item, GroupBy::Model, GroupBy::Experiment, GroupBy::Day, GroupBy::Month}) {
            const QTimeZone zone(zones.at(random.bounded(zones.size())));
            QCOMPARE(must(m_book.ledger.groups(filter, by, zone)), groupsByHand(expected, by, zone));
        }
    }
}

void TestBills::daysAndMonthsOfAnyZone()
{
    // The bills lie around 8 March 2026, when St. John's goes to summer time: a day of 23 hours.
    QRandomGenerator random(13);
    for (const char *name : {"UTC", "Asia/Shanghai", "America/St_Johns", "Europe/Berlin"}) {
        const QTimeZone zone(name);
        for (int i = 0; i < 40; ++i) {
            const QDate from = QDate(2026, 2, 25).addDays(random.bounded(18));
            const QDate to = from.addDays(random.bounded(12));
            QMap<std::pair<QDate, Item>, Money> byHand;
            for (const Bill &bill : std::as_const(m_all)) {
                const QDate day = bill.createdAt.toTimeZone(zone).date();
                if (day < from || day > to)
                    continue;
                Money &sum = byHand[{day, bill.item}];
                sum = must(sum.plus(bill.amount));
            }
            const QList<DaySpend> days = must(m_book.ledger.spendPerDay(u"lab"_s, from, to, zone));
            QCOMPARE(days.size(), byHand.size());
            for (const DaySpend &day : days)
                QCOMPARE(day.amount, byHand.value({day.day, day.item}));
        }
        Money sum;
        for (const MonthTotal &month : must(m_book.ledger.monthTotals(u"lab"_s, zone)))
            sum = must(must(sum.plus(month.spent)).plus(month.recharged));
        QCOMPARE(sum, sumOf(m_all));
    }
}

QList<BillGroup> TestBills::groupsByHand(const QList<Bill> &bills, GroupBy by, const QTimeZone &zone)
{
    QList<BillGroup> groups;
    for (const Bill &bill : bills) {
        BillGroup key;
        const QDate day = bill.createdAt.toTimeZone(zone).date();
        if (by == GroupBy::Item)
            key.item = bill.item;
        if (by == GroupBy::Model)
            key.model = bill.model;
        if (by == GroupBy::Experiment) {
            key.experiment = bill.experiment;
            key.experimentName = bill.experimentName;
        }
        if (by == GroupBy::Day)
            key.day = day;
        if (by == GroupBy::Month)
            key.day = QDate(day.year(), day.month(), 1);
        auto found = std::find_if(groups.begin(), groups.end(), [&](BillGroup group) {
            group.bills = 0;
            group.sum = {};
            return group == key;
        });
        if (found == groups.end())
            found = groups.insert(groups.end(), key);
        ++found->bills;
        found->sum = must(found->sum.plus(bill.amount));
    }
    std::sort(groups.begin(), groups.end(), [by](const BillGroup &a, const BillGroup &b) {
        switch (by) {
        case GroupBy::Item:
            return a.item < b.item;
        case GroupBy::Model:
            return a.model.toUtf8() < b.model.toUtf8();
        case GroupBy::Experiment:
            return std::pair(a.sum, a.experiment->text()) < std::pair(b.sum, b.experiment->text());
        case GroupBy::Day:
        case GroupBy::Month:
            return a.day > b.day;
        }
        return false;
    });
    return groups;
}

void TestBills::groupsOfExperimentsAreBounded()
{
    BillFilter filter;
    filter.tenant = u"lab"_s;
    const QList<BillGroup> all = must(m_book.ledger.groups(filter, GroupBy::Experiment, QTimeZone::utc()));
    QCOMPARE(all.size(), m_runs.size() + 1); // and the recharges
    QCOMPARE(must(m_book.ledger.groups(filter, GroupBy::Experiment, QTimeZone::utc(), 3)), all.mid(0, 3));
    QCOMPARE(must(m_book.ledger.experimentGroups(filter)), all.size());
    filter.item = Item::Recharge;
    QCOMPARE(must(m_book.ledger.experimentGroups(filter)), 1);
    filter.item = {};
    filter.text = u"run 1"_s;
    QCOMPARE(must(m_book.ledger.experimentGroups(filter)),
        must(m_book.ledger.groups(filter, GroupBy::Experiment, QTimeZone::utc())).size());
    filter.tenant = u"nobody"_s;
    QCOMPARE(codeOf(m_book.ledger.groups(filter, GroupBy::Item, QTimeZone::utc())), u"tenant_unknown"_s);
    QCOMPARE(codeOf(m_book.ledger.experimentGroups(filter)), u"tenant_unknown"_s);
}

void TestBills::pages()
{
    for (const int limit : {1, 7, 100, 198, 1'000}) {
        BillFilter filter;
        filter.tenant = u"lab"_s;
        filter.limit = limit;
        QList<Bill> gathered;
        do {
            const BillPage page = must(m_book.ledger.bills(filter));
            QCOMPARE(page.total, m_all.size()); // of the whole selection, on every page
            QVERIFY(page.bills.size() <= limit);
            gathered += page.bills;
            filter.after = page.next;
        } while (!filter.after.isEmpty());
        QCOMPARE(gathered, m_all);
    }
}

void TestBills::pageStaysWhileBillsArrive()
{
    Book book;
    for (int i = 0; i < 6; ++i)
        must(book.ledger.recharge(u"lab"_s, yuan("1"), QString::number(i)));
    BillFilter filter;
    filter.tenant = u"lab"_s;
    filter.limit = 3;
    filter.after = must(book.ledger.bills(filter)).next;
    must(book.ledger.recharge(u"lab"_s, yuan("1"), u"new"_s));
    const BillPage second = must(book.ledger.bills(filter));
    QCOMPARE(second.bills.size(), 3);
    QCOMPARE(second.bills.at(0).description, u"2"_s); // none twice, none left out
}

void TestBills::badCursor_data()
{
    QTest::addColumn<QString>("cursor");
    for (const char *cursor : {"x", "-1", "0", "1.5", "99999999999999999999"})
        QTest::newRow(cursor) << QString::fromLatin1(cursor);
}

void TestBills::badCursor()
{
    QFETCH(QString, cursor);
    BillFilter filter;
    filter.tenant = u"lab"_s;
    filter.after = cursor;
    QCOMPARE(codeOf(m_book.ledger.bills(filter)), u"cursor_invalid"_s);
}

void TestBills::tenantsAreApart()
{
    BillFilter filter;
    filter.tenant = u"other"_s;
    filter.experiment = m_runs.at(0);
    QCOMPARE(must(m_book.ledger.bills(filter)).total, 0);
    QVERIFY(must(m_book.ledger.billsOf(u"other"_s, m_runs.at(0))).isEmpty());
    QVERIFY(!must(m_book.ledger.billsOf(u"lab"_s, m_runs.at(0))).isEmpty());
    filter.experiment.reset();
    filter.limit = 10'000;
    const QList<Bill> others = must(m_book.ledger.bills(filter)).bills;
    QCOMPARE(others.size(), 12 * 4);
    for (const Bill &bill : others)
        QCOMPARE(bill.tenant, u"other"_s);
}

void TestBills::csv()
{
    BillFilter filter;
    filter.tenant = u"lab"_s;
    filter.limit = 1; // does not matter here
    const QString text = csvOf(m_book, filter);
    QVERIFY(text.endsWith(u"\r\n"_s));
    const QList<QStringList> lines = parseCsv(text);
    QCOMPARE(lines.size(), m_all.size() + 1);
    const QStringList header = lines.at(0);
    for (qsizetype i = 0; i < m_all.size(); ++i) {
        const QStringList &line = lines.at(i + 1);
        const Bill &bill = m_all.at(i);
        const auto field = [&](const QString &name) { return line.at(header.indexOf(name)); };
        QCOMPARE(line.size(), header.size());
        QCOMPARE(field(u"created_at"_s), toIso(bill.createdAt));
        QCOMPARE(must(Money::parse(field(u"amount"_s))), bill.amount);
        QCOMPARE(must(Money::parse(field(u"balance_after"_s))), bill.balanceAfter);
        QCOMPARE(field(u"quantity"_s).toLongLong(), bill.quantity);
        QCOMPARE(field(u"experiment"_s), bill.experiment.text());
        QCOMPARE(field(u"experiment_name"_s), bill.experimentName);
        QCOMPARE(field(u"description"_s), bill.description == u"=1+1" ? u"'=1+1"_s : bill.description);
    }
    filter.item = Item::Correction;
    QCOMPARE(parseCsv(csvOf(m_book, filter)).size(), 7);
}

void TestBills::csvIsHarmless_data()
{
    QTest::addColumn<QString>("note");
    QTest::addColumn<QString>("exported");
    QTest::newRow("formula") << u"=HYPERLINK(\"http://x\",\"y\")"_s << u"'=HYPERLINK(\"http://x\",\"y\")"_s;
    QTest::newRow("plus") << u"+cmd|' /C calc'!A0"_s << u"'+cmd|' /C calc'!A0"_s;
    QTest::newRow("minus") << u"-2+3"_s << u"'-2+3"_s;
    QTest::newRow("at") << u"@SUM(A1)"_s << u"'@SUM(A1)"_s;
    QTest::newRow("number") << u"-12.5"_s << u"-12.5"_s;
    QTest::newRow("minus infinity") << u"-inf"_s << u"'-inf"_s;
    QTest::newRow("lines") << u"one\r\ntwo\nthree"_s << u"one\r\ntwo\nthree"_s;
    QTest::newRow("right to left") << u"\u202eabc \u05d0"_s << u"\u202eabc \u05d0"_s;
    QTest::newRow("longest") << QString(4'000, u'\u4e00') << QString(4'000, u'\u4e00');
}

void TestBills::csvIsHarmless()
{
    QFETCH(QString, note);
    QFETCH(QString, exported);
    Book book;
    must(book.ledger.recharge(u"lab"_s, yuan("1"), note));
    const QList<QStringList> lines = parseCsv(csvOf(book, {.tenant = u"lab"_s}));
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines.at(1).at(lines.at(0).indexOf(u"description"_s)), exported);
}

void TestBills::csvToAFullDisk()
{
    FullDevice device;
    QCOMPARE(codeOf(m_book.ledger.exportCsv({.tenant = u"lab"_s}, device)), u"write_failed"_s);
    must(m_book.ledger.recharge(u"other"_s, yuan("1"))); // the frozen view was let go
}

void TestBills::days_data()
{
    QTest::addColumn<QByteArray>("zone");
    for (const char *zone :
        {"UTC", "Asia/Shanghai", "America/St_Johns", "Asia/Kathmandu", "Europe/Berlin", "Pacific/Kiritimati"})
        QTest::newRow(zone) << QByteArray(zone);
}

void TestBills::days()
{
    QFETCH(QByteArray, zone);
    const QTimeZone timeZone(zone);
    Book book;
    book.doNotSync();
    // Through both changes of the clocks in 2026, at odd minutes, and a moment before and after each midnight.
    book.clock.set(u"2026-01-01T00:00:00.000Z"_s);
    QRandomGenerator random(3);
    QMap<std::pair<QDate, Item>, qint64> expected;
    const QDate from(2026, 3, 1);
    const QDate to(2026, 11, 30);
    for (int i = 0; i < 400; ++i) {
        if (i % 2 == 0)
            book.clock.set(toIso(QDate(2026, 1, 1)
                                     .addDays(i * 364 / 400)
                                     .startOfDay(timeZone)
                                     .addMSecs(random.bounded(2) == 0 ? -1 : 0)));
        else
            book.clock.advance(random.bounded(50'000'000));
        const auto run = ExperimentId::random();
        const Settled settled = must(book.ledger.settle(
            {u"lab"_s, run, {usage(Item::RunTime, random.bounded(1'000'000)), usage(Item::InputTokens, 5, u"m"_s)}}));
        const QDate day = book.clock.now().toTimeZone(timeZone).date();
        for (const Bill &bill : settled.bills)
            if (day >= from && day <= to)
                expected[{day, bill.item}] += bill.amount.micro();
    }
    const QList<DaySpend> spend = must(book.ledger.spendPerDay(u"lab"_s, from, to, timeZone));
    QCOMPARE(spend.size(), expected.size());
    for (const DaySpend &day : spend)
        QCOMPARE(day.amount.micro(), expected.value({day.day, day.item}));
    QVERIFY(std::is_sorted(
        spend.cbegin(), spend.cend(), [](const DaySpend &a, const DaySpend &b) { return a.day < b.day; }));
}

void TestBills::months()
{
    Book book;
    const auto at = [&](const char *iso) { book.clock.set(QString::fromLatin1(iso)); };
    at("2025-12-31T15:59:59.999Z"); // still December in Shanghai
    const Bill first = must(book.ledger.recharge(u"lab"_s, yuan("10")));
    at("2025-12-31T16:00:00.000Z"); // January there
    const Settled settled =
        must(book.ledger.settle({u"lab"_s, ExperimentId::random(), {usage(Item::RunTime, 1'000'000)}}));
    at("2026-02-10T00:00:00.000Z");
    must(book.ledger.correct(u"lab"_s, settled.bills.at(0).id, yuan("0.25"), u"too long"_s));
    must(book.ledger.correct(u"lab"_s, first.id, yuan("-9"), u"typo"_s));
    must(book.ledger.settle({u"lab"_s, ExperimentId::random(), {usage(Item::RunTime, 2'000'000)}}));
    const QTimeZone shanghai("Asia/Shanghai");
    const QList<MonthTotal> expected{{QDate(2026, 2, 1), yuan("-1.75"), yuan("-9")},
        {QDate(2026, 1, 1), yuan("-1"), {}}, {QDate(2025, 12, 1), {}, yuan("10")}};
    QCOMPARE(must(book.ledger.monthTotals(u"lab"_s, shanghai)), expected);
    QCOMPARE(must(book.ledger.monthTotals(u"lab"_s, shanghai, 2)), expected.mid(0, 2));
    QCOMPARE(must(book.ledger.monthTotals(u"lab"_s, QTimeZone::utc())).constLast().spent, yuan("-1"));
}

QTEST_GUILESS_MAIN(TestBills)
#include "tst_bills.moc"
