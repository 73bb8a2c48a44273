// SPDX-License-Identifier: GPL-3.0-or-later
// A log that is cut short, written anew or replaced while somebody looks at it: no old text is shown as new, nothing of
// the old log stays behind, and it is said.
#include "tests/log/livewriter.h"
#include "tests/ui/logpanefixture.h"

#include <QAction>
#include <QDeadlineTimer>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>

using namespace society;
using namespace society::ui;
using namespace Qt::StringLiterals;

namespace {

enum class Change { Cut, WrittenAnew, WrittenAnewLonger, Replaced, Removed };

QByteArray newLines(int count)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes += "new " + QByteArray::number(i) + '\n';
    return bytes;
}

} // namespace

Q_DECLARE_METATYPE(Change)

class TestLogReplaced : public QObject, private LogPaneTest {
    Q_OBJECT
private:
    QString status() { return child<QLabel>("logStatus")->text(); }

    /// What the log has afterwards.
    QByteArray make(Change change)
    {
        switch (change) {
        case Change::Cut: {
            const QByteArray rest = numberedLines(0, 100);
            if (!QFile::resize(m_log->path(), rest.size()))
                qFatal("cannot cut the log short");
            return rest;
        }
        case Change::WrittenAnew:
            m_log->rewrite(newLines(200));
            return newLines(200);
        case Change::WrittenAnewLonger:
            m_log->rewrite(newLines(9000));
            return newLines(9000);
        case Change::Replaced:
            m_log->replace(newLines(5000));
            return newLines(5000);
        case Change::Removed:
            m_log->remove();
            m_log->append(newLines(300));
            return newLines(300);
        }
        return {};
    }

    /// Every line, by going through all of it, is the file's.
    void lookThrough(const QByteArray &bytes)
    {
        QByteArrayList lines = bytes.split('\n');
        if (lines.last().isEmpty())
            lines.removeLast();
        QTRY_COMPARE(m_pane->document().byteCount(), bytes.size());
        QTRY_COMPARE(m_pane->document().lineCount(), lines.size());
        m_view->setAllFolded(false);
        const auto expected = [&](qint64 line) {
            log::RawLine raw;
            raw.bytes = lines[line].size();
            raw.finished = line + 1 < lines.size() || bytes.endsWith('\n'); // else half a character may go on
            raw.data = QByteArrayView(lines[line]).first(qMin(raw.bytes, log::LogDocument::LineBytes));
            if (raw.isCut())
                raw.tail = QByteArrayView(lines[line]).last(log::LogDocument::LineBytes);
            return log::toLogLine(raw).text;
        };
        for (qint64 line = 0; line < lines.size(); line += 97) {
            m_view->setTopLine(line);
            const auto wrong = [&] {
                const QStringList shown = m_view->visibleText().split(u'\n');
                if (const qint64 rows = m_view->lastVisibleLine() - m_view->topLine() + 1; shown.size() != rows)
                    return u"%1 lines of %2"_s.arg(shown.size()).arg(rows);
                for (qsizetype i = 0; i < shown.size(); ++i) {
                    if (const QString text = expected(m_view->topLine() + i); shown[i] != text)
                        return u"line %1: “%2” for “%3”"_s.arg(m_view->topLine() + i).arg(shown[i], text);
                }
                return QString();
            };
            QTRY_COMPARE(wrong(), QString());
        }
    }

private slots:
    void init() { makePane(); }
    void cleanup() { dropPane(); }

