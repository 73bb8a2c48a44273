// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logdiffwindow.h"

#include "tests/log/logfixture.h"
#include "ui/appsettings.h"
#include "ui/logview.h"

#include <QCheckBox>
#include <QDir>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <memory>

using namespace society;
using namespace society::ui;
using namespace Qt::StringLiterals;

class TestLogDiffWindow : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<LogFixture> m_left;
    std::unique_ptr<LogFixture> m_right;
    std::unique_ptr<LogDiffWindow> m_window;

    static QByteArray line(int second, const QByteArray &text)
    {
        return "2026-11-24 02:" + QByteArray::number(second / 60).rightJustified(2, '0') + ':' +
               QByteArray::number(second % 60).rightJustified(2, '0') + ",086 - agentsociety - INFO - " + text + "\n";
    }
    void open()
    {
        m_window = std::make_unique<LogDiffWindow>(*m_settings, LogDiffWindow::Side{u"first"_s, m_left->path()},
            LogDiffWindow::Side{u"second"_s, m_right->path()});
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    QString text() { return m_window->findChild<QLabel *>(u"logDiffText"_s)->text(); }
    void press(const QString &name)
    {
        auto *button = m_window->findChild<QAbstractButton *>(name);
        QVERIFY(button && button->isVisible() && button->isEnabled());
        button->click();
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<AppSettings>(Workspace(m_folder->path()), m_folder->filePath(u"user.ini"_s));
        m_left = std::make_unique<LogFixture>();
        m_right = std::make_unique<LogFixture>();
    }
    void cleanup() { m_window.reset(); }

    void saysThatThereIsNoDifference()
    {
        QByteArray left;
        QByteArray right;
        for (int i = 0; i < 500; ++i) {
            left += line(i, "step of pid=" + QByteArray::number(1000 + i % 2));
            right += line(2 * i, "step of pid=" + QByteArray::number(3000 + i % 2));
        }
        m_left->append(left);
        m_right->append(right);
        open();
        QTRY_COMPARE(text(), u"No difference: all 500 line(s) are the same."_s);
        QVERIFY(!m_window->findChild<QToolButton *>(u"logDiffNext"_s)->isEnabled());
        // Times are something that one may want to see.
        press(u"logDiffTimes"_s);
        QTRY_VERIFY2(text().contains(u"difference(s)"_s), qPrintable(text()));
        QVERIFY(!m_settings->flag(u"logdiff/times"_s, true));
    }

    void leadsFromDifferenceToDifference()
    {
        QByteArray left;
        QByteArray right;
        for (int i = 0; i < 2000; ++i) {
            left += line(i, "step " + QByteArray("x").repeated(i % 7));
            right += line(i, "step " + QByteArray("x").repeated(i % 7));
            if (i == 300)
                right += line(i, "a new line") + line(i, "another");
            if (i == 1500)
                left += line(i, "gone");
        }
        m_left->append(left);
        m_right->append(right);
        open();
        QTRY_VERIFY2(text().startsWith(u"2 difference(s)"_s), qPrintable(text()));
        QVERIFY2(text().contains(u"1 line(s) only on the left"_s), qPrintable(text()));
        QVERIFY2(text().contains(u"2 only on the right"_s), qPrintable(text()));
        QVERIFY2(text().contains(u"the same"_s), qPrintable(text()));
        press(u"logDiffNext"_s);
        QVERIFY2(text().startsWith(u"Difference 1 of 2"_s), qPrintable(text()));
        QCOMPARE(m_window->right()->currentLine(), 301);
        QTRY_VERIFY(m_window->right()->visibleText().contains(u"a new line"_s));
        QTest::keyClick(m_window.get(), Qt::Key_F8);
        QTRY_COMPARE(m_window->left()->currentLine(), 1501);
        QTRY_VERIFY(m_window->left()->visibleText().contains(u"gone"_s));
        QVERIFY(m_window->right()->topLine() > 1400);
        QTest::keyClick(m_window.get(), Qt::Key_F8, Qt::ShiftModifier);
        QTRY_COMPARE(m_window->right()->currentLine(), 301);

        // Scrolled together, by the lines that belong together.
        m_window->left()->setTopLine(1000);
        QCOMPARE(m_window->right()->topLine(), 1002);
        m_window->right()->setTopLine(102);
        QCOMPARE(m_window->left()->topLine(), 102);
    }

    void comparesAgain()
    {
        m_left->append(numberedLines(0, 50));
        m_right->append(numberedLines(0, 40));
        open();
        QTRY_VERIFY2(text().startsWith(u"1 difference(s) · 10 line(s) only on the left"_s), qPrintable(text()));
        m_right->append(numberedLines(40, 10));
        QTRY_VERIFY(m_window->right()->shown().count() == 50);
        press(u"logDiffAgain"_s);
        QTRY_COMPARE(text(), u"No difference: all 50 line(s) are the same."_s);
    }

    void comparesALogThatIsBegunAnew()
    {
        m_left->append(numberedLines(0, 50));
        m_right->append(numberedLines(0, 50));
        open();
        QTRY_COMPARE(text(), u"No difference: all 50 line(s) are the same."_s);
        m_right->rewrite(numberedLines(0, 40));
        QTRY_VERIFY2(text().startsWith(u"1 difference(s) · 10 line(s) only on the left"_s), qPrintable(text()));
    }

    void saysThatALogCannotBeRead()
    {
        m_left->append("one\n");
        QVERIFY(QDir().mkdir(m_right->path()));
        open();
        QTRY_COMPARE(text(), u"The log of “second” cannot be read."_s);
    }

    void saysThatALogIsMissing()
    {
        m_left->append("one\n");
        open();
        QTRY_COMPARE(text(), u"“second” has no log yet."_s);
        m_right->append("one\n");
        QTRY_COMPARE(text(), u"No difference: all 1 line(s) are the same."_s);
    }
};

QTEST_MAIN(TestLogDiffWindow)
#include "tst_logdiffwindow.moc"
