// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QColor>
#include <QDate>
#include <QList>
#include <QString>
#include <QtPlugin>
#include <functional>
#include <memory>

class QWidget;

namespace society::ui {

/// Bars side by side, each of several parts. Numbers are for drawing only: who reads amounts reads the tips.
struct ChartBars {
    struct Part {
        QString name;
        QColor colour;
        QList<double> values; ///< one per bar
        QStringList tips;     ///< what is said while the mouse is over it
    };
    QStringList labels; ///< one per bar; as many are written as there is room for
    QList<Part> parts;
};

/// A line over days, and the range in which it may go on.
struct ChartCourse {
    struct Point {
        QDate day;
        double value = 0;
    };
    QString name;
    QString rangeName;
    QColor colour;
    QList<Point> points;
    QList<Point> least; ///< the lower edge of the range, empty where there is none
    QList<Point> most;  ///< the upper edge
};

/// A chart on the screen. GUI thread.
class ChartView {
public:
    virtual ~ChartView() = default;
    [[nodiscard]] virtual QWidget *widget() = 0;
    virtual void showBars(const ChartBars &bars) = 0;
    virtual void showCourse(const ChartCourse &course) = 0;
    /// Text, lines and background as the widget's palette has them.
    virtual void takePalette() = 0;
    std::function<void(int bar)> picked; ///< a bar was clicked
};

/// What the library of charts gives. It is loaded when the first chart is wanted: Qt's charts bring libraries that a
/// window which shows none should not pay for.
class ChartModule {
public:
    virtual ~ChartModule() = default;
    [[nodiscard]] virtual std::unique_ptr<ChartView> makeView(QWidget *parent) = 0;
};

/// The library, loaded at the first call: in `SOCIETY_BIN`, beside this program, or where it is installed. Error:
/// `charts_missing`.
[[nodiscard]] Result<ChartModule *> chartModule();

} // namespace society::ui

Q_DECLARE_INTERFACE(society::ui::ChartModule, "society.workbench.ChartModule/1")
