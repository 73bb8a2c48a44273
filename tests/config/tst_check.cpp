// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/check.h"
#include "tests/config/configfixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace society::config;
using namespace Qt::StringLiterals;

namespace {

// A step inside a workflow that is otherwise good.
QByteArray step(const char *json)
{
    return QByteArray(R"({"workflow": [)") + json + "]}";
}

QByteArray citizen(const char *members)
{
    return QByteArray(R"({"citizens": [{"agent_class": "citizen", )") + members + "}]}";
}

QByteArray survey(const char *members)
{
    return QByteArray(R"({"id": "6ad0dbc2-1f0e-4b41-9f2b-3c8f2e7b1a55", )") + members + "}";
}

QByteArray question(const char *members)
{
    return survey(QByteArray(R"("pages": [{"name": "p", "elements": [{"name": "q", "title": "Q?", )")
                      .append(members)
                      .append("}]}]")
                      .constData());
}

} // namespace

class TestCheck : public QObject {
    Q_OBJECT

private slots:
    void llm_data();
    void llm();
    void agents_data();
    void agents();
    void workflow_data();
    void workflow();
    void surveys_data();
    void surveys();
    void maps_data();
    void maps();
    void othersAndNonsense();
    void namesTheNearestKey_data();
    void namesTheNearestKey();
    void saysWhatIsWanted();
    void acceptsThePracticeConfigurations();

private:
    void rows(const char *name, const QByteArray &document, const QStringList &expected)
    {
        QTest::newRow(name) << document << expected;
    }
    static void columns()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QStringList>("expected");
    }
    static void compare(Kind kind, const CheckContext &context = {})
    {
        QFETCH(QByteArray, document);
        QFETCH(QStringList, expected);
        const QList<Problem> problems = check(kind, json(document), context);
        QCOMPARE(lines(problems), expected);
        for (const Problem &problem : problems)
            QVERIFY2(!problem.message.isEmpty() && !problem.remedy.isEmpty(), qPrintable(problem.code));
    }
};

