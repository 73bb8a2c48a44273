// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/logcopy.h"

#include "services/experiment/experimentservice.h"
#include "services/log/logreader.h"

#include <QThread>

namespace society::cli {

namespace {

constexpr unsigned long PauseMs = 100; // between two looks at a log that grows

/// Where a copy goes on, and how.
class Copier {
public:
    Copier(Output &out, QString path, const LogRequest &request)
        : m_out(out)
        , m_path(std::move(path))
        , m_request(request)
    {
    }

    [[nodiscard]] Result<> prepare()
    {
        if (!m_request.pattern.isEmpty()) {
            SOCIETY_ASSIGN(auto matcher, log::LineMatcher::compile({m_request.pattern, true, true}));
            m_search.emplace(log::finderOf(matcher));
        }
        return {};
    }

    /// Copies what is new; `last` takes an unfinished line too. False where nobody reads it any more.
    [[nodiscard]] Result<bool> step(bool last)
    {
        if (!m_reader || m_reader->isReplaced()) {
            auto reader = log::LogReader::open(m_path);
            if (!reader && reader.error().code == u"file_missing")
                return true; // the runner has not begun
            if (!reader)
                return fail(std::move(reader).error());
            m_reader.emplace(std::move(*reader));
            m_offset = 0;
            if (m_request.lines) {
                SOCIETY_ASSIGN(m_offset, m_reader->offsetOfLastLines(*m_request.lines));
            }
        }
        const auto sink = [this](QByteArrayView bytes) { return m_read = m_out.bytes(bytes); };
        SOCIETY_ASSIGN(
            m_offset, m_search ? m_reader->grep(m_offset, *m_search, last, sink) : m_reader->copy(m_offset, sink));
        return m_read;
    }

private:
    Output &m_out;
    QString m_path;
    LogRequest m_request;
    std::optional<log::RangeSearch> m_search;
    std::optional<log::LogReader> m_reader;
    qint64 m_offset = 0;
    bool m_read = true;
};

} // namespace

Result<int> copyLog(Session &session, const experiment::Experiment &experiment, const LogRequest &request)
{
    Copier copier(session.out, experiment.runDirectory + QStringLiteral("/log.txt"), request);
    SOCIETY_TRY(copier.prepare());
    for (;;) {
        // The state is asked for before the bytes: what an ended run wrote is there by then.
        bool hasEnded = !request.follow;
        if (request.follow) {
            SOCIETY_ASSIGN(const experiment::Experiment now, session.experiments().refresh(experiment.id));
            hasEnded = experiment::isEnded(now.state);
        }
        SOCIETY_ASSIGN(const bool isRead, copier.step(hasEnded));
        if (hasEnded || !isRead)
            return 0;
        QThread::msleep(PauseMs);
    }
}

} // namespace society::cli
