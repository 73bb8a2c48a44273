// SPDX-License-Identifier: GPL-3.0-or-later
// Finding, filtering, and what the pane says of the log.
#include "ui/logpane.h"

#include "models/format.h"
#include "ui/appsettings.h"
#include "ui/errorpanel.h"
#include "ui/logaccessible.h"
#include "ui/logfindbar.h"
#include "ui/loglinedialog.h"
#include "ui/logtroubles.h"
#include "ui/logview.h"
#include "ui/runphases.h"

#include <QAction>
#include <QActionGroup>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QHash>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QSplitter>
#include <QToolButton>
#include <climits>
#include <utility>

namespace society::ui {

namespace {

/// The marks on a log that is not on show.
struct KeptMarks {
    log::FileFacts file;
    qint64 bytes = 0; // that the log had
    QByteArray ends;  // of these
    std::set<qint64> lines;
};

/// By the logs' paths, for as long as the program runs. GUI thread.
QHash<QString, KeptMarks> &keptMarks()
{
    static QHash<QString, KeptMarks> marks;
    return marks;
}

int asInt(qint64 number)
{
    return static_cast<int>(qMin<qint64>(number, INT_MAX));
}

} // namespace

LogPane::LogPane(AppSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_columns(LogColumnChoice::of(settings))
    , m_search(m_document)
    , m_errors(m_document)
    , m_outline(m_document)
    , m_view(new LogView(m_document, this))
    , m_error(new ErrorPanel(this))
    , m_find(new LogFindBar(this))
    , m_troubles(new LogTroubles(settings, m_outline, m_errors, this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_problem(new QLabel(this))
    , m_level(new QComboBox(this))
    , m_status(new QLabel(this))
    , m_place(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
    , m_filterMenu(new QMenu(this))
    , m_columnsMenu(new QMenu(this))
    , m_contexts(new QActionGroup(this))
{
    makeActions();
    makeFilterMenu();
    makeColumnsMenu();
    buildLayout();
    connectSignals();
    connectView();
    m_view->setSearches(&m_search, &m_errors);
    m_view->setOutline(&m_outline);
    m_view->setAllFolded(m_settings.flag(QStringLiteral("log/folded"), true));
    m_foldAction->setChecked(m_settings.flag(QStringLiteral("log/folded"), true));
    m_errors.startAtLeast(log::Level::Error);
    m_wrapAction->setChecked(m_settings.flag(QStringLiteral("log/wrap"), false));
    m_troublesAction->setChecked(m_settings.flag(QStringLiteral("log/troubles"), false));
    m_view->setZoom(m_settings.number(QStringLiteral("log/zoom"), 0));
    retranslate();
}

LogPane::~LogPane()
{
    keepMarks();
    if (m_saving)
        m_saving->stop = true; // the document waits for it
    // They refer to the document, the outline and the searches, which are members and would go first.
    qDeleteAll(findChildren<LogLineDialog *>());
    delete m_view;
    delete m_troubles;
}

void LogPane::open(const QString &path)
{
    if (path == m_document.path())
        return;
    keepMarks();
    m_error->clear();
    m_note.clear();
    removeFilter();
    m_view->setFollowing(true);
    m_hasOwnMarks = m_asksForMarks = false;
    m_marksBefore.clear();
    m_document.open(path);
    m_isAnew = false;
    updateStatus();
}

void LogPane::keepMarks()
{
    if (!m_hasOwnMarks || !m_document.file())
        return;
    if (m_view->marks() == m_marksBefore)
        return;
    KeptMarks kept = {m_document.file()->opened(), m_document.byteCount(), m_document.ends(), m_view->marks()};
    // Another pane of the log may have kept its own meanwhile: what was set or taken away here is added to that.
    const auto others = keptMarks().constFind(m_document.path());
    if (others != keptMarks().constEnd() && others->file.isSameFile(kept.file)) {
        const std::set<qint64> own = std::exchange(kept.lines, others->lines);
        for (const qint64 line : m_marksBefore) {
            if (!own.contains(line))
                kept.lines.erase(line);
        }
        for (const qint64 line : own) {
            if (!m_marksBefore.contains(line))
                kept.lines.insert(line);
        }
        if (others->bytes > kept.bytes) {
            kept.bytes = others->bytes;
            kept.ends = others->ends;
        }
    }
    if (kept.lines.empty())
        keptMarks().remove(m_document.path());
    else
        keptMarks().insert(m_document.path(), kept);
}

/// The log was cut short, or another one has taken its place: whoever was reading has lost the place, and is told so.
void LogPane::takeReset()
{
    dropMarks();
    if (m_document.state() == log::LogDocument::State::Closed)
        return; // another one is opened
    m_isAnew = true;
    updateStatus();
    if (isScreenReaderListening())
        tellScreenReader(m_view, m_status->text());
}

/// The lines that were marked are no more.
void LogPane::dropMarks()
{
    if (m_hasOwnMarks)
        keptMarks().remove(m_document.path());
    m_marksBefore.clear();
}

/// Puts the marks of the log back once as much of it is indexed as there was then. A file that is another one, has
/// become shorter or was written anew has other lines.
void LogPane::restoreMarks()
{
    if (m_hasOwnMarks || !m_document.file())
        return;
    const auto kept = keptMarks().constFind(m_document.path());
    const bool isKept = kept != keptMarks().constEnd() && kept->file.isSameFile(m_document.file()->opened()) &&
                        m_document.fileBytes() >= kept->bytes;
    if (isKept && m_document.byteCount() < kept->bytes)
        return;
    if (!isKept) {
        m_hasOwnMarks = true;
        dropMarks();
        return;
    }
    if (m_asksForMarks)
        return;
    m_asksForMarks = true;
    m_document.beginsWith(kept->bytes, kept->ends, this,
        [this, path = m_document.path(), generation = m_document.generation(), lines = kept->lines](bool isSame) {
            if (path != m_document.path() || m_hasOwnMarks)
                return; // another log is on show by now
            // It was opened again, or written anew, meanwhile.
            if (generation != m_document.generation()) {
                m_asksForMarks = false;
                restoreMarks();
                return;
            }
            m_hasOwnMarks = true;
            if (!isSame) {
                dropMarks();
                return;
            }
            m_marksBefore = lines;
            m_view->addMarks(lines);
        });
}

void LogPane::setLive(bool live)
{
    m_live = live;
    m_document.setLive(live);
    updateEmptyText();
}

void LogPane::goToLine(qint64 line)
{
    if (m_view->isFiltered() && !m_view->shown().isShown(line)) {
        removeFilter();
        setNote(tr("The filter was taken off to show line %1.").arg(models::count(line + 1)));
    }
    m_view->goToLine(line);
    m_view->setFocus();
}

void LogPane::startSearch()
{
    const log::LogPattern pattern = m_find->pattern();
    if (pattern == m_search.pattern())
        return;
    m_badPattern.clear();
    m_note.clear();
    if (m_filterAction->isChecked())
        m_view->hold(); // the lines go and come anew
    m_search.start(pattern);
    updateFilter();
    updateHits();
}

/// What is on show: all lines, those of a level, the hits, or hits of a level.
void LogPane::updateFilter()
{
    const auto level = static_cast<log::Level>(m_level->currentData().toInt());
    const bool onlyHits = m_filterAction->isChecked() && !m_search.pattern().isEmpty();
    const log::LogSearch *source = nullptr;
    if (level == log::Level::None) {
        source = onlyHits ? &m_search : nullptr;
    } else if (level == log::Level::Error && !onlyHits) {
        source = &m_errors;
    } else {
        if (!m_levels)
            m_levels = std::make_unique<log::LogSearch>(m_document);
        const log::LogPattern pattern = onlyHits ? m_search.pattern() : log::LogPattern();
        if (m_levels->level() != level || m_levels->pattern() != pattern) {
            if (onlyHits)
                m_levels->start(pattern, level);
            else
                m_levels->startAtLeast(level);
        }
        source = m_levels.get();
    }
    if (!source) {
        m_view->setFilter(nullptr);
        m_filter.reset();
    } else if (!m_filter || &m_filter->search() != source) {
        auto filter = std::make_unique<LogFilter>(m_document, *source);
        filter->setContextLines(m_contexts->checkedAction()->data().toInt());
        m_view->setFilter(filter.get());
        m_filter = std::move(filter);
        connect(m_filter.get(), &LogFilter::changed, this, &LogPane::updateStatus);
    } else if (const int context = m_contexts->checkedAction()->data().toInt(); context != m_filter->contextLines()) {
        m_view->hold();
        m_filter->setContextLines(context);
    }
    if (source != m_levels.get())
        m_levels.reset();
    updateStatus();
}

void LogPane::removeFilter()
{
    m_filterAction->setChecked(false);
    m_level->setCurrentIndex(0);
    updateFilter();
}

void LogPane::goToHit(const log::HitList &hits, bool forward)
{
    if (&hits == &m_search.hits())
        m_find->takeTyped(); // Return right after typing: this pattern is meant
    if (hits.isEmpty())
        return;
    const qint64 line = m_view->currentLine();
    // Where nothing was gone to yet, a hit at the top of the screen is the next one, too.
    const qint64 from = forward && m_view->hasCursor() ? line + 1 : line;
    qint64 index = hits.lowerBound(from) - (forward ? 0 : 1);
    index = (index + hits.count()) % hits.count(); // past the last one comes the first
    const qint64 hit = hits.at(index);
    if (m_view->isFiltered() && !m_view->shown().isShown(hit))
        goToLine(hit);
    else
        m_view->goToLine(hit);
    updateHits();
    m_view->tellCursorLine(); // it may have been on the screen
}

void LogPane::updateHits()
{
    const log::HitList &hits = m_search.hits();
    const bool has = !hits.isEmpty();
    m_nextAction->setEnabled(has);
    m_previousAction->setEnabled(has);
    m_saveHitsAction->setEnabled(has && m_search.hasCaughtUp()); // all of them, not those found so far
    m_errorNextAction->setEnabled(!m_errors.hits().isEmpty());
    m_errorPreviousAction->setEnabled(!m_errors.hits().isEmpty());
    m_problem->setText(m_badPattern);
    m_problem->setVisible(!m_badPattern.isEmpty());
    QString text;
    if (!m_search.pattern().isEmpty() && (has || m_badPattern.isEmpty())) {
        const qint64 line = m_view->currentLine();
        text = m_view->hasCursor() && hits.contains(line)
                   ? tr("%1 of %2").arg(models::count(hits.lowerBound(line) + 1), models::count(hits.count()))
               : has ? tr("%Ln hit(s)", nullptr, asInt(hits.count()))
                     : tr("no hits");
        if (m_search.isRunning() && m_document.byteCount() > 0)
            text += QStringLiteral(" · ") + models::percent(static_cast<double>(m_search.searchedBytes()) /
                                                            static_cast<double>(m_document.byteCount()));
    }
    m_find->setHits(text);
    m_view->setAccessibleDescription(text);
}

void LogPane::updateStatus()
{
    using State = log::LogDocument::State;
    const State state = m_document.state();
    QString text =
        tr("%1 lines · %2").arg(models::count(m_document.lineCount()), models::bytes(m_document.byteCount()));
    if (m_isAnew) // first: it may be cut off where there is little room
        text.prepend(tr("The log was written anew or cut short.") + u' ');
    if (state == State::Reading && m_document.fileBytes() > 0)
        text += QStringLiteral(" · ") + tr("reading, %1")
                                            .arg(models::percent(static_cast<double>(m_document.byteCount()) /
                                                                 static_cast<double>(m_document.fileBytes())));
    else if (state == State::Removed)
        text += QStringLiteral(" · ") + tr("the file was removed; this is what it held");
    if (m_filter)
        text += QStringLiteral(" · ") + tr("%Ln on show", nullptr, asInt(m_filter->lines().count()));
    if (const qint64 errors = m_errors.hits().count(); errors > 0)
        text += QStringLiteral(" · ") + tr("%Ln error line(s)", nullptr, asInt(errors));
    if (const auto marks = static_cast<int>(m_view->marks().size()); marks > 0)
        text += QStringLiteral(" · ") + tr("%Ln mark(s)", nullptr, marks);
    m_status->setText(m_note.isEmpty() ? text : m_note);
    m_saveAction->setEnabled(state != State::Closed);
    if (state == State::Failed)
        m_error->showError(m_document.error());
    updatePlace();
    updateEmptyText();
}

void LogPane::setNote(const QString &text)
{
    m_note = text;
    updateStatus();
}

/// Where in the run the current line was written.
void LogPane::updatePlace()
{
    const bool isAtEnd = m_view->isFollowing() && !m_view->hasCursor();
    const log::RunPlace place =
        m_outline.outline().placeOf(isAtEnd ? m_document.lineCount() - 1 : m_view->currentLine());
    QStringList parts;
    if (const QString note = m_view->cursorNote(); !note.isEmpty())
        parts += note;
    if (!place.phase.isEmpty())
        parts += phaseText(place.phase);
    if (place.step >= 0)
        parts += tr("%1 · step %2").arg(models::simulatedTime(place.day, place.secondOfDay), models::count(place.step));
    m_place->setText(parts.join(QStringLiteral(" · ")));
}

void LogPane::updateEmptyText()
{
    m_view->setEmptyText(m_filter && m_document.lineCount() > 0 ? tr("No line fits the filter so far.")
                         : m_live ? tr("The log appears here as soon as the runner writes it.")
                                  : tr("This run has left no log."));
}

bool LogPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::ContextMenu) {
        const auto *menu = static_cast<QContextMenuEvent *>(event);
        if (menu->reason() == QContextMenuEvent::Mouse)
            m_view->pointAt(m_view->viewport()->mapFromGlobal(menu->globalPos()));
        showMenu(menu->globalPos());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void LogPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace society::ui
