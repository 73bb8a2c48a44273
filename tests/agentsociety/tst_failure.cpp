// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/failure.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QTranslator>

using namespace society::agentsociety;
using namespace Qt::StringLiterals;

class TestFailure : public QObject {
    Q_OBJECT

private slots:
    void explains_data();
    void explains();
    void keeperIsNotOverruled_data();
    void keeperIsNotOverruled();
    void everyCodeHasWords_data();
    void everyCodeHasWords();
    void everyWarningHasWords_data();
    void everyWarningHasWords();
    void aStillRunNamesItsFailingCalls();
    void unknownCodeIsNamed();
    void sentencesFillIn();
};

void TestFailure::explains_data()
{
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("databaseError");
    QTest::addColumn<QString>("lastError");
    QTest::addColumn<QString>("phase");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("parameter");
    // As AgentSociety 1.5.7 words them.
    const auto inDatabase = [](const char *name, const QString &error, const QString &phase, const QString &code,
                                const QString &parameter = {}) {
        QTest::newRow(name) << 1 << 3 << error << QString() << phase << code << parameter;
    };
    const auto inLog = [](const char *name, int exit, const QString &line, const QString &code,
                           const QString &parameter = {}) {
        QTest::newRow(name) << exit << -1 << QString() << line << u"runner"_s << code << parameter;
    };
    inDatabase(
        "map missing", u"[Errno 2] No such file or directory: '/w/home/map.pb'"_s, u"environment"_s, u"map_missing"_s);
    inDatabase("not a map", u"Error parsing message"_s, u"environment"_s, u"map_unreadable"_s);
    inDatabase("map without areas", u"list index out of range"_s, u"agents"_s, u"map_no_areas"_s);
    inDatabase("the same words elsewhere", u"list index out of range"_s, u"workflow"_s, u"error"_s,
        u"list index out of range"_s);
    inDatabase("city killed",
        u"<AioRpcError of RPC that terminated with:\n\tstatus = StatusCode.UNAVAILABLE\n\tdetails = \"failed to "
        u"connect to "
        "all addresses\"\n\tdebug_error_string = \"UNKNOWN:Error received from peer {grpc_status:14}\"\n>"_s,
        u"workflow"_s, u"simulator_gone"_s);
    inDatabase("target", u"99"_s, u"workflow"_s, u"target_unknown"_s, u"99"_s);
    inDatabase("a number elsewhere", u"99"_s, u"agents"_s, u"error"_s, u"99"_s);
    inDatabase("message first", u"'No attribute `position` in memories!'"_s, u"workflow"_s, u"position_missing"_s);
    inDatabase("no ticks", u"`n` must >=1!"_s, u"workflow"_s, u"ticks_zero"_s);
    inDatabase("distribution", u"choices must be provided for choice distribution"_s, u"agents"_s,
        u"distribution_incomplete"_s, u"choice"_s);
    inDatabase("csv", u"Unsupported file type. Only .json or .jsonl files are supported. Got: x.csv"_s, u"agents"_s,
        u"profile_file_type"_s);
    inDatabase("profile file", u"[Errno 2] No such file or directory: '/w/people.json'"_s, u"agents"_s,
        u"profile_file_missing"_s, u"/w/people.json"_s);
    inDatabase("too few", u"Number of agents is greater than the number of entries in the file x"_s, u"agents"_s,
        u"profile_too_few"_s);
    inDatabase("supervisor", u"Supervisor not set"_s, u"workflow"_s, u"supervisor_missing"_s);
    inDatabase(
        "institution", u"'str' object has no attribute 'StatusAttributes'"_s, u"agents"_s, u"institution_class"_s);
    inDatabase("month", u"'employees'"_s, u"workflow"_s, u"institution_month"_s);
    inDatabase("simulator", u"HTTPSConnectionPool(host='x.example', port=443): Max retries exceeded"_s,
        u"environment"_s, u"simulator_missing"_s);
    inDatabase("simulator mode", u"[Errno 13] Permission denied: '/w/home/agentsociety-sim-oss'"_s, u"environment"_s,
        u"simulator_not_executable"_s);
    inDatabase(
        "word list", u"Could not load model Qdrant/bm25 from any source."_s, u"environment"_s, u"word_list_missing"_s);
    inDatabase("locked",
        u"(sqlite3.OperationalError) database is locked\n(Background on this error at: https://sqlalche.me/e/20/e3q8)"_s,
        u"workflow"_s, u"database_locked"_s);
    inDatabase("disk", u"(sqlite3.OperationalError) database or disk is full\n[SQL: INSERT …]"_s, u"workflow"_s,
        u"disk_full"_s);
    inDatabase("no handle for the journal",
        u"(sqlite3.OperationalError) unable to open database file\n[SQL: INSERT …]"_s, u"workflow"_s,
        u"database_unopened"_s);
    inDatabase("no handle", u"[Errno 24] Too many open files: 'home/x.json'"_s, u"workflow"_s, u"too_many_files"_s);
    inDatabase("key, through Ray",
        u"Failed to deserialize exception. Refer to https://docs.ray.io/x\nTraceback\n"
        "openai.AuthenticationError: Error code: 401 - {'error': {'message': 'bad'}}"_s,
        u"workflow"_s, u"llm_key_refused"_s);
    inDatabase("rate", u"Error code: 429 - {'error': 'slow down'}"_s, u"workflow"_s, u"llm_rate_limited"_s);
    inDatabase("server", u"Error code: 500 - x"_s, u"workflow"_s, u"llm_failed"_s, u"500"_s);
    inDatabase("host", u"Connection error."_s, u"workflow"_s, u"llm_unreachable"_s);
    inDatabase("forked worker", u"openai.APIConnectionError: Connection error."_s, u"workflow"_s, u"llm_unreachable"_s);
    inDatabase("Ray slow",
        u"The current node timed out during startup. This could happen because some of the raylet failed"_s, u"llm"_s,
        u"ray_timeout"_s);
    inDatabase("Ray folder", u"validate_socket_filename failed: AF_UNIX path length cannot exceed 107 bytes"_s,
        u"llm"_s, u"ray_folder_too_long"_s);
    inDatabase("something new", u"first\nthe cause\n"_s, u"workflow"_s, u"error"_s, u"the cause"_s);
    inLog("model", 1, u"pydantic_core._pydantic_core.ValidationError: 3 validation errors for Config"_s,
        u"config_rejected"_s, u"3"_s);
    inLog("usage", 2,
        u"Error: Invalid value: Failed to parse JSON config file: Expecting value: line 1 column 10 (char 9)"_s,
        u"config_unreadable"_s);
    inLog("usage without words", 2, QString(), u"config_unreadable"_s);
    inLog("class", 1, u"KeyError: 'Citizen'"_s, u"class_unknown"_s, u"Citizen"_s);
    inLog("level", 1, u"ValueError: Unknown level: 'LOUD'"_s, u"logging_level"_s, u"LOUD"_s);
    inLog("read-only", 1, u"OSError: [Errno 30] Read-only file system: '/w/home/exps'"_s, u"home_not_writable"_s);
    inLog("below a file", 1, u"NotADirectoryError: [Errno 20] Not a directory: 'home'"_s, u"home_not_writable"_s);
    inLog("module", 1, u"ModuleNotFoundError: No module named 'agentsociety_community'"_s, u"module_missing"_s,
        u"agentsociety_community"_s);
    inLog("log form", 1, u"2026-11-24 05:45:29,367 - agentsociety - ERROR - Init error: Error parsing message"_s,
        u"error"_s, u"Error parsing message"_s);
    inLog("nothing known", 7, QString(), u"exit"_s);
    QTest::newRow("exit code 2 of a run that had begun")
        << 2 << 1 << QString() << QString() << u"workflow"_s << u"exit"_s << QString();
    QTest::newRow("a traceback after a good run") << 1 << 2 << QString() << u"asyncio.exceptions.CancelledError"_s
                                                  << u"closing"_s << u"exit_after_finish"_s << QString();
}

