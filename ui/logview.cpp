// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview.h"

#include "services/log/logoutline.h"
#include "services/log/logsearch.h"
#include "ui/logaccessible.h"
#include "ui/logfilter.h"
#include "ui/logscrollbar.h"

#include <QEvent>
#include <QFontDatabase>
#include <QToolButton>
#include <algorithm>

namespace society::ui {

namespace {

constexpr int smallestZoom = -6;
constexpr int largestZoom = 24;
constexpr qsizetype keptLayouts = 600;

} // namespace

LogView::LogView(log::LogDocument &document, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_document(document)
    , m_bar(new LogScrollBar(this))
    , m_newLinesButton(new QToolButton(viewport()))
{
    installLogAccessibility();
    setVerticalScrollBar(m_bar);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    m_newLinesButton->setObjectName(QStringLiteral("logNewLines"));
    m_newLinesButton->setCursor(Qt::ArrowCursor);
    m_newLinesButton->setFocusPolicy(Qt::NoFocus);
    m_newLinesButton->hide();
    m_dragTimer.setInterval(40);
    connect(m_newLinesButton, &QToolButton::clicked, this, [this] { setFollowing(true); });
    connect(&m_dragTimer, &QTimer::timeout, this, &LogView::dragOn);
    connect(m_bar, &QScrollBar::valueChanged, this, &LogView::barMoved);
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&document, &log::LogDocument::grown, this, &LogView::takeGrowth);
    connect(&document, &log::LogDocument::reset, this, &LogView::forget);
    relayout();
}

void LogView::setSearches(const log::LogSearch *search, const log::LogSearch *errors)
{
    for (const auto &old : {m_search, m_errors}) {
        if (old)
            old->disconnect(this);
    }
    m_search = search;
    m_errors = errors;
    for (const log::LogSearch *each : {search, errors}) {
        if (each)
            connect(each, &log::LogSearch::hitsChanged, this, &LogView::updateSearch);
    }
    updateSearch();
}

void LogView::updateSearch()
{
    const log::LogPattern pattern = m_search ? m_search->pattern() : log::LogPattern();
    if (pattern != m_pattern) {
        m_pattern = pattern;
        m_matcher.reset();
        if (!pattern.isEmpty()) {
            if (auto matcher = log::LineMatcher::compile(pattern))
                m_matcher = std::move(*matcher);
        }
        viewport()->update();
    }
    updateMarks();
}

void LogView::updateMarks()
{
    // Where only hits are on show, marking them all would say nothing.
    const bool tellsHits = m_search && !isFiltered();
    m_bar->setMarks({m_changed   ? m_changed
                     : tellsHits ? &m_search->hits()
                                 : nullptr,
        m_errors ? &m_errors->hits() : nullptr, &m_marks, &m_shown});
}

void LogView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void LogView::forget()
{
    m_lines.clear();
    m_layouts.clear();
    m_fetching = false; // what was asked belongs to the text before
    m_lineCount = m_seenLines = 0;
    m_stale = -1;
    m_widest = 0;
    m_gutter.forget();
    placeGutter();
    m_top = {};
    m_topColumn = 0;
    m_held.reset();
    m_anchor = m_cursor = {};
    m_hasCursor = false;
    m_marks.clear();
    m_shown.clear();
    updateBars();
    updateMarks();
    updateNewLines();
    emit selectionChanged();
    emit marksChanged();
    viewport()->update();
}

void LogView::takeGrowth(qint64 lineCount, const log::LinesAnswer &tail)
{
    m_stale = m_lineCount - 1; // this line may have become longer
    m_lineCount = lineCount;
    m_shown.setLineCount(lineCount);
    if (m_following && !isFiltered())
        takeLines(tail);
    if (m_following)
        setTop(endTop());
    updateBars();
    updateMarks();
    updateNewLines();
    fetch();
    viewport()->update();
    tellText();
}

void LogView::takeLines(const log::LinesAnswer &answer)
{
    if (answer.generation != m_document.generation())
        return;
    for (const log::LogLine &line : answer.lines) {
        if (line.number == m_stale || !line.finished || line.number + 1 == m_lineCount)
            m_layouts.remove(line.number); // what was known of it may be old
        if (line.number == m_stale && (line.finished || line.number + 1 == m_lineCount))
            m_stale = -1;
        m_lines.insert(line.number, line);
    }
    dropFarLines();
}

/// Lines far from the screen are not needed any more.
void LogView::dropFarLines()
{
    const int rows = visibleRows() + 2;
    if (m_lines.size() < 8 * rows && m_layouts.size() < keptLayouts)
        return;
    const qint64 top = m_shown.placeOf(m_top.line);
    const qint64 count = m_shown.count();
    const qint64 first = count > 0 ? m_shown.lineAt(qMax<qint64>(0, top - 2 * rows)) : 0;
    const qint64 last = count > 0 ? m_shown.lineAt(qMin(count - 1, top + 3 * rows)) : -1;
    const auto isFar = [&](qint64 line) {
        if (line < first || line > last)
            return true;
        const log::Fold *fold = isFiltered() ? nullptr : foldOf(line);
        return fold && line != fold->first && line != fold->last && m_shown.isClosed(*fold);
    };
    m_lines.removeIf([&](const auto &entry) { return isFar(entry.key()); });
    m_layouts.removeIf([&](const auto &entry) { return isFar(entry.key()); });
}

void LogView::fetch()
{
    if (m_document.state() == log::LogDocument::State::Closed)
        return; // on the way from one log to another
    const int rows = visibleRows() + 2;
    const qint64 top = m_shown.placeOf(m_top.line);
    const qint64 before = qMin<qint64>(top, rows);
    const auto isThere = [this](qint64 line) {
        const log::Fold *fold = closedFoldAt(line);
        return isFresh(line) && (!fold || isFresh(fold->last));
    };
    const std::vector<qint64> needed = m_shown.lines(top, rows);
    if (m_fetching || std::all_of(needed.begin(), needed.end(), isThere))
        return;
    QList<qint64> numbers;
    for (const qint64 line : m_shown.lines(top - before, before + 2 * rows)) {
        numbers.append(line);
        // A traceback's last line, which names the error, stands behind its first one; that of repeated lines has the
        // time from which the next one is late.
        if (const log::Fold *fold = closedFoldAt(line))
            numbers.append(fold->last);
    }
    m_fetching = true;
    const auto state = [this] { return std::tuple(m_top.line, m_document.byteCount(), m_shown.count()); };
    m_document.someLines(numbers, this, [this, state, asked = state()](const log::LinesAnswer &answer) {
        m_fetching = false;
        const bool current = answer.generation == m_document.generation();
        takeLines(answer);
        if (current && m_following)
            setTop(endTop());
        updateBars();
        // The person or the file may have gone on meanwhile; the same question again would get the same answer.
        if (!current || asked != state())
            fetch();
        viewport()->update();
        tellText();
    });
}

const log::LogLine *LogView::lineAt(qint64 line) const
{
    const auto found = m_lines.constFind(line);
    return found == m_lines.constEnd() ? nullptr : &*found;
}

const LineLayout *LogView::layoutOf(qint64 line) const
{
    const QString mark = foldMark(line);
    const auto found = m_layouts.constFind(line);
    if (found != m_layouts.constEnd() && found->get()->mark() == mark)
        return found->get();
    const log::LogLine *known = lineAt(line);
    if (!known)
        return nullptr;
    const auto layout = std::make_shared<LineLayout>(*known, m_look, mark);
    m_layouts.insert(line, layout);
    m_widest = qMax(m_widest, layout->width());
    return layout.get();
}

void LogView::relayout()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const qreal size = font.pointSizeF() > 0 ? font.pointSizeF() : 10.0;
    font.setPointSizeF(qMax(4.0, size + m_zoom));
    m_look = LogLook::of(font, palette());
    m_gutter.measure(font);
    placeGutter();
    m_look.wrapWidth = m_wrapping ? qMax(80, viewport()->width() - gutterWidth() - 4) : 0;
    m_layouts.clear();
    m_widest = 0;
    const int column = m_topColumn; // the same words stay at the top, whatever the rows are now
    const LineLayout *layout = m_wrapping ? layoutOf(m_top.line) : nullptr;
    setTop(m_following ? endTop() : Top{m_top.line, layout ? layout->rowOf(column) : 0});
    m_topColumn = m_following ? m_topColumn : column;
    takeSize();
}

