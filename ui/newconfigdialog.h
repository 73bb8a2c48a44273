// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/kind.h"

#include <QByteArray>
#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace society::ui {

/// Asks for kind, template and name of a new configuration. Does not wait: open() and hear accepted(). GUI thread.
class NewConfigDialog : public QDialog {
    Q_OBJECT
public:
    NewConfigDialog(config::Kind kind, QWidget *parent = nullptr);

    [[nodiscard]] config::Kind kind() const;
    [[nodiscard]] QString name() const;
    [[nodiscard]] QByteArray text() const;

private:
    void fillTemplates();

    QComboBox *m_kind;
    QComboBox *m_template;
    QLineEdit *m_name;
    QPushButton *m_create;
};

} // namespace society::ui
