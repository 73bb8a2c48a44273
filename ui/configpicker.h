// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/configstore.h"

#include <QGroupBox>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace society::ui {

/// One of the four choices on the Launch page: filter, list with one chosen, a card that sums the choice up, and the
/// ways to edit it or make a new one. Shows what it is given and asks nobody itself. GUI thread.
class ConfigPicker : public QGroupBox {
    Q_OBJECT
public:
    ConfigPicker(config::Kind kind, QWidget *parent = nullptr);

    [[nodiscard]] config::Kind kind() const { return m_kind; }
    /// The configurations to choose from; those of another kind are ignored. What is chosen stays chosen.
    void setRows(const QList<config::ConfigRow> &rows);
    /// Chooses by id, or by name where there is no such id. False where there is neither.
    bool choose(const QString &idOrName);
    /// What is chosen; its id is null where nothing is.
    [[nodiscard]] config::ConfigRow chosen() const;
    /// The lines of the card.
    void setSummary(const QStringList &lines);

signals:
    /// Another one was chosen, or the chosen one has a new version.
    void choiceChanged();
    void editRequested(const society::ConfigId &id);
    void newRequested(society::config::Kind kind);

protected:
    void changeEvent(QEvent *event) override;

private:
    void filter();
    void noteChoice();
    void retranslate();

    config::Kind m_kind;
    QList<config::ConfigRow> m_rows;
    ConfigId m_last;
    int m_lastVersion = 0;
    QLineEdit *m_filter;
    QListWidget *m_list;
    QLabel *m_card;
    QPushButton *m_edit;
    QPushButton *m_new;
};

} // namespace society::ui
