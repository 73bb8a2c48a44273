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

experiment::Request LaunchPage::request() const
{
    experiment::Request request;
    request.tenant = m_context.tenant;
    request.llm = picker(Kind::Llm)->chosen().id.text();
    request.agents = picker(Kind::Agents)->chosen().id.text();
    request.map = picker(Kind::Map)->chosen().id.text();
    request.workflow = picker(Kind::Workflow)->chosen().id.text();
    request.name = m_name->text().trimmed();
    if (const auto cap = Money::parse(m_cap->text().trimmed(), QLocale()); cap && !m_cap->text().trimmed().isEmpty())
        request.cap = *cap;
    bool isNumber = false;
    if (const uint seed = m_seed->text().trimmed().toUInt(&isNumber); isNumber)
        request.seed = seed;
    return request;
}

void LaunchPage::scheduleCheck()
{
    // What was found belongs to another choice: it stays in sight, but nothing can be started by it.
    ++*m_checkNumber;
    m_checking = true;
    m_debounce.start();
    updateStart();
}

void LaunchPage::check(bool testEndpoints)
{
    const experiment::Request asked = request();
    if (asked.llm.isEmpty() || asked.agents.isEmpty() || asked.map.isEmpty() || asked.workflow.isEmpty()) {
        m_checking = false;
        m_hasCheck = false;
        m_problems->setProblems({});
        updateStart();
        return;
    }
    // The first look asks nobody outside but, for keys, the keychain; whether a provider answers comes after it.
    Worker &worker = testEndpoints ? m_context.starter : m_context.prober;
    worker.run(
        this,
        [&context = m_context, asked, testEndpoints, newest = m_checkNumber,
            number = m_checkNumber->load()]() -> Result<experiment::Check> {
            // Waiting behind a provider that hangs, it may be about a choice that is no more: then nobody is asked.
            return *newest == number ? context.experiments.check(asked, testEndpoints) : experiment::Check();
        },
        [this, number = m_checkNumber->load(), testEndpoints](
            const Result<experiment::Check> &found) { checked(number, testEndpoints, found); });
}

void LaunchPage::checked(int number, bool tested, const Result<experiment::Check> &found)
{
    if (number != *m_checkNumber)
        return;
    m_checking = false;
    m_hasCheck = found.has_value();
    if (!found) {
        m_error->showError(found.error());
    } else {
        m_check = *found;
        m_problems->setProblems(found->problems);
        m_age.start();
        if (!tested && !found->practice && found->canStart())
            check(true);
    }
    updateStart();
}

QString LaunchPage::obstacle() const
{
    for (const ConfigPicker *picker : m_pickers) {
        if (picker->chosen().id.isNull())
            return tr("Choose one of each: “%1” has none chosen.").arg(picker->title());
    }
    if (const QString cap = m_cap->text().trimmed(); !cap.isEmpty()) {
        const auto amount = Money::parse(cap, QLocale());
        if (!amount)
            return tr("The cap “%1” is no amount of money.").arg(cap);
        if (amount->isNegative())
            return tr("The cap must not be negative.");
    }
    if (const QString seed = m_seed->text().trimmed(); !seed.isEmpty()) {
        bool isNumber = false;
        seed.toUInt(&isNumber);
        if (!isNumber)
            return tr("The seed must be a whole number from 0 to 4294967295.");
    }
    if (m_checking)
        return tr("Checking…");
    if (!m_hasCheck)
        return tr("The check could not be made.");
    if (!m_check.canStart()) {
        const auto errors = std::count_if(m_check.problems.begin(), m_check.problems.end(),
            [](const config::Problem &problem) { return problem.severity == config::Severity::Error; });
        return tr("%n problem(s) must be solved first.", nullptr, static_cast<int>(errors));
    }
    return {};
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
