// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roles.h"

#include <QAbstractTableModel>

namespace society::models {

/// What went wrong in a run by its log, one row for each kind and cause. GUI thread.
class TroublesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Kind { ErrorLines, Tracebacks, Retries, ParseFailures };
    Q_ENUM(Kind)
    enum Column { What, Cause, Calls, Lines, ColumnCount };
    Q_ENUM(Column)

    struct Row {
        Kind kind = Kind::ErrorLines;
        QString cause;     ///< in the log's words; empty for the two kinds that have none
        qint64 calls = -1; ///< LLM calls that it concerns; −1: it is not about calls
        qint64 lines = 0;  ///< that tell of it
        bool operator==(const Row &) const = default;
    };

    explicit TroublesModel(QObject *parent = nullptr);

    /// Shows these rows; those of kinds and causes that are there already change in place.
    void setRows(const QList<Row> &rows);
    [[nodiscard]] const Row &rowAt(int row) const { return m_rows[row]; }
    /// All of it in a sentence or two: "37 calls were retried · 3 error lines"; empty where there is none.
    [[nodiscard]] QString summary() const;
    /// For screens in another language from now on.
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<Row> m_rows;
};

} // namespace society::models
