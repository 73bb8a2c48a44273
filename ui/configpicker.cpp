// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configpicker.h"

#include "ui/clearbutton.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

namespace society::ui {

namespace {

constexpr int idRole = Qt::UserRole;
constexpr int publicRole = Qt::UserRole + 1;

// A radio button before each name, since exactly one is chosen; the public mark behind it.
class RadioDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const QString text = item.text;
        item.text.clear();
        const bool chosen = option.state & QStyle::State_Selected;
        // The dot says what is chosen; a bar of colour beside it would say it twice, and pale without the focus.
        item.state &= ~QStyle::State_Selected;
        const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
        style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

        QStyleOptionButton radio;
        const int size = style->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, item.widget);
        radio.rect = QRect(option.rect.left() + 4, option.rect.center().y() - size / 2, size, size);
        radio.palette = option.palette;
        radio.state = (option.state & ~QStyle::State_Selected) | (chosen ? QStyle::State_On : QStyle::State_Off);
        style->drawPrimitive(QStyle::PE_IndicatorRadioButton, &radio, painter, item.widget);

        const QString mark = index.data(publicRole).toString();
        const int markWidth = mark.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(mark) + 8;
        painter->save();
        QFont font = option.font;
        font.setBold(chosen);
        painter->setFont(font);
        painter->setPen(option.palette.color(QPalette::Text));
        const QRect words = option.rect.adjusted(size + 10, 0, -markWidth - 4, 0);
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
            QFontMetrics(font).elidedText(text, Qt::ElideRight, words.width()));
        painter->setFont(option.font);
        painter->setPen(option.palette.color(QPalette::PlaceholderText));
        painter->drawText(option.rect.adjusted(0, 0, -6, 0), Qt::AlignVCenter | Qt::AlignRight, mark);
        painter->restore();
        if (option.state & QStyle::State_HasFocus) {
            QStyleOptionFocusRect focus;
            focus.QStyleOption::operator=(option);
            style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, item.widget);
        }
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize size = QStyledItemDelegate::sizeHint(option, index);
        return {size.width() + 28, size.height() + 6};
    }
};

} // namespace

ConfigPicker::ConfigPicker(config::Kind kind, QWidget *parent)
    : QGroupBox(parent)
    , m_kind(kind)
    , m_filter(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_card(new QLabel(this))
    , m_edit(new QPushButton(this))
    , m_new(new QPushButton(this))
{
    const QString name = config::kindName(kind);
    setObjectName(QStringLiteral("picker_") + name);
    m_filter->setObjectName(QStringLiteral("filter_") + name);
    m_list->setObjectName(QStringLiteral("list_") + name);
    m_card->setObjectName(QStringLiteral("card_") + name);
    m_edit->setObjectName(QStringLiteral("edit_") + name);
    m_new->setObjectName(QStringLiteral("new_") + name);
    offerClearing(m_filter);
    m_list->setItemDelegate(new RadioDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setMinimumHeight(84);
    m_card->setTextFormat(Qt::PlainText);
    m_card->setWordWrap(true);
    m_card->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_card->setMinimumHeight(fontMetrics().lineSpacing() * 3);
    m_card->setForegroundRole(QPalette::WindowText);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_edit);
    buttons->addWidget(m_new);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_card);
    layout->addLayout(buttons);

    connect(m_filter, &QLineEdit::textChanged, this, &ConfigPicker::filter);
    connect(m_list, &QListWidget::currentItemChanged, this, &ConfigPicker::noteChoice);
    connect(m_edit, &QPushButton::clicked, this, [this] { emit editRequested(chosen().id); });
    connect(m_new, &QPushButton::clicked, this, [this] { emit newRequested(m_kind); });
    retranslate();
    noteChoice();
}

void ConfigPicker::setRows(const QList<config::ConfigRow> &rows)
{
    QList<config::ConfigRow> ours;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(ours),
        [this](const config::ConfigRow &row) { return row.kind == m_kind; });
    if (ours != m_rows) {
        const ConfigId before = chosen().id;
        m_rows = ours;
        const QSignalBlocker blocker(m_list); // the choice is told once, when the list is whole again
        m_list->clear();
        for (const config::ConfigRow &row : std::as_const(m_rows)) {
            auto *item = new QListWidgetItem(row.name, m_list);
            item->setData(idRole, row.id.text());
            item->setData(publicRole, row.tenant.isEmpty() ? tr("public") : QString());
            item->setToolTip(row.description.isEmpty() ? row.name : row.name + u'\n' + row.description);
            if (row.id == before)
                m_list->setCurrentItem(item);
        }
        filter();
    }
    noteChoice();
}

bool ConfigPicker::choose(const QString &idOrName)
{
    if (idOrName.isEmpty())
        return false;
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem *item = m_list->item(i);
        if (item->data(idRole).toString() != idOrName && item->text() != idOrName)
            continue;
        m_list->setCurrentItem(item);
        m_list->scrollToItem(item);
        return true;
    }
    return false;
}

config::ConfigRow ConfigPicker::chosen() const
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return {};
    const QString id = item->data(idRole).toString();
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const config::ConfigRow &row) { return row.id.text() == id; });
    return found == m_rows.end() ? config::ConfigRow{} : *found;
}

void ConfigPicker::setSummary(const QStringList &lines)
{
    m_card->setText(lines.join(u'\n'));
}

void ConfigPicker::filter()
{
    const QStringList words = m_filter->text().split(u' ', Qt::SkipEmptyParts);
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem *item = m_list->item(i);
        // What is chosen stays in sight: a choice that cannot be seen would be started unseen.
        const bool fits = std::all_of(words.begin(), words.end(),
            [item](const QString &word) { return item->text().contains(word, Qt::CaseInsensitive); });
        item->setHidden(!fits && item != m_list->currentItem());
    }
}

void ConfigPicker::noteChoice()
{
    const config::ConfigRow row = chosen();
    m_edit->setEnabled(!row.id.isNull());
    if (row.id == m_last && row.version == m_lastVersion)
        return;
    m_last = row.id;
    m_lastVersion = row.version;
    emit choiceChanged();
}

void ConfigPicker::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QGroupBox::changeEvent(event);
}

void ConfigPicker::retranslate()
{
    QString title;
    switch (m_kind) {
    case config::Kind::Llm:
        title = tr("Language model");
        break;
    case config::Kind::Agents:
        title = tr("Agents");
        break;
    case config::Kind::Map:
        title = tr("Map");
        break;
    default:
        title = tr("Workflow");
        break;
    }
    setTitle(title);
    m_filter->setPlaceholderText(tr("filter…"));
    m_filter->setAccessibleName(tr("Filter: %1").arg(title));
    m_list->setAccessibleName(tr("Choice: %1").arg(title));
    m_card->setAccessibleName(tr("Summary: %1").arg(title));
    m_edit->setText(tr("Edit"));
    m_edit->setAccessibleName(tr("Edit: %1").arg(title));
    m_new->setText(tr("New"));
    m_new->setAccessibleName(tr("New: %1").arg(title));
    for (int i = 0; i < m_list->count(); ++i) {
        if (!m_list->item(i)->data(publicRole).toString().isEmpty())
            m_list->item(i)->setData(publicRole, tr("public"));
    }
}

} // namespace society::ui
