// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <archive.h>
#include <archive_entry.h>

namespace society {

/// What is used of libarchive, loaded when the first archive is written: linked, it and the six libraries that it
/// brings would be loaded whenever a program starts. Functions are named as there. Any thread.
struct ArchiveLibrary {
    /// The library, loaded at the first call. Error: `archive_library_missing`.
    [[nodiscard]] static Result<const ArchiveLibrary *> load();

    decltype(&::archive_error_string) error_string = nullptr;
    decltype(&::archive_write_new) write_new = nullptr;
    decltype(&::archive_write_free) write_free = nullptr;
    decltype(&::archive_write_set_format_zip) write_set_format_zip = nullptr;
    decltype(&::archive_write_set_options) write_set_options = nullptr;
    decltype(&::archive_write_set_bytes_in_last_block) write_set_bytes_in_last_block = nullptr;
    decltype(&::archive_write_open) write_open = nullptr;
    decltype(&::archive_write_header) write_header = nullptr;
    decltype(&::archive_write_data) write_data = nullptr;
    decltype(&::archive_write_close) write_close = nullptr;
    decltype(&::archive_entry_new) entry_new = nullptr;
    decltype(&::archive_entry_free) entry_free = nullptr;
    decltype(&::archive_entry_set_pathname_utf8) entry_set_pathname_utf8 = nullptr;
    decltype(&::archive_entry_set_size) entry_set_size = nullptr;
    decltype(&::archive_entry_set_filetype) entry_set_filetype = nullptr;
    decltype(&::archive_entry_set_perm) entry_set_perm = nullptr;
    decltype(&::archive_entry_set_mtime) entry_set_mtime = nullptr;
};

} // namespace society
