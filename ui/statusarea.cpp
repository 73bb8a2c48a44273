// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statusarea.h"

#include "ui/errorpanel.h"
#include "ui/icons.h"
#include "ui/statechip.h"

#include <QDialog>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {

constexpr qsizetype maxProblems = 50;

QToolButton *makeButton(const char *name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

StatusArea::StatusArea(const TenantId &tenant, Activities &activities, QWidget *parent)
    : QStatusBar(parent)
    , m_tenant(tenant)
    , m_activities(activities)
    , m_problem(makeButton("statusProblem", this))
    , m_step(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(makeButton("statusCancel", this))
    , m_runsButton(makeButton("statusRuns", this))
    , m_money(makeButton("statusMoney", this))
{
    m_step->setObjectName(QStringLiteral("statusStep"));
    m_progress->setObjectName(QStringLiteral("statusProgress"));
    m_progress->setFixedWidth(120);
    m_progress->setMaximumHeight(14);
    m_progress->setTextVisible(false);
    addWidget(m_problem, 1);
    m_problem->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    for (QWidget *widget : {static_cast<QWidget *>(m_step), static_cast<QWidget *>(m_progress),
             static_cast<QWidget *>(m_cancel), static_cast<QWidget *>(m_runsButton), static_cast<QWidget *>(m_money)})
        addPermanentWidget(widget);

    connect(m_problem, &QToolButton::clicked, this, &StatusArea::readProblem);
    connect(m_money, &QToolButton::clicked, this, &StatusArea::accountClicked);
    connect(m_runsButton, &QToolButton::clicked, this, &StatusArea::runsClicked);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (!m_activities.activities().isEmpty() && m_activities.activities().first().cancel)
            m_activities.activities().first().cancel->store(true);
    });
    connect(&m_activities, &Activities::changed, this, &StatusArea::updateActivity);
    retranslate();
    updateActivity();
    updateProblem();
}

void StatusArea::setAccount(const ledger::Account &account)
{
    m_account = account;
    m_hasAccount = true;
    retranslate();
}

void StatusArea::setRuns(int count)
{
    m_runs = count;
    retranslate();
}

void StatusArea::addProblem(const Error &error)
{
    if (m_problems.contains(error))
        return;
    if (m_problems.size() >= maxProblems) {
        m_problems.removeFirst();
        ++m_forgotten;
    }
    m_problems.append(error);
    updateProblem();
}

void StatusArea::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange)
        updateProblem();
    QStatusBar::changeEvent(event);
}

void StatusArea::retranslate()
{
    const QLocale locale;
    const QString money =
        m_hasAccount ? tr("%1 · available %2").arg(m_tenant, m_account.available.toDisplay(locale)) : m_tenant;
    m_money->setText(money);
    m_money->setAccessibleName(money);
    m_money->setToolTip(m_hasAccount ? tr("Balance %1, held for runs %2. Click for the account.")
                                           .arg(m_account.balance.toDisplay(locale), m_account.held.toDisplay(locale))
                                     : QString());
    m_runsButton->setText(m_runs == 0 ? tr("no runs in progress") : tr("%n run(s) in progress", nullptr, m_runs));
    m_runsButton->setAccessibleName(m_runsButton->text());
    m_runsButton->setIcon(m_runs == 0 ? QIcon() : stateIcon(experiment::State::Running, palette()));
    m_cancel->setToolTip(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel the background work"));
    m_progress->setAccessibleName(tr("Progress of the background work"));
    updateProblem();
}

void StatusArea::updateActivity()
{
    const bool busy = !m_activities.activities().isEmpty();
    for (QWidget *widget : {static_cast<QWidget *>(m_step), static_cast<QWidget *>(m_progress)})
        widget->setVisible(busy);
    m_cancel->setVisible(busy && m_activities.activities().first().cancel);
    if (!busy)
        return;
    if (m_cancel->icon().isNull())
        m_cancel->setIcon(icon("dialog-cancel"));
    const Activities::Activity &first = m_activities.activities().first();
    QString text = first.step.isEmpty() ? first.title : tr("%1: %2").arg(first.title, first.step);
    if (const qsizetype more = m_activities.activities().size() - 1; more > 0)
        text += tr(" (+%n more)", nullptr, static_cast<int>(more));
    m_step->setText(fontMetrics().elidedText(text, Qt::ElideRight, 360));
    m_step->setToolTip(text);
    m_progress->setRange(0, first.percent < 0 ? 0 : 100);
    m_progress->setValue(qMax(0, first.percent));
}

void StatusArea::updateProblem()
{
    m_problem->setVisible(!m_problems.isEmpty());
    if (m_problems.isEmpty()) {
        m_forgotten = 0;
        return;
    }
    QString text = m_problems.first().message;
    if (m_problems.size() > 1)
        text += tr(" (+%n more)", nullptr, static_cast<int>(m_problems.size() - 1));
    m_problem->setText(text);
    m_problem->setIcon(severityIcon(Severity::Fault, palette()));
    QString hint = tr("Click to read and dismiss");
    if (m_forgotten > 0)
        hint += u'\n' + tr("%n earlier one(s) are not kept.", nullptr, m_forgotten);
    m_problem->setToolTip(hint);
    m_problem->setAccessibleName(tr("Unread problem: %1").arg(text));
}

void StatusArea::readProblem()
{
    if (m_problems.isEmpty() || m_dialog)
        return;
    auto *dialog = new QDialog(window());
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("problemDialog"));
    dialog->setWindowTitle(tr("Problem"));
    dialog->resize(560, 160);
    auto *panel = new ErrorPanel(dialog);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(panel);
    if (m_forgotten > 0) {
        auto *forgotten = new QLabel(tr("%n earlier one(s) are not kept.", nullptr, m_forgotten), dialog);
        forgotten->setObjectName(QStringLiteral("problemsForgotten"));
        layout->addWidget(forgotten);
    }
    layout->addStretch();
    panel->showError(m_problems.first());
    // Read is what was shown and then put away, by the panel's button or with the dialog.
    connect(panel, &ErrorPanel::dismissed, dialog, &QDialog::close);
    connect(dialog, &QDialog::finished, this, [this, error = m_problems.first()] {
        m_problems.removeOne(error);
        updateProblem();
    });
    dialog->show(); // it hinders nothing: it may stay open beside the work
}

} // namespace society::ui