void TestCheck::llm_data()
{
    columns();
    rows("good", R"([{"provider": "qwen", "model": "qwen-plus", "api_key": "sk-x", "concurrency": 20, "timeout": 30}])",
        {});
    rows("under its key", R"({"llm": [{"provider": "practice", "model": "practice"}]})", {});
    rows("reference", R"([{"provider": "qwen", "model": "m", "api_key": "@secret:0"}])", {});
    rows("vllm", R"([{"provider": "vllm", "model": "m", "base_url": "http://127.0.0.1:8000/v1", "api_key": "none"}])",
        {});
    rows("null address", R"([{"provider": "openai", "model": "m", "base_url": null, "api_key": "k"}])", {});
    rows("empty list", "[]", {u"error  too_few"_s});
    rows("empty list under its key", R"({"llm": []})", {u"error llm too_few"_s});
    rows("no list", R"({"provider": "qwen"})", {u"error llm missing_key"_s});
    rows("text", R"("x")", {u"error  wrong_type"_s});
    rows("provider in capitals", R"([{"provider": "vLLM", "model": "m"}])", {u"error 0.provider wrong_value"_s});
    rows("provider missing", R"([{"model": "m"}])", {u"error 0.provider missing_key"_s});
    rows("model missing", R"([{"provider": "practice"}])", {u"error 0.model missing_key"_s});
    rows("model empty", R"([{"provider": "practice", "model": ""}])", {u"error 0.model wrong_value"_s});
    for (const auto &[name, model] :
        {std::pair("model with a blank at its end", u"m "_s), std::pair("model of two lines", u"m\\nn"_s),
            std::pair("model of blanks", u"  "_s), std::pair("model too long", QString(201, u'm'))})
        rows(name, R"([{"provider": "practice", "model": ")" + model.toUtf8() + R"("}])",
            {u"error 0.model wrong_value"_s});
    rows("longest model", R"([{"provider": "practice", "model": ")" + QByteArray(200, 'm') + R"("}])", {});
    rows("key missing", R"([{"provider": "deepseek", "model": "m"}])", {u"error 0.api_key key_missing"_s});
    rows("key null", R"([{"provider": "deepseek", "model": "m", "api_key": null}])",
        {u"error 0.api_key wrong_type"_s, u"error 0.api_key key_missing"_s});
    rows("key reference damaged", R"([{"provider": "qwen", "model": "m", "api_key": "@secret:x"}])",
        {u"error 0.api_key key_reference"_s});
    rows("address not allowed", R"([{"provider": "qwen", "model": "m", "api_key": "k", "base_url": ""}])",
        {u"error 0.base_url base_url_not_supported"_s});
    rows("custom without address", R"([{"provider": "custom", "model": "m"}])",
        {u"error 0.base_url base_url_missing"_s});
    rows("vllm without address", R"([{"provider": "vllm", "model": "m"}])", {u"warning 0.base_url base_url_missing"_s});
    rows("no address", R"([{"provider": "custom", "model": "m", "base_url": "127.0.0.1:8000"}])",
        {u"error 0.base_url base_url_invalid"_s});
    rows("other scheme", R"([{"provider": "custom", "model": "m", "base_url": "ftp://x/"}])",
        {u"error 0.base_url base_url_invalid"_s});
    rows("password in address", R"([{"provider": "custom", "model": "m", "base_url": "https://u:p@x/v1"}])",
        {u"error 0.base_url base_url_secret"_s});
    rows("concurrency 0", R"([{"provider": "practice", "model": "m", "concurrency": 0}])",
        {u"error 0.concurrency out_of_range"_s});
    rows("concurrency with a fraction", R"([{"provider": "practice", "model": "m", "concurrency": 1.5}])",
        {u"error 0.concurrency wrong_type"_s});
    rows("concurrency 1.0", R"([{"provider": "practice", "model": "m", "concurrency": 1.0}])", {});
    rows("timeout too long", R"([{"provider": "practice", "model": "m", "timeout": 61}])",
        {u"error 0.timeout out_of_range"_s});
    rows("obsolete", R"([{"provider": "practice", "model": "m", "semaphore": 20}])",
        {u"warning 0.semaphore obsolete_key"_s});
    rows("unknown", R"([{"provider": "practice", "model": "m", "temprature": 1}])",
        {u"warning 0.temprature unknown_key"_s});
    rows("second entry", R"([{"provider": "practice", "model": "m"}, {"provider": "x", "model": 3}])",
        {u"error 1.provider wrong_value"_s, u"error 1.model wrong_type"_s});
    rows("twice", R"([{"provider": "practice", "model": "m", "model": "n"}])", {u"warning 0.model duplicate_key"_s});
}

void TestCheck::llm()
{
    compare(Kind::Llm);
}

