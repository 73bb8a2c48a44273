// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"
#include "services/core/ids.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonValue>
#include <QList>
#include <QVariant>
#include <functional>
#include <memory>
#include <optional>

class QSqlQuery;
class QTemporaryDir;

namespace society::agentsociety {

/// AgentSociety's own word on an experiment (its row of `as_experiment`). After a stop or a kill `status` stays 0 or 1:
/// it is never the truth about a run that is not there any more.
struct ExperimentRow {
    int status = 0; ///< 0 not started, 1 running, 2 finished, 3 error, 4 stopped
    QString name;
    int day = 0; ///< at the start of the last completed step
    double secondOfDay = 0;
    QString error; ///< often cryptic; explain() makes sense of it
    qint64 tokensIn = 0;
    qint64 tokensOut = 0;
    QDateTime createdAt; ///< UTC
    QDateTime updatedAt; ///< UTC
};

/// What a run leaves behind, in the order in which it is shown.
enum class ResultTable { Profile, Status, Dialog, Survey, Metric, Prompt, Artifacts };

/// All of them, in that order.
[[nodiscard]] const QList<ResultTable> &resultTables();
/// "profile", "status", …: the word that society-cli takes.
[[nodiscard]] QString resultTableName(ResultTable table);
/// The reverse. Error: `table_unknown` (kind NotFound), which lists the names.
[[nodiscard]] Result<ResultTable> resultTableFromName(const QString &name);

/// A column: its name in the runner's database, and as what its values are given.
struct ResultColumn {
    enum class Kind {
        Integer, ///< qint64
        Real,    ///< double
        Text,    ///< QString
        Time,    ///< QDateTime in UTC
        Json,    ///< QJsonValue, decoded as often as it was encoded
    };
    QString name;
    Kind kind = Kind::Text;

    bool operator==(const ResultColumn &) const = default;
};

/// The columns of a table; the same for every run.
///  - profile: id, name, profile (object)
///  - status: id, day, second, lng, lat, parent_id, action, status, created_at
///  - dialog: id, day, second, type (0 thought, 1 talk, 2 interview), speaker, content, created_at
///  - survey: id, day, second, survey_id, answers (array, one object per question; "" where the agent failed),
///  created_at
///  - metric: step, key, value, created_at
///  - prompt: day, second, prompt, created_at
///  - artifacts: key, value
[[nodiscard]] QList<ResultColumn> resultColumns(ResultTable table);

/// How many rows a table has by now.
struct TableSummary {
    ResultTable table = ResultTable::Profile;
    qint64 rows = 0;
};

/// Which rows of a table are wanted.
struct PageRequest {
    qint64 after = 0;            ///< ResultPage::next of the page before; 0: from the start
    int limit = 500;             ///< 1…10,000
    std::optional<qint64> agent; ///< only rows of this agent, where a table has agents
};

/// Some rows of a table, in the order in which they were written.
struct ResultPage {
    QList<QVariantList> rows; ///< one QVariant per column; invalid where the database has NULL
    qint64 next = 0;          ///< for the next page; 0: this was the last
};

/// Reads what a run has written so far into its home. Read-only; every call opens the database, reads a bounded amount,
/// finishes and closes it, since a reader that lingers makes the *run* fail (contract §3.8, §9.4). Never creates a
/// file, never writes to one. Calls block (some ms; at most 0.5 s for a lock): not in the thread that paints. An object
/// may be used by one thread at a time. Errors of every call: `results_none` (kind NotFound: the run has not come so
/// far), `results_busy` (kind Database: the run is writing; ask again), `results_damaged` (kind Database).
class ResultDatabase {
public:
    /// `home` is the run's home folder.
    ResultDatabase(const QString &home, const ExperimentId &id, const TenantId &tenant);

    [[nodiscard]] Result<ExperimentRow> experiment() const;
    /// Every table with its number of rows; one that the run has not made yet has none.
    [[nodiscard]] Result<QList<TableSummary>> tables() const;
    /// A page of a table, in the order in which the run wrote it.
    [[nodiscard]] Result<ResultPage> rows(ResultTable table, const PageRequest &page = {}) const;

private:
    /// Opens, lets `read` fetch, closes. `read` has 0.5 s at most for a lock.
    using Read = std::function<Result<>(QSqlQuery &)>;
    [[nodiscard]] Result<> withQuery(const Read &read) const;
    [[nodiscard]] Result<> withQueryOn(const QString &file, const Read &read) const;
    [[nodiscard]] Result<> recover() const;
    [[nodiscard]] QString tableOf(ResultTable table) const;
    [[nodiscard]] QString artifactsFile() const;
    [[nodiscard]] Result<ResultPage> artifacts(const PageRequest &page) const;

    QString m_home;
    ExperimentId m_id;
    TenantId m_tenant;
    mutable std::shared_ptr<QTemporaryDir> m_recovered; ///< a copy where a killed run left a half-written transaction
};

/// A JSON column of the run: a JSON string that holds JSON. What cannot be decoded twice comes back as the text it is.
[[nodiscard]] QJsonValue decodeTwice(const QString &text);
/// The `result` of a survey row: one value per question, each decoded; "" where the agent failed.
[[nodiscard]] QJsonArray decodeAnswers(const QString &text);

} // namespace society::agentsociety
