// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/resultdatabase.h"
#include "tests/support/results.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonObject>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>

using namespace society;
using namespace society::agentsociety;
using namespace Qt::StringLiterals;
using society::test::codeOf;

namespace {

constexpr QStringView kId = u"0f8fad5b-d9cb-469f-a165-70867728950e";
constexpr auto kPrefix = "as_0f8fad5b_d9cb_469f_a165_70867728950e_"_L1;

/// A home as AgentSociety leaves it: the same tables, types and encodings.
class Home {
public:
    Home() { m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection); }
    ~Home()
    {
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(m_connection);
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QString file() const { return m_folder.filePath(u"sqlite.db"_s); }
    [[nodiscard]] ResultDatabase results() const { return {path(), *ExperimentId::parse(kId), u"default"_s}; }

    void open()
    {
        m_database.setDatabaseName(file());
        QVERIFY(m_database.open());
    }
    void close() { m_database.close(); }
    void exec(const QString &sql)
    {
        QSqlQuery query(m_database);
        QVERIFY2(query.exec(sql), qPrintable(query.lastError().text() + u" in "_s + sql));
    }
    void makeExperimentTable()
    {
        exec(u"CREATE TABLE as_experiment (tenant_id TEXT NOT NULL, id CHAR(32) NOT NULL, name TEXT NOT NULL, num_day "
             u"INTEGER NOT NULL,"
             "status INTEGER NOT NULL, cur_day INTEGER NOT NULL, cur_t DOUBLE NOT NULL, config TEXT NOT NULL, error "
             "TEXT NOT NULL,"
             "input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, created_at TIMESTAMP NOT NULL,"
             "updated_at TIMESTAMP NOT NULL, PRIMARY KEY (tenant_id, id))"_s);
    }
    void makeTables()
    {
        makeExperimentTable();
        table(u"agent_profile (id INTEGER, name VARCHAR, profile JSON)"_s);
        table(
            u"agent_status (id INTEGER, day INTEGER, t FLOAT, lng FLOAT, lat FLOAT, parent_id INTEGER, action VARCHAR, status JSON, created_at TIMESTAMP)"_s);
        table(
            u"agent_dialog (id INTEGER, day INTEGER, t FLOAT, type INTEGER, speaker VARCHAR, content VARCHAR, created_at TIMESTAMP)"_s);
        table(u"agent_survey (id INTEGER, day INTEGER, t FLOAT, survey_id UUID, result JSON, created_at TIMESTAMP)"_s);
        table(u"global_prompt (day INTEGER, t FLOAT, prompt VARCHAR, created_at TIMESTAMP)"_s);
        table(
            u"metric (id INTEGER NOT NULL, \"key\" VARCHAR, value FLOAT, step INTEGER, created_at TIMESTAMP, PRIMARY KEY (id))"_s);
    }
    void table(const QString &definition) { exec(u"CREATE TABLE "_s + kPrefix + definition); }
    void insert(const QString &table, const QString &values)
    {
        exec(u"INSERT INTO "_s + kPrefix + table + u" VALUES ("_s + values + u')');
    }

private:
    QString m_connection = u"home-%1"_s.arg(reinterpret_cast<quintptr>(this));
    QTemporaryDir m_folder;
    QSqlDatabase m_database;
};

constexpr auto kExperiment =
    "INSERT INTO as_experiment VALUES ('default', '0f8fad5bd9cb469fa16570867728950e', 'try', 0, 2, 1, 31501.0, "
    "'', 'boom', 25837, 2242, '2026-11-24 05:45:29.367551', '2026-11-24 05:45:34.814123')"_L1;

QJsonValue json(const QVariant &value)
{
    return value.value<QJsonValue>();
}

} // namespace

class TestResultDatabase : public QObject {
    Q_OBJECT

private slots:
    void nothingThere();
    void nothingIsCreated();
    void emptyDatabase();
    void experimentRow();
    void otherTenantsRow();
    void tablesAndCounts();
    void profileIsDecodedTwice();
    void statusRows();
    void surveyAnswers();
    void surveyIdThatBecameANumber();
    void timesAreUtcButForMetrics();
    void artifacts();
    void pagesFollowEachOther();
    void onlyOneAgent();
    void oddValuesDoNotHurt();
    void busyWhileTheRunWrites();
    void aReaderLeavesNothingOpen();
    void garbageIsDamaged();
    void aKilledWriterIsRolledBackInACopy();
    void tableNames();
};

