// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/setuppage.h"

#include "services/config/configstore.h"
#include "services/experiment/practice.h"
#include "ui/appsettings.h"
#include "ui/errorpanel.h"
#include "ui/statechip.h"

#include <QEvent>
#include <QFileDialog>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace society::ui {

namespace {

constexpr int pageWidth = 680; // lines longer than this are hard to read

Result<int> practiceConfigs(const AppContext &context)
{
    SOCIETY_ASSIGN(const QList<config::ConfigRow> rows, context.configs.list(context.tenant));
    return static_cast<int>(
        std::count_if(rows.begin(), rows.end(), [](const config::ConfigRow &row) { return row.tenant.isEmpty(); }));
}

} // namespace

SetupPage::SetupPage(const AppContext &context, Activities &activities, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_activities(activities)
    , m_title(new QLabel(this))
    , m_intro(new QLabel(this))
    , m_workspace(makeStep("setupWorkspace"))
    , m_runner(makeStep("setupRunner"))
    , m_practice(makeStep("setupPractice"))
    , m_install(new QPushButton(this))
    , m_adopt(new QPushButton(this))
    , m_progress(new QProgressBar(this))
    , m_progressText(new QLabel(this))
    , m_cancel(new QPushButton(this))
    , m_error(new ErrorPanel(this))
    , m_continue(new QPushButton(this))
{
    setObjectName(QStringLiteral("setupPage"));
    buildLayout();
    connect(m_install, &QPushButton::clicked, this, &SetupPage::install);
    connect(m_adopt, &QPushButton::clicked, this, &SetupPage::chooseRunner);
    connect(m_cancel, &QPushButton::clicked, this, &SetupPage::cancel);
    connect(m_continue, &QPushButton::clicked, this, &SetupPage::done);
    retranslate();
}

SetupPage::~SetupPage()
{
    cancel(); // the window goes: an installation ends at its next look at the flag
}

SetupPage::Step SetupPage::makeStep(const char *name)
{
    Step step{new QLabel(this), new QLabel(this), new QLabel(this)};
    step.shape->setObjectName(QString::fromLatin1(name) + QStringLiteral("Shape"));
    step.text->setObjectName(QString::fromLatin1(name));
    QFont bold = font();
    bold.setBold(true);
    step.title->setFont(bold);
    step.text->setWordWrap(true);
    step.text->setTextFormat(Qt::PlainText);
    step.text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return step;
}

void SetupPage::buildLayout()
{
    m_install->setObjectName(QStringLiteral("setupInstall"));
    m_adopt->setObjectName(QStringLiteral("setupAdopt"));
    m_cancel->setObjectName(QStringLiteral("setupCancel"));
    m_progress->setObjectName(QStringLiteral("setupProgress"));
    m_progressText->setObjectName(QStringLiteral("setupStep"));
    m_continue->setObjectName(QStringLiteral("setupContinue"));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setBold(true);
    m_title->setFont(large);
    m_intro->setWordWrap(true);
    m_progressText->setWordWrap(true);

    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    int row = 0;
    const auto add = [&](const Step &step) {
        grid->addWidget(step.shape, row, 0, Qt::AlignTop);
        grid->addWidget(step.title, row++, 1);
        grid->addWidget(step.text, row++, 1);
    };
    const auto gap = [&] { grid->setRowMinimumHeight(row++, 12); };
    add(m_workspace);
    gap();
    add(m_runner);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_install);
    buttons->addWidget(m_adopt);
    buttons->addStretch();
    grid->addLayout(buttons, row++, 1);
    auto *progress = new QHBoxLayout;
    progress->addWidget(m_progress, 1);
    progress->addWidget(m_cancel);
    grid->addLayout(progress, row++, 1);
    grid->addWidget(m_progressText, row++, 1);
    gap();
    add(m_practice);

    auto *column = new QWidget(this);
    column->setMaximumWidth(pageWidth);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addWidget(m_title);
    layout->addWidget(m_intro);
    layout->addLayout(grid);
    layout->addWidget(m_error);
    layout->addWidget(m_continue, 0, Qt::AlignLeft);
    layout->addStretch();
    auto *all = new QHBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addStretch(1);
    all->addWidget(column, 100);
    all->addStretch(1);
}

void SetupPage::focusFirst()
{
    if (m_continue->isEnabled())
        m_continue->setFocus(Qt::OtherFocusReason);
    else
        m_install->setFocus(Qt::OtherFocusReason);
}

bool SetupPage::goBack()
{
    if (!m_found)
        return false;
    emit done();
    return true;
}

void SetupPage::refresh()
{
    m_context.prober.run(
        this, [&context = m_context] { return context.runner.installed(); },
        [this](const Result<agentsociety::InstalledRunner> &runner) { runnerArrived(runner, false); });
    m_context.worker.run(
        this, [&context = m_context] { return practiceConfigs(context); },
        [this](const Result<int> &count) {
            if (count)
                m_practiceCount = *count;
            else
                m_error->showError(count.error());
            update();
        });
}

