// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chartmodule.h"

#include <QPointer>

class QChart;
class QChartView;
class QCategoryAxis;
class QValueAxis;

namespace society::ui {

/// A ChartView of Qt Charts. Its widget belongs to the parent that it was given. GUI thread.
class DrawnChart final : public ChartView {
public:
    explicit DrawnChart(QWidget *parent);
    ~DrawnChart() override;

    [[nodiscard]] QWidget *widget() override;
    void showBars(const ChartBars &bars) override;
    void showCourse(const ChartCourse &course) override;
    void takePalette() override;

private:
    void clear();
    void addLabels(const QStringList &labels, double first);
    void fitValues(double least, double most);

    QPointer<QChartView> m_view;
    QChart *m_chart;
    QCategoryAxis *m_across = nullptr; ///< made anew for each chart: it forgets no label
    QValueAxis *m_up;
};

} // namespace society::ui
