// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/progressdelegate.h"

#include "models/roles.h"

#include <QPainter>

namespace society::ui {

namespace {
constexpr int barHeight = 3;
constexpr int margin = 4;
} // namespace

void ProgressDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QVariant value = index.data(models::ProgressRole);
    const double progress = value.toDouble();
    if (!value.isValid() || progress < 0 || index.data().toString().isEmpty()) {
        TextDelegate::paint(painter, option, index);
        return;
    }
    // Background over the whole cell, the words above the bar.
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    paintPanel(painter, item);
    const QRect inner = option.rect.adjusted(margin, 1, -margin, -1);
    paintWords(painter, item, inner.adjusted(0, 0, 0, -barHeight - 1), item.text, wordsColour(item));

    const bool selected = option.state & QStyle::State_Selected;
    const auto group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
    const QRect groove(inner.left(), inner.bottom() - barHeight + 1, inner.width(), barHeight);
    const QColor full = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Highlight);
    QColor empty = full;
    empty.setAlphaF(0.25F);
    painter->fillRect(groove, empty);
    painter->fillRect(groove.adjusted(0, 0, -qRound((1.0 - progress) * groove.width()), 0), full);
}

QSize ProgressDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return TextDelegate::sizeHint(option, index) + QSize(0, barHeight + 4);
}

} // namespace society::ui
