// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into society-workbench: presses what a person presses who opens the first experiment of the list and saves
// its log.
//
//   SOCIETY_TEST_SAVE_AS     the file that is typed into the dialog

#include "tests/faults/machine/presser.h"

#include <QAbstractItemView>
#include <QAction>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMainWindow>
#include <QTabWidget>

namespace {

using society::test::Presser;

bool goToList()
{
    auto *go = Presser::find<QAction>("goExperiments");
    if (!go || !go->isEnabled())
        return false;
    go->trigger();
    return true;
}

bool openFirst()
{
    auto *page = Presser::find<QWidget>("experimentsPage");
    for (auto *list : page ? page->findChildren<QAbstractItemView *>() : QList<QAbstractItemView *>()) {
        if (!list->isVisible() || !list->model() || list->model()->rowCount() == 0)
            continue;
        list->setFocus();
        list->setCurrentIndex(list->model()->index(0, 0));
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
        QApplication::sendEvent(list, &press);
        return true;
    }
    return false;
}

bool chooseSave()
{
    auto *pane = Presser::find<QWidget>("logPane");
    auto *tabs = Presser::find<QTabWidget>("runTabs");
    if (!pane || !tabs)
        return false;
    for (int i = 0; i < tabs->count(); ++i) {
        if (tabs->widget(i)->isAncestorOf(pane) || tabs->widget(i) == pane)
            tabs->setCurrentIndex(i);
    }
    auto *save = pane->findChild<QAction *>(QStringLiteral("logSave"));
    if (!save || !save->isEnabled())
        return false;
    save->trigger();
    return true;
}

bool acceptDialog(const QString &target)
{
    auto *dialog = Presser::find<QFileDialog>("logSaveDialog");
    auto *name = dialog ? dialog->findChild<QLineEdit *>() : nullptr;
    if (!name || !dialog->isVisible())
        return false;
    name->setText(target);
    QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"));
    QApplication::sendEvent(name, &press);
    return true;
}

void begin()
{
    const QString target = qEnvironmentVariable("SOCIETY_TEST_SAVE_AS");
    if (!target.isEmpty() && qobject_cast<QApplication *>(QCoreApplication::instance()))
        new Presser({goToList, openFirst, chooseSave, [target] { return acceptDialog(target); }}); // as long as it runs
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(begin)
