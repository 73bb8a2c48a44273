// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace society::test {

/// How a call of society-cli ended.
struct CliOutcome {
    int code = -1; ///< -1: it did not end, or crashed
    QByteArray out;
    QByteArray err;

    /// The one document on standard output; null where there is none, or more than that.
    [[nodiscard]] QJsonDocument document() const;
    [[nodiscard]] QJsonObject object() const { return document().object(); }
    [[nodiscard]] QJsonArray array() const { return document().array(); }
    /// `error.code` of the document.
    [[nodiscard]] QString error() const;
    /// Everything about it, for a failed check.
    [[nodiscard]] QByteArray words() const;
};

/// The real society-cli on a workspace of its own, without a keychain; every run is ended with it.
class CliProgram {
public:
    /// `workspace`: its folder, whose runs are the caller's to end; empty: one of its own, gone with it.
    explicit CliProgram(const QString &workspace = {});
    ~CliProgram();

    /// The path of a file in a folder beside the workspace.
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] const QString &workspace() const { return m_workspace; }
    /// Writes a file there and returns its path.
    QString write(const QString &name, const QByteArray &text) const;
    void setEnvironment(const QString &name, const QString &value) { m_environment.insert(name, value); }
    [[nodiscard]] const QProcessEnvironment &environment() const { return m_environment; }

    /// Runs it in the workspace and waits for its end.
    [[nodiscard]] CliOutcome run(const QStringList &arguments, const QByteArray &input = {}) const;
    /// The same with `--json`.
    [[nodiscard]] CliOutcome json(const QStringList &arguments, const QByteArray &input = {}) const;
    /// A call in progress, for what must go on meanwhile. The caller's.
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList &arguments) const;

    /// `setup` with the stub runner: workspace, tenant, practice configurations.
    [[nodiscard]] CliOutcome setUp() const;
    /// Starts the practice configurations with what the stub plays in the name; further options behind.
    [[nodiscard]] CliOutcome practice(const QString &name, const QStringList &options = {}) const;

private:
    QTemporaryDir m_folder;
    QString m_workspace;
    QProcessEnvironment m_environment;
};

/// The words of a command line, parted at blanks.
[[nodiscard]] inline QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts);
}
/// A whole number of an object; −1 where there is none.
[[nodiscard]] inline qint64 micro(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toInteger(-1);
}
/// The keys of an object, sorted and joined by blanks.
[[nodiscard]] QString keysOf(const QJsonObject &object);
/// Which of these keys (separated by blanks) an object lacks.
[[nodiscard]] QString missingKeys(const QJsonObject &object, const QString &keys);

} // namespace society::test
