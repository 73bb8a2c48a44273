// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/spendpanel.h"

#include "models/format.h"
#include "services/ledger/ledger.h"
#include "ui/appsettings.h"
#include "ui/datatable.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimeZone>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace society::ui {

namespace {

constexpr int chartHeight = 150;
constexpr int daysOfMonth = 30;
constexpr int daysOfQuarter = 90;
constexpr int monthsOfYear = 12;
constexpr int mostDays = 400; // bars beyond that are months
constexpr int mostAhead = 3;  // times what is shown of the past
constexpr double microPerYuan = 1e6;

// Told apart by people who do not tell red from green, on white and on dark grey.
constexpr std::array<QRgb, 8> colours{0x3b7dd8, 0xe69f00, 0x2a9d8f, 0xcc6677, 0x8e6bbf, 0x7fb800, 0x56b4e9, 0x999999};

double yuan(Money money)
{
    return static_cast<double>(money.micro()) / microPerYuan; // to draw, never to count
}

QDate firstOfMonth(QDate day)
{
    return {day.year(), day.month(), 1};
}

} // namespace

SpendPanel::SpendPanel(const AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_bar(new QHBoxLayout)
    , m_fold(new QToolButton(this))
    , m_what(new QComboBox(this))
    , m_time(new QComboBox(this))
    , m_asTable(new QCheckBox(this))
    , m_sum(new QLabel(this))
    , m_body(new QWidget(this))
    , m_stack(new QStackedWidget(m_body))
    , m_chartPlace(new QWidget(m_stack))
    , m_words(new QLabel(m_stack))
    , m_table(new DataTable(context.settings, QStringLiteral("spendTable"), m_stack))
    , m_forecast(new QLabel(m_body))
{
    setObjectName(QStringLiteral("spendPanel"));
    buildLayout();
    retranslate();
    connectSignals();
    setFolded(m_context.settings.flag(QStringLiteral("accounts/chartFolded"), false));
}

SpendPanel::~SpendPanel()
{
    // The table writes down its columns at its end, and must not find its model gone by then.
    delete m_table;
    m_view.reset();
}

void SpendPanel::buildLayout()
{
    m_fold->setObjectName(QStringLiteral("spendFold"));
    m_what->setObjectName(QStringLiteral("spendWhat"));
    m_time->setObjectName(QStringLiteral("spendTime"));
    m_asTable->setObjectName(QStringLiteral("spendAsTable"));
    m_sum->setObjectName(QStringLiteral("spendSum"));
    m_words->setObjectName(QStringLiteral("spendWords"));
    m_forecast->setObjectName(QStringLiteral("spendForecast"));
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_forecast->setWordWrap(true);
    m_table->setSortingEnabled(false);
    m_table->setUp(&m_numbers, {}, -1);
    m_table->header()->setStretchLastSection(false);
    auto *place = new QVBoxLayout(m_chartPlace);
    place->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_words);
    m_stack->addWidget(m_chartPlace);
    m_stack->addWidget(m_table);
    m_stack->setFixedHeight(chartHeight);
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(4);
    body->addWidget(m_stack);
    body->addWidget(m_forecast);
    m_bar->setSpacing(8);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_fold, m_what, m_time, m_asTable, m_sum})
        m_bar->addWidget(widget);
    m_bar->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(m_bar);
    layout->addWidget(m_body);
}

void SpendPanel::connectSignals()
{
    connect(m_fold, &QToolButton::clicked, this, [this] {
        setFolded(!isFolded());
        m_context.settings.setFlag(QStringLiteral("accounts/chartFolded"), isFolded());
    });
    for (QComboBox *box : {m_what, m_time})
        connect(box, &QComboBox::currentIndexChanged, this, &SpendPanel::reload);
    connect(m_asTable, &QCheckBox::toggled, this, &SpendPanel::showChart);
    connect(m_table, &DataTable::opened, this,
        [this](const QModelIndex &index) { pick(m_numbers.rowCount() - 1 - index.row()); });
}

void SpendPanel::addToEnd(QWidget *widget)
{
    m_bar->addWidget(widget);
}

bool SpendPanel::isFolded() const
{
    return m_body->isHidden();
}

void SpendPanel::setFolded(bool folded)
{
    m_body->setHidden(folded);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_what, m_time, m_asTable, m_sum})
        widget->setHidden(folded);
    m_fold->setArrowType(folded ? Qt::RightArrow : Qt::DownArrow);
    if (!folded && m_stale && isVisible())
        load();
}

void SpendPanel::setChoice(const BillChoice &choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    reload();
}

void SpendPanel::reload()
{
    m_stale = true;
    if (isVisible() && !isFolded())
        load();
}

void SpendPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale && !isFolded())
        load();
}

