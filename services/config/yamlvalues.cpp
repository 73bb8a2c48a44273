// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/yaml_p.h"

#include <QCoreApplication>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigDocument", text);
}

constexpr int MaxNodes = 200'000; // aliases can multiply a small text without end

class Converter {
public:
    explicit Converter(Document::Tree &tree)
        : m_tree(tree)
    {
    }

    Json convert(const YAML::Node &node)
    {
        if (m_path.size() > MaxDocumentDepth)
            throw YamlFault{node.Mark(), "document_too_deep", tr("The document is nested too deeply")};
        if (++m_nodes > MaxNodes)
            throw YamlFault{node.Mark(), "document_too_large", tr("The document has too many values")};
        const QString path = joinPath(m_path);
        if (!m_tree.positions.contains(path))
            m_tree.positions.insert(path, positionOf(node.Mark()));
        if (node.IsSequence())
            return sequence(node);
        if (node.IsMap())
            return mapping(node);
        return node.IsScalar() ? yamlScalar(node) : Json(nullptr);
    }

private:
    Json sequence(const YAML::Node &node)
    {
        Json list = Json::array();
        for (const YAML::Node &element : node) {
            m_path.append(QString::number(list.size()));
            list.push_back(convert(element));
            m_path.removeLast();
        }
        return list;
    }

    Json mapping(const YAML::Node &node)
    {
        Json object = Json::object();
        std::vector<YAML::Node> merged;
        for (const auto &pair : node) {
            if (!pair.first.IsScalar())
                throw YamlFault{pair.first.Mark(), "yaml_invalid", tr("A key must be text")};
            const std::string &key = pair.first.Scalar();
            if (key == "<<") {
                merged.push_back(pair.second);
                continue;
            }
            m_path.append(keyText(key));
            if (object.contains(key))
                m_tree.duplicates.append(joinPath(m_path));
            m_tree.positions.insert(joinPath(m_path), positionOf(pair.first.Mark()));
            object[key] = convert(pair.second);
            m_path.removeLast();
        }
        for (const YAML::Node &source : merged)
            merge(source, object);
        return object;
    }

    void merge(const YAML::Node &source, Json &object)
    {
        m_path.append(QStringLiteral("<<"));
        const Json value = convert(source);
        m_path.removeLast();
        for (const Json &one : value.is_array() ? value : Json::array({value})) {
            if (!one.is_object())
                throw YamlFault{source.Mark(), "yaml_invalid", tr("Only a mapping can be merged with <<")};
            for (const auto &[key, inner] : one.items()) {
                if (!object.contains(key))
                    object[key] = inner;
            }
        }
    }

    Document::Tree &m_tree;
    QStringList m_path;
    int m_nodes = 0;
};

} // namespace

Json yamlValues(const YAML::Node &root, Document::Tree &tree)
{
    return Converter(tree).convert(root);
}

Position positionOf(const YAML::Mark &mark)
{
    return mark.is_null() ? Position{1, 1} : Position{mark.line + 1, mark.column + 1};
}

} // namespace society::config
