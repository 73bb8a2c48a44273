// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statechip.h"

#include <QPainter>

namespace society::ui {

using experiment::State;

namespace {

QPen shapePen(const QColor &colour, qreal width)
{
    return QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
}

struct Shape {
    qreal width; ///< of its lines
    QRectF inside;
};

/// Saves the painter, which the caller restores, and makes it ready for lines in the square.
Shape beginShape(QPainter *painter, const QRectF &square, const QColor &colour)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal width = qMax(1.4, square.width() / 8);
    painter->setPen(shapePen(colour, width));
    return {width, square.adjusted(width, width, -width, -width)};
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

} // namespace

void paintStateShape(QPainter *painter, const QRectF &square, State state, const QColor &colour)
{
    const auto [width, r] = beginShape(painter, square, colour);
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
    const auto [width, r] = beginShape(painter, square, colour);
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

} // namespace society::ui
