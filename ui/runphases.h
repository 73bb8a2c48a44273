// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/runstatus.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace society {
class Clock;
}

namespace society::ui {

/// The phases of a run's start with the time that each took, so that one sees which part of it takes long. Counts the
/// present one by itself. GUI thread.
class RunPhases : public QWidget {
    Q_OBJECT
public:
    explicit RunPhases(const Clock &clock, QWidget *parent = nullptr);

    void setStatus(const executor::RunStatus &status);

protected:
    void changeEvent(QEvent *event) override;

private:
    void renew();

    const Clock &m_clock;
    executor::RunStatus m_status;
    QTimer m_ticker;
    QLabel *m_text;
};

/// A phase's name for people: "environment" of status.json is "city".
[[nodiscard]] QString phaseText(const QString &phase);

} // namespace society::ui
