// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/linematcher.h"
#include "services/log/logdocument.h"
#include "ui/logcolumns.h"
#include "ui/loglayout.h"
#include "ui/logshown.h"

#include <QAbstractScrollArea>
#include <QHash>
#include <QPointer>
#include <QTimer>
#include <optional>
#include <set>

class QToolButton;

namespace society::log {
class LogOutline;
class LogSearch;
} // namespace society::log

namespace society::ui {

class LogFilter;
class LogScrollBar;

/// A place in a log's text, between two characters.
struct LogPlace {
    qint64 line = 0;
    int column = 0;
    auto operator<=>(const LogPlace &) const = default; // NOLINT(modernize-use-nullptr)
};

/// The text of a log: only what is on the screen is fetched, laid out and painted, whatever the file's size. Follows
/// the end until the person scrolls up, keeps its place while lines arrive, and says how many came. Tracebacks and
/// repeated lines are folded, lines may be filtered; their numbers stay those of the file. GUI thread; the document and
/// the searches outlive it.
class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    /// How much of a file a copy may have.
    static constexpr qint64 CopyBytes = qint64(128) << 20;

    explicit LogView(log::LogDocument &document, QWidget *parent = nullptr);

    /// Hits of `search` are highlighted and marked in the scroll bar, those of `errors` marked. Null: none.
    void setSearches(const log::LogSearch *search, const log::LogSearch *errors);
    /// Folds what it finds; null: nothing.
    void setOutline(const log::LogOutline *outline);
    /// Shows only the lines of a filter, unfolded; null: all lines. The place is kept, as long as the person does not
    /// move even over turning a filter on and off again.
    void setFilter(LogFilter *filter);
    [[nodiscard]] bool isFiltered() const { return m_shown.hasList(); }
    /// Remembers what the person looks at, before the filter's lines are found anew; placed again as they come.
    void hold();
    /// Lines that stand out as a whole, such as those that another log does not have; null: none. Call it again when
    /// the list has changed.
    void setChangedLines(const log::HitList *lines);
    /// What stands before the text, for all lines; scrolling sideways leaves it where it is.
    void setColumns(LogColumns columns);
    /// What a column says of a line, as far as the line is at hand; also where the column is not on show.
    [[nodiscard]] LogColumnText columnText(LogColumn column, qint64 line) const;
    /// Where the columns stand in the viewport.
    [[nodiscard]] const LogGutter &gutter() const { return m_gutter; }
    /// Words in the middle while there are no lines.
    void setEmptyText(const QString &text);

    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setFollowing(bool on);
    /// For logs that are looked at as they are: never follows, and tells nothing of new lines.
    void setStill();
    [[nodiscard]] bool isWrapping() const { return m_wrapping; }
    /// The line at the top stays there.
    void setWrapping(bool on);
    /// Points added to the system's fixed font, −6…+24.
    [[nodiscard]] int zoom() const { return m_zoom; }
    void setZoom(int points);

    /// Closes or opens all folds, those to come included.
    void setAllFolded(bool folded);
    [[nodiscard]] bool isAllFolded() const { return m_shown.isAllClosed(); }
    /// Closes or opens the fold that has a line; false where none has it.
    bool setFolded(qint64 line, bool folded);
    /// The person's own marks: sets or takes away that of the current line.
    void toggleMark();
    void addMarks(const std::set<qint64> &lines);
    [[nodiscard]] const std::set<qint64> &marks() const { return m_marks; }
    /// To the next own mark or the one before, around the ends.
    void goToMark(bool forward);
    /// Which lines are on show.
    [[nodiscard]] const LogShown &shown() const { return m_shown; }

