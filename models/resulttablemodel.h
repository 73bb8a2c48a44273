// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roles.h"
#include "services/agentsociety/resultdatabase.h"

#include <QAbstractTableModel>

namespace society::models {

/// Rows of any columns, read page by page and again while they grow: results of a run, its calls. What is known stays
/// in place when a page is read again. GUI thread.
class ResultTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using Column = agentsociety::ResultColumn;
    using QAbstractTableModel::QAbstractTableModel;

    /// Another table: empty at first, and its first page is asked for when a view wants it.
    void setColumns(const QList<Column> &columns);
    [[nodiscard]] const QList<Column> &columns() const { return m_columns; }

    /// The answer to pageWanted(): the rows that stand after `cursor`. `next`: where the page after it begins; 0 (and
    /// `cursor` itself): there is none yet.
    void takePage(qint64 cursor, const QList<QVariantList> &rows, qint64 next);
    /// The answer was a failure.
    void noteFailure() { m_asked = false; }
    /// Asks for the last page anew, since the table may have grown.
    void askForGrowth();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    /// Says that the headers' language has changed.
    void retranslate();

signals:
    /// A page is needed, from `cursor` on. Answer with takePage() or noteFailure().
    void pageWanted(qint64 cursor);

private:
    void replaceFrom(int first, const QList<QVariantList> &rows);

    QList<Column> m_columns;
    QList<QVariantList> m_rows;
    qint64 m_lastCursor = 0; // where the last page that was read begins
    int m_lastFirst = 0;     // its first row
    qint64 m_next = 0;       // where the page after it begins; 0: it is the last one
    bool m_read = false;     // a page was read
    bool m_asked = false;
};

/// A cell as text: numbers and times for people, JSON compact.
[[nodiscard]] QString resultText(const QVariant &value, agentsociety::ResultColumn::Kind kind);
/// A cell for CSV: exact and independent of language and place.
[[nodiscard]] QString resultCsvText(const QVariant &value, agentsociety::ResultColumn::Kind kind);

} // namespace society::models