void TestFailure::explains()
{
    QFETCH(int, exitCode);
    QFETCH(int, status);
    QFETCH(QString, databaseError);
    QFETCH(QString, lastError);
    QFETCH(QString, phase);
    QFETCH(QString, parameter);
    RunEnd end;
    end.exitCode = exitCode;
    end.keeperCode = u"exit"_s;
    end.databaseStatus = status;
    end.databaseError = databaseError;
    end.lastError = lastError;
    end.phase = phase;
    const Failure failure = explain(end);
    QTEST(failure.code, "code");
    if (!parameter.isEmpty())
        QVERIFY2(failure.parameters.values().contains(parameter), qPrintable(failure.parameters.values().join(u',')));
    QVERIFY(!reasonText(failure).contains(u'{'));
}

void TestFailure::keeperIsNotOverruled_data()
{
    QTest::addColumn<QString>("keeperCode");
    QTest::addColumn<QString>("code");
    QTest::newRow("stopped") << u"stopped_user"_s << u"stopped_user"_s;
    QTest::newRow("budget") << u"stopped_budget"_s << u"stopped_budget"_s;
    QTest::newRow("key by the gateway") << u"llm_key_refused"_s << u"llm_key_refused"_s;
    QTest::newRow("lost") << u"lost_reboot"_s << u"lost_reboot"_s;
    QTest::newRow("signal without a word in the database") << u"signal"_s << u"signal"_s;
}

