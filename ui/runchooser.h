// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/experiment.h"

#include <QDialog>

class QDialogButtonBox;
class QLineEdit;
class QListWidget;

namespace society::ui {

/// Asks for one of some runs, newest first, found by typing. GUI thread.
class RunChooser : public QDialog {
    Q_OBJECT
public:
    /// `what` says what it is chosen for. Deletes itself when it is closed.
    RunChooser(const QString &what, QList<experiment::Experiment> runs, QWidget *parent);

signals:
    void chosen(const society::experiment::Experiment &run);

private:
    void filter();
    void accept() override;

    QList<experiment::Experiment> m_runs;
    QLineEdit *m_text;
    QListWidget *m_list;
    QDialogButtonBox *m_buttons;
};

} // namespace society::ui
