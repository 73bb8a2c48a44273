// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logcolumns.h"

#include "models/format.h"
#include "ui/appsettings.h"
#include "ui/runphases.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <algorithm>
#include <cmath>
#include <utility>

namespace society::ui {

namespace {

constexpr qreal betweenDigits = 1.5; // columns, in widths of a digit

QString settingOf(LogColumn column)
{
    switch (column) {
    case LogColumn::Number:
        return QStringLiteral("log/columnNumber");
    case LogColumn::Time:
        return QStringLiteral("log/columnTime");
    case LogColumn::Level:
        return QStringLiteral("log/columnLevel");
    case LogColumn::Simulated:
        return QStringLiteral("log/columnSimulated");
    }
    return {};
}

QString words(const char *text)
{
    return QCoreApplication::translate("LogColumns", text);
}

} // namespace

QString logColumnName(LogColumn column)
{
    switch (column) {
    case LogColumn::Number:
        return words(QT_TRANSLATE_NOOP("LogColumns", "Line &number"));
    case LogColumn::Time:
        return words(QT_TRANSLATE_NOOP("LogColumns", "&Time of writing"));
    case LogColumn::Level:
        return words(QT_TRANSLATE_NOOP("LogColumns", "&Level"));
    case LogColumn::Simulated:
        return words(QT_TRANSLATE_NOOP("LogColumns", "&Simulated time"));
    }
    return {};
}

QString logLevelName(log::Level level)
{
    switch (level) {
    case log::Level::None:
        return {};
    case log::Level::Debug:
        return words(QT_TRANSLATE_NOOP("LogColumns", "debug"));
    case log::Level::Info:
        return words(QT_TRANSLATE_NOOP("LogColumns", "info"));
    case log::Level::Warning:
        return words(QT_TRANSLATE_NOOP("LogColumns", "warning"));
    case log::Level::Error:
        return words(QT_TRANSLATE_NOOP("LogColumns", "error"));
    case log::Level::Critical:
        return words(QT_TRANSLATE_NOOP("LogColumns", "critical"));
    }
    return {};
}

LogColumnText simulatedText(const log::RunPlace &place, qint64 line)
{
    if (place.step >= 0 && place.stepLine > place.phaseLine)
        //: of a line of a log: day and time in the simulation, number of the step
        return {words(QT_TRANSLATE_NOOP("LogColumns", "%1 · step %2"))
                    .arg(models::simulatedTime(place.day, place.secondOfDay), models::count(place.step)),
            place.stepLine == line};
    return {place.phase.isEmpty() ? QString() : phaseText(place.phase), place.phaseLine == line};
}

LogColumnChoice &LogColumnChoice::of(AppSettings &settings)
{
    if (auto *choice = settings.findChild<LogColumnChoice *>(QString(), Qt::FindDirectChildrenOnly))
        return *choice;
    return *new LogColumnChoice(settings); // NOLINT(cppcoreguidelines-owning-memory): the settings'
}

LogColumnChoice::LogColumnChoice(AppSettings &settings)
    : QObject(&settings)
    , m_settings(settings)
{
    for (const LogColumn column : allLogColumns)
        m_shown.setFlag(column, settings.flag(settingOf(column), column == LogColumn::Number));
}

void LogColumnChoice::setShown(LogColumn column, bool on)
{
    if (m_shown.testFlag(column) == on)
        return;
    m_shown.setFlag(column, on);
    m_settings.setFlag(settingOf(column), on);
    emit changed();
}

size_t LogGutter::indexOf(LogColumn column)
{
    return static_cast<size_t>(std::find(allLogColumns.begin(), allLogColumns.end(), column) - allLogColumns.begin());
}

void LogGutter::measure(const QFont &font)
{
    if (font == m_font && m_digit > 0)
        return;
    m_font = font;
    forget();
}

void LogGutter::forget()
{
    const QFontMetricsF metrics(m_font);
    m_digit = metrics.horizontalAdvance(u'0');
    m_day = {};
    m_hasDays = false;
    m_widths = {};
    // Of the levels there are five words: room for all of them.
    for (const log::Level level :
        {log::Level::Debug, log::Level::Info, log::Level::Warning, log::Level::Error, log::Level::Critical}) {
        qreal &width = m_widths[indexOf(LogColumn::Level)];
        width = std::max(width, metrics.horizontalAdvance(logLevelName(level)));
    }
    m_widths[indexOf(LogColumn::Time)] = metrics.horizontalAdvance(timeText(QDateTime(QDate(2000, 1, 1), QTime(0, 0))));
    log::RunPlace first;
    first.day = 0;
    first.step = 0;
    first.stepLine = 0;
    fit(simulatedText(first, 0).text);
}

void LogGutter::fit(const QDateTime &time)
{
    if (m_hasDays || !time.isValid())
        return;
    if (!m_day.isValid())
        m_day = time.date();
    m_hasDays = time.date() != m_day;
    if (m_hasDays)
        m_widths[indexOf(LogColumn::Time)] = QFontMetricsF(m_font).horizontalAdvance(timeText(time));
}

void LogGutter::fit(const QString &simulated)
{
    qreal &width = m_widths[indexOf(LogColumn::Simulated)];
    width = std::max(width, QFontMetricsF(m_font).horizontalAdvance(simulated));
}

/// Gives the columns their places; where the last one ends.
qreal LogGutter::layOut(LogColumns columns, qsizetype digits)
{
    m_spans = {};
    // The letter of a level stands before the number where the level has no column.
    qreal x = Gap + (columns.testFlag(LogColumn::Level) ? 0 : m_digit);
    for (const LogColumn column : allLogColumns) {
        if (!columns.testFlag(column))
            continue;
        const bool isNumber = column == LogColumn::Number;
        const qreal width = isNumber ? static_cast<qreal>(digits) * m_digit : m_widths[indexOf(column)];
        const qreal start = x > Gap ? x + (isNumber ? 0.5 : betweenDigits) * m_digit : x;
        m_spans[indexOf(column)] = {start, width};
        x = start + width;
    }
    return x;
}

bool LogGutter::place(int viewWidth, qint64 lineCount, int foldSign)
{
    const qreal most = viewWidth / 2.0 - Gap - foldSign;
    const qsizetype digits = QString::number(std::max<qint64>(lineCount, 1000)).size();
    LogColumns columns = m_columns;
    qreal end = layOut(columns, digits);
    for (const LogColumn column : {LogColumn::Simulated, LogColumn::Level, LogColumn::Time}) {
        if (end <= most)
            break;
        columns.setFlag(column, false);
        end = layOut(columns, digits);
    }
    const int before = std::exchange(m_width, static_cast<int>(std::ceil(end)) + Gap + foldSign);
    return before != m_width;
}

LogGutter::Span LogGutter::spanOf(LogColumn column) const
{
    return m_spans[indexOf(column)];
}

std::optional<LogColumn> LogGutter::columnAt(int x) const
{
    for (const LogColumn column : allLogColumns) {
        const Span span = spanOf(column);
        if (span.width > 0 && x >= span.x && x < span.x + span.width)
            return column;
    }
    return {};
}

QString LogGutter::timeText(const QDateTime &time) const
{
    return time.toString(m_hasDays ? QStringLiteral("MM-dd HH:mm:ss.zzz") : QStringLiteral("HH:mm:ss.zzz"));
}

} // namespace society::ui