void TestCheck::agents_data()
{
    columns();
    rows("good",
        R"({"citizens": [{"agent_class": "citizen", "number": 3, "blocks": {"OtherBlock": {}}, "agent_params": {"max_plan_steps": 3}}], "supervisor": null})",
        {});
    rows("nobody", R"({"citizens": []})", {u"error citizens too_few"_s});
    rows("zero", citizen(R"("number": 0)"), {u"warning citizens no_citizens"_s});
    rows("missing", "{}", {u"error citizens missing_key"_s});
    rows("unknown list", R"({"citizens": [{"agent_class": "AgreeAgent"}], "citizen": []})",
        {u"warning citizen unknown_key"_s});
    rows("class in capitals", R"({"citizens": [{"agent_class": "Citizen"}]})",
        {u"error citizens.0.agent_class class_unknown"_s});
    rows("institution as citizen", R"({"citizens": [{"agent_class": "firm"}]})",
        {u"error citizens.0.agent_class class_unknown"_s});
    rows("institution class", R"({"citizens": [{"agent_class": "citizen"}], "firms": [{"agent_class": "Firm"}]})",
        {u"error firms.0.agent_class class_unknown"_s});
    rows("number null", citizen(R"("number": null)"),
        {u"error citizens.0.number wrong_type"_s, u"warning citizens no_citizens"_s});
    rows("number negative", citizen(R"("number": -1)"),
        {u"error citizens.0.number out_of_range"_s, u"warning citizens no_citizens"_s});
    rows("block unknown", citizen(R"("blocks": {"MobillityBlock": {}})"),
        {u"error citizens.0.blocks.MobillityBlock block_unknown"_s});
    rows("block null", citizen(R"("blocks": {"OtherBlock": null})"),
        {u"error citizens.0.blocks.OtherBlock wrong_type"_s});
    rows("blocks as list", citizen(R"("blocks": ["OtherBlock"])"), {u"error citizens.0.blocks wrong_type"_s});
    rows("block parameter", citizen(R"("blocks": {"MobilityBlock": {"search_limt": 3}})"),
        {u"warning citizens.0.blocks.MobilityBlock.search_limt unknown_key"_s});
    rows("parameter unknown", citizen(R"("agent_params": {"max_plan_step": 3})"),
        {u"warning citizens.0.agent_params.max_plan_step unknown_key"_s});
    rows("parameter of a wrong type", citizen(R"("agent_params": {"max_plan_steps": "three"})"),
        {u"error citizens.0.agent_params.max_plan_steps wrong_type"_s});
    rows("parameter of another class",
        R"({"citizens": [{"agent_class": "RumorSpreader", "agent_params": {"rumor_post": "x", "max_plan_steps": 3}}]})",
        {u"warning citizens.0.agent_params.max_plan_steps unknown_key"_s});
    rows("firm's parameter",
        R"({"citizens": [{"agent_class": "citizen"}], "firms": [{"agent_class": "firm", "agent_params": {"time_diff": "x"}}]})",
        {u"error firms.0.agent_params.time_diff wrong_type"_s});
    rows("tools", citizen(R"("tools": [{"name": "x"}])"), {u"error citizens.0.tools wrong_value"_s});
    rows("function", citizen(R"("memory_config_func": "f")"), {u"error citizens.0.memory_config_func wrong_type"_s});
    rows("functions at the start", R"({"citizens": [{"agent_class": "AgreeAgent"}], "init_funcs": ["f"]})",
        {u"error init_funcs wrong_value"_s});
    rows("file and distributions", citizen(R"("memory_from_file": "people.json", "memory_distributions": {})"),
        {u"error citizens.0.memory_distributions profile_and_distributions"_s});
    rows("file missing", citizen(R"("memory_from_file": "none.json")"),
        {u"error citizens.0.memory_from_file profile_missing"_s});
    rows("CSV file", citizen(R"("memory_from_file": "people.csv")"),
        {u"error citizens.0.memory_from_file profile_file_type"_s});
    rows("file too short", citizen(R"("number": 3, "memory_from_file": "people.json")"),
        {u"error citizens.0.memory_from_file profile_too_few"_s});
    rows("file without ids", citizen(R"("number": 2, "memory_from_file": "noids.json")"),
        {u"error citizens.0.memory_from_file profile_id_missing"_s});
    rows("only the first entries count", citizen(R"("memory_from_file": "noids.json")"), {});
    rows("dropped column", citizen(R"("memory_from_file": "persona.json")"),
        {u"warning citizens.0.memory_from_file profile_column_dropped"_s});
    rows("column of another class",
        R"({"citizens": [{"agent_class": "AgreeAgent", "memory_from_file": "thought.json"}]})",
        {u"warning citizens.0.memory_from_file profile_column_dropped"_s});
    rows("column of this class", citizen(R"("memory_from_file": "thought.json")"), {});
    rows("firm from file",
        R"({"citizens": [{"agent_class": "citizen"}], "firms": [{"agent_class": "firm", "memory_from_file": "people.json"}]})",
        {u"error firms.0.memory_from_file firm_from_file"_s});
    rows("bank from file",
        R"({"citizens": [{"agent_class": "citizen"}], "banks": [{"agent_class": "bank", "memory_from_file": "people.json"}]})",
        {u"warning banks.0.memory_from_file institution_from_file"_s});
    rows("supervisor",
        R"({"citizens": [{"agent_class": "AgreeAgent"}], "supervisor": {"agent_class": "BaselineSupervisor", "memory_from_file": "people.json"}})",
        {});
    rows("supervisor without file",
        R"({"citizens": [{"agent_class": "AgreeAgent"}], "supervisor": {"agent_class": "BaselineSupervisor"}})",
        {u"error supervisor.memory_from_file supervisor_without_file"_s});
    rows("supervisor with blocks",
        R"({"citizens": [{"agent_class": "AgreeAgent"}], "supervisor": {"agent_class": "BaselineSupervisor", "memory_from_file": "people.json", "blocks": {}}})",
        {u"error supervisor.blocks supervisor_blocks"_s});

    const auto distribution = [&](const char *name, const char *json, const QStringList &expected) {
        rows(name, citizen(QByteArray(R"("memory_distributions": {"age": )").append(json).append("}").constData()),
            expected);
    };
    const QString age = QStringLiteral("error citizens.0.memory_distributions.age");
    distribution(
        "choice without choices", R"({"dist_type": "choice"})", {age + QStringLiteral(".choices missing_key")});
    distribution(
        "choices null", R"({"dist_type": "choice", "choices": null})", {age + QStringLiteral(".choices missing_key")});
    distribution("no choice", R"({"dist_type": "choice", "choices": []})",
        {age + QStringLiteral(".choices distribution_empty")});
    distribution("weights", R"({"dist_type": "choice", "choices": [1, 2], "weights": [1]})",
        {age + QStringLiteral(".weights distribution_weights")});
    distribution("weights of nothing", R"({"dist_type": "choice", "choices": [1], "weights": [0]})",
        {age + QStringLiteral(".weights distribution_weights")});
    distribution("whole numbers", R"({"dist_type": "uniform_int", "min_value": 18.0, "max_value": 60})",
        {age + QStringLiteral(".min_value distribution_whole")});
    distribution("range turned", R"({"dist_type": "uniform_int", "min_value": 60, "max_value": 18})",
        {age + QStringLiteral(".max_value distribution_range")});
    distribution("range half", R"({"dist_type": "uniform_float", "min_value": 1})",
        {age + QStringLiteral(".max_value missing_key")});
    distribution("normal", R"({"dist_type": "normal", "mean": 40})", {age + QStringLiteral(".std missing_key")});
    distribution(
        "constant null", R"({"dist_type": "constant", "value": null})", {age + QStringLiteral(".value missing_key")});
    distribution("unknown type", R"({"dist_type": "uniform"})", {age + QStringLiteral(".dist_type wrong_value")});
    distribution("type missing", R"({"choices": [1]})", {age + QStringLiteral(".dist_type missing_key")});
    distribution("web form", R"({"type": "choice", "dist_type": "choice", "choices": [1]})",
        {QStringLiteral("warning citizens.0.memory_distributions.age.type obsolete_key")});
    distribution("good", R"({"dist_type": "normal", "mean": 40, "std": 5, "min_value": 18})", {});
    rows("unused attribute", citizen(R"("memory_distributions": {"ages": {"dist_type": "constant", "value": 3}})"),
        {u"warning citizens.0.memory_distributions.ages distribution_unused"_s});
    rows("community ignores all",
        R"({"citizens": [{"agent_class": "AgreeAgent", "memory_distributions": {"age": {"dist_type": "constant", "value": 3}}}]})",
        {u"warning citizens.0.memory_distributions.age distribution_unused"_s});
    rows("reserved", citizen(R"("memory_distributions": {"home_aoi_id": {"dist_type": "constant", "value": 3}})"),
        {u"error citizens.0.memory_distributions.home_aoi_id distribution_reserved"_s});
    rows("reserved for firms",
        R"({"citizens": [{"agent_class": "citizen"}], "firms": [{"agent_class": "firm", "memory_distributions": {"aoi_id": {"dist_type": "constant", "value": 3}}}]})",
        {u"error firms.0.memory_distributions.aoi_id distribution_reserved"_s});
}

