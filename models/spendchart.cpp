// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spendchart.h"

#include "models/billlistmodel.h"
#include "models/format.h"

#include <QCoreApplication>
#include <QHash>
#include <algorithm>

namespace society::models {

using ledger::NoForecast;
using ledger::SpendPart;

namespace {

constexpr qsizetype MostSeries = 7;

Money plus(Money a, Money b)
{
    return a.plus(b).value_or(a); // no account's days come to 64 bits of micro-yuan
}

/// What a part belongs to.
QString seriesKey(const SpendPart &part, SpendSplit split)
{
    if (split == SpendSplit::ByItem)
        return itemText(part.item);
    return part.model.isEmpty() ? SpendTableModel::tr("no model (run time)") : part.model;
}

/// All beyond the seventh series together.
void gatherOthers(QList<SpendChart::Series> &series)
{
    if (series.size() <= MostSeries + 1)
        return;
    SpendChart::Series others;
    others.name = SpendTableModel::tr("others");
    others.values.resize(series.first().values.size());
    for (const SpendChart::Series &each : series.sliced(MostSeries)) {
        others.sum = plus(others.sum, each.sum);
        for (qsizetype i = 0; i < each.values.size(); ++i)
            others.values[i] = plus(others.values.at(i), each.values.at(i));
    }
    series.resize(MostSeries);
    series.append(others);
}

} // namespace

SpendChart spendChart(const QList<SpendPart> &parts, SpendSplit split, bool months, QDate from, QDate to)
{
    SpendChart chart;
    chart.months = months;
    QHash<QDate, qsizetype> places;
    for (QDate day = from; day <= to; day = months ? day.addMonths(1) : day.addDays(1)) {
        places.insert(day, chart.days.size());
        chart.days.append(day);
    }
    QHash<QString, qsizetype> series;
    for (const SpendPart &part : parts) {
        const qsizetype place = places.value(part.day, -1);
        if (!part.ofRun || place < 0 || part.amount.isZero())
            continue;
        const QString key = seriesKey(part, split);
        if (!series.contains(key)) {
            series.insert(key, chart.series.size());
            chart.series.append({key, QList<Money>(chart.days.size()), {}});
        }
        SpendChart::Series &mine = chart.series[series.value(key)];
        const Money spent = part.amount.negated();
        mine.values[place] = plus(mine.values.at(place), spent);
        mine.sum = plus(mine.sum, spent);
        chart.sum = plus(chart.sum, spent);
    }
    std::stable_sort(chart.series.begin(), chart.series.end(),
        [](const SpendChart::Series &a, const SpendChart::Series &b) { return a.sum > b.sum; });
    gatherOthers(chart.series);
    return chart;
}

QString dayText(QDate day, bool month, const QLocale &locale)
{
    return month ? day.toString(QStringLiteral("yyyy-MM")) : locale.toString(day, QLocale::ShortFormat);
}

QString forecastText(const ledger::BurnDown &course)
{
    const QLocale locale;
    if (const auto &forecast = course.forecast) {
        const QString earliest = locale.toString(forecast->earliest, QLocale::ShortFormat);
        const QString when = !forecast->latest.isValid() ? SpendTableModel::tr("on %1 at the earliest").arg(earliest)
                             : forecast->latest == forecast->earliest
                                 ? SpendTableModel::tr("about %1").arg(earliest)
                                 : SpendTableModel::tr("between %1 and %2")
                                       .arg(earliest, locale.toString(forecast->latest, QLocale::ShortFormat));
        return SpendTableModel::tr("If spending goes on as in the last 7 and the last 30 whole days (%1 to %2 a day on "
                                   "average), the balance is used up %3. Recharges are not foreseen.")
            .arg(forecast->least.toDisplay(locale), forecast->most.toDisplay(locale), when);
    }
    switch (course.why) {
    case NoForecast::UsedUp:
        return SpendTableModel::tr("The balance is used up.");
    case NoForecast::NothingGoes:
        return SpendTableModel::tr("At what was spent in the last 30 days the balance lasts for good.");
    case NoForecast::TooLittle:
    case NoForecast::None:
        break;
    }
    return SpendTableModel::tr("No forecast yet: it needs 7 whole days since the first charge, and charges on 3 of the "
                               "last 30 days.");
}

void SpendTableModel::setSpend(const SpendChart &chart)
{
    beginResetModel();
    m_ofBalance = false;
    m_chart = chart;
    endResetModel();
}

void SpendTableModel::setBalance(const QList<ledger::DayBalance> &days)
{
    beginResetModel();
    m_ofBalance = true;
    m_balance = days;
    endResetModel();
}

QDate SpendTableModel::dayAt(int row) const
{
    const int place = rowCount() - 1 - row;
    return m_ofBalance ? m_balance.value(place).day : m_chart.days.value(place);
}

int SpendTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ofBalance ? m_balance.size() : m_chart.days.size());
}

int SpendTableModel::columnCount(const QModelIndex &parent) const
{
    // The day, the sum, and each series where there are several.
    return parent.isValid() ? 0 : m_ofBalance ? 2 : 2 + static_cast<int>(m_chart.series.size());
}

Money SpendTableModel::valueAt(int row, int column) const
{
    const int place = rowCount() - 1 - row;
    if (m_ofBalance)
        return m_balance.at(place).balance;
    if (column > 1)
        return m_chart.series.at(column - 2).values.at(place);
    Money sum;
    for (const SpendChart::Series &series : m_chart.series)
        sum = plus(sum, series.values.at(place));
    return sum;
}

QVariant SpendTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (index.column() == 0)
        return dayText(dayAt(index.row()), !m_ofBalance && m_chart.months);
    const Money value = valueAt(index.row(), index.column());
    return role == Qt::ToolTipRole ? exactMoney(value) : value.toDisplay(QLocale());
}

QVariant SpendTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return !m_ofBalance && m_chart.months ? tr("Month") : tr("Day");
    if (m_ofBalance)
        return tr("Balance at its end");
    return section == 1 ? tr("Spent") : m_chart.series.value(section - 2).name;
}

} // namespace society::models
