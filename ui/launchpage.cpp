// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launchpage.h"

#include "services/agentsociety/samples.h"
#include "services/config/summary.h"
#include "services/ledger/ledger.h"
#include "ui/appsettings.h"
#include "ui/configpicker.h"
#include "ui/errorpanel.h"
#include "ui/experimentfeed.h"
#include "ui/problemlist.h"

#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <algorithm>
#include <chrono>
#include <utility>

namespace society::ui {

namespace {

using namespace std::chrono_literals;
using config::Kind;

constexpr auto debounce = 200ms;

struct Rows {
    QList<config::ConfigRow> configs;
    experiment::RunSettings settings;
    ledger::Account account;
};

QString summaryKey(const config::ConfigRow &row)
{
    return QStringLiteral("%1/%2").arg(row.id.text()).arg(row.version);
}

} // namespace

LaunchPage::LaunchPage(const AppContext &context, ExperimentFeed &feed, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_feed(feed)
    , m_nameLabel(new QLabel(this))
    , m_name(new QLineEdit(this))
    , m_account(new QLabel(this))
    , m_practice(new QLabel(this))
    , m_problemsTitle(new QLabel(this))
    , m_checkedAt(new QLabel(this))
    , m_problems(new ProblemList(this))
    , m_error(new ErrorPanel(this))
    , m_holdText(new QLabel(this))
    , m_capLabel(new QLabel(this))
    , m_cap(new QLineEdit(this))
    , m_seedLabel(new QLabel(this))
    , m_seed(new QLineEdit(this))
    , m_obstacle(new QLabel(this))
    , m_start(new QPushButton(this))
{
    setObjectName(QStringLiteral("launchPage"));
    const std::array kinds{Kind::Llm, Kind::Agents, Kind::Map, Kind::Workflow};
    std::transform(
        kinds.begin(), kinds.end(), m_pickers.begin(), [this](Kind kind) { return new ConfigPicker(kind, this); });
    if (parent) // else it were laid out for a narrow window first, and a low window would have to grow for it
        resize(parent->size());
    buildLayout();
    connectSignals();
    retranslate();
    updateStart();
}

void LaunchPage::connectSignals()
{
    for (ConfigPicker *picker : m_pickers) {
        connect(picker, &ConfigPicker::choiceChanged, this, [this, picker] { choiceChanged(picker); });
        connect(picker, &ConfigPicker::editRequested, this,
            [this](const ConfigId &id) { emit configurationRequested(id, {}); });
        connect(picker, &ConfigPicker::newRequested, this, &LaunchPage::newRequested);
    }
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(debounce);
    connect(&m_debounce, &QTimer::timeout, this, [this] { check(false); });
    m_ageTimer.setInterval(5s);
    connect(&m_ageTimer, &QTimer::timeout, this, &LaunchPage::updateStart);
    m_ageTimer.start();
    connect(m_name, &QLineEdit::returnPressed, this, &LaunchPage::start);
    connect(m_cap, &QLineEdit::textChanged, this, &LaunchPage::scheduleCheck);
    connect(m_seed, &QLineEdit::textChanged, this, &LaunchPage::updateStart);
    connect(m_start, &QPushButton::clicked, this, &LaunchPage::start);
    m_problems->setReachable([](const config::Problem &problem) {
        return !problem.path.isEmpty() || isAboutRunner(problem) || isAboutMoney(problem);
    });
    connect(m_problems, &ProblemList::goThere, this, &LaunchPage::goThere);
    connect(&m_feed, &ExperimentFeed::moneyChanged, this, &LaunchPage::refresh);
}

ConfigPicker *LaunchPage::picker(Kind kind) const
{
    const auto found = std::find_if(
        m_pickers.begin(), m_pickers.end(), [kind](const ConfigPicker *picker) { return picker->kind() == kind; });
    return found == m_pickers.end() ? m_pickers.front() : *found;
}

void LaunchPage::focusFirst()
{
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

void LaunchPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    refresh();
}

void LaunchPage::refresh()
{
    if (m_askingRows) {
        m_askRowsAgain = true;
        return;
    }
    m_askingRows = true;
    m_context.worker.run(
        this,
        [&context = m_context]() -> Result<Rows> {
            Rows rows;
            SOCIETY_ASSIGN(rows.configs, context.configs.list(context.tenant));
            SOCIETY_ASSIGN(rows.settings, context.experiments.runSettings());
            SOCIETY_ASSIGN(rows.account, context.ledger.account(context.tenant));
            return rows;
        },
        [this](const Result<Rows> &rows) {
            m_askingRows = false;
            if (rows) {
                m_settings = rows->settings;
                m_account->setText(
                    tr("%1 · available %2").arg(m_context.tenant, rows->account.available.toDisplay(QLocale())));
                takeRows(rows->configs);
            } else {
                m_error->showError(rows.error());
            }
            if (std::exchange(m_askRowsAgain, false))
                refresh();
        });
}

void LaunchPage::takeRows(const QList<config::ConfigRow> &rows)
{
    m_choosing = true;
    for (ConfigPicker *picker : m_pickers)
        picker->setRows(rows);
    if (!m_chosenOnce && !rows.isEmpty()) {
        chooseFirst();
        m_chosenOnce = true;
    }
    m_choosing = false;
    scheduleCheck();
}

// The last choice; in a new workspace the short practice experiment; else whatever comes first.
void LaunchPage::chooseFirst()
{
    const QList<agentsociety::SampleExperiment> samples = agentsociety::sampleExperiments();
    for (ConfigPicker *picker : m_pickers) {
        if (picker->choose(m_context.settings.lastChoice(config::kindName(picker->kind()))) || samples.isEmpty())
            continue;
        const agentsociety::SampleExperiment &sample = samples.first();
        switch (picker->kind()) {
        case Kind::Llm:
            picker->choose(sample.llm);
            break;
        case Kind::Agents:
            picker->choose(sample.agents);
            break;
        case Kind::Map:
            picker->choose(sample.map);
            break;
        default:
            picker->choose(sample.workflow);
            break;
        }
    }
}

void LaunchPage::chooseAs(const experiment::Experiment &experiment)
{
    m_chosenOnce = true;
    picker(Kind::Llm)->choose(experiment.llm.id.text());
    picker(Kind::Agents)->choose(experiment.agents.id.text());
    picker(Kind::Map)->choose(experiment.map.id.text());
    picker(Kind::Workflow)->choose(experiment.workflow.id.text());
    m_name->setText(experiment.name);
    m_seed->setText(QString::number(experiment.seed));
    focusFirst();
}

void LaunchPage::choiceChanged(ConfigPicker *picker)
{
    showSummary(picker);
    const config::ConfigRow row = picker->chosen();
    if (!row.id.isNull() && !m_choosing)
        m_context.settings.setLastChoice(config::kindName(picker->kind()), row.id.text());
    if (picker->kind() == Kind::Workflow)
        m_name->setPlaceholderText(row.name);
    scheduleCheck();
}

void LaunchPage::showSummary(ConfigPicker *picker)
{
    const config::ConfigRow row = picker->chosen();
    const QString key = summaryKey(row);
    if (row.id.isNull()) {
        picker->setSummary({tr("Nothing is chosen.")});
        return;
    }
    if (m_summaries.contains(key)) {
        picker->setSummary(m_summaries.value(key));
        return;
    }
    picker->setSummary({});
    m_context.worker.run(
        this,
        [&context = m_context, row]() -> Result<QStringList> {
            SOCIETY_ASSIGN(
                const config::StoredConfig stored, context.configs.show(context.tenant, {row.id, row.version}));
            return config::summary(row.kind, stored.document, {.folder = context.workspace.root(), .maps = nullptr});
        },
        [this, picker, key](const Result<QStringList> &lines) {
            if (lines)
                m_summaries.insert(key, *lines);
            if (summaryKey(picker->chosen()) == key)
                picker->setSummary(lines ? *lines : QStringList{lines.error().message});
        });
}

void LaunchPage::updateStart()
{
    const QLocale locale;
    const QString why = m_starting ? tr("Starting…") : obstacle();
    m_start->setEnabled(why.isEmpty());
    m_obstacle->setText(why);
    m_start->setToolTip(why.isEmpty() ? tr("Ctrl+Return, or Return in the name") : why);
    const bool free = m_hasCheck && m_check.practice;
    if (!m_hasCheck)
        m_start->setText(tr("&Start"));
    else if (free)
        m_start->setText(tr("&Start · free"));
    else
        m_start->setText(tr("&Start · holds %1").arg(m_check.hold.toDisplay(locale)));
    m_start->setAccessibleDescription(why);
    m_practice->setVisible(free);
    m_holdText->setVisible(!free); // the words about practice say it already
    m_holdText->setText(
        m_hasCheck
            ? tr("%1 is set aside until the run has ended; then what it used is billed and the rest is free again.")
                  .arg(m_check.hold.toDisplay(locale))
            : QString());
    m_cap->setEnabled(!free);
    m_cap->setPlaceholderText(m_settings.hold.toDisplay(locale));
    if (m_checking)
        m_checkedAt->setText(tr("checking…"));
    else if (m_age.isValid() && m_hasCheck)
        m_checkedAt->setText(m_age.elapsed() < 5000 ? tr("checked just now")
                             : m_age.elapsed() < 60'000
                                 ? tr("checked %n s ago", nullptr, static_cast<int>(m_age.elapsed() / 1000))
                                 : tr("checked %n min ago", nullptr, static_cast<int>(m_age.elapsed() / 60'000)));
    else
        m_checkedAt->clear();
}

} // namespace society::ui
