// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/parts.h"
#include "services/config/preflight.h"
#include "services/config/prepare.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigImport", text);
}

Problem note(const char *code, const QString &message)
{
    return {Severity::Ok, {}, QString::fromLatin1(code), message, {}};
}

// A part, once it is known which.
Result<Prepared> preparePart(
    Kind kind, const Document &document, const QString &name, const QString &folder, const Workspace &workspace)
{
    SOCIETY_ASSIGN(Prepared prepared, prepare(kind, document, folder, workspace));
    prepared.name = name;
    return prepared;
}

Result<QList<Prepared>> prepareRun(
    const Document &run, const QString &name, const QString &folder, const Workspace &workspace)
{
    QList<Problem> notes;
    SOCIETY_ASSIGN(const Parts parts, splitRun(run, folder, &notes));
    const QString shown = parts.name.isEmpty() ? name : parts.name;
    QList<Prepared> list;
    for (const auto &[kind, part] : {std::pair{Kind::Llm, &parts.llm}, {Kind::Agents, &parts.agents},
             {Kind::Map, &parts.map}, {Kind::Workflow, &parts.workflow}}) {
        if (part->document.tree().root.is_null())
            continue;
        SOCIETY_ASSIGN(Prepared prepared, preparePart(kind, part->document, shown, folder, workspace));
        list.append(prepared);
    }
    if (!list.isEmpty())
        list.first().notes = notes + list.first().notes;
    return list;
}

// A row of AgentSociety's own store: {"name", "description", "config"}; or a part under its own key.
Document unwrapped(const Document &document, QString &name, QString &description)
{
    const QStringList keys = document.keys({});
    QString inner;
    if (keys.contains(QStringLiteral("config")) && keys.contains(QStringLiteral("name"))) {
        inner = QStringLiteral("config");
        name = document.value(QStringLiteral("name")).toString(name);
        description = document.value(QStringLiteral("description")).toString();
    } else if (keys.size() == 1 && (keys.first() == QLatin1String("agents") || keys.first() == QLatin1String("map"))) {
        inner = keys.first();
    }
    if (inner.isEmpty() || !find(document, inner)->is_structured())
        return document;
    return Document::parse(document.slice(inner) + '\n', Format::Json).value_or(document);
}

} // namespace

Result<QList<Prepared>> prepareAny(const Document &source, std::optional<Kind> kind, const QString &fileName,
    const QString &folder, const Workspace &workspace)
{
    if (!kind && isRunFile(source))
        return prepareRun(source, fileName, folder, workspace);
    QString name = fileName;
    QString description;
    Document document = unwrapped(source, name, description);
    const std::optional<Kind> found = kind ? kind : detectKind(document);
    if (!found) {
        return fail(ErrorKind::Refused, "kind_unknown",
            tr("It cannot be seen what kind of configuration %1 is").arg(fileName),
            tr("Say which kind it is, or check that it is an AgentSociety document."));
    }
    if (*found == Kind::Llm && document.tree().root.is_object() && !document.contains(QStringLiteral("llm"))) {
        SOCIETY_ASSIGN(
            document, Document::parse("[\n  " + document.slice({}).replace("\n", "\n  ") + "\n]\n", Format::Json));
    }
    SOCIETY_ASSIGN(Prepared prepared, preparePart(*found, document, name, folder, workspace));
    prepared.description = description;
    if (source.format() == Format::Yaml)
        prepared.notes.prepend(note("yaml_as_json", tr("The document is kept as JSON; comments are left out")));
    return QList<Prepared>{prepared};
}

Result<QList<Prepared>> prepareFile(
    const QString &file, std::optional<Kind> kind, const QString &folder, const Workspace &workspace)
{
    const QFileInfo info(file);
    const QString suffix = info.suffix().toLower();
    if (suffix == QLatin1String("pb")) {
        SOCIETY_ASSIGN(const Prepared prepared, prepareMapFile(file, workspace));
        return QList<Prepared>{prepared};
    }
    if (suffix == QLatin1String("csv") || suffix == QLatin1String("jsonl") || kind == Kind::Profile) {
        SOCIETY_ASSIGN(const Prepared prepared, prepareProfiles(file, workspace));
        return QList<Prepared>{prepared};
    }
    SOCIETY_ASSIGN(const Document document, Document::read(file));
    if (!kind && document.tree().root.is_array() && detectKind(document) == Kind::Profile) {
        SOCIETY_ASSIGN(const Prepared prepared, prepareProfiles(file, workspace));
        return QList<Prepared>{prepared};
    }
    return prepareAny(
        document, kind, info.completeBaseName(), folder.isEmpty() ? info.absolutePath() : folder, workspace);
}

} // namespace society::config
