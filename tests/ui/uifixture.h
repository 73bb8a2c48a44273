// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/runnerkit.h"
#include "services/experiment/workspacedatabase.h"
#include "tests/support/testworkspace.h"
#include "ui/appcontext.h"
#include "ui/appsettings.h"

#include <QAbstractButton>
#include <QApplication>
#include <QTest>
#include <memory>

namespace society::test {

/// What the window's parts are given in tests: every service on a workspace of its own, with the stub runner where a
/// run is wanted. Declare it before the widgets, so that these go first.
class UiFixture {
public:
    UiFixture();
    ~UiFixture();

    /// Takes the stub runner into use and makes the practice configurations.
    [[nodiscard]] bool prepareRuns();
    [[nodiscard]] QString error() const { return m_error.isEmpty() ? m_services.error() : m_error; }
    [[nodiscard]] bool isReady() const { return m_services.isReady(); }

    [[nodiscard]] TestWorkspace &services() { return m_services; }
    [[nodiscard]] ui::AppSettings &settings() { return *m_settings; }
    [[nodiscard]] ui::AppContext &context() { return *m_context; }
    /// Waits until the workers have done all that was asked so far.
    void settle();

private:
    TestWorkspace m_services;
    SystemClock m_clock;
    QString m_error;
    std::unique_ptr<ui::AppSettings> m_settings;
    std::unique_ptr<agentsociety::RunnerKit> m_runner;
    std::unique_ptr<experiment::WorkspaceDatabase> m_database;
    std::unique_ptr<Worker> m_worker;
    std::unique_ptr<Worker> m_prober;
    std::unique_ptr<Worker> m_starter;
    std::unique_ptr<Worker> m_installer;
    std::unique_ptr<ui::AppContext> m_context;
};

/// The widget of this object name, where it is visible; fails the test where there is none.
template <class Widget>
Widget *find(QWidget *in, const char *name)
{
    auto *widget = in->findChild<Widget *>(QString::fromLatin1(name));
    if (!widget)
        qWarning("no widget is called %s", name);
    return widget;
}

/// Presses a button as a mouse does: it must be visible and enabled. False where that cannot be.
[[nodiscard]] bool press(QWidget *in, const char *name);

/// The dialog of this object name that is open now, wherever it belongs; null where there is none.
[[nodiscard]] QWidget *openDialog(const char *name);

} // namespace society::test
