// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appsettings.h"

#include <QDir>
#include <QStandardPaths>
#include <array>

namespace society::ui {

namespace {

constexpr std::array looks{
    std::pair{Look::System, "system"}, std::pair{Look::Light, "light"}, std::pair{Look::Dark, "dark"}};

QString userFileOr(const QString &file)
{
    if (!file.isEmpty())
        return file;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/society-workbench/workbench.ini");
}

} // namespace

AppSettings::AppSettings(const Workspace &workspace, const QString &userFile, QObject *parent)
    : QObject(parent)
    , m_user(userFileOr(userFile), QSettings::IniFormat)
    , m_workspace(workspace.root() + QStringLiteral("/window.ini"), QSettings::IniFormat)
{
}

Look AppSettings::look() const
{
    const QString word = m_user.value(QStringLiteral("look")).toString();
    for (const auto &[look, name] : looks) {
        if (word == QLatin1String(name))
            return look;
    }
    return Look::System;
}

void AppSettings::setLook(Look look)
{
    if (look == this->look())
        return;
    for (const auto &[value, name] : looks) {
        if (value == look)
            m_user.setValue(QStringLiteral("look"), QString::fromLatin1(name));
    }
    emit lookChanged(look);
}

QString AppSettings::language() const
{
    return m_user.value(QStringLiteral("language"), QStringLiteral("system")).toString();
}

void AppSettings::setLanguage(const QString &language)
{
    if (language == this->language())
        return;
    m_user.setValue(QStringLiteral("language"), language);
    emit languageChanged(language);
}

QByteArray AppSettings::windowGeometry() const
{
    return m_workspace.value(QStringLiteral("window/geometry")).toByteArray();
}

void AppSettings::setWindowGeometry(const QByteArray &geometry)
{
    m_workspace.setValue(QStringLiteral("window/geometry"), geometry);
}

QString AppSettings::windowPage() const
{
    return m_workspace.value(QStringLiteral("window/page")).toString();
}

void AppSettings::setWindowPage(const QString &name)
{
    m_workspace.setValue(QStringLiteral("window/page"), name);
}

QByteArray AppSettings::widgetState(const QString &name) const
{
    return m_workspace.value(QStringLiteral("widgets/") + name).toByteArray();
}

void AppSettings::setWidgetState(const QString &name, const QByteArray &state)
{
    m_workspace.setValue(QStringLiteral("widgets/") + name, state);
}

QString AppSettings::lastChoice(const QString &picker) const
{
    return m_workspace.value(QStringLiteral("choice/") + picker).toString();
}

void AppSettings::setLastChoice(const QString &picker, const QString &id)
{
    m_workspace.setValue(QStringLiteral("choice/") + picker, id);
}

bool AppSettings::flag(const QString &name, bool fallback) const
{
    return m_workspace.value(QStringLiteral("flags/") + name, fallback).toBool();
}

void AppSettings::setFlag(const QString &name, bool on)
{
    m_workspace.setValue(QStringLiteral("flags/") + name, on);
}

int AppSettings::number(const QString &name, int fallback) const
{
    return m_workspace.value(QStringLiteral("numbers/") + name, fallback).toInt();
}

void AppSettings::setNumber(const QString &name, int number)
{
    m_workspace.setValue(QStringLiteral("numbers/") + name, number);
}

QString AppSettings::lastFolder() const
{
    const QString folder = m_workspace.value(QStringLiteral("folder")).toString();
    return QDir(folder).exists() && !folder.isEmpty() ? folder : QDir::homePath();
}

void AppSettings::setLastFolder(const QString &folder)
{
    m_workspace.setValue(QStringLiteral("folder"), folder);
}

} // namespace society::ui
