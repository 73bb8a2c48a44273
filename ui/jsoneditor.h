// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document.h"
#include "ui/statechip.h"

#include <QList>
#include <QWidget>

class QsciLexer;
class QsciScintilla;

namespace society::ui {

/// Edits a document's source: line numbers, colours by meaning, folding, undo and redo, marks in the margin where there
/// are problems (their words on hover). Follows the palette. GUI thread.
class JsonEditor : public QWidget {
    Q_OBJECT
public:
    /// A problem at a line (from 1).
    struct Mark {
        int line = 1;
        Severity severity = Severity::Fault;
        QString message;
    };

    explicit JsonEditor(QWidget *parent = nullptr);
    ~JsonEditor() override;

    /// Shows a text as saved: not modified, nothing to undo.
    void setText(const QByteArray &utf8, config::Format format);
    [[nodiscard]] QByteArray text() const;
    /// Replaces the text as one step that can be undone.
    void replaceText(const QByteArray &utf8);
    [[nodiscard]] bool isModified() const;
    void setModified(bool modified);
    void setReadOnly(bool readOnly);
    [[nodiscard]] bool isReadOnly() const;
    void setMarks(const QList<Mark> &marks);
    /// Puts the cursor there, scrolls to it and takes the keyboard.
    void goTo(config::Position position);
    [[nodiscard]] config::Position cursor() const;
    /// Finds the next place of a text after the cursor, from the start again at the end. False: it is nowhere.
    bool findNext(const QString &text);

signals:
    /// The person changed the text.
    void edited();
    void modificationChanged(bool modified);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void applyLook();
    void setLexer(config::Format format);

    QsciScintilla *m_editor;
    QsciLexer *m_lexer = nullptr;
    QList<Mark> m_marks;
    bool m_setting = false;
};

} // namespace society::ui
