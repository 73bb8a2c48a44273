// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace society::ui {

Language::Language(AppSettings &settings, QObject *parent)
    : QObject(parent)
{
    apply(settings.language());
    connect(&settings, &AppSettings::languageChanged, this, &Language::apply);
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_ours);
    QCoreApplication::removeTranslator(&m_qt);
}

QString Language::resolve(const QString &setting)
{
    if (setting == QLatin1String("en") || setting == QLatin1String("zh_CN"))
        return setting;
    for (const QString &language : QLocale::system().uiLanguages()) {
        if (language.startsWith(QLatin1String("zh")))
            return QStringLiteral("zh_CN");
        if (language.startsWith(QLatin1String("en")))
            break;
    }
    return QStringLiteral("en");
}

void Language::apply(const QString &setting)
{
    const QString language = resolve(setting);
    // The locale goes first: what a widget formats while it retranslates is then in the new one.
    const QLocale system = QLocale::system();
    QLocale::setDefault(system.name() == language || setting == QLatin1String("system") ? system : QLocale(language));
    QCoreApplication::removeTranslator(&m_ours);
    QCoreApplication::removeTranslator(&m_qt);
    // English has a file, too: the plural forms of "%n".
    if (m_ours.load(QStringLiteral(":/translations/society_%1.qm").arg(language)))
        QCoreApplication::installTranslator(&m_ours);
    if (language != QLatin1String("en") &&
        m_qt.load(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
}

} // namespace society::ui
