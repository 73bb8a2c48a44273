// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace society::log {

/// Whole pages of memory that go back to the system at once: a heap keeps what is freed in between, and a buffer of a
/// megabyte that is only needed now and then would stay for good. Move-only.
class PageBuffer {
public:
    /// At least `bytes` (> 0), zero at first. Throws std::bad_alloc.
    explicit PageBuffer(qint64 bytes);
    ~PageBuffer();
    PageBuffer(PageBuffer &&other) noexcept;
    PageBuffer &operator=(PageBuffer &&other) noexcept;
    PageBuffer(const PageBuffer &) = delete;
    PageBuffer &operator=(const PageBuffer &) = delete;

    /// The start of the first page.
    [[nodiscard]] char *data() const { return m_data; }

private:
    char *m_data = nullptr;
    qint64 m_bytes = 0;
};

} // namespace society::log
