// SPDX-License-Identifier: GPL-3.0-or-later
// How the main window closes: not over changes that nobody has saved, and with a question where runs are in progress.
#include "services/experiment/experimentservice.h"
#include "ui/configurationspage.h"
#include "ui/mainwindow.h"
#include "ui/statusarea.h"

#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>

namespace society::ui {

void MainWindow::closeEvent(QCloseEvent *event)
{
    remember();
    if (!m_closing && m_configurations && !m_configurations->mayLeave()) {
        event->ignore();
        showPage(m_configurations);
        m_configurations->askToLeave([this] { close(); });
        return;
    }
    if (!m_closing && !m_feed.unfinished().isEmpty()) {
        event->ignore();
        askAboutRuns();
        return;
    }
    event->accept();
}

// Another tenant has another window: what is unsaved in this one would be lost with it. Runs go on.
void MainWindow::requestTenant(const TenantId &tenant)
{
    if (m_configurations && !m_configurations->mayLeave()) {
        showPage(m_configurations);
        m_configurations->askToLeave([this, tenant] { requestTenant(tenant); });
        return;
    }
    remember();
    emit tenantRequested(tenant);
}

void MainWindow::askAboutRuns()
{
    if (m_closeQuestion) {
        m_closeQuestion->raise();
        return;
    }
    const int count = static_cast<int>(m_feed.unfinished().size());
    auto *box = new QMessageBox(this);
    m_closeQuestion = box;
    box->setObjectName(QStringLiteral("closeQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(tr("Close the window"));
    box->setText(tr("%n run(s) in progress.", nullptr, count));
    box->setInformativeText(
        tr("They go on without the window; it shows them again when it is opened. Or stop them now: what "
           "they have done so far is kept and billed."));
    QPushButton *leave = box->addButton(tr("&Leave them running"), QMessageBox::AcceptRole);
    QPushButton *stop = box->addButton(tr("&Stop them"), QMessageBox::DestructiveRole);
    QPushButton *cancel = box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    leave->setObjectName(QStringLiteral("closeLeave"));
    stop->setObjectName(QStringLiteral("closeStop"));
    cancel->setObjectName(QStringLiteral("closeCancel"));
    box->setDefaultButton(leave);
    box->setEscapeButton(cancel);
    connect(box, &QMessageBox::finished, this, [this, box, leave, stop] {
        m_closeQuestion = nullptr;
        if (box->clickedButton() == stop) {
            stopAllAndQuit();
        } else if (box->clickedButton() == leave) {
            m_closing = true;
            close();
        }
    });
    box->open();
}

void MainWindow::stopAllAndQuit()
{
    QList<ExperimentId> ids;
    for (const experiment::Experiment &experiment : m_feed.unfinished())
        ids += experiment.id;
    // Asking is enough: each keeper ends its run, window or not.
    m_context.worker.run(
        this,
        [&context = m_context, ids] {
            Result<> asked;
            for (const ExperimentId &id : ids) // one that cannot be asked must not keep the others running
                if (auto stopping = context.experiments.requestStop(id); !stopping && asked)
                    asked = fail(std::move(stopping).error());
            return asked;
        },
        [this](const Result<> &asked) {
            if (!asked) {
                m_status->addProblem(asked.error());
                return;
            }
            m_closing = true;
            close();
        });
}

} // namespace society::ui
