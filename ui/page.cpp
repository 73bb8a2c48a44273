// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/page.h"

#include "ui/icons.h"

#include <QAction>
#include <QEvent>
#include <QKeySequence>

namespace society::ui {

Page::Page(QWidget *parent)
    : QWidget(parent)
{
}

QAction *Page::makeAction(const char *name, const char *iconName, const QKeySequence &shortcut)
{
    auto *action = new QAction(this);
    nameIcon(action, iconName);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    return action;
}

void Page::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace society::ui
