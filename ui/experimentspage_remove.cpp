// SPDX-License-Identifier: GPL-3.0-or-later
// How the Experiments page deletes what is chosen: after a question, one by one.
#include "services/experiment/experimentservice.h"
#include "ui/ask.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/experimentspage.h"

#include <utility>

namespace society::ui {

using experiment::Experiment;

void ExperimentsPage::askToRemove()
{
    const QList<Experiment> rows = chosen();
    if (rows.isEmpty())
        return;
    const QString text = rows.size() == 1 ? tr("Delete the experiment “%1”?").arg(rows.first().name)
                                          : tr("Delete %Ln experiment(s)?", nullptr, static_cast<int>(rows.size()));
    askBeforeLoss(this, tr("Delete experiments"), text,
        tr("Their logs, records and results are deleted from the disk and cannot be brought back. Their bills stay."),
        tr("Delete"), [this, rows] { remove(rows); });
}

void ExperimentsPage::remove(const QList<Experiment> &rows)
{
    m_error->clear();
    m_context.worker.run(
        this,
        [&service = m_context.experiments, rows] {
            std::pair<QList<ExperimentId>, Error> answer;
            for (const Experiment &row : rows) {
                if (const Result<> removed = service.remove(row.id); !removed) {
                    answer.second = removed.error();
                    break;
                }
                answer.first.append(row.id);
            }
            return answer;
        },
        [this](const std::pair<QList<ExperimentId>, Error> &answer) {
            for (const ExperimentId &id : answer.first)
                m_feed.forget(id);
            if (!answer.second.code.isEmpty())
                m_error->showError(answer.second);
        });
}

} // namespace society::ui
