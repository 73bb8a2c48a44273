// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sourcemodule.h"

#include <QObject>

namespace society::ui {

/// The way into the library of the source editor.
class EditorPlugin : public QObject, public SourceModule {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "society.workbench.SourceModule/1")
    Q_INTERFACES(society::ui::SourceModule)
public:
    [[nodiscard]] std::unique_ptr<SourceView> makeView(QWidget *parent) override;
};

} // namespace society::ui
