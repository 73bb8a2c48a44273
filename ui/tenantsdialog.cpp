// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tenantsdialog.h"

#include "services/ledger/ledger.h"
#include "ui/clearbutton.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"

#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

namespace society::ui {

using Model = models::TenantListModel;

TenantsDialog::TenantsDialog(const AppContext &context, QWidget *parent)
    : WritingDialog(parent)
    , m_context(context)
    , m_tenants(context.clock)
    , m_filter(new QLineEdit(this))
    , m_sums(new QLabel(this))
    , m_table(new DataTable(context.settings, QStringLiteral("tenantTable"), this))
    , m_id(new QLineEdit(this))
    , m_name(new QLineEdit(this))
    , m_problem(new QLabel(this))
    , m_add(new QPushButton(tr("&Add"), this))
    , m_switch(new QPushButton(tr("&Work as this tenant"), this))
    , m_error(new ErrorPanel(this))
{
    setObjectName(QStringLiteral("tenantsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Tenants"));
    m_proxy.setSourceModel(&m_tenants);
    buildLayout();
    connectSignals();
    check();
    load();
}

TenantsDialog::~TenantsDialog()
{
    // The table writes down its columns at its end, and must not find its model gone by then.
    delete m_table;
}

void TenantsDialog::buildLayout()
{
    m_filter->setObjectName(QStringLiteral("tenantFilter"));
    m_sums->setObjectName(QStringLiteral("tenantSums"));
    m_id->setObjectName(QStringLiteral("tenantId"));
    m_name->setObjectName(QStringLiteral("tenantName"));
    m_problem->setObjectName(QStringLiteral("tenantProblem"));
    m_add->setObjectName(QStringLiteral("tenantAdd"));
    m_switch->setObjectName(QStringLiteral("tenantSwitch"));
    m_filter->setPlaceholderText(tr("filter: id, name…"));
    m_filter->setAccessibleName(tr("Filter the tenants"));
    offerClearing(m_filter);
    m_table->setUp(&m_proxy, {}, Model::Id);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Tenants"));
    m_table->setEmptyText(tr("No tenant is called like that."));
    m_id->setPlaceholderText(tr("id: a–z, 0–9, point, dash, underscore"));
    m_id->setAccessibleName(tr("Id of the new tenant"));
    m_name->setPlaceholderText(tr("name that is shown"));
    m_name->setAccessibleName(tr("Name of the new tenant"));
    m_problem->setWordWrap(true);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("tenantClose"));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    for (QPushButton *button : {m_add, m_switch, close})
        button->setAutoDefault(false); // Return is the list's, and the fields'
    auto *box = new QGroupBox(tr("A new tenant"), this);
    auto *fields = new QHBoxLayout;
    fields->setSpacing(8);
    fields->addWidget(m_id, 1);
    fields->addWidget(m_name, 1);
    fields->addWidget(m_add);
    auto *inBox = new QVBoxLayout(box);
    inBox->setSpacing(4);
    inBox->addLayout(fields);
    inBox->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_switch);
    buttons->addStretch();
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(m_filter);
    layout->addWidget(m_error);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_sums);
    layout->addWidget(box);
    layout->addLayout(buttons);
    resize(940, 440);
}

void TenantsDialog::connectSignals()
{
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) { m_proxy.setText(text); });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(); });
    connect(m_table, &DataTable::opened, this, &TenantsDialog::choose);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TenantsDialog::check);
    connect(m_switch, &QPushButton::clicked, this, [this] { choose(m_table->currentIndex()); });
    connect(m_id, &QLineEdit::textChanged, this, &TenantsDialog::check);
    for (QLineEdit *edit : {m_id, m_name})
        connect(edit, &QLineEdit::returnPressed, this, &TenantsDialog::add);
    connect(m_add, &QPushButton::clicked, this, &TenantsDialog::add);
}

void TenantsDialog::load()
{
    m_context.worker.run(
        this, [&context = m_context] { return context.ledger.tenantSummaries(QTimeZone::systemTimeZone()); },
        [this](const Result<QList<ledger::TenantSummary>> &tenants) {
            if (!tenants) {
                m_error->showError(tenants.error());
                return;
            }
            const bool first = m_tenants.rowCount() == 0;
            m_tenants.setRows(*tenants);
            updateSums();
            if (!first)
                return;
            const int mine = m_tenants.rowOf(m_context.tenant);
            m_table->setCurrentIndex(m_proxy.mapFromSource(m_tenants.index(qMax(0, mine), 0)));
            m_table->setFocus();
        });
}

void TenantsDialog::updateSums()
{
    Money balance, held, spent;
    const auto add = [](Money &sum, Money amount) { sum = sum.plus(amount).value_or(sum); };
    for (const ledger::TenantSummary &tenant : m_tenants.rows()) {
        add(balance, tenant.account.balance);
        add(held, tenant.account.held);
        add(spent, tenant.monthSpent.negated());
    }
    const QLocale locale;
    m_sums->setText(tr("%Ln tenant(s) · balance %1 · held %2 · spent this month %3", nullptr, m_tenants.rowCount())
                        .arg(balance.toDisplay(locale), held.toDisplay(locale), spent.toDisplay(locale)));
}

void TenantsDialog::check()
{
    const QString id = m_id->text().trimmed();
    const auto checked = parseTenantId(id);
    QString problem;
    if (!id.isEmpty() && !checked)
        problem = checked.error().message + u' ' + checked.error().remedy;
    else if (!id.isEmpty() && m_tenants.rowOf(id) >= 0)
        problem = tr("There is such a tenant already.");
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_add->setEnabled(!isWriting() && !id.isEmpty() && problem.isEmpty());
    const QString chosen = m_table->currentIndex().data(models::IdRole).toString();
    m_switch->setEnabled(
        !isWriting() && !chosen.isEmpty() && chosen != m_context.tenant && m_table->selectionModel()->hasSelection());
}

void TenantsDialog::choose(const QModelIndex &index)
{
    const QString id = index.data(models::IdRole).toString();
    if (id.isEmpty() || isWriting())
        return;
    if (id != m_context.tenant)
        emit tenantRequested(id);
    close();
}

void TenantsDialog::add()
{
    if (!m_add->isEnabled())
        return;
    m_error->clear();
    write(
        m_context.worker,
        [&context = m_context, id = m_id->text().trimmed(), name = m_name->text().trimmed()] {
            return context.ledger.addTenant(id, name);
        },
        [this](const Result<ledger::Tenant> &tenant) {
            if (!tenant) {
                m_error->showError(tenant.error());
                return;
            }
            m_id->clear();
            m_name->clear();
            load();
        });
}

} // namespace society::ui
