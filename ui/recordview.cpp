// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recordview.h"

#include "models/billlistmodel.h"
#include "models/experimentlistmodel.h"
#include "models/format.h"
#include "services/experiment/runsettings.h"
#include "ui/errorpanel.h"

#include <QEvent>
#include <QFontDatabase>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace society::ui {

namespace {

constexpr int idRole = Qt::UserRole;

QTreeWidgetItem *addGroup(QTreeWidget *tree, const QString &title)
{
    auto *group = new QTreeWidgetItem(tree, {title});
    QFont bold = tree->font();
    bold.setBold(true);
    group->setFont(0, bold);
    group->setFirstColumnSpanned(true);
    group->setExpanded(true);
    return group;
}

QTreeWidgetItem *addLine(QTreeWidgetItem *group, const QString &name, const QString &value)
{
    auto *line = new QTreeWidgetItem(group, {name, value});
    line->setToolTip(1, value);
    return line;
}

} // namespace

RecordView::RecordView(const AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_error(new ErrorPanel(this))
    , m_tree(new QTreeWidget(this))
    , m_source(new QPlainTextEdit(this))
{
    m_tree->setObjectName(QStringLiteral("recordTree"));
    m_tree->setColumnCount(2);
    m_tree->setAlternatingRowColors(true);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_source->setObjectName(QStringLiteral("recordSource"));
    m_source->setReadOnly(true);
    m_source->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_source->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_tree);
    splitter->addWidget(m_source);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_error);
    layout->addWidget(splitter, 1);
    setFocusProxy(m_tree);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *item) {
        if (const auto id = ConfigId::parse(item->data(0, idRole).toString()))
            emit configurationRequested(*id);
    });
    retranslate();
}

void RecordView::setRunDirectory(const QString &runDirectory)
{
    if (runDirectory == m_runDirectory)
        return;
    m_runDirectory = runDirectory;
    m_loaded = false;
    m_error->clear();
    m_tree->clear();
    m_source->clear();
}

void RecordView::load()
{
    if (m_loaded || m_runDirectory.isEmpty())
        return;
    m_context.worker.run(
        this,
        [&context = m_context, directory = m_runDirectory]() -> Result<std::pair<QString, Read>> {
            Read read;
            SOCIETY_ASSIGN(read.record, experiment::readRecord(directory));
            SOCIETY_ASSIGN(read.newest, context.configs.list(context.tenant));
            return std::pair(directory, read);
        },
        [this](const Result<std::pair<QString, Read>> &answer) {
            if (!answer) {
                m_error->showError(answer.error());
                return;
            }
            if (answer->first != m_runDirectory)
                return; // another experiment is shown by now
            m_loaded = true;
            m_error->clear();
            show(answer->second);
        });
}

void RecordView::show(const Read &read)
{
    m_read = read;
    m_tree->clear();
    const experiment::Record &record = read.record;
    auto *run = addGroup(m_tree, tr("Run"));
    addLine(run, tr("Id"), record.id.text());
    addLine(run, tr("Made"), models::exactTime(record.createdAt));
    addLine(run, tr("Seed"), QString::number(record.seed));
    addLine(run, tr("Mode"),
        record.mode == agentsociety::RunMode::Ray
            ? tr("Ray; not repeatable: the order of its workers is not fixed")
            : tr("light start; repeatable with the same seed and the same answers"));
    addLine(
        run, tr("City"), record.city == agentsociety::City::Practice ? tr("practice city") : tr("AgentSociety's own"));
    addLine(run, tr("Runner"),
        tr("AgentSociety %1, community %2").arg(record.runner.version, record.runner.communityVersion));
    addLine(run, tr("Agents"), models::count(record.agentCount));
    addLine(run, tr("Steps"), record.stepsTotal > 0 ? models::count(record.stepsTotal) : tr("not known beforehand"));
    addLine(run, tr("Set aside"), record.hold.toDisplay(QLocale()));
    addConfigurations(read);
    addFiles(record);
    addPrices(record);
    m_source->setPlainText(QString::fromUtf8(record.configuration));
}

void RecordView::addConfigurations(const Read &read)
{
    auto *group = addGroup(m_tree, tr("Configurations"));
    const experiment::Record &record = read.record;
    const std::initializer_list<std::pair<config::Kind, const experiment::ConfigUse *>> uses = {
        {config::Kind::Llm, &record.llm}, {config::Kind::Agents, &record.agents}, {config::Kind::Map, &record.map},
        {config::Kind::Workflow, &record.workflow}};
    for (const auto &[kind, use] : uses) {
        const auto newest = std::find_if(read.newest.cbegin(), read.newest.cend(),
            [id = use->id](const config::ConfigRow &row) { return row.id == id; });
        QString now = tr("as it is now");
        if (newest == read.newest.cend())
            now = tr("deleted since");
        else if (newest->version != use->version)
            now = tr("now version %1").arg(newest->version);
        auto *line = addLine(
            group, config::kindTitle(kind), tr("%1, version %2 (%3)").arg(use->name).arg(use->version).arg(now));
        line->setData(0, idRole, use->id.text());
    }
    for (const auto &[path, value] : record.changes)
        addLine(group, path, value);
}

void RecordView::addFiles(const experiment::Record &record)
{
    auto *group = addGroup(m_tree, tr("Files, by SHA-256"));
    addLine(group, tr("Map"), record.mapFile.sha256);
    for (const experiment::RecordFile &profile : record.profiles)
        addLine(group, tr("Profiles"), profile.sha256);
}

void RecordView::addPrices(const experiment::Record &record)
{
    auto *group = addGroup(m_tree, tr("Prices in force"));
    for (const ledger::Price &price : record.prices) {
        const QString name = price.model.isEmpty() ? models::itemText(price.item)
                                                   : tr("%1, %2").arg(models::itemText(price.item), price.model);
        const QString unit = price.item == ledger::Item::RunTime ? tr("%1 per %2 ms") : tr("%1 per %2 tokens");
        addLine(group, name, unit.arg(price.amount.toDisplay(QLocale()), models::count(price.unitSize)));
    }
}

void RecordView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void RecordView::retranslate()
{
    m_tree->setHeaderLabels({tr("What"), tr("Value")});
    m_tree->setAccessibleName(tr("Record of the run"));
    m_source->setAccessibleName(tr("The runner's configuration"));
    if (m_loaded)
        show(Read(m_read));
}

} // namespace society::ui
