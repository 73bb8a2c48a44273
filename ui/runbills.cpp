// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbills.h"

#include "services/experiment/experimentservice.h"
#include "services/ledger/ledger.h"
#include "ui/appsettings.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

using Model = models::BillListModel;

RunBills::RunBills(const AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_sum(new QLabel(this))
    , m_check(new QLabel(this))
    , m_all(new QPushButton(this))
    , m_error(new ErrorPanel(this))
    , m_table(new DataTable(context.settings, QStringLiteral("runBillTable"), this))
{
    m_sum->setObjectName(QStringLiteral("runBillSum"));
    m_check->setObjectName(QStringLiteral("runCrossCheck"));
    m_check->setWordWrap(true);
    m_check->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_all->setObjectName(QStringLiteral("runAllBills"));
    m_table->setUp(&m_model, {Model::Experiment, Model::BalanceAfter}, -1);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_sum, 1);
    bar->addWidget(m_all);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addLayout(bar);
    layout->addWidget(m_check);
    layout->addWidget(m_error);
    layout->addWidget(m_table, 1);
    setFocusProxy(m_table);
    connect(m_all, &QPushButton::clicked, this, [this] { emit billsRequested(m_id); });
    retranslate();
}

RunBills::~RunBills()
{
    // The table writes down its columns at its end, and must not find its model gone by then.
    delete m_table;
}

void RunBills::setExperiment(const ExperimentId &id, bool settled)
{
    if (id != m_id)
        m_model.setRows({});
    if (id != m_id)
        m_crossCheck.reset();
    const bool changed = id != m_id || settled != m_settled;
    m_id = id;
    m_settled = settled;
    if (changed && isVisible())
        load();
    updateSum();
}

void RunBills::load()
{
    if (m_id.isNull())
        return;
    struct Answer {
        ExperimentId id;
        Result<QList<ledger::Bill>> bills;
        std::optional<experiment::CrossCheck> check;
    };
    m_context.worker.run(
        this,
        [&context = m_context, id = m_id, settled = m_settled] {
            Answer answer{id, context.ledger.billsOf(context.tenant, id), {}};
            if (!settled)
                return answer;
            if (const auto run = context.experiments.find(context.tenant, id.text()))
                answer.check = experiment::crossCheckOf(*run);
            return answer;
        },
        [this](const Answer &answer) {
            if (answer.id != m_id)
                return;
            if (!answer.bills) {
                m_error->showError(answer.bills.error());
                return;
            }
            m_error->clear();
            m_crossCheck = answer.check;
            m_model.setRows(*answer.bills);
            for (const int column : {Model::Time, Model::Item, Model::Quantity, Model::UnitPrice, Model::Amount})
                m_table->resizeColumnToContents(column);
            updateSum();
        });
}

void RunBills::updateSum()
{
    Money sum;
    for (const ledger::Bill &bill : m_model.rows())
        sum = sum.plus(bill.amount).value_or(sum); // no run costs more than 64 bits of micro-yuan
    m_sum->setText(m_settled ? tr("%Ln bill(s), together %1", nullptr, m_model.rowCount()).arg(sum.toDisplay(QLocale()))
                             : tr("Bills are written when the run has ended."));
    m_check->setText(m_crossCheck ? experiment::crossCheckText(*m_crossCheck) : QString());
    m_check->setVisible(m_crossCheck.has_value());
    m_table->setEmptyText(m_settled ? tr("This run was billed nothing: its runner was never started.")
                                    : tr("Bills are written when the run has ended."));
}

void RunBills::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void RunBills::retranslate()
{
    m_all->setText(tr("Show on the Accounts page"));
    m_table->setAccessibleName(tr("Bills of the run"));
    m_model.retranslate();
    updateSum();
}

} // namespace society::ui