void TestCheck::agents()
{
    QTemporaryDir folder;
    const auto file = [&](const char *name, const char *text) {
        writeFile(folder.filePath(QString::fromLatin1(name)), text);
    };
    file("people.json", R"([{"id": 900, "name": "A"}, {"id": 901}])");
    file("people.csv", "id\n900\n");
    file("noids.json", R"([{"id": 900}, {"name": "B"}])");
    file("persona.json", R"([{"id": 900, "persona": "kind"}])");
    file("thought.json", R"([{"id": 900, "thought": "x"}])");
    compare(Kind::Agents, {folder.path(), nullptr});
}

void TestCheck::workflow_data()
{
    columns();
    rows("good", R"({"workflow": [{"type": "step"}], "environment": {"start_tick": 0}, "logging_level": "info"})", {});
    rows("bare list", R"([{"type": "run", "days": 0.5}])", {});
    rows("empty", R"({"workflow": []})", {u"error workflow too_few"_s});
    rows("bare empty list", "[]", {u"error  too_few"_s});
    rows("missing", R"({"environment": {}})", {u"error workflow missing_key"_s});
    rows("type unknown", step(R"({"type": "steps"})"), {u"error workflow.0.type wrong_value"_s});
    rows("type missing", step("{}"), {u"error workflow.0.type missing_key"_s});
    rows("steps 0", step(R"({"type": "step", "steps": 0})"), {u"error workflow.0.steps out_of_range"_s});
    rows("steps 0 elsewhere", step(R"({"type": "next_round", "steps": 0})"), {});
    rows("ticks 0", step(R"({"type": "step", "ticks_per_step": 0})"),
        {u"error workflow.0.ticks_per_step out_of_range"_s});
    rows("ticks 0 in a run", step(R"({"type": "run", "ticks_per_step": 0})"),
        {u"error workflow.0.ticks_per_step out_of_range"_s});
    rows("days 0", step(R"({"type": "run", "days": 0})"), {u"error workflow.0.days out_of_range"_s});
    rows("days too few", step(R"({"type": "run", "days": 0.001})"), {u"warning workflow.0.days run_nothing"_s});
    rows("interview", step(R"({"type": "interview"})"),
        {u"error workflow.0.target_agent missing_key"_s, u"error workflow.0.interview_message missing_key"_s});
    rows("target null", step(R"({"type": "interview", "target_agent": null, "interview_message": "x"})"),
        {u"error workflow.0.target_agent missing_key"_s});
    rows("target all", step(R"({"type": "interview", "target_agent": "all", "interview_message": "x"})"),
        {u"error workflow.0.target_agent wrong_type"_s});
    rows("target texts", step(R"({"type": "interview", "target_agent": ["5"], "interview_message": "x"})"),
        {u"error workflow.0.target_agent.0 wrong_type"_s});
    rows("survey", step(R"({"type": "survey", "target_agent": [5]})"), {u"error workflow.0.survey missing_key"_s});
    rows("survey as id",
        step(R"({"type": "survey", "target_agent": [5], "survey": "6ad0dbc2-1f0e-4b41-9f2b-3c8f2e7b1a55"})"),
        {u"error workflow.0.survey wrong_type"_s});
    rows(
        "environment", step(R"({"type": "environment", "key": "weather"})"), {u"error workflow.0.value missing_key"_s});
    rows("environment false", step(R"({"type": "environment", "key": "workday", "value": false})"), {});
    rows("update_state", step(R"({"type": "update_state", "target_agent": [5], "key": "income", "value": null})"),
        {u"error workflow.0.value missing_key"_s});
    rows("message", step(R"({"type": "message", "target_agent": [5], "interview_message": "x"})"),
        {u"error workflow.0.intervene_message missing_key"_s, u"warning workflow.0.interview_message ignored_key"_s});
    rows("next_round", step(R"({"type": "next_round", "target_agent": [5]})"),
        {u"error workflow.0.target_agent wrong_type"_s});
    rows("save_context", step(R"({"type": "save_context", "target_agent": [5], "key": "x"})"),
        {u"error workflow.0.save_as missing_key"_s});
    rows("delete_agent", step(R"({"type": "delete_agent"})"), {u"error workflow.0.target_agent missing_key"_s});
    rows("function missing", step(R"({"type": "function"})"), {u"error workflow.0.func missing_key"_s});
    rows("function unknown", step(R"({"type": "function", "func": "do_nothin"})"),
        {u"error workflow.0.func function_unknown"_s});
    rows("other", step(R"({"type": "other", "func": "do_nothing"})"),
        {u"error workflow.0.target_agent missing_key"_s, u"error workflow.0.intervene_message missing_key"_s});
    rows("filter of nothing", step(R"({"type": "delete_agent", "target_agent": {}})"),
        {u"error workflow.0.target_agent filter_empty"_s});
    rows("filter class as text", step(R"({"type": "delete_agent", "target_agent": {"agent_class": "citizen"}})"),
        {u"error workflow.0.target_agent.agent_class wrong_type"_s});
    rows("filter class unknown", step(R"({"type": "delete_agent", "target_agent": {"agent_class": ["firm"]}})"),
        {u"error workflow.0.target_agent.agent_class.0 filter_class_unknown"_s});
    rows("filter on a profile",
        step(R"({"type": "delete_agent", "target_agent": {"filter_str": "${profile.age} > 3"}})"),
        {u"error workflow.0.target_agent.filter_str filter_never_matches"_s});
    rows("filter of code", step(R"({"type": "delete_agent", "target_agent": {"filter_str": "exit() or 1"}})"),
        {u"error workflow.0.target_agent.filter_str filter_code"_s});
    rows("filter True", step(R"({"type": "delete_agent", "target_agent": {"filter_str": "True"}})"), {});
    rows("filter key unknown",
        step(R"({"type": "delete_agent", "target_agent": {"agent_class": ["citizen"], "filter": "x"}})"),
        {u"warning workflow.0.target_agent.filter unknown_key"_s});
    rows("unknown key", step(R"({"type": "step", "tick_per_step": 3})"),
        {u"warning workflow.0.tick_per_step unknown_key"_s});
    rows("start_tick too late", R"({"workflow": [{"type": "step"}], "environment": {"start_tick": 86400}})",
        {u"error environment.start_tick out_of_range"_s});
    rows("start_tick negative", R"({"workflow": [{"type": "step"}], "environment": {"start_tick": -1}})",
        {u"error environment.start_tick out_of_range"_s});
    rows("environment null", R"({"workflow": [{"type": "step"}], "environment": null})",
        {u"error environment wrong_type"_s});
    rows("environment key", R"({"workflow": [{"type": "step"}], "environment": {"wether": "x"}})",
        {u"warning environment.wether unknown_key"_s});
    rows("log level", R"({"workflow": [{"type": "step"}], "logging_level": "LOUD"})",
        {u"error logging_level logging_level"_s});
    rows("log level quiet", R"({"workflow": [{"type": "step"}], "logging_level": "ERROR"})",
        {u"warning logging_level logging_level_quiet"_s});
    rows("step no object", R"({"workflow": [3]})", {u"error workflow.0 wrong_type"_s});
    rows("inner survey", step(R"({"type": "survey", "target_agent": [5], "survey": {"id": "x", "pages": []}})"),
        {u"error workflow.0.survey.id survey_id_invalid"_s, u"warning workflow.0.survey.pages survey_empty"_s});
}

