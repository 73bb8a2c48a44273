// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/datatable.h"

#include "models/tabletext.h"
#include "ui/appsettings.h"
#include "ui/icons.h"
#include "ui/textdelegate.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QSet>
#include <algorithm>
#include <utility>

namespace society::ui {

namespace {

constexpr int widestAtFirst = 320; // a long text takes more only where the person says so
constexpr int roomBeside = 12;
constexpr int rowsThatFit = 40; // a screenful; Qt would measure a thousand, which takes longer than all the painting

} // namespace

DataTable::DataTable(AppSettings &settings, const QString &name, QWidget *parent)
    : QTableView(parent)
    , m_settings(settings)
    , m_copyText(new QAction(this))
    , m_copyCsv(new QAction(this))
{
    setObjectName(name);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSortingEnabled(true);
    setItemDelegate(new TextDelegate(this));
    setTabKeyNavigation(false); // Tab goes on to the next control
    header()->setSectionsMovable(true);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    header()->setStretchLastSection(true);
    header()->setHighlightSections(false);
    header()->setResizeContentsPrecision(rowsThatFit);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    fitRows();
    m_copyText->setShortcut(QKeySequence::Copy);
    m_copyText->setShortcutContext(Qt::WidgetShortcut);
    addAction(m_copyText);
    connect(m_copyText, &QAction::triggered, this, [this] { copy(false); });
    connect(m_copyCsv, &QAction::triggered, this, [this] { copy(true); });
    connect(header(), &QWidget::customContextMenuRequested, this, &DataTable::showHeaderMenu);
    connect(this, &QTableView::doubleClicked, this, &DataTable::opened);
    retranslate();
}

DataTable::~DataTable()
{
    remember();
}

void DataTable::setUp(QAbstractItemModel *model, const QList<int> &hidden, int sortColumn, Qt::SortOrder order)
{
    setModel(model);
    if (const QByteArray state = m_settings.widgetState(objectName());
        state.isEmpty() || !header()->restoreState(state)) {
        for (const int column : hidden)
            setColumnHidden(column, true);
        sortByColumn(sortColumn, order);
        fitColumns();
        // The widths that fit are known with the first rows; until then nothing is worth remembering.
        m_ready = model->rowCount() > 0;
        connect(model, &QAbstractItemModel::rowsInserted, this, &DataTable::fitOnce); // before they are painted
    } else {
        sortByColumn(header()->sortIndicatorSection(), header()->sortIndicatorOrder());
        m_ready = true;
    }
    for (const auto signal : {&QHeaderView::sectionResized, &QHeaderView::sectionMoved})
        connect(header(), signal, this, &DataTable::remember);
    connect(header(), &QHeaderView::sortIndicatorChanged, this, &DataTable::remember);
    // The empty state comes and goes with the rows; other changes the view paints by itself, where they are.
    connect(model, &QAbstractItemModel::rowsInserted, this, [this, model](const QModelIndex &, int first, int last) {
        if (model->rowCount() == last - first + 1)
            viewport()->update();
    });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this, model] {
        if (model->rowCount() == 0)
            viewport()->update();
    });
}

void DataTable::fitOnce()
{
    if (m_ready || model()->rowCount() == 0)
        return;
    fitColumns();
    m_ready = true;
}

void DataTable::fitColumns()
{
    m_unfitted.clear();
    // Told of each width, the view would paint itself once more for them.
    const QSignalBlocker quiet(header());
    for (int column = 0; column < model()->columnCount(); ++column) {
        if (isColumnHidden(column))
            m_unfitted.insert(column);
        else
            fitColumn(column);
    }
    updateGeometries();
    viewport()->update();
}

void DataTable::fitColumn(int column)
{
    const int wanted = std::max(sizeHintForColumn(column), header()->sectionSizeHint(column)) + roomBeside;
    setColumnWidth(column, std::min(wanted, widestAtFirst));
}

void DataTable::remember()
{
    if (m_ready)
        m_settings.setWidgetState(objectName(), header()->saveState());
}

void DataTable::setRowActions(const QList<QAction *> &actions)
{
    m_rowActions = actions;
}

void DataTable::setEmptyText(const QString &text)
{
    if (std::exchange(m_emptyText, text) != text)
        viewport()->update();
}

QList<int> DataTable::shownColumns() const
{
    QList<int> columns;
    for (int place = 0; place < header()->count(); ++place) {
        if (const int column = header()->logicalIndex(place); !isColumnHidden(column))
            columns += column;
    }
    return columns;
}

QList<int> DataTable::selectedRows() const
{
    QList<int> rows;
    if (selectionModel()) {
        for (const QModelIndex &index : selectionModel()->selectedRows())
            rows += index.row();
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

void DataTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || (model() && model()->rowCount() > 0))
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        emit opened(currentIndex());
        return;
    }
    // Esc belongs to the window ("back"), not to the list.
    if (event->key() == Qt::Key_Escape) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
    // Who comes by the keyboard finds a current row that is not selected, and with a single row no key would do it.
    static const QSet<int> moves{Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_PageUp, Qt::Key_PageDown};
    if (moves.contains(event->key()) && !(event->modifiers() & Qt::ControlModifier) && currentIndex().isValid() &&
        !selectionModel()->hasSelection())
        selectRow(currentIndex().row());
}

QModelIndex DataTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    // Of the list, not of the row: cells are not what one goes through here.
    const bool ends = action == MoveHome || action == MoveEnd;
    return QTableView::moveCursor(action, ends ? modifiers | Qt::ControlModifier : modifiers);
}

void DataTable::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : std::as_const(m_rowActions))
        dress(action);
    menu->addActions(m_rowActions);
    menu->addSeparator();
    menu->addAction(m_copyText);
    menu->addAction(m_copyCsv);
    const bool some = !selectedRows().isEmpty();
    m_copyText->setEnabled(some);
    m_copyCsv->setEnabled(some);
    menu->popup(event->globalPos());
    connect(menu, &QMenu::aboutToHide, m_copyText, [this] { m_copyText->setEnabled(true); });
}

void DataTable::showHeaderMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 0; column < model()->columnCount(); ++column) {
        QAction *action = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        // At least one stays: a list without columns could not be asked for them back.
        action->setEnabled(isColumnHidden(column) || shownColumns().size() > 1);
        connect(action, &QAction::toggled, this, [this, column](bool on) {
            setColumnHidden(column, !on);
            if (on && m_unfitted.remove(column))
                fitColumn(column);
            else if (on && columnWidth(column) < header()->minimumSectionSize() + 8)
                resizeColumnToContents(column);
            remember();
        });
    }
    menu->popup(header()->mapToGlobal(position));
}

void DataTable::copy(bool csv)
{
    const QList<int> rows = selectedRows();
    if (rows.isEmpty())
        return;
    QApplication::clipboard()->setText(csv ? QString::fromUtf8(models::rowsAsCsv(*model(), rows, shownColumns()))
                                           : models::rowsAsText(*model(), rows, shownColumns()));
}

void DataTable::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::FontChange)
        fitRows();
    QTableView::changeEvent(event);
}

void DataTable::fitRows()
{
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
}

void DataTable::retranslate()
{
    m_copyText->setText(tr("&Copy"));
    m_copyCsv->setText(tr("Copy as CS&V"));
}

} // namespace society::ui
