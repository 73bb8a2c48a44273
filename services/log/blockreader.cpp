// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/blockreader.h"

#include <algorithm>

namespace society::log {

namespace {
constexpr qint64 PageBytes = 4096;
}

BlockReader::BlockReader()
    : m_storage(std::make_unique_for_overwrite<char[]>(static_cast<size_t>(BlockBytes + PageBytes)))
{
    const auto address = reinterpret_cast<quintptr>(m_storage.get());
    m_pages = m_storage.get() + (PageBytes - static_cast<qint64>(address % PageBytes)) % PageBytes;
}

Result<QByteArrayView> BlockReader::at(const LogFile &file, qint64 offset, qint64 end)
{
    const qint64 within = offset % BlockBytes;
    const qint64 wanted = std::min(BlockBytes - within, end - offset);
    if (wanted <= 0)
        return QByteArrayView();
    char *place = m_pages + within;
    SOCIETY_ASSIGN(const qint64 got, file.read(offset, place, wanted));
    return QByteArrayView(place, got);
}

} // namespace society::log