void TestCheck::workflow()
{
    compare(Kind::Workflow);
}

void TestCheck::surveys_data()
{
    columns();
    rows("good", question(R"("type": "radiogroup", "choices": ["a", {"text": "b", "value": 2}])"), {});
    rows("id missing", R"({"pages": []})", {u"error id missing_key"_s, u"warning pages survey_empty"_s});
    rows("id without dashes", R"({"id": "6ad0dbc21f0e4b419f2b3c8f2e7b1a55", "pages": []})",
        {u"warning pages survey_empty"_s});
    rows("id no UUID", R"({"id": "mood", "pages": []})",
        {u"error id survey_id_invalid"_s, u"warning pages survey_empty"_s});
    rows("id of digits", R"({"id": "11111111-1111-4111-8111-111111111111", "pages": []})",
        {u"warning id survey_id_digits"_s, u"warning pages survey_empty"_s});
    rows("id with one inner e", R"({"id": "11111111-1e11-4111-8111-111111111111", "pages": []})",
        {u"warning id survey_id_digits"_s, u"warning pages survey_empty"_s});
    rows("id with two e", R"({"id": "11111111-1e1e-4111-8111-111111111111", "pages": []})",
        {u"warning pages survey_empty"_s});
    rows("id with e in front", R"({"id": "e1111111-1111-4111-8111-111111111111", "pages": []})",
        {u"warning pages survey_empty"_s});
    rows("pages missing", survey(R"("title": "x")"), {u"error pages missing_key"_s});
    rows("page without name", survey(R"("pages": [{"elements": []}])"),
        {u"error pages.0.name missing_key"_s, u"warning pages survey_empty"_s});
    rows("type unknown", question(R"("type": "radio")"), {u"error pages.0.elements.0.type wrong_value"_s});
    rows("title missing", survey(R"("pages": [{"name": "p", "elements": [{"name": "q", "type": "text"}]}])"),
        {u"error pages.0.elements.0.title missing_key"_s});
    rows("choices null", question(R"("type": "checkbox", "choices": null)"),
        {u"error pages.0.elements.0.choices wrong_type"_s, u"warning pages.0.elements.0.choices survey_no_choices"_s});
    rows("choice a number", question(R"("type": "checkbox", "choices": [1])"),
        {u"error pages.0.elements.0.choices.0 wrong_type"_s});
    rows("choice without text", question(R"("type": "checkbox", "choices": [{"value": 1}])"),
        {u"error pages.0.elements.0.choices.0.text missing_key"_s});
    rows("no choices", question(R"("type": "checkbox")"), {u"warning pages.0.elements.0.choices survey_no_choices"_s});
    rows("columns of objects", question(R"("type": "matrix", "rows": ["a"], "columns": [{"text": "b"}])"),
        {u"error pages.0.elements.0.columns.0 wrong_type"_s});
    rows("matrix without rows", question(R"("type": "matrix", "columns": ["a"])"),
        {u"warning pages.0.elements.0 survey_no_choices"_s});
    rows("rating turned", question(R"("type": "rating", "min_rating": 5, "max_rating": 1)"),
        {u"warning pages.0.elements.0.max_rating survey_rating_order"_s});
    rows("SurveyJS names", question(R"("type": "rating", "rateMax": 7)"),
        {u"warning pages.0.elements.0.rateMax obsolete_key"_s});
    rows("made at no time", survey(R"("created_at": "yesterday", "pages": [])"),
        {u"error created_at wrong_value"_s, u"warning pages survey_empty"_s});
    rows("same name",
        survey(
            R"("pages": [{"name": "p", "elements": [{"name": "q", "title": "a", "type": "text"}, {"name": "q", "title": "b", "type": "text"}]}])"),
        {u"warning pages.0.elements.1.name survey_name_twice"_s});
}

