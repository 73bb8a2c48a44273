// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/startuppage.h"

#include "ui/errorpanel.h"

#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

StartupPage::StartupPage(const QString &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_title(new QLabel(this))
    , m_error(new ErrorPanel(this))
    , m_retry(new QPushButton(this))
    , m_other(new QPushButton(this))
    , m_connection(new QPushButton(this))
    , m_quit(new QPushButton(this))
{
    setObjectName(QStringLiteral("startupPage"));
    m_retry->setObjectName(QStringLiteral("startupRetry"));
    m_other->setObjectName(QStringLiteral("startupOther"));
    m_connection->setObjectName(QStringLiteral("startupConnection"));
    m_quit->setObjectName(QStringLiteral("startupQuit"));
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_other);
    buttons->addWidget(m_connection);
    buttons->addStretch();
    buttons->addWidget(m_retry);
    buttons->addWidget(m_quit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(m_error);
    layout->addStretch();
    layout->addLayout(buttons);
    resize(620, 220);
    connect(m_retry, &QPushButton::clicked, this, &StartupPage::retryRequested);
    connect(m_other, &QPushButton::clicked, this, &StartupPage::chooseWorkspace);
    connect(m_connection, &QPushButton::clicked, this, &StartupPage::connectionRequested);
    connect(m_quit, &QPushButton::clicked, this, &QWidget::close);
    retranslate();
    showOpening();
}

void StartupPage::showError(const Error &error, bool isShared)
{
    m_opening = false;
    m_other->show();
    m_connection->setVisible(isShared);
    m_error->showError(error);
    m_retry->setEnabled(true);
    retranslate();
}

void StartupPage::reportProblem(const Error &error)
{
    m_error->showError(error);
}

void StartupPage::showOpening()
{
    m_opening = true;
    m_error->clear();
    m_other->hide();
    m_connection->hide();
    m_retry->setEnabled(false);
    retranslate();
}

void StartupPage::chooseWorkspace()
{
    auto *dialog = new QFileDialog(this, tr("Open another workspace"), QFileInfo(m_workspace).absolutePath());
    dialog->setObjectName(QStringLiteral("startupFolderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        if (QFileInfo(folder) == QFileInfo(m_workspace))
            emit retryRequested(); // another window would find this one, and go
        else
            emit workspaceChosen(folder);
    });
    dialog->open();
}

void StartupPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void StartupPage::retranslate()
{
    setWindowTitle(tr("Society Workbench"));
    m_title->setText(m_opening ? tr("Opening the workspace %1…").arg(m_workspace)
                               : tr("The workspace %1 could not be opened.").arg(m_workspace));
    m_retry->setText(tr("&Try again"));
    m_other->setText(tr("&Open another workspace…"));
    m_connection->setText(tr("&Connection settings…"));
    m_quit->setText(tr("&Quit"));
}

} // namespace society::ui
