// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QJsonObject>
#include <QString>
#include <optional>

namespace society::store {

/// A PostgreSQL server that a lab shares, and who logs in there. No password. A value; any thread.
struct Server {
    QString host; ///< a name, an address, or the folder of a socket
    int port = 5432;
    QString database;
    QString user;
    QString caFile;         ///< whose certificates are believed; empty: whatever certificate the server shows
    int connectSeconds = 3; ///< how long to wait for an answer
    QString home;           ///< which workspace this is, among those that share the ledger: their runs are not here

    /// Whether what is said to it stays on this machine: then it need not be encrypted.
    [[nodiscard]] bool isLoopback() const;
    /// `verify-full` with a caFile, `prefer` where it is this machine, else `require`.
    [[nodiscard]] QString tlsMode() const;
    /// `USER@HOST:PORT/DATABASE`, for people.
    [[nodiscard]] QString text() const;
    bool operator==(const Server &) const = default;
};

/// What a person gave, without blanks around it. Error: `server_invalid`, with the field in `path`.
[[nodiscard]] Result<Server> checkedServer(Server server);

[[nodiscard]] QJsonObject toJson(const Server &server);

/// A home that no workspace has had; begins with the machine's name, for people.
[[nodiscard]] QString newHome();

/// The server that the file (a workspace's `database.json`) names; nothing where there is no such file. Errors:
/// `server_invalid`, `json_invalid`, `read_failed`.
[[nodiscard]] Result<std::optional<Server>> loadServer(const QString &path);
/// Errors: `write_failed`, `disk_full`.
[[nodiscard]] Result<> saveServer(const QString &path, const Server &server);

} // namespace society::store