void TestFailure::keeperIsNotOverruled()
{
    QFETCH(QString, keeperCode);
    RunEnd end;
    end.signal = 9;
    end.keeperCode = keeperCode;
    end.databaseStatus = 1;
    end.lastError = u"KeyError: 'Citizen'"_s;
    const Failure failure = explain(end);
    QTEST(failure.code, "code");
    QCOMPARE(failure.parameters.value(u"signal"_s), u"9"_s);
}

void TestFailure::everyCodeHasWords_data()
{
    QTest::addColumn<QString>("code");
    for (const char *code :
        {"finished", "stopped_user", "stopped_budget", "exit", "signal", "runner_missing", "companion_failed",
            "companion_died", "disk_full", "stalled", "simulator_gone", "llm_key_refused", "llm_unreachable",
            "llm_retries", "lost_keeper", "lost_reboot", "exit_after_finish", "map_missing", "map_unreadable",
            "map_no_areas", "target_unknown", "position_missing", "ticks_zero", "distribution_incomplete",
            "profile_file_type", "profile_file_missing", "profile_too_few", "config_rejected", "config_unreadable",
            "class_unknown", "institution_class", "institution_month", "supervisor_missing", "logging_level",
            "simulator_missing", "simulator_not_executable", "word_list_missing", "llm_rate_limited", "llm_failed",
            "database_locked", "home_not_writable", "ray_timeout", "ray_folder_too_long", "ray_failed",
            "module_missing", "out_of_memory", "too_many_files", "database_unopened", "error"})
        QTest::newRow(code) << QString::fromLatin1(code);
}

void TestFailure::everyCodeHasWords()
{
    QFETCH(QString, code);
    const QString reason = reasonText({code, {}}); // without parameters too it must be a sentence
    QVERIFY(!reason.isEmpty());
    QVERIFY2(!reason.contains("does not know ("_L1), qPrintable(reason));
    QVERIFY2(!reason.contains(u'{'), qPrintable(reason));
    const bool needsNoAdvice = code == "finished"_L1 || code == "stopped_user"_L1;
    QCOMPARE(remedyText({code, {}}).isEmpty(), needsNoAdvice);
}

