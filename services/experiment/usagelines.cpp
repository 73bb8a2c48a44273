// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/usagelines_p.h"

#include <QCoreApplication>
#include <QFile>

namespace society::experiment {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Usage", text);
}

constexpr qint64 BlockBytes = 1 << 20;
constexpr qint64 LineBytesMax = 1 << 20; // our own gateway's lines have some hundred bytes

tl::unexpected<Error> unreadable(const QFile &file)
{
    return fail(ErrorKind::Refused, "read_failed", tr("The run's list of calls could not be read."),
        tr("Check that you may read it."), file.errorString(), file.fileName());
}

} // namespace

Result<> eachLine(
    const QString &path, qint64 &offset, bool &rest, const std::function<Result<bool>(const QByteArray &)> &take)
{
    rest = false;
    QFile file(path);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly) || !file.seek(offset))
        return unreadable(file);
    QByteArray carry;
    while (true) {
        const QByteArray block = file.read(BlockBytes);
        if (file.error() != QFileDevice::NoError)
            return unreadable(file);
        if (block.isEmpty())
            break;
        carry += block;
        qsizetype begin = 0;
        for (qsizetype end = carry.indexOf('\n'); end >= 0; end = carry.indexOf('\n', begin)) {
            SOCIETY_ASSIGN(const bool more, take(carry.mid(begin, end - begin)));
            offset += end + 1 - begin;
            begin = end + 1;
            if (!more)
                return {};
        }
        carry.remove(0, begin);
        if (carry.size() > LineBytesMax)
            break; // not ours: never read a line without end into memory
    }
    rest = !carry.isEmpty();
    return {};
}

} // namespace society::experiment
