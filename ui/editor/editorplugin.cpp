// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editorplugin.h"

#include "ui/editor/sourceedit.h"

namespace society::ui {

std::unique_ptr<SourceView> EditorPlugin::makeView(QWidget *parent)
{
    return std::make_unique<SourceEdit>(parent);
}

} // namespace society::ui
