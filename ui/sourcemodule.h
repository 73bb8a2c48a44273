// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/document.h"

#include <QList>
#include <QPixmap>
#include <QString>
#include <QtPlugin>
#include <functional>
#include <memory>

class QWidget;

namespace society::ui {

/// A problem at a line of a source.
struct SourceMark {
    int line = 1; ///< from 1
    bool isFault = true;
    QString message;
};

/// An editor of a source text on the screen. GUI thread.
class SourceView {
public:
    virtual ~SourceView() = default;
    /// Takes the keyboard; its object name is `sourceEditor`.
    [[nodiscard]] virtual QWidget *widget() = 0;
    /// Shows a text as saved: not modified, nothing to undo. Neither function is called.
    virtual void setText(const QString &text, config::Format format) = 0;
    [[nodiscard]] virtual QString text() const = 0;
    /// Replaces the text as one step that can be undone.
    virtual void replaceText(const QString &text) = 0;
    [[nodiscard]] virtual bool isModified() const = 0;
    virtual void setModified(bool modified) = 0;
    [[nodiscard]] virtual bool isReadOnly() const = 0;
    virtual void setReadOnly(bool readOnly) = 0;
    virtual void setMarks(const QList<SourceMark> &marks) = 0;
    /// Puts the cursor there, scrolls to it and takes the keyboard.
    virtual void goTo(config::Position position) = 0;
    [[nodiscard]] virtual config::Position cursor() const = 0;
    /// Finds the next place of a text after the cursor, from the start again at the end. False: it is nowhere.
    virtual bool findNext(const QString &text) = 0;
    /// Colours as the widget's palette has them, with these pictures for marks.
    virtual void takePalette(const QPixmap &fault, const QPixmap &warning) = 0;

    std::function<void()> edited;                  ///< the person changed the text
    std::function<void(bool)> modificationChanged; ///< by the person or by what was called
};

/// What the library of the source editor gives. It is loaded when the first source is shown: QScintilla and the
/// printing that it brings would be a tenth of what a window costs until it is seen.
class SourceModule {
public:
    virtual ~SourceModule() = default;
    [[nodiscard]] virtual std::unique_ptr<SourceView> makeView(QWidget *parent) = 0;
};

/// The library, loaded at the first call (ui/modules.h). Error: `editor_missing`.
[[nodiscard]] Result<SourceModule *> sourceModule();

} // namespace society::ui

Q_DECLARE_INTERFACE(society::ui::SourceModule, "society.workbench.SourceModule/1")
