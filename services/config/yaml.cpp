// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/yaml_p.h"

#include <QCoreApplication>
#include <sstream>
#include <yaml-cpp/eventhandler.h>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigDocument", text);
}

// Counts documents. yaml-cpp's own LoadAll can go on for ever where something stands behind the first one.
class DocumentCounter : public YAML::EventHandler {
public:
    int count = 0;
    YAML::Mark last;

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        ++count;
        last = mark;
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark &, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark &, const std::string &, YAML::anchor_t, const std::string &) override {}
    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

void requireOneDocument(const std::string &text)
{
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    DocumentCounter counter;
    if (parser.HandleNextDocument(counter) && parser.HandleNextDocument(counter))
        throw YamlFault{counter.last, "yaml_invalid", tr("Something stands behind the end of the document")};
}

} // namespace

Result<> parseYaml(const QByteArray &text, const QString &name, Document::Tree &tree)
{
    const auto refuse = [&](const char *code, const YAML::Mark &mark, const QString &what) {
        return fail(ErrorKind::Refused, code, tr("%1: not readable as YAML").arg(placeText(name, positionOf(mark))),
            tr("Correct the text at this place."), what);
    };
    try {
        const std::string bytes = text.toStdString();
        requireOneDocument(bytes);
        tree.root = yamlValues(YAML::Load(bytes), tree);
        return {};
    } catch (const YamlFault &fault) {
        auto error = refuse(fault.code, fault.mark, fault.message).value();
        error.message = placeText(name, positionOf(fault.mark)) + QStringLiteral(": ") + fault.message;
        return fail(std::move(error));
    } catch (const YAML::Exception &error) {
        return refuse("yaml_invalid", error.mark, QString::fromStdString(error.msg));
    }
}

} // namespace society::config
