// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/hintdelegate.h"

#include <QApplication>
#include <QPainter>

namespace society::ui {

HintDelegate::HintDelegate(int padding, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_padding(padding)
{
}

void HintDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString hint = index.data(HintRole).toString();
    const int iconWidth = item.icon.isNull() ? 8 : item.decorationSize.width() + 16;
    const int hintWidth = option.fontMetrics.horizontalAdvance(hint) + 12;
    item.text = option.fontMetrics.elidedText(item.text, Qt::ElideRight, option.rect.width() - hintWidth - iconWidth);
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setFont(option.font);
    painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::PlaceholderText));
    painter->drawText(option.rect.adjusted(0, 0, -6, 0), Qt::AlignRight | Qt::AlignVCenter, hint);
    painter->restore();
}

QSize HintDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.rheight() = qMax(size.height(), option.fontMetrics.height()) + m_padding;
    size.rwidth() += option.fontMetrics.horizontalAdvance(index.data(HintRole).toString()) + 12;
    return size;
}

} // namespace society::ui
