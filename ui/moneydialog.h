// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/money.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace society::ui {

/// Asks for an amount and a note, and says why an amount will not do while it is typed. Does not wait: open() and hear
/// accepted(). GUI thread.
class MoneyDialog : public QDialog {
    Q_OBJECT
public:
    enum class Sign { Positive, Any };

    /// `words` say what will happen; `agree` is the button's text; a note may be compulsory.
    MoneyDialog(const QString &title, const QString &words, const QString &agree, Sign sign, bool needsNote,
        QWidget *parent = nullptr);

    [[nodiscard]] Money amount() const { return m_amount; }
    [[nodiscard]] QString note() const;

private:
    void check();

    Sign m_sign;
    bool m_needsNote;
    Money m_amount;
    QLineEdit *m_edit;
    QLineEdit *m_note;
    QLabel *m_problem;
    QPushButton *m_agree;
};

} // namespace society::ui
