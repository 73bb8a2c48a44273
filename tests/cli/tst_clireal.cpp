// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cliprogram.h"

#include <QFile>
#include <QTest>

using namespace society::test;

/// The commands that the first page of docs/cli.md shows, on the real AgentSociety.
class TestCliReal : public QObject {
    Q_OBJECT

private slots:
    void fromNothingToResults()
    {
        const QString set = qEnvironmentVariable("SOCIETY_TEST_RUNNER_WORKSPACE");
        const QString shared =
            set.isEmpty() ? qEnvironmentVariable("SOCIETY_SOURCE") + QStringLiteral("/build/test-workspace") : set;
        QFile installed(shared + QStringLiteral("/runner/installed.json"));
        QVERIFY2(installed.open(QIODevice::ReadOnly),
            qPrintable(QStringLiteral("no AgentSociety in %1: run installer/test, which installs it").arg(shared)));
        const QString runner =
            QJsonDocument::fromJson(installed.readAll()).object().value(QStringLiteral("path")).toString();

        const CliProgram program;
        const CliOutcome setup = program.json({QStringLiteral("setup"), QStringLiteral("--runner"), runner});
        QVERIFY2(setup.code == 0, setup.words().constData());
        const CliOutcome doctor = program.json({QStringLiteral("doctor")});
        QVERIFY2(doctor.code == 0, doctor.words().constData());
        const CliOutcome run = program.practice(QStringLiteral("first"), {QStringLiteral("--wait=120")});
        QVERIFY2(run.code == 0, run.words().constData());
        QCOMPARE(run.object().value(QStringLiteral("state")).toString(), QStringLiteral("finished"));
        QVERIFY(run.object().value(QStringLiteral("tokens_in")).toInteger() > 1000);
        // AgentSociety's own totals, as a cross-check: never more than what the gateway metered.
        const QJsonObject status =
            program.json({QStringLiteral("status"), run.object().value(QStringLiteral("id")).toString()}).object();
        const qint64 own = status.value(QStringLiteral("runner_tokens_in")).toInteger();
        QVERIFY2(
            own > 0 && own <= status.value(QStringLiteral("tokens_in")).toInteger(), qPrintable(QString::number(own)));
        QCOMPARE(run.object().value(QStringLiteral("step")), run.object().value(QStringLiteral("steps_total")));
        for (const QJsonValue &table : program.json({QStringLiteral("results"), QStringLiteral("first")}).array()) {
            const QString name = table.toObject().value(QStringLiteral("table")).toString();
            const qint64 rows = table.toObject().value(QStringLiteral("rows")).toInteger();
            QCOMPARE(program.json({QStringLiteral("results"), QStringLiteral("first"), name}).array().size(), rows);
            QVERIFY2(rows > 0, qPrintable(name));
        }
        QVERIFY(program
                    .run({QStringLiteral("log"), QStringLiteral("first"), QStringLiteral("--grep"),
                        QStringLiteral("Start simulation day")})
                    .out.contains("step 0"));
        const CliOutcome audit = program.json({QStringLiteral("audit")});
        QVERIFY2(audit.code == 0, audit.words().constData());
    }
};

QTEST_GUILESS_MAIN(TestCliReal)
#include "tst_clireal.moc"
