// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>
#include <QIcon>
#include <QPalette>
#include <QStandardPaths>
#include <QStyle>

namespace society::ui {

namespace {

struct Tones {
    QRgb window, base, alternate, button, text, faint, accent, onAccent, link, tip, frame;
};

constexpr Tones light{0xfff3f4f6, 0xffffffff, 0xfff7f8fa, 0xfffafbfc, 0xff1c1e21, 0xff8a9099, 0xff2563c9, 0xffffffff,
    0xff1d56b3, 0xffffffff, 0xffc9ced6};
constexpr Tones dark{0xff2a2c30, 0xff1e1f22, 0xff242629, 0xff34373c, 0xffe6e8eb, 0xff7d848e, 0xff2f6fd6, 0xffffffff,
    0xff7ab8ff, 0xff34373c, 0xff4a4e55};

QPalette paletteOf(const Tones &t)
{
    QPalette palette(QColor::fromRgb(t.button), QColor::fromRgb(t.window));
    const auto set = [&](QPalette::ColorRole role, QRgb colour) { palette.setColor(role, QColor::fromRgb(colour)); };
    set(QPalette::Window, t.window);
    set(QPalette::WindowText, t.text);
    set(QPalette::Base, t.base);
    set(QPalette::AlternateBase, t.alternate);
    set(QPalette::Text, t.text);
    set(QPalette::Button, t.button);
    set(QPalette::ButtonText, t.text);
    set(QPalette::BrightText, 0xffff5f56);
    set(QPalette::Highlight, t.accent);
    set(QPalette::HighlightedText, t.onAccent);
    set(QPalette::Link, t.link);
    set(QPalette::LinkVisited, t.link);
    set(QPalette::ToolTipBase, t.tip);
    set(QPalette::ToolTipText, t.text);
    set(QPalette::PlaceholderText, t.faint);
    set(QPalette::Mid, t.frame);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(t.faint));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor::fromRgb(t.frame));
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, QColor::fromRgb(t.faint));
    return palette;
}

} // namespace

Theme::Theme(AppSettings &settings, QObject *parent)
    : QObject(parent)
    , m_systemStyle(QApplication::style()->name())
    , m_systemIcons(QIcon::themeName())
{
    // Where no desktop names them, the folders with icon themes are still these.
    QStringList folders = QIcon::themeSearchPaths();
    for (const QString &folder : QStandardPaths::locateAll(
             QStandardPaths::GenericDataLocation, QStringLiteral("icons"), QStandardPaths::LocateDirectory)) {
        if (!folders.contains(folder))
            folders += folder;
    }
    QIcon::setThemeSearchPaths(folders);
    QIcon::setFallbackThemeName(QStringLiteral("breeze"));
    apply(settings.look());
    connect(&settings, &AppSettings::lookChanged, this, &Theme::apply);
}

void Theme::apply(Look look)
{
    const QString style = look == Look::System ? m_systemStyle : QStringLiteral("fusion");
    if (QApplication::style()->name().compare(style, Qt::CaseInsensitive) != 0)
        QApplication::setStyle(style);
    switch (look) {
    case Look::System:
        QApplication::setPalette(QPalette());
        break;
    case Look::Light:
        QApplication::setPalette(lightPalette());
        break;
    case Look::Dark:
        QApplication::setPalette(darkPalette());
        break;
    }
    // A desktop that brings an icon theme of its own keeps it; "hicolor" is only Qt's word for none.
    const bool none = m_systemIcons.isEmpty() || m_systemIcons == QLatin1String("hicolor");
    const bool isDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    if (look != Look::System || none)
        QIcon::setThemeName(isDark ? QStringLiteral("breeze-dark") : QStringLiteral("breeze"));
    else
        QIcon::setThemeName(m_systemIcons);
}

QPalette Theme::lightPalette()
{
    return paletteOf(light);
}

QPalette Theme::darkPalette()
{
    return paletteOf(dark);
}

} // namespace society::ui
