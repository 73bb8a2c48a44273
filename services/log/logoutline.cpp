// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/logoutline.h"

#include "services/core/worker.h"
#include "services/log/logdocument.h"

#include <atomic>

namespace society::log {

namespace {
/// How much is read before it is told: some milliseconds.
constexpr qint64 PieceBytes = qint64(4) << 20;
/// Of longer lines both ends.
constexpr qint64 LineBytes = 4096;
} // namespace

struct LogOutline::Inside {
    struct Piece {
        Outline found;
        qint64 position = 0;
        bool atEnd = false;
    };
    [[nodiscard]] Piece read(const LogFile &file, qint64 end);

    Outline outline;
    BlockReader reader;
    qint64 position = 0; // start of the first line that was not read or not finished
    qint64 number = 0;
    std::atomic_bool stop = false;
};

LogOutline::Inside::Piece LogOutline::Inside::read(const LogFile &file, qint64 end)
{
    Piece piece;
    const qint64 start = position;
    piece.atEnd = true;
    // A file that cannot be read any more is the document's to tell.
    std::ignore = forEachLine(file, reader, position, number, end, LineBytes, [&](const RawLine &line) {
        if (stop || !line.finished)
            return false;
        outline.take(line);
        number = line.number + 1;
        position = line.offset + line.bytes + 1;
        piece.atEnd = position - start < PieceBytes || position >= end;
        return piece.atEnd;
    });
    piece.found = outline.takeFound();
    piece.position = position;
    return piece;
}

LogOutline::LogOutline(LogDocument &document, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_worker(std::make_unique<Worker>(QStringLiteral("log-outline")))
{
    connect(&document, &LogDocument::grown, this, &LogOutline::proceed);
    connect(&document, &LogDocument::reset, this, &LogOutline::restart);
    restart();
}

LogOutline::~LogOutline()
{
    m_inside->stop = true;
}

void LogOutline::restart()
{
    if (m_inside)
        m_inside->stop = true;
    m_inside = std::make_shared<Inside>();
    m_outline = {};
    m_readBytes = 0;
    m_running = false;
    emit changed();
    proceed();
}

void LogOutline::proceed()
{
    if (m_running || !m_document.file() || m_document.byteCount() == 0)
        return;
    m_running = true;
    const qint64 end = m_document.byteCount();
    m_worker->run(
        this,
        [inside = m_inside, file = m_document.file(), end] { return std::pair(inside, inside->read(*file, end)); },
        [this, end](const std::pair<std::shared_ptr<Inside>, Inside::Piece> &answer) {
            if (answer.first != m_inside)
                return; // the file was replaced meanwhile
            m_running = false;
            m_outline.append(answer.second.found);
            m_readBytes = answer.second.atEnd ? end : answer.second.position;
            emit changed();
            if (!m_running && answer.first == m_inside && (!answer.second.atEnd || m_document.byteCount() > end))
                proceed();
        });
}

} // namespace society::log
