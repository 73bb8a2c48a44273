// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/clock.h"
#include "services/core/error.h"
#include "services/secrets/secretbytes.h"

#include <QHash>
#include <QMutex>
#include <QString>
#include <QStringList>

namespace society::experiment {

/// What a provider answered to a request for its model list: free of charge.
struct EndpointAnswer {
    bool ok = false;
    int status = 0;     ///< HTTP status; 0: no answer
    QString code;       ///< `llm_key_refused`, `llm_unreachable`, `llm_not_found`, `llm_error`; empty where ok
    QString detail;     ///< the host and the system's words; never a key
    QStringList models; ///< what it offers, where it says so
};

/// Asks providers for their model list through society-gateway, which alone knows how to reach them. Good answers are
/// remembered for five minutes per provider, address and key. Any thread; a question takes up to 15 s.
class EndpointTest {
public:
    explicit EndpointTest(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// Errors: `program_missing`, `gateway_failed`.
    [[nodiscard]] Result<EndpointAnswer> ask(
        const QString &provider, const QString &baseUrl, const secrets::SecretBytes &key);
    /// The same without what was remembered: for the Test button.
    [[nodiscard]] Result<EndpointAnswer> askAgain(
        const QString &provider, const QString &baseUrl, const secrets::SecretBytes &key);

private:
    struct Remembered {
        QDateTime at;
        EndpointAnswer answer;
    };
    const Clock &m_clock;
    QMutex m_mutex;
    QHash<QByteArray, Remembered> m_answers; // by a hash of the question
};

} // namespace society::experiment
