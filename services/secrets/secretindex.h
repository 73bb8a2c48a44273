// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QHash>
#include <QString>
#include <optional>

namespace society::secrets {

/// Which key is kept where, by name: a keychain cannot be asked what it holds, and a closed file does not say. No
/// secret in it. A small file of the workspace; several processes may use it at once. Any thread.
class SecretIndex {
public:
    enum class Where { Keychain, File };

    explicit SecretIndex(QString path);

    /// Errors: `secrets_damaged`, `secrets_newer`, `read_failed`.
    [[nodiscard]] Result<QHash<QString, Where>> all() const;
    /// Notes where the key `name` is now; nullopt: nowhere. Errors: as `all`, and `write_failed`, `disk_full`,
    /// `secrets_busy`.
    [[nodiscard]] Result<> note(const QString &name, std::optional<Where> where) const;

private:
    QString m_path;
};

} // namespace society::secrets
