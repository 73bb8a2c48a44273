// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a picture of every page, light, dark and Chinese, on a sample workspace with runs of the stub runner.
// Not a test: `screenshots DIR`, offscreen; `screenshots DIR log`, `screenshots DIR money` and `screenshots DIR
// members` write those of the log, of the Accounts page and the settings, and of a shared ledger's members alone. The
// pictures in docs/screenshots are its work.
#include "services/agentsociety/samples.h"
#include "tests/ui/goonfor.h"
#include "tests/ui/logpictures.h"
#include "tests/ui/moneypictures.h"
#include "tests/ui/uifixture.h"
#include "ui/accountspage.h"
#include "ui/configurationspage.h"
#include "ui/language.h"
#include "ui/launchpage.h"
#include "ui/mainwindow.h"
#include "ui/runbills.h"
#include "ui/runpage.h"
#include "ui/theme.h"

#include <QAction>
#include <QDir>
#include <QLineEdit>
#include <QScopeGuard>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

struct Variant {
    const char *name;
    Look look;
    const char *language;
};
constexpr Variant variants[]{{"light", Look::Light, "en"}, {"dark", Look::Dark, "en"}, {"zh", Look::Light, "zh_CN"}};

// Runs that ended in each way, one that goes on, and money to see.
bool makeSample(TestWorkspace &services, const QString &runner)
{
    auto &ledger = services.ledger();
    if (!ledger.recharge(TestWorkspace::Tenant, Money::fromMicro(98'200'000), QStringLiteral("Grant 2026")))
        return false;
    const auto practiceRuns = {"A short morning", "Rumour in a small town calls=20", "fail early", "A second morning"};
    experiment::Request request = services.practiceRequest();
    if (runner.isEmpty()) {
        for (const char *name : practiceRuns) {
            request.name = QString::fromLatin1(name);
            const auto run = services.experiments().start(request);
            if (!run || !services.experiments().waitForEnd(run->id, 120))
                return false;
        }
        request.name = QStringLiteral("calls=5 sleep");
    } else {
        for (const char *name : {"A short morning", "The same again"}) {
            request.name = QString::fromLatin1(name);
            const auto run = services.experiments().start(request);
            if (!run || !services.experiments().waitForEnd(run->id, 300))
                return false;
        }
        const agentsociety::SampleExperiment day = agentsociety::sampleExperiments().constLast();
        request.workflow = day.workflow;
        request.agents = day.agents;
        request.name = day.name;
    }
    const QString llm = services.import(config::Kind::Llm, QStringLiteral("Qwen Plus"),
        "[\n  {\n    \"provider\": \"qwen\",\n    \"model\": \"qwen-plus\",\n    \"api_key\": \"sk-sample\"\n  }\n]\n");
    const QString workflow = services.import(config::Kind::Workflow, QStringLiteral("Rumour"),
        "{\n  \"workflow\": [\n    {\"type\": \"step\", \"steps\": 4, \"ticks_per_step\": 900},\n    {\"type\": "
        "\"interview\", "
        "\"target_agent\": [99], \"interview_message\": \"What have you heard?\", \"tikcs\": 3}\n  ]\n}\n");
    return !llm.isEmpty() && !workflow.isEmpty() && services.experiments().start(request).has_value();
}

class Camera {
public:
    Camera(UiFixture &fixture, MainWindow &window, QString folder)
        : m_fixture(fixture)
        , m_window(window)
        , m_folder(std::move(folder))
    {
    }

    void shoot(const char *page, const char *variant)
    {
        m_fixture.settle();
        goOnFor(700); // what is drawn on timers is drawn
        m_window.grab().save(QStringLiteral("%1/%2-%3.png").arg(m_folder, QLatin1String(page), QLatin1String(variant)));
    }

private:
    UiFixture &m_fixture;
    MainWindow &m_window;
    QString m_folder;
};

void tour(UiFixture &fixture, MainWindow &window, const Variant &variant, const QString &folder)
{
    Camera camera(fixture, window, folder);
    const auto go = [&](const char *action) { window.findChild<QAction *>(QLatin1String(action))->trigger(); };
    go("goLaunch");
    camera.shoot("launch", variant.name);
    go("goExperiments");
    camera.shoot("experiments", variant.name);
    experiment::Query all;
    all.tenant = TestWorkspace::Tenant;
    const auto runs = fixture.services().experiments().list(all);
    window.showRun(runs->first().id);
    goOnFor(6000);
    camera.shoot("run", variant.name);
    window.showRun(runs->last().id);
    auto *tabs = window.findChild<RunPage *>()->findChild<QTabWidget *>();
    for (int tab = 1; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        if (variant.look == Look::Light && QLatin1String(variant.language) == QLatin1String("en"))
            camera.shoot(qPrintable(QStringLiteral("run-tab%1").arg(tab)), variant.name);
    }
    tabs->setCurrentWidget(window.findChild<RunBills *>());
    camera.shoot("run-bills", variant.name);
    tabs->setCurrentIndex(0);
    if (runs->size() > 3)
        window.showRun(runs->at(2).id); // the one that failed
    camera.shoot("run-ended", variant.name);
    const auto workflow = fixture.services().configs().find(TestWorkspace::Tenant, QStringLiteral("Rumour"));
    window.showConfiguration(workflow->id, QStringLiteral("workflow.1"));
    goOnFor(500);
    camera.shoot("configurations", variant.name);
    const auto map = fixture.services().configs().find(TestWorkspace::Tenant, QStringLiteral("Practice town"));
    window.findChild<QTabWidget *>(QStringLiteral("configTabs"))->setCurrentIndex(0);
    window.showConfiguration(map->id, {});
    goOnFor(500);
    camera.shoot("map", variant.name);
    const auto llm = fixture.services().configs().find(TestWorkspace::Tenant, QStringLiteral("Qwen Plus"));
    window.showConfiguration(llm->id, {});
    goOnFor(500);
    camera.shoot("llm", variant.name);
    go("findAnything");
    camera.shoot("palette", variant.name);
    QTest::keyClick(window.findChild<QLineEdit *>(QStringLiteral("paletteEdit")), Qt::Key_Escape);
}