void TestResultDatabase::nothingThere()
{
    Home home;
    QCOMPARE(codeOf(home.results().experiment()), u"results_none"_s);
    QCOMPARE(codeOf(home.results().tables()), u"results_none"_s);
    QCOMPARE(codeOf(home.results().rows(ResultTable::Profile)), u"results_none"_s);
    QCOMPARE(codeOf(home.results().rows(ResultTable::Artifacts)), u"results_none"_s);
}

void TestResultDatabase::nothingIsCreated()
{
    Home home;
    (void)home.results().experiment();
    (void)home.results().tables();
    QCOMPARE(QDir(home.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden), QStringList());
}

void TestResultDatabase::emptyDatabase()
{
    Home home;
    QFile file(home.file()); // 0 bytes, as `agentsociety check` leaves it
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QCOMPARE(codeOf(home.results().experiment()), u"results_none"_s);
    QCOMPARE(codeOf(home.results().rows(ResultTable::Status)), u"results_none"_s);
    const auto tables = home.results().tables();
    QVERIFY(tables);
    for (const TableSummary &summary : *tables)
        QCOMPARE(summary.rows, 0);
    QCOMPARE(QFileInfo(home.file()).size(), 0);
}

void TestResultDatabase::experimentRow()
{
    Home home;
    home.open();
    home.makeExperimentTable();
    QCOMPARE(codeOf(home.results().experiment()), u"results_none"_s);
    home.exec(kExperiment);
    const auto row = home.results().experiment();
    QVERIFY(row);
    QCOMPARE(row->status, 2);
    QCOMPARE(row->name, u"try"_s);
    QCOMPARE(row->day, 1);
    QCOMPARE(row->secondOfDay, 31501.0);
    QCOMPARE(row->error, u"boom"_s);
    QCOMPARE(row->tokensIn, 25837);
    QCOMPARE(row->tokensOut, 2242);
    QCOMPARE(row->createdAt, QDateTime({2026, 11, 24}, {5, 45, 29, 367}, Qt::UTC));
    QCOMPARE(row->updatedAt.timeSpec(), Qt::UTC);
}

void TestResultDatabase::otherTenantsRow()
{
    Home home;
    home.open();
    home.makeExperimentTable();
    home.exec(kExperiment);
    const ResultDatabase other(home.path(), *ExperimentId::parse(kId), u"somebody"_s);
    QCOMPARE(codeOf(other.experiment()), u"results_none"_s);
}

void TestResultDatabase::tablesAndCounts()
{
    Home home;
    home.open();
    home.makeTables();
    home.insert(u"agent_profile"_s, u"1, '', '\"{}\"'"_s);
    home.insert(u"agent_profile"_s, u"5, 'Ann', '\"{}\"'"_s);
    const auto tables = home.results().tables();
    QVERIFY(tables);
    QStringList seen;
    for (const TableSummary &summary : *tables)
        seen << u"%1 %2"_s.arg(resultTableName(summary.table)).arg(summary.rows);
    QCOMPARE(seen, (QStringList{u"profile 2"_s, u"status 0"_s, u"dialog 0"_s, u"survey 0"_s, u"metric 0"_s,
                       u"prompt 0"_s, u"artifacts 0"_s}));
}

void TestResultDatabase::profileIsDecodedTwice()
{
    Home home;
    home.open();
    home.makeTables();
    home.insert(u"agent_profile"_s,
        u"5, 'Ann', '\"{\\\"age\\\": 30, \\\"background_story\\\": \\\"She said \\\\\\\"hi\\\\\\\" 你好\\\"}\"'"_s);
    const auto page = home.results().rows(ResultTable::Profile);
    QVERIFY(page);
    QCOMPARE(page->rows.size(), 1);
    const QJsonObject profile = json(page->rows[0][2]).toObject();
    QCOMPARE(profile["age"_L1].toInt(), 30);
    QCOMPARE(profile["background_story"_L1].toString(), u"She said \"hi\" 你好"_s);
    QCOMPARE(page->next, 0);
}

