// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace society::ui;

namespace {

/// A desktop's notification service, as far as the window needs one.
class Desktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QList<QStringList> shown; ///< title and text of each

public slots:
    // NOLINTNEXTLINE: the interface's own name and arguments
    uint Notify(const QString &, uint, const QString &, const QString &title, const QString &text, const QStringList &,
        const QVariantMap &, int)
    {
        shown.append({title, text});
        return static_cast<uint>(shown.size());
    }

signals:
    void ActionInvoked(uint id, const QString &action); // NOLINT: the interface's own name
};

} // namespace

class TestNotifier : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        // A bus of its own, whatever the desktop has.
        m_bus.start(QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY2(m_bus.waitForStarted(), "dbus-daemon is needed (package dbus-daemon)");
        QTRY_VERIFY(m_bus.canReadLine());
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
    }
    void cleanupTestCase()
    {
        m_bus.terminate();
        m_bus.waitForFinished();
    }

    void withoutAServiceNothingBreaks()
    {
        QWidget window;
        window.show();
        Notifier notifier(&window);
        notifier.notify(QStringLiteral("“Run”: finished"), {}, QStringLiteral("key"));
        // The refusal has come when a later call has been answered.
        QDBusConnection bus = QDBusConnection::sessionBus();
        const QDBusMessage ping = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"),
            QStringLiteral("/org/freedesktop/DBus"), QStringLiteral("org.freedesktop.DBus"),
            QStringLiteral("ListNames"));
        QCOMPARE(bus.call(ping).type(), QDBusMessage::ReplyMessage);
        QCoreApplication::processEvents();
    }

    void aClickBringsTheKeyBack()
    {
        Desktop desktop;
        QDBusConnection server =
            QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("desktop"));
        QVERIFY(server.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &desktop,
            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(server.registerService(QStringLiteral("org.freedesktop.Notifications")));
        QWidget window;
        Notifier notifier(&window);
        QSignalSpy activated(&notifier, &Notifier::activated);
        notifier.notify(QStringLiteral("“Run”: failed"), QStringLiteral("a < b"), QStringLiteral("key 1"));
        QTRY_COMPARE(desktop.shown.size(), 1);
        QCOMPARE(desktop.shown.first(), (QStringList{QStringLiteral("“Run”: failed"), QStringLiteral("a &lt; b")}));
        // Until the answer with the id has arrived, a click names nothing yet.
        QTRY_VERIFY_WITH_TIMEOUT(
            (emit desktop.ActionInvoked(1, QStringLiteral("default")), activated.size() == 1), 5000);
        QCOMPARE(activated.first().first().toString(), QStringLiteral("key 1"));
        emit desktop.ActionInvoked(77, QStringLiteral("default")); // another program's
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
    }

private:
    QProcess m_bus;
};

QTEST_MAIN(TestNotifier)
#include "tst_notifier.moc"
