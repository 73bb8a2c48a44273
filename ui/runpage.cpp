// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runpage.h"

#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/logpane.h"
#include "ui/recordview.h"
#include "ui/resulttables.h"
#include "ui/runbills.h"
#include "ui/runending.h"
#include "ui/runheader.h"
#include "ui/runlogs.h"
#include "ui/runphases.h"

#include <QLabel>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <chrono>

namespace society::ui {

using experiment::Experiment;
using experiment::State;
using namespace std::chrono_literals;

namespace {

constexpr auto detailPeriod = 500ms;
constexpr int ticksPerGrowth = 4; // tables are read again every 2 s

struct Tab {
    const char *name;
    agentsociety::ResultTable table;
    const char *title;
};

constexpr std::array tabs = {
    Tab{"runAgents", agentsociety::ResultTable::Profile, QT_TRANSLATE_NOOP("society::ui::RunPage", "Agents")},
    Tab{"runDialogs", agentsociety::ResultTable::Dialog, QT_TRANSLATE_NOOP("society::ui::RunPage", "Dialogs")},
    Tab{"runSurveys", agentsociety::ResultTable::Survey, QT_TRANSLATE_NOOP("society::ui::RunPage", "Surveys")},
    Tab{"runMetrics", agentsociety::ResultTable::Metric, QT_TRANSLATE_NOOP("society::ui::RunPage", "Metrics")},
    Tab{"runStatus", agentsociety::ResultTable::Status, QT_TRANSLATE_NOOP("society::ui::RunPage", "Status")},
};

} // namespace

RunPage::RunPage(const AppContext &context, ExperimentFeed &feed, Activities &activities, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_feed(feed)
    , m_activities(activities)
    , m_header(new RunHeader(context.clock, this))
    , m_error(new ErrorPanel(this))
    , m_done(new QLabel(this))
    , m_phases(new RunPhases(context.clock, this))
    , m_ending(new RunEnding(this))
    , m_tabs(new QTabWidget(this))
    , m_log(new LogPane(context.settings, this))
    , m_logs(new RunLogs(context.settings, feed, m_log, this))
    , m_record(new RecordView(context, this))
    , m_bills(new RunBills(context, this))
{
    setObjectName(QStringLiteral("runPage"));
    makeTabs();
    buildLayout();
    connectSignals();
    m_timer.setInterval(detailPeriod);
    connect(&m_timer, &QTimer::timeout, this, &RunPage::tick);
    retranslate();
}

RunPage::~RunPage() = default;

void RunPage::makeTabs()
{
    m_tabs->setObjectName(QStringLiteral("runTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_logs, QString());
    for (const Tab &tab : tabs)
        m_results.append(new ResultTab(m_context, m_activities, QString::fromLatin1(tab.name), this));
    m_results.append(new ResultTab(m_context, m_activities, QStringLiteral("runCalls"), this));
    for (ResultTab *tab : std::as_const(m_results))
        m_tabs->addTab(tab, QString());
    m_tabs->addTab(m_record, QString());
    m_tabs->addTab(m_bills, QString());
}

void RunPage::buildLayout()
{
    m_done->setObjectName(QStringLiteral("runDone"));
    m_done->setTextFormat(Qt::RichText);
    m_done->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_done->setOpenExternalLinks(true);
    m_done->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(m_header);
    layout->addWidget(m_error);
    layout->addWidget(m_done);
    layout->addWidget(m_phases);
    layout->addWidget(m_ending);
    layout->addWidget(m_tabs, 1);
}

void RunPage::connectSignals()
{
    connect(&m_feed, &ExperimentFeed::experimentsChanged, this, [this](const QList<Experiment> &changed) {
        for (const Experiment &experiment : changed) {
            if (experiment.id == m_experiment.id)
                take(experiment);
        }
    });
    connect(&m_feed, &ExperimentFeed::experimentsRemoved, this, [this](const QList<ExperimentId> &removed) {
        if (!m_experiment.id.isNull() && removed.contains(m_experiment.id))
            emit listRequested();
    });
    connect(m_header, &RunHeader::backRequested, this, &RunPage::listRequested);
    connect(m_header, &RunHeader::stopRequested, this, [this] { requestStop({}); });
    connect(m_header, &RunHeader::killRequested, this, [this] { requestStop(0); });
    connect(m_header, &RunHeader::rerunRequested, this, &RunPage::rerun);
    connect(m_header, &RunHeader::cloneRequested, this, [this] { emit cloneRequested(m_experiment.id); });
    connect(m_header, &RunHeader::exportRequested, this, &RunPage::chooseExportFolder);
    connect(m_header, &RunHeader::folderRequested, this, &RunPage::openFolder);
    connect(m_ending, &RunEnding::lineRequested, this, [this](qint64 line) {
        m_tabs->setCurrentWidget(m_logs);
        m_logs->showPane();
        m_log->goToLine(line);
    });
    connect(m_record, &RecordView::configurationRequested, this,
        [this](const ConfigId &id) { emit configurationRequested(id, {}); });
    connect(m_bills, &RunBills::billsRequested, this, &RunPage::billsRequested);
    connect(m_tabs, &QTabWidget::currentChanged, this, &RunPage::tabShown);
    // The log's end is read after the run's: what it ended with may come a moment later.
    connect(&m_log->document(), &log::LogDocument::stateChanged, this, &RunPage::quoteLastError);
    connect(&m_log->document(), &log::LogDocument::grown, this, [this] {
        if (experiment::isEnded(m_experiment.state))
            quoteLastError();
    });
}

void RunPage::showExperiment(const ExperimentId &id)
{
    m_error->clear();
    if (const Experiment known = m_feed.experiment(id); !known.id.isNull()) {
        take(known);
        return;
    }
    m_context.worker.run(
        this, [&context = m_context, id] { return context.experiments.refresh(id); },
        [this](const Result<Experiment> &experiment) {
            if (!experiment) {
                m_error->showError(experiment.error());
                return;
            }
            m_feed.take(*experiment);
            take(*experiment);
        });
}

void RunPage::take(const Experiment &experiment)
{
    const bool isAnother = experiment.id != m_experiment.id;
    const bool ended = experiment::isEnded(experiment.state);
    const bool endedNow = ended && !experiment::isEnded(m_experiment.state);
    m_experiment = experiment;
    m_header->setExperiment(experiment);
    m_logs->setExperiment(experiment);
    m_ending->setExperiment(experiment);
    m_bills->setExperiment(experiment.id, experiment.settled);
    if (isAnother) {
        m_endSeen = false;
        m_said.clear();
        m_done->hide();
        m_phases->setStatus({});
        setSources();
    }
    m_log->setLive(!ended);
    // How the start went is of interest until the first step, and where there never was one.
    m_phases->setVisible(experiment.step <= 0 && experiment.state != State::Finished);
    if (ended)
        m_timer.stop();
    else
        m_timer.start();
    if (isAnother || endedNow) {
        askDetails();
        tabShown();
        quoteLastError();
    }
}

void RunPage::setSources()
{
    const QString directory = m_experiment.runDirectory;
    const QString prefix = m_experiment.name.simplified().replace(u'/', u'_') + u'-';
    m_log->open(directory + QStringLiteral("/log.txt"));
    for (std::size_t i = 0; i < tabs.size(); ++i) {
        const auto source = models::resultRows(
            directory + QStringLiteral("/home"), m_experiment.id, m_experiment.tenant, tabs.at(i).table);
        m_results[static_cast<qsizetype>(i)]->setSource(
            source, prefix + agentsociety::resultTableName(tabs.at(i).table) + QStringLiteral(".csv"));
    }
    m_results.last()->setSource(
        models::callRows(directory + QStringLiteral("/usage.jsonl")), prefix + QStringLiteral("calls.csv"));
    m_record->setRunDirectory(directory);
}

void RunPage::askDetails()
{
    if (m_askingDetails || m_experiment.id.isNull())
        return;
    m_askingDetails = true;
    m_context.worker.run(
        this, [&context = m_context, id = m_experiment.id] { return context.experiments.details(id); },
        [this, id = m_experiment.id](const Result<experiment::Details> &details) {
            m_askingDetails = false;
            if (id != m_experiment.id) {
                askDetails();
                return;
            }
            if (!details) {
                m_error->showError(details.error());
                return;
            }
            takeDetails(*details);
        });
}

void RunPage::takeDetails(const experiment::Details &details)
{
    m_header->setStop(details.status.stop);
    m_phases->setStatus(details.status);
    m_ending->setWarnings(details.status.warnings);
    for (const std::optional<Error> &problem : {details.logUnread, details.unsettled}) {
        if (!problem || m_said.contains(problem->code))
            continue;
        m_said.insert(problem->code); // said once: it may be put away
        m_error->showError(*problem);
    }
    m_endSeen = experiment::isEnded(details.experiment.state);
    m_feed.take(details.experiment);
    if (!m_endSeen && experiment::isEnded(m_experiment.state))
        askDetails(); // it ended while this was read
}

void RunPage::quoteLastError()
{
    const bool bad = m_experiment.state == State::Failed || m_experiment.state == State::Lost;
    if (!bad || m_log->document().state() != log::LogDocument::State::Ready)
        return;
    m_log->document().findLastError(this, [this](const log::ErrorBlock &block) {
        if (block.generation == m_log->document().generation())
            m_ending->setErrorBlock(block.text, block.line);
    });
}

void RunPage::tick()
{
    if (!isVisible())
        return;
    askDetails();
    if (++m_ticks % ticksPerGrowth == 0)
        tabShown();
}

/// Reads what the tab in front shows; the others wait until they are.
void RunPage::tabShown()
{
    if (m_experiment.id.isNull() || !isVisible())
        return;
    QWidget *tab = m_tabs->currentWidget();
    if (auto *result = qobject_cast<ResultTab *>(tab))
        result->grow();
    else if (tab == m_record)
        m_record->load();
    else if (tab == m_bills)
        m_bills->load();
}

void RunPage::refresh()
{
    askDetails();
    tabShown();
}

void RunPage::focusFirst()
{
    m_tabs->currentWidget()->setFocus();
}

void RunPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    refresh();
}

void RunPage::retranslate()
{
    m_tabs->setTabText(0, tr("Log"));
    m_tabs->setAccessibleName(tr("What to see of the run"));
    for (std::size_t i = 0; i < tabs.size(); ++i) {
        const auto at = static_cast<qsizetype>(i);
        m_tabs->setTabText(static_cast<int>(i) + 1, tr(tabs.at(i).title));
        m_results[at]->setWords(tr(tabs.at(i).title), tr("The run has written nothing here yet."));
    }
    m_tabs->setTabText(m_tabs->indexOf(m_results.last()), tr("Calls"));
    m_results.last()->setWords(tr("Calls"), tr("No LLM call has been made yet."));
    m_tabs->setTabText(m_tabs->indexOf(m_record), tr("Record"));
    m_tabs->setTabText(m_tabs->indexOf(m_bills), tr("Bills"));
}

} // namespace society::ui
