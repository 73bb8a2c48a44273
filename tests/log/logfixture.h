// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QTemporaryDir>

/// A log in a temporary folder that tests write to as a runner does.
class LogFixture {
public:
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("log.txt")); }
    [[nodiscard]] QString other(const QString &name) const { return m_folder.filePath(name); }

    void append(const QByteArray &bytes) const { write(bytes, QIODevice::Append); }
    /// Writes the file anew, in place.
    void rewrite(const QByteArray &bytes) const { write(bytes, QIODevice::Truncate); }
    /// Puts another file in its place, by rename.
    void replace(const QByteArray &bytes) const
    {
        const QString name = path() + QStringLiteral(".new");
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
            qFatal("cannot write the log's successor");
        QFile::remove(path());
        file.close();
        if (!QFile::rename(name, path()))
            qFatal("cannot rename the log's successor");
    }
    void remove() const { QFile::remove(path()); }

private:
    void write(const QByteArray &bytes, QIODevice::OpenModeFlag how) const
    {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly | how) || file.write(bytes) != bytes.size())
            qFatal("cannot write the log");
    }

    QTemporaryDir m_folder;
};

/// "line 0\nline 1\n…"
inline QByteArray numberedLines(int first, int count)
{
    QByteArray bytes;
    for (int i = first; i < first + count; ++i)
        bytes += "line " + QByteArray::number(i) + '\n';
    return bytes;
}
