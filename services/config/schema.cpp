// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/schema.h"

#include <QFile>
#include <QMap>

namespace society::config {

namespace {

Json loadResource(const QString &name)
{
    QFile file(QStringLiteral(":/society/schemas/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("resource %s is missing", qUtf8Printable(name));
    return Json::parse(file.readAll().toStdString());
}

} // namespace

QStringList strings(const Json &list)
{
    QStringList result;
    for (const Json &one : list) {
        if (one.is_string())
            result.append(text(one));
    }
    return result;
}

QString below(const QString &parent, const QString &key)
{
    const QString escaped = joinPath({key});
    return parent.isEmpty() ? escaped : parent + u'.' + escaped;
}

QString below(const QString &parent, qsizetype index)
{
    return parent.isEmpty() ? QString::number(index) : parent + u'.' + QString::number(index);
}

const Json *schemaOf(Kind kind)
{
    static const QMap<Kind, Json> schemas = [] {
        QMap<Kind, Json> map;
        for (const Kind one : {Kind::Llm, Kind::Agents, Kind::Map, Kind::Workflow, Kind::Survey})
            map.insert(one, loadResource(kindName(one) + QStringLiteral(".schema.json")));
        return map;
    }();
    const auto found = schemas.constFind(kind);
    return found == schemas.constEnd() ? nullptr : &*found;
}

const Json &names()
{
    static const Json json = loadResource(QStringLiteral("names.json"));
    return json;
}

QStringList namesOf(const char *path)
{
    const Json *list = find(names(), splitPath(QString::fromLatin1(path)));
    return list ? strings(*list) : QStringList();
}

const Json &resolved(const Json &root, const Json &schema)
{
    const Json *reference = member(schema, "$ref");
    if (!reference)
        return schema;
    const std::string &pointer = reference->get_ref<const std::string &>(); // "#/definitions/x"
    return root.at("definitions").at(pointer.substr(std::string_view("#/definitions/").size()));
}

Json knownOnly(const Json &root, const Json &unresolved, const Json &value)
{
    const Json &schema = resolved(root, unresolved);
    if (const Json *choices = member(schema, "anyOf"))
        return value.is_null() ? value : knownOnly(root, choices->back(), value);
    if (value.is_array()) {
        const Json *items = member(schema, "items");
        Json list = Json::array();
        for (const Json &one : value)
            list.push_back(items ? knownOnly(root, *items, one) : one);
        return list;
    }
    const Json *properties = member(schema, "properties");
    const Json *others = member(schema, "additionalProperties");
    if (!value.is_object() || (!properties && !others))
        return value;
    Json object = Json::object();
    for (const auto &[key, inner] : value.items()) {
        const Json *known = properties ? member(*properties, key.c_str()) : nullptr;
        if (known)
            object[key] = knownOnly(root, *known, inner);
        else if (others && others->is_object())
            object[key] = knownOnly(root, *others, inner);
        else if (!others)
            object[key] = inner;
    }
    return object;
}

} // namespace society::config