/// As many lines as there is room for.
void LogView::takeSize()
{
    placeGutter();
    m_document.setTailLines(2 * visibleRows() + 2);
    setTop(m_following ? endTop() : m_top);
    updateBars();
    fetch();
    placeNewLinesButton();
    viewport()->update();
}

void LogView::setStill()
{
    setFollowing(false);
    m_still = true;
}

void LogView::setFollowing(bool on)
{
    if (m_still)
        return;
    const bool changed = m_following != on;
    m_following = on;
    if (on) {
        m_held.reset();
        setTop(endTop());
    } else if (changed)
        m_seenLines = m_lineCount;
    updateNewLines();
    fetch();
    if (changed)
        emit followingChanged(on);
}

void LogView::setWrapping(bool on)
{
    if (m_wrapping == on)
        return;
    m_wrapping = on;
    horizontalScrollBar()->setValue(0);
    relayout();
}

void LogView::setZoom(int points)
{
    const int zoom = qBound(smallestZoom, points, largestZoom);
    if (zoom == m_zoom)
        return;
    m_zoom = zoom;
    relayout();
    emit zoomChanged(zoom);
}

qint64 LogView::newLines() const
{
    if (m_following || m_still)
        return 0;
    const log::HitList *list = m_filter ? &m_filter->lines() : nullptr;
    return list ? list->count() - list->lowerBound(m_seenLines) : qMax<qint64>(0, m_lineCount - m_seenLines);
}

