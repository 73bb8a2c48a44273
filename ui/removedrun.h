// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/experiment/experimentservice.h"

#include <QDialog>

namespace society::ui {

/// Says of a run that its bills name and that is not there any more when it was deleted, and what is kept of it. Does
/// not wait. GUI thread.
class RemovedRunDialog : public QDialog {
    Q_OBJECT
public:
    /// Without `removed` nothing but the bills is known of the run. `bills` are all of its bills.
    RemovedRunDialog(const ExperimentId &id, const std::optional<experiment::Removed> &removed,
        const QList<ledger::Bill> &bills, QWidget *parent = nullptr);

signals:
    /// Its bills are wanted.
    void billsRequested(const society::ExperimentId &id);
};

} // namespace society::ui
