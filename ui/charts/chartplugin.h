// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chartmodule.h"

#include <QObject>

namespace society::ui {

/// The way into the library of charts.
class ChartPlugin : public QObject, public ChartModule {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "society.workbench.ChartModule/1")
    Q_INTERFACES(society::ui::ChartModule)
public:
    [[nodiscard]] std::unique_ptr<ChartView> makeView(QWidget *parent) override;
};

} // namespace society::ui
