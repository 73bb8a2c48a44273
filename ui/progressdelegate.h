// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/textdelegate.h"

namespace society::ui {

/// Draws how far something is as a thin bar under its words. Reads models::ProgressRole; an index without one, or with
/// a negative one, is drawn as usual.
class ProgressDelegate : public TextDelegate {
    Q_OBJECT
public:
    using TextDelegate::TextDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace society::ui
