// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configdetail.h"

#include "models/format.h"
#include "ui/errorpanel.h"
#include "ui/jsoneditor.h"
#include "ui/llmkeypanel.h"
#include "ui/mapthumbnail.h"
#include "ui/problemlist.h"

#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabWidget>
#include <QTreeWidget>

namespace society::ui {

namespace {

using config::Kind;

constexpr int idRole = Qt::UserRole;
constexpr int sourceTab = 1;

// The parsers say where only in words for the developer; without them the first line is as good as any.
config::Position placeOf(const Error &error)
{
    static const QRegularExpression place(QStringLiteral("line (\\d+), column (\\d+)"));
    const QRegularExpressionMatch match = place.match(error.detail);
    return match.hasMatch() ? config::Position{match.captured(1).toInt(), match.captured(2).toInt()}
                            : config::Position{1, 1};
}

std::shared_ptr<const config::MapFile> mapOf(
    const config::Document &document, const QString &folder, config::MapCache &maps)
{
    const QString file = document.value(QStringLiteral("file_path")).toString();
    if (file.isEmpty())
        return nullptr;
    const auto map = maps.load(file.startsWith(u'/') ? file : folder + u'/' + file);
    return map ? *map : nullptr;
}

} // namespace

void ConfigDetail::showConfig(const ConfigId &id, const QString &path)
{
    m_error->clear();
    m_context.prober.run(
        this,
        [&context = m_context, id, maps = m_maps]() -> Result<Loaded> {
            Loaded loaded;
            const QString folder = context.workspace.root();
            SOCIETY_ASSIGN(loaded.stored, context.configs.show(context.tenant, {id, 0}));
            SOCIETY_ASSIGN(loaded.versions, context.configs.versions(context.tenant, id));
            SOCIETY_ASSIGN(loaded.usedBy, context.configs.usedBy(context.tenant, id));
            const Kind kind = loaded.stored.row.kind;
            loaded.summary = config::summary(kind, loaded.stored.document, {folder, maps.get()});
            if (kind == Kind::Workflow)
                loaded.steps = config::workflowSteps(loaded.stored.document);
            if (kind == Kind::Map)
                loaded.map = mapOf(loaded.stored.document, folder, *maps);
            return loaded;
        },
        [this, path, request = ++m_loadRequest](const Result<Loaded> &loaded) {
            if (request != m_loadRequest)
                return;
            if (loaded)
                arrived(*loaded, path);
            else
                m_error->showError(loaded.error());
        });
}

void ConfigDetail::clear()
{
    ++m_loadRequest;
    m_stored.reset();
    m_editor->setText({}, config::Format::Json);
    m_title->clear();
    m_mark->clear();
    m_tabs->setEnabled(false);
    updateButtons();
}

void ConfigDetail::arrived(const Loaded &loaded, const QString &path)
{
    m_stored = loaded.stored;
    m_versionRows = loaded.versions;
    m_tabs->setEnabled(true);
    m_editor->setReadOnly(false);
    m_editor->setText(m_stored->document.text(), m_stored->document.format());
    m_editor->setReadOnly(isReadOnly());
    fillOverview(loaded);
    fillVersions();
    m_usedBy->clear();
    for (const config::UsedBy &use : loaded.usedBy) {
        auto *item = new QListWidgetItem(use.name, m_usedBy);
        item->setData(idRole, use.id.text());
    }
    retranslate();
    updateButtons();
    check();
    // A key is set beside the entry, not in the source, which only has a reference to it.
    if (path.endsWith(QLatin1String("api_key"))) {
        m_tabs->setCurrentIndex(0);
        m_keys->setFocus(Qt::OtherFocusReason);
    } else if (!path.isEmpty()) {
        m_tabs->setCurrentIndex(sourceTab);
        m_editor->goTo(m_stored->document.position(path));
    }
}

void ConfigDetail::fillOverview(const Loaded &loaded)
{
    const Kind kind = loaded.stored.row.kind;
    m_summary->setText(loaded.summary.join(u'\n'));
    m_description->setText(loaded.stored.row.description);
    m_description->setVisible(!loaded.stored.row.description.isEmpty());
    m_map->setVisible(kind == Kind::Map);
    m_mapHint->setVisible(kind == Kind::Map);
    m_map->setMap(loaded.map);
    m_steps->setVisible(kind == Kind::Workflow);
    m_steps->clear();
    for (qsizetype i = 0; i < loaded.steps.size(); ++i) {
        auto *item = new QListWidgetItem(QStringLiteral("%1 · %2").arg(i + 1).arg(loaded.steps.at(i).text), m_steps);
        item->setData(idRole, loaded.steps.at(i).path);
    }
    m_keys->setVisible(kind == Kind::Llm);
    if (kind == Kind::Llm)
        m_keys->showKeys(loaded.stored);
}

void ConfigDetail::fillVersions()
{
    m_versions->clear();
    const QDateTime now = m_context.clock.now();
    for (const config::VersionRow &row : std::as_const(m_versionRows)) {
        auto *item = new QTreeWidgetItem(m_versions,
            {QString::number(row.version), models::relativeTime(row.createdAt, now), row.author, row.sha256.left(10)});
        item->setToolTip(1, models::exactTime(row.createdAt));
        item->setToolTip(3, row.sha256);
        item->setData(0, idRole, row.version);
    }
    m_versions->setCurrentItem(m_versions->topLevelItem(0));
    for (int column = 0; column < m_versions->columnCount(); ++column)
        m_versions->resizeColumnToContents(column);
}

bool ConfigDetail::isReadOnly() const
{
    return !m_stored || (m_stored->row.tenant.isEmpty() && !m_context.tenant.isEmpty());
}

bool ConfigDetail::isModified() const
{
    return m_stored && m_editor->isModified();
}

void ConfigDetail::scheduleCheck()
{
    m_debounce.start();
}

void ConfigDetail::check()
{
    if (!m_stored)
        return;
    m_context.prober.run(
        this,
        [kind = m_stored->row.kind, text = m_editor->text(), format = m_stored->document.format(), maps = m_maps,
            folder = m_context.workspace.root()] {
            Checked found;
            const auto document = config::Document::parse(text, format, tr("The document"));
            if (!document) {
                const Error &error = document.error();
                found.problems += config::Problem{config::Severity::Error, {}, error.code, error.message, error.remedy};
                found.positions += placeOf(error);
                return found;
            }
            found.problems = config::check(kind, *document, {folder, maps.get()});
            for (const config::Problem &problem : std::as_const(found.problems))
                found.positions += document->position(problem.path);
            return found;
        },
        [this, request = ++m_checkRequest](const Checked &found) {
            if (request == m_checkRequest)
                checked(found);
        });
}

void ConfigDetail::checked(const Checked &found)
{
    m_found = found;
    QList<config::Problem> shown = found.problems;
    if (shown.isEmpty())
        shown += config::Problem{config::Severity::Ok, {}, QStringLiteral("well"), tr("No problem was found"), {}};
    m_problems->setProblems(shown);
    QList<SourceMark> marks;
    for (qsizetype i = 0; i < found.problems.size(); ++i) {
        const config::Problem &problem = found.problems.at(i);
        if (problem.severity == config::Severity::Ok)
            continue;
        marks += SourceMark{found.positions.at(i).line, problem.severity == config::Severity::Error, problem.message};
    }
    m_editor->setMarks(marks);
}

void ConfigDetail::goToProblem(const config::Problem &problem)
{
    const qsizetype at = m_found.problems.indexOf(problem);
    if (at < 0)
        return;
    m_tabs->setCurrentIndex(sourceTab);
    m_editor->goTo(m_found.positions.at(at));
}

// An older version is put into the editor as a change: it can be read, saved as the newest, or discarded.
void ConfigDetail::showVersion()
{
    const QTreeWidgetItem *item = m_versions->currentItem();
    if (!item || !m_stored)
        return;
    const int version = item->data(0, idRole).toInt();
    m_context.worker.run(
        this,
        [&context = m_context, id = m_stored->row.id, version] {
            return context.configs.show(context.tenant, {id, version});
        },
        [this](const Result<config::StoredConfig> &stored) {
            if (!stored) {
                m_error->showError(stored.error());
                return;
            }
            m_tabs->setCurrentIndex(sourceTab);
            if (stored->document.text() == m_editor->text())
                return;
            if (isReadOnly())
                m_editor->setText(stored->document.text(), stored->document.format());
            else
                m_editor->replaceText(stored->document.text());
            check();
        });
}

void ConfigDetail::restoreVersion()
{
    const QTreeWidgetItem *item = m_versions->currentItem();
    if (!item || !m_stored || isReadOnly())
        return;
    m_context.worker.run(
        this,
        [&context = m_context, id = m_stored->row.id, version = item->data(0, idRole).toInt()] {
            return context.configs.show(context.tenant, {id, version});
        },
        [this](const Result<config::StoredConfig> &stored) {
            if (!stored)
                m_error->showError(stored.error());
            else if (m_stored)
                saveText(stored->document.text(), m_stored->row.version);
        });
}

void ConfigDetail::updateButtons()
{
    const bool readOnly = isReadOnly();
    const bool modified = isModified();
    m_save->setVisible(m_stored && !readOnly);
    m_discard->setVisible(m_stored && !readOnly && modified);
    m_save->setEnabled(modified);
    m_duplicate->setVisible(m_stored && readOnly);
    const QTreeWidgetItem *item = m_versions->currentItem();
    m_show->setEnabled(item);
    m_restore->setEnabled(item && m_stored && !readOnly && item->data(0, idRole).toInt() != m_stored->row.version);
    emit modifiedChanged(modified);
}

void ConfigDetail::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        fillVersions();
        // Words of services are in the language in which they were made.
        if (m_stored && !isModified())
            showConfig(m_stored->row.id);
        else
            check();
    }
    QWidget::changeEvent(event);
}

} // namespace society::ui
