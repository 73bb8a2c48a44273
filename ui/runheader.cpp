// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runheader.h"

#include "models/experimentlistmodel.h"
#include "models/format.h"
#include "services/core/clock.h"
#include "ui/icons.h"
#include "ui/statechip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

namespace society::ui {

using experiment::State;

namespace {

constexpr int barScale = 1000;

QPushButton *makeButton(const char *name, const char *iconName, QWidget *parent)
{
    auto *button = new QPushButton(icon(iconName), QString(), parent);
    button->setObjectName(QString::fromLatin1(name));
    return button;
}

bool isInProgress(State state)
{
    return !experiment::isEnded(state);
}

} // namespace

RunHeader::RunHeader(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_back(new QToolButton(this))
    , m_state(new StateLabel(this))
    , m_name(new QLabel(this))
    , m_when(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_steps(new QLabel(this))
    , m_cost(new QLabel(this))
    , m_facts(new QLabel(this))
    , m_countdown(new QLabel(this))
    , m_stopButton(makeButton("runStop", "process-stop", this))
    , m_killButton(makeButton("runKill", "edit-bomb", this))
    , m_rerunButton(makeButton("runRerun", "view-refresh", this))
    , m_cloneButton(makeButton("runClone", "edit-copy", this))
    , m_exportButton(makeButton("runExport", "document-export", this))
    , m_folderButton(makeButton("runFolder", "folder-open", this))
{
    buildLayout();
    m_ticker.setInterval(500);
    connect(&m_ticker, &QTimer::timeout, this, &RunHeader::tick);
    connect(m_back, &QToolButton::clicked, this, &RunHeader::backRequested);
    connect(m_stopButton, &QPushButton::clicked, this, &RunHeader::stopRequested);
    connect(m_killButton, &QPushButton::clicked, this, &RunHeader::killRequested);
    connect(m_rerunButton, &QPushButton::clicked, this, &RunHeader::rerunRequested);
    connect(m_cloneButton, &QPushButton::clicked, this, &RunHeader::cloneRequested);
    connect(m_exportButton, &QPushButton::clicked, this, &RunHeader::exportRequested);
    connect(m_folderButton, &QPushButton::clicked, this, &RunHeader::folderRequested);
    retranslate();
}

void RunHeader::buildLayout()
{
    m_back->setObjectName(QStringLiteral("runBack"));
    m_back->setArrowType(Qt::LeftArrow);
    m_back->setAutoRaise(true);
    m_name->setObjectName(QStringLiteral("runName"));
    m_name->setTextFormat(Qt::PlainText);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont font = m_name->font();
    font.setPointSizeF(font.pointSizeF() * 1.25);
    font.setBold(true);
    m_name->setFont(font);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long name is cut, not the window
    m_bar->setRange(0, barScale);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(140, 14);
    m_facts->setObjectName(QStringLiteral("runFacts"));
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_facts->setWordWrap(true);
    m_cost->setObjectName(QStringLiteral("runCost"));
    m_countdown->setObjectName(QStringLiteral("runCountdown"));

    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_back);
    first->addWidget(m_state);
    first->addWidget(m_name, 1);
    for (QWidget *widget :
        {static_cast<QWidget *>(m_when), static_cast<QWidget *>(m_bar), static_cast<QWidget *>(m_steps)})
        first->addWidget(widget);
    first->addSpacing(12);
    first->addWidget(m_cost);
    auto *second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_facts, 1);
    second->addWidget(m_countdown);
    for (QPushButton *button :
        {m_stopButton, m_killButton, m_rerunButton, m_cloneButton, m_exportButton, m_folderButton})
        second->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(first);
    layout->addLayout(second);
}

void RunHeader::setExperiment(const experiment::Experiment &experiment)
{
    if (experiment.id != m_experiment.id)
        m_stop.reset();
    m_experiment = experiment;
    m_sinceLook.start();
    if (isInProgress(experiment.state))
        m_ticker.start();
    else
        m_ticker.stop();
    renew();
}

void RunHeader::setStop(const std::optional<executor::RunStatus::Stop> &stop)
{
    m_stop = stop;
    tick();
}

void RunHeader::setRerunEnabled(bool enabled)
{
    m_rerunButton->setEnabled(enabled && experiment::isEnded(m_experiment.state));
}

void RunHeader::renew()
{
    const State state = m_experiment.state;
    const bool ended = experiment::isEnded(state);
    m_state->setState(state);
    m_name->setText(m_experiment.name);
    m_name->setToolTip(m_experiment.name);
    const bool hasSteps = m_experiment.step > 0;
    m_when->setText(hasSteps ? models::simulatedTime(m_experiment.day, m_experiment.secondOfDay) : QString());
    const double progress = models::progressOf(m_experiment);
    m_bar->setVisible(m_experiment.stepsTotal > 0 && progress >= 0);
    m_bar->setValue(static_cast<int>(std::lround(qMax(0.0, progress) * barScale)));
    m_steps->setText(
        m_experiment.stepsTotal > 0
            ? tr("%1 of %2 steps").arg(models::count(m_experiment.step), models::count(m_experiment.stepsTotal))
            : QString());
    m_cost->setText(costText());
    m_cost->setToolTip(models::exactMoney(m_experiment.cost));
    m_stopButton->setVisible(!ended);
    m_stopButton->setEnabled(state != State::Stopping);
    m_killButton->setVisible(state == State::Stopping);
    m_rerunButton->setEnabled(ended);
    tick();
}

void RunHeader::tick()
{
    m_facts->setText(factsText());
    if (m_experiment.state != State::Stopping) {
        m_countdown->clear();
        return;
    }
    const qint64 left = m_stop ? m_clock.now().msecsTo(m_stop->killAt) : -1;
    m_countdown->setText(left > 0 ? tr("stopping; ended by force in %1 s").arg((left + 999) / 1000) : tr("stopping…"));
}

QString RunHeader::factsText() const
{
    const QString separator = QStringLiteral(" · ");
    QStringList facts;
    if (m_experiment.startedAt.isValid()) {
        facts += tr("started %1").arg(models::clockTime(m_experiment.startedAt));
        qint64 ms = m_experiment.runMs;
        if (isInProgress(m_experiment.state))
            ms = qMax(ms, m_experiment.startedAt.msecsTo(m_clock.now()));
        facts += models::duration(ms);
    }
    facts += tr("%Ln call(s)", nullptr, static_cast<int>(m_experiment.calls));
    facts += tr("%1 tokens").arg(models::shortCount(m_experiment.tokensIn + m_experiment.tokensOut));
    if (m_experiment.practice)
        facts += tr("practice: no key, no money, no network");
    facts += tr("seed %1").arg(m_experiment.seed);
    facts += models::modeText(m_experiment.mode);
    return facts.join(separator);
}

QString RunHeader::costText() const
{
    if (m_experiment.practice)
        return tr("free");
    QString cost = m_experiment.cost.toDisplay(QLocale());
    if (experiment::isEnded(m_experiment.state) || m_experiment.hold.isZero())
        return cost;
    //: cost so far, of what was set aside
    return tr("%1 of %2").arg(cost, m_experiment.hold.toDisplay(QLocale()));
}

void RunHeader::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void RunHeader::retranslate()
{
    m_back->setToolTip(tr("Back to the list (Esc)"));
    m_back->setAccessibleName(tr("Back to the list"));
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_stopButton->setText(tr("Stop"));
    m_stopButton->setToolTip(tr("Ask the run to end; what it wrote is kept"));
    m_killButton->setText(tr("Kill now"));
    m_killButton->setToolTip(tr("Do not wait: end every process of the run at once"));
    m_rerunButton->setText(tr("Re-run"));
    m_rerunButton->setToolTip(tr("Start a new experiment with the same record, seed included"));
    m_cloneButton->setText(tr("Clone"));
    m_cloneButton->setToolTip(tr("Choose the same configurations on the Launch page, to change something"));
    m_exportButton->setText(tr("Export…"));
    m_exportButton->setToolTip(tr("Save the log and every table as files"));
    m_folderButton->setText(tr("Folder"));
    m_folderButton->setToolTip(tr("Open the run's folder"));
    renew();
}

} // namespace society::ui
