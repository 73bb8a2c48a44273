// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview.h"

#include "services/log/logsearch.h"
#include "ui/logaccessible.h"
#include "ui/logscrollbar.h"

#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QToolButton>

namespace society::ui {

namespace {

constexpr int smallestZoom = -6;
constexpr int largestZoom = 24;
constexpr qsizetype keptLayouts = 2000;
constexpr qint64 copyBytes = qint64(64) << 20;

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
    m_bar->setMarks(m_search ? &m_search->hits() : nullptr, m_errors ? &m_errors->hits() : nullptr, m_lineCount);
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
    m_first = m_lineCount = m_seenLines = 0;
    m_widest = 0;
    m_top = {};
    m_anchor = m_cursor = {};
    m_hasCursor = false;
    updateBars();
    updateMarks();
    updateNewLines();
    emit selectionChanged();
    viewport()->update();
}

void LogView::takeGrowth(qint64 lineCount, const log::LinesAnswer &tail)
{
    const qint64 unfinished = m_lineCount - 1; // this line may have become longer
    m_lineCount = lineCount;
    if (m_following && !tail.lines.isEmpty()) {
        takeLines(tail);
    } else if (unfinished >= m_first && unfinished < m_first + m_lines.size()) {
        m_lines.resize(unfinished - m_first);
        m_layouts.remove(unfinished);
    }
    if (m_following)
        setTop(endTop());
    updateBars();
    updateMarks();
    updateNewLines();
    fetch();
    viewport()->update();
}

void LogView::takeLines(const log::LinesAnswer &answer)
{
    if (answer.generation != m_document.generation())
        return;
    m_first = answer.first;
    m_lines = answer.lines;
    // What was known of these lines may be old (an unfinished one), and layouts far away are not needed any more.
    if (m_layouts.size() > keptLayouts) {
        m_layouts.clear();
    } else {
        for (const log::LogLine &line : answer.lines) {
            if (!line.finished || line.number + 1 == m_lineCount)
                m_layouts.remove(line.number);
        }
    }
}

void LogView::fetch()
{
    const int rows = visibleRows() + 2;
    const qint64 needFirst = m_top.line;
    const qint64 needEnd = qMin(m_lineCount, m_top.line + rows);
    const bool there = needFirst >= m_first && needEnd <= m_first + m_lines.size();
    if (there || m_fetching || needEnd <= needFirst)
        return;
    m_fetching = true;
    const qint64 first = qMax<qint64>(0, needFirst - rows);
    const auto asked = std::pair(m_top.line, m_lineCount);
    m_document.lines(first, 3 * rows, this, [this, asked](const log::LinesAnswer &answer) {
        m_fetching = false;
        const bool current = answer.generation == m_document.generation();
        takeLines(answer);
        if (current && m_following)
            setTop(endTop());
        updateBars();
        // The person or the file may have gone on meanwhile; the same question again would get the same answer.
        if (!current || asked != std::pair(m_top.line, m_lineCount))
            fetch();
        viewport()->update();
    });
}

const log::LogLine *LogView::lineAt(qint64 line) const
{
    const qint64 index = line - m_first;
    return index >= 0 && index < m_lines.size() ? &m_lines[index] : nullptr;
}

const LineLayout *LogView::layoutOf(qint64 line) const
{
    if (const auto found = m_layouts.constFind(line); found != m_layouts.constEnd())
        return found->get();
    const log::LogLine *known = lineAt(line);
    if (!known)
        return nullptr;
    const auto layout = std::make_shared<LineLayout>(*known, m_look);
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
    m_look.wrapWidth = m_wrapping ? qMax(80, viewport()->width() - gutterWidth() - 4) : 0;
    m_layouts.clear();
    m_widest = 0;
    const int rows = visibleRows();
    m_document.setTailLines(2 * rows + 2);
    setTop(m_following ? endTop() : Top{m_top.line, qMin(m_top.row, rowsOf(m_top.line) - 1)});
    updateBars();
    fetch();
    placeNewLinesButton();
    viewport()->update();
}

void LogView::setFollowing(bool on)
{
    const bool changed = m_following != on;
    m_following = on;
    if (on)
        setTop(endTop());
    else if (changed)
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
    m_top.row = 0;
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
    return m_following ? 0 : qMax<qint64>(0, m_lineCount - m_seenLines);
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

void LogView::copy()
{
    if (!hasSelection())
        return;
    const LogPlace start = selectionStart();
    const LogPlace end = selectionEnd();
    // A line is shown cut where it is very long; a selection to its shown end means its whole end.
    const log::LogLine *last = lineAt(end.line);
    const bool toWholeEnd = last ? end.column >= last->text.size() : end.column >= log::LogDocument::LineBytes;
    m_document.text(
        start.line, end.line, copyBytes, this, [this, start, end, toWholeEnd](const Result<QString> &answer) {
            if (!answer) {
                emit failed(answer.error());
                return;
            }
            QString text = *answer;
            const qsizetype lastStart = end.line == start.line ? 0 : text.lastIndexOf(u'\n') + 1;
            if (!toWholeEnd && lastStart + end.column < text.size())
                text.truncate(lastStart + end.column);
            QGuiApplication::clipboard()->setText(text.mid(start.column));
            emit copied();
        });
}

QString LogView::visibleText() const
{
    QStringList texts;
    for (qint64 line = m_top.line; line <= lastVisibleLine(); ++line) {
        if (const log::LogLine *known = lineAt(line))
            texts.append(known->text);
    }
    return texts.join(u'\n');
}

void LogView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    relayout();
}

void LogView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange)
        relayout();
    if (event->type() == QEvent::LanguageChange)
        updateNewLines();
}

} // namespace society::ui