void TestResultDatabase::statusRows()
{
    Home home;
    home.open();
    home.makeTables();
    home.insert(u"agent_status"_s,
        u"5, 0, 28801.0, 116.4, 39.9, 500000004, 'Work', '\"I am at \\\"work\\\".\"', '2026-11-24 05:45:33.769000'"_s);
    home.insert(
        u"agent_status"_s, u"1, 0, 28801.0, NULL, NULL, NULL, '', '\"Nothing\"', '2026-11-24 05:45:33.769000'"_s);
    const auto page = home.results().rows(ResultTable::Status);
    QVERIFY(page);
    const QVariantList &row = page->rows[0];
    QCOMPARE(row[2], QVariant(qint64(28801)));
    QCOMPARE(row[3].toDouble(), 116.4);
    QCOMPARE(row[5], QVariant(qint64(500000004)));
    QCOMPARE(row[7].toString(), u"I am at \"work\"."_s);
    for (int column : {3, 4, 5})
        QVERIFY(!page->rows[1][column].isValid());
    QCOMPARE(page->rows[1][7].toString(), u"Nothing"_s);
}

void TestResultDatabase::surveyAnswers()
{
    Home home;
    home.open();
    home.makeTables();
    home.insert(u"agent_survey"_s,
        uR"(8, 0, 30601.0, '2b7c9d1e4a6f4c839e5d8f1a3b6c7d20', '"[\"{\\\"answer\\\": \\\"By bus\\\"}\", \"{\\\"answer\\\": 4}\", \"\", \"free text\"]"', '2026-11-24 05:45:32.561116')"_s);
    const auto page = home.results().rows(ResultTable::Survey);
    QVERIFY(page);
    QCOMPARE(page->rows[0][3].toString(), u"2b7c9d1e-4a6f-4c83-9e5d-8f1a3b6c7d20"_s);
    const QJsonArray answers = json(page->rows[0][4]).toArray();
    QCOMPARE(answers.size(), 4);
    QCOMPARE(answers[0].toObject()["answer"_L1].toString(), u"By bus"_s);
    QCOMPARE(answers[1].toObject()["answer"_L1].toInt(), 4);
    QCOMPARE(answers[2], QJsonValue(QString())); // the agent failed
    QCOMPARE(answers[3], QJsonValue(u"free text"_s));
}

void TestResultDatabase::surveyIdThatBecameANumber()
{
    Home home;
    home.open();
    home.makeTables();
    home.insert(u"agent_survey"_s, u"8, 0, 1.0, '11111111111141118111111111111111', '\"[]\"', '2026-11-24 05:45:32'"_s);
    const auto page = home.results().rows(ResultTable::Survey);
    QVERIFY(page);
    QVERIFY2(page->rows[0][3].toString().startsWith(u"1.1"_s), qPrintable(page->rows[0][3].toString()));
    QCOMPARE(json(page->rows[0][4]).toArray().size(), 0);
    QCOMPARE(page->rows[0][5].toDateTime(), QDateTime({2026, 11, 24}, {5, 45, 32}, Qt::UTC)); // no fraction is fine too
}

void TestResultDatabase::timesAreUtcButForMetrics()
{
    const QByteArray before = qgetenv("TZ");
    qputenv("TZ", "Asia/Shanghai");
    tzset();
    Home home;
    home.open();
    home.makeTables();
    home.insert(u"metric"_s, u"1, 'num_completed_trips', 2.0, 3600, '2026-11-24 08:00:00.500000'"_s);
    home.insert(u"global_prompt"_s, u"0, 28801.0, 'weather: x', '2026-11-24 08:00:00.500000'"_s);
    const auto metric = home.results().rows(ResultTable::Metric);
    const auto prompt = home.results().rows(ResultTable::Prompt);
    before.isNull() ? qunsetenv("TZ") : qputenv("TZ", before);
    tzset();
    QVERIFY(metric && prompt);
    QCOMPARE(metric->rows[0], (QVariantList{qint64(3600), u"num_completed_trips"_s, 2.0,
                                  QDateTime({2026, 11, 24}, {0, 0, 0, 500}, Qt::UTC)}));
    QCOMPARE(prompt->rows[0][3].toDateTime(), QDateTime({2026, 11, 24}, {8, 0, 0, 500}, Qt::UTC));
}

void TestResultDatabase::artifacts()
{
    Home home;
    const QString folder = home.path() + u"/exps/default/"_s + kId.toString();
    QVERIFY(QDir().mkpath(folder));
    QFile file(folder + u"/artifacts.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"ages": {"5": 52}, "note)"); // caught while it is rewritten
    file.flush();
    QCOMPARE(codeOf(home.results().rows(ResultTable::Artifacts)), u"results_busy"_s);
    file.write(R"(": [1, 2]})");
    file.flush();
    const auto page = home.results().rows(ResultTable::Artifacts, {0, 1, {}});
    QVERIFY(page);
    QCOMPARE(page->rows.size(), 1);
    QCOMPARE(page->rows[0][0].toString(), u"ages"_s);
    QCOMPARE(json(page->rows[0][1]).toObject()["5"_L1].toInt(), 52);
    const auto second = home.results().rows(ResultTable::Artifacts, {page->next, 1, {}});
    QCOMPARE(second->rows[0][0].toString(), u"note"_s);
    QCOMPARE(second->next, 0);
}

void TestResultDatabase::pagesFollowEachOther()
{
    Home home;
    home.open();
    home.makeTables();
    home.exec(u"BEGIN"_s);
    for (int i = 0; i < 25; ++i)
        home.insert(u"agent_dialog"_s, u"%1, 0, 1.0, 0, '', 'line %1', '2026-11-24 05:45:33.769000'"_s.arg(i));
    home.exec(u"COMMIT"_s);
    QStringList seen;
    QList<qsizetype> sizes;
    PageRequest request{0, 10, {}};
    do {
        const auto page = home.results().rows(ResultTable::Dialog, request);
        QVERIFY(page);
        sizes << page->rows.size();
        for (const QVariantList &row : page->rows)
            seen << row[5].toString();
        request.after = page->next;
    } while (request.after != 0);
    QCOMPARE(sizes, (QList<qsizetype>{10, 10, 5}));
    QCOMPARE(seen.size(), 25);
    QCOMPARE(seen.last(), u"line 24"_s);
    QCOMPARE(seen.removeDuplicates(), 0);
    // A page that ends with the table has no next one; a limit outside of its bounds is brought inside.
    QCOMPARE(home.results().rows(ResultTable::Dialog, {0, 25, {}})->next, 0);
    QCOMPARE(home.results().rows(ResultTable::Dialog, {0, -5, {}})->rows.size(), 1);
}

void TestResultDatabase::onlyOneAgent()
{
    Home home;
    home.open();
    home.makeTables();
    for (int i = 0; i < 6; ++i)
        home.insert(u"agent_dialog"_s, u"%1, 0, 1.0, 0, '', 'x', '2026-11-24 05:45:33.769000'"_s.arg(5 + i % 2));
    home.insert(u"global_prompt"_s, u"0, 1.0, 'p', '2026-11-24 05:45:33.769000'"_s);
    PageRequest request;
    request.agent = 6;
    const auto page = home.results().rows(ResultTable::Dialog, request);
    QCOMPARE(page->rows.size(), 3);
    for (const QVariantList &row : page->rows)
        QCOMPARE(row[0].toLongLong(), 6);
    QCOMPARE(home.results().rows(ResultTable::Prompt, request)->rows.size(), 1); // a table without agents
}

void TestResultDatabase::oddValuesDoNotHurt()
{
    Home home;
    home.open();
    home.makeTables();
    home.insert(u"agent_profile"_s, u"'x', x'00ff', 'not json'"_s);
    home.insert(u"agent_survey"_s, u"1, 0, 1.0, NULL, '{', 'yesterday'"_s);
    const auto profile = home.results().rows(ResultTable::Profile);
    QVERIFY(profile);
    QCOMPARE(profile->rows[0][0], QVariant(u"x"_s));
    QCOMPARE(json(profile->rows[0][2]), QJsonValue(u"not json"_s));
    const auto survey = home.results().rows(ResultTable::Survey);
    QVERIFY(survey);
    QCOMPARE(json(survey->rows[0][4]).toArray().size(), 0);
    QCOMPARE(survey->rows[0][5], QVariant(u"yesterday"_s));
}

void TestResultDatabase::busyWhileTheRunWrites()
{
    Home home;
    home.open();
    home.makeTables();
    home.exec(kExperiment);
    home.exec(u"BEGIN EXCLUSIVE"_s);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(codeOf(home.results().experiment()), u"results_busy"_s);
    QVERIFY2(timer.elapsed() < 3000, "a reader must not wait long");
    home.exec(u"COMMIT"_s);
    QVERIFY(home.results().experiment());
}

void TestResultDatabase::aReaderLeavesNothingOpen()
{
    Home home;
    home.open();
    home.makeTables();
    for (int i = 0; i < 5; ++i)
        home.insert(u"agent_profile"_s, u"%1, 'x', '\"{}\"'"_s.arg(i));
    const ResultDatabase results = home.results();
    QVERIFY(results.rows(ResultTable::Profile, {0, 2, {}})); // a page that is not the last
    // Had the reader kept its lock, this could not be had.
    home.exec(u"BEGIN EXCLUSIVE"_s);
    home.exec(u"COMMIT"_s);
    const QDir descriptors(u"/proc/self/fd"_s);
    int open = 0;
    for (const QFileInfo &link : descriptors.entryInfoList(QDir::Files | QDir::System | QDir::NoDotAndDotDot))
        open += link.symLinkTarget().endsWith("sqlite.db"_L1) ? 1 : 0;
    QCOMPARE(open, 1); // the test's own
    QCOMPARE(QSqlDatabase::connectionNames().filter(u"agentsociety-results"_s), QStringList());
}

void TestResultDatabase::garbageIsDamaged()
{
    Home home;
    QFile file(home.file());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const auto row = home.results().experiment();
    QCOMPARE(codeOf(row), u"results_damaged"_s);
    QVERIFY(!row.error().message.isEmpty() && !row.error().remedy.isEmpty());
    QCOMPARE(row.error().path, home.file());
}

void TestResultDatabase::aKilledWriterIsRolledBackInACopy()
{
    Home home;
    home.open();
    home.makeTables();
    home.exec(kExperiment);
    home.close();
    // A writer that is killed after it has written pages of a transaction back: its journal is hot.
    QProcess writer;
    writer.start(u"/usr/bin/python3"_s, {u"-c"_s,
                                            u"import os, sqlite3, sys\n"
                                            "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
                                            "c.execute('pragma cache_size=1'); c.execute('begin')\n"
                                            "c.execute(\"update as_experiment set status = 3\")\n"
                                            "[c.execute('insert into as_experiment select tenant_id, ?, name, num_day, "
                                            "status, cur_day, cur_t, ?, error, 0, 0, created_at, updated_at from "
                                            "as_experiment limit 1', (str(i), 'x' * 4000)) for i in range(500)]\n"
                                            "os.kill(os.getpid(), 9)\n"_s,
                                            home.file()});
    QVERIFY(writer.waitForFinished());
    QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
    const QString journal = home.file() + u"-journal"_s;
    QVERIFY2(QFileInfo(journal).size() > 0, "the writer left no journal");
    const QByteArray before = [&] {
        QFile file(home.file());
        (void)file.open(QIODevice::ReadOnly);
        return file.readAll();
    }();

    const ResultDatabase results = home.results();
    const auto row = results.experiment();
    QVERIFY2(row, qPrintable(row ? QString() : row.error().detail));
    QCOMPARE(row->status, 2); // as before the transaction that never ended
    QVERIFY(results.tables());
    // What the run left is untouched.
    QVERIFY(QFileInfo::exists(journal));
    QFile file(home.file());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), before);
}

void TestResultDatabase::tableNames()
{
    for (const ResultTable table : resultTables()) {
        QCOMPARE(*resultTableFromName(resultTableName(table)), table);
        QVERIFY(!resultColumns(table).isEmpty());
    }
    const auto unknown = resultTableFromName(u"people"_s);
    QCOMPARE(codeOf(unknown), u"table_unknown"_s);
    QVERIFY(unknown.error().remedy.contains(u"survey"_s));
}

QTEST_GUILESS_MAIN(TestResultDatabase)
#include "tst_resultdatabase.moc"
