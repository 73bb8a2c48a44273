// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/executor/runstatus.h"
#include "services/experiment/experiment.h"

#include <QFrame>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace society::ui {

/// What there is to say about a run beside its numbers: why it ended as it did and what to do about it, the last error
/// of its log; while it runs, what its keeper warns of. Hidden where there is nothing. GUI thread.
class RunEnding : public QFrame {
    Q_OBJECT
public:
    explicit RunEnding(QWidget *parent = nullptr);

    void setExperiment(const experiment::Experiment &experiment);
    void setWarnings(const QList<executor::RunStatus::Warning> &warnings);
    /// The lines of the log's last error; `line` is where it stands, −1: not known.
    void setErrorBlock(const QStringList &lines, qint64 line);

signals:
    /// "Show in the log".
    void lineRequested(qint64 line);

protected:
    void changeEvent(QEvent *event) override;

private:
    void renew();

    experiment::Experiment m_experiment;
    QList<executor::RunStatus::Warning> m_warnings;
    QStringList m_block;
    qint64 m_line = -1;
    QLabel *m_shape;
    QLabel *m_reason;
    QLabel *m_remedy;
    QPlainTextEdit *m_quote;
    QPushButton *m_jump;
};

} // namespace society::ui
