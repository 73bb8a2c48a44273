// SPDX-License-Identifier: GPL-3.0-or-later
// The windows of logs: nine beside each other, and one of its own.
#include "tests/ui/goonfor.h"
#include "tests/ui/logpictures.h"
#include "tests/ui/uifixture.h"
#include "ui/experimentfeed.h"
#include "ui/loggrid.h"
#include "ui/logpane.h"
#include "ui/logview.h"
#include "ui/runlogs.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>

namespace society::test {

using namespace ui;

namespace {

/// A run that has written a log, of which the window needs no more than that.
experiment::Experiment runWithLog(const QString &folder, const char *name, int number)
{
    experiment::Experiment run;
    run.id = ExperimentId::random();
    run.name = QString::fromLatin1(name);
    run.state = experiment::State::Running;
    run.runDirectory = QStringLiteral("%1/log-%2").arg(folder).arg(number);
    QFile file(run.runDirectory + QStringLiteral("/log.txt"));
    if (!QDir().mkpath(run.runDirectory) || !file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return run;
    file.write(sampleLog(number, 20 + 7 * number));
    return run;
}

} // namespace

void takeLogWindowPictures(UiFixture &fixture, const QString &variant, const QString &folder)
{
    const QTemporaryDir place;
    const auto save = [&](QWidget &widget, const char *name) {
        goOnFor(1200);
        widget.grab().save(QStringLiteral("%1/log-%2-%3.png").arg(folder, QLatin1String(name), variant));
    };
    QList<experiment::Experiment> runs;
    for (const char *name : {"A short morning", "A second morning", "Rumour in a small town", "Rumour, seed 2",
             "Rumour, seed 3", "A day with prices", "A day without", "Survey on trust", "Survey, larger"})
        runs.append(runWithLog(place.path(), name, static_cast<int>(runs.size())));

    ExperimentFeed feed(fixture.context());
    LogGrid grid(fixture.settings(), feed);
    for (const experiment::Experiment &run : std::as_const(runs))
        grid.add(run);
    grid.resize(1280, 800);
    grid.show();
    save(grid, "grid");

    auto *pane = new LogPane(fixture.settings());
    RunLogs logs(fixture.settings(), feed, pane);
    logs.resize(900, 420);
    logs.show();
    logs.setExperiment(runs.first());
    pane->open(runs.first().runDirectory + QStringLiteral("/log.txt"));
    pane->setLive(true);
    goOnFor(300);
    logs.findChild<QAction *>(QStringLiteral("logDetach"))->trigger();
    for (QWidget *top : QApplication::topLevelWidgets()) {
        if (top->objectName() == QLatin1String("logWindow") && top->isVisible()) {
            top->resize(900, 480);
            save(*top, "window");
        }
    }
}

} // namespace society::test
