// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sourcemodule.h"

#include <QObject>

class QsciLexer;
class QsciScintilla;

namespace society::ui {

/// The source editor, by QScintilla. GUI thread.
class SourceEdit : public QObject, public SourceView {
    Q_OBJECT
public:
    explicit SourceEdit(QWidget *parent);

    [[nodiscard]] QWidget *widget() override;
    void setText(const QString &text, config::Format format) override;
    [[nodiscard]] QString text() const override;
    void replaceText(const QString &text) override;
    [[nodiscard]] bool isModified() const override;
    void setModified(bool modified) override;
    [[nodiscard]] bool isReadOnly() const override;
    void setReadOnly(bool readOnly) override;
    void setMarks(const QList<SourceMark> &marks) override;
    void goTo(config::Position position) override;
    [[nodiscard]] config::Position cursor() const override;
    bool findNext(const QString &text) override;
    void takePalette(const QPixmap &fault, const QPixmap &warning) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setLexer(config::Format format);
    void applyColours();

    QsciScintilla *m_editor; ///< its parent's
    QsciLexer *m_lexer = nullptr;
    QList<SourceMark> m_marks;
    bool m_setting = false;
};

} // namespace society::ui