    /// Shows a line in the middle and puts the cursor at its start; a line past the end means the last one.
    void goToLine(qint64 line);
    /// Puts the cursor where a menu is opened, unless that is inside the selection.
    void pointAt(const QPoint &inViewport);
    /// The line of the cursor, else the one at the top.
    [[nodiscard]] qint64 currentLine() const;
    [[nodiscard]] bool hasCursor() const { return m_hasCursor; }
    [[nodiscard]] qint64 topLine() const { return m_top.line; }
    /// Puts a line at the top, as far as there are lines below it; does not move the cursor.
    void setTopLine(qint64 line);
    [[nodiscard]] qint64 lastVisibleLine() const;
    /// Lines that came since following stopped; 0 while it follows.
    [[nodiscard]] qint64 newLines() const;

    [[nodiscard]] bool hasSelection() const { return m_anchor != m_cursor; }
    [[nodiscard]] LogPlace selectionStart() const { return qMin(m_anchor, m_cursor); }
    [[nodiscard]] LogPlace selectionEnd() const { return qMax(m_anchor, m_cursor); }
    void selectAll();
    /// The lines that are selected, at least in part; where lines are filtered, those on show.
    [[nodiscard]] log::LineChoice selectedLines() const;
    /// The selection's text to the clipboard; fetched first where it is not on the screen. Errors go to failed(). Where
    /// lines are filtered, those on show; what a closed fold hides is copied, too.
    void copy();
    /// The selection's lines, whole and with their escape sequences (colours), as the file has them.
    void copyWithColours();
    /// The lines on the screen.
    [[nodiscard]] QString visibleText() const;
    /// The same for screen readers: before each line what its columns say, its number aside.
    [[nodiscard]] QString spokenText() const;
    /// The line of the cursor as far as it is at hand; empty without a cursor.
    [[nodiscard]] QString cursorText() const;
    /// In words: the cell at the cursor, else what the cursor's line has that is no text; empty where it has none.
    [[nodiscard]] QString cursorNote() const;
    /// In words: the cell under a point of the viewport, or the marks behind a line; empty elsewhere.
    [[nodiscard]] QString noteAt(const QPoint &point) const;
    /// Tells screen readers the line of the cursor, once it is there.
    void tellCursorLine();

signals:
    void followingChanged(bool following);
    void selectionChanged();
    void zoomChanged(int points);
    /// Another line is at the top.
    void scrolled();
    void marksChanged();
    void copied();
    void failed(const society::Error &error);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    /// What stands at the top: a line, and which of its rows.
    struct Top {
        qint64 line = 0;
        int row = 0;
        auto operator<=>(const Top &) const = default; // NOLINT(modernize-use-nullptr)
    };

    /// What a change of what is on show is to keep in its place.
    struct Held {
        qint64 line = 0;
        qint64 rowsAbove = 0; // between the top and it
    };

    // logview.cpp: what is shown
    void takeGrowth(qint64 lineCount, const log::LinesAnswer &tail);
    void takeLines(const log::LinesAnswer &answer);
    void forget();
    void fetch();
    void dropFarLines();
    void relayout();
    void takeSize();
    void updateSearch();
    void updateMarks();
    void updateNewLines();
    void tellText();
    [[nodiscard]] const log::LogLine *lineAt(qint64 line) const;
    [[nodiscard]] bool isFresh(qint64 line) const { return line != m_stale && m_lines.contains(line); }
    [[nodiscard]] const LineLayout *layoutOf(qint64 line) const;

    // logview_folds.cpp: which lines are on show
    void takeFolds();
    void takeFilter();
    void placeHeld();
    void shownChanged();
    [[nodiscard]] const log::Fold *foldOf(qint64 line) const;
    [[nodiscard]] const log::Fold *closedFoldAt(qint64 line) const;
    [[nodiscard]] QString foldMark(qint64 line) const;
    void reveal(qint64 line);

    // logview_scroll.cpp: where it stands
    [[nodiscard]] int visibleRows() const;
    [[nodiscard]] int rowsOf(qint64 line) const;
    [[nodiscard]] Top endTop() const;
    [[nodiscard]] Top moved(Top top, qint64 rows) const;
    void setTop(Top top);
    void scrollByPerson(Top top);
    void showPlace(const LogPlace &place);
    void updateBars();
    void barMoved(int value);

