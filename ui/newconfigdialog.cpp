// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/newconfigdialog.h"

#include "ui/configtemplates.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <array>

namespace society::ui {

namespace {

using config::Kind;

constexpr std::array creatable{Kind::Llm, Kind::Agents, Kind::Workflow, Kind::Survey};

} // namespace

NewConfigDialog::NewConfigDialog(Kind kind, QWidget *parent)
    : QDialog(parent)
    , m_kind(new QComboBox(this))
    , m_template(new QComboBox(this))
    , m_name(new QLineEdit(this))
    , m_create(new QPushButton(tr("&Create"), this))
{
    setObjectName(QStringLiteral("newConfigDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New configuration"));
    m_kind->setObjectName(QStringLiteral("newKind"));
    m_template->setObjectName(QStringLiteral("newTemplate"));
    m_name->setObjectName(QStringLiteral("newName"));
    m_create->setObjectName(QStringLiteral("newCreate"));
    for (const Kind each : creatable)
        m_kind->addItem(config::kindTitle(each), static_cast<int>(each));
    m_kind->setCurrentIndex(qMax(0, m_kind->findData(static_cast<int>(kind))));
    m_name->setMaxLength(200);
    fillTemplates();
    auto *form = new QFormLayout;
    form->addRow(tr("&Kind"), m_kind);
    form->addRow(tr("&Begin with"), m_template);
    form->addRow(tr("&Name"), m_name);
    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(m_create, QDialogButtonBox::AcceptRole);
    buttons->addButton(new QPushButton(tr("Cancel"), this), QDialogButtonBox::RejectRole);
    m_create->setDefault(true);
    m_create->setEnabled(false);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(buttons);
    resize(460, sizeHint().height());
    m_name->setFocus();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &NewConfigDialog::fillTemplates);
    connect(m_name, &QLineEdit::textChanged, this, [this] { m_create->setEnabled(!name().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void NewConfigDialog::fillTemplates()
{
    m_template->clear();
    for (const ConfigTemplate &each : configTemplates(kind()))
        m_template->addItem(each.title, each.text);
}

Kind NewConfigDialog::kind() const
{
    return static_cast<Kind>(m_kind->currentData().toInt());
}

QString NewConfigDialog::name() const
{
    return m_name->text().trimmed();
}

QByteArray NewConfigDialog::text() const
{
    return m_template->currentData().toByteArray();
}

} // namespace society::ui
