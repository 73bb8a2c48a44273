// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/membersdialog.h"

#include "services/experiment/workspacedatabase.h"
#include "services/ledger/ledger.h"
#include "ui/ask.h"
#include "ui/clearbutton.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"

#include <QComboBox>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

using Model = models::MemberListModel;

MembersDialog::MembersDialog(const AppContext &context, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_members(context.clock)
    , m_filter(new QLineEdit(this))
    , m_table(new DataTable(context.settings, QStringLiteral("memberTable"), this))
    , m_login(new QLineEdit(this))
    , m_tenant(new QComboBox(this))
    , m_role(new QComboBox(this))
    , m_give(new QPushButton(tr("&Give"), this))
    , m_remove(new QPushButton(tr("&Take away…"), this))
    , m_error(new ErrorPanel(this))
{
    setObjectName(QStringLiteral("membersDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Members of the ledger"));
    m_proxy.setSourceModel(&m_members);
    buildLayout();
    connectSignals();
    check();
    load();
}

MembersDialog::~MembersDialog()
{
    // The table writes down its columns at its end, and must not find its model gone by then.
    delete m_table;
}

void MembersDialog::buildLayout()
{
    m_filter->setObjectName(QStringLiteral("memberFilter"));
    m_login->setObjectName(QStringLiteral("memberLogin"));
    m_tenant->setObjectName(QStringLiteral("memberTenant"));
    m_role->setObjectName(QStringLiteral("memberRole"));
    m_give->setObjectName(QStringLiteral("memberGive"));
    m_remove->setObjectName(QStringLiteral("memberRemove"));
    m_filter->setPlaceholderText(tr("filter: login, tenant, role…"));
    m_filter->setAccessibleName(tr("Filter the members"));
    offerClearing(m_filter);
    m_table->setUp(&m_proxy, {}, Model::Login);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Members"));
    m_table->setEmptyText(tr("You see no members."));
    m_login->setPlaceholderText(tr("a login of the server"));
    m_login->setAccessibleName(tr("Login"));
    m_tenant->setAccessibleName(tr("Tenant"));
    m_role->setAccessibleName(tr("Role"));
    const QStringList hints{tr("sees the tenant's configurations, experiments and bills"),
        tr("also runs: experiments, configurations, settlements"),
        tr("also recharges, corrects, and says who else is in the tenant"), tr("all of it, in every tenant")};
    for (const QString &role : store::memberRoles()) {
        m_role->addItem(models::roleText(role), role);
        m_role->setItemData(m_role->count() - 1, hints.value(m_role->count() - 1), Qt::ToolTipRole);
    }
    m_role->setCurrentIndex(1);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("memberClose"));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    for (QPushButton *button : {m_give, m_remove, close})
        button->setAutoDefault(false); // Return is the list's, and the fields'
    auto *box = new QGroupBox(tr("Give a login a role, in the place of the one it has"), this);
    auto *fields = new QHBoxLayout(box);
    fields->setSpacing(8);
    fields->addWidget(m_login, 1);
    fields->addWidget(m_role);
    fields->addWidget(m_tenant);
    fields->addWidget(m_give);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_remove);
    buttons->addStretch();
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(m_filter);
    layout->addWidget(m_error);
    layout->addWidget(m_table, 1);
    layout->addWidget(box);
    layout->addLayout(buttons);
    resize(680, 420);
}

void MembersDialog::connectSignals()
{
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) { m_proxy.setText(text); });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &MembersDialog::check);
    connect(m_login, &QLineEdit::textChanged, this, &MembersDialog::check);
    connect(m_login, &QLineEdit::returnPressed, this, &MembersDialog::give);
    connect(m_role, &QComboBox::currentIndexChanged, this, &MembersDialog::check);
    connect(m_give, &QPushButton::clicked, this, &MembersDialog::give);
    connect(m_remove, &QPushButton::clicked, this, &MembersDialog::askToRemove);
}

void MembersDialog::load()
{
    using Found = std::pair<QList<store::Member>, QList<ledger::Tenant>>;
    m_context.worker.run(
        this,
        [&context = m_context]() -> Result<Found> {
            Found found;
            SOCIETY_ASSIGN(found.first, context.database.members());
            SOCIETY_ASSIGN(found.second, context.ledger.tenants());
            return found;
        },
        [this](const Result<Found> &found) {
            if (!found) {
                m_error->showError(found.error());
                return;
            }
            m_members.setRows(found->first);
            const QString before = m_tenant->count() == 0 ? m_context.tenant : m_tenant->currentText();
            m_tenant->clear();
            for (const ledger::Tenant &tenant : found->second) {
                if (!tenant.id.isEmpty())
                    m_tenant->addItem(tenant.id);
            }
            m_tenant->setCurrentIndex(qMax(0, m_tenant->findText(before)));
            check();
        });
}

void MembersDialog::check()
{
    const bool isAdmin = m_role->currentData().toString() == store::memberRoles().constLast();
    m_tenant->setEnabled(!isAdmin); // an admin has every tenant
    m_give->setEnabled(!m_login->text().trimmed().isEmpty() && (isAdmin || m_tenant->count() > 0));
    m_remove->setEnabled(m_table->selectedRows().size() == 1);
    m_remove->setToolTip(m_remove->isEnabled() ? QString() : tr("Choose a member in the list."));
}

void MembersDialog::give()
{
    if (!m_give->isEnabled())
        return;
    const QString role = m_role->currentData().toString();
    const TenantId tenant = m_tenant->isEnabled() ? m_tenant->currentText() : TenantId();
    change([&context = m_context, login = m_login->text().trimmed(), tenant, role] {
        return context.database.setMember(login, tenant, role);
    });
}

void MembersDialog::askToRemove()
{
    const int at = m_members.rowOf(m_table->currentIndex().data(models::IdRole).toString());
    if (at < 0)
        return;
    const store::Member member = m_members.rowAt(at);
    askBeforeLoss(this, tr("Take a role away"), tr("“%1” is %2.").arg(member.login, models::rolesText({member})),
        tr("What it has done stays. It sees nothing of the tenant from now on; the role can be given again."),
        tr("&Take away"), [this, member] {
            change(
                [&context = m_context, member] { return context.database.removeMember(member.login, member.tenant); });
        });
}

void MembersDialog::change(const std::function<Result<>()> &work)
{
    m_error->clear();
    m_context.worker.run(this, work, [this](const Result<> &done) {
        if (!done) {
            m_error->showError(done.error());
            return;
        }
        m_login->clear();
        load();
    });
}

} // namespace society::ui
