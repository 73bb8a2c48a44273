// SPDX-License-Identifier: GPL-3.0-or-later
// What the Configurations page does to configurations: new, import, export, duplicate, rename, delete.
#include "services/secrets/secretstore.h"
#include "ui/appsettings.h"
#include "ui/ask.h"
#include "ui/configdetail.h"
#include "ui/configurationspage.h"
#include "ui/errorpanel.h"
#include "ui/llmkeypanel.h"
#include "ui/newconfigdialog.h"
#include "ui/problemlist.h"

#include <QDialog>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace society::ui {

namespace {

using config::Kind;

QString fileNameFor(const config::ConfigRow &row)
{
    static const QRegularExpression forbidden(QStringLiteral("[/\\\\:*?\"<>|\\x00-\\x1f]"));
    QString name = row.name;
    name.replace(forbidden, QStringLiteral("-"));
    return name + (row.kind == Kind::Map ? QStringLiteral(".pb") : QStringLiteral(".json"));
}

} // namespace

void ConfigurationsPage::newConfiguration(Kind kind)
{
    // These come from files only: asking for files is the way to a new one.
    if (configTemplates(kind).isEmpty()) {
        chooseImport();
        return;
    }
    leaveThen([this, kind] {
        auto *dialog = new NewConfigDialog(kind, this);
        connect(dialog, &QDialog::accepted, this,
            [this, dialog] { create(dialog->kind(), dialog->name(), dialog->text()); });
        dialog->open();
    });
}

void ConfigurationsPage::create(Kind kind, const QString &name, const QByteArray &text)
{
    config::ImportOptions options;
    options.tenant = m_context.tenant;
    options.kind = kind;
    options.name = name;
    options.folder = m_context.workspace.root();
    options.storeSecret = keyKeeper(m_context.secrets, m_context.tenant);
    m_context.worker.run(
        this, [&context = m_context, kind, text, options] { return context.configs.create(kind, text, options); },
        [this](const Result<config::StoredConfig> &stored) {
            if (stored)
                afterChange(stored->row.id);
            else
                m_error->showError(stored.error());
        });
}

void ConfigurationsPage::afterChange(const ConfigId &id)
{
    m_error->clear();
    m_wanted = id;
    refresh();
}

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

void ConfigurationsPage::exportCurrent()
{
    const config::ConfigRow row = current();
    if (row.id.isNull())
        return;
    auto *dialog = new QFileDialog(this, tr("Export “%1”").arg(row.name), m_context.settings.lastFolder());
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(fileNameFor(row));
    connect(dialog, &QFileDialog::fileSelected, this, [this, id = row.id](const QString &file) {
        m_context.settings.setLastFolder(QFileInfo(file).absolutePath());
        m_context.prober.run(
            this,
            [&context = m_context, id, file] {
                return context.configs.exportFile(context.tenant, {{id, 0}}, file);
            },
            [this](const Result<> &done) {
                if (!done)
                    m_error->showError(done.error());
            });
    });
    dialog->open();
}

void ConfigurationsPage::duplicate()
{
    const config::ConfigRow row = current();
    if (row.id.isNull())
        return;
    leaveThen([this, row] {
        askText(this, tr("Duplicate"), tr("Name of the copy (keys are not copied):"), tr("%1 (copy)").arg(row.name),
            [this, id = row.id](const QString &name) {
                m_context.worker.run(
                    this,
                    [&context = m_context, id, name] { return context.configs.duplicate(context.tenant, id, name); },
                    [this](const Result<config::StoredConfig> &stored) {
                        if (stored)
                            afterChange(stored->row.id);
                        else
                            m_error->showError(stored.error());
                    });
            });
    });
}

void ConfigurationsPage::rename()
{
    const config::ConfigRow row = current();
    if (row.id.isNull())
        return;
    askText(this, tr("Rename"), tr("New name:"), row.name, [this, id = row.id](const QString &name) {
        m_context.worker.run(
            this, [&context = m_context, id, name] { return context.configs.rename(context.tenant, id, name); },
            [this](const Result<config::ConfigRow> &renamed) {
                if (!renamed) {
                    m_error->showError(renamed.error());
                    return;
                }
                afterChange(renamed->id);
                if (!m_detail->isModified())
                    m_detail->showConfig(renamed->id);
            });
    });
}

void ConfigurationsPage::remove()
{
    const config::ConfigRow row = current();
    if (row.id.isNull())
        return;
    askBeforeLoss(this, tr("Delete"), tr("Delete “%1”?").arg(row.name),
        tr("%n version(s) of it are lost. Nothing is deleted while an experiment uses it.", nullptr, row.version),
        tr("Delete"), [this, id = row.id] {
            m_context.worker.run(
                this, [&context = m_context, id] { return context.configs.remove(context.tenant, id); },
                [this](const Result<> &removed) {
                    if (!removed) {
                        m_error->showError(removed.error());
                        return;
                    }
                    m_error->clear();
                    m_detail->discard();
                    refresh();
                });
        });
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
