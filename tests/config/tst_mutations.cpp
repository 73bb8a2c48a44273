// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/preflight.h"
#include "services/config/summary.h"
#include "tests/config/configfixture.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::config;
using namespace Qt::StringLiterals;

/// Documents that nobody would write: whatever stands in them, an answer with words and no crash.
class TestMutations : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void bytes();
    void values();
    void yaml();
    void schemaAgreesWithMerge();

private:
    void look(const Document &document)
    {
        for (const Kind kind : allKinds()) {
            for (const Problem &problem : check(kind, document, {m_folder.path(), &m_maps})) {
                QVERIFY(!problem.message.isEmpty() && !problem.code.isEmpty());
                (void)document.position(problem.path);
            }
        }
        (void)detectKind(document);
        if (!isRunFile(document))
            return;
        QList<Problem> notes;
        const auto parts = splitRun(document, m_folder.path(), &notes);
        if (!parts)
            return;
        const QList<Problem> problems = preflight(*parts, m_maps);
        const auto merged = merge(*parts, {ExperimentId::random(), u"x"_s});
        QVERIFY2(merged.has_value() || hasErrors(problems), qPrintable(merged ? QString() : merged.error().path));
        (void)composeRun(*parts);
        (void)summary(Kind::Agents, parts->agents.document, {m_folder.path(), &m_maps});
        (void)workflowSteps(parts->workflow.document);
    }

    QTemporaryDir m_folder;
    MapCache m_maps;
    QByteArray m_text;
};

void TestMutations::initTestCase()
{
    m_text = example(u"every-step-type.json"_s, m_folder.path());
    QVERIFY(!m_text.isEmpty());
}

void TestMutations::bytes()
{
    QRandomGenerator random(1);
    int readable = 0;
    for (int i = 0; i < 10'000; ++i) {
        QByteArray text = m_text;
        const int changes = 1 + static_cast<int>(random.bounded(3U));
        for (int change = 0; change < changes; ++change) {
            const auto at = static_cast<qsizetype>(random.bounded(static_cast<quint32>(text.size())));
            switch (random.bounded(4)) {
            case 0:
                text[at] = static_cast<char>(random.bounded(256));
                break;
            case 1:
                text.remove(at, 1 + static_cast<qsizetype>(random.bounded(20U)));
                break;
            case 2:
                text.insert(
                    at, text.mid(static_cast<qsizetype>(random.bounded(static_cast<quint32>(text.size()))), 15));
                break;
            default:
                text[at] = "[]{}\",:0n-e."[random.bounded(12)];
            }
        }
        const auto document = Document::parse(text, Format::Json, u"x"_s);
        if (!document) {
            QVERIFY(!document.error().message.isEmpty() && !document.error().remedy.isEmpty());
            continue;
        }
        if (++readable % 20 == 0) // each look is a whole preflight
            look(*document);
    }
    QVERIFY2(readable > 500, qPrintable(QString::number(readable)));
}

void TestMutations::values()
{
    // Every place of the file, with wrong values of several kinds.
    const Document whole = json(m_text);
    QStringList paths;
    const std::function<void(const QString &)> collect = [&](const QString &path) {
        paths.append(path);
        for (qsizetype i = 0; i < whole.size(path); ++i) {
            const QStringList keys = whole.keys(path);
            const QString key = keys.isEmpty() ? QString::number(i) : joinPath({keys.at(i)});
            collect(path.isEmpty() ? key : path + u'.' + key);
        }
    };
    collect({});
    QVERIFY(paths.size() > 100);
    const QByteArrayList wrong{"null", "-1", "1e308", "\"\"", "[[null]]", "{\"\": {}}"};
    qsizetype next = 0;
    for (const QString &path : std::as_const(paths)) {
        for (int i = 0; i < 3; ++i) { // three of the six at each place, in turn
            const auto changed = whole.with(path, wrong.at(next++ % wrong.size()));
            QVERIFY(changed.has_value());
            look(*changed);
        }
        ++next;
        if (!path.isEmpty())
            look(*whole.without(path));
    }
}

void TestMutations::yaml()
{
    QRandomGenerator random(2);
    const QByteArray source(
        "llm: &l\n- provider: qwen\n  model: 'm'\n  api_key: |\n    sk\nexp:\n  workflow:\n  - {type: step, steps: "
        "3}\n  - <<: {a: 1}\n    type: run\n"
        "agents: {citizens: [{agent_class: citizen, number: 0x2}]}\nmap: {file_path: town.pb}\nextra: *l\n");
    QVERIFY(Document::parse(source, Format::Yaml).has_value());
    int readable = 0;
    for (int i = 0; i < 4'000; ++i) {
        QByteArray text = source;
        for (int change = 0; change < 1 + i % 3; ++change)
            text[static_cast<qsizetype>(random.bounded(static_cast<quint32>(text.size())))] =
                ":-&*|>{}[]!%@`'\"\n ~#?,x0"[random.bounded(24)];
        const auto document = Document::parse(text, Format::Yaml);
        if (document && ++readable % 8 == 0)
            look(*document);
    }
    QVERIFY2(readable > 500, qPrintable(QString::number(readable)));
}

void TestMutations::schemaAgreesWithMerge()
{
    const auto parts = splitRun(json(m_text), m_folder.path());
    QVERIFY(parts.has_value());
    QVERIFY(!hasErrors(preflight(*parts, m_maps)));
    const auto merged = merge(*parts, {ExperimentId::random(), u"x"_s});
    QVERIFY(merged.has_value());
    // What we write passes our own checks again.
    QByteArray run = merged->runnerJson;
    run.replace("@GATEWAY@", "http://127.0.0.1:1").replace("home/map.pb", (m_folder.path() + u"/town.pb"_s).toUtf8());
    const auto again = splitRun(json(run), m_folder.path());
    QVERIFY(again.has_value());
    QVERIFY(!hasErrors(preflight(*again, m_maps)));
}

QTEST_GUILESS_MAIN(TestMutations)
#include "tst_mutations.moc"
