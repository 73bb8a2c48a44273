// SPDX-License-Identifier: GPL-3.0-or-later
// What the Launch page does when asked: start, lead to a problem's place, export.
#include "ui/appsettings.h"
#include "ui/configpicker.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/launchpage.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>

namespace society::ui {

using config::Kind;

bool LaunchPage::isAboutRunner(const config::Problem &problem)
{
    return problem.code.startsWith(QLatin1String("runner_"));
}

bool LaunchPage::isAboutMoney(const config::Problem &problem)
{
    return problem.code == QLatin1String("funds");
}

void LaunchPage::start()
{
    if (m_starting || !obstacle().isEmpty())
        return;
    m_starting = true;
    m_error->clear();
    updateStart();
    m_context.starter.run(
        this, [&context = m_context, asked = request()] { return context.experiments.start(asked); },
        [this](const Result<experiment::Experiment> &made) {
            m_starting = false;
            if (!made) {
                m_error->showError(made.error());
                scheduleCheck();
                return;
            }
            m_seed->clear(); // the next one is another run, unless its seed is asked for again
            updateStart();
            m_feed.take(*made);
            emit started(made->id);
        });
}

config::Selection LaunchPage::selection() const
{
    const auto refOf = [this](Kind kind) { return config::ConfigRef{picker(kind)->chosen().id, 0}; };
    return {refOf(Kind::Llm), refOf(Kind::Agents), refOf(Kind::Map), refOf(Kind::Workflow)};
}

void LaunchPage::exportRun()
{
    const config::Selection chosen = selection();
    auto *dialog = new QFileDialog(this, tr("Export the run file"), m_context.settings.lastFolder());
    dialog->setObjectName(QStringLiteral("runFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Run files (*.json)"));
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QStringLiteral("run.json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, chosen](const QString &file) {
        m_context.settings.setLastFolder(QFileInfo(file).absolutePath());
        m_context.prober.run(
            this,
            [&context = m_context, chosen, file] {
                return context.configs.exportFile(
                    context.tenant, {chosen.llm, chosen.agents, chosen.map, chosen.workflow}, file);
            },
            [this](const Result<> &done) {
                if (!done)
                    m_error->showError(done.error());
            });
    });
    dialog->open();
}

void LaunchPage::goThere(const config::Problem &problem)
{
    if (isAboutRunner(problem)) {
        emit setupRequested();
        return;
    }
    if (isAboutMoney(problem)) {
        emit accountRequested();
        return;
    }
    m_context.worker.run(
        this,
        [&context = m_context, selection = selection(),
            path = problem.path]() -> Result<std::optional<config::PartPath>> {
            SOCIETY_ASSIGN(const config::Parts parts, context.configs.parts(context.tenant, selection));
            return config::partPath(parts, path);
        },
        [this](const Result<std::optional<config::PartPath>> &place) {
            if (!place)
                m_error->showError(place.error());
            else if (*place)
                emit configurationRequested(picker((*place)->kind)->chosen().id, (*place)->path);
        });
}

} // namespace society::ui
