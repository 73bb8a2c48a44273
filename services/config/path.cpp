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

} // namespace society::config
