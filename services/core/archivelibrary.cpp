// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/archivelibrary_p.h"

#include <QCoreApplication>
#include <QLibrary>

namespace society {

namespace {

Result<ArchiveLibrary> resolve()
{
    QLibrary library(QStringLiteral(SOCIETY_ARCHIVE_LIBRARY)); // it stays when this goes
    ArchiveLibrary found;
    bool whole = library.load();
    const auto find = [&]<class Function>(Function &function, const char *name) {
        function = whole ? reinterpret_cast<Function>(library.resolve(name)) : nullptr;
        whole = function != nullptr;
    };
    find(found.error_string, "archive_error_string");
    find(found.write_new, "archive_write_new");
    find(found.write_free, "archive_write_free");
    find(found.write_set_format_zip, "archive_write_set_format_zip");
    find(found.write_set_options, "archive_write_set_options");
    find(found.write_set_bytes_in_last_block, "archive_write_set_bytes_in_last_block");
    find(found.write_open, "archive_write_open");
    find(found.write_header, "archive_write_header");
    find(found.write_data, "archive_write_data");
    find(found.write_close, "archive_write_close");
    find(found.entry_new, "archive_entry_new");
    find(found.entry_free, "archive_entry_free");
    find(found.entry_set_pathname_utf8, "archive_entry_set_pathname_utf8");
    find(found.entry_set_size, "archive_entry_set_size");
    find(found.entry_set_filetype, "archive_entry_set_filetype");
    find(found.entry_set_perm, "archive_entry_set_perm");
    find(found.entry_set_mtime, "archive_entry_set_mtime");
    if (whole)
        return found;
    return fail(ErrorKind::Refused, "archive_library_missing",
        QCoreApplication::translate("Zip", "The library that writes archives could not be loaded."),
        QCoreApplication::translate("Zip", "Install the package libarchive13, or export into a folder."),
        library.errorString());
}

} // namespace

Result<const ArchiveLibrary *> ArchiveLibrary::load()
{
    static const Result<ArchiveLibrary> library = resolve();
    if (!library)
        return fail(library.error());
    return &*library;
}

} // namespace society
