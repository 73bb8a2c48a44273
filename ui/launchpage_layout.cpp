// SPDX-License-Identifier: GPL-3.0-or-later
// How the Launch page is laid out and what its texts say; what it does is in launchpage.cpp.
#include "ui/configpicker.h"
#include "ui/errorpanel.h"
#include "ui/launchpage.h"
#include "ui/problemlist.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {

constexpr int fourColumnsFrom = 760; // pixels; below, two rows of two pickers are easier to read

}

void LaunchPage::buildLayout()
{
    m_name->setObjectName(QStringLiteral("launchName"));
    m_cap->setObjectName(QStringLiteral("launchCap"));
    m_seed->setObjectName(QStringLiteral("launchSeed"));
    m_account->setObjectName(QStringLiteral("launchAccount"));
    m_start->setObjectName(QStringLiteral("launchStart"));
    m_obstacle->setObjectName(QStringLiteral("launchObstacle"));
    m_practice->setObjectName(QStringLiteral("launchPractice"));
    m_holdText->setObjectName(QStringLiteral("launchHold"));
    m_problems->setObjectName(QStringLiteral("launchProblems"));
    m_name->setMaxLength(200);
    m_nameLabel->setBuddy(m_name);
    m_capLabel->setBuddy(m_cap);
    m_seedLabel->setBuddy(m_seed);
    m_cap->setFixedWidth(110);
    m_seed->setFixedWidth(110);
    m_seed->setMaxLength(10);
    m_practice->setWordWrap(true);
    m_holdText->setWordWrap(true);
    m_obstacle->setWordWrap(true);
    m_obstacle->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_problems->setMinimumHeight(72);
    m_start->setMinimumWidth(190);
    QFont bold = font();
    bold.setBold(true);
    m_problemsTitle->setFont(bold);
    m_start->setFont(bold);

    auto *top = new QHBoxLayout;
    top->addWidget(m_nameLabel);
    top->addWidget(m_name, 3);
    top->addStretch(1);
    top->addWidget(m_account);
    m_grid = new QGridLayout;
    m_grid->setSpacing(8);
    placePickers();
    auto *title = new QHBoxLayout;
    title->addWidget(m_problemsTitle);
    title->addStretch();
    title->addWidget(m_checkedAt);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(8);
    bottom->addWidget(m_capLabel);
    bottom->addWidget(m_cap);
    bottom->addSpacing(8);
    bottom->addWidget(m_seedLabel);
    bottom->addWidget(m_seed);
    bottom->addSpacing(8);
    bottom->addWidget(m_obstacle, 1);
    bottom->addWidget(m_start);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addLayout(m_grid, 4);
    layout->addWidget(m_practice);
    layout->addLayout(title);
    layout->addWidget(m_problems, 1);
    layout->addWidget(m_error);
    layout->addWidget(m_holdText);
    layout->addLayout(bottom);

    setTabOrder(m_name, m_pickers.front());
}

void LaunchPage::placePickers()
{
    const int columns = width() >= fourColumnsFrom ? 4 : 2;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (std::size_t i = 0; i < m_pickers.size(); ++i) {
        const int place = static_cast<int>(i);
        m_grid->addWidget(m_pickers.at(i), place / columns, place % columns);
    }
    for (int column = 0; column < 4; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void LaunchPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    placePickers();
}

void LaunchPage::retranslate()
{
    m_nameLabel->setText(tr("&Name"));
    m_name->setAccessibleName(tr("Name of the experiment"));
    m_practice->setText(
        tr("Practice: a scripted model inside this computer answers for the agents. It needs no key and no "
           "network and costs nothing. Everything else is the real thing; what the agents say means "
           "nothing."));
    m_problemsTitle->setText(tr("Before it can start"));
    m_problems->setAccessibleName(tr("Problems before the start"));
    m_capLabel->setText(tr("Ca&p"));
    m_cap->setAccessibleName(tr("Cap on the cost"));
    m_cap->setToolTip(tr("The most that this run is meant to cost; so much is set aside. Empty: the usual amount."));
    m_seedLabel->setText(tr("See&d"));
    m_seed->setAccessibleName(tr("Seed of the run"));
    m_seed->setPlaceholderText(tr("random"));
    m_seed->setToolTip(tr("The same seed with the same configurations gives the same run. Empty: a random one, shown "
                          "with the run."));
    m_summaries.clear();
    for (ConfigPicker *picker : m_pickers)
        showSummary(picker);
    refresh();
    scheduleCheck(); // its words come in the new language
}

} // namespace society::ui
