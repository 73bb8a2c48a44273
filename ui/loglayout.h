// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/linetext.h"

#include <QFont>
#include <QPalette>
#include <QTextLayout>
#include <memory>

namespace society::ui {

/// What lines of a log are laid out with. Lines laid out with another one are to be laid out anew.
struct LogLook {
    QFont font;
    QPalette palette;
    qreal rowHeight = 0;
    qreal baseline = 0;      ///< from the top of a row
    qreal wrapWidth = 0;     ///< 0: lines are not wrapped
    bool hasPictures = true; ///< some font has Unicode's pictures of control characters

    [[nodiscard]] static LogLook of(const QFont &font, const QPalette &palette);
};

/// What an ANSI colour is on this palette: the sixteen named ones are chosen to be readable on it, the others are what
/// they are. Invalid for the default one.
[[nodiscard]] QColor ansiColour(const log::AnsiColour &colour, const QPalette &palette);
/// The colour of a level's lines; invalid where they look as usual.
[[nodiscard]] QColor levelColour(log::Level level, const QPalette &palette);
/// The letter that tells a level beside its colour: W, E, C; null for others.
[[nodiscard]] QChar levelLetter(log::Level level);

/// How a cell of that kind looks: a colour of its own under it.
[[nodiscard]] QTextCharFormat cellFormat(log::OddCell::Kind kind, const QPalette &palette);
/// What a cell stands for, in words.
[[nodiscard]] QString cellText(const log::OddCell &cell);

/// One line of a log laid out in one row, or in several where it is wrapped. GUI thread.
class LineLayout {
public:
    /// `mark` stands behind the line and is no part of it: what a closed fold hides.
    LineLayout(const log::LogLine &line, const LogLook &look, const QString &mark = {});

    [[nodiscard]] const QString &mark() const { return m_mark; }

    [[nodiscard]] int rows() const { return m_layout.lineCount(); }
    /// Pixels that the longest row takes.
    [[nodiscard]] qreal width() const { return m_layout.maximumWidth(); }
    /// Characters of the line, without the mark of a cut one.
    [[nodiscard]] int length() const { return m_length; }
    [[nodiscard]] QString text() const { return m_layout.text().left(m_length); }

    /// `marks` are drawn over the line's own colours.
    void draw(QPainter *painter, const QPointF &at, const QList<QTextLayout::FormatRange> &marks) const;
    /// The character boundary nearest to a point, relative to the layout's corner.
    [[nodiscard]] int columnAt(const QPointF &point) const;
    /// The character under a point: length() for what stands behind the line, -1 where there is nothing.
    [[nodiscard]] int characterAt(const QPointF &point) const;
    /// Where a character begins.
    [[nodiscard]] QPointF positionOf(int column) const;
    /// The row that a character is in, and the first character of a row.
    [[nodiscard]] int rowOf(int column) const;
    [[nodiscard]] int firstColumnOf(int row) const;
    /// The word around a character: first column and the one after its last.
    [[nodiscard]] std::pair<int, int> wordAt(int column) const;
    [[nodiscard]] int nextColumn(int column) const { return qMin(m_length, m_layout.nextCursorPosition(column)); }
    [[nodiscard]] int previousColumn(int column) const { return m_layout.previousCursorPosition(column); }

private:
    QTextLayout m_layout;
    QString m_mark;
    qreal m_rowHeight;
    int m_length;
};

} // namespace society::ui
