// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statechip.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>
#include <QPainterPath>

namespace society::ui {

namespace {

using experiment::State;

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < 128;
}

// Pairs of light and dark tones with at least 4.5:1 on white and on #1e1f22 (measured, tests/ui/tst_statechip.cpp).
QColor tone(const QPalette &palette, QRgb onLight, QRgb onDark)
{
    return QColor::fromRgb(isDark(palette) ? onDark : onLight);
}

constexpr QRgb greenL = 0xff1a7f37, greenD = 0xff57c878;
constexpr QRgb redL = 0xffc62828, redD = 0xffff7b72;
constexpr QRgb amberL = 0xff8a5a00, amberD = 0xffe3b341;
constexpr QRgb blueL = 0xff0b65c2, blueD = 0xff6cb6ff;
constexpr QRgb greyL = 0xff5f6670, greyD = 0xffa0a8b3;
constexpr QRgb violetL = 0xff7a3fb5, violetD = 0xffc297ff;

QPen shapePen(const QColor &colour, qreal width)
{
    return QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
}

void strokeCross(QPainter *painter, const QRectF &r)
{
    painter->drawLine(r.topLeft(), r.bottomRight());
    painter->drawLine(r.topRight(), r.bottomLeft());
}

void strokeTick(QPainter *painter, const QRectF &r)
{
    painter->drawPolyline(QPolygonF{QPointF(r.left(), r.center().y()),
        QPointF(r.left() + r.width() * 0.38, r.bottom() - r.height() * 0.08),
        QPointF(r.right(), r.top() + r.height() * 0.1)});
}

void drawLetter(QPainter *painter, const QRectF &r, QChar letter)
{
    QFont font = painter->font();
    font.setBold(true);
    font.setPixelSize(qMax(6, qRound(r.height())));
    painter->setFont(font);
    painter->drawText(r.adjusted(-4, -4, 4, 4), Qt::AlignCenter, letter);
}

template <class Paint>
QIcon shapeIcon(Paint paint)
{
    QIcon icon;
    for (const int size : {16, 32, 64}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRectF(0, 0, size, size));
        icon.addPixmap(pixmap);
    }
    return icon;
}

constexpr int gap = 6; // between shape and word, and at both ends

int shapeSize(const QFontMetrics &metrics)
{
    return qMax(10, metrics.ascent());
}

} // namespace

QColor stateColour(State state, const QPalette &palette)
{
    switch (state) {
    case State::Queued:
        return tone(palette, greyL, greyD);
    case State::Starting:
    case State::Running:
        return tone(palette, blueL, blueD);
    case State::Stopping:
    case State::Stopped:
        return tone(palette, amberL, amberD);
    case State::Finished:
        return tone(palette, greenL, greenD);
    case State::Failed:
        return tone(palette, redL, redD);
    case State::Lost:
        return tone(palette, violetL, violetD);
    }
    return palette.color(QPalette::Text);
}

QColor severityColour(Severity severity, const QPalette &palette)
{
    switch (severity) {
    case Severity::Good:
        return tone(palette, greenL, greenD);
    case Severity::Information:
        return tone(palette, blueL, blueD);
    case Severity::Warning:
        return tone(palette, amberL, amberD);
    case Severity::Fault:
        return tone(palette, redL, redD);
    }
    return palette.color(QPalette::Text);
}

