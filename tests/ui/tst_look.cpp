// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/uifixture.h"
#include "ui/errorpanel.h"
#include "ui/language.h"
#include "ui/sessionbus.h"
#include "ui/singleinstance.h"
#include "ui/statechip.h"
#include "ui/theme.h"

#include <QPainter>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QStyle>
#include <QTemporaryDir>
#include <QThread>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace society;
using namespace society::ui;
using namespace society::test;

namespace {

double luminance(const QColor &colour)
{
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TestLook : public QObject {
    Q_OBJECT

private slots:
    void coloursCanBeRead_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << Theme::lightPalette();
        QTest::newRow("dark") << Theme::darkPalette();
    }
    void coloursCanBeRead()
    {
        QFETCH(QPalette, palette);
        constexpr double readable = 4.5; // WCAG AA
        for (const QPalette::ColorRole paper : {QPalette::Base, QPalette::AlternateBase, QPalette::Window}) {
            const QColor under = palette.color(paper);
            QVERIFY(contrast(palette.color(QPalette::Text), under) >= readable);
            for (int state = 0; state <= static_cast<int>(experiment::State::Lost); ++state) {
                const QColor colour = stateColour(static_cast<experiment::State>(state), palette);
                QVERIFY2(contrast(colour, under) >= readable,
                    qPrintable(
                        QStringLiteral("state %1 on %2: %3").arg(state).arg(paper).arg(contrast(colour, under))));
            }
            for (const Severity severity : {Severity::Good, Severity::Information, Severity::Warning, Severity::Fault})
                QVERIFY(contrast(severityColour(severity, palette), under) >= readable);
        }
        QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= readable);
        QVERIFY(contrast(palette.color(QPalette::Link), palette.color(QPalette::Base)) >= readable);
    }

    void shapesDiffer()
    {
        // Colour alone tells nothing to some people: in one colour the states must still differ.
        QList<QImage> images;
        for (int state = 0; state <= static_cast<int>(experiment::State::Lost); ++state) {
            QImage image(32, 32, QImage::Format_ARGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            paintStateShape(&painter, QRectF(0, 0, 32, 32), static_cast<experiment::State>(state), Qt::black);
            painter.end();
            for (const QImage &other : std::as_const(images))
                QVERIFY(image != other);
            images += image;
        }
    }

    void lookChangesLive()
    {
        QTemporaryDir folder;
        AppSettings settings(Workspace(folder.path()), folder.filePath(QStringLiteral("user.ini")));
        const Theme theme(settings);
        QWidget widget;
        widget.show();
        settings.setLook(Look::Dark);
        QTRY_VERIFY(widget.palette().color(QPalette::Base).lightness() < 80);
        QCOMPARE(QApplication::style()->name().toLower(), QStringLiteral("fusion"));
        settings.setLook(Look::Light);
        QTRY_VERIFY(widget.palette().color(QPalette::Base).lightness() > 200);
        settings.setLook(Look::System);
        // Kept for the next start.
        settings.setLook(Look::Dark);
        const AppSettings again(Workspace(folder.path()), folder.filePath(QStringLiteral("user.ini")));
        QCOMPARE(again.look(), Look::Dark);
        settings.setLook(Look::System);
    }

    void languageChangesLive()
    {
        QTemporaryDir folder;
        AppSettings settings(Workspace(folder.path()), folder.filePath(QStringLiteral("user.ini")));
        settings.setLanguage(QStringLiteral("en"));
        const Language language(settings);
        ErrorPanel panel;
        panel.showError({ErrorKind::Refused, QStringLiteral("some_code"), QStringLiteral("What happened."),
            QStringLiteral("What to do."), {}, {}});
        auto *copy = find<QToolButton>(&panel, "errorCopy");
        QCOMPARE(copy->text(), QStringLiteral("Copy"));
        settings.setLanguage(QStringLiteral("zh_CN"));
        QTRY_COMPARE(copy->text(), QStringLiteral("复制"));
        QCOMPARE(QLocale().language(), QLocale::Chinese);
        settings.setLanguage(QStringLiteral("en"));
        QTRY_COMPARE(copy->text(), QStringLiteral("Copy"));
    }

    void secondWindowRaisesTheFirst()
    {
        QTemporaryDir folder;
        const Workspace workspace(folder.path());
        SingleInstance first(workspace);
        QVERIFY(first.claim());
        const QString socket = folder.filePath(QStringLiteral("window.sock"));
        QCOMPARE(
            QFile::permissions(socket) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
        QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        // In a thread of its own, as the second program blocks while the first one answers.
        bool answered = false;
        const std::unique_ptr<QThread> other(QThread::create([&] {
            SingleInstance second(workspace);
            answered = !second.claim() && second.raiseFirst(10000);
        }));
        other->start();
        QTRY_COMPARE(raised.size(), 1);
        QTRY_VERIFY(other->isFinished());
        QVERIFY(answered);
    }

    void silentCallersDoNotKeepTheWindowFromAnswering()
    {
        const QTemporaryDir folder;
        const Workspace workspace(folder.path());
        const QByteArray path = QFile::encodeName(folder.filePath(QStringLiteral("window.sock")));
        QFile dead(QFile::decodeName(path)); // of a window that was killed
        QVERIFY(dead.open(QIODevice::WriteOnly));
        dead.close();
        SingleInstance first(workspace);
        QVERIFY(first.claim());
        QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        QList<int> silent;
        const auto close = qScopeGuard([&] {
            for (const int socket : silent)
                ::close(socket);
        });
        const auto call = [&](const QByteArray &words) {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            std::copy(path.begin(), path.end(), address.sun_path);
            const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
            silent += socket;
            return ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0 &&
                   ::send(socket, words.constData(), static_cast<std::size_t>(words.size()), MSG_NOSIGNAL) ==
                       words.size();
        };
        for (int i = 0; i < 20; ++i) {
            QVERIFY(call({}));
            QCoreApplication::processEvents();
        }
        QVERIFY(call("nonsense\n"));
        QVERIFY(call("raise\n"));
        QTRY_COMPARE(raised.size(), 1);
    }

    void noSessionBusIsStartedWhereThereIsNone()
    {
        const QByteArray address = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
        const auto back = qScopeGuard([&] {
            address.isNull() ? qunsetenv("DBUS_SESSION_BUS_ADDRESS") : qputenv("DBUS_SESSION_BUS_ADDRESS", address);
            runtime.isNull() ? qunsetenv("XDG_RUNTIME_DIR") : qputenv("XDG_RUNTIME_DIR", runtime);
        });
        const QTemporaryDir folder;
        qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1/bus");
        QVERIFY(hasSessionBus());
        SessionBusHold desktop;
        QCOMPARE(qgetenv("DBUS_SESSION_BUS_ADDRESS"), QByteArray("unix:path=/run/user/1/bus"));
        desktop.release();
        QVERIFY(hasSessionBus());
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        QVERIFY(!hasSessionBus());
        SessionBusHold none;
        QCOMPARE(qgetenv("DBUS_SESSION_BUS_ADDRESS"), QByteArray("disabled:"));
        none.release();
        QVERIFY(!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"));
        QFile bus(folder.filePath(QStringLiteral("bus")));
        QVERIFY(bus.open(QIODevice::WriteOnly));
        QVERIFY(hasSessionBus());
    }
};

QTEST_MAIN(TestLook)
#include "tst_look.moc"
