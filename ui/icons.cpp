// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/icons.h"

namespace society::ui {

QIcon icon(const char *name)
{
    const QString text = QString::fromLatin1(name);
    return QIcon::fromTheme(text, QIcon(QStringLiteral(":/icons/%1.svg").arg(text)));
}

} // namespace society::ui
