// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into society-workbench: chooses four configurations, types a name and presses Start; and writes down what
// the list of experiments shows.
//
//   SOCIETY_TEST_START_NAME  the name that is typed; nothing is started without one
//   SOCIETY_TEST_PRESSED     a file that is made in the moment before Start is pressed
//   SOCIETY_TEST_ROWS        where the list is written: a line for each experiment, its columns between tabs
//   SOCIETY_TEST_PRESS_AFTER Start is pressed when this file is there; that it could be is written to standard error
//
// What the launch page says against it is written to standard error, which needs no other file.

#include "tests/faults/machine/presser.h"

#include <QAbstractItemView>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSaveFile>

#include <cstdio>
#include <unistd.h>

namespace {

using society::test::Presser;

void put(const char *variable, const QString &text)
{
    QSaveFile file(qEnvironmentVariable(variable));
    if (file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0)
        file.commit();
}

bool goTo(const char *name)
{
    auto *go = Presser::find<QAction>(name);
    if (!go || !go->isEnabled())
        return false;
    go->trigger();
    return true;
}

bool choose(const char *name, const QString &text)
{
    auto *list = Presser::find<QListWidget>(name);
    const auto found = list ? list->findItems(text, Qt::MatchExactly) : QList<QListWidgetItem *>();
    if (found.isEmpty())
        return false;
    list->setCurrentItem(found.first());
    return true;
}

bool type(const char *name, const QString &text)
{
    auto *edit = Presser::find<QLineEdit>(name);
    if (edit)
        edit->setText(text);
    return edit;
}

/// Tells what the launch page's error says.
void tellError()
{
    auto *page = Presser::find<QWidget>("launchPage");
    QString said;
    for (const char *part : {"errorMessage", "errorRemedy"})
        if (auto *label = page ? page->findChild<QLabel *>(QLatin1String(part)) : nullptr; label && label->isVisible())
            said += label->text() + u' ';
    static QString before;
    if (said != std::exchange(before, said) && !said.isEmpty())
        std::fprintf(stderr, "said: %s\n", qPrintable(said));
}

bool pressStart()
{
    auto *start = Presser::find<QPushButton>("launchStart");
    if (!start || !start->isVisible())
        return false;
    if (!start->isEnabled()) {
        tellError(); // of a check that failed
        return false;
    }
    static const bool told = std::fputs("can be pressed\n", stderr) >= 0;
    const QByteArray after = qgetenv("SOCIETY_TEST_PRESS_AFTER");
    if (!told || (!after.isEmpty() && ::access(after.constData(), F_OK) != 0))
        return false;
    put("SOCIETY_TEST_PRESSED", QStringLiteral("pressed"));
    start->click();
    return true;
}

/// Until the page is left, which a start that succeeds does.
bool tellWhatIsSaid()
{
    auto *page = Presser::find<QWidget>("launchPage");
    tellError();
    return !page || !page->isVisible();
}

/// For ever.
bool tellRows()
{
    auto *page = Presser::find<QWidget>("experimentsPage");
    auto *list = page ? page->findChild<QAbstractItemView *>() : nullptr;
    const QAbstractItemModel *model = list && list->isVisible() ? list->model() : nullptr;
    QString rows;
    for (int row = 0; model && row < model->rowCount(); ++row) {
        for (int column = 0; column < model->columnCount(); ++column)
            rows += model->index(row, column).data().toString() + u'\t';
        rows += u'\n';
    }
    static QString before;
    if (rows != std::exchange(before, rows))
        put("SOCIETY_TEST_ROWS", rows);
    return false;
}

void begin()
{
    if (!qobject_cast<QApplication *>(QCoreApplication::instance()))
        return;
    if (qEnvironmentVariableIsEmpty("SOCIETY_TEST_TRACE_FILE"))
        qunsetenv("LD_PRELOAD"); // keepers and gateways have no need of it
    QList<std::function<bool()>> steps;
    if (const QString name = qEnvironmentVariable("SOCIETY_TEST_START_NAME"); !name.isEmpty())
        steps = {[] { return goTo("goLaunch"); }, [] { return choose("list_llm", QStringLiteral("own")); },
            [] { return choose("list_agents", QStringLiteral("Four people")); },
            [] { return choose("list_map", QStringLiteral("Practice town")); },
            [] { return choose("list_workflow", QStringLiteral("A short morning")); },
            [name] { return type("launchName", name); }, [] { return type("launchCap", QStringLiteral("0.1")); },
            pressStart, tellWhatIsSaid};
    if (qEnvironmentVariableIsSet("SOCIETY_TEST_ROWS"))
        steps += {[] { return goTo("goExperiments"); }, tellRows};
    if (!steps.isEmpty())
        new Presser(steps); // for as long as the program runs
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(begin)
