// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/appsettings.h"

#include <QObject>
#include <QString>

class QPalette;

namespace society::ui {

/// Applies the look that the settings name to the whole application, at once and whenever it changes. System keeps the
/// platform's style and palette; light and dark are Fusion with our own palettes, since Qt 6.4 cannot ask a platform
/// for either. Made once after QApplication; GUI thread.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(AppSettings &settings, QObject *parent = nullptr);

    void apply(Look look);
    [[nodiscard]] static QPalette lightPalette();
    [[nodiscard]] static QPalette darkPalette();

private:
    QString m_systemStyle;
    QString m_systemIcons;
};

} // namespace society::ui
