// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/bytescan.h"

#include <algorithm>
#include <cstring>

namespace society::log {

namespace {

qsizetype count(const char *begin, const char *end, char byte)
{
    return std::count(begin, end, byte);
}

const char *next(const char *begin, const char *end, char byte)
{
    const void *found = begin < end ? std::memchr(begin, byte, static_cast<size_t>(end - begin)) : nullptr;
    return found ? static_cast<const char *>(found) : end;
}

const char *nth(const char *begin, const char *end, char byte, qsizetype n)
{
    for (const char *at = begin; at < end; ++at) {
        at = next(at, end, byte);
        if (at < end && --n == 0)
            return at;
    }
    return end;
}

bool isAscii(const char *begin, const char *end)
{
    return std::none_of(begin, end, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool fits(char c, unsigned char value, unsigned char ignored)
{
    return (static_cast<unsigned char>(c) | ignored) == value;
}

const char *findPair(const char *begin, const char *end, const BytePair &pair)
{
    for (const char *at = begin; end - at > pair.distance; ++at) {
        if (pair.firstIgnored == 0) {
            at = next(at, end - pair.distance, static_cast<char>(pair.first));
            if (at == end - pair.distance)
                return end;
        }
        if (fits(*at, pair.first, pair.firstIgnored) && fits(at[pair.distance], pair.second, pair.secondIgnored))
            return at;
    }
    return end;
}

const char *findSpecial(const char *begin, const char *end, bool folds)
{
    if (!folds)
        return next(begin, end, EscapeByte);
    return std::find_if(begin, end, [end](const char &c) {
        const char *after = &c + 1;
        return c == EscapeByte ||
               (after < end && ((c == '\x84' && *after == '\xaa') || (c == '\xc5' && *after == '\xbf')));
    });
}

size_t places(const char *begin, const char *end, const BytePair &pair, bool folds, PlaceScan &scan, LinePlace *places,
    size_t room)
{
    size_t count = 0;
    const char *at = begin + scan.at;
    for (; at < end && room - count >= MostPlacesAtOnce; ++at) {
        if (*at == '\n')
            ++scan.line;
        const bool isPair = end - at > pair.distance && fits(*at, pair.first, pair.firstIgnored) &&
                            fits(at[pair.distance], pair.second, pair.secondIgnored);
        const bool isFold =
            folds && end - at > 1 && ((*at == '\x84' && at[1] == '\xaa') || (*at == '\xc5' && at[1] == '\xbf'));
        if (isPair || isFold || *at == EscapeByte)
            places[count++] = {static_cast<quint32>(at - begin), scan.line};
    }
    scan.at = at - begin;
    return count;
}

bool isAt(const char *at, const ByteText &text)
{
    for (qsizetype i = 0; i < text.size; ++i) {
        if (static_cast<char>(at[i] | text.ignored[i]) != text.bytes[i])
            return false;
    }
    return true;
}

void mark(const char *begin, const char *end, const ByteText &text, qsizetype until, LineMarks &marks)
{
    const BytePair &pair = text.pair;
    for (; marks.at < until; ++marks.at) {
        const char *const at = begin + marks.at;
        const bool isPair = end - at > pair.distance && fits(*at, pair.first, pair.firstIgnored) &&
                            fits(at[pair.distance], pair.second, pair.secondIgnored);
        const char *const start = at - text.pairAt;
        if (isPair && marks.at >= text.pairAt && end - start >= text.size && isAt(start, text))
            marks.open |= quint64(1) << marks.openLines;
        if (*at == EscapeByte)
            marks.escapes.push_back({static_cast<quint32>(marks.at), marks.line()});
        marks.places += (isPair ? 1 : 0) + (*at == EscapeByte ? 1 : 0);
        if (*at == '\n' && ++marks.openLines == 64) {
            marks.bits.push_back(marks.open);
            marks.open = 0;
            marks.openLines = 0;
        }
    }
}

} // namespace

const ByteScan &portableByteScan()
{
    static constexpr ByteScan scan = {count, nth, isAscii, findPair, findSpecial, places, mark};
    return scan;
}

const ByteScan &byteScan()
{
    static const ByteScan &scan = avx512ByteScan() ? *avx512ByteScan()
                                  : avx2ByteScan() ? *avx2ByteScan()
                                                   : portableByteScan();
    return scan;
}

} // namespace society::log
