// SPDX-License-Identifier: GPL-3.0-or-later
// How a configuration is laid out and what its texts say; what it does is in configdetail.cpp.
#include "ui/clearbutton.h"
#include "ui/configdetail.h"
#include "ui/errorpanel.h"
#include "ui/jsoneditor.h"
#include "ui/llmkeypanel.h"
#include "ui/mapthumbnail.h"
#include "ui/problemlist.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <chrono>

namespace society::ui {

namespace {

using namespace std::chrono_literals;

template <class Widget>
Widget *named(Widget *widget, const char *name)
{
    widget->setObjectName(QString::fromLatin1(name));
    return widget;
}

QLabel *makeText(QWidget *parent, const char *name)
{
    auto *label = named(new QLabel(parent), name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

ConfigDetail::ConfigDetail(const AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_maps(std::make_shared<config::MapCache>())
    , m_title(named(new QLabel(this), "configTitle"))
    , m_mark(named(new QLabel(this), "configMark"))
    , m_save(named(new QPushButton(this), "configSave"))
    , m_discard(named(new QPushButton(this), "configDiscard"))
    , m_duplicate(named(new QPushButton(this), "configDuplicateToEdit"))
    , m_tabs(named(new QTabWidget(this), "configTabs"))
    , m_summary(makeText(this, "configSummary"))
    , m_description(makeText(this, "configDescription"))
    , m_mapHint(makeText(this, "configMapHint"))
    , m_map(new MapThumbnail(context.prober, this))
    , m_steps(named(new QListWidget(this), "configSteps"))
    , m_keys(new LlmKeyPanel(context, this))
    , m_find(named(new QLineEdit(this), "sourceFind"))
    , m_findNext(named(new QPushButton(this), "sourceFindNext"))
    , m_place(named(new QLabel(this), "sourcePlace"))
    , m_editor(new JsonEditor(this))
    , m_problems(named(new ProblemList(this), "configProblems"))
    , m_versions(named(new QTreeWidget(this), "configVersions"))
    , m_show(named(new QPushButton(this), "versionShow"))
    , m_restore(named(new QPushButton(this), "versionRestore"))
    , m_usedBy(named(new QListWidget(this), "configUsedBy"))
    , m_error(new ErrorPanel(this))
{
    buildLayout();
    connectSignals();
    retranslate();
    clear();
}

ConfigDetail::~ConfigDetail() = default;

void ConfigDetail::buildLayout()
{
    QFont bold = font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.2);
    m_title->setFont(bold);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setMinimumWidth(60);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_mark);
    top->addWidget(m_duplicate);
    top->addWidget(m_discard);
    top->addWidget(m_save);
    m_tabs->addTab(makeOverview(), QString());
    m_tabs->addTab(makeSource(), QString());
    m_tabs->addTab(makeVersions(), QString());
    m_tabs->addTab(m_usedBy, QString());
    m_problems->setMinimumHeight(56);
    auto *split = named(new QSplitter(Qt::Vertical, this), "configSplit");
    split->addWidget(m_tabs);
    split->addWidget(m_problems);
    split->setStretchFactor(0, 4);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_error);
    layout->addWidget(split, 1);
}

QWidget *ConfigDetail::makeOverview()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setSpacing(12);
    layout->addWidget(m_description);
    layout->addWidget(m_summary);
    layout->addWidget(m_keys);
    layout->addWidget(m_steps, 1);
    layout->addWidget(m_map, 1);
    layout->addWidget(m_mapHint);
    layout->addStretch();
    return page;
}

QWidget *ConfigDetail::makeSource()
{
    auto *page = new QWidget(this);
    offerClearing(m_find);
    m_find->setMaximumWidth(260);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_find);
    bar->addWidget(m_findNext);
    bar->addStretch();
    bar->addWidget(m_place);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addLayout(bar);
    layout->addWidget(m_editor, 1);
    return page;
}

QWidget *ConfigDetail::makeVersions()
{
    auto *page = new QWidget(this);
    m_versions->setColumnCount(4);
    m_versions->setRootIsDecorated(false);
    m_versions->setAlternatingRowColors(true);
    m_versions->setUniformRowHeights(true);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_show);
    buttons->addWidget(m_restore);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_versions, 1);
    layout->addLayout(buttons);
    return page;
}

