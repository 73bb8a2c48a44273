// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/zip.h"

#include "services/core/files.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <archive.h>
#include <archive_entry.h>
#include <memory>

namespace society {

namespace {

constexpr qint64 blockBytes = 256 * 1024;

struct CloseArchive {
    void operator()(archive *one) const { archive_write_free(one); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

struct FreeEntry {
    void operator()(archive_entry *one) const { archive_entry_free(one); }
};

tl::unexpected<Error> writeError(const QSaveFile &file, archive *zip)
{
    const bool ofZip = file.error() == QFileDevice::NoError;
    return writeFailed(file.fileName(), ofZip ? QString::fromUtf8(archive_error_string(zip)) : file.errorString());
}

la_ssize_t writeBlock(archive *, void *file, const void *bytes, std::size_t count)
{
    return static_cast<QSaveFile *>(file)->write(static_cast<const char *>(bytes), static_cast<qint64>(count));
}

Result<> addHeader(const QSaveFile &target, archive *zip, const ZipEntry &entry, qint64 size)
{
    const std::unique_ptr<archive_entry, FreeEntry> header(archive_entry_new());
    archive_entry_set_pathname_utf8(header.get(), entry.name.toUtf8().constData());
    archive_entry_set_size(header.get(), size);
    archive_entry_set_filetype(header.get(), AE_IFREG);
    archive_entry_set_perm(header.get(), 0644);
    archive_entry_set_mtime(header.get(), QFileInfo(entry.path).lastModified().toSecsSinceEpoch(), 0);
    if (archive_write_header(zip, header.get()) != ARCHIVE_OK)
        return writeError(target, zip);
    return {};
}

Result<> addFile(const QSaveFile &target, archive *zip, const ZipEntry &entry, const std::atomic_bool *cancelled)
{
    QFile source(entry.path);
    if (!source.open(QIODevice::ReadOnly))
        return readFailed(source.fileName(), source.errorString());
    qint64 left = source.size();
    SOCIETY_TRY(addHeader(target, zip, entry, left));
    while (left > 0) {
        if (cancelled && *cancelled)
            return fail(
                ErrorKind::Refused, "cancelled", QCoreApplication::translate("Zip", "The export was cancelled."));
        const QByteArray block = source.read(std::min(blockBytes, left));
        if (block.isEmpty())
            return readFailed(source.fileName(), source.errorString());
        if (archive_write_data(zip, block.constData(), static_cast<std::size_t>(block.size())) != block.size())
            return writeError(target, zip);
        left -= block.size();
    }
    return {};
}

} // namespace

Result<> writeZip(const QString &target, const QList<ZipEntry> &entries, const std::atomic_bool *cancelled)
{
    QSaveFile file(target);
    const Archive zip(archive_write_new());
    archive_write_set_format_zip(zip.get());
    // Names are UTF-8 whatever the locale of the process.
    archive_write_set_options(zip.get(), "zip:hdrcharset=UTF-8");
    archive_write_set_bytes_in_last_block(zip.get(), 1);
    if (!file.open(QIODevice::WriteOnly) ||
        archive_write_open(zip.get(), &file, nullptr, writeBlock, nullptr) != ARCHIVE_OK)
        return writeError(file, zip.get());
    for (const ZipEntry &entry : entries) {
        if (Result<> added = addFile(file, zip.get(), entry, cancelled); !added) {
            file.cancelWriting();
            return added;
        }
    }
    if (archive_write_close(zip.get()) != ARCHIVE_OK || !file.commit())
        return writeError(file, zip.get());
    return {};
}

} // namespace society
