// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/document_p.h"

#include <QJsonArray>
#include <QJsonObject>
#include <cmath>

namespace society::config {

const Json *find(const Json &root, const QStringList &path)
{
    const Json *json = &root;
    for (const QString &part : path) {
        if (json->is_object()) {
            const auto found = json->find(part.toStdString());
            if (found == json->end())
                return nullptr;
            json = &*found;
        } else if (json->is_array()) {
            bool isIndex = false;
            const qulonglong index = part.toULongLong(&isIndex);
            if (!isIndex || index >= json->size() || QString::number(index) != part)
                return nullptr;
            json = &(*json)[static_cast<size_t>(index)];
        } else {
            return nullptr;
        }
    }
    return json;
}

const Json *find(const Document &document, const QString &path)
{
    return find(document.tree().root, splitPath(path));
}

const Json *member(const Json &json, const char *key)
{
    if (!json.is_object())
        return nullptr;
    const auto found = json.find(key);
    return found == json.end() ? nullptr : &*found;
}

QString text(const Json &json)
{
    return json.is_string() ? QString::fromStdString(json.get_ref<const std::string &>()) : QString();
}

QString keyText(const std::string &key)
{
    return QString::fromStdString(key);
}

QByteArray dump(const Json &json, int indent)
{
    // Text that came through a parser is UTF-8; anything else is replaced rather than thrown at a user.
    return QByteArray::fromStdString(json.dump(indent, ' ', false, Json::error_handler_t::replace));
}

QJsonValue toQt(const Json &json)
{
    switch (json.type()) {
    case Json::value_t::boolean:
        return json.get<bool>();
    case Json::value_t::number_integer:
        return static_cast<qint64>(json.get<std::int64_t>());
    case Json::value_t::number_unsigned: {
        const auto number = json.get<std::uint64_t>();
        if (number <= static_cast<std::uint64_t>(std::numeric_limits<qint64>::max()))
            return static_cast<qint64>(number);
        return static_cast<double>(number);
    }
    case Json::value_t::number_float:
        return json.get<double>();
    case Json::value_t::string:
        return text(json);
    case Json::value_t::array: {
        QJsonArray array;
        for (const Json &element : json)
            array.append(toQt(element));
        return array;
    }
    case Json::value_t::object: {
        QJsonObject object;
        for (const auto &[key, value] : json.items())
            object.insert(keyText(key), toQt(value));
        return object;
    }
    case Json::value_t::null:
    case Json::value_t::binary:
    case Json::value_t::discarded:
        break;
    }
    return QJsonValue::Null;
}

std::optional<qint64> integer(const Json &json)
{
    if (json.is_number_unsigned()) {
        const auto number = json.get<std::uint64_t>();
        if (number > static_cast<std::uint64_t>(std::numeric_limits<qint64>::max()))
            return std::nullopt;
        return static_cast<qint64>(number);
    }
    if (json.is_number_integer())
        return static_cast<qint64>(json.get<std::int64_t>());
    if (json.is_number_float()) {
        const double number = json.get<double>();
        if (std::trunc(number) == number && std::abs(number) < 9e15)
            return static_cast<qint64>(number);
    }
    return std::nullopt;
}

} // namespace society::config
