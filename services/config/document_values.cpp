// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/document_p.h"
#include "services/config/jsontext.h"

namespace society::config {

namespace {

QByteArray moveLeft(const QByteArray &value, const QByteArray &indentation)
{
    if (indentation.isEmpty() || !value.contains('\n'))
        return value;
    QByteArray moved;
    for (const QByteArray &line : value.split('\n')) {
        if (!moved.isNull())
            moved += '\n';
        qsizetype common = 0;
        while (common < indentation.size() && common < line.size() && line.at(common) == indentation.at(common))
            ++common;
        moved += moved.isNull() ? line : line.mid(common);
    }
    return moved;
}

} // namespace

Format Document::format() const
{
    return m_tree->format;
}

const QByteArray &Document::text() const
{
    return m_tree->text;
}

QByteArray Document::toJson() const
{
    return format() == Format::Json ? text() : dump(m_tree->root) + '\n';
}

Position Document::position(const QString &path) const
{
    if (format() == Format::Json) {
        const JsonText json(m_tree->text);
        return json.position(json.locate(splitPath(path)).span.mark());
    }
    for (QStringList parts = splitPath(path);; parts.removeLast()) {
        const auto found = m_tree->positions.constFind(joinPath(parts));
        if (found != m_tree->positions.constEnd())
            return *found;
        if (parts.isEmpty())
            return {1, 1};
    }
}

QStringList Document::duplicateKeys() const
{
    return m_tree->duplicates;
}

bool Document::contains(const QString &path) const
{
    return find(*this, path) != nullptr;
}

QJsonValue Document::value(const QString &path) const
{
    const Json *json = find(*this, path);
    return json ? toQt(*json) : QJsonValue(QJsonValue::Undefined);
}

QStringList Document::keys(const QString &path) const
{
    QStringList keys;
    if (const Json *json = find(*this, path); json && json->is_object()) {
        for (const auto &[key, value] : json->items())
            keys.append(keyText(key));
    }
    return keys;
}

qsizetype Document::size(const QString &path) const
{
    const Json *json = find(*this, path);
    return json && json->is_structured() ? static_cast<qsizetype>(json->size()) : 0;
}

QByteArray Document::slice(const QString &path) const
{
    const Json *json = find(*this, path);
    if (!json)
        return {};
    if (format() != Format::Json)
        return dump(*json);
    const JsonText text(m_tree->text);
    const JsonSpan span = text.locate(splitPath(path)).span;
    return moveLeft(m_tree->text.mid(span.begin, span.end - span.begin), text.indentation(span.begin));
}

} // namespace society::config
