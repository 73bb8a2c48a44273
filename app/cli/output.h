// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/texttable.h"
#include "services/core/error.h"

#include <QByteArrayView>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>
#include <cstdio>
#include <utility>

namespace society::cli {

/// What the program says: text for people, or one JSON document; errors to standard error in both forms.
class Output {
public:
    explicit Output(bool json)
        : m_json(json)
    {
    }

    [[nodiscard]] bool isJson() const { return m_json; }

    /// The JSON document (printed only with `--json`, once).
    void document(const QJsonObject &document);
    void document(const QJsonArray &document);

    /// A piece of a document that is too long to be kept whole; from the first one on, it counts as printed.
    void listed(const QByteArray &piece);

    // For people: nothing is printed with `--json`.

    void line(const QString &text);
    void table(const TextTable &table, const QString &whenEmpty);
    void fields(const QList<std::pair<QString, QString>> &fields);

    /// Progress and remarks, to standard error in both forms.
    void remark(const QString &text);
    /// The same of something that was found: what is so, and what to do.
    void remark(const QString &message, const QString &remedy);
    /// Where something that takes long is now, to standard error: for who watches in one line that changes, else a line
    /// each time that `text` differs from the one before.
    void progress(const QString &text);
    /// `society-cli: what happened. What to do.`, and with `--json` the error's document where none was printed yet.
    void error(const Error &error);

    /// Bytes as they are, to standard output. False where nobody reads them any more.
    bool bytes(QByteArrayView bytes);

private:
    void print(const QByteArray &document);
    void write(std::FILE *to, const QString &text);

    bool m_json;
    bool m_printed = false;
    QString m_progress; ///< what stands in the line that changes; empty: there is none
};

/// Whether a person watches standard error.
[[nodiscard]] bool isWatched();

/// The exit code that a kind of failure gives (docs/cli.md).
[[nodiscard]] int exitCode(ErrorKind kind);

} // namespace society::cli
