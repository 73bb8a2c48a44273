// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sourcemodule.h"

#include <QWidget>

namespace society::ui {

/// Edits a document's source: line numbers, colours by meaning, folding, undo and redo, marks in the margin where there
/// are problems (their words on hover). Follows the palette. The first one loads the library with the editor; where
/// that is missing, it says so and edits without colours. GUI thread.
class JsonEditor : public QWidget {
    Q_OBJECT
public:
    explicit JsonEditor(QWidget *parent = nullptr);
    ~JsonEditor() override;

    /// Shows a text as saved: not modified, nothing to undo.
    void setText(const QByteArray &utf8, config::Format format);
    [[nodiscard]] QByteArray text() const;
    /// Replaces the text as one step that can be undone.
    void replaceText(const QByteArray &utf8);
    [[nodiscard]] bool isModified() const { return m_view->isModified(); }
    void setModified(bool modified) { m_view->setModified(modified); }
    void setReadOnly(bool readOnly) { m_view->setReadOnly(readOnly); }
    [[nodiscard]] bool isReadOnly() const { return m_view->isReadOnly(); }
    void setMarks(const QList<SourceMark> &marks) { m_view->setMarks(marks); }
    /// Puts the cursor there, scrolls to it and takes the keyboard.
    void goTo(config::Position position) { m_view->goTo(position); }
    [[nodiscard]] config::Position cursor() const { return m_view->cursor(); }
    /// Finds the next place of a text after the cursor, from the start again at the end. False: it is nowhere.
    bool findNext(const QString &text) { return m_view->findNext(text); }

signals:
    /// The person changed the text.
    void edited();
    void modificationChanged(bool modified);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyLook();

    std::unique_ptr<SourceView> m_view;
};

} // namespace society::ui
