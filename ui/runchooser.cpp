// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runchooser.h"

#include "models/format.h"
#include "ui/clearbutton.h"
#include "ui/statechip.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace society::ui {

RunChooser::RunChooser(const QString &what, QList<experiment::Experiment> runs, QWidget *parent)
    : QDialog(parent)
    , m_runs(std::move(runs))
    , m_text(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setObjectName(QStringLiteral("runChooser"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(what);
    std::sort(m_runs.begin(), m_runs.end(), [](const auto &a, const auto &b) { return a.createdAt > b.createdAt; });
    m_text->setObjectName(QStringLiteral("runChooserText"));
    m_text->setPlaceholderText(tr("Find a run by its name…"));
    m_text->setAccessibleName(tr("Find a run"));
    offerClearing(m_text);
    m_list->setObjectName(QStringLiteral("runChooserList"));
    m_list->setAccessibleName(tr("Runs"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_text);
    if (m_runs.isEmpty())
        layout->addWidget(new QLabel(tr("There is no other run yet."), this));
    layout->addWidget(m_list, 1);
    layout->addWidget(m_buttons);
    connect(m_text, &QLineEdit::textChanged, this, &RunChooser::filter);
    connect(m_list, &QListWidget::itemActivated, this, &RunChooser::accept);
    connect(m_list, &QListWidget::currentRowChanged, this,
        [this](int row) { m_buttons->button(QDialogButtonBox::Ok)->setEnabled(row >= 0); });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &RunChooser::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &RunChooser::reject);
    filter();
    resize(460, 420);
}

void RunChooser::filter()
{
    m_list->clear();
    for (qsizetype i = 0; i < m_runs.size(); ++i) {
        const experiment::Experiment &run = m_runs[i];
        if (!run.name.contains(m_text->text(), Qt::CaseInsensitive))
            continue;
        auto *item = new QListWidgetItem(stateIcon(run.state, palette()),
            QStringLiteral("%1 · %2 · %3")
                .arg(run.name, experiment::stateText(run.state),
                    QLocale().toString(run.createdAt.toLocalTime(), QLocale::ShortFormat)),
            m_list);
        item->setData(Qt::UserRole, static_cast<int>(i));
    }
    m_list->setCurrentRow(m_list->count() > 0 ? 0 : -1);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(m_list->count() > 0);
}

void RunChooser::accept()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const experiment::Experiment run = m_runs[item->data(Qt::UserRole).toInt()];
    QDialog::accept();
    emit chosen(run);
}

} // namespace society::ui
