// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logscrollbar.h"

#include "ui/statechip.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionSlider>

namespace society::ui {

namespace {

constexpr int markHeight = 2;

/// Each pixel row is asked once, so that millions of hits cost no more than a screen of them.
void paintMarks(QPainter &painter, const QRect &groove, int x, int width, const log::HitList &marks, qint64 lines)
{
    for (int y = 0; y < groove.height(); y += markHeight) {
        const qint64 first = lines * y / groove.height();
        const qint64 end = lines * (y + markHeight) / groove.height();
        const qint64 index = marks.lowerBound(first);
        if (index < marks.count() && marks.at(index) < std::max(end, first + 1))
            painter.fillRect(x, groove.top() + y, width, markHeight, painter.brush());
    }
}

} // namespace

LogScrollBar::LogScrollBar(QWidget *parent)
    : QScrollBar(Qt::Vertical, parent)
{
}

void LogScrollBar::setMarks(const log::HitList *hits, const log::HitList *errors, qint64 lineCount)
{
    m_hits = hits;
    m_errors = errors;
    m_lineCount = lineCount;
    update();
}

void LogScrollBar::paintEvent(QPaintEvent *event)
{
    QScrollBar::paintEvent(event);
    if (m_lineCount <= 0)
        return;
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect groove = style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarGroove, this);
    QPainter painter(this);
    const int half = std::max(2, groove.width() / 2 - 1);
    if (m_errors) {
        painter.setBrush(severityColour(Severity::Fault, palette()));
        paintMarks(painter, groove, groove.left(), half, *m_errors, m_lineCount);
    }
    if (m_hits) {
        painter.setBrush(palette().color(QPalette::Highlight));
        paintMarks(painter, groove, groove.right() - half + 1, half, *m_hits, m_lineCount);
    }
}

} // namespace society::ui