    // logview_paint.cpp
    void paintLine(QPainter &painter, qint64 line, qreal y);
    void paintGutter(QPainter &painter, qint64 line, qreal y);
    void paintFoldSign(QPainter &painter, qint64 line, const QRectF &square, qreal height);
    void paintGap(QPainter &painter, qint64 line, qint64 before, const QDateTime &earlier, qreal y);
    [[nodiscard]] QDateTime endTimeOf(qint64 line) const;
    [[nodiscard]] QDateTime timeAbove(qint64 place) const;
    [[nodiscard]] QList<QTextLayout::FormatRange> marksOf(qint64 line, const LineLayout &layout);
    void placeNewLinesButton();

    // logview_columns.cpp: what stands before the text
    [[nodiscard]] int gutterWidth() const { return m_gutter.width(); }
    [[nodiscard]] int foldSignWidth() const;
    bool placeGutter();
    void fitColumns(const std::vector<qint64> &lines);
    void gutterChanged();
    void paintColumns(QPainter &painter, qint64 line, qreal y);
    [[nodiscard]] QString columnNote(const QPoint &point) const;
    [[nodiscard]] QString spokenLine(const log::LogLine &line) const;

    // logview_input.cpp: keys and mouse
    bool scrollByKey(const QKeyEvent &event);
    bool foldByKey(const QKeyEvent &event);
    void pressGutter(const QMouseEvent &event, const LogPlace &place);
    void dragOn();

    // logview_select.cpp: cursor and selection
    /// A line on the screen and a point relative to its layout's corner.
    struct Spot {
        qint64 line = -1; ///< -1: none
        QPointF inside;
        bool isBelow = false; ///< below the last line
    };
    [[nodiscard]] Spot spotAt(const QPoint &point) const;
    [[nodiscard]] LogPlace placeAt(const QPoint &point) const;
    void setCursor(const LogPlace &place, bool select);
    void moveCursor(const QKeyEvent &event);
    [[nodiscard]] LogPlace movedPlace(LogPlace place, const QKeyEvent &event) const;
    log::LogDocument &m_document;
    QPointer<const log::LogSearch> m_search;
    QPointer<const log::LogSearch> m_errors;
    std::optional<log::LineMatcher> m_matcher;
    log::LogPattern m_pattern;

    QPointer<const log::LogOutline> m_outline;
    QPointer<LogFilter> m_filter;
    LogShown m_shown;
    std::set<qint64> m_marks;
    const log::HitList *m_changed = nullptr;

    QHash<qint64, log::LogLine> m_lines; // some around the screen
    qint64 m_stale = -1;                 // one of them that may have become longer since
    mutable QHash<qint64, std::shared_ptr<LineLayout>> m_layouts;
    LogLook m_look;
    std::vector<std::pair<qreal, qint64>> m_gaps; ///< on the screen: where, and how many milliseconds long
    LogGutter m_gutter;
    mutable qreal m_widest = 0;
    qint64 m_lineCount = 0;
    bool m_fetching = false;

    Top m_top;
    int m_topColumn = 0; // that the row at the top begins with, kept while lines are not wrapped
    std::optional<Held> m_held;
    bool m_following = true;
    bool m_still = false;
    bool m_wrapping = false;
    int m_zoom = 0;
    qint64 m_seenLines = 0; // when following stopped
    LogPlace m_anchor;
    LogPlace m_cursor;
    bool m_hasCursor = false; // the person or a search put it somewhere
    QPoint m_dragPoint;
    QTimer m_dragTimer;
    int m_wheelRest = 0;
    bool m_settingBars = false;
    QString m_emptyText;
    QString m_toldText; // that screen readers know to be on the screen
    bool m_tellsCursorLine = false;
    LogScrollBar *m_bar;
    QToolButton *m_newLinesButton;
};

} // namespace society::ui
