// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/utf8.h"

namespace society::config {

qsizetype invalidUtf8(const QByteArray &text)
{
    qsizetype at = 0;
    const auto byte = [&](qsizetype i) { return static_cast<unsigned char>(text.at(i)); };
    while (at < text.size()) {
        const unsigned lead = byte(at);
        qsizetype more = 0;
        unsigned low = 0x80;
        unsigned high = 0xBF;
        if (lead < 0x80)
            more = 0;
        else if (lead >= 0xC2 && lead <= 0xDF)
            more = 1;
        else if (lead >= 0xE0 && lead <= 0xEF)
            more = 2;
        else if (lead >= 0xF0 && lead <= 0xF4)
            more = 3;
        else
            return at;
        if (lead == 0xE0)
            low = 0xA0; // overlong
        else if (lead == 0xED)
            high = 0x9F; // surrogates
        else if (lead == 0xF0)
            low = 0x90;
        else if (lead == 0xF4)
            high = 0x8F;
        for (qsizetype i = 1; i <= more; ++i) {
            if (at + i >= text.size() || byte(at + i) < low || byte(at + i) > high)
                return at;
            low = 0x80;
            high = 0xBF;
        }
        at += more + 1;
    }
    return -1;
}

} // namespace society::config
