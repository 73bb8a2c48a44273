// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/pagebuffer.h"

#include <new>
#include <sys/mman.h>
#include <utility>

namespace society::log {

PageBuffer::PageBuffer(qint64 bytes)
    : m_bytes(bytes)
{
    void *const pages =
        ::mmap(nullptr, static_cast<size_t>(bytes), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        throw std::bad_alloc();
    m_data = static_cast<char *>(pages);
}

PageBuffer::~PageBuffer()
{
    if (m_data)
        ::munmap(m_data, static_cast<size_t>(m_bytes));
}

PageBuffer::PageBuffer(PageBuffer &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_bytes(other.m_bytes)
{
}

PageBuffer &PageBuffer::operator=(PageBuffer &&other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_bytes, other.m_bytes);
    return *this;
}

} // namespace society::log
