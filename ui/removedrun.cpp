// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/removedrun.h"

#include "models/format.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {

using experiment::ConfigUse;
using experiment::Experiment;

class Facts {
public:
    explicit Facts(QWidget *parent)
        : m_parent(parent)
    {
    }

    void add(const QString &name, const QString &value)
    {
        if (value.isEmpty())
            return;
        auto *label = new QLabel(value, m_parent);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setWordWrap(true);
        form->addRow(name, label);
    }
    void add(const QString &name, const ConfigUse &use)
    {
        if (!use.name.isEmpty())
            add(name, RemovedRunDialog::tr("%1, version %2").arg(use.name).arg(use.version));
    }

    QFormLayout *form = new QFormLayout;

private:
    QWidget *m_parent;
};

void addRecord(Facts &facts, const Experiment &run)
{
    facts.add(RemovedRunDialog::tr("Name"), run.name);
    facts.add(RemovedRunDialog::tr("Id"), run.id.text());
    const QString reason = experiment::reasonText(run);
    facts.add(RemovedRunDialog::tr("End"), reason.isEmpty()
                                               ? experiment::stateText(run.state)
                                               : experiment::stateText(run.state) + QStringLiteral(": ") + reason);
    if (run.startedAt.isValid())
        facts.add(RemovedRunDialog::tr("Started"), models::exactTime(run.startedAt));
    if (run.endedAt.isValid())
        facts.add(RemovedRunDialog::tr("Ended"), models::exactTime(run.endedAt));
    facts.add(RemovedRunDialog::tr("Duration"), run.runMs > 0 ? models::duration(run.runMs) : QString());
    facts.add(RemovedRunDialog::tr("LLM"), run.llm);
    facts.add(RemovedRunDialog::tr("Agents"), run.agents);
    facts.add(RemovedRunDialog::tr("Map"), run.map);
    facts.add(RemovedRunDialog::tr("Workflow"), run.workflow);
    facts.add(RemovedRunDialog::tr("Seed"), QString::number(run.seed));
    facts.add(RemovedRunDialog::tr("Tokens"),
        RemovedRunDialog::tr("%1 in, %2 out, in %3 calls")
            .arg(models::count(run.tokensIn), models::count(run.tokensOut), models::count(run.calls)));
    facts.add(RemovedRunDialog::tr("Note"), run.note);
}

} // namespace

RemovedRunDialog::RemovedRunDialog(const ExperimentId &id, const std::optional<experiment::Removed> &removed,
    const QList<ledger::Bill> &bills, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("removedRunDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("A run that was deleted"));
    auto *words = new QLabel(this);
    words->setObjectName(QStringLiteral("removedRunWords"));
    words->setWordWrap(true);
    words->setTextFormat(Qt::PlainText);
    words->setText(removed ? tr("“%1” was deleted %2, and its log and results with it. Its bills stay, and this of its "
                                "record:")
                                 .arg(removed->experiment.name, models::exactTime(removed->removedAt))
                           : tr("Nothing is known here of the run %1 but its bills: it ran elsewhere, or before a copy "
                                "of the database was put back.")
                                 .arg(id.text()));
    Facts facts(this);
    if (removed)
        addRecord(facts, removed->experiment);
    Money sum;
    for (const ledger::Bill &bill : bills)
        sum = sum.plus(bill.amount).value_or(sum);
    facts.add(tr("Bills"),
        tr("%Ln bill(s), together %1", nullptr, static_cast<int>(bills.size())).arg(sum.toDisplay(QLocale())));
    auto *only = new QPushButton(tr("Only its &bills"), this);
    only->setObjectName(QStringLiteral("removedRunBills"));
    only->setAutoDefault(false);
    connect(only, &QPushButton::clicked, this, [this, id] {
        emit billsRequested(id);
        close();
    });
    auto *shut = new QPushButton(tr("Close"), this);
    shut->setObjectName(QStringLiteral("removedRunClose"));
    shut->setDefault(true);
    connect(shut, &QPushButton::clicked, this, &QDialog::close);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(only);
    buttons->addStretch();
    buttons->addWidget(shut);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(words);
    layout->addLayout(facts.form);
    layout->addStretch();
    layout->addLayout(buttons);
    resize(480, sizeHint().height());
}

} // namespace society::ui
