// SPDX-License-Identifier: GPL-3.0-or-later
// What of a line is no text: bytes that are no UTF-8, control characters, escape sequences. What they look like, what
// is said of them, and what a copy has.
#include "tests/ui/logpanefixture.h"

#include <QAccessible>
#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRandomGenerator>
#include <QScrollBar>

using namespace society;
using namespace society::ui;
using namespace Qt::StringLiterals;

namespace {

/// With the zeros inside it.
template <size_t N>
QByteArray allOf(const char (&text)[N])
{
    return QByteArray(text, N - 1);
}

} // namespace

class TestLogCells : public QObject, private LogPaneTest {
    Q_OBJECT
private:
    /// How many pixels of a row of the screen have a colour.
    int pixels(int row, const QColor &colour)
    {
        const QImage picture = m_view->viewport()->grab().toImage();
        int found = 0;
        for (int y = row * rowHeight(); y < (row + 1) * rowHeight(); ++y) {
            for (int x = 0; x < picture.width(); ++x)
                found += picture.pixelColor(x, y) == colour;
        }
        return found;
    }

    QColor cellColour(log::OddCell::Kind kind) const
    {
        return cellFormat(kind, m_view->palette()).background().color();
    }

    /// What is said of the characters of a row, each once, from left to right.
    QStringList notesOf(int row)
    {
        QStringList notes;
        for (int x = 0; x < m_view->viewport()->width(); x += 2) {
            const QString note = m_view->noteAt(QPoint(x, row * rowHeight() + rowHeight() / 2));
            if (!note.isEmpty() && (notes.isEmpty() || notes.last() != note))
                notes += note;
        }
        return notes;
    }

private slots:
    void init() { makePane(); }
    void cleanup() { dropPane(); }

    void tellsABadByteFromItsTextAndFromTheCharacterForIt_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void tellsABadByteFromItsTextAndFromTheCharacterForIt()
    {
        QFETCH(bool, isDark);
        QPalette palette = m_view->palette();
        palette.setColor(QPalette::Base, isDark ? QColor(30, 30, 30) : QColor(Qt::white));
        palette.setColor(QPalette::Text, isDark ? QColor(Qt::white) : QColor(Qt::black));
        m_view->setPalette(palette);
        show(allOf("caf\xe9\n\\xE9 \xef\xbf\xbd\nnul \0.\nnul \xe2\x90\x80.\n"));
        QCOMPARE(m_view->visibleText(), u"caf\\xE9\n\\xE9 \uFFFD\nnul ␀.\nnul ␀."_s);
        const QColor bad = cellColour(log::OddCell::Kind::NoUtf8);
        const QColor control = cellColour(log::OddCell::Kind::Control);
        QVERIFY(bad != control);
        QVERIFY(pixels(0, bad) > 50);
        QCOMPARE(pixels(1, bad), 0);
        QVERIFY(pixels(2, control) > 20);
        QCOMPARE(pixels(3, control), 0);
        // Its words can be read on it.
        for (const auto kind : {log::OddCell::Kind::NoUtf8, log::OddCell::Kind::Control}) {
            const QTextCharFormat format = cellFormat(kind, m_view->palette());
            const auto light = [](const QColor &colour) { return colour.lightness(); };
            QVERIFY(qAbs(light(format.foreground().color()) - light(format.background().color())) > 100);
            QCOMPARE(light(format.background().color()) < 128, isDark);
        }
    }

    /// Also where no font has pictures of control characters.
    void drawsControlCharactersApart()
    {
        show(allOf("\0\n\a\n\x7f\n"));
        QCOMPARE(m_view->visibleText(), u"␀\n␇\n␡"_s);
        const auto row = [this](int number) {
            const int left = m_view->gutter().width();
            return m_view->viewport()->grab(QRect(left, number * rowHeight(), 100, rowHeight())).toImage();
        };
        QVERIFY(row(0) != row(1));
        QVERIFY(row(1) != row(2));
    }