void SetupPage::runnerArrived(const Result<agentsociety::InstalledRunner> &runner, bool asked)
{
    m_checked = true;
    m_busy = false;
    if (m_activity != 0)
        m_activities.end(std::exchange(m_activity, 0));
    m_cancelFlag.reset();
    if (runner) {
        m_found = *runner;
        m_error->clear();
    } else {
        // An attempt that failed takes nothing away: what worked before still does.
        if (!asked)
            m_found.reset();
        // That none is there yet is the page's subject, not a fault.
        if (asked || runner.error().code != QLatin1String("runner_missing"))
            m_error->showError(runner.error());
    }
    update();
    emit runnerChecked(m_found.has_value());
    if (runner && asked)
        installPractice();
}

void SetupPage::install()
{
    if (m_busy)
        return;
    m_busy = true;
    m_error->clear();
    m_progress->setRange(0, 100);
    m_progress->setValue(0);
    m_cancelFlag = std::make_shared<std::atomic_bool>(false);
    m_activity = m_activities.begin(tr("Installing the runner"), m_cancelFlag);
    update();
    // The work's thread may outlive this page: it reports through the activities, which the window owns, and through a
    // guarded pointer that is looked at in this thread only.
    const auto progress = [guard = QPointer<SetupPage>(this), activities = &m_activities, id = m_activity](
                              int percent, const QString &step) {
        activities->setProgress(id, percent, step);
        QMetaObject::invokeMethod(
            activities,
            [guard, percent, step] {
                if (!guard)
                    return;
                guard->m_progress->setValue(percent);
                guard->m_progressText->setText(step);
            },
            Qt::QueuedConnection);
    };
    m_context.installer.run(
        this, [&context = m_context, progress, flag = m_cancelFlag] { return context.runner.install(progress, *flag); },
        [this](const Result<agentsociety::InstalledRunner> &runner) { runnerArrived(runner, true); });
}

void SetupPage::cancel()
{
    if (m_cancelFlag)
        m_cancelFlag->store(true);
}

void SetupPage::chooseRunner()
{
    auto *dialog = new QFileDialog(
        this, tr("The agentsociety script of an existing installation"), m_context.settings.lastFolder());
    dialog->setObjectName(QStringLiteral("setupFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SetupPage::adopt);
    dialog->open();
}

void SetupPage::adopt(const QString &path)
{
    if (m_busy)
        return;
    m_busy = true;
    m_error->clear();
    m_progress->setRange(0, 0);
    m_progressText->setText(tr("Asking %1 for its version…").arg(path));
    update();
    m_context.installer.run(
        this, [&context = m_context, path] { return context.runner.adopt(path); },
        [this](const Result<agentsociety::InstalledRunner> &runner) { runnerArrived(runner, true); });
}

void SetupPage::installPractice()
{
    m_context.prober.run(
        this,
        [&context = m_context]() -> Result<int> {
            SOCIETY_TRY(experiment::installPractice(context.workspace, context.configs));
            return practiceConfigs(context);
        },
        [this](const Result<int> &count) {
            if (count)
                m_practiceCount = *count;
            else
                m_error->showError(count.error());
            update();
        });
}

void SetupPage::update()
{
    const auto setShape = [this](const Step &step, Severity severity) {
        step.shape->setPixmap(severityIcon(severity, palette()).pixmap(18, 18));
    };
    setShape(m_workspace, Severity::Good);
    m_workspace.text->setText(tr("Everything is kept in %1").arg(m_context.workspace.root()));
    setShape(m_runner, m_found ? Severity::Good : Severity::Information);
    if (m_found)
        m_runner.text->setText(
            tr("AgentSociety %1 with community %2, Python %3: %4")
                .arg(m_found->version, m_found->communityVersion, m_found->pythonVersion, m_found->path));
    else
        m_runner.text->setText(!m_checked
                                   ? tr("Looking for it…")
                                   : tr("AgentSociety runs the simulations. It is not here yet: install it (about "
                                        "1 GB from the Python package index, some minutes), or use one that is "
                                        "on this computer."));
    setShape(m_practice, m_practiceCount > 0 ? Severity::Good : Severity::Information);
    m_practice.text->setText(m_practiceCount > 0 ? tr("%n configuration(s) to begin with, no key and no money needed.",
                                                       nullptr, m_practiceCount)
                                                 : tr("They are made as soon as there is a runner."));
    m_install->setText(m_found ? tr("&Install ours instead") : tr("&Install"));
    m_install->setVisible(!m_busy && !(m_found && m_found->inWorkspace));
    m_adopt->setVisible(!m_busy);
    m_progress->setVisible(m_busy);
    m_progressText->setVisible(m_busy);
    m_cancel->setVisible(m_busy && m_cancelFlag);
    m_continue->setEnabled(m_found && !m_busy);
}

void SetupPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    Page::changeEvent(event);
}

void SetupPage::retranslate()
{
    m_title->setText(tr("Get ready to run"));
    m_intro->setText(tr("Three things are needed before the first experiment. This page does them, or says what is in "
                        "the way. It is reached later by File › Set up."));
    m_workspace.title->setText(tr("Workspace"));
    m_runner.title->setText(tr("Runner"));
    m_practice.title->setText(tr("Practice configurations"));
    m_adopt->setText(tr("&Use an existing one…"));
    m_cancel->setText(tr("&Cancel"));
    m_progress->setAccessibleName(tr("Progress of the installation"));
    m_continue->setText(tr("Go to &Launch"));
    update();
}

} // namespace society::ui
