// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/otherworkspace.h"
#include "app/workbench/workbench.h"
#include "ui/icons.h"
#include "ui/language.h"
#include "ui/sessionbus.h"
#include "ui/singleinstance.h"
#include "ui/startuppage.h"
#include "ui/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QImageReader>
#include <cstdio>
#include <fontconfig/fontconfig.h>
#include <thread>

namespace {

constexpr int usageError = 2;

QString sentence(const QString &words)
{
    return words.endsWith(u'.') || words.isEmpty() ? words : words + u'.';
}

int say(const society::Error &error)
{
    const QString text =
        QStringLiteral("society-workbench: %1 %2\n").arg(sentence(error.message), sentence(error.remedy));
    std::fputs(text.toLocal8Bit().constData(), stderr);
    return usageError;
}

// Says in a window what is in the way of the main one, since a program started from a menu has no terminal. True: the
// person has removed it and asks to try again.
bool tryAgain(const society::Workspace &workspace, const society::Error &error)
{
    society::ui::StartupPage page(workspace.root());
    QApplication::setWindowIcon(society::ui::icon("society-workbench"));
    bool again = false;
    QObject::connect(&page, &society::ui::StartupPage::retryRequested, &page, [&page, &again] {
        again = true;
        page.close();
    });
    QObject::connect(&page, &society::ui::StartupPage::workspaceChosen, &page, [&page](const QString &folder) {
        society::app::openInstead(page, folder, QCoreApplication::applicationFilePath());
    });
    page.showError(error);
    page.show();
    QApplication::exec();
    return again;
}

} // namespace

int main(int argc, char **argv)
{
    society::ui::SessionBusHold busHold;
    // Reading the configuration of the fonts takes as long as connecting to the display: both at once.
    std::jthread fonts([] { FcInit(); });
    QApplication application(argc, argv);
    fonts.join();
    // The menu bar asks for a picture; what reads pictures is loaded meanwhile.
    const std::jthread pictures([] { QImageReader::supportedImageFormats(); });
    busHold.release();
    QApplication::setApplicationName(QStringLiteral("Society Workbench"));
    QApplication::setApplicationVersion(QStringLiteral(SOCIETY_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("society-workbench"));

    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate("Main", "Runs AgentSociety experiments in a window."));
    const QCommandLineOption workspaceOption(QStringLiteral("workspace"),
        QCoreApplication::translate("Main", "The folder that holds everything."), QStringLiteral("DIR"));
    const QCommandLineOption tenantOption(QStringLiteral("tenant"),
        QCoreApplication::translate("Main", "Whose experiments and money."), QStringLiteral("ID"),
        QStringLiteral("default"));
    parser.addOptions({workspaceOption, tenantOption});
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(application);

    const auto tenant = society::parseTenantId(parser.value(tenantOption));
    if (!tenant)
        return say(tenant.error());
    const QString root =
        parser.isSet(workspaceOption) ? parser.value(workspaceOption) : society::Workspace::defaultRoot();
    const society::Workspace workspace(root);
    society::ui::AppSettings settings(workspace);
    const society::ui::Theme theme(settings);
    const society::ui::Language language(settings);
    for (auto made = workspace.create(); !made; made = workspace.create()) {
        if (!tryAgain(workspace, made.error()))
            return 1;
    }

    society::ui::SingleInstance instance(workspace);
    while (!instance.claim()) {
        if (instance.raiseFirst())
            return 0;
        const society::Error busy{society::ErrorKind::Refused, QStringLiteral("window_busy"),
            QCoreApplication::translate("Main", "Another window has this workspace open and does not answer."),
            QCoreApplication::translate("Main", "Close it, or wait until it does."), {}, {}};
        if (!tryAgain(workspace, busy))
            return 1;
    }
    society::app::Workbench workbench(workspace, *tenant, settings);
    QObject::connect(
        &instance, &society::ui::SingleInstance::raiseRequested, &workbench, &society::app::Workbench::bringToFront);
    workbench.open();
    return QApplication::exec();
}
