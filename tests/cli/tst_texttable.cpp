// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/texttable.h"

#include <QTest>

using namespace society::cli;
using namespace Qt::StringLiterals;

class TestTextTable : public QObject {
    Q_OBJECT

private slots:
    void alignsWhole()
    {
        TextTable table({{u"Name"_s}, {u"Rows"_s, TextTable::Align::Right}});
        table.add({u"状态"_s, u"7"_s});
        table.add({u"a longer\nname"_s, u"12,345"_s});
        QCOMPARE(table.lines(),
            QStringList({u"Name             Rows"_s, u"状态                7"_s, u"a longer name  12,345"_s}));
    }

    /// A table of any length, a page at a time: the first page's widths, one title, and nothing is kept.
    void givesAwayWhatItHas()
    {
        TextTable table({{u"Id"_s}, {u"Text"_s}, {u"End"_s}});
        QCOMPARE(table.takeLines(), QStringList());
        table.add({u"1"_s, u"one"_s, u"x"_s});
        table.add({u"2"_s, u"three"_s, u"x"_s});
        QCOMPARE(table.takeLines(), QStringList({u"Id  Text   End"_s, u"1   one    x"_s, u"2   three  x"_s}));
        QVERIFY(table.isEmpty());
        QCOMPARE(table.takeLines(), QStringList());
        table.add({u"3"_s, u"a"_s, u"x"_s});
        table.add({u"4"_s, u"longer than before"_s, u"x"_s});
        QCOMPARE(table.takeLines(), QStringList({u"3   a      x"_s, u"4   longer than before  x"_s}));
    }
};

QTEST_APPLESS_MAIN(TestTextTable)
#include "tst_texttable.moc"