void LogView::updateNewLines()
{
    const qint64 count = newLines();
    m_newLinesButton->setVisible(count > 0);
    if (count > 0) {
        m_newLinesButton->setText(tr("%Ln new line(s) ⤓", nullptr, static_cast<int>(qMin<qint64>(count, INT_MAX))));
        m_newLinesButton->setToolTip(tr("Go to the end and follow it (End)"));
        placeNewLinesButton();
    }
}

/// Lines that are still fetched are told when they come.
void LogView::tellText()
{
    if (m_fetching || !isScreenReaderListening())
        return;
    const QString text = spokenText();
    const QString line = m_tellsCursorLine ? cursorText() : QString();
    if (line.isEmpty() && (text.isEmpty() || text == m_toldText))
        return;
    m_tellsCursorLine = m_tellsCursorLine && line.isEmpty();
    m_toldText = text;
    tellScreenReader(this, line.isEmpty() ? text : line);
}

void LogView::tellCursorLine()
{
    m_tellsCursorLine = isScreenReaderListening(); // to one that comes later it is no news
    tellText();
}

QString LogView::cursorText() const
{
    const log::LogLine *known = m_hasCursor ? lineAt(m_cursor.line) : nullptr;
    return known ? known->text : QString();
}

QString LogView::visibleText() const
{
    QStringList texts;
    const qint64 first = m_shown.placeOf(m_top.line);
    for (const qint64 line : m_shown.lines(first, m_shown.placeOf(lastVisibleLine()) - first + 1)) {
        if (const log::LogLine *known = lineAt(line))
            texts.append(known->text + foldMark(line));
    }
    return texts.join(u'\n');
}

void LogView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    // What is not wrapped looks the same in any width; to lay it out anew would hide the horizontal bar that the lines
    // need until they are painted, and so on.
    if (m_wrapping && event->size().width() != event->oldSize().width())
        relayout();
    else
        takeSize();
}

void LogView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange)
        relayout();
    if (event->type() == QEvent::LanguageChange) {
        m_gutter.forget();
        placeGutter();
        gutterChanged();
        updateNewLines();
    }
}

} // namespace society::ui
