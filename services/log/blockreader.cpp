// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/blockreader.h"

#include <algorithm>

namespace society::log {

BlockReader::BlockReader()
    : m_pages(BlockBytes)
{
}

Result<QByteArrayView> BlockReader::at(const LogFile &file, qint64 offset, qint64 end)
{
    const qint64 within = offset % BlockBytes;
    const qint64 wanted = std::min(BlockBytes - within, end - offset);
    if (wanted <= 0)
        return QByteArrayView();
    char *place = m_pages.data() + within;
    SOCIETY_ASSIGN(const qint64 got, file.read(offset, place, wanted));
    return QByteArrayView(place, got);
}

} // namespace society::log
