// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/mergedrows.h"
#include "models/roles.h"
#include "services/core/clock.h"
#include "services/experiment/experiment.h"

namespace society::models {

inline const ExperimentId &experimentKey(const experiment::Experiment &row)
{
    return row.id;
}
using ExperimentRows = MergedRows<experiment::Experiment, experimentKey>;

/// Experiments as a table. Sorting by the state column puts those that go on first. GUI thread.
class ExperimentListModel : public ExperimentRows {
    Q_OBJECT
public:
    enum Column {
        State,
        Name,
        Progress,
        Started,
        Duration,
        Agents,
        Calls,
        Tokens,
        Cost,
        Llm,
        Workflow,
        Note, // the columns after this one are hidden at first
        Created,
        Ended,
        Population,
        Map,
        Seed,
        Mode,
        Reason,
        Id,
        ColumnCount
    };
    Q_ENUM(Column)

    /// `clock` tells what "2 min ago" is; it outlives the model.
    explicit ExperimentListModel(const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Says that relative times are older now.
    void ageTimes();

private:
    [[nodiscard]] QString text(const experiment::Experiment &row, int column) const;
    [[nodiscard]] QString toolTip(const experiment::Experiment &row, int column) const;

    const Clock &m_clock;
};

/// How far an experiment is, 0…1 by its steps; −1 where the total is not known.
[[nodiscard]] double progressOf(const experiment::Experiment &experiment);
/// "day 0 · 09:15, 5 of 8 steps"; empty before the first step.
[[nodiscard]] QString progressText(const experiment::Experiment &experiment);
/// "light start" or "Ray".
[[nodiscard]] QString modeText(const QString &mode);

} // namespace society::models
