// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/zip.h"

#include "services/core/archivelibrary_p.h"
#include "services/core/files.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <memory>

namespace society {

namespace {

constexpr qint64 blockBytes = 256 * 1024;

using Archive = std::unique_ptr<archive, decltype(ArchiveLibrary::write_free)>;
using Header = std::unique_ptr<archive_entry, decltype(ArchiveLibrary::entry_free)>;

tl::unexpected<Error> writeError(const ArchiveLibrary &library, const QSaveFile &file, archive *zip)
{
    const bool ofZip = file.error() == QFileDevice::NoError;
    return writeFailed(file.fileName(), ofZip ? QString::fromUtf8(library.error_string(zip)) : file.errorString());
}

la_ssize_t writeBlock(archive *, void *file, const void *bytes, std::size_t count)
{
    return static_cast<QSaveFile *>(file)->write(static_cast<const char *>(bytes), static_cast<qint64>(count));
}

Result<> addHeader(
    const ArchiveLibrary &library, const QSaveFile &target, archive *zip, const ZipEntry &entry, qint64 size)
{
    const Header header(library.entry_new(), library.entry_free);
    library.entry_set_pathname_utf8(header.get(), entry.name.toUtf8().constData());
    library.entry_set_size(header.get(), size);
    library.entry_set_filetype(header.get(), AE_IFREG);
    library.entry_set_perm(header.get(), 0644);
    library.entry_set_mtime(header.get(), QFileInfo(entry.path).lastModified().toSecsSinceEpoch(), 0);
    if (library.write_header(zip, header.get()) != ARCHIVE_OK)
        return writeError(library, target, zip);
    return {};
}

Result<> addFile(const ArchiveLibrary &library, const QSaveFile &target, archive *zip, const ZipEntry &entry,
    const std::atomic_bool *cancelled)
{
    QFile source(entry.path);
    if (!source.open(QIODevice::ReadOnly))
        return readFailed(source.fileName(), source.errorString());
    qint64 left = source.size();
    SOCIETY_TRY(addHeader(library, target, zip, entry, left));
    while (left > 0) {
        if (cancelled && *cancelled)
            return fail(
                ErrorKind::Refused, "cancelled", QCoreApplication::translate("Zip", "The export was cancelled."));
        const QByteArray block = source.read(std::min(blockBytes, left));
        if (block.isEmpty())
            return readFailed(source.fileName(), source.errorString());
        if (library.write_data(zip, block.constData(), static_cast<std::size_t>(block.size())) != block.size())
            return writeError(library, target, zip);
        left -= block.size();
    }
    return {};
}

} // namespace

Result<> writeZip(const QString &target, const QList<ZipEntry> &entries, const std::atomic_bool *cancelled)
{
    SOCIETY_ASSIGN(const ArchiveLibrary *const loaded, ArchiveLibrary::load());
    const ArchiveLibrary &library = *loaded;
    QSaveFile file(target);
    const Archive zip(library.write_new(), library.write_free);
    library.write_set_format_zip(zip.get());
    // Names are UTF-8 whatever the locale of the process.
    library.write_set_options(zip.get(), "zip:hdrcharset=UTF-8");
    library.write_set_bytes_in_last_block(zip.get(), 1);
    if (!file.open(QIODevice::WriteOnly) ||
        library.write_open(zip.get(), &file, nullptr, writeBlock, nullptr) != ARCHIVE_OK)
        return writeError(library, file, zip.get());
    for (const ZipEntry &entry : entries) {
        if (Result<> added = addFile(library, file, zip.get(), entry, cancelled); !added) {
            file.cancelWriting();
            return added;
        }
    }
    if (library.write_close(zip.get()) != ARCHIVE_OK || !file.commit())
        return writeError(library, file, zip.get());
    return {};
}

} // namespace society
