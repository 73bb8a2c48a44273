// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/membersdialog.h"

#include "services/experiment/workspacedatabase.h"
#include "services/ledger/ledger.h"
#include "ui/ask.h"
#include "ui/clearbutton.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"

#include <QComboBox>
#include <QEvent>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

using Model = models::MemberListModel;

MembersDialog::MembersDialog(const AppContext &context, QWidget *parent)
    : WritingDialog(parent)
    , m_context(context)
    , m_members(context.clock)
    , m_filter(new QLineEdit(this))
    , m_table(new DataTable(context.settings, QStringLiteral("memberTable"), this))
    , m_login(new QLineEdit(this))
    , m_tenant(new QComboBox(this))
    , m_role(new QComboBox(this))
    , m_give(new QPushButton(this))
    , m_remove(new QPushButton(this))
    , m_close(new QPushButton(this))
    , m_box(new QGroupBox(this))
    , m_error(new ErrorPanel(this))
{
    setObjectName(QStringLiteral("membersDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_proxy.setSourceModel(&m_members);
    buildLayout();
    connectSignals();
    retranslate();
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
    offerClearing(m_filter);
    m_table->setUp(&m_proxy, {}, Model::Login);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    for (const QString &role : store::memberRoles())
        m_role->addItem(QString(), role);
    m_role->setCurrentIndex(1);
    m_close->setObjectName(QStringLiteral("memberClose"));
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    for (QPushButton *button : {m_give, m_remove, m_close})
        button->setAutoDefault(false); // Return is the list's, and the fields'
    auto *fields = new QHBoxLayout(m_box);
    fields->setSpacing(8);
    fields->addWidget(m_login, 1);
    fields->addWidget(m_role);
    fields->addWidget(m_tenant);
    fields->addWidget(m_give);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_remove);
    buttons->addStretch();
    buttons->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(m_filter);
    layout->addWidget(m_error);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_box);
    layout->addLayout(buttons);
    resize(680, 420);
}

void MembersDialog::retranslate()
{
    setWindowTitle(tr("Members of the ledger"));
    m_filter->setPlaceholderText(tr("filter: login, tenant, role…"));
    m_filter->setAccessibleName(tr("Filter the members"));
    m_table->setAccessibleName(tr("Members"));
    m_table->setEmptyText(tr("You see no members."));
    m_login->setPlaceholderText(tr("a login of the server"));
    m_login->setAccessibleName(tr("Login"));
    m_tenant->setAccessibleName(tr("Tenant"));
    m_role->setAccessibleName(tr("Role"));
    const QStringList hints{tr("sees the tenant's configurations, experiments and bills"),
        tr("also runs: experiments, configurations, settlements"),
        tr("also recharges, corrects, and says who else is in the tenant"), tr("all of it, in every tenant")};
    for (int i = 0; i < m_role->count(); ++i) {
        m_role->setItemText(i, models::roleText(m_role->itemData(i).toString()));
        m_role->setItemData(i, hints.value(i), Qt::ToolTipRole);
    }
    m_give->setText(tr("&Give"));
    m_remove->setText(tr("&Take away…"));
    m_close->setText(tr("Close"));
    m_box->setTitle(tr("Give a login a role, in the place of the one it has"));
    m_members.retranslate();
}

void MembersDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        check();
    }
    WritingDialog::changeEvent(event);
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
    m_give->setEnabled(!isWriting() && !m_login->text().trimmed().isEmpty() && (isAdmin || m_tenant->count() > 0));
    m_remove->setEnabled(!isWriting() && m_table->selectedRows().size() == 1);
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
    write(m_context.worker, work, [this](const Result<> &done) {
        if (!done) {
            m_error->showError(done.error());
            return;
        }
        m_login->clear();
        load();
    });
}

} // namespace society::ui
