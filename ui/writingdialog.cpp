// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/writingdialog.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>

namespace society::ui {

WritingDialog::WritingDialog(QWidget *parent)
    : QDialog(parent)
{
}

// Esc, the window's cross and Close buttons all come here.
void WritingDialog::reject()
{
    if (!isWriting()) {
        QDialog::reject();
        return;
    }
    m_wantsToClose = true;
    if (!m_words) {
        m_words = new QLabel(this);
        m_words->setObjectName(QStringLiteral("writingWords"));
        m_words->setWordWrap(true);
        static_cast<QBoxLayout *>(layout())->addWidget(m_words);
    }
    retranslate();
    m_words->show();
}

/// Something is to be read or answered.
void WritingDialog::stay()
{
    m_wantsToClose = false;
    if (m_words)
        m_words->hide();
}

void WritingDialog::closeIfWanted()
{
    if (m_wantsToClose && !isWriting())
        close();
}

void WritingDialog::retranslate()
{
    if (m_words)
        m_words->setText(tr("Something is still being written. This closes when it is done."));
}

void WritingDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace society::ui
