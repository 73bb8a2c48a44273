// SPDX-License-Identifier: GPL-3.0-or-later
// The menu of the log pane, and the columns that are chosen in it.
#include "ui/logpane.h"

#include "ui/logfindbar.h"
#include "ui/logview.h"

#include <QAction>
#include <QActionGroup>
#include <QComboBox>
#include <QMenu>

namespace society::ui {

/// Each column by itself, in all panes at once: who compares runs wants the same before all of them.
void LogPane::makeColumnsMenu()
{
    m_columnsMenu->setObjectName(QStringLiteral("logColumns"));
    for (const LogColumn column : allLogColumns) {
        QAction *action = m_columnsMenu->addAction(QString());
        action->setObjectName(QStringLiteral("logColumn%1").arg(static_cast<int>(column)));
        action->setData(static_cast<int>(column));
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, [this, column](bool on) { m_columns.setShown(column, on); });
    }
    connect(&m_columns, &LogColumnChoice::changed, this, &LogPane::takeColumns);
    takeColumns();
}

void LogPane::takeColumns()
{
    for (QAction *action : m_columnsMenu->actions())
        action->setChecked(m_columns.shown().testFlag(static_cast<LogColumn>(action->data().toInt())));
    m_view->setColumns(m_columns.shown());
}

void LogPane::retranslateColumns()
{
    m_columnsMenu->setTitle(tr("Colum&ns"));
    for (QAction *action : m_columnsMenu->actions())
        action->setText(logColumnName(static_cast<LogColumn>(action->data().toInt())));
}

void LogPane::showMenu(const QPoint &globalPosition)
{
    m_copyAction->setEnabled(m_view->hasSelection());
    m_copyColoursAction->setEnabled(m_view->hasSelection());
    m_saveSelectionAction->setEnabled(m_view->hasSelection());
    m_markNextAction->setEnabled(!m_view->marks().empty());
    m_markPreviousAction->setEnabled(!m_view->marks().empty());
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("logMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_copyAction, m_copyColoursAction, m_selectAllAction});
    menu->addSeparator();
    menu->addActions({m_wholeLineAction, m_rawLineAction});
    menu->addActions({m_markAction, m_markNextAction, m_markPreviousAction});
    menu->addSeparator();
    menu->addActions({m_findAction, m_filterAction, m_goToAction, m_errorNextAction, m_errorPreviousAction});
    if (m_isCompact)
        addCompactMenus(*menu);
    menu->addSeparator();
    menu->addActions({m_troublesAction, m_foldAction, m_wrapAction, m_followAction});
    menu->addMenu(m_columnsMenu);
    menu->addActions({m_zoomInAction, m_zoomOutAction, m_zoomResetAction});
    menu->addSeparator();
    menu->addActions({m_saveAction, m_saveSelectionAction, m_saveHitsAction});
    if (!m_ownersActions.isEmpty())
        menu->addSeparator();
    menu->addActions(m_ownersActions);
    menu->popup(globalPosition);
}

/// What else stands beside the field: how the text is meant, what is on show with the hits, and lines of which levels.
void LogPane::addCompactMenus(QMenu &menu)
{
    m_find->addOptions(menu);
    m_filterMenu->setTitle(tr("Lines around the hits"));
    menu.addMenu(m_filterMenu);
    QMenu *const levelMenu = menu.addMenu(m_level->accessibleName());
    auto *group = new QActionGroup(levelMenu);
    for (int i = 0; i < m_level->count(); ++i) {
        QAction *action = levelMenu->addAction(m_level->itemText(i));
        action->setCheckable(true);
        action->setChecked(i == m_level->currentIndex());
        group->addAction(action);
        connect(action, &QAction::triggered, m_level, [this, i] { m_level->setCurrentIndex(i); });
    }
}

} // namespace society::ui
