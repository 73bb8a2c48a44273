// SPDX-License-Identifier: GPL-3.0-or-later
// What the Experiments page does with the experiments that are chosen; deleting them is in experimentspage_remove.cpp.
#include "services/experiment/experimentservice.h"
#include "ui/ask.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/experimentspage.h"

#include <QInputDialog>
#include <QLocale>
#include <utility>

namespace society::ui {

using experiment::Experiment;

void ExperimentsPage::doWithEach(Worker &worker, const QList<Experiment> &rows, const Work &work)
{
    m_error->clear();
    worker.run(
        this,
        [rows, work] {
            std::pair<QList<Experiment>, Error> answer;
            for (const Experiment &row : rows) {
                Result<Experiment> done = work(row);
                if (!done) {
                    answer.second = std::move(done).error();
                    break;
                }
                answer.first.append(*std::move(done));
            }
            return answer;
        },
        [this](const std::pair<QList<Experiment>, Error> &answer) {
            for (const Experiment &experiment : answer.first)
                m_feed.take(experiment);
            if (!answer.second.code.isEmpty())
                m_error->showError(answer.second);
        });
}

void ExperimentsPage::stop()
{
    QList<Experiment> rows = chosen();
    rows.removeIf([](const Experiment &row) { return experiment::isEnded(row.state); });
    doWithEach(m_context.worker, rows,
        [&service = m_context.experiments](const Experiment &row) { return service.requestStop(row.id); });
}

void ExperimentsPage::rerun()
{
    doWithEach(m_context.starter, chosen(), [&context = m_context](const Experiment &row) {
        return context.experiments.rerun(context.tenant, row.id, {});
    });
}

void ExperimentsPage::rename()
{
    const QList<Experiment> rows = chosen();
    if (rows.size() != 1)
        return;
    askText(this, tr("Rename the experiment"), tr("Name"), rows.first().name, [this, rows](const QString &name) {
        doWithEach(m_context.worker, rows,
            [&service = m_context.experiments, name](const Experiment &row) { return service.rename(row.id, name); });
    });
}

void ExperimentsPage::editNote()
{
    const QList<Experiment> rows = chosen();
    if (rows.isEmpty())
        return;
    // Not askText(): a note may be of several lines, and an empty one takes it away.
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("experimentNoteDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
    dialog->setWindowTitle(tr("Note on %Ln experiment(s)", nullptr, static_cast<int>(rows.size())));
    dialog->setLabelText(tr("Note"));
    dialog->setTextValue(rows.first().note);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, rows](const QString &text) {
        doWithEach(
            m_context.worker, rows, [&service = m_context.experiments, note = text.trimmed()](const Experiment &row) {
                return service.setNote(row.id, note);
            });
    });
    dialog->open();
}

/// Who may, the service knows: an owner of the tenant or an admin.
void ExperimentsPage::abandon()
{
    const QList<Experiment> rows = chosen();
    if (rows.size() != 1)
        return;
    const bool elsewhere = rows.first().elsewhere;
    const bool hasEnded = isEnded(rows.first().state);
    const QString question =
        elsewhere ? tr("“%1” is a run of another workspace that shares this ledger. Only where that workspace is gone "
                       "for good: the run counts as lost then, without a bill, and the %2 held for it become available "
                       "again.\nWhat has become of the workspace:")
        : hasEnded && !rows.first().outOfReach
            ? tr("“%1” has ended, but its bill cannot be made. Only where what is missing of it is gone for good: "
                 "nothing is billed for it then, ever, and the %2 held for it become available again. The reason "
                 "is kept, and every audit names it.\nWhat has become of the run's record:")
        : hasEnded
            ? tr("“%1” has ended, but its folder is out of reach. Only where the disk that it is on is gone for good: "
                 "nothing is billed for it then, ever, and the %2 held for it become available again. The reason is "
                 "kept, and every audit names it.\nWhat has become of the disk:")
            : tr("The folder of “%1” is out of reach. Only where the disk that it is on is gone for good: the run "
                 "counts as lost then, nothing is billed for it, ever, and the %2 held for it become available again. "
                 "The reason is kept, and every audit names it.\nWhat has become of the disk:");
    askText(this, elsewhere || !hasEnded ? tr("Give a run up for lost") : tr("Give a bill up"),
        question.arg(rows.first().name, rows.first().hold.toDisplay(QLocale())), {},
        [this, rows](const QString &reason) {
            doWithEach(m_context.worker, rows, [&service = m_context.experiments, reason](const Experiment &row) {
                return service.abandon(row.id, reason);
            });
        });
}

void ExperimentsPage::openFolder()
{
    const QList<Experiment> rows = chosen();
    if (rows.size() != 1)
        return;
    if (const Result<> opened = ui::openFolder(rows.first().runDirectory); !opened)
        m_error->showError(opened.error());
}

} // namespace society::ui
