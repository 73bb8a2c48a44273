// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errorpanel.h"

#include "ui/icons.h"
#include "ui/statechip.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {

QLabel *makeText(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // words from outside are never markup
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

} // namespace

ErrorPanel::ErrorPanel(QWidget *parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("errorPanel"));
    setFrameStyle(QFrame::StyledPanel | QFrame::Plain);
    hide();
}

void ErrorPanel::makeParts()
{
    m_shape = new QLabel(this);
    m_message = makeText(this);
    m_remedy = makeText(this);
    m_detail = new QPlainTextEdit(this);
    m_more = new QToolButton(this);
    m_copy = new QToolButton(this);
    m_close = new QToolButton(this);
    m_message->setObjectName(QStringLiteral("errorMessage"));
    m_remedy->setObjectName(QStringLiteral("errorRemedy"));
    m_detail->setObjectName(QStringLiteral("errorDetail"));
    m_more->setObjectName(QStringLiteral("errorMore"));
    m_copy->setObjectName(QStringLiteral("errorCopy"));
    m_close->setObjectName(QStringLiteral("errorClose"));

    QFont bold = m_message->font();
    bold.setBold(true);
    m_message->setFont(bold);
    m_detail->setReadOnly(true);
    m_detail->setMaximumHeight(110);
    m_detail->setTabChangesFocus(true);
    for (QToolButton *button : {m_more, m_copy, m_close}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_copy->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_close->setIcon(icon("dialog-close"));

    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_message);
    words->addWidget(m_remedy);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    for (QToolButton *button : {m_more, m_copy, m_close})
        buttons->addWidget(button);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_shape, 0, Qt::AlignTop);
    top->addLayout(words, 1);
    top->addLayout(buttons);
    top->setAlignment(buttons, Qt::AlignTop);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(8, 8, 8, 8);
    all->addLayout(top);
    all->addWidget(m_detail);

    connect(m_more, &QToolButton::toggled, m_detail, &QWidget::setVisible);
    connect(m_copy, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(wholeText()); });
    connect(m_close, &QToolButton::clicked, this, [this] {
        clear();
        emit dismissed();
    });
    retranslate();
    updateShape();
}

int ErrorPanel::showError(const Error &error)
{
    if (!m_shape)
        makeParts();
    m_error = error;
    m_message->setText(error.message);
    m_remedy->setText(error.remedy);
    m_remedy->setVisible(!error.remedy.isEmpty());
    QStringList detail;
    if (!error.path.isEmpty())
        detail += error.path;
    if (!error.detail.isEmpty())
        detail += error.detail;
    m_detail->setPlainText(detail.join(u'\n'));
    m_more->setChecked(false);
    m_detail->hide();
    m_more->setVisible(!detail.isEmpty());
    setAccessibleName(error.message);
    setAccessibleDescription(error.remedy);
    show();
    return ++m_shown;
}

void ErrorPanel::clear()
{
    m_error = {};
    hide();
}

void ErrorPanel::clear(int shown)
{
    if (shown == m_shown)
        clear();
}

void ErrorPanel::changeEvent(QEvent *event)
{
    if (m_shape && event->type() == QEvent::LanguageChange)
        retranslate();
    if (m_shape && event->type() == QEvent::PaletteChange)
        updateShape();
    QFrame::changeEvent(event);
}

void ErrorPanel::retranslate()
{
    m_more->setText(tr("Details"));
    m_more->setAccessibleName(tr("Details of the problem"));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy the problem's text"));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss the problem"));
    m_detail->setAccessibleName(tr("Details for a developer"));
}

void ErrorPanel::updateShape()
{
    m_shape->setPixmap(severityIcon(Severity::Fault, palette()).pixmap(16, 16));
}

QString ErrorPanel::wholeText() const
{
    QStringList lines{m_error.message};
    for (const QString &line : {m_error.remedy, m_error.path, m_error.detail}) {
        if (!line.isEmpty())
            lines += line;
    }
    lines += QStringLiteral("[%1]").arg(m_error.code);
    return lines.join(u'\n');
}

} // namespace society::ui
