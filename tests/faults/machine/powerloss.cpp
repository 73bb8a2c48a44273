// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/machine/powerloss.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cstring>

namespace society::test {

using trace::Op;

namespace {

QString folderOf(const QString &path)
{
    return path.contains(u'/') ? path.section(u'/', 0, -2) : QString();
}

void put(QByteArray &content, qint64 offset, const QByteArray &data)
{
    if (content.size() < offset + data.size())
        content.resize(static_cast<qsizetype>(offset + data.size()), '\0');
    content.replace(static_cast<qsizetype>(offset), data.size(), data);
}

} // namespace

QList<Change> readTrace(const QString &name, const QString &folder)
{
    QList<Change> changes;
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return changes;
    const auto relative = [&](const QByteArray &path) { return QFile::decodeName(path).mid(folder.size() + 1); };
    while (!file.atEnd()) {
        trace::Head head;
        if (file.read(reinterpret_cast<char *>(&head), sizeof head) != qint64(sizeof head))
            break;
        Change change{head.op, relative(file.read(head.pathSize)), {}, {}, static_cast<qint64>(head.offset)};
        change.data = file.read(static_cast<qint64>(head.dataSize));
        if (change.op == Op::Rename)
            change.second = relative(change.data);
        changes.append(change);
    }
    return changes;
}

FailingDisk::FailingDisk(const QString &folder, const QList<Change> &changes)
{
    for (const Change &change : changes)
        for (const QString &path : {change.path, change.second})
            if (!path.isEmpty() && change.op != Op::MakeFolder && !m_touched.contains(path))
                m_touched.append(path);
    for (const QString &path : std::as_const(m_touched)) {
        QFile file(folder + u'/' + path);
        if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly))
            continue;
        auto content = std::make_shared<File>();
        content->now = content->synced = content->beforeLastWrite = file.readAll();
        m_now.insert(path, content);
    }
    m_synced = m_now;
}

void FailingDisk::apply(const Change &change)
{
    if (change.op == Op::Rename) {
        m_now.insert(change.second, m_now.take(change.path));
        return;
    }
    if (change.op == Op::Unlink) {
        m_now.remove(change.path);
        return;
    }
    if (change.op == Op::MakeFolder)
        return;
    if (change.op == Op::Sync && !m_now.contains(change.path)) { // a folder: its names are as they are now
        for (const QString &path : std::as_const(m_touched)) {
            if (folderOf(path) != change.path)
                continue;
            if (m_now.contains(path))
                m_synced.insert(path, m_now.value(path));
            else
                m_synced.remove(path);
        }
        return;
    }
    std::shared_ptr<File> &file = m_now[change.path];
    if (!file)
        file = std::make_shared<File>();
    if (change.op == Op::Sync) {
        file->synced = file->now;
        file->isSynced = true;
        return;
    }
    if (change.op == Op::Open && change.offset == 0)
        return;
    file->beforeLastWrite = file->now;
    file->lastOffset = change.offset;
    file->lastData = change.op == Op::Write ? change.data : QByteArray();
    file->isSynced = false;
    if (change.op == Op::Write)
        put(file->now, change.offset, change.data);
    else // emptied by an open, or truncated
        file->now.resize(change.op == Op::Open ? 0 : static_cast<qsizetype>(change.offset), '\0');
}

QByteArray FailingDisk::left(const File &file, Loss loss, int torn) const
{
    if (file.isSynced || loss == Loss::None)
        return file.now;
    if (loss != Loss::LastWrite)
        return file.synced;
    QByteArray content = file.beforeLastWrite;
    put(content, file.lastOffset, file.lastData.left(qsizetype(torn) * 512));
    return content;
}

QByteArray FailingDisk::left(const QString &path, Loss loss, int torn) const
{
    const auto file = (loss == Loss::Unsynced ? m_synced : m_now).value(path);
    return file ? left(*file, loss, torn) : QByteArray();
}

bool FailingDisk::write(const QString &folder, Loss loss, int torn) const
{
    const Names &names = loss == Loss::Unsynced ? m_synced : m_now;
    for (const QString &path : m_touched) {
        const QString name = folder + u'/' + path;
        QFile::remove(name);
        const auto file = names.value(path);
        if (!file)
            continue;
        QFile out(name);
        const QByteArray content = left(*file, loss, torn);
        if (!QDir().mkpath(QFileInfo(name).path()) || !out.open(QIODevice::WriteOnly) ||
            out.write(content) != content.size())
            return false;
    }
    QFile::remove(folder + QStringLiteral("/society.db-shm")); // memory, gone with the power
    return true;
}

} // namespace society::test
