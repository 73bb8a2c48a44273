// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace society::cli {

/// Text that may come from anywhere made safe for a terminal and for one line: control characters become visible.
[[nodiscard]] QString printable(QStringView text);

/// Columns that a text takes on a terminal: two for Chinese, none for combining marks.
[[nodiscard]] int displayWidth(QStringView text);

/// A plain table: columns aligned by width, two blanks apart, no lines drawn.
class TextTable {
public:
    enum class Align { Left, Right };
    struct Column {
        QString title;
        Align align = Align::Left;
    };

    explicit TextTable(QList<Column> columns);
    /// One text per column.
    void add(QStringList cells);
    [[nodiscard]] bool isEmpty() const { return m_rows.isEmpty(); }
    /// Title line and rows, without blanks at the line's end.
    [[nodiscard]] QStringList lines() const;
    /// For a table that is too long to be kept whole: the lines of the rows so far, which are forgotten; the title line
    /// with the first of them. The widths are those of the first call, and longer texts push their line out.
    [[nodiscard]] QStringList takeLines();

private:
    [[nodiscard]] QList<int> widths() const;
    [[nodiscard]] QString titleLine(const QList<int> &widths) const;
    [[nodiscard]] QString line(const QStringList &cells, const QList<int> &widths) const;

    QList<Column> m_columns;
    QList<QStringList> m_rows;
    QList<int> m_taken; ///< the widths of the first lines that were taken
};

/// Names and values, one pair a line, the values aligned.
[[nodiscard]] QStringList fieldLines(const QList<std::pair<QString, QString>> &fields);

} // namespace society::cli
