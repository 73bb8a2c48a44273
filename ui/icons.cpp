// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/icons.h"

#include <QFile>

namespace society::ui {

QIcon icon(const char *name)
{
    const QString text = QString::fromLatin1(name);
    const QString own = QStringLiteral(":/icons/%1.svg").arg(text);
    // Asked for first: the SVG engine complains on standard error of a file that is not there.
    return QIcon::fromTheme(text, QFile::exists(own) ? QIcon(own) : QIcon());
}

} // namespace society::ui
