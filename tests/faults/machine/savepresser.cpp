// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into society-workbench: presses what a person presses who opens the first experiment of the list and saves
// its log.
//
//   SOCIETY_TEST_SAVE_AS     the file that is typed into the dialog

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMainWindow>
#include <QTabWidget>
#include <QTimer>

#include <cstdlib>

namespace {

class Presser : public QObject {
public:
    explicit Presser(QString target)
        : m_target(std::move(target))
    {
        connect(&m_timer, &QTimer::timeout, this, &Presser::step);
        m_timer.start(50);
    }

private:
    /// Does the next thing once it can be done.
    void step()
    {
        static const QList<bool (Presser::*)()> steps{
            &Presser::goToList, &Presser::openFirst, &Presser::chooseSave, &Presser::acceptDialog};
        if (m_next < steps.size() && (this->*steps[m_next])())
            ++m_next;
    }

    template <class Object>
    static Object *find(const char *name)
    {
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (auto *found = window->findChild<Object *>(QString::fromLatin1(name)))
                return found;
        }
        return nullptr;
    }

    bool goToList()
    {
        auto *go = find<QAction>("goExperiments");
        if (!go || !go->isEnabled())
            return false;
        go->trigger();
        return true;
    }

    bool openFirst()
    {
        auto *page = find<QWidget>("experimentsPage");
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
        auto *pane = find<QWidget>("logPane");
        auto *tabs = find<QTabWidget>("runTabs");
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

    bool acceptDialog()
    {
        auto *dialog = find<QFileDialog>("logSaveDialog");
        auto *name = dialog ? dialog->findChild<QLineEdit *>() : nullptr;
        if (!name || !dialog->isVisible())
            return false;
        name->setText(m_target);
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"));
        QApplication::sendEvent(name, &press);
        return true;
    }

    QTimer m_timer;
    QString m_target;
    qsizetype m_next = 0;
};

void begin()
{
    const QString target = qEnvironmentVariable("SOCIETY_TEST_SAVE_AS");
    if (!target.isEmpty() && qobject_cast<QApplication *>(QCoreApplication::instance()))
        new Presser(target); // for as long as the program runs
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(begin)
