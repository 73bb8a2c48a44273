// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartplugin.h"

#include "ui/charts/drawnchart.h"

namespace society::ui {

std::unique_ptr<ChartView> ChartPlugin::makeView(QWidget *parent)
{
    return std::make_unique<DrawnChart>(parent);
}

} // namespace society::ui