void paintStateShape(QPainter *painter, const QRectF &square, State state, const QColor &colour)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal width = qMax(1.4, square.width() / 8);
    const QRectF r = square.adjusted(width, width, -width, -width);
    painter->setPen(shapePen(colour, width));
    painter->setBrush(Qt::NoBrush);
    switch (state) {
    case State::Queued:
        painter->drawEllipse(r);
        break;
    case State::Starting:
        painter->drawEllipse(r);
        painter->setBrush(colour);
        painter->drawPie(r, 90 * 16, 180 * 16);
        break;
    case State::Running:
        painter->setBrush(colour);
        painter->drawPolygon(QPolygonF{r.topLeft() + QPointF(r.width() * 0.1, 0),
            r.bottomLeft() + QPointF(r.width() * 0.1, 0), QPointF(r.right(), r.center().y())});
        break;
    case State::Stopping:
        painter->drawRect(r);
        break;
    case State::Stopped:
        painter->setBrush(colour);
        painter->drawRect(r);
        break;
    case State::Finished:
        painter->setPen(shapePen(colour, width * 1.4));
        strokeTick(painter, r);
        break;
    case State::Failed:
        painter->setPen(shapePen(colour, width * 1.4));
        strokeCross(painter, r.adjusted(width / 2, width / 2, -width / 2, -width / 2));
        break;
    case State::Lost:
        drawLetter(painter, r, QLatin1Char('?'));
        break;
    }
    painter->restore();
}

void paintSeverityShape(QPainter *painter, const QRectF &square, Severity severity, const QColor &colour)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal width = qMax(1.4, square.width() / 8);
    const QRectF r = square.adjusted(width, width, -width, -width);
    painter->setPen(shapePen(colour, width));
    switch (severity) {
    case Severity::Good:
        painter->setPen(shapePen(colour, width * 1.4));
        strokeTick(painter, r);
        break;
    case Severity::Information:
        painter->drawEllipse(r);
        painter->drawLine(
            QPointF(r.center().x(), r.center().y()), QPointF(r.center().x(), r.bottom() - r.height() * 0.22));
        painter->drawPoint(QPointF(r.center().x(), r.top() + r.height() * 0.25));
        break;
    case Severity::Warning:
        painter->drawPolygon(QPolygonF{QPointF(r.center().x(), r.top()), r.bottomLeft(), r.bottomRight()});
        painter->drawLine(
            QPointF(r.center().x(), r.top() + r.height() * 0.38), QPointF(r.center().x(), r.top() + r.height() * 0.62));
        painter->drawPoint(QPointF(r.center().x(), r.bottom() - r.height() * 0.17));
        break;
    case Severity::Fault:
        painter->setPen(shapePen(colour, width * 1.4));
        strokeCross(painter, r.adjusted(width / 2, width / 2, -width / 2, -width / 2));
        break;
    }
    painter->restore();
}

QIcon stateIcon(State state, const QPalette &palette)
{
    return shapeIcon([&](QPainter *painter, const QRectF &square) {
        paintStateShape(painter, square, state, stateColour(state, palette));
    });
}

QIcon severityIcon(Severity severity, const QPalette &palette)
{
    return shapeIcon([&](QPainter *painter, const QRectF &square) {
        paintSeverityShape(painter, square, severity, severityColour(severity, palette));
    });
}

StateDelegate::StateDelegate(int stateRole, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_stateRole(stateRole)
{
}

void StateDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QVariant value = index.data(m_stateRole);
    if (!value.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString word = item.text;
    item.text.clear();
    item.icon = {};
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const auto state = static_cast<State>(value.toInt());
    // On a selected row the state's colour would fight with the selection's: there the shape alone tells.
    const bool selected = option.state & QStyle::State_Selected;
    const QColor colour =
        selected ? option.palette.color(QPalette::HighlightedText) : stateColour(state, option.palette);
    const int size = shapeSize(option.fontMetrics);
    const QRect shape(option.rect.left() + gap, option.rect.center().y() - size / 2 + 1, size, size);
    paintStateShape(painter, shape, state, colour);
    painter->save();
    painter->setPen(colour);
    painter->setFont(option.font);
    const QRect text = option.rect.adjusted(size + 2 * gap, 0, -gap / 2, 0);
    painter->drawText(
        text, Qt::AlignVCenter | Qt::AlignLeft, option.fontMetrics.elidedText(word, Qt::ElideRight, text.width()));
    painter->restore();
}

QSize StateDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
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