    void saysWhatACellIs()
    {
        show(allOf("a\xe9\x80z\0.\xe2\x80\xae\nplain\nb\x1b[2K\x1b]0;title\a\n"));
        QCOMPARE(notesOf(0), (QStringList{u"Byte E9, which is no UTF-8 here"_s, u"Byte 80, which is no UTF-8 here"_s,
                                 u"Control character 00 (NUL)"_s, u"Character U+202E, which cannot be seen"_s}));
        QCOMPARE(notesOf(1), QStringList());
        QCOMPARE(notesOf(2), QStringList{u"Escape sequences that are no colours: they are in the raw line"_s});
    }

    void saysItBelowTheLogAndToScreenReaders()
    {
        show("caf\xe9 \xff\nplain\n");
        const auto place = [this] { return child<QLabel>("logPlace")->text(); };
        QCOMPARE(place(), QString());
        m_view->goToLine(0);
        QVERIFY2(place().contains(u"2 byte(s) of the line are no UTF-8"_s), qPrintable(place()));
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(m_view, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY2(place().contains(u"Byte E9"_s), qPrintable(place()));
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_view);
        QVERIFY(interface);
        QVERIFY(interface->text(QAccessible::Description).contains(u"Byte E9, which is no UTF-8 here"_s));
        QVERIFY(interface->text(QAccessible::Value).contains(u"caf\\xE9 \\xFF"_s));
        m_view->goToLine(1);
        QCOMPARE(place(), QString());
    }

    void copiesWhatIsShown()
    {
        show(allOf("\x1b[31mcaf\xe9\x1b[0m\0\n"));
        m_view->selectAll();
        QCOMPARE(copied(), u"caf\\xE9␀"_s);
    }

    void marksHitsAmongCells()
    {
        show("\xff\xff\xff needle \xff\nxFF needle\n");
        auto *field = m_pane->findChild<QLineEdit *>();
        QVERIFY(field);
        const QColor hit(0xff, 0xe5, 0x8a);
        field->setText(u"needle"_s);
        QTRY_VERIFY(m_pane->search().hasCaughtUp() && m_pane->search().hits().count() == 2);
        QVERIFY(pixels(0, hit) > 50);
        // The text of a cell is none of the log's.
        field->setText(u"xff"_s);
        QTRY_VERIFY(m_pane->search().hasCaughtUp() && m_pane->search().hits().count() == 1);
        QCOMPARE(pixels(0, hit), 0);
        QVERIFY(pixels(1, hit) > 50);
    }

    void showsRandomBytes()
    {
        QRandomGenerator random(7);
        QByteArray bytes;
        for (int line = 0; line < 400; ++line) {
            for (int i = random.bounded(60); i > 0; --i)
                bytes += static_cast<char>(random.bounded(256));
            bytes += '\n';
        }
        show(bytes);
        QByteArrayList lines = bytes.chopped(1).split('\n');
        QTRY_COMPARE(m_pane->document().lineCount(), lines.size());
        for (const bool wrap : {false, true}) {
            m_view->setWrapping(wrap);
            for (qint64 top = 0; top < lines.size(); top += 40) {
                m_view->goToLine(top);
                m_view->setTopLine(top);
                m_view->viewport()->grab();
                for (int i = 0; i < 10; ++i)
                    std::ignore = m_view->noteAt(QPoint(random.bounded(900), random.bounded(400)));
            }
        }
        // A copy of it all is the text of its lines.
        QStringList expected;
        for (const QByteArray &line : std::as_const(lines)) {
            log::RawLine raw;
            raw.data = line;
            raw.bytes = line.size();
            expected += log::toLogLine(raw).text;
        }
        m_view->selectAll();
        QVERIFY(copied() == expected.join(u'\n'));
    }
};

QTEST_MAIN(TestLogCells)
#include "tst_logcells.moc"
