// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QFrame>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace society::ui {

/// The one place that shows an Error: what happened, what to do, details on demand, all of it copyable. Sits in the
/// page where the fault is, hidden while there is none, and stays until it is dismissed or replaced. GUI thread.
class ErrorPanel : public QFrame {
    Q_OBJECT
public:
    explicit ErrorPanel(QWidget *parent = nullptr);

    /// Shows an error, in place of one that is shown already. Gives a number, above 0, for clear().
    int showError(const Error &error);
    /// Hides it, as after an action that worked.
    void clear();
    /// Hides what showError() gave this number for, and nothing that was shown since.
    void clear(int shown);
    [[nodiscard]] bool hasError() const { return !m_error.message.isEmpty(); }
    [[nodiscard]] const Error &error() const { return m_error; }

signals:
    void dismissed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void makeParts();
    void retranslate();
    void updateShape();
    [[nodiscard]] QString wholeText() const;

    Error m_error;
    int m_shown = 0; ///< how many errors so far
    // Made with the first error: there is such a panel on every page, and hardly ever one to be seen.
    QLabel *m_shape = nullptr;
    QLabel *m_message = nullptr;
    QLabel *m_remedy = nullptr;
    QPlainTextEdit *m_detail = nullptr;
    QToolButton *m_more = nullptr;
    QToolButton *m_copy = nullptr;
    QToolButton *m_close = nullptr;
};

} // namespace society::ui
