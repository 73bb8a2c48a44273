// SPDX-License-Identifier: GPL-3.0-or-later
// One line of a log in a window of its own.
#include "tests/ui/logpanefixture.h"
#include "ui/loglinedialog.h"

#include <QAction>
#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace society;
using namespace society::ui;
using namespace Qt::StringLiterals;

class TestLogLine : public QObject, private LogPaneTest {
    Q_OBJECT
private:
    template <class T>
    T *in(const char *name = nullptr)
    {
        T *found = m_dialog->findChild<T *>(QString::fromLatin1(name));
        if (!found)
            qFatal("the dialog has no %s", name);
        return found;
    }
    QPlainTextEdit *edit() { return in<QPlainTextEdit>(""); }
    QString text() { return edit()->toPlainText(); }
    QString selected() { return edit()->textCursor().selectedText(); }
    QString hits() { return in<QLabel>("logHits")->text(); }

    void open(qint64 line, const char *action = "logWholeLineAction")
    {
        m_view->goToLine(line);
        child<QAction>(action)->trigger();
        m_dialog = m_pane->findChild<LogLineDialog *>();
        QVERIFY(m_dialog);
        QTRY_VERIFY(!text().isEmpty());
    }

    void find(const QString &what)
    {
        auto *field = in<QLineEdit>("logFindText");
        field->setText(what);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!hits().isEmpty() && hits() != u"searching…"_s, 60'000);
    }

    LogLineDialog *m_dialog = nullptr;

private slots:
    void init() { makePane(); }
    void cleanup() { dropPane(); }

    void showsEveryByteOfTheRawLine()
    {
        show("one\n\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\ \x1b[31mred\x1b[0m\x1b[2K\n 1%\r 2%\n");
        QVERIFY2(m_view->visibleText().contains(u"link red"_s), qPrintable(m_view->visibleText()));
        open(1);
        QCOMPARE(text(), u"link red"_s);
        in<QCheckBox>("logLineRaw")->setChecked(true);
        QTRY_COMPARE(text(), u"␛]8;;http://a␛\\link␛]8;;␛\\ ␛[31mred␛[0m␛[2K"_s);
        m_dialog->close();
        QTRY_VERIFY(!m_pane->findChild<LogLineDialog *>());
        open(2, "logRawLine");
        QCOMPARE(text(), u" 1%␍\n 2%"_s);
        find(u"2%"_s);
        QTRY_COMPARE(selected(), u"2%"_s);
    }

    void findsInALineAndGoesAround()
    {
        show("one\n" + QByteArray("\xe4\xbd\xa0 needle \xff needle \x1b[31mneedle") + "\n");
        open(1);
        find(u"needle"_s);
        QTRY_COMPARE(selected(), u"needle"_s);
        QVERIFY(in<QCheckBox>("logLineRaw")->isChecked()); // hits are those of its bytes
        QTRY_COMPARE(edit()->textCursor().selectionStart(), 2);
        QList<int> places;
        for (int i = 0; i < 3; ++i) {
            const int before = edit()->textCursor().selectionStart();
            in<QAction>("logLineNext")->trigger();
            QTRY_VERIFY(edit()->textCursor().selectionStart() != before);
            places += edit()->textCursor().selectionStart();
        }
        QCOMPARE(places, (QList<int>{14, 26, 2}));
        in<QAction>("logLinePrevious")->trigger();
        QTRY_COMPARE(edit()->textCursor().selectionStart(), 26);
        find(u"nothing of the kind"_s);
        QTRY_COMPARE(hits(), u"no hits"_s);
    }

    void showsALineOfAHundredMegabytes()
    {
        constexpr qint64 bytes = 100'000'000;
        QByteArray line(bytes, 'x');
        line.replace(60'000'000, 6, "needle");
        line.replace((qint64(70) << 20) - 3, 6, "needle");
        line.replace(bytes - 3, 3, "end");
        show("short\n" + line + "\nbehind\n");
        // Cut in the pane, found by its search.
        QTRY_COMPARE(m_pane->document().lineCount(), 3);
        m_view->goToLine(1);
        QTRY_VERIFY(m_view->visibleText().contains(u"behind"_s));
        QVERIFY(m_view->visibleText().size() < 10'000);
        child<QLineEdit>("logFindText")->setText(u"needle"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_pane->search().hasCaughtUp() && m_pane->search().hits().count() == 1, 60'000);
        QCOMPARE(m_pane->search().hits().at(0), 1);
        // In parts in its dialog.
        open(1);
        QTRY_VERIFY(in<QSpinBox>("logLinePart")->isVisible());
        QTRY_VERIFY(text().size() < 1'000'000);
        find(u"needle"_s);
        QTRY_COMPARE(selected(), u"needle"_s);
        QCOMPARE(hits(), u"byte %1"_s.arg(QLocale().toString(60'000'001)));
        in<QAction>("logLineNext")->trigger();
        QTRY_COMPARE(hits(), u"byte %1"_s.arg(QLocale().toString((qint64(70) << 20) - 2)));
        QTRY_VERIFY(!selected().isEmpty() && u"needle"_s.startsWith(selected())); // it goes on in the next part
        in<QSpinBox>("logLinePart")->setValue(in<QSpinBox>("logLinePart")->maximum());
        QTRY_VERIFY(text().endsWith(u"xend"_s));
        // Whole in a copy.
        in<QPushButton>("logLineCopy")->click();
        QTRY_VERIFY_WITH_TIMEOUT(QGuiApplication::clipboard()->text().size() == bytes, 60'000);
        QVERIFY(QGuiApplication::clipboard()->text() == QString::fromLatin1(line));
        QGuiApplication::clipboard()->clear();
    }

    void saysThatTheLogWasWrittenAnew()
    {
        show("one\n" + QByteArray(2'000'000, 'x') + "\n");
        open(1);
        QTRY_VERIFY(in<QSpinBox>("logLinePart")->isVisible());
        m_log->rewrite("other\nlines\nof another log\n");
        QTRY_COMPARE(m_pane->document().lineCount(), 3);
        in<QSpinBox>("logLinePart")->setValue(3);
        QTRY_VERIFY2(in<QLabel>("logLineNote")->text().contains(u"written anew"_s),
            qPrintable(in<QLabel>("logLineNote")->text()));
    }

    void isGoneWithThePane()
    {
        show("one\n" + QByteArray(2'000'000, 'x') + "\n");
        open(1);
        auto *field = in<QLineEdit>("logFindText");
        field->setText(u"(x+)+y"_s);
        QTest::keyClick(field, Qt::Key_Return);
        dropPane(); // while it looks for it
    }
};

QTEST_MAIN(TestLogLine)
#include "tst_logline.moc"
