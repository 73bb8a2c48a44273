// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace society::experiment {

/// What one model was used for, summed over usage.jsonl.
struct UsageTotal {
    int entry = 0; ///< index in the run's llm list
    QString model;
    qint64 calls = 0; ///< failed ones too
    qint64 failed = 0;
    qint64 tokensIn = 0;
    qint64 tokensOut = 0;
    qint64 estimated = 0; ///< calls whose tokens are an estimate, since the provider sent none
    bool operator==(const UsageTotal &) const = default;
};

/// Follows one usage.jsonl as it grows: each update() reads what is new and no more. One thread at a time.
class UsageReader {
public:
    explicit UsageReader(QString path);

    /// Reads the new whole lines. A file that is missing is an empty one. Errors: `usage_newer` (schema),
    /// `read_failed`.
    [[nodiscard]] Result<> update();
    [[nodiscard]] const QList<UsageTotal> &totals() const { return m_totals; } ///< by entry, then model
    [[nodiscard]] qint64 calls() const;
    [[nodiscard]] qint64 tokensIn() const;
    [[nodiscard]] qint64 tokensOut() const;
    /// Lines that could not be read, a last one without an end included: while the run goes on, it may be whole at the
    /// next look.
    [[nodiscard]] int unreadLines() const { return m_badLines + (m_cutLine ? 1 : 0); }

private:
    void take(const QJsonObject &line);

    QString m_path;
    qint64 m_offset = 0;
    int m_badLines = 0;
    bool m_cutLine = false;
    QList<UsageTotal> m_totals;
};

/// The calls of a run, newest last, for the Calls tab: at most `limit` lines from byte `offset` on. Errors:
/// `file_missing`, `read_failed`.
struct CallPage {
    QList<QJsonObject> calls;
    qint64 next = 0; ///< where the next page begins; equal to the file's size at the end
};
[[nodiscard]] Result<CallPage> readCalls(const QString &path, qint64 offset, int limit);

} // namespace society::experiment
