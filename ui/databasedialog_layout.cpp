// SPDX-License-Identifier: GPL-3.0-or-later
// How the database dialog looks, and its words.
#include "ui/databasedialog.h"
#include "ui/errorpanel.h"

#include <QEvent>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {

constexpr int widest = 640;
constexpr int highestPort = 65'535;

} // namespace

void DatabaseDialog::buildLayout()
{
    const std::initializer_list<std::pair<QWidget *, const char *>> names{{m_now, "databaseNow"},
        {m_host, "databaseHost"}, {m_port, "databasePort"}, {m_database, "databaseName"}, {m_user, "databaseUser"},
        {m_password, "databasePassword"}, {m_ca, "databaseCa"}, {m_chooseCa, "databaseChooseCa"},
        {m_tls, "databaseTls"}, {m_test, "databaseTest"}, {m_result, "databaseResult"}, {m_bar, "databaseProgress"},
        {m_cancel, "databaseCancel"}, {m_use, "databaseUse"}, {m_toServer, "databaseToServer"},
        {m_toFile, "databaseToFile"}, {m_members, "databaseMembers"}, {m_close, "databaseClose"}};
    for (const auto &[widget, name] : names)
        widget->setObjectName(QString::fromLatin1(name));
    m_now->setWordWrap(true);
    m_now->setTextFormat(Qt::PlainText);
    m_now->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    m_tls->setWordWrap(true);
    m_tls->setForegroundRole(QPalette::PlaceholderText);
    m_port->setRange(1, highestPort);
    m_port->setValue(store::Server().port);
    m_password->setEchoMode(QLineEdit::Password);
    m_bar->setRange(0, 0); // how many rows there are is not known
    m_bar->setTextVisible(false);
    m_bar->setMaximumWidth(120);
    for (QPushButton *button : {m_test, m_cancel, m_use, m_toServer, m_toFile, m_members, m_close})
        button->setAutoDefault(false); // Return in a field tests

    auto *now = new QHBoxLayout(m_nowBox);
    now->addWidget(m_now, 1);
    now->addWidget(m_members, 0, Qt::AlignTop);
    auto *server = new QVBoxLayout(m_serverBox);
    server->setSpacing(8);
    auto *form = new QFormLayout;
    buildForm(form);
    server->addLayout(form);
    auto *tests = new QHBoxLayout;
    tests->setSpacing(8);
    tests->addWidget(m_test, 0, Qt::AlignTop);
    tests->addWidget(m_shape, 0, Qt::AlignTop);
    tests->addWidget(m_result, 1);
    tests->addWidget(m_bar, 0, Qt::AlignTop);
    tests->addWidget(m_cancel, 0, Qt::AlignTop);
    server->addLayout(tests);
    server->addWidget(m_error);
    auto *ways = new QHBoxLayout;
    ways->setSpacing(8);
    for (QPushButton *button : {m_use, m_toServer, m_toFile})
        ways->addWidget(button);
    ways->addStretch();
    server->addLayout(ways);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(m_nowBox);
    layout->addWidget(m_serverBox);
    layout->addStretch();
    layout->addWidget(m_close, 0, Qt::AlignRight);
    resize(widest, sizeHint().height());
}

void DatabaseDialog::buildForm(QFormLayout *form)
{
    const auto beside = [](QWidget *wide, std::initializer_list<QWidget *> others) {
        auto *line = new QHBoxLayout;
        line->setSpacing(8);
        line->addWidget(wide, 1);
        for (QWidget *other : others)
            line->addWidget(other);
        return line;
    };
    const std::initializer_list<std::pair<QLabel *, QWidget *>> buddies{{m_hostLabel, m_host}, {m_portLabel, m_port},
        {m_databaseLabel, m_database}, {m_userLabel, m_user}, {m_passwordLabel, m_password}, {m_caLabel, m_ca}};
    for (const auto &[label, widget] : buddies)
        label->setBuddy(widget);
    form->addRow(m_hostLabel, beside(m_host, {m_portLabel, m_port}));
    form->addRow(m_databaseLabel, m_database);
    form->addRow(m_userLabel, m_user);
    form->addRow(m_passwordLabel, m_password);
    form->addRow(m_caLabel, beside(m_ca, {m_chooseCa}));
    form->addRow(QString(), m_tls);
}

void DatabaseDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void DatabaseDialog::retranslate()
{
    setWindowTitle(tr("Database"));
    m_nowBox->setTitle(tr("Now"));
    m_serverBox->setTitle(tr("A ledger on a server"));
    m_hostLabel->setText(tr("&Server"));
    m_portLabel->setText(tr("P&ort"));
    m_databaseLabel->setText(tr("&Database"));
    m_userLabel->setText(tr("&Login"));
    m_passwordLabel->setText(tr("&Password"));
    m_caLabel->setText(tr("C&ertificate"));
    m_host->setPlaceholderText(tr("such as db.example.org"));
    m_ca->setPlaceholderText(tr("of the authority that has signed the server's"));
    m_chooseCa->setText(QStringLiteral("…"));
    m_chooseCa->setAccessibleName(tr("Choose the file with the certificate"));
    m_chooseCa->setToolTip(m_chooseCa->accessibleName());
    m_test->setText(tr("&Test"));
    m_test->setToolTip(tr("Connects, and says what is there and who you are. Changes nothing."));
    m_cancel->setText(tr("Cancel"));
    m_use->setText(tr("&Use this ledger…"));
    m_use->setToolTip(tr("The workspace shows what is there from now on."));
    m_toServer->setText(tr("Mo&ve this workspace to the server…"));
    m_toServer->setToolTip(tr("Takes everything along into an empty ledger."));
    m_toFile->setText(tr("Move back to a &file…"));
    m_toFile->setToolTip(tr("Takes everything from the server into a file of this workspace."));
    m_members->setText(tr("&Members…"));
    m_close->setText(tr("Close"));
    m_bar->setAccessibleName(tr("Progress"));
    m_now->setAccessibleName(tr("The database in use"));
    m_result->setAccessibleName(tr("What the server has answered"));
    showWhere();
    check();
}

// Words wrap, so the height follows from the width.
void DatabaseDialog::fit()
{
    layout()->activate();
    const int wanted = qMax(layout()->totalHeightForWidth(width()), layout()->totalMinimumSize().height());
    setMinimumHeight(wanted);
    resize(width(), wanted);
}

} // namespace society::ui
