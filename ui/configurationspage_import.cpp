// SPDX-License-Identifier: GPL-3.0-or-later
// How the Configurations page takes files in: chosen, or dropped on it.
#include "ui/activities.h"
#include "ui/appsettings.h"
#include "ui/configdetail.h"
#include "ui/configurationspage.h"
#include "ui/errorpanel.h"
#include "ui/llmkeypanel.h"
#include "ui/problemlist.h"

#include <QDialog>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

void ConfigurationsPage::chooseImport()
{
    auto *dialog = new QFileDialog(this, tr("Import configurations"), m_context.settings.lastFolder());
    dialog->setObjectName(QStringLiteral("importDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Configurations, maps, profiles (*.json *.yaml *.yml *.pb *.csv *.jsonl)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        m_context.settings.setLastFolder(QFileInfo(files.first()).absolutePath());
        importFiles(files);
    });
    dialog->open();
}

void ConfigurationsPage::importFiles(const QStringList &files)
{
    m_error->clear();
    config::ImportOptions options;
    options.tenant = m_context.tenant;
    options.storeSecret = keyKeeper(m_context.secrets, m_context.tenant);
    const int activity = m_activities.begin(tr("Importing %n file(s)", nullptr, static_cast<int>(files.size())));
    m_context.prober.run(
        this, [&context = m_context, files, options] { return context.configs.importFiles(files, options); },
        [this, activity](const Result<config::ImportReport> &report) {
            m_activities.end(activity);
            if (report)
                imported(*report);
            else
                m_error->showError(report.error());
        });
}

void ConfigurationsPage::imported(const config::ImportReport &report)
{
    QStringList lines;
    for (const config::Imported &made : report.made) {
        const QString kind = config::kindTitle(made.kind);
        lines += made.created ? tr("%1 “%2”").arg(kind, made.name)
                              : tr("%1 “%2” was there already, the same").arg(kind, made.name);
    }
    auto *dialog = new QDialog(this);
    dialog->setObjectName(QStringLiteral("importReport"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Imported"));
    auto *made = new QLabel(lines.join(u'\n'), dialog);
    made->setObjectName(QStringLiteral("importMade"));
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    auto *close = new QPushButton(tr("Close"), dialog);
    close->setObjectName(QStringLiteral("importClose"));
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(made);
    if (!report.notes.isEmpty()) {
        auto *title = new QLabel(tr("What to know about it:"), dialog);
        auto *notes = new ProblemList(dialog);
        notes->setReachable([](const config::Problem &) { return false; });
        notes->setProblems(report.notes);
        notes->setMinimumSize(520, 140);
        layout->addWidget(title);
        layout->addWidget(notes, 1);
    }
    layout->addWidget(close, 0, Qt::AlignRight);
    connect(close, &QPushButton::clicked, dialog, &QDialog::close);
    dialog->open();
    if (!report.made.isEmpty() && !m_detail->isModified())
        m_wanted = report.made.first().id;
    refresh();
}

void ConfigurationsPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void ConfigurationsPage::dropEvent(QDropEvent *event)
{
    QStringList files;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            files += url.toLocalFile();
    }
    if (files.isEmpty())
        return;
    event->acceptProposedAction();
    importFiles(files);
}

} // namespace society::ui
