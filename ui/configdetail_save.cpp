// SPDX-License-Identifier: GPL-3.0-or-later
// How the changes of a configuration are kept, or thrown away.
#include "ui/configdetail.h"
#include "ui/errorpanel.h"
#include "ui/jsoneditor.h"
#include "ui/llmkeypanel.h"

#include <QPushButton>

namespace society::ui {

void ConfigDetail::save()
{
    if (isModified() && !isReadOnly())
        saveText(m_editor->text(), m_stored->row.version);
}

void ConfigDetail::saveText(const QByteArray &text, int base)
{
    m_error->clear();
    m_save->setEnabled(false);
    config::ImportOptions options;
    options.tenant = m_stored->row.tenant;
    options.storeSecret = keyKeeper(m_context.secrets, m_stored->row.tenant);
    m_context.prober.run(
        this,
        [&context = m_context, id = m_stored->row.id, base, text, options] {
            return context.configs.save(context.tenant, id, base, text, options);
        },
        [this, text](const Result<config::StoredConfig> &stored) {
            updateButtons();
            if (!stored) {
                m_error->showError(stored.error());
                return;
            }
            if (m_stored && m_stored->row.id == stored->row.id) {
                // Typing went on meanwhile: what came after belongs to the next version.
                if (m_editor->text() == text)
                    m_editor->setModified(false);
                m_stored = *stored;
            }
            emit saved(stored->row.id);
            if (!isModified())
                showConfig(stored->row.id);
        });
}

void ConfigDetail::discard()
{
    if (!m_stored)
        return;
    m_editor->setText(m_stored->document.text(), m_stored->document.format());
    updateButtons();
    check();
}

} // namespace society::ui
