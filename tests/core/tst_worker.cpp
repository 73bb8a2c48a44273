// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/worker.h"

#include <QSemaphore>
#include <QTest>

#include <atomic>

using namespace society;
using namespace Qt::StringLiterals;

/// The thread that works so that the one which paints does not wait.
class TestWorker : public QObject {
    Q_OBJECT
private slots:
    void worksElsewhereAndAnswersHere();
    void inOrder();
    void doesNotBlockTheCaller();
    void droppedWhenTheContextDies();
    void contextMayDieInItsAnswer();
    void endFinishesTheJobInProgress();
    void endDropsTheWaitingOnes();
    void movesWhatCannotBeCopied();
};

void TestWorker::worksElsewhereAndAnswersHere()
{
    Worker worker(u"test"_s);
    QThread *workedIn = nullptr;
    QString name;
    QThread *answeredIn = nullptr;
    worker.run(
        this,
        [&] {
            workedIn = QThread::currentThread();
            return QThread::currentThread()->objectName();
        },
        [&](const QString &result) {
            name = result;
            answeredIn = QThread::currentThread();
        });
    QTRY_COMPARE(answeredIn, QThread::currentThread());
    QVERIFY(workedIn != nullptr && workedIn != answeredIn);
    QCOMPARE(name, u"test"_s);
}

void TestWorker::inOrder()
{
    Worker worker(u"test"_s);
    QList<int> worked;
    QList<int> answered;
    for (int i = 0; i < 500; ++i) {
        if (i % 3 == 0)
            worker.post([&, i] { worked.append(i); });
        else
            worker.run(
                this,
                [&, i] {
                    worked.append(i);
                    return i;
                },
                [&](int result) { answered.append(result); });
    }
    QTRY_COMPARE(answered.size(), 333);
    QVERIFY(std::is_sorted(answered.cbegin(), answered.cend()));
    QCOMPARE(worked.size(), 500);
    QVERIFY(std::is_sorted(worked.cbegin(), worked.cend()));
}

void TestWorker::doesNotBlockTheCaller()
{
    Worker worker(u"test"_s);
    QSemaphore gate;
    bool answered = false;
    worker.run(
        this,
        [&] {
            gate.acquire();
            return true;
        },
        [&](bool result) { answered = result; });
    QCoreApplication::processEvents();
    QVERIFY(!answered); // and we are here
    gate.release();
    QTRY_VERIFY(answered);
}

void TestWorker::droppedWhenTheContextDies()
{
    Worker worker(u"test"_s);
    QSemaphore gate;
    std::atomic<int> worked = 0;
    bool answered = false;
    auto context = std::make_unique<QObject>();
    worker.run(
        context.get(),
        [&] {
            gate.acquire();
            return ++worked;
        },
        [&](int) { answered = true; });
    worker.run(
        context.get(), [&] { return ++worked; }, [&](int) { answered = true; });
    context.reset();
    gate.release();
    bool last = false;
    worker.run(
        this, [] { return true; }, [&](bool result) { last = result; });
    QTRY_VERIFY(last);
    QCOMPARE(worked.load(), 2);
    QVERIFY(!answered);
}

void TestWorker::contextMayDieInItsAnswer()
{
    Worker worker(u"test"_s);
    auto *context = new QObject;
    int answers = 0;
    for (int i = 0; i < 2; ++i)
        worker.run(
            context, [] { return 1; },
            [&](int result) {
                answers += result;
                delete context;
            });
    bool last = false;
    worker.run(
        this, [] { return true; }, [&](bool result) { last = result; });
    QTRY_VERIFY(last);
    QCOMPARE(answers, 1);
}

void TestWorker::endFinishesTheJobInProgress()
{
    auto worker = std::make_unique<Worker>(u"test"_s);
    QSemaphore started;
    QSemaphore gate;
    std::atomic<bool> finished = false;
    bool answered = false;
    worker->run(
        this,
        [&] {
            started.release();
            gate.acquire();
            finished = true;
            return 1;
        },
        [&](int) { answered = true; });
    started.acquire();
    gate.release();
    worker.reset();
    QVERIFY(finished); // never cut off
    QCoreApplication::processEvents();
    QVERIFY(!answered); // its worker is gone
}

void TestWorker::endDropsTheWaitingOnes()
{
    auto worker = std::make_unique<Worker>(u"test"_s);
    QSemaphore started;
    QSemaphore never;
    std::atomic<int> worked = 0;
    worker->post([&] {
        started.release();
        (void)never.tryAcquire(1, 300); // in progress while the end is asked for
    });
    for (int i = 0; i < 100; ++i)
        worker->post([&] { ++worked; });
    started.acquire();
    worker.reset();
    QCOMPARE(worked.load(), 0);
}

void TestWorker::movesWhatCannotBeCopied()
{
    Worker worker(u"test"_s);
    std::unique_ptr<int> answer;
    worker.run(
        this, [] { return std::make_unique<int>(42); },
        [&](std::unique_ptr<int> result) { answer = std::move(result); });
    QTRY_VERIFY(answer != nullptr);
    QCOMPARE(*answer, 42);
}

QTEST_GUILESS_MAIN(TestWorker)
#include "tst_worker.moc"
