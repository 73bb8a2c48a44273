// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/hitlist.h"
#include "services/log/linepart.h"
#include "services/log/linetext.h"
#include "services/log/logsave.h"

#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>

namespace society {
class Worker;
}

namespace society::log {

/// Some lines of a document, as they were at one moment.
struct LinesAnswer {
    quint64 generation = 0; ///< of the document when they were read; another one means: the file was replaced
    qint64 first = 0;
    QList<LogLine> lines; ///< fewer than asked for where the file has fewer
};

/// Which lines of a document are meant.
struct LineChoice {
    qint64 first = 0;
    qint64 last = -1;                    ///< -1: to the end
    std::shared_ptr<const HitList> only; ///< those of them that are in it; null: all
};

/// An error as the log tells it: the line that names it and what stands under it.
struct ErrorBlock {
    quint64 generation = 0;
    qint64 line = -1; ///< -1: there is none
    QStringList text; ///< at most 40 lines
};

/// A log file as numbered lines that grow. Lives in the GUI thread and never touches the file there: a worker of its
/// own indexes, follows and reads. Answers come in the order of the questions, in the thread of the document, and are
/// dropped when their context is gone or the document is closed. The file may be missing at first, grow, shrink, be
/// replaced or removed.
class LogDocument : public QObject {
    Q_OBJECT
public:
    enum class State {
        Closed,  ///< nothing opened
        Missing, ///< no such file yet; it is waited for
        Reading, ///< what is there is being indexed
        Ready,   ///< indexed to the end, which is watched
        Removed, ///< the file was removed; what was in it can still be read
        Failed,  ///< it cannot be read: error()
    };
    Q_ENUM(State)

    /// Long lines are given up to this many bytes.
    static constexpr qint64 LineBytes = 4096;

    explicit LogDocument(QObject *parent = nullptr);
    ~LogDocument() override;

    /// Shows another file, from its start. The same path again reads it anew.
    void open(const QString &path);
    void close();
    /// Whether growth is looked for on the frame clock (12 to 100 ms, more rarely where more than twelve documents are
    /// open) or, for a run that has ended, once a second.
    void setLive(bool live);

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] State state() const { return m_state; }
    /// Why it is Failed; empty code otherwise.
    [[nodiscard]] const Error &error() const { return m_error; }
    /// Lines indexed so far, an unfinished last one included.
    [[nodiscard]] qint64 lineCount() const { return m_lineCount; }
    /// Bytes indexed so far.
    [[nodiscard]] qint64 byteCount() const { return m_byteCount; }
    /// Size of the file when it was last looked at.
    [[nodiscard]] qint64 fileBytes() const { return m_fileBytes; }
    /// Bytes of memory that the index takes.
    [[nodiscard]] qint64 indexMemory() const { return m_indexMemory; }
    /// Grows when line numbers lose their meaning: another file, a truncated or a replaced one.
    [[nodiscard]] quint64 generation() const { return m_generation; }

    /// The open file, null before it is; readable by position in any thread as far as byteCount().
    [[nodiscard]] const std::shared_ptr<const LogFile> &file() const { return m_file; }

    /// Some bytes of both ends of what is indexed: with byteCount() they tell the file from one written anew in place.
    [[nodiscard]] const QByteArray &ends() const { return m_ends; }

    /// The last `count` lines come along with grown(), so that a follower paints them in the same frame. 0: none.
    void setTailLines(int count) { m_tailLines = count; }

    /// Answers with lines first … first + count - 1.
    void lines(qint64 first, int count, QObject *context, std::function<void(LinesAnswer)> done);
    /// Answers with the lines of these numbers, which rise; for lines that do not stand together.
    void someLines(const QList<qint64> &numbers, QObject *context, std::function<void(LinesAnswer)> done);
    /// Answers with some bytes of a line, for lines that are too long to be shown at once. Errors: `read_failed`,
    /// `file_missing`.
    void linePart(qint64 line, qint64 from, qint64 bytes, TextForm form, QObject *context,
        std::function<void(Result<LinePart>)> done);
    /// Answers with the next match in a line, or the one before; see log::findInLine(). Reads beside other questions.
    void findInLine(qint64 line, const LogPattern &pattern, qint64 from, bool forward,
        const std::shared_ptr<std::atomic_bool> &stop, QObject *context, std::function<void(Result<LineMatch>)> done);
    /// Answers with the text of lines first … last as they are shown, whole and joined by newlines. Errors:
    /// `read_failed`, `selection_too_large` (more than `maxBytes` in the file).
    void text(qint64 first, qint64 last, qint64 maxBytes, QObject *context, std::function<void(Result<QString>)> done);
    /// The same for some lines only, and with their escape sequences (colours) where these are wanted.
    void text(const LineChoice &choice, qint64 maxBytes, bool withEscapes, QObject *context,
        std::function<void(Result<QString>)> done);
    /// Writes the bytes of lines first … last (-1: to the end) to a file. Errors: `read_failed`, `write_failed`,
    /// `disk_full`.
    void save(qint64 first, qint64 last, const QString &target, QObject *context, std::function<void(Result<>)> done);
    /// The same for some lines only. `progress` (may be null) tells how far it is. Error: `cancelled`, too; whatever
    /// the error, the target is as it was before.
    void save(const LineChoice &choice, const QString &target, const std::shared_ptr<SaveProgress> &progress,
        QObject *context, std::function<void(Result<>)> done);
    /// Answers with the first line whose time stamp is at or after `time`, -1 if there is none.
    void findTime(const QDateTime &time, QObject *context, std::function<void(qint64 line)> done);
    /// Answers with the last error in the last 20,000 lines: the line and what follows it up to the next logger's line.
    void findLastError(QObject *context, std::function<void(ErrorBlock)> done);
    /// Answers whether the log still begins with the `bytes` bytes of which ends() was `ends`.
    void beginsWith(qint64 bytes, const QByteArray &ends, QObject *context, std::function<void(bool)> done);

signals:
    /// More lines, or the last line became longer. `tail`: see setTailLines().
    void grown(qint64 lineCount, const society::log::LinesAnswer &tail);
    /// Line numbers lost their meaning; lineCount() is 0 and grown() follows.
    void reset();
    void stateChanged(society::log::LogDocument::State state);

private:
    struct Inside;
    struct Look;
    /// Has a question answered in the worker's thread, and counts it until then. Nothing where no file is open.
    template <class Work, class Done>
    void ask(QObject *context, Work work, Done done);
    void poll();
    void take(Look look);
    void takeCounts(Look &look);
    void setState(State state);

    static inline int s_open = 0; // documents with a file; all live in the GUI thread

    std::shared_ptr<Inside> m_inside; // touched in the worker's thread only, but for its flag and its count
    std::shared_ptr<const LogFile> m_file;
    QTimer m_timer;
    QString m_path;
    Error m_error;
    State m_state = State::Closed;
    qint64 m_lineCount = 0;
    qint64 m_byteCount = 0;
    qint64 m_fileBytes = 0;
    qint64 m_indexMemory = 0;
    QByteArray m_ends;
    quint64 m_generation = 0;
    quint64 m_openings = 0; // counts open() and close()
    int m_tailLines = 0;
    bool m_live = true;
    bool m_looking = false;
    std::unique_ptr<Worker> m_worker; // indexes and reads
    std::unique_ptr<Worker> m_saver;  // writes long copies; made when the first is asked for
    std::unique_ptr<Worker> m_finder; // looks through long lines; likewise
};

} // namespace society::log
