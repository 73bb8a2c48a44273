// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statechip.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>

namespace society::ui {

namespace {

using experiment::State;

constexpr int gap = 6; // between shape and word, and at both ends

int shapeSize(const QFontMetrics &metrics)
{
    return qMax(10, metrics.ascent());
}

} // namespace

StateDelegate::StateDelegate(int stateRole, QObject *parent)
    : TextDelegate(parent)
    , m_stateRole(stateRole)
{
}

void StateDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QVariant value = index.data(m_stateRole);
    if (!value.isValid()) {
        TextDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    paintPanel(painter, item);
    const auto state = static_cast<State>(value.toInt());
    // On a selected row the state's colour would fight with the selection's: there the shape alone tells.
    const bool selected = option.state & QStyle::State_Selected;
    const QColor colour = selected ? wordsColour(item) : stateColour(state, option.palette);
    const int size = shapeSize(option.fontMetrics);
    const QRect shape(option.rect.left() + gap, option.rect.center().y() - size / 2 + 1, size, size);
    paintStateShape(painter, shape, state, colour);
    paintWords(painter, item, option.rect.adjusted(size + 2 * gap, 0, -gap / 2, 0), item.text, colour);
}

QSize StateDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = TextDelegate::sizeHint(option, index);
    if (index.data(m_stateRole).isValid())
        size.rwidth() += shapeSize(option.fontMetrics) + 2 * gap;
    return size;
}

StateLabel::StateLabel(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setState(State::Queued);
}

void StateLabel::setState(State state)
{
    m_state = state;
    setAccessibleName(experiment::stateText(state));
    updateGeometry();
    update();
}

QSize StateLabel::sizeHint() const
{
    QFont bold = font();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    const int size = shapeSize(metrics);
    return {size + gap + metrics.horizontalAdvance(experiment::stateText(m_state)) + 2, qMax(size, metrics.height())};
}

void StateLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor colour = stateColour(m_state, palette());
    QFont bold = font();
    bold.setBold(true);
    const int size = shapeSize(QFontMetrics(bold));
    paintStateShape(&painter, QRectF(0, (height() - size) / 2.0, size, size), m_state, colour);
    painter.setFont(bold);
    painter.setPen(colour);
    painter.drawText(
        rect().adjusted(size + gap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, experiment::stateText(m_state));
}

void StateLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        setState(m_state);
    QWidget::changeEvent(event);
}

} // namespace society::ui
