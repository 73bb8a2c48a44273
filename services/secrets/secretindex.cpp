// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/secrets/secretindex.h"

#include "services/core/files.h"
#include "services/secrets/filelock.h"
#include "services/secrets/words_p.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <utility>

namespace society::secrets {

namespace {

constexpr int Schema = 1;
constexpr qint64 MaxBytes = 16 << 20;

QString word(SecretIndex::Where where)
{
    return where == SecretIndex::Where::Keychain ? QStringLiteral("keychain") : QStringLiteral("file");
}

} // namespace

SecretIndex::SecretIndex(QString path)
    : m_path(std::move(path))
{
}

Result<QHash<QString, SecretIndex::Where>> SecretIndex::all() const
{
    QHash<QString, Where> all;
    if (!QFile::exists(m_path))
        return all;
    auto root = readJsonObject(m_path, MaxBytes);
    if (!root && root.error().code == u"json_invalid")
        return fail(ErrorKind::Refused, "secrets_damaged", Words::tr("The list of keys “%1” is damaged.").arg(m_path),
            Words::tr("Move it away; keys that then seem to be missing must be entered again."), root.error().detail,
            m_path);
    if (!root)
        return fail(std::move(root).error());
    if (root->value(QStringLiteral("schema")).toInt() > Schema)
        return fail(ErrorKind::Refused, "secrets_newer",
            Words::tr("The list of keys “%1” was made by a newer version.").arg(m_path),
            Words::tr("Use the newer version of Society Workbench."), {}, m_path);
    const QJsonObject keys = root->value(QStringLiteral("keys")).toObject();
    for (auto it = keys.begin(); it != keys.end(); ++it)
        all.insert(it.key(), it.value().toString() == word(Where::Keychain) ? Where::Keychain : Where::File);
    return all;
}

Result<> SecretIndex::note(const QString &name, std::optional<Where> where) const
{
    SOCIETY_ASSIGN(const FileLock lock, FileLock::take(m_path + QStringLiteral(".lock")));
    SOCIETY_ASSIGN(auto known, all());
    if (where ? known.contains(name) && known.value(name) == *where : !known.contains(name))
        return {};
    if (where)
        known.insert(name, *where);
    else
        known.remove(name);
    QJsonObject keys;
    for (auto it = known.cbegin(); it != known.cend(); ++it)
        keys.insert(it.key(), word(it.value()));
    const QJsonObject root{{QStringLiteral("schema"), Schema}, {QStringLiteral("keys"), keys}};
    return writeFileAtomically(m_path, QJsonDocument(root).toJson(), 0600);
}

} // namespace society::secrets
