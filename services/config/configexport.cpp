// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/configstore.h"
#include "services/config/mapfile.h"
#include "services/config/parts.h"
#include "services/config/profiles.h"
#include "services/core/files.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigExport", text);
}

tl::unexpected<Error> wrongParts()
{
    return fail(ErrorKind::Usage, "export_parts",
        tr("An export takes one configuration, or an LLM, agents, a map and a workflow"),
        tr("Name one, or one of each of the four."));
}

QString fileOf(const StoredConfig &stored, const Workspace &workspace)
{
    return absolutePath(workspace.root(), stored.document.value(QStringLiteral("file_path")).toString());
}

Result<QByteArray> onePart(const StoredConfig &stored, const Workspace &workspace)
{
    switch (stored.row.kind) {
    case Kind::Llm: {
        SOCIETY_ASSIGN(const Document document, withoutKeys(stored.document));
        return document.text();
    }
    case Kind::Profile:
        return readFile(fileOf(stored, workspace), MaxProfileBytes);
    case Kind::Agents:
    case Kind::Map: {
        SOCIETY_ASSIGN(const Document document, withAbsolutePaths({stored.document, workspace.root()}));
        return document.text();
    }
    default:
        return stored.document.text();
    }
}

} // namespace

Result<QByteArray> ConfigStore::exportText(const TenantId &tenant, const QList<ConfigRef> &refs) const
{
    if (refs.size() == 1) {
        SOCIETY_ASSIGN(const StoredConfig stored, show(tenant, refs.first()));
        return onePart(stored, m_workspace);
    }
    if (refs.size() != 4)
        return wrongParts();
    Parts parts;
    int found = 0;
    for (const ConfigRef &ref : refs) {
        SOCIETY_ASSIGN(const StoredConfig stored, show(tenant, ref));
        const Part part{stored.document, m_workspace.root()};
        switch (stored.row.kind) {
        case Kind::Llm:
            parts.llm = part;
            found |= 1;
            break;
        case Kind::Agents:
            parts.agents = part;
            found |= 2;
            break;
        case Kind::Map:
            parts.map = part;
            found |= 4;
            break;
        case Kind::Workflow:
            parts.workflow = part;
            parts.name = stored.row.name;
            found |= 8;
            break;
        default:
            return wrongParts();
        }
    }
    if (found != 15)
        return wrongParts();
    return composeRun(parts);
}

Result<> ConfigStore::exportFile(const TenantId &tenant, const QList<ConfigRef> &refs, const QString &file) const
{
    if (refs.size() == 1 && QFileInfo(file).suffix().toLower() == QLatin1String("pb")) {
        SOCIETY_ASSIGN(const StoredConfig stored, show(tenant, refs.first()));
        if (stored.row.kind != Kind::Map)
            return wrongParts();
        SOCIETY_ASSIGN(const QByteArray bytes, readFile(fileOf(stored, m_workspace), MaxMapBytes));
        return writeFileAtomically(file, bytes, 0644);
    }
    SOCIETY_ASSIGN(const QByteArray text, exportText(tenant, refs));
    return writeFileAtomically(file, text, 0644);
}

} // namespace society::config
