// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSet>
#include <QTableView>

class QAction;
class QHeaderView;
class QMenu;

namespace society::ui {

class AppSettings;

/// A list as every page shows it: sorted by any column, columns chosen by a right click on the header, widths, order
/// and sort remembered under the widget's name, rows copied as text (Ctrl+C) or CSV. Fetches more rows
/// only as its end comes into sight. GUI thread.
class DataTable : public QTableView {
    Q_OBJECT
public:
    /// `name` is the object name and the key under which columns are remembered.
    DataTable(AppSettings &settings, const QString &name, QWidget *parent = nullptr);
    ~DataTable() override;

    /// Sets the model; then columns, widths and sort are as they were left, else `hidden` columns are hidden and the
    /// list is sorted by `sortColumn`.
    void setUp(QAbstractItemModel *model, const QList<int> &hidden = {}, int sortColumn = 0,
        Qt::SortOrder order = Qt::AscendingOrder);
    /// The header with the columns.
    [[nodiscard]] QHeaderView *header() const { return horizontalHeader(); }
    /// Actions of the right-click menu, above the copying ones.
    void setRowActions(const QList<QAction *> &actions);
    /// Words in the middle of the list while it has no rows: the one thing to do next.
    void setEmptyText(const QString &text);
    [[nodiscard]] QList<int> shownColumns() const; ///< logical ones, in the order on screen
    [[nodiscard]] QList<int> selectedRows() const; ///< of the model that was set up, ascending

signals:
    /// Return or a double click on a row.
    void opened(const QModelIndex &index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    [[nodiscard]] QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitOnce();
    void fitColumns();
    void fitColumn(int column);
    void remember();
    void showHeaderMenu(const QPoint &position);
    void copy(bool csv);
    void fitRows();
    void retranslate();

    AppSettings &m_settings;
    QString m_emptyText;
    QList<QAction *> m_rowActions;
    QAction *m_copyText;
    QAction *m_copyCsv;
    QSet<int> m_unfitted; ///< columns that were hidden when the others got the widths that fit
    bool m_ready = false;
};

} // namespace society::ui
