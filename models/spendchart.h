// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/forecast.h"

#include <QAbstractTableModel>
#include <QLocale>

namespace society::models {

/// What was spent by day or month, split in series: what a chart draws and the table beside it says. Spent is positive;
/// what was given back counts against it. Recharges are not in it.
struct SpendChart {
    struct Series {
        QString name;        ///< of an item or a model, translated
        QList<Money> values; ///< one per day
        Money sum;
    };
    bool months = false;
    QList<QDate> days;    ///< every day (or first of a month) of the time, also those without bills
    QList<Series> series; ///< the dearest first; beyond the seventh all in one
    Money sum;
    [[nodiscard]] bool isEmpty() const { return series.isEmpty(); }
};

enum class SpendSplit { ByItem, ByModel };

/// Adds up the parts of `from` to `to` (both included; of months: their first days).
[[nodiscard]] SpendChart spendChart(
    const QList<ledger::SpendPart> &parts, SpendSplit split, bool months, QDate from, QDate to);

/// A day or month as axes and tables write it.
[[nodiscard]] QString dayText(QDate day, bool month, const QLocale &locale = QLocale());

/// The course of the balance in one or more sentences: what is left, and the forecast with its rule, or why there is
/// none.
[[nodiscard]] QString forecastText(const ledger::BurnDown &course);

/// The same numbers as a table, newest first: for those who cannot see a chart, and to copy. Reset by each set…().
/// GUI thread.
class SpendTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setSpend(const SpendChart &chart);
    void setBalance(const QList<ledger::DayBalance> &days);
    /// The day of a row.
    [[nodiscard]] QDate dayAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] Money valueAt(int row, int column) const;

    SpendChart m_chart;
    QList<ledger::DayBalance> m_balance;
    bool m_ofBalance = false;
};

} // namespace society::models
