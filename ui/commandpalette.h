// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QIcon>
#include <QList>
#include <QString>
#include <functional>

class QLineEdit;
class QListWidget;

namespace society::ui {

/// Finds anything by name (Ctrl+K): commands, experiments, configurations. An overlay in its parent window; what is
/// chosen runs, Esc or a click elsewhere puts it away. GUI thread.
class CommandPalette : public QFrame {
    Q_OBJECT
public:
    struct Entry {
        QString text; ///< what is searched and shown
        QString hint; ///< kind, or a shortcut; shown at the right
        QIcon icon;
        std::function<void()> run;
    };

    explicit CommandPalette(QWidget *parent);

    /// Opens with these entries, in this order where they fit equally well.
    void open(const QList<Entry> &entries);
    /// Adds entries that arrived later, while it is open.
    void append(const QList<Entry> &entries);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void filter();
    void activate();
    void place();
    void retranslate();

    QLineEdit *m_edit;
    QListWidget *m_list;
    QList<Entry> m_entries;
};

} // namespace society::ui
