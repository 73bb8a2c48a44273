// SPDX-License-Identifier: GPL-3.0-or-later
// What the run's page does: stop, run again, export, open the folder.
#include "models/runexport.h"
#include "services/experiment/experimentservice.h"
#include "ui/appsettings.h"
#include "ui/ask.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/runheader.h"
#include "ui/runpage.h"

#include <QFileDialog>
#include <QLabel>
#include <QUrl>
#include <atomic>
#include <memory>

namespace society::ui {

using experiment::Experiment;

void RunPage::requestStop(std::optional<int> graceMs)
{
    m_error->clear();
    m_context.worker.run(
        this,
        [&context = m_context, id = m_experiment.id, graceMs] { return context.experiments.requestStop(id, graceMs); },
        [this](const Result<Experiment> &stopping) {
            if (!stopping) {
                m_error->showError(stopping.error());
                return;
            }
            m_feed.take(*stopping);
            askDetails();
        });
}

void RunPage::rerun()
{
    m_error->clear();
    m_header->setRerunEnabled(false);
    m_context.starter.run(
        this,
        [&context = m_context, id = m_experiment.id] { return context.experiments.rerun(context.tenant, id, {}); },
        [this](const Result<Experiment> &started) {
            m_header->setRerunEnabled(true);
            if (!started) {
                m_error->showError(started.error());
                return;
            }
            m_feed.take(*started);
            emit experimentRequested(started->id);
        });
}

void RunPage::chooseExportFolder()
{
    auto *dialog = new QFileDialog(this, tr("Export into a new folder in"), m_context.settings.lastFolder());
    dialog->setObjectName(QStringLiteral("runExportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &RunPage::exportTo);
    dialog->open();
}

void RunPage::exportTo(const QString &folder)
{
    m_context.settings.setLastFolder(folder);
    m_error->clear();
    const auto cancel = std::make_shared<std::atomic_bool>(false);
    const int activity = m_activities.begin(tr("Exporting “%1”").arg(m_experiment.name), cancel);
    m_context.prober.run(
        this,
        [run = m_experiment, folder, cancel] {
            return models::exportRun(folder, run.name, run.runDirectory, run.id, run.tenant, cancel.get());
        },
        [this, activity](const Result<QString> &made) {
            m_activities.end(activity);
            if (!made)
                m_error->showError(made.error());
            else
                m_done->setText(
                    tr("Exported to <a href=\"%1\">%2</a>")
                        .arg(QString::fromUtf8(QUrl::fromLocalFile(*made).toEncoded()), made->toHtmlEscaped()));
            m_done->setVisible(made.has_value());
        });
}

void RunPage::openFolder()
{
    if (const Result<> opened = ui::openFolder(m_experiment.runDirectory); !opened)
        m_error->showError(opened.error());
}

} // namespace society::ui
