// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commandpalette.h"

#include "ui/hintdelegate.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace society::ui {

namespace {

constexpr int entryRole = Qt::UserRole;
constexpr int shownEntries = 200; // nobody scrolls further; typing one more letter is faster

// How well a text fits the words typed: 0 not at all, more is better. All words must be in it, in any order.
int fit(const QString &text, const QStringList &words)
{
    int score = 1;
    for (const QString &word : words) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return 0;
        if (at == 0)
            score += 3;
        else if (!text.at(at - 1).isLetterOrNumber())
            score += 2;
    }
    return score;
}

} // namespace

CommandPalette::CommandPalette(QWidget *parent)
    : QFrame(parent)
    , m_edit(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setFrameStyle(QFrame::StyledPanel | QFrame::Raised);
    setAutoFillBackground(true);
    m_edit->setObjectName(QStringLiteral("paletteEdit"));
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setItemDelegate(new HintDelegate(8, m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize(QSize(16, 16));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(m_edit);
    layout->addWidget(m_list);
    m_edit->installEventFilter(this);
    parent->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_edit, &QLineEdit::returnPressed, this, &CommandPalette::activate);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::activate);
    retranslate();
    hide();
}

void CommandPalette::open(const QList<Entry> &entries)
{
    m_entries = entries;
    m_edit->clear();
    filter();
    place();
    show();
    raise();
    m_edit->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::append(const QList<Entry> &entries)
{
    m_entries += entries;
    filter();
}

void CommandPalette::filter()
{
    const QStringList words = m_edit->text().split(u' ', Qt::SkipEmptyParts);
    QList<std::pair<int, qsizetype>> found;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        if (const int score = fit(m_entries.at(i).text, words); score > 0)
            found.append({score, i});
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    m_list->clear();
    for (const auto &[score, i] : found.first(std::min<qsizetype>(found.size(), shownEntries))) {
        const Entry &entry = m_entries.at(i);
        auto *item = new QListWidgetItem(entry.icon, entry.text, m_list);
        item->setData(HintDelegate::HintRole, entry.hint);
        item->setData(entryRole, i);
        item->setData(Qt::AccessibleDescriptionRole, entry.hint);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::activate()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const auto run = m_entries.at(item->data(entryRole).toLongLong()).run;
    hide();
    if (run)
        run();
}

void CommandPalette::place()
{
    const QWidget *window = parentWidget();
    const int width = std::min(620, window->width() - 40);
    const int height = std::min(420, window->height() - 80);
    setGeometry((window->width() - width) / 2, 48, width, height);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched == m_edit && event->type() == QEvent::FocusOut)
        hide();
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QApplication::sendEvent(m_list, event);
            return true;
        case Qt::Key_Escape:
            hide();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

void CommandPalette::retranslate()
{
    m_edit->setPlaceholderText(tr("Find an experiment, a configuration or a command…"));
    m_edit->setAccessibleName(tr("Find anything"));
    m_list->setAccessibleName(tr("What was found"));
}

} // namespace society::ui
