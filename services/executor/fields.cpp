// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/executor/fields.h"

namespace society::executor {

Fields::Fields(const QJsonObject &object, Fault *fault, const QString &path)
    : m_object(object)
    , m_fault(fault)
    , m_path(path)
{
}

QJsonValue Fields::value(const char *name) const
{
    const QJsonValue found = m_object.value(QString::fromUtf8(name));
    return found.isNull() ? QJsonValue(QJsonValue::Undefined) : found;
}

QString Fields::pathOf(const QString &name) const
{
    return m_path.isEmpty() ? name : m_path + u'.' + name;
}

void Fields::refuse(const char *name) const
{
    if (m_fault->path.isEmpty())
        m_fault->path = pathOf(QString::fromUtf8(name));
}

QString Fields::text(const char *name) const
{
    const QJsonValue found = value(name);
    if (!found.isUndefined() && !found.isString())
        refuse(name);
    return found.toString();
}

qint64 Fields::number(const char *name, qint64 fallback) const
{
    const QJsonValue found = value(name);
    if (found.isUndefined())
        return fallback;
    // toInteger() gives its default for a fraction too.
    if (!found.isDouble() || (found.toInteger(-1) == -1 && found.toInteger(-2) == -2))
        refuse(name);
    return found.toInteger(fallback);
}

std::optional<int> Fields::optionalNumber(const char *name) const
{
    return value(name).isUndefined() ? std::nullopt : std::optional(static_cast<int>(number(name, 0)));
}

QStringList Fields::texts(const char *name) const
{
    const QJsonValue found = value(name);
    if (!found.isUndefined() && !found.isArray())
        refuse(name);
    QStringList result;
    const QJsonArray array = found.toArray();
    for (const auto &item : array) {
        if (!item.isString())
            refuse(name);
        result.append(item.toString());
    }
    return result;
}

Fields Fields::object(const char *name) const
{
    const QJsonValue found = value(name);
    if (!found.isUndefined() && !found.isObject())
        refuse(name);
    return {found.toObject(), m_fault, pathOf(QString::fromUtf8(name))};
}

QList<Fields> Fields::objects(const char *name) const
{
    const QJsonValue found = value(name);
    if (!found.isUndefined() && !found.isArray())
        refuse(name);
    QList<Fields> result;
    const QJsonArray array = found.toArray();
    for (const auto &item : array) {
        const QString path = pathOf(QString::fromUtf8(name)) + u'.' + QString::number(result.size());
        if (!item.isObject() && m_fault->path.isEmpty())
            m_fault->path = path;
        result.append(Fields(item.toObject(), m_fault, path));
    }
    return result;
}

} // namespace society::executor
