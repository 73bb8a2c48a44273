// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/linereader.h"

/// A line as a reader of a file gives it; `text` must outlive it.
inline society::log::RawLine rawLine(qint64 number, const QByteArray &text)
{
    society::log::RawLine raw;
    raw.number = number;
    raw.data = text;
    raw.bytes = text.size();
    return raw;
}
