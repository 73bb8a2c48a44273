// SPDX-License-Identifier: GPL-3.0-or-later
// The columns before the text. They stay where they are while one scrolls sideways: far right in a long line one still
// sees which line it is and when it was written.
#include "models/format.h"
#include "services/log/logoutline.h"
#include "ui/logview.h"

#include <QPainter>
#include <cmath>

namespace society::ui {

void LogView::setColumns(LogColumns columns)
{
    if (columns == m_gutter.columns())
        return;
    m_gutter.setColumns(columns);
    if (placeGutter())
        gutterChanged();
    viewport()->update();
    tellText();
}

int LogView::foldSignWidth() const
{
    return m_outline ? static_cast<int>(std::ceil(m_look.rowHeight * 0.8)) : 0;
}

bool LogView::placeGutter()
{
    return m_gutter.place(viewport()->width(), m_lineCount, foldSignWidth());
}

/// The text has another width now.
void LogView::gutterChanged()
{
    if (m_wrapping)
        relayout();
    else
        updateBars();
}

/// Widths follow what comes into sight. While painting: what follows from it is done afterwards.
void LogView::fitColumns(const std::vector<qint64> &lines)
{
    const LogColumns columns = m_gutter.columns();
    for (const qint64 line : lines) {
        const log::LogLine *known = lineAt(line);
        if (!known)
            continue;
        if (columns.testFlag(LogColumn::Time))
            m_gutter.fit(known->time);
        if (columns.testFlag(LogColumn::Simulated))
            m_gutter.fit(columnText(LogColumn::Simulated, line).text);
    }
    if (placeGutter())
        QMetaObject::invokeMethod(
            this, [this] { gutterChanged(); }, Qt::QueuedConnection);
}

LogColumnText LogView::columnText(LogColumn column, qint64 line) const
{
    if (column == LogColumn::Number)
        return {QString::number(line + 1)};
    const log::LogLine *known = lineAt(line);
    if (!known)
        return {};
    switch (column) {
    case LogColumn::Time:
        return {known->time.isValid() ? m_gutter.timeText(known->time) : QString()};
    case LogColumn::Level:
        return {logLevelName(known->level)};
    default:
        break;
    }
    // Where the log was not read through so far, nothing is known yet.
    if (!m_outline || known->offset >= m_outline->readBytes())
        return {};
    return simulatedText(m_outline->outline().placeOf(line), line);
}

void LogView::paintColumns(QPainter &painter, qint64 line, qreal y)
{
    const log::LogLine *known = lineAt(line);
    const QColor usual = palette().color(QPalette::Text);
    const QColor dimmed = palette().color(QPalette::PlaceholderText);
    const QColor level = known ? levelColour(known->level, palette()) : QColor();
    // On one baseline with the text, whatever fonts that needs.
    const qreal baseline = y + m_look.baseline;
    for (const LogColumn column : allLogColumns) {
        const LogGutter::Span span = m_gutter.spanOf(column);
        if (span.width <= 0)
            continue;
        const LogColumnText said = columnText(column, line);
        const bool isNumber = column == LogColumn::Number;
        const qreal x =
            isNumber ? span.x + span.width - QFontMetricsF(m_look.font).horizontalAdvance(said.text) : span.x;
        const bool isLevel = column == LogColumn::Level && level.isValid();
        const bool stands = isNumber ? m_marks.contains(line) : column != LogColumn::Level && said.isOwn;
        painter.setPen(isLevel ? level : stands ? usual : dimmed);
        painter.drawText(QPointF(x, baseline), said.text);
    }
    if (const QChar letter = known ? levelLetter(known->level) : QChar();
        !letter.isNull() && !m_gutter.has(LogColumn::Level)) {
        painter.setPen(level);
        painter.drawText(QPointF(LogGutter::Gap, baseline), QString(letter));
    }
}

/// Which column it is, and what it has no room for.
QString LogView::columnNote(const QPoint &point) const
{
    const std::optional<LogColumn> column = m_gutter.columnAt(point.x());
    const Spot spot = spotAt(point);
    const log::LogLine *line = spot.isBelow || !column ? nullptr : lineAt(spot.line);
    if (!line || *column == LogColumn::Number)
        return {};
    const LogColumnText said = columnText(*column, spot.line);
    if (said.text.isEmpty())
        return {};
    switch (*column) {
    case LogColumn::Time:
        return tr("Written on %1").arg(line->time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")));
    case LogColumn::Simulated: {
        const log::RunPlace place = m_outline->outline().placeOf(spot.line);
        return said.isOwn
                   ? said.text
                   : tr("%1, as line %2 says").arg(said.text, models::count(qMax(place.stepLine, place.phaseLine) + 1));
    }
    default:
        return said.text;
    }
}

QString LogView::spokenLine(const log::LogLine &line) const
{
    QStringList parts;
    for (const LogColumn column : allLogColumns) {
        const QString text = column == LogColumn::Number || !m_gutter.columns().testFlag(column)
                                 ? QString()
                                 : columnText(column, line.number).text;
        if (!text.isEmpty())
            parts += text;
    }
    parts += line.text + foldMark(line.number);
    return parts.join(QStringLiteral(", "));
}

QString LogView::spokenText() const
{
    QStringList texts;
    const qint64 first = m_shown.placeOf(m_top.line);
    for (const qint64 line : m_shown.lines(first, m_shown.placeOf(lastVisibleLine()) - first + 1)) {
        if (const log::LogLine *known = lineAt(line))
            texts.append(spokenLine(*known));
    }
    return texts.join(u'\n');
}

} // namespace society::ui
