// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/icons.h"

#include <QAction>
#include <QFile>

namespace society::ui {

namespace {

constexpr char iconName[] = "iconName";

QString ownFile(const QString &name)
{
    return QStringLiteral(":/icons/%1.svg").arg(name);
}

} // namespace

QIcon icon(const char *name)
{
    const QString text = QString::fromLatin1(name);
    const QString own = ownFile(text);
    // Asked for first: the SVG engine complains on standard error of a file that is not there.
    return QIcon::fromTheme(text, QFile::exists(own) ? QIcon(own) : QIcon());
}

QIcon ownIcon(const char *name)
{
    return QIcon(ownFile(QString::fromLatin1(name)));
}

void nameIcon(QAction *action, const char *name)
{
    action->setProperty(iconName, QByteArray(name));
}

void dress(QAction *action)
{
    if (const QByteArray name = action->property(iconName).toByteArray(); !name.isEmpty())
        action->setIcon(icon(name.constData()));
}

} // namespace society::ui
