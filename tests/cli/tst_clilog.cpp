// SPDX-License-Identifier: GPL-3.0-or-later
// society-cli log, by the runs of a runner that plays AgentSociety.
#include "tests/cli/cliprogram.h"

#include <QFile>
#include <QTest>

using namespace society::test;

class TestCliLog : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProgram> m_program;

    /// Starts a run; its id.
    QString start(const char *name, const QStringList &options = {}) const
    {
        return m_program->practice(QLatin1String(name), options).object().value(QStringLiteral("id")).toString();
    }
    QByteArray bytesOf(const QString &id) const
    {
        const QJsonObject status = m_program->json({QStringLiteral("status"), id}).object();
        QFile file(status.value(QStringLiteral("run_directory")).toString() + QStringLiteral("/log.txt"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QByteArray matching(const QList<QByteArray> &lines, const QByteArray &text)
    {
        QByteArray found;
        for (const QByteArray &line : lines)
            found += line.contains(text) ? line + '\n' : QByteArray();
        return found;
    }

private slots:
    void init()
    {
        m_program = std::make_unique<CliProgram>();
        const CliOutcome made = m_program->setUp();
        QVERIFY2(made.code == 0, made.words().constData());
    }

    void copiesLines()
    {
        const QString id = start("well", {QStringLiteral("--wait")});
        const QByteArray all = bytesOf(id);
        const QList<QByteArray> lines = all.chopped(1).split('\n');
        const auto log = [&](const QStringList &options) {
            return m_program->run(QStringList{QStringLiteral("log"), id} + options);
        };
        QVERIFY(lines.size() > 5);
        QCOMPARE(log({}).out, all);
        QCOMPARE(log({QStringLiteral("--lines"), QStringLiteral("2")}).out, lines.last(2).join('\n') + '\n');
        QCOMPARE(log({QStringLiteral("--lines"), QStringLiteral("0")}).out, QByteArray());
        const QByteArray steps = matching(lines, ", step ");
        QCOMPARE(steps.count('\n'), 3);
        QCOMPARE(log({QStringLiteral("--grep"), m_pattern}).out, steps);
        QCOMPARE(log({QStringLiteral("--lines"), QStringLiteral("2"), QStringLiteral("--grep"), m_pattern}).out,
            matching(lines.last(2), ", step "));
        QCOMPARE(log({QStringLiteral("--grep"), QStringLiteral("there is no such line")}).out, QByteArray());
        QCOMPARE(log({QStringLiteral("--follow")}).out, all); // it has ended: the same
        const CliOutcome bad =
            m_program->json({QStringLiteral("log"), id, QStringLiteral("--grep"), QStringLiteral("a(")});
        QCOMPARE(bad.code, 1);
        QCOMPARE(bad.error(), QStringLiteral("pattern_invalid"));
        QVERIFY2(bad.words().contains("a("), bad.words().constData());
    }

    void followsUntilTheRunEnds()
    {
        const QString id = start("sleep");
        const auto everything = m_program->start({QStringLiteral("log"), QStringLiteral("--follow"), id});
        const auto some = m_program->start(
            {QStringLiteral("log"), QStringLiteral("--follow"), QStringLiteral("--grep"), m_pattern, id});
        QByteArray whole;
        QByteArray found;
        const auto reads = [](QProcess &process, QByteArray &into, const QByteArray &text) {
            into += process.readAllStandardOutput();
            return into.contains(text);
        };
        QTRY_VERIFY_WITH_TIMEOUT(reads(*everything, whole, "step 2\n"), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(reads(*some, found, "step 2\n"), 20000);
        QCOMPARE(everything->state(), QProcess::Running);
        QCOMPARE(m_program->json({QStringLiteral("stop"), id}).code, 0);
        for (QProcess *process : {everything.get(), some.get()}) { // both end with the run
            QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 20000);
            QCOMPARE(process->exitCode(), 0);
        }
        whole += everything->readAllStandardOutput();
        found += some->readAllStandardOutput();
        QCOMPARE(whole, bytesOf(id));
        QCOMPARE(found, matching(whole.split('\n'), ", step "));
    }

private:
    const QString m_pattern = QStringLiteral("at \\d+, step [0-9]$");
};

QTEST_GUILESS_MAIN(TestCliLog)
#include "tst_clilog.moc"