SpendPanel::Span SpendPanel::span() const
{
    Span span;
    span.today = m_context.clock.now().toLocalTime().date();
    span.to = span.today;
    switch (m_time->currentIndex()) {
    case Month:
        span.from = span.to.addDays(1 - daysOfMonth);
        break;
    case Quarter:
        span.from = span.to.addDays(1 - daysOfQuarter);
        break;
    case Year:
        span.from = firstOfMonth(span.to).addMonths(1 - monthsOfYear);
        span.months = true;
        break;
    default:
        if (m_choice.to.isValid())
            span.to = m_choice.to;
        if (m_choice.from.isValid())
            span.from = std::min(m_choice.from, span.to);
    }
    return span;
}

/// In a worker. The account's course is read without an end; what is spent, in whole months where days are too many.
Result<SpendPanel::Read> SpendPanel::read(const AppContext &context, const ledger::BillFilter &filter, Span span)
{
    Read read;
    SOCIETY_ASSIGN(read.spending, context.ledger.spending(filter, span.months, QTimeZone::systemTimeZone()));
    QList<ledger::SpendPart> &parts = read.spending.parts;
    if (!span.from.isValid()) {
        span.from = span.to;
        for (const ledger::SpendPart &part : std::as_const(parts)) {
            if (part.ofRun)
                span.from = std::min(span.from, part.day);
        }
        span.months = span.from.daysTo(span.to) > mostDays;
    }
    if (span.months) {
        span.from = firstOfMonth(span.from);
        for (ledger::SpendPart &part : parts)
            part.day = firstOfMonth(part.day);
    }
    read.span = span;
    return read;
}

void SpendPanel::load()
{
    m_stale = false;
    Span span = this->span();
    const bool ofBalance = m_what->currentIndex() == Balance;
    ledger::BillFilter filter;
    if (ofBalance) {
        span.to = span.today;
        span.from = span.from.isValid() ? std::min(span.from, span.today) : span.today.addDays(1 - daysOfQuarter);
        span.months = false;              // a balance is a day's
        filter.tenant = m_context.tenant; // the account's, whatever is filtered
        filter.from = std::min(span.from, span.today.addDays(-ledger::ForecastDays)).startOfDay().toUTC();
    } else {
        filter = m_choice.filter(m_context.tenant);
        span.months = span.months || (span.from.isValid() && span.from.daysTo(span.to) > mostDays);
        // The days themselves, also where bars are months: what is drawn is the sum of what is filtered.
        if (m_time->currentIndex() != Filtered)
            filter.from = span.from.startOfDay().toUTC();
        if (m_time->currentIndex() != Filtered || !filter.to.isValid())
            filter.to = span.to.addDays(1).startOfDay().toUTC();
    }
    m_context.worker.run(
        this, [&context = m_context, filter, span] { return read(context, filter, span); },
        [this, request = ++m_request](const Result<Read> &found) {
            if (request != m_request)
                return;
            if (found) {
                take(*found);
            } else {
                m_loaded = false;
                m_stale = true; // until it is shown the next time
                m_words->setText(found.error().message + u'\n' + found.error().remedy);
                m_stack->setCurrentWidget(m_words);
            }
        });
}

void SpendPanel::take(const Read &read)
{
    const Span &span = read.span;
    const ledger::Spending &spending = read.spending;
    m_loaded = true;
    m_course = {};
    m_chart = {};
    if (m_what->currentIndex() == Balance) {
        m_course = ledger::burnDown(spending, span.from, span.today);
        m_numbers.setBalance(m_course.days);
    } else {
        const auto split = m_what->currentIndex() == ByModel ? models::SpendSplit::ByModel : models::SpendSplit::ByItem;
        m_chart = models::spendChart(spending.parts, split, span.months, span.from, span.to);
        m_numbers.setSpend(m_chart);
    }
    showChart();
}

void SpendPanel::showChart()
{
    const bool ofBalance = m_what->currentIndex() == Balance;
    m_forecast->setVisible(ofBalance && m_loaded);
    m_forecast->setText(ofBalance && m_loaded ? models::forecastText(m_course) : QString());
    const QLocale locale;
    m_sum->setText(!m_loaded   ? QString()
                   : ofBalance ? tr("balance %1").arg(m_course.days.constLast().balance.toDisplay(locale))
                               : tr("spent %1").arg(m_chart.sum.toDisplay(locale)));
    if (!m_loaded)
        return;
    if (m_asTable->isChecked()) {
        m_table->resizeColumnsToContents();
        m_stack->setCurrentWidget(m_table);
        return;
    }
    if (!ofBalance && m_chart.isEmpty()) {
        m_words->setText(m_choice.isEmpty()
                             ? tr("Nothing was spent in this time. Each run that ends adds its bills here.")
                             : tr("Nothing of what is filtered was spent in this time."));
        m_stack->setCurrentWidget(m_words);
        return;
    }
    if (!m_view) {
        const auto module = chartModule();
        if (!module) {
            m_words->setText(module.error().message + u'\n' + module.error().remedy);
            m_words->setToolTip(module.error().detail);
            m_stack->setCurrentWidget(m_words);
            return;
        }
        m_view = (*module)->makeView(m_chartPlace);
        m_view->picked = [this](int bar) { pick(bar); };
        m_chartPlace->layout()->addWidget(m_view->widget());
    }
    if (ofBalance)
        drawCourse();
    else
        drawBars();
    m_stack->setCurrentWidget(m_chartPlace);
}

