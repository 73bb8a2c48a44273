// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/appsettings.h"

#include <QObject>
#include <QTranslator>

namespace society::ui {

/// Speaks the language that the settings name, at once and whenever it changes: our texts (`:/translations`), Qt's own,
/// and the locale of numbers and dates. Widgets hear of it by QEvent::LanguageChange. Made once after QApplication; GUI
/// thread.
class Language : public QObject {
    Q_OBJECT
public:
    explicit Language(AppSettings &settings, QObject *parent = nullptr);
    ~Language() override;

    /// "en" or "zh_CN" for "system" or one of these.
    [[nodiscard]] static QString resolve(const QString &setting);

private:
    void apply(const QString &setting);

    QTranslator m_ours;
    QTranslator m_qt;
};

} // namespace society::ui
