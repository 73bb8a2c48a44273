// SPDX-License-Identifier: GPL-3.0-or-later
// The list of keys tells of those of a log, and each of them is one.
#include "tests/ui/uifixture.h"
#include "ui/logpane.h"
#include "ui/logview.h"
#include "ui/mainwindow.h"

#include <QAction>
#include <QMessageBox>
#include <QTest>

using namespace society;
using namespace society::ui;
using namespace society::test;
using namespace Qt::StringLiterals;

class TestLogKeys : public QObject {
    Q_OBJECT
private slots:
    void theListIsTrue()
    {
        UiFixture fixture;
        QVERIFY2(fixture.isReady(), qPrintable(fixture.error()));
        QVERIFY2(fixture.prepareRuns(), qPrintable(fixture.error()));
        MainWindow window(fixture.context());
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        fixture.settle();
        QTest::keyClick(&window, Qt::Key_F1);
        QMessageBox *box = nullptr;
        QTRY_VERIFY((box = window.findChild<QMessageBox *>(u"shortcutsBox"_s)));
        const QString list = box->text();
        LogPane pane(fixture.context().settings);
        for (const auto &[name, keys] : std::initializer_list<std::pair<const char *, const char *>>{
                 {"logFind", "Ctrl+F"}, {"logNext", "F3"}, {"logErrorNext", "F8"}, {"logOnlyHits", "Ctrl+L"},
                 {"logTroublesShown", "Ctrl+T"}, {"logMark", "Ctrl+M"}, {"logMarkNext", "F2"}, {"logGoTo", "Ctrl+G"},
                 {"logWrap", "Alt+Z"}, {"logFold", "Ctrl+Shift+F"}}) {
            const auto *action = pane.findChild<QAction *>(QString::fromLatin1(name));
            QVERIFY2(action, name);
            const QKeySequence sequence(QString::fromLatin1(keys));
            QVERIFY2(action->shortcuts().contains(sequence), name);
            QVERIFY2(list.contains(sequence.toString(QKeySequence::NativeText)), keys);
        }
        box->close();
    }
};

QTEST_MAIN(TestLogKeys)
#include "tst_logkeys.moc"
