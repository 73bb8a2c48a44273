// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/logline.h"
#include "services/log/logdiff.h"

#include <algorithm>
#include <array>

namespace society::log {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isWord(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// How much of `text` has a form: d a digit, h a hexadecimal one, else itself. 0 if it has not.
qsizetype lengthOf(QByteArrayView text, QByteArrayView form)
{
    if (text.size() < form.size())
        return 0;
    for (qsizetype i = 0; i < form.size(); ++i) {
        const bool fits = form[i] == 'd' ? isDigit(text[i]) : form[i] == 'h' ? isHex(text[i]) : text[i] == form[i];
        if (!fits)
            return 0;
    }
    return form.size();
}

qsizetype digitsOf(QByteArrayView text)
{
    return std::find_if_not(text.begin(), text.end(), isDigit) - text.begin();
}

/// "2026-11-24", "02:03:25,086", "11-24 02:03:25"
qsizetype timeLength(QByteArrayView text)
{
    if (const qsizetype date = lengthOf(text, "dddd-dd-dd"))
        return date;
    qsizetype length = lengthOf(text, "dd:dd:dd");
    if (length > 0 && length + 1 < text.size() && (text[length] == ',' || text[length] == '.') &&
        isDigit(text[length + 1]))
        length += 1 + digitsOf(text.sliced(length + 1));
    return length > 0 ? length : lengthOf(text, "dd-dd dd:dd:dd");
}

qsizetype idLength(QByteArrayView text)
{
    if (const qsizetype uuid = lengthOf(text, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh"))
        return uuid;
    const qsizetype start = text.startsWith("0x") ? 2 : 0;
    const qsizetype digits = std::find_if_not(text.begin() + start, text.end(), isHex) - text.begin();
    const bool isWhole = digits == text.size() || !isWord(text[digits]);
    if (!isWhole || digits == start)
        return 0;
    const bool isLong = digits >= 8 && std::any_of(text.begin(), text.begin() + digits, isDigit);
    return start > 0 || isLong ? digits : 0;
}

/// Whether a number behind these words names a process or a port.
bool namesProcess(QByteArrayView before)
{
    static constexpr std::array<QByteArrayView, 5> words = {"pid=", "PID=", "pid ", "localhost:", "127.0.0.1:"};
    return std::any_of(words.begin(), words.end(), [&](QByteArrayView word) { return before.endsWith(word); });
}

} // namespace

QByteArray comparedForm(QByteArrayView line, const DiffOptions &options)
{
    const agentsociety::PlainLine plain(line, line.size());
    const QByteArrayView text = plain.bytes();
    QByteArray form;
    form.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const QByteArrayView rest = text.sliced(at);
        const bool isStart = at == 0 || !isWord(text[at - 1]);
        qsizetype length = 0;
        if (isStart && isHex(rest[0])) {
            if (options.ignoresTimes && (length = timeLength(rest)) > 0)
                form += 'T';
            else if (options.ignoresIds && (length = idLength(rest)) > 0)
                form += 'I';
        }
        if (length == 0 && isDigit(rest[0])) {
            length = digitsOf(rest);
            if (options.ignoresIds && namesProcess(text.first(at)))
                form += 'I';
            else if (options.ignoresNumbers)
                form += 'N';
            else
                form += rest.first(length);
        }
        if (length == 0) {
            form += rest[0];
            length = 1;
        }
        at += length;
    }
    while (form.endsWith('\r'))
        form.chop(1);
    return form;
}

} // namespace society::log
