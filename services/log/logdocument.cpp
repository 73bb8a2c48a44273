// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logdocument.h"

#include "services/core/worker.h"
#include "services/log/loginside.h"

#include <algorithm>

namespace society::log {

namespace {

// Growth is looked for on the frame clock and not by change notices: at a million lines a second a notice for each
// write would cost more than the lines, and there are file systems without notices.
constexpr int FastestLookMs = 12; // and some for the look itself: within one frame of 16.7 ms
constexpr int SlowestLookMs = 100;
constexpr int EndedLookMs = 1000;
// Twelve are more than anybody looks at. More take turns, 330 looks a second in all, so that they do not take a
// processor.
constexpr int OnFrameClock = 12;
constexpr int TurnMs = 3;

} // namespace

LogDocument::LogDocument(QObject *parent)
    : QObject(parent)
    , m_worker(std::make_unique<Worker>(QStringLiteral("log")))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &LogDocument::poll);
}

LogDocument::~LogDocument()
{
    if (!m_inside)
        return;
    m_inside->isUnwanted = true;
    --s_open;
}

void LogDocument::open(const QString &path)
{
    close();
    m_path = path;
    m_inside = std::make_shared<Inside>();
    ++s_open;
    m_inside->path = path;
    m_inside->generation = m_generation = ++m_openings << 32;
    setState(State::Reading);
    poll();
}

void LogDocument::close()
{
    m_timer.stop();
    if (!m_inside)
        return;
    m_inside->isUnwanted = true;
    m_inside.reset();
    --s_open;
    m_file.reset();
    m_path.clear();
    m_ends.clear();
    m_error = {};
    m_lineCount = m_byteCount = m_fileBytes = 0;
    m_generation = ++m_openings << 32;
    m_looking = false;
    setState(State::Closed);
    emit reset();
}

void LogDocument::setLive(bool live)
{
    m_live = live;
    if (m_inside && !m_looking)
        m_timer.start(0);
}

template <class Work, class Done>
void LogDocument::ask(QObject *context, Work work, Done done)
{
    if (!m_inside)
        return;
    ++m_inside->questions; // what is being indexed makes room for it
    m_worker->run(
        context,
        [inside = m_inside, work = std::move(work)] {
            --inside->questions;
            return work(*inside);
        },
        std::move(done));
}

void LogDocument::poll()
{
    if (m_looking || !m_inside)
        return;
    m_looking = true;
    m_worker->run(
        this, [inside = m_inside, tail = m_tailLines] { return std::pair(inside, inside->look(tail)); },
        [this](std::pair<std::shared_ptr<Inside>, Look> answer) {
            if (answer.first == m_inside) // not closed or opened anew meanwhile
                take(std::move(answer.second));
        });
}

void LogDocument::take(Look look)
{
    m_looking = false;
    const auto inside = m_inside;
    takeCounts(look);
    if (m_inside != inside)
        return; // a slot opened another file
    m_error = look.error;
    setState(look.state);
    if (m_inside != inside)
        return;
    if (look.more) {
        poll();
        return;
    }
    const int fastest = s_open > OnFrameClock ? s_open * TurnMs : FastestLookMs;
    const int slowest = std::max(fastest, m_live ? SlowestLookMs : EndedLookMs);
    m_timer.start(look.changed ? fastest : std::clamp(m_timer.interval() * 2, fastest, slowest));
}

void LogDocument::takeCounts(Look &look)
{
    m_file = look.file ? look.file : m_file;
    m_fileBytes = look.fileBytes;
    m_indexMemory = look.indexMemory;
    m_ends = look.ends;
    if (look.generation != m_generation) {
        m_generation = look.generation;
        m_lineCount = m_byteCount = 0;
        emit reset();
    }
    if (look.byteCount != m_byteCount) {
        m_lineCount = look.lineCount;
        m_byteCount = look.byteCount;
        emit grown(m_lineCount, look.tail);
    }
}

void LogDocument::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void LogDocument::lines(qint64 first, int count, QObject *context, std::function<void(LinesAnswer)> done)
{
    ask(
        context,
        [first, count](Inside &inside) { return inside.lines(first, count, LineBytes, TextForm::AsOnATerminal); },
        std::move(done));
}

