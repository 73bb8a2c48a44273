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
    QStyledItemDelegate::paint(painter, option, index);
    const QVariant value = index.data(models::ProgressRole);
    const double progress = value.toDouble();
    if (!value.isValid() || progress < 0 || index.data().toString().isEmpty())
        return;
    const QRect groove(
        option.rect.left() + margin, option.rect.bottom() - barHeight, option.rect.width() - 2 * margin, barHeight - 1);
    const bool selected = option.state & QStyle::State_Selected;
    const QColor full = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Highlight);
    QColor empty = full;
    empty.setAlphaF(0.25F);
    painter->fillRect(groove, empty);
    painter->fillRect(groove.adjusted(0, 0, -static_cast<int>((1.0 - progress) * groove.width()), 0), full);
}

} // namespace society::ui
