// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/runnerkit.h"
#include "services/agentsociety/runnerkit_p.h"
#include "services/agentsociety/samples.h"
#include "tests/support/results.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace society;
using namespace society::agentsociety;
using namespace Qt::StringLiterals;
using society::test::codeOf;

namespace {

void write(const QString &path, const QByteArray &data, bool executable = false)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).absolutePath()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(data);
    file.close();
    if (executable)
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A virtual environment whose Python is a script that gives a prepared answer and counts how often it was asked.
class FakeRunner {
public:
    explicit FakeRunner(const QString &folder)
        : m_folder(folder)
    {
        write(metadata(), "Name: agentsociety\n");
        write(script(), "#!" + python().toUtf8() + "\nimport agentsociety\n", true);
        answer({});
    }
    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] QString python() const { return m_folder + u"/bin/python"_s; }
    [[nodiscard]] QString script() const { return m_folder + u"/bin/agentsociety"_s; }
    [[nodiscard]] QString metadata() const
    {
        return m_folder + u"/lib/site-packages/agentsociety-1.5.7.dist-info/METADATA"_s;
    }
    [[nodiscard]] qsizetype timesAsked() const { return read(m_folder + u"/asked"_s).count('\n'); }

    void answer(const QJsonObject &changes)
    {
        QJsonObject object{{u"python"_s, u"3.11.2"_s}, {u"agentsociety"_s, u"1.5.7"_s}, {u"community"_s, u"0.3.3"_s},
            {u"metadata"_s, metadata()}, {u"error"_s, QString()}};
        for (auto it = changes.begin(); it != changes.end(); ++it)
            object.insert(it.key(), it.value());
        say("printf 'chatter of a package\\n{\"half\": \\n'; cat <<'END'\n" +
            QJsonDocument(object).toJson(QJsonDocument::Compact) + "\nEND\n");
    }
    void say(const QByteArray &commands)
    {
        write(python(), "#!/bin/sh\necho x >> \"" + m_folder.toUtf8() + "/asked\"\n" + commands, true);
    }

private:
    QString m_folder;
};

} // namespace

class TestRunnerKit : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void noRunnerYet();
    void adoptsInEveryForm_data();
    void adoptsInEveryForm();
    void probesOnceUntilSomethingChanges();
    void refuses_data();
    void refuses();
    void refusesWhatIsNoRunner_data();
    void refusesWhatIsNoRunner();
    void aRemovedRunnerIsMissed();
    void aTornRecordIsNoRunner();
    void preparesWhatRunsShare();
    void keepsWhatTheUserChanged();
    void linksAHome();
    void aHomeNeedsItsMap();
    void ownCityIsDownloadedOnce();
    void tornDownloadIsNotKept();
    void sayWhatPipMeant_data();
    void sayWhatPipMeant();
    void countsRequirements();
    void cancelsBeforeItBegins();
    void onlyOneInstallsAtATime();
    void cityNames();
    void samplesBelongTogether();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RunnerKit> m_kit;
    Workspace m_workspace;
};

void TestRunnerKit::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_workspace = Workspace(path(u"workspace"_s));
    m_kit = std::make_unique<RunnerKit>(m_workspace);
}

void TestRunnerKit::cleanup()
{
    m_kit.reset();
    m_folder.reset();
}

void TestRunnerKit::noRunnerYet()
{
    const auto runner = m_kit->installed();
    QCOMPARE(codeOf(runner), u"runner_missing"_s);
    QCOMPARE(runner.error().kind, ErrorKind::Runner);
    QVERIFY(runner.error().remedy.contains(u"society-cli setup"_s));
}

void TestRunnerKit::adoptsInEveryForm_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("script") << u"/bin/agentsociety"_s;
    QTest::newRow("interpreter") << u"/bin/python"_s;
    QTest::newRow("environment") << QString();
    QTest::newRow("its bin") << u"/bin"_s;
    QTest::newRow("script, long form") << u"/bin/longform"_s;
}

