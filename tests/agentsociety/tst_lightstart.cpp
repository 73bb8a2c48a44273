// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

/// The stand-in for Ray, without AgentSociety: order, errors, both kinds of workers.
class TestLightStart : public QObject {
    Q_OBJECT

private slots:
    void behaves_data();
    void behaves();
    void answersInTurn_data();
    void answersInTurn();
    void seeds();
    void collectsGarbageFromTheFirstActorOn();
    void refusesAnUnknownKind();

private:
    static QByteArray run(const QProcessEnvironment &environment, const QStringList &arguments, int expectedExit = 0);
    static QString resource(const QString &name)
    {
        return qEnvironmentVariable("SOCIETY_SOURCE") + u"/resources/runner/"_s + name;
    }
};

QByteArray TestLightStart::run(const QProcessEnvironment &environment, const QStringList &arguments, int expectedExit)
{
    QProcess python;
    python.setProcessEnvironment(environment);
    python.start(u"/usr/bin/python3"_s, arguments);
    python.waitForFinished();
    if (python.exitCode() != expectedExit)
        qWarning("%s", python.readAllStandardError().constData());
    return python.readAllStandardOutput();
}

void TestLightStart::behaves_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("threads") << u"threads"_s;
    QTest::newRow("forked") << u"forked"_s;
}

void TestLightStart::behaves()
{
    QFETCH(QString, kind);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PYTHONPATH"_s, resource(u"light"_s));
    environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
    environment.insert(u"SOCIETY_LIGHT"_s, kind);
    const bool forked = kind == "forked"_L1;
    const QByteArray out =
        run(environment, {qEnvironmentVariable("SOCIETY_SOURCE") + u"/tests/agentsociety/light_start.py"_s});
    const QByteArrayList expected{"order [0, 1, 2, 3, 4, 5]", "error ValueError: told True", "plain second",
        forked ? "oddly RuntimeError: __main__.Odd: told oddly" : "oddly Odd: told oddly", "still first",
        forked ? "own process True" : "own process False", "handle True", "many True", "only classes"};
    QCOMPARE(out.trimmed().split('\n'), expected);
}

void TestLightStart::answersInTurn_data()
{
    QTest::addColumn<QByteArray>("seen");
    QTest::newRow("same_whatever_takes_how_long") << QByteArray("same True another True");
    QTest::newRow("quick_before_slow") << QByteArray("first second model");
    QTest::newRow("errors_and_cancelled") << QByteArray("error told cancelled True");
    QTest::newRow("waits_for_a_later_one") << QByteArray("went on True");
    QTest::newRow("beside_one_that_never_sleeps") << QByteArray("answered yes");
}

void TestLightStart::answersInTurn()
{
    QFETCH(QByteArray, seen);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PYTHONPATH"_s, resource(u"light"_s));
    environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
    const QByteArray out = run(environment, {qEnvironmentVariable("SOCIETY_SOURCE") + u"/tests/agentsociety/turns.py"_s,
                                                QString::fromLatin1(QTest::currentDataTag())});
    QCOMPARE(out.trimmed(), seen);
}

void TestLightStart::seeds()
{
    // Only the runner's own process is seeded: its children draw as they like.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PYTHONPATH"_s, resource(u"start"_s));
    environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
    environment.insert(u"SOCIETY_SEED"_s, u"4294967295"_s);
    const QByteArray child =
        run(environment, {u"-c"_s, u"import sys; print('numpy' in sys.modules, 'ray' in sys.modules)"_s});
    QCOMPARE(child.trimmed(), QByteArray("False False"));
}

void TestLightStart::collectsGarbageFromTheFirstActorOn()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PYTHONPATH"_s, resource(u"start"_s) + u':' + resource(u"light"_s));
    environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
    environment.insert(u"SOCIETY_LIGHT"_s, u"threads"_s);
    const QString script = u"import gc\nprint(gc.isenabled())\nimport ray\nclass A: pass\nray.remote(A).remote()\n"
                           "print(gc.isenabled(), gc.get_freeze_count() > 0)"_s;
    const QByteArray out = run(environment, {u"-c"_s, script, u"agentsociety.cli.cli"_s});
    QCOMPARE(out.trimmed(), QByteArray("False\nTrue True"));
    const QByteArray child = run(environment, {u"-c"_s, u"import gc; print(gc.isenabled())"_s});
    QCOMPARE(child.trimmed(), QByteArray("True"));
}

void TestLightStart::refusesAnUnknownKind()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PYTHONPATH"_s, resource(u"light"_s));
    environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
    environment.insert(u"SOCIETY_LIGHT"_s, u"magic"_s);
    const QByteArray out = run(environment,
        {u"-c"_s, u"import ray\nclass A: pass\ntry: ray.remote(A).remote()\nexcept ValueError as e: print(e)"_s});
    QCOMPARE(out.trimmed(), QByteArray("SOCIETY_LIGHT is 'magic'; it can be 'threads' or 'forked'"));
}

QTEST_GUILESS_MAIN(TestLightStart)
#include "tst_lightstart.moc"
