// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logscrollbar.h"

#include "ui/logshown.h"
#include "ui/statechip.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionSlider>

namespace society::ui {

namespace {

constexpr int markHeight = 2;
/// Marks are gathered this often at most: while a search runs its hits come hundreds of times a second.
constexpr int gatherMs = 100;

bool hasBetween(const log::HitList *list, qint64 first, qint64 end)
{
    if (!list)
        return false;
    const qint64 index = list->lowerBound(first);
    return index < list->count() && list->at(index) < end;
}

} // namespace

LogScrollBar::LogScrollBar(QWidget *parent)
    : QScrollBar(Qt::Vertical, parent)
{
    m_later.setSingleShot(true);
    m_later.setTimerType(Qt::PreciseTimer); // not before its time: what it gathers then must be due
    connect(&m_later, &QTimer::timeout, this, qOverload<>(&QWidget::update));
}

void LogScrollBar::setMarks(const Marks &marks)
{
    m_marks = marks;
    m_stale = true;
    if (!m_later.isActive())
        m_later.start(m_gathered.isValid() ? static_cast<int>(qMax<qint64>(0, gatherMs - m_gathered.elapsed())) : 0);
}

/// Each pair of pixel rows is asked once, so that millions of hits cost no more than a screen of them.
void LogScrollBar::gather(int height)
{
    const qint64 count = m_marks.shown ? m_marks.shown->count() : 0;
    m_rows.assign(static_cast<size_t>(height / markHeight) + 1, 0);
    m_height = height;
    m_stale = false;
    m_gathered.start();
    for (size_t row = 0; count > 0 && row < m_rows.size(); ++row) {
        const qint64 y = static_cast<qint64>(row) * markHeight;
        const qint64 firstPlace = qMin(count - 1, count * y / height);
        const qint64 endPlace = qMax(count * (y + markHeight) / height, firstPlace + 1);
        const qint64 first = m_marks.shown->lineAt(firstPlace);
        // What is hidden behind the last of these lines belongs to it, and to nothing where lines are filtered.
        const qint64 end = m_marks.shown->hasList() ? m_marks.shown->lineAt(qMin(endPlace, count) - 1) + 1
                           : endPlace < count       ? m_marks.shown->lineAt(endPlace)
                                                    : m_marks.shown->lineCount();
        unsigned char &marks = m_rows[row];
        if (hasBetween(m_marks.hits, first, end))
            marks |= Hit;
        if (hasBetween(m_marks.errors, first, end))
            marks |= ErrorLine;
        if (m_marks.own) {
            const auto own = m_marks.own->lower_bound(first);
            if (own != m_marks.own->end() && *own < end)
                marks |= Own;
        }
    }
}

void LogScrollBar::paintEvent(QPaintEvent *event)
{
    QScrollBar::paintEvent(event);
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect groove = style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarGroove, this);
    const bool isDue = !m_gathered.isValid() || m_gathered.elapsed() >= gatherMs;
    if (groove.height() > 0 && (m_height != groove.height() || (m_stale && isDue)))
        gather(groove.height());
    QPainter painter(this);
    const int half = std::max(2, groove.width() / 2 - 1);
    const QColor error = severityColour(Severity::Fault, palette());
    const QColor hit = palette().color(QPalette::Highlight);
    const QColor own = palette().color(QPalette::Text);
    for (size_t row = 0; row < m_rows.size(); ++row) {
        const int y = groove.top() + static_cast<int>(row) * markHeight;
        if (m_rows[row] & ErrorLine)
            painter.fillRect(groove.left(), y, half, markHeight, error);
        if (m_rows[row] & Hit)
            painter.fillRect(groove.right() - half + 1, y, half, markHeight, hit);
        if (m_rows[row] & Own)
            painter.fillRect(groove.left(), y, groove.width(), markHeight, own);
    }
}

} // namespace society::ui