void LogDocument::someLines(const QList<qint64> &numbers, QObject *context, std::function<void(LinesAnswer)> done)
{
    ask(
        context, [numbers](Inside &inside) { return inside.someLines(numbers); }, std::move(done));
}

void LogDocument::text(
    qint64 first, qint64 last, qint64 maxBytes, QObject *context, std::function<void(Result<QString>)> done)
{
    text({first, last, nullptr}, maxBytes, false, context, std::move(done));
}

void LogDocument::text(const LineChoice &choice, qint64 maxBytes, bool withEscapes, QObject *context,
    std::function<void(Result<QString>)> done)
{
    ask(
        context, [choice, maxBytes, withEscapes](Inside &inside) { return inside.text(choice, maxBytes, withEscapes); },
        std::move(done));
}

void LogDocument::save(
    qint64 first, qint64 last, const QString &target, QObject *context, std::function<void(Result<>)> done)
{
    save({first, last, nullptr}, target, nullptr, context, std::move(done));
}

void LogDocument::save(const LineChoice &choice, const QString &target, const std::shared_ptr<SaveProgress> &progress,
    QObject *context, std::function<void(Result<>)> done)
{
    if (!m_inside)
        return;
    if (!m_saver)
        m_saver = std::make_unique<Worker>(QStringLiteral("log-save"));
    // Where the lines stand is found with the index; copying them takes as long as the disk does, beside it.
    ask(
        context, [choice](Inside &inside) { return inside.extentOf(choice.first, choice.last); },
        [saver = m_saver.get(), guard = QPointer<LogDocument>(this), choice, progress, context, target,
            done = std::move(done)](Result<Inside::Extent> extent) mutable {
            if (!guard)
                return;
            if (!extent)
                return done(fail(std::move(extent).error()));
            const SavedPart part{extent->file, extent->begin, extent->end, choice.first, choice.only};
            saver->run(
                context,
                [part, target, progress = progress ? progress : std::make_shared<SaveProgress>()] {
                    return saveLog(target, part, *progress);
                },
                std::move(done));
        });
}

void LogDocument::linePart(
    qint64 line, qint64 from, qint64 bytes, TextForm form, QObject *context, std::function<void(Result<LinePart>)> done)
{
    ask(
        context, [line, from, bytes, form](Inside &inside) { return inside.linePart(line, from, bytes, form); },
        std::move(done));
}

void LogDocument::findInLine(qint64 line, const LogPattern &pattern, qint64 from, bool forward,
    const std::shared_ptr<std::atomic_bool> &stop, QObject *context, std::function<void(Result<LineMatch>)> done)
{
    if (!m_inside)
        return;
    if (!m_finder)
        m_finder = std::make_unique<Worker>(QStringLiteral("log-find"));
    ask(
        context, [line](Inside &inside) { return inside.extentOfLine(line); },
        [finder = m_finder.get(), guard = QPointer<LogDocument>(this), pattern, from, forward, stop, context,
            done = std::move(done)](Result<Inside::Extent> extent) mutable {
            if (!guard)
                return;
            if (!extent)
                return done(fail(std::move(extent).error()));
            const auto find = [extent = *extent, pattern, from, forward, stop]() -> Result<LineMatch> {
                SOCIETY_ASSIGN(const LineMatcher matcher, LineMatcher::compile(pattern));
                return log::findInLine(
                    *extent.file, extent.begin, extent.end - extent.begin, matcher, from, forward, *stop);
            };
            finder->run(context, find, std::move(done));
        });
}

void LogDocument::findTime(const QDateTime &time, QObject *context, std::function<void(qint64)> done)
{
    ask(
        context, [time](Inside &inside) { return inside.findTime(time); }, std::move(done));
}

void LogDocument::beginsWith(qint64 bytes, const QByteArray &ends, QObject *context, std::function<void(bool)> done)
{
    ask(
        context, [bytes, ends](Inside &inside) { return inside.beginsWith(bytes, ends); }, std::move(done));
}

void LogDocument::findLastError(QObject *context, std::function<void(ErrorBlock)> done)
{
    ask(
        context, [](Inside &inside) { return inside.findLastError(); }, std::move(done));
}

} // namespace society::log