void TestCheck::surveys()
{
    compare(Kind::Survey);
}

void TestCheck::maps_data()
{
    columns();
    rows("good", R"({"file_path": "town.pb"})", {});
    rows("missing key", "{}", {u"error file_path missing_key"_s});
    rows("empty", R"({"file_path": ""})", {u"error file_path wrong_value"_s});
    rows("missing file", R"({"file_path": "none.pb"})", {u"error file_path map_missing"_s});
    rows("no map", R"({"file_path": "text.pb"})", {u"error file_path map_unreadable"_s});
    rows("no areas", R"({"file_path": "empty.pb"})",
        {u"error file_path map_no_areas"_s, u"warning file_path map_no_points"_s});
    rows("unknown key", R"({"file_path": "town.pb", "file": "x"})", {u"warning file unknown_key"_s});
}

void TestCheck::maps()
{
    QTemporaryDir folder;
    writeFile(folder.filePath(QStringLiteral("town.pb")), bytesOf(town()));
    citymap::Map empty = town();
    empty.clear_aois();
    writeFile(folder.filePath(QStringLiteral("empty.pb")), bytesOf(empty));
    writeFile(folder.filePath(QStringLiteral("text.pb")), "no map");
    MapCache cache;
    compare(Kind::Map, {folder.path(), &cache});
}