// What a new user meets: no runner yet.
void firstRun(const Variant &variant, const QString &folder)
{
    UiFixture fixture;
    fixture.settings().setLook(variant.look);
    fixture.settings().setLanguage(QString::fromLatin1(variant.language));
    const Theme theme(fixture.settings());
    const Language language(fixture.settings());
    MainWindow window(fixture.context());
    window.resize(1120, 740);
    window.show();
    Camera camera(fixture, window, folder);
    camera.shoot("setup", variant.name);
}

/// `take(variant)` in every look and language.
template <class Take>
void inEach(UiFixture &fixture, Take take)
{
    const Theme theme(fixture.settings());
    const Language language(fixture.settings());
    for (const Variant &variant : variants) {
        fixture.settings().setLook(variant.look);
        fixture.settings().setLanguage(QString::fromLatin1(variant.language));
        take(variant);
    }
}

// The Accounts page, with three months of money.
bool money(const QString &folder)
{
    UiFixture fixture;
    if (!makeMoneySample(fixture.services()))
        return false;
    inEach(fixture,
        [&](const Variant &variant) { takeMoneyPictures(fixture, QString::fromLatin1(variant.name), folder); });
    return true;
}

// Who is in a ledger that is shared: on a PostgreSQL server of its own.
bool members(const QString &folder)
{
    qputenv("SOCIETY_TEST_SERVER", "1");
    const auto back = qScopeGuard([] { qunsetenv("SOCIETY_TEST_SERVER"); });
    UiFixture fixture;
    if (!fixture.isReady() || !makeMembersSample(fixture.services()))
        return false;
    inEach(fixture, [&](const Variant &variant) {
        takeMembersPicture(fixture, QString::fromLatin1(variant.name), folder);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the dialog uses the fixture
    });
    return true;
}

// The log pane and what two logs differ in.
void logs(const Variant &variant, const QString &folder)
{
    const QTemporaryDir place;
    AppSettings settings(Workspace(place.path()), place.filePath(QStringLiteral("user.ini")));
    settings.setLook(variant.look);
    settings.setLanguage(QString::fromLatin1(variant.language));
    const Theme theme(settings);
    const Language language(settings);
    takeLogPictures(settings, QString::fromLatin1(variant.name), folder);
}

// Several logs, and one in a window of its own.
bool logWindows(const QString &folder)
{
    UiFixture fixture;
    if (!fixture.isReady())
        return false;
    inEach(fixture,
        [&](const Variant &variant) { takeLogWindowPictures(fixture, QString::fromLatin1(variant.name), folder); });
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationVersion(QStringLiteral("0.1.0"));
    if (argc < 2) {
        std::fputs("usage: screenshots DIR [log | money | members | real]\n", stderr);
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    QDir().mkpath(folder);
    const QLatin1String only(argc > 2 ? argv[2] : "");
    if (only == QLatin1String("members") || only.isEmpty()) {
        if (!members(folder)) {
            std::fputs("screenshots: the shared ledger could not be made\n", stderr);
            return 1;
        }
        if (!only.isEmpty())
            return 0;
    }
    if (only != QLatin1String("log") && !money(folder)) {
        std::fputs("screenshots: the sample of money could not be made\n", stderr);
        return 1;
    }
    if (only == QLatin1String("money"))
        return 0;
    for (const Variant &variant : variants)
        logs(variant, folder);
    if (!logWindows(folder)) {
        std::fputs("screenshots: the windows of logs could not be made\n", stderr);
        return 1;
    }
    if (only == QLatin1String("log"))
        return 0;
    for (const Variant &variant : variants)
        firstRun(variant, folder);
    const QString runner = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    UiFixture fixture;
    const bool ready = runner.isEmpty() ? fixture.prepareRuns() : fixture.services().useRealRunner();
    if (!ready || !makeSample(fixture.services(), runner)) {
        std::fprintf(stderr, "screenshots: %s\n", qPrintable(fixture.error()));
        return 1;
    }
    inEach(fixture, [&](const Variant &variant) {
        MainWindow window(fixture.context());
        window.resize(1120, 740);
        window.show();
        goOnFor(2000);
        tour(fixture, window, variant, folder);
    });
    return 0;
}
