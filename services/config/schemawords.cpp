// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/schemacheck_p.h"

#include <QCoreApplication>
#include <QMap>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigCheck", text);
}

QString typeWords(const std::string &type)
{
    static const QMap<QString, const char *> words{
        {QStringLiteral("integer"), QT_TRANSLATE_NOOP("ConfigCheck", "a whole number")},
        {QStringLiteral("number"), QT_TRANSLATE_NOOP("ConfigCheck", "a number")},
        {QStringLiteral("string"), QT_TRANSLATE_NOOP("ConfigCheck", "text")},
        {QStringLiteral("boolean"), QT_TRANSLATE_NOOP("ConfigCheck", "true or false")},
        {QStringLiteral("array"), QT_TRANSLATE_NOOP("ConfigCheck", "a list")},
        {QStringLiteral("object"), QT_TRANSLATE_NOOP("ConfigCheck", "an object")},
        {QStringLiteral("null"), QT_TRANSLATE_NOOP("ConfigCheck", "null")}};
    return tr(words.value(QString::fromStdString(type), ""));
}

} // namespace

QString wantedWords(const Json &type)
{
    if (type.is_string())
        return typeWords(type.get_ref<const std::string &>());
    QStringList words;
    for (const Json &one : type) {
        if (one != "null" || type.size() == 1)
            words.append(typeWords(one.get_ref<const std::string &>()));
    }
    return words.join(tr(" or "));
}

QString valueWords(const Json &value)
{
    if (value.is_number())
        return tr("the number %1").arg(QString::fromUtf8(dump(value, -1)));
    if (value.is_string())
        return tr("the text “%1”").arg(text(value).left(40));
    if (value.is_boolean())
        return QString::fromUtf8(dump(value, -1));
    return typeWords(value.type_name());
}

QString placeName(const QString &path)
{
    const QStringList parts = splitPath(path);
    if (parts.isEmpty())
        return tr("The document");
    bool isIndex = false;
    const int index = parts.last().toInt(&isIndex);
    if (!isIndex)
        return QStringLiteral("“%1”").arg(parts.last());
    if (parts.size() == 1)
        return tr("Entry %1").arg(index + 1);
    return tr("Entry %1 of “%2”").arg(index + 1).arg(parts.at(parts.size() - 2));
}

} // namespace society::config
