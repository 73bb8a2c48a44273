// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QFont>
#include <QStaticText>
#include <QStyledItemDelegate>

namespace society::ui {

/// Paints cells of one line of text as QStyledItemDelegate does, at a fraction of its cost: a text is shaped once and
/// kept for the next painting, where a style shapes it to measure, to elide and to draw it. A cell that has an icon, a
/// check box, several lines, a font of its own or the focus is left to the style. GUI thread.
class TextDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    /// What is behind the words of `item`: the row's colour, the selection's, the frame of the focus.
    static void paintPanel(QPainter *painter, const QStyleOptionViewItem &item);
    /// `words` on one line in `place`, aligned as `item` says, elided where they are too long.
    void paintWords(QPainter *painter, const QStyleOptionViewItem &item, const QRect &place, const QString &words,
        const QColor &colour) const;
    /// The colour of the words of `item` in the palette of its row.
    static QColor wordsColour(const QStyleOptionViewItem &item);

private:
    struct Shaped {
        QStaticText whole;
        QStaticText elided;
        int elidedFor = -1; ///< width in pixels
    };
    Shaped &shaped(const QString &words, const QFont &font) const;

    static constexpr int mostKept = 4000; // texts: some screenfuls
    mutable QCache<QString, Shaped> m_shaped{mostKept};
    mutable QFont m_font; ///< of all that is kept
};

} // namespace society::ui