    void isSaidAndLeavesNothingOfTheOldOne_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<bool>("follows");
        for (const bool follows : {true, false}) {
            const char *who = follows ? "following" : "reading";
            QTest::addRow("cut short, %s", who) << Change::Cut << follows;
            QTest::addRow("written anew, %s", who) << Change::WrittenAnew << follows;
            QTest::addRow("written anew and longer, %s", who) << Change::WrittenAnewLonger << follows;
            QTest::addRow("replaced, %s", who) << Change::Replaced << follows;
            QTest::addRow("removed and there again, %s", who) << Change::Removed << follows;
        }
    }

    void isSaidAndLeavesNothingOfTheOldOne()
    {
        QFETCH(Change, change);
        QFETCH(bool, follows);
        show(numberedLines(0, 5000));
        child<QLineEdit>("logFindText")->setText(u"line 49"_s);
        QTRY_COMPARE(m_pane->search().hits().count(), 111);
        // In the middle: the cursor, two marks, and a selection that reaches far.
        m_view->goToLine(4000);
        child<QAction>("logMark")->trigger();
        m_view->goToLine(4100);
        child<QAction>("logMark")->trigger();
        m_view->setTopLine(4090);
        QTest::keyClick(m_view, Qt::Key_Down, Qt::ShiftModifier);
        QTRY_VERIFY(m_view->visibleText().contains(u"line 4100"_s));
        QVERIFY(m_view->hasSelection());
        m_view->setFollowing(follows);
        QVERIFY(!status().contains(u"anew"_s));

        const QByteArray now = make(change);
        QTRY_COMPARE(m_pane->document().byteCount(), now.size());
        const QString first = QString::fromUtf8(now.left(now.indexOf('\n')));
        const QString last = QString::fromUtf8(now.chopped(1).mid(now.chopped(1).lastIndexOf('\n') + 1));
        QTRY_COMPARE(follows ? lastVisible() : firstVisible(), follows ? last : first);
        QCOMPARE(m_view->isFollowing(), follows);
        QVERIFY2(status().contains(u"written anew"_s), qPrintable(status()));
        // What was chosen in the old text is not chosen in the new one.
        QVERIFY(!m_view->hasSelection());
        QVERIFY(!m_view->hasCursor());
        QVERIFY(m_view->marks().empty());
        QGuiApplication::clipboard()->setText(u"before"_s);
        QTest::keyClick(m_view, Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(m_pane->search().hasCaughtUp());
        QCOMPARE(m_pane->search().hits().count(), change == Change::Cut ? 1 : 0);
        lookThrough(now);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);

        // It goes on as if nothing had been; once the person does something, it was said long enough.
        m_view->setFollowing(true);
        m_log->append("and on\n");
        QTRY_COMPARE(lastVisible(), u"and on"_s);
        m_view->goToLine(3);
        QVERIFY(!status().contains(u"anew"_s));
        m_view->setTopLine(0);
        m_view->goToLine(2);
        child<QAction>("logMark")->trigger();
        QCOMPARE(m_view->marks(), std::set<qint64>{2});
    }

    void anotherLogIsNotOneWrittenAnew()
    {
        show(numberedLines(0, 50));
        LogFixture other;
        other.append("other\n");
        m_pane->open(other.path());
        QTRY_COMPARE(m_view->visibleText(), u"other"_s);
        QVERIFY2(!status().contains(u"anew"_s), qPrintable(status()));
    }

    void aDragGoesOnOverIt()
    {
        show(numberedLines(0, 5000));
        m_view->setTopLine(2000);
        QTRY_COMPARE(firstVisible(), u"line 2000"_s);
        QWidget *viewport = m_view->viewport();
        const auto point = [&](int row) { return QPoint(m_view->gutter().width() + 40, row * rowHeight() + 3); };
        QTest::mousePress(viewport, Qt::LeftButton, {}, point(2));
        QTest::mouseMove(viewport, point(5));
        m_log->rewrite(newLines(4));
        QTRY_COMPARE(m_pane->document().lineCount(), 4);
        QTest::mouseMove(viewport, point(9));
        QTest::mouseRelease(viewport, Qt::LeftButton, {}, point(9));
        QTRY_COMPARE(m_view->visibleText(), u"new 0\nnew 1\nnew 2\nnew 3"_s);
        QVERIFY(m_view->selectionEnd().line < 4);
    }

    void isWhateverTheFileIsInTheEnd_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 4; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    /// Somebody scrolls, selects, marks, folds, filters and copies, while the log does whatever logs do not.
    void isWhateverTheFileIsInTheEnd()
    {
        QFETCH(quint32, seed);
        show("first\n");
        for (const LogColumn column : allLogColumns)
            LogColumnChoice::of(m_fixture->settings).setShown(column, true);
        child<QLineEdit>("logFindText")->setText(u"needle"_s);
        QRandomGenerator random(seed);
        LiveWriter writer(*m_log, seed, {.pieces = 40, .mostLines = 300});
        connect(&m_pane->document(), &log::LogDocument::grown, this, [&writer] { writer.readerGotOn(); });
        connect(&m_pane->document(), &log::LogDocument::reset, this, [&writer] { writer.readerGotOn(); });
        const QList<Qt::Key> keys = {Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Home, Qt::Key_End, Qt::Key_Up,
            Qt::Key_Down, Qt::Key_Right, Qt::Key_Left, Qt::Key_Plus};
        const char *const actions[] = {"logMark", "logMarkNext", "logNext", "logErrorNext", "logWrap", "logFold",
            "logOnlyHits", "logTroublesShown"};
        const QDeadlineTimer deadline(60'000);
        while (!writer.isDone() && !deadline.hasExpired()) {
            const bool selects = random.bounded(3) == 0;
            QTest::keyClick(
                m_view, keys[random.bounded(qint32(keys.size()))], selects ? Qt::ShiftModifier : Qt::NoModifier);
            if (random.bounded(4) == 0)
                child<QAction>(actions[random.bounded(qint32(std::size(actions)))])->trigger();
            if (random.bounded(6) == 0)
                QTest::keyClick(m_view, Qt::Key_C, Qt::ControlModifier);
            std::ignore = m_view->viewport()->grab();
            QVERIFY(m_view->topLine() <= m_pane->document().lineCount());
            QVERIFY(m_view->marks().empty() || *m_view->marks().rbegin() < m_pane->document().lineCount());
            QVERIFY(!m_view->hasSelection() || m_view->selectionEnd().line < m_pane->document().lineCount());
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        }
        QVERIFY(writer.isDone());
        disconnect(&m_pane->document(), nullptr, this, nullptr);
        child<QAction>("logOnlyHits")->setChecked(false);
        child<QAction>("logWrap")->setChecked(false);
        lookThrough(writer.content());
    }
};

QTEST_MAIN(TestLogReplaced)
#include "tst_logreplaced.moc"
