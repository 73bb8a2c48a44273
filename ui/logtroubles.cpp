// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logtroubles.h"

#include "models/listfilterproxy.h"
#include "services/log/logoutline.h"
#include "ui/datatable.h"
#include "ui/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace society::ui {

using models::TroublesModel;

namespace {

constexpr int updateMs = 200;

qint64 lineOf(const log::HitList &lines, qint64 line, bool forward)
{
    if (lines.isEmpty())
        return -1;
    const qint64 index = lines.lowerBound(forward ? line + 1 : line) - (forward ? 0 : 1);
    return lines.at((index + lines.count()) % lines.count());
}

bool isTraceback(const log::Fold &fold)
{
    return fold.kind == log::Fold::Kind::Traceback;
}

} // namespace

LogTroubles::LogTroubles(
    AppSettings &settings, const log::LogOutline &outline, const log::LogSearch &errors, QWidget *parent)
    : QWidget(parent)
    , m_outline(outline)
    , m_errors(errors)
    , m_model(new TroublesModel(this))
    , m_sorted(new models::ListFilterProxy(this))
    , m_table(new DataTable(settings, QStringLiteral("logTroublesTable"), this))
    , m_summary(new QLabel(this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("logTroubles"));
    m_sorted->setSourceModel(m_model);
    m_table->setUp(m_sorted, {}, TroublesModel::What);
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(TroublesModel::Cause, QHeaderView::Stretch);
    m_summary->setObjectName(QStringLiteral("logTroublesSummary"));
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setObjectName(QStringLiteral("logTroublesClose"));
    m_close->setIcon(icon("dialog-close"));
    m_close->setAutoRaise(true);
    auto *head = new QHBoxLayout;
    head->addWidget(m_summary, 1);
    head->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(m_table, 1);
    setFocusProxy(m_table);
    m_later.setSingleShot(true);
    m_later.setInterval(updateMs);
    const auto soon = [this] {
        if (!m_later.isActive())
            m_later.start();
    };
    connect(&outline, &log::LogOutline::changed, this, soon);
    connect(&errors, &log::LogSearch::hitsChanged, this, soon);
    connect(&m_later, &QTimer::timeout, this, &LogTroubles::takeRows);
    connect(m_close, &QToolButton::clicked, this, &LogTroubles::closeRequested);
    connect(m_table, &DataTable::opened, this,
        [this](const QModelIndex &index) { emit opened(m_model->rowAt(m_sorted->mapToSource(index).row())); });
    retranslate();
}

void LogTroubles::takeRows()
{
    using Kind = TroublesModel::Kind;
    QList<TroublesModel::Row> rows;
    if (const qint64 errors = m_errors.hits().count(); errors > 0)
        rows.append({Kind::ErrorLines, {}, -1, errors});
    const std::vector<log::Fold> &folds = m_outline.outline().folds();
    if (const auto count = std::count_if(folds.begin(), folds.end(), isTraceback); count > 0)
        rows.append({Kind::Tracebacks, {}, -1, count});
    for (const log::Trouble &trouble : m_outline.outline().troubles()) {
        const bool isRetry = trouble.kind == log::Trouble::Kind::Retry;
        rows.append({isRetry ? Kind::Retries : Kind::ParseFailures, trouble.cause, isRetry ? trouble.calls : -1,
            trouble.lines.count()});
    }
    m_model->setRows(rows);
    retranslate();
    emit changed();
}

qint64 LogTroubles::lineFrom(const TroublesModel::Row &row, qint64 line, bool forward) const
{
    using Kind = TroublesModel::Kind;
    if (row.kind == Kind::ErrorLines)
        return lineOf(m_errors.hits(), line, forward);
    if (row.kind == Kind::Tracebacks) {
        const std::vector<log::Fold> &folds = m_outline.outline().folds();
        const auto next = [&](qint64 from) { // the first one after `from`, or the last one before it
            qint64 found = -1;
            for (const log::Fold &fold : folds) {
                if (!isTraceback(fold) || (forward ? fold.first <= from : fold.first >= from))
                    continue;
                found = fold.first;
                if (forward)
                    break;
            }
            return found;
        };
        const qint64 found = next(line);
        return found >= 0 ? found : next(forward ? -1 : std::numeric_limits<qint64>::max());
    }
    const auto kind = row.kind == Kind::Retries ? log::Trouble::Kind::Retry : log::Trouble::Kind::ParseFailure;
    for (const log::Trouble &trouble : m_outline.outline().troubles()) {
        if (trouble.kind == kind && trouble.cause == row.cause)
            return lineOf(trouble.lines, line, forward);
    }
    return -1;
}

void LogTroubles::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closeRequested();
    else
        QWidget::keyPressEvent(event);
}

void LogTroubles::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_model->retranslate();
        retranslate();
    }
    QWidget::changeEvent(event);
}

void LogTroubles::retranslate()
{
    const QString summary = m_model->summary();
    m_summary->setText(summary.isEmpty() ? tr("No trouble so far") : summary);
    m_table->setAccessibleName(tr("Troubles"));
    m_table->setToolTip(tr("Return: the next line of this trouble"));
    m_table->setEmptyText(
        tr("No call was retried, every answer could be used, and there is no error line. This is what one hopes for."));
    m_close->setToolTip(tr("Close the troubles (Esc)"));
    m_close->setAccessibleName(tr("Close the troubles"));
}

} // namespace society::ui
