// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/outline.h"

#include <QObject>
#include <memory>

namespace society {
class Worker;
}

namespace society::log {

class LogDocument;

/// Reads a document through for what its lines amount to (tracebacks, repeated lines, retries, steps), in a worker of
/// its own, and goes on as it grows. Lives in the document's thread; the document must outlive it.
class LogOutline : public QObject {
    Q_OBJECT
public:
    explicit LogOutline(LogDocument &document, QObject *parent = nullptr);
    ~LogOutline() override;

    /// What was found so far.
    [[nodiscard]] const Outline &outline() const { return m_outline; }
    /// Bytes read so far.
    [[nodiscard]] qint64 readBytes() const { return m_readBytes; }

signals:
    /// outline() has changed.
    void changed();

private:
    struct Inside;
    void restart();
    void proceed();

    LogDocument &m_document;
    std::shared_ptr<Inside>
        m_inside; // of the present generation; touched in the worker's thread only, but for its flag
    Outline m_outline;
    qint64 m_readBytes = 0;
    bool m_running = false;
    std::unique_ptr<Worker> m_worker;
};

} // namespace society::log
