// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statechip.h"

#include <QIcon>
#include <QPainter>

namespace society::ui {

using experiment::State;

namespace {

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

} // namespace society::ui
