// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/logsearch.h"

#include <QObject>
#include <QTimer>

namespace society::log {
class LogDocument;
}

namespace society::ui {

/// The lines that a search finds together with some before and after each of them, while it goes on finding. GUI
/// thread; document and search must outlive it.
class LogFilter : public QObject {
    Q_OBJECT
public:
    LogFilter(const log::LogDocument &document, const log::LogSearch &search, QObject *parent = nullptr);

    /// How many lines are shown on either side of a hit.
    void setContextLines(int lines);
    [[nodiscard]] int contextLines() const { return m_context; }
    /// The lines to be shown, in order. Stays the same object.
    [[nodiscard]] const log::HitList &lines() const { return m_lines; }
    /// The search that it shows.
    [[nodiscard]] const log::LogSearch &search() const { return m_search; }

signals:
    void changed();

private:
    void restart();
    void proceed();
    void addAround(qint64 hit);

    const log::LogDocument &m_document;
    const log::LogSearch &m_search;
    log::HitList m_lines;
    int m_context = 0;
    qint64 m_used = 0;   // hits taken for good
    int m_openLines = 0; // lines of the last hit, which may be taken back and whose lines after it may still come
    QTimer m_more;
};

} // namespace society::ui
