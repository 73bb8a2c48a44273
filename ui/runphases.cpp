// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runphases.h"

#include "models/format.h"
#include "services/core/clock.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <array>

namespace society::ui {

QString phaseText(const QString &phase)
{
    struct Name {
        const char *phase;
        const char *text;
    };
    static constexpr std::array names = {
        Name{"companions", QT_TRANSLATE_NOOP("Phases", "gateway")},
        Name{"waiting", QT_TRANSLATE_NOOP("Phases", "waiting for its turn")},
        Name{"runner", QT_TRANSLATE_NOOP("Phases", "runner")},
        Name{"database", QT_TRANSLATE_NOOP("Phases", "database")},
        Name{"llm", QT_TRANSLATE_NOOP("Phases", "LLM")},
        Name{"environment", QT_TRANSLATE_NOOP("Phases", "city")},
        Name{"agents", QT_TRANSLATE_NOOP("Phases", "agents")},
        Name{"workflow", QT_TRANSLATE_NOOP("Phases", "workflow")},
        Name{"closing", QT_TRANSLATE_NOOP("Phases", "closing")},
        Name{"ending", QT_TRANSLATE_NOOP("Phases", "tidying up")},
        Name{"ended", QT_TRANSLATE_NOOP("Phases", "ended")},
    };
    for (const Name &name : names) {
        if (phase == QLatin1String(name.phase))
            return QCoreApplication::translate("Phases", name.text);
    }
    return phase;
}

RunPhases::RunPhases(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_text(new QLabel(this))
{
    setObjectName(QStringLiteral("runPhases"));
    m_text->setObjectName(QStringLiteral("runPhasesText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    m_ticker.setInterval(200);
    connect(&m_ticker, &QTimer::timeout, this, &RunPhases::renew);
}

void RunPhases::setStatus(const executor::RunStatus &status)
{
    m_status = status;
    if (status.hasEnded())
        m_ticker.stop();
    else
        m_ticker.start();
    renew();
}

void RunPhases::renew()
{
    QStringList parts;
    const auto &phases = m_status.phases;
    for (qsizetype i = 0; i < phases.size(); ++i) {
        const bool isLast = i + 1 == phases.size();
        if (isLast && phases[i].name == QLatin1String("ended"))
            break;
        const QDateTime until = !isLast ? phases[i + 1].at : m_status.hasEnded() ? m_status.endedAt : m_clock.now();
        const QString time = models::duration(phases[i].at.msecsTo(until));
        parts += (isLast && !m_status.hasEnded() ? tr("%1 %2 …") : tr("%1 %2")).arg(phaseText(phases[i].name), time);
    }
    m_text->setText(parts.isEmpty() ? tr("starting …") : parts.join(QStringLiteral("  →  ")));
}

void RunPhases::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        renew();
    QWidget::changeEvent(event);
}

} // namespace society::ui