void TestCheck::othersAndNonsense()
{
    for (const Kind kind : allKinds()) {
        for (const char *text : {"null", "3", "\"x\"", "[]", "{}", "[[[]]]",
                 "{\"citizens\": {}, \"workflow\": {}, \"llm\": {}, \"pages\": 3, \"file_path\": []}"}) {
            const QList<Problem> problems = check(kind, json(text));
            if (kind != Kind::Template || text[0] != '{')
                QVERIFY2(hasErrors(problems), qPrintable(kindName(kind) + u' ' + QString::fromLatin1(text)));
        }
    }
}

void TestCheck::namesTheNearestKey_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one letter") << QStringLiteral("agent_clas") << QStringLiteral("agent_class");
    QTest::newRow("camel case") << QStringLiteral("agentClass") << QStringLiteral("agent_class");
    QTest::newRow("swapped") << QStringLiteral("nubmer") << QStringLiteral("number");
    QTest::newRow("plural") << QStringLiteral("numbers") << QStringLiteral("number");
    QTest::newRow("far away") << QStringLiteral("colour") << QString();
    QTest::newRow("short") << QStringLiteral("x") << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("endless") << QString(100'000, u'n') << QString();
}

void TestCheck::namesTheNearestKey()
{
    QFETCH(QString, word);
    QFETCH(QString, expected);
    QCOMPARE(
        nearest(word, {QStringLiteral("agent_class"), QStringLiteral("number"), QStringLiteral("blocks")}), expected);
}