QColor SpendPanel::colour(int place) const
{
    const QColor plain = QColor::fromRgb(colours.at(static_cast<size_t>(place) % colours.size()));
    return palette().color(QPalette::Base).lightness() < 128 ? plain.lighter(115) : plain;
}

void SpendPanel::drawBars()
{
    const QLocale locale;
    ChartBars bars;
    for (const QDate day : std::as_const(m_chart.days))
        bars.labels += models::dayText(day, m_chart.months);
    QStringList said;
    for (const models::SpendChart::Series &series : std::as_const(m_chart.series)) {
        ChartBars::Part part;
        part.name = series.name;
        part.colour = colour(static_cast<int>(bars.parts.size()));
        for (qsizetype i = 0; i < series.values.size(); ++i) {
            part.values += yuan(series.values.at(i));
            part.tips += tr("%1 · %2: %3").arg(bars.labels.at(i), series.name, models::exactMoney(series.values.at(i)));
        }
        bars.parts += part;
        said += tr("%1 %2").arg(series.name, series.sum.toDisplay(locale));
    }
    m_view->showBars(bars);
    m_view->widget()->setAccessibleName(m_chart.months ? tr("Spend by month") : tr("Spend by day"));
    m_view->widget()->setAccessibleDescription(
        tr("%1 to %2: %3. The table has each number.")
            .arg(bars.labels.constFirst(), bars.labels.constLast(), said.join(QStringLiteral(", "))));
}

void SpendPanel::drawCourse()
{
    ChartCourse course;
    course.name = tr("balance");
    course.rangeName = tr("forecast");
    course.colour = colour(0);
    for (const ledger::DayBalance &day : std::as_const(m_course.days))
        course.points += ChartCourse::Point{day.day, yuan(day.balance)};
    if (const auto &forecast = m_course.forecast) {
        const QDate today = m_course.days.constLast().day;
        const qint64 shown = m_course.days.size();
        const qint64 earliest = today.daysTo(forecast->earliest);
        // The later end may be years away: what was must not shrink to nothing beside what may be.
        const qint64 all = forecast->latest.isValid() ? today.daysTo(forecast->latest) : earliest + shown;
        const qint64 days = std::max<qint64>(1, std::min(all, shown * mostAhead));
        const auto at = [&](Money perDay, qint64 day) {
            return ChartCourse::Point{today.addDays(day),
                std::max(0.0, course.points.constLast().value - yuan(perDay) * static_cast<double>(day))};
        };
        course.least = {
            course.points.constLast(), at(forecast->most, std::min(earliest, days)), at(forecast->most, days)};
        course.most = {course.points.constLast(), at(forecast->least, days)};
    }
    m_view->showCourse(course);
    m_view->widget()->setAccessibleName(tr("Course of the balance"));
    m_view->widget()->setAccessibleDescription(models::forecastText(m_course));
}

void SpendPanel::pick(int place)
{
    const QDate day = m_numbers.dayAt(m_numbers.rowCount() - 1 - place);
    if (!day.isValid())
        return;
    if (m_what->currentIndex() == Balance || !m_chart.months) {
        emit daysPicked(day, day);
        return;
    }
    QDate from = day;
    QDate to = day.addMonths(1).addDays(-1);
    if (m_time->currentIndex() == Filtered) { // what the bar is of
        from = m_choice.from.isValid() ? std::max(from, m_choice.from) : from;
        to = m_choice.to.isValid() ? std::min(to, m_choice.to) : to;
    }
    emit daysPicked(from, to);
}

void SpendPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        reload(); // names of items are in what was read
    } else if (event->type() == QEvent::PaletteChange && m_view) {
        m_view->takePalette();
        showChart();
    }
    QWidget::changeEvent(event);
}

void SpendPanel::retranslate()
{
    const QSignalBlocker blockers[]{QSignalBlocker(m_what), QSignalBlocker(m_time)};
    const auto fill = [](QComboBox *box, const QStringList &texts) {
        const int chosen = qMax(0, box->currentIndex());
        box->clear();
        box->addItems(texts);
        box->setCurrentIndex(chosen);
    };
    fill(m_what, {tr("spend by item"), tr("spend by model"), tr("balance and forecast")});
    fill(m_time, {tr("last 30 days"), tr("last 90 days"), tr("last 12 months"), tr("time of the filter")});
    m_what->setAccessibleName(tr("What the chart shows"));
    m_time->setAccessibleName(tr("Time of the chart"));
    m_fold->setText(tr("Chart"));
    m_fold->setToolTip(tr("Show or hide the chart"));
    m_asTable->setText(tr("as a ta&ble"));
    m_asTable->setToolTip(tr("The same numbers as text; Return shows the bills of a day"));
    m_table->setAccessibleName(tr("The numbers of the chart"));
    m_table->setEmptyText(tr("Nothing was spent in this time."));
}

} // namespace society::ui