void ConfigDetail::connectSignals()
{
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(250ms);
    connect(&m_debounce, &QTimer::timeout, this, &ConfigDetail::check);
    connect(m_editor, &JsonEditor::edited, this, [this] {
        ++m_checkRequest; // an answer that is under way is about an older text
        scheduleCheck();
    });
    connect(m_editor, &JsonEditor::modificationChanged, this, &ConfigDetail::updateButtons);
    connect(m_problems, &ProblemList::goThere, this, &ConfigDetail::goToProblem);
    m_problems->setReachable([](const config::Problem &) { return true; });
    connect(m_save, &QPushButton::clicked, this, &ConfigDetail::save);
    connect(m_discard, &QPushButton::clicked, this, &ConfigDetail::discard);
    connect(m_duplicate, &QPushButton::clicked, this, &ConfigDetail::duplicateRequested);
    connect(m_versions, &QTreeWidget::currentItemChanged, this, &ConfigDetail::updateButtons);
    connect(m_versions, &QTreeWidget::itemActivated, this, &ConfigDetail::showVersion);
    connect(m_show, &QPushButton::clicked, this, &ConfigDetail::showVersion);
    connect(m_restore, &QPushButton::clicked, this, &ConfigDetail::restoreVersion);
    connect(m_usedBy, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        if (const auto experiment = ExperimentId::parse(item->data(Qt::UserRole).toString()))
            emit experimentRequested(*experiment);
    });
    connect(m_steps, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        m_tabs->setCurrentIndex(1);
        m_editor->goTo(m_stored->document.position(item->data(Qt::UserRole).toString()));
    });
    const auto find = [this] {
        if (!m_editor->findNext(m_find->text()) && !m_find->text().isEmpty())
            m_place->setText(tr("“%1” is nowhere").arg(m_find->text()));
        else
            m_place->clear();
    };
    connect(m_find, &QLineEdit::returnPressed, this, find);
    connect(m_findNext, &QPushButton::clicked, this, find);
    auto *toFind = new QShortcut(QKeySequence::Find, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(toFind, &QShortcut::activated, this, [this] {
        m_tabs->setCurrentIndex(1);
        m_find->setFocus(Qt::ShortcutFocusReason);
        m_find->selectAll();
    });
    connect(m_keys, &LlmKeyPanel::saved, this, [this] {
        emit saved(id());
        if (!isModified())
            showConfig(id());
    });
}

void ConfigDetail::retranslate()
{
    m_tabs->setTabText(0, tr("Overview"));
    m_tabs->setTabText(1, tr("Source"));
    m_tabs->setTabText(2, tr("Versions"));
    m_tabs->setTabText(3, tr("Used by"));
    m_save->setText(tr("&Save a version"));
    m_save->setToolTip(tr("Ctrl+S"));
    m_discard->setText(tr("D&iscard"));
    m_discard->setToolTip(tr("Back to the newest version"));
    m_duplicate->setText(tr("&Duplicate to edit"));
    m_find->setPlaceholderText(tr("find…"));
    m_find->setAccessibleName(tr("Find in the source"));
    m_findNext->setText(tr("Find ne&xt"));
    m_editor->setAccessibleName(tr("Source of the configuration"));
    m_problems->setAccessibleName(tr("Problems of the configuration"));
    m_versions->setHeaderLabels({tr("Version"), tr("Made"), tr("By"), tr("Checksum")});
    m_versions->setAccessibleName(tr("Versions of the configuration"));
    m_usedBy->setAccessibleName(tr("Experiments that use the configuration"));
    m_steps->setAccessibleName(tr("Steps of the workflow"));
    m_steps->setToolTip(tr("Return or a double click shows the step in the source."));
    m_show->setText(tr("Sho&w its source"));
    m_restore->setText(tr("&Restore as the newest"));
    m_mapHint->setText(
        tr("Maps of real cities are files in AgentSociety's format (.pb): its website offers some, and its "
           "map tools make others from OpenStreetMap. Import brings them in. The practice town has areas "
           "and shops but no roads: people move in straight lines."));
    if (!m_stored)
        return;
    m_title->setText(m_stored->row.name);
    m_title->setToolTip(m_stored->row.name);
    m_mark->setText(isReadOnly() ? tr("public, read-only · version %1").arg(m_stored->row.version)
                                 : tr("version %1").arg(m_stored->row.version));
}

} // namespace society::ui
