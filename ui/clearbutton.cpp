// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clearbutton.h"

#include <QLineEdit>

namespace society::ui {

void offerClearing(QLineEdit *line)
{
    QObject::connect(
        line, &QLineEdit::textChanged, line, [line] { line->setClearButtonEnabled(true); }, Qt::SingleShotConnection);
}

} // namespace society::ui
