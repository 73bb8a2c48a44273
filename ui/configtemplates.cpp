// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configtemplates.h"

#include <QCoreApplication>
#include <QUuid>

namespace society::ui {

using config::Kind;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("ConfigTemplates", text);
}

QByteArray llm(const char *provider, const char *model, const char *address = nullptr)
{
    QByteArray text =
        "[\n  {\n    \"provider\": \"" + QByteArray(provider) + "\",\n    \"model\": \"" + model + "\",\n";
    if (address)
        text += "    \"base_url\": \"" + QByteArray(address) + "\",\n";
    return text + "    \"concurrency\": 200,\n    \"timeout\": 30\n  }\n]\n";
}

// Survey ids must be UUIDs that do not consist of digits alone: AgentSociety stores such ones as numbers.
QByteArray surveyId()
{
    QByteArray id = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    id[0] = 'a';
    return id;
}

QByteArray survey(const QByteArray &indent)
{
    const QByteArray text = R"({
  "id": ")" + surveyId() + R"(",
  "title": "Mood",
  "description": "How people feel",
  "pages": [
    {
      "name": "p1",
      "elements": [
        {"name": "q1", "title": "How do you feel today?", "type": "radiogroup", "choices": ["Well", "So so", "Badly"]},
        {"name": "q2", "title": "How content are you with your life?", "type": "rating", "min_rating": 1, "max_rating": 5},
        {"name": "q3", "title": "Why?", "type": "text"}
      ]
    }
  ]
})";
    return QByteArray(text).replace("\n", "\n" + indent);
}

} // namespace

QList<ConfigTemplate> configTemplates(Kind kind)
{
    switch (kind) {
    case Kind::Llm:
        return {{words(QT_TRANSLATE_NOOP("ConfigTemplates", "Qwen (Alibaba Cloud)")), llm("qwen", "qwen-plus")},
            {words(QT_TRANSLATE_NOOP("ConfigTemplates", "DeepSeek")), llm("deepseek", "deepseek-chat")},
            {words(QT_TRANSLATE_NOOP("ConfigTemplates", "OpenAI")), llm("openai", "gpt-4o-mini")},
            {words(QT_TRANSLATE_NOOP("ConfigTemplates", "Zhipu AI")), llm("zhipuai", "glm-4-flash")},
            {words(QT_TRANSLATE_NOOP("ConfigTemplates", "SiliconFlow")),
                llm("siliconflow", "Qwen/Qwen2.5-7B-Instruct")},
            {words(QT_TRANSLATE_NOOP("ConfigTemplates", "Volcano Engine")), llm("volcengine", "doubao-lite-32k")},
            {words(QT_TRANSLATE_NOOP("ConfigTemplates", "vLLM server")),
                llm("vllm", "Qwen/Qwen2.5-7B-Instruct", "http://127.0.0.1:8000/v1")},
            {words(QT_TRANSLATE_NOOP("ConfigTemplates", "Any OpenAI-compatible address")),
                llm("custom", "model-name", "http://127.0.0.1:8000/v1")},
            {words(QT_TRANSLATE_NOOP("ConfigTemplates", "Practice (scripted, free)")),
                "[\n  {\n    \"provider\": \"practice\",\n    \"model\": \"practice\"\n  }\n]\n"}};
    case Kind::Agents:
        return {{words(QT_TRANSLATE_NOOP("ConfigTemplates", "Ten citizens")),
                    "{\n  \"citizens\": [\n    {\"agent_class\": \"citizen\", \"number\": 10}\n  ]\n}\n"},
            {words(QT_TRANSLATE_NOOP("ConfigTemplates", "Citizens from a profile file")),
                "{\n  \"citizens\": [\n    {\"agent_class\": \"citizen\", \"number\": 10, \"memory_from_file\": "
                "\"profiles/practice-people.json\"}\n  ]\n}\n"}};
    case Kind::Workflow:
        return {{words(QT_TRANSLATE_NOOP("ConfigTemplates", "One hour")),
                    "{\n  \"workflow\": [\n    {\"type\": \"step\", \"steps\": 4, \"ticks_per_step\": 900}\n  ],\n  "
                    "\"environment\": {\"start_tick\": 28800}\n}\n"},
            {words(QT_TRANSLATE_NOOP("ConfigTemplates", "One day")),
                "{\n  \"workflow\": [\n    {\"type\": \"run\", \"days\": 1, \"ticks_per_step\": 900}\n  ],\n  "
                "\"environment\": {\"start_tick\": 21600}\n}\n"},
            {words(QT_TRANSLATE_NOOP("ConfigTemplates", "Some steps, then a survey")),
                "{\n  \"workflow\": [\n    {\"type\": \"step\", \"steps\": 4, \"ticks_per_step\": 900},\n    "
                "{\"type\": "
                "\"survey\", \"target_agent\": [5, 6, 7, 8], \"survey\": " +
                    survey("    ") + "}\n  ],\n  \"environment\": {\"start_tick\": 28800}\n}\n"}};
    case Kind::Survey:
        return {{words(QT_TRANSLATE_NOOP("ConfigTemplates", "Three questions")), survey({}) + "\n"}};
    case Kind::Map:
    case Kind::Profile:
    case Kind::Template:
        break;
    }
    return {};
}

} // namespace society::ui
