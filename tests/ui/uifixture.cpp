// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/uifixture.h"

#include "services/experiment/practice.h"

#include <QSignalSpy>

namespace society::test {

UiFixture::UiFixture()
    : m_settings(std::make_unique<ui::AppSettings>(
          m_services.workspace(), m_services.workspace().root() + QStringLiteral("/user.ini")))
    , m_runner(std::make_unique<agentsociety::RunnerKit>(m_services.workspace()))
    , m_database(std::make_unique<experiment::WorkspaceDatabase>(
          m_services.workspace(), m_services.database(), m_services.secrets(), m_clock))
    , m_worker(std::make_unique<Worker>(QStringLiteral("worker")))
    , m_prober(std::make_unique<Worker>(QStringLiteral("prober")))
    , m_starter(std::make_unique<Worker>(QStringLiteral("starter")))
    , m_installer(std::make_unique<Worker>(QStringLiteral("installer")))
{
    m_context = std::make_unique<ui::AppContext>(ui::AppContext{m_services.workspace(), TestWorkspace::Tenant,
        *m_runner, m_services.configs(), m_services.experiments(), m_services.ledger(), m_services.secrets(),
        *m_database, m_clock, *m_settings, *m_worker, *m_prober, *m_starter, *m_installer});
}

UiFixture::~UiFixture()
{
    // What they still do uses the context.
    for (std::unique_ptr<Worker> *worker : {&m_worker, &m_prober, &m_starter, &m_installer})
        worker->reset();
}

bool UiFixture::prepareRuns()
{
    if (const auto adopted = m_runner->adopt(stubRunner()); !adopted) {
        m_error = adopted.error().message + u' ' + adopted.error().detail;
        return false;
    }
    if (const auto practice = experiment::installPractice(m_services.workspace(), m_services.configs()); !practice) {
        m_error = practice.error().message + u' ' + practice.error().detail;
        return false;
    }
    return true;
}

void UiFixture::settle()
{
    QObject context;
    int done = 0;
    for (Worker *worker : {m_worker.get(), m_prober.get(), m_starter.get(), m_installer.get()})
        worker->run(
            &context, [] { return 0; }, [&done](int) { ++done; });
    QTRY_COMPARE_WITH_TIMEOUT(done, 4, 30'000);
}

bool press(QWidget *in, const char *name)
{
    auto *button = in->findChild<QAbstractButton *>(QString::fromLatin1(name));
    if (!button || !button->isVisible() || !button->isEnabled()) {
        qWarning("the button %s cannot be pressed: %s", name,
            !button               ? "there is none"
            : button->isVisible() ? "it is disabled"
                                  : "it is hidden");
        return false;
    }
    QTest::mouseClick(button, Qt::LeftButton);
    return true;
}

QWidget *openDialog(const char *name)
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->isVisible() && widget->objectName() == QLatin1String(name))
            return widget;
    }
    return nullptr;
}

} // namespace society::test
