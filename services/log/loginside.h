// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/lineindex.h"
#include "services/log/logdocument.h"

#include <QElapsedTimer>

namespace society::log {

/// What a LogDocument has in its worker's thread: the open file, its index, and the questions answered from both.
/// Private to the library; one thread, but for what says otherwise.
struct LogDocument::Inside {
    /// Looks at the file anew: opens it, notices that it was replaced, extends the index by a bounded piece.
    [[nodiscard]] Look look(int tailLines);

    [[nodiscard]] LinesAnswer lines(qint64 first, qint64 count, qint64 maxLineBytes, TextForm form);
    [[nodiscard]] LinesAnswer someLines(const QList<qint64> &numbers);
    /// From the first byte of line `first` to the end of line `last` (-1: of the file).
    struct Extent {
        std::shared_ptr<const LogFile> file;
        qint64 begin = 0;
        qint64 end = 0;
    };
    [[nodiscard]] Result<Extent> extentOf(qint64 first, qint64 last);
    /// A line without its newline, as far as it is indexed.
    [[nodiscard]] Result<Extent> extentOfLine(qint64 line);
    [[nodiscard]] Result<LinePart> linePart(qint64 line, qint64 from, qint64 bytes, TextForm form);
    [[nodiscard]] Result<QString> text(const LineChoice &choice, qint64 maxBytes, bool withEscapes);
    [[nodiscard]] qint64 findTime(const QDateTime &time);
    [[nodiscard]] ErrorBlock findLastError();
    /// Whether the ends of the first `bytes` bytes are these.
    [[nodiscard]] bool beginsWith(qint64 bytes, const QByteArray &print);

    // What the document's thread touches, too:
    std::atomic_bool isUnwanted = false; // nobody wants an answer any more
    std::atomic_int questions = 0;       // so many wait for the worker

    QString path;
    quint64 generation = 0; // upper half: the opening; lower half: how often it began anew since
    std::shared_ptr<const LogFile> file;
    LineIndex index;
    Indexer indexer;
    BlockReader reader;

private:
    [[nodiscard]] Result<> reopen();
    void restart(std::shared_ptr<const LogFile> other);
    [[nodiscard]] Result<bool> isContinued();
    [[nodiscard]] QByteArray headBefore(qint64 fileBytes) const;
    [[nodiscard]] Result<QByteArray> printOfEnds(qint64 bytes);
    [[nodiscard]] Result<> forSome(const HitList &only, qint64 first, qint64 end, qint64 maxLineBytes,
        const std::function<bool(const RawLine &)> &sink);
    [[nodiscard]] QDateTime firstTimeFrom(LineIndex::Anchor from);

    QElapsedTimer sinceLook; // since a look has ended
    QByteArray ends;         // the first and the last bytes of what is indexed
    qint64 modifiedNs = 0;
    bool removed = false;
};

/// What one look at the file gave.
struct LogDocument::Look {
    State state = State::Missing;
    Error error;
    std::shared_ptr<const LogFile> file;
    quint64 generation = 0;
    qint64 lineCount = 0;
    qint64 byteCount = 0;
    qint64 fileBytes = 0;
    qint64 indexMemory = 0;
    QByteArray ends;
    bool changed = false; // lines or bytes came
    bool more = false;    // the index has not reached the file's end
    LinesAnswer tail;
};

} // namespace society::log
