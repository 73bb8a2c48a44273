// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/linetext.h"
#include "services/log/outline.h"

#include <QDateTime>
#include <QFlags>
#include <QFont>
#include <QObject>
#include <array>
#include <optional>

namespace society::ui {

class AppSettings;

/// What stands before the text of a log's lines, from left to right. Never a part of the text: not found, not selected,
/// not copied.
enum class LogColumn {
    Number = 1,    ///< of the line, from 1
    Time = 2,      ///< the logger's own
    Level = 4,     ///< in words; where it is off a letter tells grave ones
    Simulated = 8, ///< where the run was: simulated day and time with the step, else its phase
};
Q_DECLARE_FLAGS(LogColumns, LogColumn)
Q_DECLARE_OPERATORS_FOR_FLAGS(LogColumns)

constexpr std::array allLogColumns = {LogColumn::Number, LogColumn::Time, LogColumn::Level, LogColumn::Simulated};

/// What a column says of a line.
struct LogColumnText {
    QString text;
    bool isOwn = true; ///< false: a line above said so
};

/// The name of a column for people, with a mnemonic.
[[nodiscard]] QString logColumnName(LogColumn column);
/// A level in one word; empty for None.
[[nodiscard]] QString logLevelName(log::Level level);
/// Where the run was at `line`: the step, or the phase where none had begun or where it began later.
[[nodiscard]] LogColumnText simulatedText(const log::RunPlace &place, qint64 line);

/// Which columns the log panes of a workspace have: all of them the same, now and after the next start. GUI thread.
class LogColumnChoice : public QObject {
    Q_OBJECT
public:
    /// The one of these settings, which own it.
    [[nodiscard]] static LogColumnChoice &of(AppSettings &settings);

    [[nodiscard]] LogColumns shown() const { return m_shown; }
    void setShown(LogColumn column, bool on);

signals:
    void changed();

private:
    explicit LogColumnChoice(AppSettings &settings);

    AppSettings &m_settings;
    LogColumns m_shown;
};

/// Where the columns stand. As wide as what was on the screen so far: a width grows with what comes into sight and
/// does not shrink, so that nothing moves to and fro while one scrolls. In a narrow view those that would leave the
/// text less than half of it are left out, from the right. A value; pixels; GUI thread.
class LogGutter {
public:
    static constexpr int Gap = 6; ///< at both ends

    struct Span {
        qreal x = 0;
        qreal width = 0; ///< 0: the column is not there
    };

    void setColumns(LogColumns columns) { m_columns = columns; }
    [[nodiscard]] LogColumns columns() const { return m_columns; }
    /// The font of what stands in it; measures anew where it is another one.
    void measure(const QFont &font);
    /// Another log, or another language: what was on the screen counts no more.
    void forget();
    /// Takes what is on the screen into account; place() follows.
    void fit(const QDateTime &time);
    void fit(const QString &simulated);
    /// Gives everything its place. True where the gutter has another width now.
    bool place(int viewWidth, qint64 lineCount, int foldSign);

    [[nodiscard]] int width() const { return m_width; }
    /// Where a column stands; the letter of a level that has no column is at the left of the number.
    [[nodiscard]] Span spanOf(LogColumn column) const;
    [[nodiscard]] bool has(LogColumn column) const { return spanOf(column).width > 0; }
    /// The column at a place; nothing between them.
    [[nodiscard]] std::optional<LogColumn> columnAt(int x) const;
    /// The form of a time stamp: with its day once those on the screen had several.
    [[nodiscard]] QString timeText(const QDateTime &time) const;

private:
    static size_t indexOf(LogColumn column);
    qreal layOut(LogColumns columns, qsizetype digits);

    LogColumns m_columns = LogColumn::Number;
    QFont m_font;
    qreal m_digit = 0;
    std::array<qreal, allLogColumns.size()> m_widths = {}; // that they need; that of the number is counted anew
    std::array<Span, allLogColumns.size()> m_spans;
    QDate m_day;
    bool m_hasDays = false;
    int m_width = 0;
};

} // namespace society::ui
