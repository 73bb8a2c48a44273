// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/experimentlistmodel.h"

#include "models/format.h"

namespace society::models {

using experiment::Experiment;

namespace {

bool isNumber(int column)
{
    using C = ExperimentListModel;
    return column == C::Agents || column == C::Calls || column == C::Tokens || column == C::Cost ||
           column == C::Duration || column == C::Seed;
}

/// Those that go on first, in the order of their lives; then the ended ones, which the tie sorts by time.
int stateRank(experiment::State state)
{
    using experiment::State;
    switch (state) {
    case State::Running:
        return 0;
    case State::Stopping:
        return 1;
    case State::Starting:
        return 2;
    case State::Queued:
        return 3;
    default:
        return 4;
    }
}

QVariant sortValue(const Experiment &row, int column)
{
    using C = ExperimentListModel;
    switch (column) {
    case C::State:
        return stateRank(row.state);
    case C::Progress:
        return progressOf(row);
    case C::Started:
        return row.startedAt;
    case C::Duration:
        return row.runMs;
    case C::Agents:
        return row.agentCount;
    case C::Calls:
        return row.calls;
    case C::Tokens:
        return row.tokensIn + row.tokensOut;
    case C::Cost:
        return static_cast<qint64>(row.cost.micro());
    case C::Created:
        return row.createdAt;
    case C::Ended:
        return row.endedAt;
    case C::Seed:
        return row.seed;
    default:
        return {};
    }
}

QString searchText(const Experiment &row)
{
    return QStringList{row.name, experiment::stateText(row.state), row.llm.name, row.agents.name, row.map.name,
        row.workflow.name, row.note, row.id.text()}
        .join(u'\n');
}

} // namespace

double progressOf(const Experiment &experiment)
{
    if (experiment.state == experiment::State::Finished)
        return 1.0;
    if (experiment.stepsTotal <= 0)
        return -1.0;
    return std::clamp(static_cast<double>(experiment.step) / experiment.stepsTotal, 0.0, 1.0);
}

QString progressText(const Experiment &experiment)
{
    if (experiment.step <= 0)
        return {};
    QString when = simulatedTime(experiment.day, experiment.secondOfDay);
    if (experiment.stepsTotal <= 0)
        return when;
    return ExperimentListModel::tr("%1, %2 of %3 steps")
        .arg(when, count(experiment.step), count(experiment.stepsTotal));
}

QString modeText(const QString &mode)
{
    return mode == QLatin1String("ray") ? ExperimentListModel::tr("Ray") : ExperimentListModel::tr("light start");
}

ExperimentListModel::ExperimentListModel(const Clock &clock, QObject *parent)
    : ExperimentRows(parent)
    , m_clock(clock)
{
}

int ExperimentListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ExperimentListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Experiment &row = rowAt(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::EditRole:
        return column == Name ? row.name : column == Note ? row.note : text(row, column);
    case Qt::ToolTipRole:
        return toolTip(row, column);
    case Qt::TextAlignmentRole:
        return QVariant(isNumber(column) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole: {
        const QVariant value = sortValue(row, column);
        return value.isValid() ? value : text(row, column);
    }
    case TieRole:
        return row.createdAt;
    case SearchRole:
        return searchText(row);
    case IdRole:
        return row.id.text();
    case StateRole:
        return column == State ? QVariant(static_cast<int>(row.state)) : QVariant();
    case ProgressRole:
        return column == Progress ? QVariant(progressOf(row)) : QVariant();
    default:
        return {};
    }
}

QString ExperimentListModel::text(const Experiment &row, int column) const
{
    switch (column) {
    case State:
        return experiment::stateText(row.state);
    case Name:
        return row.name;
    case Progress:
        return progressText(row);
    case Started:
        return relativeTime(row.startedAt, m_clock.now());
    case Duration:
        return row.startedAt.isValid() ? duration(row.runMs) : QString();
    case Agents:
        return count(row.agentCount);
    case Calls:
        return count(row.calls);
    case Tokens:
        return count(row.tokensIn + row.tokensOut);
    case Cost:
        return row.practice ? tr("free", "cost of a practice run") : row.cost.toDisplay(QLocale());
    case Llm:
        return row.llm.name;
    case Workflow:
        return row.workflow.name;
    case Note:
        return row.note;
    case Created:
        return relativeTime(row.createdAt, m_clock.now());
    case Ended:
        return relativeTime(row.endedAt, m_clock.now());
    case Population:
        return row.agents.name;
    case Map:
        return row.map.name;
    case Seed:
        return QString::number(row.seed);
    case Mode:
        return modeText(row.mode);
    case Reason:
        return experiment::reasonText(row);
    case Id:
        return row.id.text();
    default:
        return {};
    }
}

QString ExperimentListModel::toolTip(const Experiment &row, int column) const
{
    switch (column) {
    case State:
        return experiment::reasonText(row);
    case Started:
        return exactTime(row.startedAt);
    case Created:
        return exactTime(row.createdAt);
    case Ended:
        return exactTime(row.endedAt);
    case Tokens:
        return tr("%1 in, %2 out").arg(count(row.tokensIn), count(row.tokensOut));
    case Cost:
        return row.practice ? tr("A practice run costs nothing.") : exactMoney(row.cost);
    case Agents:
    case Calls:
    case Duration:
        return {};
    default:
        return text(row, column);
    }
}

QVariant ExperimentListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(isNumber(section) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case Name:
        return tr("Name");
    case Progress:
        return tr("Progress");
    case Started:
        return tr("Started");
    case Duration:
        return tr("Duration");
    case Agents:
        return tr("Agents");
    case Calls:
        return tr("Calls");
    case Tokens:
        return tr("Tokens");
    case Cost:
        return tr("Cost");
    case Llm:
        return tr("LLM");
    case Workflow:
        return tr("Workflow");
    case Note:
        return tr("Note");
    case Created:
        return tr("Created");
    case Ended:
        return tr("Ended");
    case Population:
        return tr("Population");
    case Map:
        return tr("Map");
    case Seed:
        return tr("Seed");
    case Mode:
        return tr("Mode");
    case Reason:
        return tr("Reason");
    case Id:
        return tr("Id");
    default:
        return {};
    }
}

void ExperimentListModel::ageTimes()
{
    if (rowCount() == 0)
        return;
    for (const int column : {Started, Created, Ended})
        emit dataChanged(index(0, column), index(rowCount() - 1, column), {Qt::DisplayRole});
}

} // namespace society::models