void TestCheck::saysWhatIsWanted()
{
    const QList<Problem> problems = check(Kind::Llm,
        json(
            R"([{"provider": "vLLM", "model": "m", "base_url": "http://x/v1", "concurrency": "20", "concurency": 3}])"));
    QCOMPARE(problems.size(), 3);
    QVERIFY2(problems[0].remedy.contains(QStringLiteral("“vllm”")), qPrintable(problems[0].remedy));
    QVERIFY2(problems[1].message.contains(QStringLiteral("a whole number")), qPrintable(problems[1].message));
    QVERIFY2(problems[1].message.contains(QStringLiteral("the text “20”")), qPrintable(problems[1].message));
    QVERIFY2(problems[2].remedy.contains(QStringLiteral("“concurrency”")), qPrintable(problems[2].remedy));
    const QList<Problem> filter = check(Kind::Workflow,
        json(
            R"([{"type": "survey", "target_agent": "all", "survey": {"id": "6ad0dbc2-1f0e-4b41-9f2b-3c8f2e7b1a55", "pages": [{"name": "p", "elements": [{"name": "q", "title": "t", "type": "text"}]}]}}])"));
    QCOMPARE(filter.size(), 1);
    QVERIFY2(filter[0].remedy.contains(QStringLiteral("[5, 6]")), qPrintable(filter[0].remedy));
}

void TestCheck::acceptsThePracticeConfigurations()
{
    const QDir samples(sourcePath(QStringLiteral("resources/sample")));
    int count = 0;
    for (const QString &name : samples.entryList({QStringLiteral("*.json")})) {
        const auto document = Document::read(samples.filePath(name));
        QVERIFY2(document.has_value(), qPrintable(name));
        const auto kind = detectKind(*document);
        QVERIFY2(kind.has_value(), qPrintable(name));
        if (*kind == Kind::Map || document->text().contains("memory_from_file"))
            continue; // name files that setup puts into a workspace
        QCOMPARE(lines(check(*kind, *document)), QStringList());
        ++count;
    }
    QVERIFY(count >= 4);
}

QTEST_GUILESS_MAIN(TestCheck)
#include "tst_check.moc"
