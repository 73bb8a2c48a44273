// SPDX-License-Identifier: GPL-3.0-or-later
// What the Configurations page does to configurations: new, duplicate, rename, delete.
#include "ui/ask.h"
#include "ui/configdetail.h"
#include "ui/configtemplates.h"
#include "ui/configurationspage.h"
#include "ui/errorpanel.h"
#include "ui/llmkeypanel.h"
#include "ui/newconfigdialog.h"

namespace society::ui {

using config::Kind;

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

} // namespace society::ui
