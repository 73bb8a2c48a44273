// SPDX-License-Identifier: GPL-3.0-or-later
// How the Configurations page writes a configuration into a file.
#include "ui/appsettings.h"
#include "ui/configurationspage.h"
#include "ui/errorpanel.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QRegularExpression>

namespace society::ui {

namespace {

QString fileNameFor(const config::ConfigRow &row)
{
    static const QRegularExpression forbidden(QStringLiteral("[/\\\\:*?\"<>|\\x00-\\x1f]"));
    QString name = row.name;
    name.replace(forbidden, QStringLiteral("-"));
    return name + (row.kind == config::Kind::Map ? QStringLiteral(".pb") : QStringLiteral(".json"));
}

} // namespace

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

} // namespace society::ui