void TestRunnerKit::adoptsInEveryForm()
{
    QFETCH(QString, what);
    const FakeRunner fake(path(u"a folder with blanks/venv"_s));
    // What pip writes where the interpreter's path has a blank in it.
    write(fake.folder() + u"/bin/longform"_s,
        "#!/bin/sh\n'''exec' \"" + fake.python().toUtf8() + "\" \"$0\" \"$@\"\n' '''\n", true);
    write(fake.script(), read(fake.folder() + u"/bin/longform"_s), true);
    const auto runner = m_kit->adopt(fake.folder() + what);
    QVERIFY2(runner, qPrintable(runner ? QString() : runner.error().message + runner.error().detail));
    QCOMPARE(runner->interpreter, fake.python());
    QCOMPARE(runner->version, u"1.5.7"_s);
    QCOMPARE(runner->communityVersion, u"0.3.3"_s);
    QCOMPARE(runner->pythonVersion, u"3.11.2"_s);
    QVERIFY(!runner->inWorkspace);
    QCOMPARE(*m_kit->installed(), *runner);
}

void TestRunnerKit::probesOnceUntilSomethingChanges()
{
    FakeRunner fake(path(u"venv"_s));
    QVERIFY(m_kit->adopt(fake.script()));
    QVERIFY(m_kit->installed());
    QVERIFY(RunnerKit(m_workspace).installed()); // another program of the same workspace
    QCOMPARE(fake.timesAsked(), 1);
    // A new version was installed over it.
    fake.answer({{u"agentsociety"_s, u"1.5.8"_s}});
    QCOMPARE(m_kit->installed()->version, u"1.5.8"_s);
    QCOMPARE(fake.timesAsked(), 2);
    // Another package was installed beside it: the environment's folder of packages has a new time.
    QVERIFY(QDir().mkpath(path(u"venv/lib/site-packages/newcomer"_s)));
    QVERIFY(m_kit->installed());
    QCOMPARE(fake.timesAsked(), 3);
    QVERIFY(m_kit->installed());
    QCOMPARE(fake.timesAsked(), 3);
}

void TestRunnerKit::refuses_data()
{
    QTest::addColumn<QJsonObject>("answer");
    QTest::addColumn<QString>("code");
    QTest::newRow("old Python") << QJsonObject{{u"python"_s, u"3.10.9"_s}} << u"runner_python"_s;
    QTest::newRow("new Python") << QJsonObject{{u"python"_s, u"3.13.0"_s}} << u"runner_python"_s;
    QTest::newRow("no AgentSociety") << QJsonObject{{u"agentsociety"_s, QString()}} << u"runner_broken"_s;
    QTest::newRow("too old") << QJsonObject{{u"agentsociety"_s, u"1.5.5"_s}} << u"runner_version"_s;
    QTest::newRow("another line") << QJsonObject{{u"agentsociety"_s, u"2.0.1"_s}} << u"runner_version"_s;
    QTest::newRow("no version") << QJsonObject{{u"agentsociety"_s, u"x"_s}} << u"runner_version"_s;
    QTest::newRow("no community") << QJsonObject{{u"community"_s, QString()}} << u"runner_community_missing"_s;
    QTest::newRow("import fails") << QJsonObject{{u"error"_s, u"ImportError: boom"_s}} << u"runner_broken"_s;
}

void TestRunnerKit::refuses()
{
    QFETCH(QJsonObject, answer);
    QFETCH(QString, code);
    FakeRunner fake(path(u"venv"_s));
    fake.answer(answer);
    const auto runner = m_kit->adopt(fake.script());
    QCOMPARE(codeOf(runner), code);
    QCOMPARE(runner.error().kind, ErrorKind::Runner);
    QVERIFY(!runner.error().message.isEmpty() && !runner.error().remedy.isEmpty());
    QCOMPARE(codeOf(m_kit->installed()), u"runner_missing"_s); // nothing was taken into use
}

