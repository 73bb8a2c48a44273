// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/linematcher.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QActionGroup;
class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace society::ui {

/// What to look for in a log: the text and how it is meant, the hits and the way through them. GUI thread.
class LogFindBar : public QWidget {
    Q_OBJECT
public:
    explicit LogFindBar(QWidget *parent = nullptr);

    /// What is asked for by now.
    [[nodiscard]] log::LogPattern pattern() const;
    /// Sets the text as if it had been typed, and looks for it at once.
    void setText(const QString &text);
    /// Puts the keyboard into the text, all of it selected.
    void focusText();
    /// What was typed in the last moment is taken at once; true where there was something.
    bool takeTyped();
    /// The hits in words, beside the field.
    void setHits(const QString &text);
    [[nodiscard]] QString hits() const;
    /// Actions of the two arrows.
    void setSteps(QAction *previous, QAction *next);
    /// Adds how the text is meant to a menu, for where setCompact() has hidden it.
    void addOptions(QMenu &menu);
    /// It finds in one line, not in a log.
    void setForOneLine();
    /// Only what finding needs in little room.
    void setCompact(bool compact);

signals:
    /// Another pattern(); while the person types, after a short pause.
    void patternChanged();
    /// Return, Shift+Return.
    void stepRequested(bool forward);
    /// Escape or an arrow down: the keyboard goes to the text.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void makeMenu();
    void buildLayout();
    void optionsChanged();
    void retranslate();

    bool m_isForOneLine = false;
    QTimer m_typing;
    QLineEdit *m_find;
    QToolButton *m_regex, *m_case, *m_word, *m_options, *m_previous, *m_next;
    QMenu *m_menu;
    QActionGroup *m_terms;
    QAction *m_inverse, *m_oneText, *m_anyWord, *m_allWords;
    QLabel *m_hits;
};

/// The words of a text: what blanks part, or quotation marks hold together.
[[nodiscard]] QStringList wordsOf(const QString &text);

} // namespace society::ui
