// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plainsource.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <utility>

namespace society::ui {

PlainSource::PlainSource(QWidget *parent)
    : m_edit(new QPlainTextEdit(parent))
{
    m_edit->setObjectName(QStringLiteral("sourceEditor"));
    m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    QObject::connect(m_edit, &QPlainTextEdit::textChanged, m_edit, [this] {
        if (!m_setting && edited)
            edited();
    });
    QObject::connect(m_edit, &QPlainTextEdit::modificationChanged, m_edit, [this](bool modified) {
        if (!m_setting && modificationChanged)
            modificationChanged(modified);
    });
}

QWidget *PlainSource::widget()
{
    return m_edit;
}

void PlainSource::setText(const QString &text, config::Format)
{
    m_setting = true;
    m_edit->setPlainText(text);
    m_setting = false;
}

QString PlainSource::text() const
{
    return m_edit->toPlainText();
}

void PlainSource::replaceText(const QString &text)
{
    QTextCursor all(m_edit->document());
    all.select(QTextCursor::Document);
    all.insertText(text);
    m_edit->moveCursor(QTextCursor::Start);
}

bool PlainSource::isModified() const
{
    return m_edit->document()->isModified();
}

void PlainSource::setModified(bool modified)
{
    m_edit->document()->setModified(modified);
}

bool PlainSource::isReadOnly() const
{
    return m_edit->isReadOnly();
}

void PlainSource::setReadOnly(bool readOnly)
{
    m_edit->setReadOnly(readOnly);
}

void PlainSource::goTo(config::Position position)
{
    const QTextBlock line =
        m_edit->document()->findBlockByNumber(qBound(0, position.line - 1, m_edit->document()->blockCount() - 1));
    QTextCursor there(line);
    there.movePosition(
        QTextCursor::NextCharacter, QTextCursor::MoveAnchor, qBound(0, position.column - 1, line.length() - 1));
    m_edit->setTextCursor(there);
    m_edit->ensureCursorVisible();
    m_edit->setFocus(Qt::OtherFocusReason);
}

config::Position PlainSource::cursor() const
{
    const QTextCursor at = m_edit->textCursor();
    return {at.blockNumber() + 1, at.positionInBlock() + 1};
}

bool PlainSource::findNext(const QString &text)
{
    if (text.isEmpty() || m_edit->find(text))
        return !text.isEmpty();
    const QTextCursor before = m_edit->textCursor();
    m_edit->moveCursor(QTextCursor::Start);
    if (m_edit->find(text))
        return true;
    m_edit->setTextCursor(before);
    return false;
}

} // namespace society::ui