void TestRunnerKit::refusesWhatIsNoRunner_data()
{
    QTest::addColumn<QByteArray>("script"); // empty: no file at all
    QTest::addColumn<QByteArray>("python"); // what the interpreter does
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing there") << QByteArray() << QByteArray() << u"runner_not_found"_s;
    QTest::newRow("no first line") << QByteArray("hello") << QByteArray() << u"runner_interpreter"_s;
    QTest::newRow("a shell script") << QByteArray("#!/bin/sh\nexec agentsociety\n") << QByteArray()
                                    << u"runner_interpreter"_s;
    QTest::newRow("interpreter gone") << QByteArray("#!/nowhere/bin/python3\n") << QByteArray()
                                      << u"runner_interpreter"_s;
    QTest::newRow("empty first line") << QByteArray("#!\n") << QByteArray() << u"runner_interpreter"_s;
    QTest::newRow("says nothing") << QByteArray("#!@/bin/python\n") << QByteArray("exit 0\n") << u"runner_broken"_s;
    QTest::newRow("crashes") << QByteArray("#!@/bin/python\n") << QByteArray("echo Traceback >&2; kill -SEGV $$\n")
                             << u"runner_broken"_s;
    QTest::newRow("not a program") << QByteArray("#!@/bin/python\n") << QByteArray("\x7f") << u"runner_broken"_s;
}

void TestRunnerKit::refusesWhatIsNoRunner()
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, python);
    QFETCH(QString, code);
    FakeRunner fake(path(u"venv"_s));
    fake.say(python);
    QFile::remove(fake.script());
    if (!script.isEmpty())
        write(fake.script(), script.replace('@', fake.folder().toUtf8()), true);
    QCOMPARE(codeOf(m_kit->adopt(fake.script())), code);
}

void TestRunnerKit::aRemovedRunnerIsMissed()
{
    const FakeRunner fake(path(u"venv"_s));
    QVERIFY(m_kit->adopt(fake.script()));
    QVERIFY(QDir(fake.folder()).removeRecursively());
    QCOMPARE(codeOf(m_kit->installed()), u"runner_gone"_s);
}

void TestRunnerKit::aTornRecordIsNoRunner()
{
    const FakeRunner fake(path(u"venv"_s));
    QVERIFY(m_kit->adopt(fake.script()));
    write(m_workspace.runner() + u"/installed.json"_s, "{\"path\": ");
    QCOMPARE(codeOf(m_kit->installed()), u"runner_missing"_s);
}

void TestRunnerKit::preparesWhatRunsShare()
{
    QVERIFY(m_kit->prepareShared());
    const QString shared = m_workspace.runner() + u"/shared"_s;
    QVERIFY(read(m_kit->startFolder() + u"/sitecustomize.py"_s).contains("SOCIETY_SEED"));
    QVERIFY(read(m_kit->lightFolder() + u"/ray/__init__.py"_s).contains("def remote"));
    QVERIFY(read(shared + u"/practice_city.py"_s).contains("PersonService"));
    // The hub's cache layout: the revision's name without a line end, and a folder of that name.
    const QByteArray revision = read(shared + u"/huggingface_cache/models--Qdrant--bm25/refs/main"_s);
    QCOMPARE(revision, QByteArray(40, '0'));
    QVERIFY(QFileInfo(shared + u"/huggingface_cache/models--Qdrant--bm25/snapshots/"_s + QString::fromLatin1(revision))
                .isDir());
    QVERIFY(read(m_kit->practiceTown()).contains("practice-town"));
    QCOMPARE(QJsonDocument::fromJson(read(m_kit->practicePeople())).array().size(), 10);
    // Again changes nothing, not even a time; what differs is put right.
    const QString city = shared + u"/practice_city.py"_s;
    const QDateTime before = QFileInfo(city).lastModified();
    QVERIFY(m_kit->prepareShared());
    QCOMPARE(QFileInfo(city).lastModified(), before);
    write(city, "old");
    QVERIFY(m_kit->prepareShared());
    QVERIFY(read(city).contains("PersonService"));
}

void TestRunnerKit::keepsWhatTheUserChanged()
{
    QVERIFY(m_kit->prepareShared());
    write(m_kit->practicePeople(), "[]");
    QVERIFY(m_kit->prepareShared());
    QCOMPARE(read(m_kit->practicePeople()), QByteArray("[]"));
}

