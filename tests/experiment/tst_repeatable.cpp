// SPDX-License-Identifier: GPL-3.0-or-later
// The same record and the same answers give the same society, whatever else the machine does meanwhile.
#include "services/agentsociety/resultdatabase.h"
#include "tests/support/testworkspace.h"

#include <QTest>
#include <QThread>

#include <atomic>

using namespace society;
using namespace society::experiment;
using society::test::TestWorkspace;

namespace {

/// Everything that a run wrote, without the times at which it did.
QStringList dump(const Experiment &experiment)
{
    const agentsociety::ResultDatabase results(
        experiment.runDirectory + QStringLiteral("/home"), experiment.id, experiment.tenant);
    QStringList lines;
    for (const agentsociety::ResultTable table : agentsociety::resultTables()) {
        const QList<agentsociety::ResultColumn> columns = agentsociety::resultColumns(table);
        agentsociety::PageRequest page;
        do {
            const auto rows = results.rows(table, page);
            if (!rows) {
                lines.append(agentsociety::resultTableName(table) + u' ' + rows.error().code);
                break;
            }
            for (const QVariantList &row : rows->rows) {
                QStringList cells{agentsociety::resultTableName(table)};
                for (qsizetype i = 0; i < row.size(); ++i)
                    if (columns.at(i).kind != agentsociety::ResultColumn::Kind::Time)
                        cells.append(QDebug::toString(row.at(i)));
                lines.append(cells.join(u'|'));
            }
            page.after = rows->next;
        } while (page.after != 0);
    }
    return lines;
}

/// Two busy threads for as long as it lives.
class Load {
public:
    Load()
    {
        for (auto &thread : m_threads) {
            thread.reset(QThread::create([this] {
                while (!m_stop)
                    m_count.fetch_add(1, std::memory_order_relaxed);
            }));
            thread->start();
        }
    }
    ~Load()
    {
        m_stop = true;
        for (auto &thread : m_threads)
            thread->wait();
    }
    Load(const Load &) = delete;
    Load &operator=(const Load &) = delete;

private:
    std::atomic_bool m_stop = false;
    std::atomic<quint64> m_count = 0;
    std::array<std::unique_ptr<QThread>, 2> m_threads;
};

} // namespace

class TestRepeatable : public QObject {
    Q_OBJECT

private slots:
    void sameSeedSameRowsAnotherSeedOthers()
    {
        TestWorkspace space;
        QVERIFY2(space.isReady() && space.useRealRunner(), qPrintable(space.error()));
        Request request = space.practiceRequest();
        request.seed = 7;
        const auto first = space.experiments().start(request);
        QVERIFY2(first, first ? "" : qPrintable(first.error().message));
        const auto firstEnd = space.experiments().waitForEnd(first->id, 300);
        QVERIFY(firstEnd);
        QCOMPARE(stateWord(firstEnd->state), QStringLiteral("finished"));
        QCOMPARE(firstEnd->seed, 7U);

        Result<Experiment> again = fail(ErrorKind::Refused, "not_run", {});
        {
            const Load load;
            again = space.experiments().rerun(TestWorkspace::Tenant, first->id, {});
            QVERIFY2(again, again ? "" : qPrintable(again.error().message));
            again = space.experiments().waitForEnd(again->id, 300);
        }
        QVERIFY(again);
        QCOMPARE(stateWord(again->state), QStringLiteral("finished"));
        QCOMPARE(again->seed, 7U);
        QCOMPARE(again->tokensIn, firstEnd->tokensIn);
        QCOMPARE(again->tokensOut, firstEnd->tokensOut);
        QCOMPARE(again->calls, firstEnd->calls);
        const QStringList rows = dump(*firstEnd);
        QVERIFY(rows.size() > 30);
        QCOMPARE(dump(*again), rows);

        ExperimentService::Rerun other;
        other.seed = 8;
        const auto third = space.experiments().rerun(TestWorkspace::Tenant, first->id, other);
        QVERIFY(third);
        const auto thirdEnd = space.experiments().waitForEnd(third->id, 300);
        QVERIFY(thirdEnd);
        QCOMPARE(stateWord(thirdEnd->state), QStringLiteral("finished"));
        QVERIFY(dump(*thirdEnd) != rows);
    }
};

QTEST_GUILESS_MAIN(TestRepeatable)
#include "tst_repeatable.moc"
