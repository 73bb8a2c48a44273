// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/runnerkit.h"
#include "services/config/preflight.h"
#include "tests/config/configfixture.h"
#include "tests/support/testworkspace.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::config;
using namespace Qt::StringLiterals;

/// What preflight lets pass, the real AgentSociety's own validator accepts: asked about hundreds of changed documents.
class TestRealValidator : public QObject {
    Q_OBJECT

private slots:
    void acceptsWhatWePass();

private:
    void offer(const Document &document)
    {
        const auto parts = isRunFile(document) ? splitRun(document, m_folder.path()) : Result<Parts>(Parts());
        if (!parts || hasErrors(preflight(*parts, m_maps)))
            return;
        const auto merged = merge(*parts, {ExperimentId::random(), u"x"_s});
        QVERIFY(merged.has_value());
        QByteArray line = merged->runnerJson;
        line.replace('\n', ' ').replace("@GATEWAY@", "http://127.0.0.1:1");
        m_lines.append(line);
    }
    void offerChangesOf(const Document &whole)
    {
        QStringList paths;
        const std::function<void(const QString &)> collect = [&](const QString &path) {
            paths.append(path);
            const QStringList keys = whole.keys(path);
            for (qsizetype i = 0; i < whole.size(path); ++i) {
                const QString key = keys.isEmpty() ? QString::number(i) : joinPath({keys.at(i)});
                collect(path.isEmpty() ? key : path + u'.' + key);
            }
        };
        collect({});
        for (const QString &path : std::as_const(paths)) {
            for (const char *value : {"null", "true", "0", "2.0", "1.5", "1e308", "\"\"", "\"1\"", "[]", "{}", "[5]",
                     "[1.5]", "{\"agent_class\": [\"citizen\"]}", "18446744073709551616", "\"run\"", "\"text\"",
                     "\"2026-01-01\""})
                offer(*whole.with(path, value));
            if (!path.isEmpty())
                offer(*whole.without(path));
        }
    }

    QTemporaryDir m_folder;
    MapCache m_maps;
    QByteArrayList m_lines;
};

void TestRealValidator::acceptsWhatWePass()
{
    const auto runner = agentsociety::RunnerKit(Workspace(test::runnerWorkspace())).installed();
    QVERIFY2(runner.has_value(), "no runner is installed for tests: run installer/test first");
    for (const QString &name : {u"every-step-type.json"_s, u"profiles-from-file.json"_s})
        offerChangesOf(json(example(name, m_folder.path())));
    QVERIFY2(m_lines.size() > 300, qPrintable(QString::number(m_lines.size())));
    QProcess python;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &proxy : {u"HTTP_PROXY"_s, u"HTTPS_PROXY"_s}) // AgentSociety calls a hub when it is imported
        environment.insert(proxy, u"http://127.0.0.1:9"_s);
    environment.insert(u"HF_ENDPOINT"_s, u"http://127.0.0.1:9"_s);
    python.setProcessEnvironment(environment);
    python.start(runner->interpreter, {u"-B"_s, sourcePath(u"tests/config/validate_runs.py"_s)});
    QVERIFY2(python.waitForStarted(), qPrintable(python.errorString()));
    python.write(m_lines.join('\n') + '\n');
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished(200'000));
    const QByteArray answer = python.readAllStandardOutput();
    QVERIFY2(!answer.contains("refused:"), answer.left(3000).constData());
    QVERIFY2(answer.contains("read " + QByteArray::number(m_lines.size())),
        python.readAllStandardError().right(2000).constData());
}

QTEST_GUILESS_MAIN(TestRealValidator)
#include "tst_realvalidator.moc"
