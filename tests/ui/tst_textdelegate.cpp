// SPDX-License-Identifier: GPL-3.0-or-later
// A list's cells look, and are as large, as the style would make them, with less work.
#include "ui/textdelegate.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>

using namespace society::ui;

class TestTextDelegate : public QObject {
    Q_OBJECT

private slots:
    void init() { m_model.clear(); }

    void looksAsTheStyleDoes_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("alignment");
        QTest::addColumn<int>("state");
        const int plain = QStyle::State_Enabled | QStyle::State_Active;
        const int left = Qt::AlignLeft | Qt::AlignVCenter;
        const int right = Qt::AlignRight | Qt::AlignVCenter;
        const QString name = QStringLiteral("Experiment number 12");
        QTest::newRow("plain") << name << 200 << left << plain;
        QTest::newRow("right") << QStringLiteral("1,234.50 ¥") << 200 << right << plain;
        QTest::newRow("centre") << name << 200 << int(Qt::AlignCenter) << plain;
        QTest::newRow("elided") << name << 80 << left << plain;
        QTest::newRow("hardly any room") << name << 12 << left << plain;
        QTest::newRow("selected") << name << 200 << left << (plain | QStyle::State_Selected);
        QTest::newRow("selected in a window behind")
            << name << 200 << left << int(QStyle::State_Enabled | QStyle::State_Selected);
        QTest::newRow("disabled") << name << 200 << left << 0;
        QTest::newRow("focus") << name << 200 << left << (plain | QStyle::State_HasFocus | QStyle::State_Selected);
        QTest::newRow("Chinese") << QStringLiteral("湖边小镇的第一次实验") << 200 << left << plain;
        QTest::newRow("right to left") << QStringLiteral("تجربة أولى (2)") << 200 << left << plain;
        QTest::newRow("like HTML") << QStringLiteral("<b>bold</b> & more") << 200 << left << plain;
        QTest::newRow("two lines") << QStringLiteral("first\nsecond") << 200 << left << plain;
        QTest::newRow("tabulator") << QStringLiteral("a\tb") << 200 << left << plain;
        QTest::newRow("nothing") << QString() << 200 << left << plain;
    }
    void looksAsTheStyleDoes()
    {
        QFETCH(const QString, words);
        QFETCH(const int, width);
        QFETCH(const int, alignment);
        QFETCH(const int, state);
        auto *item = new QStandardItem(words);
        item->setData(alignment, Qt::TextAlignmentRole);
        m_model.appendRow(item);
        const QStyledItemDelegate style;
        const TextDelegate ours;
        const QStyleOptionViewItem option = cell(width, QStyle::State(state));
        const QModelIndex index = m_model.index(0, 0);
        const QImage expected = painted(style, option, index);
        QCOMPARE(painted(ours, option, index), expected);
        QCOMPARE(painted(ours, option, index), expected); // from what was kept
        QCOMPARE(ours.sizeHint(option, index), style.sizeHint(option, index));
    }

    void whatIsMoreThanTextIsLeftToTheStyle()
    {
        auto *item = new QStandardItem(QStringLiteral("with more"));
        m_model.appendRow(item);
        const QStyledItemDelegate style;
        const TextDelegate ours;
        const QStyleOptionViewItem option = cell(200, QStyle::State_Enabled | QStyle::State_Active);
        const QModelIndex index = m_model.index(0, 0);
        const auto compare = [&] {
            QCOMPARE(painted(ours, option, index), painted(style, option, index));
            QCOMPARE(ours.sizeHint(option, index), style.sizeHint(option, index));
        };
        item->setData(QColor(Qt::red), Qt::ForegroundRole);
        item->setData(QColor(Qt::yellow), Qt::BackgroundRole);
        compare();
        item->setCheckState(Qt::Checked);
        compare();
        QPixmap red(16, 16);
        red.fill(Qt::red);
        item->setIcon(QIcon(red));
        compare();
        QFont bold;
        bold.setBold(true);
        item->setFont(bold);
        compare();
    }

    // What was kept in one font is not shown in another.
    void followsTheFont()
    {
        m_model.appendRow(new QStandardItem(QStringLiteral("Experiment number 12")));
        const QStyledItemDelegate style;
        const TextDelegate ours;
        const QModelIndex index = m_model.index(0, 0);
        QStyleOptionViewItem option = cell(200, QStyle::State_Enabled | QStyle::State_Active);
        const QImage small = painted(ours, option, index);
        option.font.setPointSize(option.font.pointSize() + 4);
        option.fontMetrics = QFontMetrics(option.font);
        QVERIFY(painted(ours, option, index) != small);
        QCOMPARE(painted(ours, option, index), painted(style, option, index));
        QCOMPARE(ours.sizeHint(option, index), style.sizeHint(option, index));
    }

private:
    QStyleOptionViewItem cell(int width, QStyle::State state) const
    {
        QStyleOptionViewItem option;
        option.initFrom(&m_view);
        option.state = state;
        option.rect = QRect(3, 2, width, 24);
        option.widget = &m_view;
        option.textElideMode = Qt::ElideRight;
        option.showDecorationSelected = true;
        return option;
    }
    static QImage painted(
        const QAbstractItemDelegate &delegate, const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        QImage image(option.rect.width() + 6, 28, QImage::Format_RGB32);
        image.fill(option.palette.color(QPalette::Base));
        QPainter painter(&image);
        delegate.paint(&painter, option, index);
        return image;
    }

    QTableView m_view;
    QStandardItemModel m_model;
};

QTEST_MAIN(TestTextDelegate)
#include "tst_textdelegate.moc"
