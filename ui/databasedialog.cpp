// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/databasedialog.h"

#include "models/memberlistmodel.h"
#include "ui/ask.h"
#include "ui/errorpanel.h"
#include "ui/membersdialog.h"
#include "ui/statechip.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <chrono>
#include <utility>

namespace society::ui {

namespace {

using namespace std::chrono_literals;
using experiment::DatabaseTest;
using experiment::DatabaseWhere;
using experiment::Moved;

constexpr auto progressEvery = 100ms;
constexpr int shapeSize = 16;

} // namespace

DatabaseDialog::DatabaseDialog(const AppContext &context, const std::function<bool()> &mayLeave, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_mayLeave(mayLeave)
    , m_nowBox(new QGroupBox(this))
    , m_serverBox(new QGroupBox(this))
    , m_now(new QLabel(this))
    , m_hostLabel(new QLabel(this))
    , m_databaseLabel(new QLabel(this))
    , m_userLabel(new QLabel(this))
    , m_passwordLabel(new QLabel(this))
    , m_caLabel(new QLabel(this))
    , m_portLabel(new QLabel(this))
    , m_host(new QLineEdit(this))
    , m_database(new QLineEdit(this))
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_ca(new QLineEdit(this))
    , m_port(new QSpinBox(this))
    , m_chooseCa(new QToolButton(this))
    , m_tls(new QLabel(this))
    , m_test(new QPushButton(this))
    , m_shape(new QLabel(this))
    , m_result(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QPushButton(this))
    , m_error(new ErrorPanel(this))
    , m_use(new QPushButton(this))
    , m_toServer(new QPushButton(this))
    , m_toFile(new QPushButton(this))
    , m_members(new QPushButton(this))
    , m_close(new QPushButton(this))
{
    setObjectName(QStringLiteral("databaseDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    buildLayout();
    // As the eye goes, not as the widgets were made.
    const QList<QWidget *> order{m_members, m_host, m_port, m_database, m_user, m_password, m_ca, m_chooseCa, m_test,
        m_cancel, m_use, m_toServer, m_toFile, m_close};
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));
    m_timer.setInterval(progressEvery);
    connectSignals();
    end();
    retranslate();
    m_host->setFocus();
    load();
}

DatabaseDialog::~DatabaseDialog()
{
    if (m_progress)
        m_progress->cancelled = true; // nobody would hear of its end
}

void DatabaseDialog::connectSignals()
{
    for (QLineEdit *edit : {m_host, m_database, m_user, m_password, m_ca}) {
        connect(edit, &QLineEdit::textChanged, this, &DatabaseDialog::check);
        connect(edit, &QLineEdit::returnPressed, this, [this] {
            if (m_test->isEnabled())
                test();
        });
    }
    connect(m_test, &QPushButton::clicked, this, &DatabaseDialog::test);
    connect(m_cancel, &QPushButton::clicked, this, &DatabaseDialog::cancel);
    connect(m_use, &QPushButton::clicked, this, &DatabaseDialog::askToUse);
    connect(m_toServer, &QPushButton::clicked, this, &DatabaseDialog::askToMoveToServer);
    connect(m_toFile, &QPushButton::clicked, this, &DatabaseDialog::askToMoveToFile);
    connect(m_chooseCa, &QToolButton::clicked, this, &DatabaseDialog::chooseCertificate);
    connect(m_members, &QPushButton::clicked, this, &DatabaseDialog::showMembers);
    connect(m_close, &QPushButton::clicked, this, &DatabaseDialog::reject);
    connect(&m_timer, &QTimer::timeout, this, &DatabaseDialog::showProgress);
}

void DatabaseDialog::load()
{
    m_context.prober.run(
        this, [&context = m_context] { return context.database.where(); },
        [this](const Result<DatabaseWhere> &where) {
            if (!where) {
                m_error->showError(where.error());
                fit();
                return;
            }
            m_where = *where;
            m_loaded = true;
            if (m_where.server && m_host->text().isEmpty()) {
                m_host->setText(m_where.server->host);
                m_port->setValue(m_where.server->port);
                m_database->setText(m_where.server->database);
                m_user->setText(m_where.server->user);
                m_ca->setText(m_where.server->caFile);
            }
            showWhere();
            check();
        });
    m_context.prober.run(
        this, [&context = m_context] { return context.database.present(); },
        [this](const Result<DatabaseTest> &present) {
            if (present)
                m_present = *present;
            else if (present.error().code != QLatin1String("not_shared"))
                m_error->showError(present.error());
            showWhere();
        });
}

void DatabaseDialog::showWhere()
{
    if (!m_loaded)
        m_now->setText(QString());
    else if (!m_where.server)
        m_now->setText(tr("A file of this workspace: %1").arg(m_where.file));
    else if (!m_present)
        m_now->setText(tr("The ledger in %1").arg(m_where.server->text()));
    else
        m_now->setText(tr("The ledger in %1\nYou are “%2” there: %3.")
                           .arg(m_where.server->text(), m_present->server.user, models::rolesText(m_present->roles)));
    const bool isShared = m_where.server.has_value();
    m_members->setVisible(isShared);
    m_toServer->setVisible(!isShared);
    m_toFile->setVisible(isShared);
    m_password->setPlaceholderText(m_where.hasPassword ? tr("one is stored") : tr("else ~/.pgpass is asked"));
    fit();
}

store::Server DatabaseDialog::server() const
{
    store::Server server = m_where.server.value_or(store::Server());
    server.host = m_host->text().trimmed();
    server.port = m_port->value();
    server.database = m_database->text().trimmed();
    server.user = m_user->text().trimmed();
    server.caFile = m_ca->text().trimmed();
    return server;
}

experiment::WorkspaceDatabase::Password DatabaseDialog::password() const
{
    QByteArray bytes = m_password->text().toUtf8();
    return std::make_shared<secrets::SecretBytes>(secrets::SecretBytes::take(bytes));
}

void DatabaseDialog::check()
{
    const store::Server server = this->server();
    if (!server.caFile.isEmpty())
        m_tls->setText(tr("Encryption is required; the server's certificate must be signed by this authority and name "
                          "“%1”.")
                           .arg(server.host));
    else if (server.host.isEmpty())
        m_tls->setText(tr("Encryption is required, unless the server is this machine."));
    else if (server.isLoopback())
        m_tls->setText(tr("This machine: what is said does not leave it, so encryption is not required."));
    else
        m_tls->setText(tr("Encryption is required; any certificate is taken. Give that of the authority to be sure who "
                          "answers."));
    const bool isWhole = !server.host.isEmpty() && !server.database.isEmpty() && !server.user.isEmpty();
    const bool isIdle = m_task == Task::None && m_loaded;
    m_test->setEnabled(isIdle && isWhole);
    m_use->setEnabled(isIdle && isWhole);
    m_toServer->setEnabled(isIdle && isWhole);
    m_toFile->setEnabled(isIdle);
    m_close->setEnabled(m_task != Task::Move);
    for (QWidget *field : {static_cast<QWidget *>(m_host), static_cast<QWidget *>(m_port),
             static_cast<QWidget *>(m_database), static_cast<QWidget *>(m_user), static_cast<QWidget *>(m_password),
             static_cast<QWidget *>(m_ca), static_cast<QWidget *>(m_chooseCa)})
        field->setEnabled(m_task == Task::None);
}

void DatabaseDialog::begin(Task task)
{
    m_task = task;
    ++m_request;
    m_error->clear();
    m_shape->hide();
    m_result->setText(task == Task::Test ? tr("Connecting…") : tr("Moving…"));
    m_bar->show();
    m_cancel->show();
    m_cancel->setEnabled(true);
    check();
    m_cancel->setFocus();
    fit();
    if (task == Task::Move)
        emit moving(true);
}

void DatabaseDialog::end()
{
    const Task ended = std::exchange(m_task, Task::None);
    m_timer.stop();
    m_bar->hide();
    m_cancel->hide();
    m_shape->hide();
    m_result->clear();
    check();
    if (ended == Task::Move)
        emit moving(false);
}

void DatabaseDialog::test()
{
    begin(Task::Test);
    m_context.prober.run(
        this,
        [&context = m_context, server = server(), password = password()] {
            return context.database.test(server, password);
        },
        [this, request = m_request](const Result<DatabaseTest> &test) {
            if (request != m_request)
                return; // cancelled
            end();
            if (test)
                showTest(*test);
            else
                m_error->showError(test.error());
            (test ? m_use : m_test)->setFocus();
            fit();
        });
}

void DatabaseDialog::showTest(const DatabaseTest &test)
{
    if (!m_password->text().isEmpty() && !test.notKept) {
        m_password->clear();
        m_password->setPlaceholderText(tr("one is stored"));
    }
    const QString encryption =
        test.facts.encrypted ? tr("encrypted (%1)").arg(test.facts.tlsVersion) : tr("not encrypted (this machine)");
    QString words = tr("It works: PostgreSQL %1, %2, %3 ms away. You are “%4” there: %5.")
                        .arg(test.facts.version, encryption, QLocale().toString(test.facts.roundTripMs, 'f', 1),
                            test.server.user, models::rolesText(test.roles));
    if (test.notKept)
        words +=
            u'\n' +
            tr("The password is kept until the window closes: %1 %2").arg(test.notKept->sentence, test.notKept->remedy);
    const bool isGood = !test.notKept && !test.roles.isEmpty();
    m_shape->setPixmap(severityIcon(isGood ? Severity::Good : Severity::Warning, palette()).pixmap(shapeSize));
    m_shape->show();
    m_result->setText(words);
}

void DatabaseDialog::cancel()
{
    if (m_task == Task::Move) {
        m_progress->cancelled = true; // its end says what came of it
        m_cancel->setEnabled(false);
        return;
    }
    ++m_request; // an answer that still comes is not wanted
    end();
    m_result->setText(tr("Cancelled."));
    m_test->setFocus();
}

void DatabaseDialog::askToUse()
{
    if (!m_mayLeave())
        return;
    const auto use = [this] {
        run([&context = m_context, server = server(), password = password()](
                const experiment::MoveProgress &) { return context.database.use(server, password); });
    };
    if (m_where.server) {
        use();
        return;
    }
    askBeforeLoss(this, tr("Use the ledger on a server"),
        tr("The workspace uses the ledger in %1 from now on.").arg(server().text()),
        tr("Its own database is set aside as a file beside it, with the configurations and settings in it: they are "
           "not shown any more. That is done only where it has no experiments and no bills; else move it."),
        tr("&Use it"), use);
}

void DatabaseDialog::askToMoveToServer()
{
    if (!m_mayLeave())
        return;
    askBeforeLoss(this, tr("Move the workspace to the server"),
        tr("Everything in this workspace's database goes to the ledger in %1: experiments, bills, prices, "
           "configurations.")
            .arg(server().text()),
        tr("That ledger must be empty, and you its admin. Both are audited and compared before the workspace changes "
           "over; the file is kept. Runs in progress go on; starts wait. Whoever else has this workspace open must "
           "open it again."),
        tr("&Move it"), [this] {
            run([&context = m_context, server = server(), password = password()](
                    const experiment::MoveProgress &progress) {
                return context.database.moveToServer(server, password, progress);
            });
        });
}

void DatabaseDialog::askToMoveToFile()
{
    if (!m_mayLeave())
        return;
    askBeforeLoss(this, tr("Move the ledger back to a file"),
        tr("Everything in the ledger in %1 goes into a file of this workspace.").arg(m_where.server->text()),
        tr("On the server it is closed for writing, for all who share it. Members and roles do not come along: whoever "
           "can read the file sees every tenant. Both are audited and compared before the workspace changes over."),
        tr("&Move it"), [this] {
            run([&context = m_context](
                    const experiment::MoveProgress &progress) { return context.database.moveToFile(progress); });
        });
}

/// In the worker of the starts, since none may begin meanwhile.
void DatabaseDialog::run(const Move &move)
{
    begin(Task::Move);
    m_progress = std::make_shared<Progress>();
    m_timer.start();
    m_context.starter.run(
        this,
        [move, progress = m_progress] {
            return move([progress](const QString &table, qint64 rows) {
                const std::lock_guard lock(progress->mutex);
                progress->table = table;
                progress->rows = rows;
                return !progress->cancelled;
            });
        },
        [this](const Result<Moved> &done) {
            end();
            m_progress.reset();
            if (done) {
                moved(*done);
                return;
            }
            m_error->showError(done.error());
            fit();
        });
}

void DatabaseDialog::showProgress()
{
    if (!m_progress || m_progress->rows < 0)
        return;
    const std::lock_guard lock(m_progress->mutex);
    m_result->setText(m_progress->table.isEmpty()
                          ? tr("Auditing both and comparing…")
                          : tr("%1: %L2 rows").arg(m_progress->table).arg(m_progress->rows.load()));
}

void DatabaseDialog::moved(const Moved &moved)
{
    QStringList words;
    if (moved.rows == 0) {
        words += tr("The workspace uses the ledger in %1.").arg(moved.database);
        if (!moved.kept.isEmpty())
            words += tr("Its own database is kept as %1.").arg(moved.kept);
    } else {
        words += tr("%L1 rows, %L2 of them bills, are now in %3.").arg(moved.rows).arg(moved.bills).arg(moved.database);
        words += moved.differences == 0
                     ? tr("Both databases were audited and compared: they are the same, and everything agrees.")
                     : tr("Both databases were audited and compared: they are the same, also in %Ln difference(s) that "
                          "the audit found. Accounts names them.",
                           nullptr, static_cast<int>(moved.differences));
        words += tr("What was before is kept as %1; nobody writes to it any more.").arg(moved.kept);
    }
    close();
    emit databaseChanged(words.join(u'\n'));
}

void DatabaseDialog::chooseCertificate()
{
    auto *dialog = new QFileDialog(this, tr("Certificate of the authority"), QFileInfo(m_ca->text()).absolutePath());
    dialog->setObjectName(QStringLiteral("databaseCaDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Certificates (*.crt *.pem)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, m_ca, &QLineEdit::setText);
    dialog->open();
}

void DatabaseDialog::showMembers()
{
    auto *dialog = new MembersDialog(m_context, this);
    dialog->open();
}

// A move goes on or is cancelled by its button: its end must be heard.
void DatabaseDialog::reject()
{
    if (m_task != Task::Move)
        QDialog::reject();
}

} // namespace society::ui
