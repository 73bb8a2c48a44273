// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/hitlist.h"
#include "services/log/linematcher.h"
#include "services/log/linetext.h"

#include <QObject>
#include <memory>

namespace society {
class Worker;
}

namespace society::log {

class LogDocument;
class LineFinder;

/// Looks for a pattern in every line of a document, in a worker of its own, and goes on as the document grows. Lives in
/// the document's thread; the document must outlive it.
class LogSearch : public QObject {
    Q_OBJECT
public:
    explicit LogSearch(LogDocument &document, QObject *parent = nullptr);
    ~LogSearch() override;

    /// Starts over with another pattern; an empty one finds nothing. A bad pattern gives failed() and no hits.
    /// With a level, only lines of this level and graver ones count.
    void start(const LogPattern &pattern, Level atLeast = Level::None);
    /// Looks for lines of this level and graver ones instead.
    void startAtLeast(Level level);
    /// Ends the search and forgets its hits.
    void cancel();

    [[nodiscard]] const LogPattern &pattern() const { return m_pattern; }
    /// The least level that counts; None: all.
    [[nodiscard]] Level level() const { return m_level; }
    /// Lines that are hits, in order, found so far.
    [[nodiscard]] const HitList &hits() const { return m_hits; }
    /// Whether there are indexed bytes that it has not looked at.
    [[nodiscard]] bool isRunning() const { return m_running; }
    /// Whether it has been at the end of what is indexed: since then only what came anew may be missing.
    [[nodiscard]] bool hasCaughtUp() const { return m_hasCaughtUp; }
    /// Bytes looked at so far.
    [[nodiscard]] qint64 searchedBytes() const { return m_searchedBytes; }

signals:
    /// hits() has changed: a batch came, or they were cleared.
    void hitsChanged();
    /// It reached the end of what is indexed; it goes on when the document grows.
    void caughtUp();
    /// The pattern cannot be used; the search has ended.
    void failed(const society::Error &error);

private:
    struct Inside;
    struct Batch;
    void begin(std::unique_ptr<LineFinder> finder);
    void proceed();
    void take(Batch batch, qint64 end);

    LogDocument &m_document;
    std::shared_ptr<Inside> m_inside; // of the present search; touched in the worker's thread only, but for its flag
    LogPattern m_pattern;
    Level m_level = Level::None;
    HitList m_hits;
    qint64 m_searchedBytes = 0;
    bool m_running = false;
    bool m_hasCaughtUp = false;
    bool m_lastIsUnfinished = false; // the last hit is a line that may still grow
    std::unique_ptr<Worker> m_worker;
};

} // namespace society::log
