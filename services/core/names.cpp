// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/names.h"

#include <QCoreApplication>

#include <algorithm>

namespace society {

Result<QString> checkedName(const QString &name)
{
    const QString trimmed = name.trimmed();
    const bool isOneLine = std::none_of(trimmed.begin(), trimmed.end(), [](QChar c) {
        const QChar::Category category = c.category();
        return category == QChar::Other_Control || category == QChar::Separator_Line ||
               category == QChar::Separator_Paragraph;
    });
    if (trimmed.isEmpty() || trimmed.size() > LongestName || !isOneLine)
        return fail(ErrorKind::Refused, "name_invalid",
            QCoreApplication::translate("ConfigStore", "A name has 1 to %1 characters, all on one line")
                .arg(LongestName),
            QCoreApplication::translate("ConfigStore", "Choose another name."));
    return trimmed;
}

} // namespace society
