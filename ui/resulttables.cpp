// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resulttables.h"

#include "models/format.h"
#include "ui/appsettings.h"
#include "ui/clearbutton.h"
#include "ui/datatable.h"
#include "ui/errorpanel.h"
#include "ui/icons.h"

#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {

/// A filter or a sort needs every row; beyond this many the CSV file is the better tool.
constexpr int mostRows = 200'000;
constexpr int widestColumn = 420;

} // namespace

ResultTab::ResultTab(const AppContext &context, Activities &activities, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_activities(activities)
    , m_filter(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_export(new QPushButton(icon("document-export"), QString(), this))
    , m_error(new ErrorPanel(this))
    , m_table(new DataTable(context.settings, name, this))
{
    setObjectName(name + QStringLiteral("Tab"));
    m_filter->setObjectName(name + QStringLiteral("Filter"));
    offerClearing(m_filter);
    m_export->setObjectName(name + QStringLiteral("Export"));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_proxy.setSourceModel(&m_model);

    auto *bar = new QHBoxLayout;
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_count);
    bar->addWidget(m_export);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addLayout(bar);
    layout->addWidget(m_error);
    layout->addWidget(m_table, 1);
    setFocusProxy(m_table);

    connect(&m_model, &models::ResultTableModel::pageWanted, this, &ResultTab::readPage);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy.setText(text);
        if (!text.isEmpty())
            wantAll();
        updateCount();
    });
    connect(m_export, &QPushButton::clicked, this, &ResultTab::chooseFile);
    retranslate();
}

ResultTab::~ResultTab()
{
    // The table writes down its columns at its end, and must not find its model gone by then.
    delete m_table;
}

void ResultTab::setSource(const models::RowSource &source, const QString &fileName)
{
    const bool isFirst = m_model.columns().isEmpty();
    m_source = source;
    m_fileName = fileName;
    ++m_sourceNumber;
    m_wantsAll = false;
    m_error->clear();
    m_model.setColumns(source.columns);
    if (isFirst) { // in the order in which the run wrote them, until the person sorts
        m_table->setUp(&m_proxy, {}, -1);
        connect(m_table->header(), &QHeaderView::sortIndicatorChanged, this, &ResultTab::wantAll);
    }
    updateCount();
}

void ResultTab::grow()
{
    if (m_model.canFetchMore({}) && m_model.rowCount() == 0)
        m_model.fetchMore({});
    else
        m_model.askForGrowth();
}

void ResultTab::wantAll()
{
    m_wantsAll = true;
    if (m_model.canFetchMore({}))
        m_model.fetchMore({});
}

void ResultTab::readPage(qint64 cursor)
{
    m_context.prober.run(
        this, [read = m_source.page, cursor] { return read(cursor); },
        [this, cursor, number = m_sourceNumber](const Result<agentsociety::ResultPage> &page) {
            if (number == m_sourceNumber)
                takePage(cursor, page);
        });
}

void ResultTab::takePage(qint64 cursor, const Result<agentsociety::ResultPage> &page)
{
    if (!page) {
        m_model.noteFailure();
        // Not so far yet, or writing just now: the next look will tell.
        const QString &code = page.error().code;
        if (code != QLatin1String("results_none") && code != QLatin1String("results_busy"))
            m_error->showError(page.error());
        return;
    }
    m_error->clear();
    const bool wasEmpty = m_model.rowCount() == 0;
    m_model.takePage(cursor, page->rows, page->next);
    if (wasEmpty && m_model.rowCount() > 0 && m_context.settings.widgetState(m_table->objectName()).isEmpty()) {
        for (int column = 0; column < m_model.columnCount(); ++column) {
            m_table->resizeColumnToContents(column);
            m_table->setColumnWidth(column, qMin(m_table->columnWidth(column), widestColumn));
        }
    }
    if (m_wantsAll && m_model.rowCount() < mostRows && m_model.canFetchMore({}))
        m_model.fetchMore({});
    updateCount();
}

void ResultTab::updateCount()
{
    const int rows = m_model.rowCount();
    QString text = tr("%Ln row(s)", nullptr, rows);
    if (m_proxy.isFiltering())
        text = tr("%1 of %2 rows").arg(models::count(m_proxy.rowCount()), models::count(rows));
    if (rows > 0 && m_model.canFetchMore({}))
        text += QStringLiteral(" · ") + tr("more as you scroll");
    m_count->setText(text);
    m_export->setEnabled(rows > 0);
}

void ResultTab::setWords(const QString &name, const QString &emptyText)
{
    m_table->setAccessibleName(name);
    m_table->setEmptyText(emptyText);
}

void ResultTab::chooseFile()
{
    auto *dialog = new QFileDialog(
        this, tr("Export as CSV"), m_context.settings.lastFolder(), tr("CSV files (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(m_fileName);
    connect(dialog, &QFileDialog::fileSelected, this, &ResultTab::save);
    dialog->open();
}

void ResultTab::save(const QString &target)
{
    m_context.settings.setLastFolder(QFileInfo(target).absolutePath());
    const auto cancel = std::make_shared<std::atomic_bool>(false);
    const int activity = m_activities.begin(tr("Exporting “%1”").arg(QFileInfo(target).fileName()), cancel);
    m_context.prober.run(
        this, [source = m_source, target, cancel] { return models::saveCsv(source, target, cancel.get()); },
        [this, activity, target](const Result<qint64> &count) {
            m_activities.end(activity);
            if (!count)
                m_error->showError(count.error());
            else
                m_count->setText(tr("%1 rows saved as “%2”").arg(models::count(*count), QFileInfo(target).fileName()));
        });
}

void ResultTab::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ResultTab::retranslate()
{
    m_filter->setPlaceholderText(tr("Filter…"));
    m_filter->setAccessibleName(tr("Filter the rows"));
    m_export->setText(tr("Export as CSV…"));
    m_model.retranslate();
    updateCount();
}

} // namespace society::ui
