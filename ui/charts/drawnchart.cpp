// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/drawnchart.h"

#include <QAreaSeries>
#include <QBarSet>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QCursor>
#include <QLegend>
#include <QLineSeries>
#include <QLocale>
#include <QStackedBarSeries>
#include <QToolTip>
#include <QValueAxis>
#include <algorithm>

namespace society::ui {

namespace {

constexpr int mostLabels = 7;
constexpr double barWidth = 0.8; // of the room that a bar has
constexpr int rangeAlpha = 70;

QLineSeries *lineOf(const QList<ChartCourse::Point> &points, QDate origin)
{
    auto *line = new QLineSeries;
    for (const ChartCourse::Point &point : points)
        line->append(static_cast<double>(origin.daysTo(point.day)), point.value);
    return line;
}

} // namespace

DrawnChart::DrawnChart(QWidget *parent)
    : m_view(new QChartView(parent))
    , m_chart(m_view->chart())
    , m_up(new QValueAxis)
{
    m_view->setObjectName(QStringLiteral("spendChart"));
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFrameShape(QFrame::NoFrame);
    m_chart->setMargins({0, 0, 0, 0});
    m_chart->setBackgroundRoundness(0);
    m_chart->legend()->setAlignment(Qt::AlignRight);
    m_chart->addAxis(m_up, Qt::AlignLeft);
    takePalette();
}

DrawnChart::~DrawnChart()
{
    delete m_view; // null where its parent was quicker
}

QWidget *DrawnChart::widget()
{
    return m_view;
}

void DrawnChart::clear()
{
    m_chart->removeAllSeries();
    if (m_across) {
        m_chart->removeAxis(m_across);
        delete m_across;
    }
    m_across = new QCategoryAxis;
    m_across->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_across->setGridLineVisible(false);
    m_chart->addAxis(m_across, Qt::AlignBottom);
}

// A label at each bar would leave no room for any: a few, evenly apart, the last one among them.
void DrawnChart::addLabels(const QStringList &labels, double first)
{
    const qsizetype step = std::max<qsizetype>(1, (labels.size() + mostLabels - 1) / mostLabels);
    for (qsizetype i = (labels.size() - 1) % step; i < labels.size(); i += step)
        m_across->append(labels.at(i), first + static_cast<double>(i));
}

void DrawnChart::fitValues(double least, double most)
{
    m_up->setRange(std::min(0.0, least), most > least ? most : least + 1);
    m_up->setTickCount(4);
    m_up->applyNiceNumbers();
    m_up->setLabelFormat(m_up->max() - m_up->min() < 0.1  ? QStringLiteral("%.4f")
                         : m_up->max() - m_up->min() < 10 ? QStringLiteral("%.2f")
                                                          : QStringLiteral("%.0f"));
}

void DrawnChart::showBars(const ChartBars &bars)
{
    clear();
    auto *series = new QStackedBarSeries;
    series->setBarWidth(barWidth);
    QList<double> highs(bars.labels.size());
    QList<double> lows(bars.labels.size());
    QList<QStringList> tips;
    for (const ChartBars::Part &part : bars.parts) {
        auto *set = new QBarSet(part.name);
        set->setColor(part.colour);
        set->setBorderColor(part.colour);
        set->append(part.values);
        series->append(set);
        tips.append(part.tips);
        for (qsizetype i = 0; i < part.values.size(); ++i)
            (part.values.at(i) < 0 ? lows : highs)[i] += part.values.at(i);
    }
    m_chart->addSeries(series);
    m_across->setRange(-0.5, static_cast<double>(bars.labels.size()) - 0.5);
    addLabels(bars.labels, 0);
    series->attachAxis(m_across);
    series->attachAxis(m_up);
    fitValues(lows.isEmpty() ? 0 : *std::min_element(lows.cbegin(), lows.cend()),
        highs.isEmpty() ? 1 : *std::max_element(highs.cbegin(), highs.cend()));
    m_chart->legend()->setVisible(bars.parts.size() > 1);
    QObject::connect(series, &QAbstractBarSeries::clicked, m_view, [this](int bar, QBarSet *) {
        if (picked)
            picked(bar);
    });
    QObject::connect(series, &QAbstractBarSeries::hovered, m_view,
        [series, tips, view = m_view.data()](bool over, int bar, QBarSet *set) {
            const QString tip = over ? tips.value(series->barSets().indexOf(set)).value(bar) : QString();
            QToolTip::showText(QCursor::pos(), tip, view);
            view->setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
        });
    takePalette();
}

void DrawnChart::showCourse(const ChartCourse &course)
{
    clear();
    if (course.points.isEmpty())
        return;
    const QDate origin = course.points.constFirst().day;
    QDate last = course.points.constLast().day;
    double least = 0;
    double most = 0;
    for (const QList<ChartCourse::Point> *points : {&course.points, &course.least, &course.most}) {
        for (const ChartCourse::Point &point : *points) {
            least = std::min(least, point.value);
            most = std::max(most, point.value);
            last = std::max(last, point.day);
        }
    }
    QLineSeries *line = lineOf(course.points, origin);
    line->setName(course.name);
    line->setPen(QPen(course.colour, 2));
    QAreaSeries *range = nullptr;
    if (!course.least.isEmpty()) {
        QLineSeries *upper = lineOf(course.most, origin);
        QLineSeries *lower = lineOf(course.least, origin);
        range = new QAreaSeries(upper, lower);
        upper->setParent(range);
        lower->setParent(range);
        range->setName(course.rangeName);
        QColor fill = course.colour;
        fill.setAlpha(rangeAlpha);
        range->setBrush(fill);
        range->setPen(QPen(course.colour, 1, Qt::DotLine));
        m_chart->addSeries(range);
    }
    m_chart->addSeries(line);
    const double days = static_cast<double>(origin.daysTo(last));
    m_across->setRange(0, days > 0 ? days : 1);
    QStringList labels;
    for (QDate day = origin; day <= last; day = day.addDays(1))
        labels += QLocale().toString(day, QLocale::ShortFormat);
    addLabels(labels, 0);
    for (QAbstractSeries *series : m_chart->series()) {
        series->attachAxis(m_across);
        series->attachAxis(m_up);
    }
    fitValues(least, most);
    m_chart->legend()->setVisible(range != nullptr);
    takePalette();
}

void DrawnChart::takePalette()
{
    const QPalette palette = m_view->palette();
    const QColor text = palette.color(QPalette::Text);
    QColor grid = text;
    grid.setAlpha(40);
    m_view->setBackgroundBrush(palette.color(QPalette::Base));
    m_chart->setBackgroundBrush(palette.color(QPalette::Base));
    m_chart->legend()->setLabelColor(text);
    m_chart->legend()->setFont(m_view->font());
    for (QAbstractAxis *axis : m_chart->axes()) {
        axis->setLabelsColor(text);
        axis->setLabelsFont(m_view->font());
        axis->setGridLineColor(grid);
        axis->setLinePenColor(grid);
    }
}

} // namespace society::ui
