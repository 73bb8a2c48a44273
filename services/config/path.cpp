// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/document.h"

namespace society::config {

QStringList splitPath(QStringView path)
{
    QStringList parts;
    if (path.isEmpty())
        return parts;
    QString part;
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (path[i] == u'\\' && i + 1 < path.size()) {
            part.append(path[++i]);
        } else if (path[i] == u'.') {
            parts.append(part);
            part.clear();
        } else {
            part.append(path[i]);
        }
    }
    parts.append(part);
    return parts;
}

QString joinPath(const QStringList &parts)
{
    QStringList escaped;
    escaped.reserve(parts.size());
    for (QString part : parts) {
        part.replace(u'\\', QStringLiteral("\\\\"));
        part.replace(u'.', QStringLiteral("\\."));
        escaped.append(part);
    }
    return escaped.join(u'.');
}

QString pathFromPointer(QStringView jsonPointer)
{
    if (jsonPointer.isEmpty())
        return {};
    QStringList parts;
    for (const QStringView part : jsonPointer.mid(1).split(u'/')) {
        QString key = part.toString();
        key.replace(QStringLiteral("~1"), QStringLiteral("/"));
        key.replace(QStringLiteral("~0"), QStringLiteral("~"));
        parts.append(key);
    }
    return joinPath(parts);
}

QString pointerFromPath(QStringView path)
{
    QString pointer;
    for (QString part : splitPath(path)) {
        part.replace(u'~', QStringLiteral("~0"));
        part.replace(u'/', QStringLiteral("~1"));
        pointer += u'/' + part;
    }
    return pointer;
}

} // namespace society::config
