// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/textdelegate.h"

#include <QApplication>
#include <QPainter>
#include <memory>
#include <utility>

namespace society::ui {

namespace {

const QStyle *styleOf(const QStyleOptionViewItem &item)
{
    return item.widget ? item.widget->style() : QApplication::style();
}

QStaticText shape(const QString &words, const QFont &font)
{
    QStaticText text(words);
    text.setTextFormat(Qt::PlainText); // a name may look like HTML
    text.setPerformanceHint(QStaticText::AggressiveCaching);
    text.prepare({}, font);
    return text;
}

bool isOneLine(const QString &words)
{
    return !words.contains(QChar::LineSeparator) && !words.contains(u'\n') && !words.contains(u'\t');
}

/// Nothing but one line of text in the list's font.
bool isPlain(const QStyleOptionViewItem &item, const QFont &font)
{
    const auto special = QStyleOptionViewItem::HasDecoration | QStyleOptionViewItem::HasCheckIndicator;
    return !(item.features & special) && item.font == font && isOneLine(item.text);
}

/// Between a cell's edge and its words, pixels; as QCommonStyle has it.
int marginOf(const QStyleOptionViewItem &item)
{
    return styleOf(item)->pixelMetric(QStyle::PM_FocusFrameHMargin, &item, item.widget) + 1;
}

} // namespace

void TextDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    if (!isPlain(item, option.font) || item.state & QStyle::State_HasFocus) {
        styleOf(item)->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
        return;
    }
    paintPanel(painter, item);
    const int margin = marginOf(item);
    paintWords(painter, item, item.rect.adjusted(margin, 0, -margin, 0), item.text, wordsColour(item));
}

QSize TextDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    if (!isPlain(item, option.font) || item.text.isEmpty() || index.data(Qt::SizeHintRole).isValid())
        return QStyledItemDelegate::sizeHint(option, index);
    const QSizeF size = shaped(item.text, item.font).whole.size();
    return {qCeil(size.width()) + 2 * marginOf(item), qCeil(size.height())};
}

void TextDelegate::paintPanel(QPainter *painter, const QStyleOptionViewItem &item)
{
    if (!(item.state & QStyle::State_HasFocus)) {
        styleOf(item)->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
        return;
    }
    QStyleOptionViewItem empty = item;
    empty.text.clear();
    empty.icon = {};
    styleOf(item)->drawControl(QStyle::CE_ItemViewItem, &empty, painter, item.widget);
}

void TextDelegate::paintWords(QPainter *painter, const QStyleOptionViewItem &item, const QRect &place,
    const QString &words, const QColor &colour) const
{
    if (words.isEmpty() || place.width() <= 0)
        return;
    Shaped &kept = shaped(words, item.font);
    const bool fits = kept.whole.size().width() <= place.width();
    if (!fits && std::exchange(kept.elidedFor, place.width()) != place.width())
        kept.elided = shape(item.fontMetrics.elidedText(words, item.textElideMode, place.width()), item.font);
    const QStaticText &text = fits ? kept.whole : kept.elided;
    const auto alignment = QStyle::visualAlignment(item.direction, item.displayAlignment);
    const qreal room = place.width() - text.size().width();
    const qreal before = alignment & Qt::AlignRight ? room : alignment & Qt::AlignHCenter ? room / 2 : 0;
    const int top = QStyle::alignedRect(item.direction, alignment, {0, qCeil(text.size().height())}, place).top();
    painter->setFont(item.font);
    painter->setPen(colour);
    painter->drawStaticText(QPointF(place.left() + before, top), text);
}

QColor TextDelegate::wordsColour(const QStyleOptionViewItem &item)
{
    const auto group = !(item.state & QStyle::State_Enabled) ? QPalette::Disabled
                       : item.state & QStyle::State_Active   ? QPalette::Active
                                                             : QPalette::Inactive;
    const bool isSelected = item.state & QStyle::State_Selected;
    return item.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text);
}

TextDelegate::Shaped &TextDelegate::shaped(const QString &words, const QFont &font) const
{
    if (m_font != font) {
        m_shaped.clear();
        m_font = font;
    }
    if (Shaped *kept = m_shaped.object(words))
        return *kept;
    auto fresh = std::make_unique<Shaped>(Shaped{shape(words, font), {}, -1});
    Shaped &kept = *fresh;
    m_shaped.insert(words, fresh.release());
    return kept;
}

} // namespace society::ui
