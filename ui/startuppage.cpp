// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/startuppage.h"

#include "ui/errorpanel.h"

#include <QEvent>
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
    , m_quit(new QPushButton(this))
{
    setObjectName(QStringLiteral("startupPage"));
    m_retry->setObjectName(QStringLiteral("startupRetry"));
    m_quit->setObjectName(QStringLiteral("startupQuit"));
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    auto *buttons = new QHBoxLayout;
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
    connect(m_quit, &QPushButton::clicked, this, &QWidget::close);
    retranslate();
    showOpening();
}

void StartupPage::showError(const Error &error)
{
    m_opening = false;
    m_error->showError(error);
    m_retry->setEnabled(true);
    retranslate();
}

void StartupPage::showOpening()
{
    m_opening = true;
    m_error->clear();
    m_retry->setEnabled(false);
    retranslate();
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
    m_quit->setText(tr("&Quit"));
}

} // namespace society::ui