void TestRunnerKit::linksAHome()
{
    const FakeRunner fake(path(u"it's a venv"_s));
    QVERIFY(m_kit->prepareShared());
    const QString home = path(u"run/home"_s);
    QCOMPARE(codeOf(m_kit->linkHome(home, City::Practice, m_kit->practiceTown())), u"runner_missing"_s);
    QVERIFY(m_kit->adopt(fake.python()));
    for (int again = 0; again < 2; ++again)
        QVERIFY(m_kit->linkHome(home, City::Practice, m_kit->practiceTown()));
    struct stat info {};
    QCOMPARE(::stat(QFile::encodeName(home).constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777, 0700U);
    QCOMPARE(QFileInfo(home + u"/map.pb"_s).symLinkTarget(), m_kit->practiceTown());
    QVERIFY(QFileInfo(home + u"/huggingface_cache/models--Qdrant--bm25/refs/main"_s).isFile());
    // The stand-in is started as AgentSociety does it, with the runner's Python, whatever stands in its path.
    QProcess city;
    city.start(home + u"/agentsociety-sim-oss"_s, {u"-listen"_s, u"x y"_s});
    QVERIFY(city.waitForFinished());
    QCOMPARE(city.exitCode(), 0);
    QCOMPARE(fake.timesAsked(), 2);
}

void TestRunnerKit::aHomeNeedsItsMap()
{
    QVERIFY(m_kit->prepareShared());
    QCOMPARE(codeOf(m_kit->linkHome(path(u"home"_s), City::Own, path(u"none.pb"_s))), u"map_missing"_s);
    QVERIFY(!QFileInfo::exists(path(u"home"_s)));
}

void TestRunnerKit::ownCityIsDownloadedOnce()
{
    QVERIFY(m_kit->prepareShared());
    QVERIFY(m_kit->mustDownload(City::Own));
    QVERIFY(!m_kit->mustDownload(City::Practice));
    const QString first = path(u"first"_s);
    QVERIFY(m_kit->linkHome(first, City::Own, m_kit->practiceTown()));
    QVERIFY(!QFileInfo::exists(first + u"/agentsociety-sim-oss"_s));
    QVERIFY(m_kit->keepDownloads(first)); // the run never got that far
    QVERIFY(m_kit->mustDownload(City::Own));
    write(first + u"/agentsociety-sim-oss"_s,
        "\x7f"
        "ELF and more",
        true);
    QVERIFY(m_kit->keepDownloads(first));
    QVERIFY(m_kit->keepDownloads(first));
    QVERIFY(!m_kit->mustDownload(City::Own));
    QVERIFY(QDir(first).removeRecursively()); // deleting the run keeps the simulator
    const QString second = path(u"second"_s);
    QVERIFY(m_kit->linkHome(second, City::Own, m_kit->practiceTown()));
    QCOMPARE(read(second + u"/agentsociety-sim-oss"_s), QByteArray("\x7f"
                                                                   "ELF and more"));
    QVERIFY(QFileInfo(second + u"/agentsociety-sim-oss"_s).isExecutable());
    QVERIFY(m_kit->keepDownloads(second)); // a link is no download
}

void TestRunnerKit::tornDownloadIsNotKept()
{
    QVERIFY(m_kit->prepareShared());
    const QString home = path(u"home"_s);
    QVERIFY(m_kit->linkHome(home, City::Own, m_kit->practiceTown()));
    write(home + u"/agentsociety-sim-oss"_s, "\x7f"
                                             "ELF"); // not executable yet
    QVERIFY(m_kit->keepDownloads(home));
    QVERIFY(m_kit->mustDownload(City::Own));
    write(home + u"/agentsociety-sim-oss"_s, "<html>login", true); // a captive portal's page
    QVERIFY(m_kit->keepDownloads(home));
    QVERIFY(m_kit->mustDownload(City::Own));
}

void TestRunnerKit::sayWhatPipMeant_data()
{
    QTest::addColumn<QByteArray>("err");
    QTest::addColumn<QString>("code");
    QTest::newRow("network")
        << QByteArray("WARNING: Retrying (Retry(total=2)) after connection broken by 'NewConnectionError'\n"
                      "ERROR: Could not find a version that satisfies the requirement agentsociety==1.5.7\n")
        << u"network_unreachable"_s;
    QTest::newRow("disk")
        << QByteArray("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n")
        << u"disk_full"_s;
    QTest::newRow("version") << QByteArray("ERROR: No matching distribution found for agentsociety==1.5.7\n")
                             << u"install_failed"_s;
    QTest::newRow("silent") << QByteArray() << u"install_failed"_s;
}

void TestRunnerKit::sayWhatPipMeant()
{
    QFETCH(QByteArray, err);
    const Error error = installError("Collecting agentsociety==1.5.7\n", err);
    QTEST(error.code, "code");
    QCOMPARE(error.kind, ErrorKind::Runner);
    QVERIFY(!error.message.isEmpty() && !error.remedy.isEmpty());
}

void TestRunnerKit::countsRequirements()
{
    QCOMPARE(countRequirements("# comment\n\na==1\n b==2 \n"), 2);
    const QByteArray pinned = runnerResource(u"requirements.txt"_s);
    QVERIFY(countRequirements(pinned) > 80);
    QVERIFY(pinned.contains("agentsociety==" + QByteArray(RunnerKit::TestedVersion) + '\n'));
    for (const QByteArray &line : pinned.split('\n'))
        QVERIFY2(line.isEmpty() || line.startsWith('#') || line.contains("=="), line.constData());
}

void TestRunnerKit::cancelsBeforeItBegins()
{
    const std::atomic_bool cancelled = true;
    QCOMPARE(codeOf(m_kit->install({}, cancelled)), u"cancelled"_s);
    QCOMPARE(codeOf(m_kit->installed()), u"runner_missing"_s);
}

void TestRunnerKit::onlyOneInstallsAtATime()
{
    // The other one waits inside its progress callback, where it holds the lock.
    std::atomic_bool cancelled = false;
    QString inner;
    const auto outer = m_kit->install(
        [&](int, const QString &) {
            if (inner.isEmpty())
                inner = codeOf(RunnerKit(m_workspace).install({}, cancelled));
            cancelled = true;
        },
        cancelled);
    QCOMPARE(inner, u"install_busy"_s);
    QCOMPARE(codeOf(outer), u"cancelled"_s);
}

void TestRunnerKit::cityNames()
{
    for (const City city : {City::Practice, City::Own})
        QCOMPARE(*cityFromName(cityName(city)), city);
    QCOMPARE(codeOf(cityFromName(u"Beijing"_s)), u"city_invalid"_s);
}

void TestRunnerKit::samplesBelongTogether()
{
    const QList<SampleDocument> documents = sampleDocuments(m_workspace);
    const auto has = [&documents](const QString &kind, const QString &name) {
        return std::any_of(documents.begin(), documents.end(),
            [&](const SampleDocument &d) { return d.kind == kind && d.name == name; });
    };
    QCOMPARE(sampleExperiments().size(), 2);
    for (const SampleExperiment &experiment : sampleExperiments()) {
        QVERIFY(has(u"llm"_s, experiment.llm));
        QVERIFY(has(u"agents"_s, experiment.agents));
        QVERIFY(has(u"map"_s, experiment.map));
        QVERIFY(has(u"workflow"_s, experiment.workflow));
    }
    QVERIFY(m_kit->prepareShared());
    for (const SampleDocument &document : documents) {
        QJsonParseError error;
        const QJsonDocument parsed = QJsonDocument::fromJson(document.document, &error);
        QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(document.name));
        QVERIFY(!document.description.isEmpty());
        // Files that it names are there.
        const QString file = document.kind == "map"_L1 ? parsed["file_path"_L1].toString()
                                                       : parsed["citizens"_L1][0]["memory_from_file"_L1].toString();
        if (!file.isEmpty())
            QVERIFY2(QFileInfo(QDir(document.folder), file).isFile(), qPrintable(file));
    }
}

QTEST_GUILESS_MAIN(TestRunnerKit)
#include "tst_runnerkit.moc"