// Whatever keeper and gateway may write into the list of warnings, taken from their sources so that none is forgotten.
void TestFailure::everyWarningHasWords_data()
{
    QTest::addColumn<QString>("code");
    QSet<QString> codes;
    static const QRegularExpression call(uR"(\b(?:warn|alarm|raise)\(([^,;]+),)"_s);
    static const QRegularExpression word(u"\"([a-z_]+)\""_s);
    for (const QString &program : {u"keeper"_s, u"gateway"_s}) {
        QDirIterator sources(qEnvironmentVariable("SOCIETY_SOURCE") + u"/app/"_s + program, {u"*.cpp"_s}, QDir::Files);
        while (sources.hasNext()) {
            QFile file(sources.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto calls = call.globalMatch(QString::fromUtf8(file.readAll()));
            while (calls.hasNext()) {
                auto words = word.globalMatch(calls.next().captured(1));
                while (words.hasNext())
                    codes.insert(words.next().captured(1));
            }
        }
    }
    for (const char *known : {"stalled", "turn", "process_left", "folder_left", "usage_unwritable", "llm_key_refused"})
        QVERIFY2(codes.contains(QLatin1String(known)), known);
    codes.insert(u"llm_retries"_s); // an alarm of ours: see RunnerLaunch::alarms
    for (const QString &code : std::as_const(codes))
        QTest::newRow(qPrintable(code)) << code;
}

/// Who reads that a run is still learns that its calls fail, how many and how.
void TestFailure::aStillRunNamesItsFailingCalls()
{
    const Failure failing = warningOf(u"stalled"_s,
        u"no new byte in log or database and no answered call for 600100 ms; failed calls: 12, the last "
        "with status 503"_s);
    const QString words = reasonText(failing);
    QVERIFY2(words.contains(u"12"_s) && words.contains(u"503"_s) && !words.contains(u'{'), qPrintable(words));
    QVERIFY(remedyText(failing).contains(u"provider"_s));
    QCOMPARE(warningOf(u"stalled"_s, u"no new byte for 600100 ms"_s).code, u"still"_s);
}

void TestFailure::everyWarningHasWords()
{
    QFETCH(QString, code);
    const QString reason = reasonText(warningOf(code, u"such a thing"_s));
    const QString remedy = remedyText(warningOf(code));
    QVERIFY2(!reason.isEmpty() && !reason.contains("does not know ("_L1), qPrintable(reason));
    QVERIFY(!remedy.isEmpty());
    QTranslator chinese;
    QVERIFY(chinese.load(u":/translations/society_zh_CN.qm"_s));
    QVERIFY(QCoreApplication::installTranslator(&chinese));
    static const QRegularExpression han(u"\\p{Han}"_s);
    for (const QString &words : {reasonText(warningOf(code, u"such a thing"_s)), remedyText(warningOf(code))})
        QVERIFY2(words.contains(han) && words != reason && words != remedy, qPrintable(words));
}

void TestFailure::unknownCodeIsNamed()
{
    QVERIFY(reasonText({u"from_the_future"_s, {}}).contains(u"from_the_future"_s));
    QVERIFY(remedyText({u"from_the_future"_s, {}}).isEmpty());
    QVERIFY(reasonText({}).isEmpty());
}

void TestFailure::sentencesFillIn()
{
    QCOMPARE(reasonText({u"signal"_s, {{u"signal"_s, u"9"_s}}}), u"Ended by signal 9 from outside."_s);
    QCOMPARE(reasonText({u"target_unknown"_s, {{u"agent"_s, u"99"_s}}}),
        u"The workflow names agent 99, and there is none with this id."_s);
    QCOMPARE(reasonText({u"stopped_user"_s, {}}), u"Stopped by you."_s);
    QCOMPARE(reasonText({u"map_no_areas"_s, {}}), u"The map file has no areas."_s);
}

QTEST_GUILESS_MAIN(TestFailure)
#include "tst_failure.moc"
