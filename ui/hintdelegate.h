// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace society::ui {

/// Draws a list's entry with a fainter hint at its right end: a count, a kind, a shortcut. GUI thread.
class HintDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// The role that has the hint as text.
    static constexpr int HintRole = Qt::UserRole + 100;

    /// `padding`: pixels added to the height of an entry.
    explicit HintDelegate(int padding, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int m_padding;
};

} // namespace society::ui
